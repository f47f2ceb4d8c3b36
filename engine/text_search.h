// Finding one text in another.

#ifndef SLUICE_ENGINE_TEXT_SEARCH_H_
#define SLUICE_ENGINE_TEXT_SEARCH_H_

#include <string.h>  // NOLINT: memmem is not of <cstring>

#include <string_view>

namespace sluice {

// The first place of `wanted` in `text`, npos when there is none. In linear time, however both
// repeat themselves.
inline size_t FindText(std::string_view text, std::string_view wanted) {
  const void* found = memmem(text.data(), text.size(), wanted.data(), wanted.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace sluice

#endif  // SLUICE_ENGINE_TEXT_SEARCH_H_
