#include "parser/text/schema_rank.h"

namespace sluice {
namespace {

// Takes at most `limit` digits off `text`; the number of digits goes to `count`.
uint32_t TakeDigits(std::string_view& text, size_t limit, size_t* count) {
  uint32_t value = 0;
  for (*count = 0; *count < limit && !text.empty(); ++*count) {
    if (text[0] < '0' || text[0] > '9') break;
    value = value * 10 + static_cast<uint32_t>(text[0] - '0');
    text.remove_prefix(1);
  }
  return value;
}

}  // namespace

std::optional<uint32_t> SchemaRank(std::string_view version) {
  size_t digits = 0;
  const uint32_t major = TakeDigits(version, 5, &digits);
  if (digits == 0) return std::nullopt;
  if (version.empty()) return major * 100;
  if (version[0] != '.') return std::nullopt;
  version.remove_prefix(1);
  uint32_t minor = TakeDigits(version, 2, &digits);
  if (digits == 0 || !version.empty()) return std::nullopt;
  if (digits == 1) minor *= 10;
  return major * 100 + minor;
}

}  // namespace sluice
