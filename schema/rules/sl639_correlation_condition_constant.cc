// SL639 correlation-condition-constant
//
// The condition of a correlation holds of every count, or of none.
//
// Comparisons that stand beside one another are AND. A count is zero or more, so `gte: 0` lets
// everything through, and nothing is both over ten and below five.
//
//   correlation:
//     type: event_count
//     condition: { gte: 10, lt: 5 }
//
// Fix: correct the numbers; more than some and less than others is `gt` with the lower one.
//
// Source: Sigma specification 2.1.0, Sigma correlation rules, "condition".

#include <algorithm>
#include <cstdint>
#include <optional>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_fields.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL639;

namespace {

constexpr std::string_view kPrefix = "correlation.condition.";
constexpr int64_t kMost = INT64_MAX;

// What the comparisons leave of the numbers, ends included. Ends that are not among them are kept
// apart: an average need not be whole.
struct Left {
  int64_t least = INT64_MIN;
  int64_t most = kMost;
  bool open_least = false;
  bool open_most = false;
  std::optional<int64_t> not_equal;
  bool compared = false;

  void AtLeast(int64_t number, bool open) {
    if (number > least || (number == least && open)) open_least = open;
    least = std::max(least, number);
  }
  void AtMost(int64_t number, bool open) {
    if (number < most || (number == most && open)) open_most = open;
    most = std::min(most, number);
  }

  void Compare(std::string_view word, int64_t number) {
    compared |= word != "percentile";
    if (word == "gt" || word == "gte" || word == "eq") AtLeast(number, word == "gt");
    if (word == "lt" || word == "lte" || word == "eq") AtMost(number, word == "lt");
    if (word == "neq") not_equal = number;
  }

  // Of a count, which is whole and at least zero.
  void RoundToCounts() {
    if (open_least) AtLeast(least + 1, false);
    if (open_most) AtMost(most - 1, false);
    open_least = open_most = false;
    AtLeast(0, false);
  }

  bool empty() const {
    if (least > most) return true;
    return least == most && (open_least || open_most || not_equal == least);
  }
};

void CheckCorrelation(const RuleInput& in, Reporter& out, const Instance& instance) {
  const Attribute* type = ScalarOf(in.content, instance, "correlation.type");
  if (type == nullptr) return;
  Left left;
  const Attribute* last = nullptr;
  for (const Attribute& attribute : in.content.attributes(instance)) {
    if (attribute.item || !attribute.key.starts_with(kPrefix)) continue;
    if (attribute.kind != AttributeKind::kNumber) continue;
    const std::optional<int64_t> number = Integer(attribute.value);
    if (!number) return;
    left.Compare(attribute.key.substr(kPrefix.size()), *number);
    last = &attribute;
  }
  if (!left.compared) return;
  const bool counts = type->value == "event_count" || type->value == "value_count";
  if (counts) left.RoundToCounts();
  const bool every =
      counts && left.least == 0 && left.most == kMost && (!left.not_equal || *left.not_equal < 0);
  if (!left.empty() && !every) return;
  Finding* f = out.Report(kSL639, last->place, &instance);
  if (f == nullptr) return;
  if (every) f->severity = Severity::kWarning;
  Say(*f, every ? kAlwaysMatches : kNeverMatches,
      every ? "every count satisfies the condition" : "no number satisfies all comparisons at once",
      "correct the numbers");
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.role == InstanceRole::kCorrelation) CheckCorrelation(in, out, instance);
  });
}

}  // namespace

const Rule kSL639 = {
    {"SL639", "correlation-condition-constant", Severity::kError, Category::kHygiene,
     "the condition of a correlation holds of every count, or of none", kSigmaFiles},
    Check};

}  // namespace sluice
