// Any text read as a Sigma condition, key, value and pattern is taken whole, with places inside of
// it, or refused with a place and a reason. Values and globs write back as what they were.

#include "parser/sigma/sigma_condition.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/property.h"
#include "parser/sigma/sigma_apply.h"
#include "parser/sigma/sigma_regex.h"

namespace sluice {
namespace {

using Kind = SigmaConditionToken::Kind;

void RequireInside(Place place, std::string_view text) {
  Require(place.offset <= text.size() && place.length <= text.size() - place.offset,
          "a place is inside of the text");
}

// Evaluated with a stack, every token finds its values, and one is left.
void RequirePostfix(const SigmaCondition& condition, std::string_view text) {
  uint64_t values = 0;
  for (const SigmaConditionToken& token : condition.tokens) {
    RequireInside(token.place, text);
    RequireInside(token.name, text);
    const bool operand = token.kind == Kind::kIdentifier || token.kind == Kind::kOf;
    const uint64_t takes = operand ? 0 : token.count;
    Require(operand || takes == 1 || token.kind != Kind::kNot, "`not` takes one");
    Require(takes <= values, "a token finds its values");
    values = values - takes + 1;
    if (operand) Require(token.name.length > 0, "an operand has a name");
  }
  Require(values == 1, "one value is left");
}

void ReadCondition(std::string_view text) {
  const SigmaConditionResult result = ParseSigmaCondition(text);
  ++(result.ok() ? Inputs().accepted : Inputs().refused);
  if (!result.ok()) {
    RequireInside(result.error->place, text);
    Require(!result.error->expected.empty(), "a refusal says what was expected");
    return;
  }
  RequirePostfix(result.condition, text);
  for (const Place& place : result.condition.redundant_parentheses) {
    RequireInside(place, text);
    Require(text[place.offset] == '(' && text[place.end() - 1] == ')', "parentheses are a pair");
  }
}

void ReadValue(std::string_view text) {
  const std::string glob = DecodeSigmaValue(text).glob;
  Require(DecodeSigmaValue(EncodeSigmaValue(glob)).glob == glob, "a value writes back");
  Require(NormalizeGlob(glob) == glob, "a glob is in its one form");
  Require(GlobText(EscapeGlob(text)) == text, "escaped text is itself");
  if (const auto number = ParseSigmaNumber(text)) {
    const auto back = ParseSigmaNumber(number->digits);
    Require(back && back->digits == number->digits, "digits are canonical");
  }
}

// The first line is a key, the rest a value.
void ReadItem(std::string_view text) {
  const size_t line = std::min(text.find('\n'), text.size());
  const SigmaKey key = ParseSigmaKey(text.substr(0, line));
  for (const SigmaProblem& problem : key.problems) RequireInside(problem.place, text);
  const SigmaScalar value{SigmaScalar::Type::kText, text.substr(line)};
  SigmaBudget budget;
  const SigmaItem item = ApplySigmaModifiers(key, {&value, 1}, false, nullptr, budget);
  Require(item.fatal() || key.fatal() || !item.tests.empty(), "a value gives a test");
  for (const SigmaProblem& problem : item.problems) RequireInside(problem.place, text);
}

void ReadPattern(std::string_view text) {
  const SigmaRegexReport report = CheckSigmaRegex(text, false);
  if (report.error) RequireInside(report.error->place, text);
  if (report.explosive) RequireInside(*report.explosive, text);
  for (const SigmaRegexReport::Outside& outside : report.outside) {
    RequireInside(outside.place, text);
  }
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  sluice::ReadCondition(text);
  sluice::ReadValue(text);
  sluice::ReadItem(text);
  sluice::ReadPattern(text);
  return 0;
}
