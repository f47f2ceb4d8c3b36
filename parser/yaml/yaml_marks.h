// From libyaml's marks, which count code points, to bytes; and the white space of YAML 1.1.

#ifndef SLUICE_PARSER_YAML_YAML_MARKS_H_
#define SLUICE_PARSER_YAML_YAML_MARKS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice {

// The bytes of the line break of YAML 1.1 at `at`: CR, LF, NEL (U+0085), LS and PS (U+2028 and
// 2029), a code point each; 0 for anything else and at the end.
size_t YamlBreakAt(std::string_view text, size_t at);
// The same for the break that ends at `end`.
size_t YamlBreakBefore(std::string_view text, size_t end);

inline bool IsYamlBlank(char c) { return c == ' ' || c == '\t'; }

// The bytes of a blank or line break at `at`, or that end at `end`; 0 for anything else.
inline size_t YamlSpaceAt(std::string_view text, size_t at) {
  return at < text.size() && IsYamlBlank(text[at]) ? 1 : YamlBreakAt(text, at);
}
inline size_t YamlSpaceBefore(std::string_view text, size_t end) {
  return end > 0 && IsYamlBlank(text[end - 1]) ? 1 : YamlBreakBefore(text, end);
}

// The end of the line at `at`, without its line break.
size_t YamlLineEnd(std::string_view text, size_t at);

// Counts code points from where it was asked last: linear over a whole text for marks that ascend.
class YamlMarks {
 public:
  explicit YamlMarks(std::string_view text);

  // The byte at which code point `index` begins; the text's size past the last one.
  uint32_t Offset(size_t index) {
    return index <= ascii_ ? static_cast<uint32_t>(index) : Advance(index);
  }

 private:
  uint32_t Advance(size_t index);

  std::string_view text_;
  size_t ascii_;  // as far as the text is ASCII, and both numbers are the same
  size_t index_;
  size_t offset_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_MARKS_H_
