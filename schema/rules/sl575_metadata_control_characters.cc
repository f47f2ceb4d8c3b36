// SL575 metadata-control-characters
//
// A text outside of the detection has control characters, or characters that turn the direction of
// writing.
//
// Neither is seen in an editor. The first reach terminals and logs as commands; with the second a
// text reads differently from what it says ("Trojan Source").
//
//   title: "Shell\x1b[2K Started"
//
// Fix: remove the characters.
//
// Source: Unicode, UTR 36 and UAX 9; CVE-2021-42574.

#include <cstdint>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL575;

namespace {

// One pass without a branch on what is found, since texts are long and have none.
bool MayBeHidden(std::string_view text) {
  uint8_t found = 0;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    const auto line = static_cast<uint8_t>(byte == '\t' || byte == '\n' || byte == '\r');
    const auto control = static_cast<uint8_t>(byte < 0x20 || byte == 0x7F || byte == 0xE2);
    found = static_cast<uint8_t>(found | (control & ~line));
  }
  return found != 0;
}

// U+202A to U+202E and U+2066 to U+2069.
bool TurnsDirection(std::string_view text) {
  if (!text.starts_with("\xE2\x80") && !text.starts_with("\xE2\x81")) return false;
  if (text.size() < 3) return false;
  const auto last = static_cast<unsigned char>(text[2]);
  return text[1] == '\x80' ? last >= 0xAA && last <= 0xAE : last >= 0xA6 && last <= 0xA9;
}

bool HasHidden(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool line = byte == '\t' || byte == '\n' || byte == '\r';
    if ((byte < 0x20 && !line) || byte == 0x7F || TurnsDirection(text.substr(i))) return true;
  }
  return false;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    for (const Attribute& one : in.content.attributes(instance)) {
      if (!MayBeHidden(one.value) || !HasHidden(one.value)) continue;
      if (Finding* f = out.Report(kSL575, one.place, &instance)) {
        Say(*f, "shows something else than it says",
            Cat(Quoted(one.key), " has characters that are not shown: ", Quoted(one.value)),
            "remove the characters");
      }
    }
  });
}

}  // namespace

const Rule kSL575 = {{"SL575", "metadata-control-characters", Severity::kWarning,
                      Category::kHygiene, "a text with characters that are not shown", kSigmaFiles},
                     Check};

}  // namespace sluice
