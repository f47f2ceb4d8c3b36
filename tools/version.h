// The version of this build.

#ifndef SLUICE_TOOLS_VERSION_H_
#define SLUICE_TOOLS_VERSION_H_

#include <string_view>

namespace sluice {

// "0.1.0", from the project's CMake file.
inline constexpr std::string_view kVersion = SLUICE_VERSION;

}  // namespace sluice

#endif  // SLUICE_TOOLS_VERSION_H_
