// SL573 attribute-misspelt
//
// A key at the top of a rule is one letter, or capitals, from one that Sigma has and this rule has
// not.
//
// Keys of your own are allowed, so no tool says anything: what stands there is not read.
//
//   refrences:
//     - https://example.com/report
//   FalsePositives:
//     - Backup tools
//
// Fix: correct the key. If it is a key of your own, choose another name.
//
// Source: Sigma specification 2.1.0, Sigma rules.

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL573;

namespace {

// Those up to kShort are one letter from other words, such as `date` from `data`.
constexpr std::string_view kKeys[] = {
    "id",      "title",    "name",      "level",     "date",        "tags",           "scope",
    "status",  "author",   "fields",    "modified",  "references",  "falsepositives", "license",
    "related", "taxonomy", "logsource", "detection", "description", "correlation"};
constexpr size_t kShort = 7;

// The index in kKeys of the one that `key` may be meant for; their number for none.
size_t Meant(std::string_view key) {
  constexpr size_t kNothing = std::size(kKeys);
  if (key.size() > 20) return kNothing;
  std::string letters;
  for (const char c : key) {
    if (c != '_' && c != '-' && c != ' ') letters += AsciiLower(c);
  }
  const auto all = std::span(kKeys);
  for (size_t i = 0; i < kShort; ++i) {
    if (all[i] == letters) return i;
  }
  const std::string_view near = NearWord(letters, all.subspan(kShort));
  if (near.empty()) return kNothing;
  return static_cast<size_t>(std::ranges::find(all, near) - all.begin());
}

void ReportOne(const RuleInput& in, Reporter& out, const Instance& instance, const Attribute& one,
               std::string_view meant) {
  Finding* f = out.Report(kSL573, one.key_place, &instance);
  if (f == nullptr) return;
  const std::string_view text = in.content.text();
  if (text.substr(one.key_place.offset, one.key_place.length) == one.key) {
    f->fix = {{one.key_place, std::string(meant)}};
  }
  Say(*f, "is read by nobody", Cat(Quoted(one.key), " is no key of Sigma"),
      Cat("write ", Quoted(meant)));
}

// The first slip for each key that may be meant, in one pass.
void CheckDocument(const RuleInput& in, Reporter& out, const Instance& instance) {
  bool asked[std::size(kKeys)] = {};
  for (const Attribute& one : in.content.attributes(instance)) {
    if (one.item || one.key.find('.') != std::string_view::npos) continue;
    if (std::ranges::find(kKeys, one.key) != std::end(kKeys)) continue;
    const size_t meant = Meant(one.key);
    if (meant == std::size(kKeys) || std::exchange(asked[meant], true)) continue;
    if (in.content.attribute(instance, kKeys[meant]) == nullptr) {
      ReportOne(in, out, instance, one, kKeys[meant]);
    }
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) { CheckDocument(in, out, instance); });
}

}  // namespace

const Rule kSL573 = {{"SL573", "attribute-misspelt", Severity::kWarning, Category::kHygiene,
                      "a key that is nearly one of Sigma, which the rule has not", kSigmaFiles},
                     Check};

}  // namespace sluice
