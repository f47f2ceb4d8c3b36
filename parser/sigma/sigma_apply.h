// Applies the modifiers of a key to its values: what the criteria of the content model hold.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_APPLY_H_
#define SLUICE_PARSER_SIGMA_SIGMA_APPLY_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parser/sigma/sigma_modifiers.h"
#include "parser/sigma/sigma_transforms.h"
#include "parser/sigma/sigma_value.h"
#include "schema/content.h"
#include "schema/operators.h"

namespace sluice {

// A scalar of the rule: its type as YAML resolves it, and its text as it is written.
struct SigmaScalar {
  using Type = ScalarType;
  Type type = Type::kText;
  std::string_view text;
};

using SigmaTimePart = TimePart;

// What one value tests: one criterion. Its operands are alternatives: it holds when the operator
// holds for one of them, or for none of them when `flags` has kNegated.
struct SigmaTest {
  Operator op = Operator::kEquals;
  uint8_t flags = 0;  // CriterionFlag: kNegated, kCased, kFlagS, kFlagM
  SigmaTimePart time_part = SigmaTimePart::kWhole;
  SigmaScalar::Type type = SigmaScalar::Type::kText;
  uint32_t value = 0;  // index of the value it comes from
  // By the operator: text (kEquals, kContains ...), a glob (kGlob), a pattern (kRegex), a number in
  // canonical digits (kLess ..., and kEquals of a number), "true" or "false" (kExists), a network
  // (kIpNetwork), a field (kFieldEquals ...). Empty for kIsNull and kIsEmpty.
  std::vector<std::string> operands;
  friend bool operator==(const SigmaTest&, const SigmaTest&) = default;
};

struct SigmaItem {
  // In the order of the values. A value whose alternatives have different operators (a placeholder
  // with a wildcard in one of its values) gives one test for each operator, one after the other.
  std::vector<SigmaTest> tests;
  // How the values combine: OR; AND with `all`; the other way round with `neq`, which is of the
  // whole item. The tests of one value are always alternatives (AND when negated).
  Combine combine = Combine::kOr;
  std::vector<SigmaProblem> problems;  // of the values; those of the key are in the key
  bool fatal() const;
};

// Applies `key.modifiers` to `values`. With a problem that is fatal in the key or in a value, there
// is no test for what has no meaning: with one in the key, none at all. An empty list gives none,
// and neither does a placeholder that is defined as no value. `in_list` says that the values stand
// in a list, be it of one. Keywords (`key.field` is empty) are looked for anywhere in the event: a
// text without a position has open ends.
SigmaItem ApplySigmaModifiers(const SigmaKey& key, std::span<const SigmaScalar> values,
                              bool in_list, const SigmaPlaceholders& placeholders,
                              SigmaBudget& budget);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_APPLY_H_
