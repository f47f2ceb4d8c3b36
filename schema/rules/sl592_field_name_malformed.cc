// SL592 field-name-malformed
//
// The name of a field with white space around it, or with a character that no field name has:
// quotes, wildcards, a comma, one that does not show.
//
// Names are looked up exactly as they stand. What is copied from a table or a query often brings a
// blank or a quote along, and no event has a field of that name.
//
//   ' Image|endswith': '\cmd.exe'
//   'Comm*': 'whoami'
//
// Fix: write the name as events have it. `lint --fix` removes white space around it.
//
// Source: Sigma specification 2.1.0, "Field names".

#include <algorithm>

#include "schema/byte_set.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL592;

namespace {

bool IsWhite(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

constexpr ByteSet kSigns("\"'`*?,;=<>");

bool IsOdd(char c) { return (c >= 0 && c < ' ') || c == 0x7F || kSigns.Has(c); }

// "\u200b" and its kin, the no-break space, the byte order mark.
bool HasHidden(std::string_view name) {
  for (const std::string_view hidden : {"\u00a0", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f",
                                        "\u202a", "\u202c", "\u202e", "\u2060", "\ufeff"}) {
    if (name.find(hidden) != std::string_view::npos) return true;
  }
  return false;
}

bool IsAscii(std::string_view name) {
  return std::ranges::none_of(name, [](char c) { return static_cast<uint8_t>(c) >= 0x80; });
}

void AddFix(const Content& content, std::string_view name, Finding& finding) {
  const auto offset = static_cast<uint32_t>(name.data() - content.text().data());
  const size_t begin = name.find_first_not_of(" \t");
  const size_t end = name.find_last_not_of(" \t");
  if (begin == std::string_view::npos || !std::ranges::none_of(name, IsOdd)) return;
  if (begin > 0) finding.fix.push_back({{offset, static_cast<uint32_t>(begin)}, ""});
  const auto behind = static_cast<uint32_t>(name.size() - 1 - end);
  if (behind > 0) {
    finding.fix.push_back({{offset + static_cast<uint32_t>(end) + 1, behind}, ""});
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachKey(in.content, [&](const Instance& instance, std::span<const Criterion> criteria) {
    const Criterion& criterion = criteria.front();
    const std::string_view name = in.content.field(criterion).name;
    if (name.empty()) return;
    const bool around = IsWhite(name.front()) || IsWhite(name.back());
    const bool odd = std::ranges::any_of(name, IsOdd) || (!IsAscii(name) && HasHidden(name));
    if (!around && !odd) return;
    Finding* f = out.Report(kSL592, criterion.field_place, &instance, &criterion);
    if (f == nullptr) return;
    SayValue(in, criterion, *f, kNeverMatches,
             Cat("the field name ", Quoted(name),
                 odd ? " has a character that no field name has" : " has white space around it"),
             "write the name as events have it");
    const std::string_view there =
        in.content.text().substr(criterion.field_place.offset, criterion.field_place.length);
    if (around && there == name) AddFix(in.content, there, *f);
  });
}

}  // namespace

const Rule kSL592 = {{"SL592", "field-name-malformed", Severity::kWarning, Category::kHygiene,
                      "a field name has white space around it or an odd character", kSigmaFiles},
                     Check};

}  // namespace sluice
