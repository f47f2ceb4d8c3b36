// SL166 correlation-condition-invalid
//
// The condition of a correlation has an operator that Sigma does not know, compares with what is no
// number, or has no comparison at all.
//
//   correlation:
//     condition:
//       at_least: 10                  # gte
//       lt: many
//
// Fix: write gt, gte, lt, lte, eq or neq, and a number.
//
// Source: Sigma specification 2.1.0, Sigma correlation rules, "condition".

#include <algorithm>
#include <iterator>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL166;

namespace {

constexpr std::string_view kPrefix = "correlation.condition.";
constexpr std::string_view kOperators[] = {"gt", "gte", "lt", "lte", "eq", "neq"};

bool IsOperator(std::string_view word) {
  return std::ranges::find(kOperators, word) != std::end(kOperators);
}

void ReportOne(Reporter& out, const Instance& instance, const Attribute& attribute, Place place,
               std::string_view what) {
  if (Finding* f = out.Report(kSL166, place, &instance)) {
    Say(*f, kMeansNothing, Cat(Quoted(attribute.key), what),
        "compare with a number by gt, gte, lt, lte, eq or neq");
  }
}

// True for a comparison, a wrong one too.
bool CheckEntry(Reporter& out, const Instance& instance, const Attribute& entry) {
  const std::string_view word = entry.key.substr(kPrefix.size());
  if (word == "field" || word == "percentile" || word.starts_with("field.")) return false;
  if (!IsOperator(word)) {
    ReportOne(out, instance, entry, entry.key_place, " is no operator of a correlation");
  } else if (entry.kind != AttributeKind::kNumber) {
    ReportOne(out, instance, entry, entry.place, " compares with no number");
  }
  return true;
}

void CheckCorrelation(const RuleInput& in, Reporter& out, const Instance& instance) {
  bool compares = false;
  for (const Attribute& attribute : in.content.attributes(instance)) {
    if (attribute.item || !attribute.key.starts_with(kPrefix)) continue;
    if (CheckEntry(out, instance, attribute)) compares = true;
  }
  const Attribute* all = in.content.attribute(instance, "correlation.condition");
  // The text of a temporal correlation names rules.
  const bool text = all != nullptr && all->kind == AttributeKind::kText;
  if (all == nullptr || IsBlank(*all) || text || compares) return;
  ReportOne(out, instance, *all, all->key_place, " has no comparison");
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.role == InstanceRole::kCorrelation) CheckCorrelation(in, out, instance);
  });
}

}  // namespace

const Rule kSL166 = {
    {"SL166", "correlation-condition-invalid", Severity::kError, Category::kInvalid,
     "the condition of a correlation compares with nothing", kSigmaFiles},
    Check};

}  // namespace sluice
