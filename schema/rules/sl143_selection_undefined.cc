// SL143 selection-undefined
//
// A name in a condition that no selection has.
//
// Tools refuse the rule. Letter case counts in names; the nearest name is suggested.
//
//   detection:
//     selection: ...
//     condition: selection and not filter
//
// Fix: correct the name, or add the selection.
//
// Source: Sigma specification 2.1.0, "Condition".

#include <vector>

#include "schema/closest.h"
#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL143;

namespace {

// A hostile file cannot make much work of it.
constexpr size_t kMostSuggestions = 20;
constexpr size_t kMostNames = 256;

// The name of a selection that was most likely meant; empty when none is close.
std::string_view Meant(const Content& content, const Instance& instance, std::string_view name) {
  std::vector<std::string_view> names;
  for (const SigmaSelection& selection : content.selections(instance)) {
    if (names.size() == kMostNames) break;
    names.push_back(selection.name);
  }
  return Closest(name, names);
}

void Check(const RuleInput& in, Reporter& out) {
  size_t suggestions = 0;
  ReportIrregularities(in, out, kSL143, IrregularityKind::kSigmaSelectionUndefined,
                       [&](Finding& f, const Irregularity& i) {
                         const Instance* instance = InstanceOf(in.content, i);
                         std::string_view meant;
                         if (instance != nullptr && suggestions++ < kMostSuggestions) {
                           meant = Meant(in.content, *instance, i.detail);
                         }
                         Say(f, kMeansNothing, Cat("no selection is called ", Quoted(i.detail)),
                             meant.empty()
                                 ? "correct the name, or add the selection"
                                 : Cat("write ", Quoted(meant), ", or add the selection"));
                       });
}

}  // namespace

const Rule kSL143 = {{"SL143", "selection-undefined", Severity::kError, Category::kInvalid,
                      "a condition names a selection that is not there", kSigmaFiles},
                     Check};

}  // namespace sluice
