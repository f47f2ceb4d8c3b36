// SL598 regex-needless
//
// A regular expression that is a plain text with open or closed ends: `contains`, `startswith`,
// `endswith` or the value alone says the same.
//
// Regular expressions cost the most of all that a sensor or a database compares, some backends have
// none, and an index cannot help. They mind the case of letters unless `i` follows.
//
//   CommandLine|re|i: '.*mimikatz.*'      # CommandLine|contains: 'mimikatz'
//
// Fix: write the text with the modifier; with `cased` where the letters' case counts.
//
// Source: Sigma specification 2.1.0, "re" and "cased".

#include <string>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL598;

namespace {

// Takes `part` from the front, or the back, of `text`.
bool TakeFront(std::string_view& text, std::string_view part) {
  if (!text.starts_with(part)) return false;
  text.remove_prefix(part.size());
  return true;
}

bool TakeBack(std::string_view& text, std::string_view part) {
  if (!text.ends_with(part)) return false;
  const size_t at = text.size() - part.size();
  if (IsEscaped(text, at)) return false;
  text.remove_suffix(part.size());
  return true;
}

// Whether every character stands for itself, be it by a backslash.
bool IsPlain(std::string_view pattern) {
  for (size_t at = 0; at < pattern.size(); ++at) {
    if (std::string_view(".^$*+?()[]{}|").find(pattern[at]) != std::string_view::npos) return false;
    if (pattern[at] != '\\') continue;
    if (++at == pattern.size()) return false;
    // A letter or digit after a backslash is a class, a line end, a reference.
    const char c = pattern[at];
    const char lower = AsciiLower(c);
    if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9')) return false;
  }
  return !pattern.empty();
}

// "under 'contains|cased'", "without a modifier".
std::string PlainKey(std::string_view plainer, const Criterion& criterion) {
  const bool cased = (criterion.flags & kCased) != 0;
  if (plainer == "equals") return cased ? "under 'cased'" : "without a modifier";
  return Cat("under '", plainer, cased ? "|cased'" : "'");
}

// What says the same; empty when nothing does.
std::string_view Plainer(std::string_view pattern) {
  const bool begin = TakeFront(pattern, "^");
  const bool end = TakeBack(pattern, "$");
  const bool any_before = TakeFront(pattern, ".*");
  const bool any_behind = TakeBack(pattern, ".*");
  if (!IsPlain(pattern)) return {};
  const bool closed_before = begin && !any_before;
  const bool closed_behind = end && !any_behind;
  if (closed_before && closed_behind) return "equals";
  if (closed_before) return "startswith";
  return closed_behind ? "endswith" : "contains";
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content,
               [&](const Instance& instance, const Criterion& criterion, const Written& written) {
                 if (criterion.op != Operator::kRegex || (criterion.flags & (kFlagM | kFlagS)) != 0)
                   return;
                 const std::string_view plainer = Plainer(written.value);
                 if (plainer.empty()) return;
                 const Place place = ValuePlace(in.content, criterion);
                 Finding* f = out.Report(kSL598, place, &instance, &criterion);
                 if (f == nullptr) return;
                 SayValue(in, criterion, *f, "costs more than plain text",
                          Cat("the regular expression ", ValueLabel(in.content, criterion),
                              " says no more than plain text does ", PlainKey(plainer, criterion)),
                          "write the text without 're'");
               });
}

}  // namespace

const Rule kSL598 = {{"SL598", "regex-needless", Severity::kNote, Category::kHygiene,
                      "a regular expression is plain text", kSigmaFiles},
                     Check};

}  // namespace sluice
