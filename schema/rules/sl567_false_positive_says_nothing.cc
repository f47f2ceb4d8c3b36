// SL567 false-positive-says-nothing
//
// An item of `falsepositives` is a word that says nothing: None, N/A, TBD, a dash.
//
// No rule is without false positives. `Unknown`, `Unlikely` and `Low` say what is known, and are
// fine.
//
//   falsepositives:
//     - None
//
// Fix: say what else may match, or `Unknown`.
//
// Source: Sigma rule creation guide, "falsepositives"; its own validator's list of words.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL567;

namespace {

constexpr std::string_view kWords[] = {"none",
                                       "n/a",
                                       "na",
                                       "no",
                                       "-",
                                       "--",
                                       "?",
                                       "tbd",
                                       "todo",
                                       "null",
                                       "nil",
                                       "nothing",
                                       "test",
                                       "pentest",
                                       "penetration test",
                                       "false positives",
                                       "unkown",
                                       "unknow"};

std::string_view WithoutEnd(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    ForEachItem(in.content, instance, "falsepositives", [&](const Attribute& item) {
      const std::string_view text = WithoutEnd(item.value);
      if (text.empty() || text.size() > 16) return;
      const auto same = [&](auto one) { return EqualsIgnoreCase(one, text); };
      if (std::ranges::none_of(kWords, same)) return;
      Finding* f = out.Report(kSL567, item.place, &instance);
      if (f == nullptr) return;
      const bool misspelt = EqualsIgnoreCase(text.substr(0, 3), "unk");
      if (misspelt) f->fix = ReplaceValue(in.content, item, "Unknown");
      Say(*f, "leaves the analyst without a hint",
          Cat("the false positive ", Quoted(item.value),
              misspelt ? " is misspelt" : " says nothing"),
          "say what else may match, or write Unknown");
    });
  });
}

}  // namespace

const Rule kSL567 = {{"SL567", "false-positive-says-nothing", Severity::kNote, Category::kHygiene,
                      "a false positive that says nothing", kSigmaFiles},
                     Check};

}  // namespace sluice
