// SL520 empty-document
//
// A YAML document with nothing in it: `---` at the end of the file, or twice in a row.
//
// Loaders return nothing for it, which some tools do not expect.
//
//   level: high
//   ---
//
// Fix: remove the `---`.
//
// Source: YAML 1.1, section 9.

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL520;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL520, IrregularityKind::kSigmaEmptyDocument, "is read as nothing",
              "remove the marker of the document",
              [](const Irregularity&) { return std::string("a document of the file is empty"); });
}

}  // namespace

const Rule kSL520 = {{"SL520", "empty-document", Severity::kNote, Category::kHygiene,
                      "a document with nothing in it", kSigmaFiles},
                     Check};

}  // namespace sluice
