#include "parser/yaml/yaml_limits.h"

#include "absl/strings/str_cat.h"
#include "parser/yaml/yaml_marks.h"
#include "parser/yaml/yaml_problem.h"
#include "schema/limits.h"

namespace sluice {
namespace {

// The run of white space around the code point that byte `at` belongs to.
Place SpaceAround(std::string_view text, size_t at) {
  while (at > 0 && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80) --at;
  size_t begin = at;
  size_t end = at;
  while (size_t length = YamlSpaceAt(text, end)) end += length;
  if (end == at) return {};
  while (size_t length = YamlSpaceBefore(text, begin)) begin -= length;
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)};
}

// A run that is too long covers one of the bytes that are looked at.
std::optional<Malformed> CheckSpace(std::string_view text) {
  for (size_t at = kMaxYamlSpaceRun; at < text.size(); at += kMaxYamlSpaceRun) {
    const Place run = SpaceAround(text, at);
    if (run.length <= kMaxYamlSpaceRun) continue;
    return YamlOverLimit(
        run, "white space",
        absl::StrCat(run.length, " bytes of blanks and line breaks in a row, at most ",
                     kMaxYamlSpaceRun, " are read"));
  }
  return std::nullopt;
}

// Also counts lines of block scalars that look like directives: who has so many must do without.
std::optional<Malformed> CheckTagDirectives(std::string_view text) {
  size_t bytes = 0;
  for (size_t at = text.find("%TAG"); at != std::string_view::npos;
       at = text.find("%TAG", at + 1)) {
    if (at > 0 && YamlBreakBefore(text, at) == 0) continue;
    const Place line = {static_cast<uint32_t>(at),
                        static_cast<uint32_t>(YamlLineEnd(text, at) - at)};
    bytes += line.length;
    if (bytes <= kMaxYamlTagBytes) continue;
    return YamlOverLimit(line, "%TAG directive",
                         absl::StrCat("the %TAG lines have more than ", kMaxYamlTagBytes,
                                      " bytes in all, at most so many are read"));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Malformed> CheckYamlText(std::string_view text) {
  if (text.size() > kMaxYamlBytes) {
    return YamlOverLimit({}, "YAML",
                         absl::StrCat("it has ", text.size(), " bytes of text, at most ",
                                      kMaxYamlBytes, " are read"));
  }
  if (std::optional<Malformed> malformed = CheckSpace(text)) return malformed;
  return CheckTagDirectives(text);
}

}  // namespace sluice
