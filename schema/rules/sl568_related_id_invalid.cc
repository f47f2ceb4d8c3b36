// SL568 related-id-invalid
//
// An entry of `related` has no id, or one that is no UUID, so it leads to no rule.
//
//   related:
//     - id: the older rule
//       type: obsolete
//
// Fix: write the id of the other rule; to a page on the web, use `references`.
//
// Source: Sigma specification 2.1.0, Sigma rules, "related".

#include <string>
#include <utility>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL568;

namespace {

void ReportOne(Reporter& out, const Instance& instance, Place place, std::string message) {
  if (Finding* f = out.Report(kSL568, place, &instance)) {
    Say(*f, kRefusedByTools, std::move(message), "write the id of the other rule, a UUID");
  }
}

// Entries in order: `open` is one whose id has not been seen yet.
void CheckOne(const RuleInput& in, Reporter& out, const Instance& instance) {
  const Attribute* open = nullptr;
  const auto close = [&] {
    if (open != nullptr) ReportOne(out, instance, open->place, "an entry of 'related' has no id");
    open = nullptr;
  };
  for (const Attribute& attribute : in.content.attributes(instance)) {
    if (!attribute.key.starts_with("related")) continue;
    if (attribute.key == "related" && attribute.item) {
      close();
      if (attribute.kind == AttributeKind::kMap) open = &attribute;
    } else if (attribute.key == "related.id") {
      open = nullptr;
      if (IsScalar(attribute) && IsUuid(attribute.value)) continue;
      ReportOne(out, instance, attribute.place,
                Cat("the related id ", Quoted(attribute.value), " is no UUID"));
    }
  }
  close();
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) { CheckOne(in, out, instance); });
}

}  // namespace

const Rule kSL568 = {{"SL568", "related-id-invalid", Severity::kWarning, Category::kHygiene,
                      "a related rule without an id that is a UUID", kSigmaFiles},
                     Check};

}  // namespace sluice
