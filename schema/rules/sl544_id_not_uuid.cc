// SL544 id-not-uuid
//
// The id is no UUID: eight, four, four, four and twelve hexadecimal digits with `-` between them.
//
//   id: windows-shell-01
//
// Any version of UUID will do. Sigma's tools refuse other ids.
//
// Fix: write a new UUID (`uuidgen`), and keep the old name in `name`.
//
// Source: Sigma specification 2.1.0, Sigma rules, "id".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL544;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* id = ScalarOf(in.content, instance, "id");
    if (id == nullptr || IsUuid(id->value)) return;
    if (Finding* f = out.Report(kSL544, id->place, &instance)) {
      Say(*f, kRefusedByTools, Cat("the id ", Quoted(id->value), " is no UUID"),
          "write a new UUID; a name of your own belongs to `name`");
    }
  });
}

}  // namespace

const Rule kSL544 = {{"SL544", "id-not-uuid", Severity::kWarning, Category::kHygiene,
                      "an id that is no UUID", kSigmaFiles},
                     Check};

}  // namespace sluice
