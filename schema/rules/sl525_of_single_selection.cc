// SL525 of-single-selection
//
// `1 of` or `all of` where one selection is covered: by `them`, or by a name without a `*`.
//
// It says the same as the selection's name, and what should have been covered too is missed. A
// pattern such as `1 of filter_main_*` is written for filters to come, and left alone.
//
//   detection:
//     selection: ...
//     condition: all of them
//
// Fix: write the selection's name, or see whether one is missed.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL525;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  for (const Irregularity& i : in.content.irregularities()) {
    if (i.kind != IrregularityKind::kSigmaOfSingle) continue;
    if (i.detail.find('*') != std::string_view::npos) continue;
    Finding* f = out.Report(kSL525, i.place, InstanceOf(in.content, i));
    if (f == nullptr) continue;
    Say(*f, "says the same as the name", Cat(Quoted(i.detail), " covers one selection only"),
        "write the selection's name, or see whether one is missed");
  }
}

}  // namespace

const Rule kSL525 = {{"SL525", "of-single-selection", Severity::kNote, Category::kHygiene,
                      "`1 of` or `all of` where one selection is covered", kSigmaFiles},
                     Check};

}  // namespace sluice
