// Texts that a regular expression cannot do without.

#ifndef SLUICE_ENGINE_REGEX_LITERALS_H_
#define SLUICE_ENGINE_REGEX_LITERALS_H_

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Texts of ASCII, in lower case, of which one stands in every value that `pattern` (of RE2's
// syntax, and compiled by it) matches, letters folded. Empty where none was found: only what stands
// outside of groups and classes is looked at. In linear time.
std::vector<std::string> RegexLiterals(std::string_view pattern);

}  // namespace sluice

#endif  // SLUICE_ENGINE_REGEX_LITERALS_H_
