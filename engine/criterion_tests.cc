// How tests are made; criterion_holds.cc evaluates them.

#include "engine/criterion_tests.h"

#include <re2/re2.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/fold.h"
#include "schema/compared_field.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr int64_t kPatternMemory = int64_t{1} << 20;  // of one, as where it was checked

// Whether it can compare numbers only; otherwise, with `kNumeric`, texts where one is no number
// that has digits (YAML's .inf).
bool ComparesNumbers(const Criterion& criterion) {
  return (criterion.op >= Operator::kLess && criterion.op <= Operator::kGreaterOrEqual) ||
         criterion.time_part != TimePart::kWhole;
}

bool TakesNumbers(const Content& content, const Criterion& criterion) {
  if (ComparesNumbers(criterion)) return true;
  return (criterion.flags & kNumeric) != 0 &&
         std::ranges::all_of(content.operands(criterion), [](const Operand& operand) {
           return Decimal::Parse(operand.text).has_value();
         });
}

bool IsShared(Operator op) { return op > Operator::kUnknown && !IsSysmon(op); }

}  // namespace

CriterionTests::CriterionTests() : any_of_(1) {}
CriterionTests::~CriterionTests() = default;

void CriterionTests::Begin(const VerifiedContent& content, uint32_t index, bool trace) {
  content_ = &content;
  index_ = index;
  trace_ = trace;
  supply_.emplace(content, plan_);
  compared_.emplace(content.content());
  pattern_cost_ = 0;
}

std::optional<uint32_t> CriterionTests::Add(const Criterion& criterion, std::string* why) {
  if (!IsShared(criterion.op)) {
    *why = "it has an operator that the dialect has not";
    return std::nullopt;
  }
  const FieldRef& field = content_->content().field(criterion);
  CriterionTest test{.op = criterion.op,
                     .flags = static_cast<uint8_t>(criterion.flags & ~kNegated),
                     .part = criterion.time_part};
  if (criterion.op != Operator::kWildcard) {
    if (field.kind == FieldKind::kAny) {
      test.any = AnyOf(field.type);
    } else {
      test.slot = supply_->SlotOf(field);
    }
  }
  const auto next = static_cast<uint32_t>(tests_.size());
  if (!trace_) {
    const auto [known, is_new] = known_.emplace(KeyOf(criterion, test), next);
    if (!is_new) return known->second;
    if (!Prepare(criterion, test, why)) {
      known_.erase(known);
      return std::nullopt;
    }
  } else {
    if (!Prepare(criterion, test, why)) return std::nullopt;
    Trace(criterion, test);
  }
  tests_.push_back(test);
  return next;
}

// Equal for what tests the same. Fields that operands name are those of the same supply.
std::string CriterionTests::KeyOf(const Criterion& criterion, const CriterionTest& test) const {
  std::string key = absl::StrCat(static_cast<int>(test.op), ",", test.flags, ",",
                                 static_cast<int>(test.part), ",", test.slot, ",", test.any);
  if (ComparesFields(criterion) && content_->bound() != nullptr) {
    absl::StrAppend(&key, ",", index_, ",", content_->content().field(criterion).type);
  }
  for (const Operand& operand : content_->content().operands(criterion)) {
    absl::StrAppend(&key, ",", operand.text.size(), ":", Abseil(operand.text));
  }
  return key;
}

// The set of fields that a contract supplies for a type; 0 where there is no contract.
uint32_t CriterionTests::AnyOf(uint32_t type) {
  const Contract* contract = content_->contract();
  if (contract == nullptr) return 0;
  const TemplateType& named = content_->content().types()[type];
  const Platform platform = content_->bound()->fleet().sensors()[0].platform;
  const std::string key =
      absl::StrCat(absl::Hex(reinterpret_cast<uintptr_t>(contract)), ",",
                   static_cast<int>(platform), ",", named.id, ",", Abseil(named.name));
  const auto [known, is_new] = any_known_.emplace(key, static_cast<uint32_t>(any_of_.size()));
  if (!is_new) return known->second;
  std::vector<bool>& slots = any_of_.emplace_back();
  supply_->ForEachSlot(type, [&](uint32_t slot) {
    if (slot >= slots.size()) slots.resize(slot + 1);
    slots[slot] = true;
  });
  return known->second;
}

void CriterionTests::Trace(const Criterion& criterion, CriterionTest& test) {
  test.reads.begin = test.reads.end = static_cast<uint32_t>(reads_.size());
  if (criterion.op == Operator::kWildcard) return;
  reads_.push_back({index_, criterion.field});
  if (ComparesFields(criterion)) {
    const uint32_t other = compared_->Of(criterion);
    if (other != kNone) reads_.push_back({index_, other});
  }
  test.reads.end = static_cast<uint32_t>(reads_.size());
}

void CriterionTests::AddText(std::string_view text, bool cased) {
  if (cased || IsFolded(text)) return texts_.push_back(text);
  texts_.push_back(arena_.emplace_back(Folded(text)));
}

// How many operands of the criterion's kind there are.
size_t CriterionTests::Prepared(const Criterion& criterion, const CriterionTest& test) const {
  if (test.numeric) return numbers_.size();
  if (criterion.op == Operator::kRegex) return patterns_.size();
  if (criterion.op == Operator::kGlob) return globs_.size();
  if (criterion.op == Operator::kIpNetwork) return networks_.size();
  return ComparesFields(criterion) ? slots_.size() : texts_.size();
}

bool CriterionTests::Prepare(const Criterion& criterion, CriterionTest& test, std::string* why) {
  const Content& content = content_->content();
  test.numeric = TakesNumbers(content, criterion);
  test.operands.begin = static_cast<uint32_t>(Prepared(criterion, test));
  for (const Operand& operand : content.operands(criterion)) {
    if (!PrepareOperand(criterion, test, operand.text, why)) return false;
  }
  test.operands.end = static_cast<uint32_t>(Prepared(criterion, test));
  return true;
}

bool CriterionTests::PrepareOperand(const Criterion& criterion, CriterionTest& test,
                                    std::string_view text, std::string* why) {
  const bool cased = (criterion.flags & kCased) != 0;
  if (test.numeric) {
    const std::optional<Decimal> number = Decimal::Parse(text);
    if (!number) *why = "what it compares with is no number";
    if (number) numbers_.push_back(*number);
    return number.has_value();
  }
  switch (criterion.op) {
    case Operator::kRegex:
      return PreparePattern(criterion, text, why);
    case Operator::kGlob:
      globs_.emplace_back(cased ? std::string(text) : Folded(text));
      return true;
    case Operator::kIpNetwork:
      networks_.push_back(IpNetwork::Parse(text).value_or(IpNetwork{}));
      if (!IpNetwork::Parse(text)) *why = "what it compares with is no network";
      return why->empty();
    case Operator::kExists:
      test.present = text != "false";
      return true;
    case Operator::kFieldEquals:
    case Operator::kFieldContains:
    case Operator::kFieldStartsWith:
    case Operator::kFieldEndsWith:
      slots_.push_back(supply_->SlotOf(content_->content().field(criterion).type, text));
      return true;
    default:
      AddText(text, cased);
      return true;
  }
}

bool CriterionTests::PreparePattern(const Criterion& criterion, std::string_view pattern,
                                    std::string* why) {
  if (pattern_cost_ > static_cast<int64_t>(kMaxSigmaRegexCost)) {
    *why = "the regular expressions of the content are past the budget for compiling";
    return false;
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemory);
  options.set_case_sensitive((criterion.flags & kCased) != 0);
  options.set_dot_nl((criterion.flags & kFlagS) != 0);
  const char* lines = (criterion.flags & kFlagM) != 0 ? "(?m)" : "";
  auto compiled = std::make_unique<RE2>(absl::StrCat(lines, Abseil(pattern)), options);
  if (!compiled->ok()) {
    pattern_cost_ += 64 + static_cast<int64_t>(pattern.size());
    *why = absl::StrCat("RE2 does not take a regular expression in it: ",
                        Printable(compiled->error()));
    return false;
  }
  pattern_cost_ += compiled->ProgramSize();
  patterns_.push_back(std::move(compiled));
  pattern_texts_.push_back(pattern);
  return true;
}

}  // namespace sluice
