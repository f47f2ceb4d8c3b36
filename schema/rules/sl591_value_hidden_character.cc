// SL591 value-hidden-character
//
// A value with a character that nobody sees: a zero width space, a no-break space, a mark that
// turns the direction of writing, a control character.
//
// Such characters come along when text is copied from a web page or a document. The value then
// looks right and matches nothing. A value of such characters alone looks for them, and so does one
// that writes them as an escape ("\u202e"): neither is reported. Nor is the joiner inside of an
// emoji.
//
//   CommandLine|contains: 'net user'      # with U+00A0 between the words
//
// Fix: remove the character, or write a blank; one that is meant, write as an escape in double
// quotes.
//
// Source: Unicode 15, section 23.2 (layout controls); CVE-2021-42574 (Trojan Source).

#include <cstdint>
#include <optional>

#include "absl/strings/str_format.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"
#include "schema/utf.h"

namespace sluice {

extern const Rule kSL591;

namespace {

bool IsHidden(uint32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\r';
  return (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

// True when the value has nothing but ASCII that shows. 8 bytes in a few instructions.
bool IsPlainAscii(std::string_view value) {
  uint8_t other = 0;
  for (const char c : value) {
    // Below ' ' are, signed, also the bytes from 0x80.
    const auto hidden = static_cast<uint8_t>(static_cast<int8_t>(c) < ' ' || c == 0x7F);
    other = static_cast<uint8_t>(other | hidden);
  }
  return other == 0;
}

struct Hidden {
  std::string_view where;
  uint32_t character = 0;
};

// The first hidden character of a value that has others, too.
std::optional<Hidden> FirstHidden(std::string_view value) {
  constexpr uint32_t kJoiner = 0x200D;
  std::optional<Hidden> found;
  bool shows = false;
  uint32_t last = 0;
  for (size_t at = 0; at < value.size();) {
    const std::optional<CodePoint> point = DecodeWtf8(value.substr(at, 4));
    const size_t length = point ? point->length : 1;
    const uint32_t c = point ? point->value : 0xFFFD;
    const bool joins = c == kJoiner && last >= 0x80;
    if (IsHidden(c) && !joins && !found) found = Hidden{value.substr(at, length), c};
    shows |= c > ' ' && !IsHidden(c);
    last = c;
    at += length;
  }
  return shows ? found : std::nullopt;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    if (IsPlainAscii(written.value) || !StandsAsItIs(in.content, written.value)) return;
    const std::optional<Hidden> hidden = FirstHidden(written.value);
    if (!hidden) return;
    const Place place = PartPlace(in.content, criterion, hidden->where);
    Finding* f = out.Report(kSL591, place, &instance, &criterion);
    if (f == nullptr) return;
    SayValue(in, criterion, *f, "compares a character that nobody sees",
             Cat(ValueLabel(in.content, criterion), " has the character ",
                 absl::StrFormat("U+%04X", hidden->character), ", which does not show"),
             "remove it, or write it as an escape in double quotes");
  });
}

}  // namespace

const Rule kSL591 = {{"SL591", "value-hidden-character", Severity::kWarning, Category::kHygiene,
                      "a value has a character that does not show", kSigmaFiles},
                     Check};

}  // namespace sluice
