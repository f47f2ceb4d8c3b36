#include "engine/criteria_plan.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/fold.h"
#include "engine/instance_cover.h"
#include "engine/regex_literals.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using Where = LiteralMatcher::Where;

std::optional<Where> WhereOf(Operator op) {
  switch (op) {
    case Operator::kEquals:
    case Operator::kInList:
      return Where::kWhole;
    case Operator::kContains:
      return Where::kAnywhere;
    case Operator::kStartsWith:
      return Where::kStart;
    case Operator::kEndsWith:
      return Where::kEnd;
    default:
      return std::nullopt;
  }
}

// About how often a value has this literal: an estimate that only has to put tests in order.
double Rarity(Where where, size_t size) {
  const double anywhere = std::pow(0.6, static_cast<double>(std::min<size_t>(size, 40)));
  return where == Where::kAnywhere ? anywhere : anywhere / 4;
}

bool IsUtf8(std::string_view text) { return ValidUtf8Prefix(text) == text.size(); }

}  // namespace

CriteriaPlan::CriteriaPlan(std::span<const VerifiedContent> contents, const EngineOptions& options,
                           std::vector<NotRun>& not_run) {
  criterion_tests_.resize(contents.size());
  for (uint32_t i = 0; i < contents.size(); ++i) {
    AddContent(contents[i], i, options.trace, not_run);
  }
  if (!options.prefilter || options.trace) return;
  found_.resize(tests_.size());
  costs_.resize(tests_.size());
  ways_.resize(tests_.size());
  for (uint32_t test = 0; test < tests_.size(); ++test) AddLiterals(test);
  matcher_.Build();
  Cover(contents);
}

uint32_t CriteriaPlan::TypeNamed(std::string_view name) const {
  const auto found = type_names_.find(Abseil(name));
  return found == type_names_.end() ? kNone : found->second;
}

std::optional<uint32_t> CriteriaPlan::TestOf(uint32_t content, uint32_t criterion) const {
  const uint32_t test = criterion_tests_[content][criterion];
  return test == kNone ? std::nullopt : std::optional(test);
}

void CriteriaPlan::AddContent(const VerifiedContent& verified, uint32_t index, bool trace,
                              std::vector<NotRun>& not_run) {
  const Content& content = verified.content();
  tests_.Begin(verified, index, trace);
  std::vector<uint32_t>& tests = criterion_tests_[index];
  tests.assign(content.criteria().size(), kNone);
  for (const Instance& instance : content.instances()) {
    if (!verified.takes(instance)) continue;
    std::string why;
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end && why.empty(); ++i) {
      tests[i] = tests_.Add(content.criteria()[i], &why).value_or(kNone);
    }
    if (why.empty()) {
      AddInstance(content, index, instance);
      continue;
    }
    std::fill(tests.begin() + instance.criteria.begin, tests.begin() + instance.criteria.end,
              kNone);
    const auto number = static_cast<uint32_t>(&instance - content.instances().data());
    not_run.push_back({{index, number}, std::move(why)});
  }
}

void CriteriaPlan::AddInstance(const Content& content, uint32_t index, const Instance& instance) {
  const auto [type, is_new] = type_names_.emplace(std::string(content.type(instance).name),
                                                  static_cast<uint32_t>(types_.size()));
  if (is_new) types_.emplace_back();
  PlannedInstance planned{
      .ref = {index, static_cast<uint32_t>(&instance - content.instances().data())},
      .type = type->second};
  planned.code.begin = static_cast<uint32_t>(code_.size());
  const auto test_of = [&](uint32_t criterion) {
    return ConditionTest{criterion_tests_[index][criterion],
                         (content.criteria()[criterion].flags & kNegated) != 0};
  };
  count_depth_ = std::max(count_depth_, CompileCondition(content, instance, test_of, code_));
  planned.code.end = static_cast<uint32_t>(code_.size());
  types_[type->second].instances.push_back(static_cast<uint32_t>(instances_.size()));
  instances_.push_back(planned);
}

// The literals of a test that finds texts; false where one is empty, or not to be found so.
bool CriteriaPlan::AddTexts(const CriterionTest& test, uint32_t index) {
  const std::optional<Where> where = WhereOf(test.op);
  std::vector<std::pair<Where, std::string_view>> literals;
  const bool cased = (test.flags & kCased) != 0;
  if (test.op == Operator::kGlob) {
    for (const Glob& glob : tests_.globs(test)) {
      literals.emplace_back(Where::kAnywhere, glob.LongestText());
    }
  } else if (test.op == Operator::kRegex) {
    for (const std::string_view pattern : tests_.patterns(test)) {
      std::vector<std::string> texts = RegexLiterals(pattern);
      if (texts.empty()) return false;
      for (std::string& text : texts) {
        literals.emplace_back(Where::kAnywhere, arena_.emplace_back(std::move(text)));
      }
    }
  } else if (where && !test.numeric) {
    for (const std::string_view text : tests_.texts(test)) literals.emplace_back(*where, text);
  }
  const auto unfit = [&](const auto& literal) {
    return literal.second.empty() || (cased && !IsUtf8(literal.second));
  };
  if (literals.empty() || std::ranges::any_of(literals, unfit)) return false;
  const uint32_t slot = test.slot == kNone ? any_slot() : test.slot;
  for (auto& [at, text] : literals) {
    if (cased && !IsFolded(text)) text = arena_.emplace_back(Folded(text));
    costs_[index] += Rarity(at, text.size());
    ways_[index].slot = slot;
    ways_[index].ways |= LiteralMatcher::WaysOf(at, text.size());
    if (slot == kNoSlot) continue;  // it never holds
    matcher_.Add(slot, at, text);
    literal_tests_.push_back(index);
  }
  return true;
}

void CriteriaPlan::AddLiterals(uint32_t index) {
  const CriterionTest& test = tests_.test(index);
  if (!AddTexts(test, index)) return;
  const bool exact = WhereOf(test.op).has_value() && (test.flags & kCased) == 0 && test.any == 0;
  found_[index] = exact ? Found::kAll : Found::kPerhaps;
}

std::optional<double> CriteriaPlan::CostOf(uint32_t test) const {
  return found_[test] == Found::kNothing ? std::nullopt : std::optional(costs_[test]);
}

void CriteriaPlan::AddWays(PlannedType& type, std::span<const uint32_t> tests) const {
  for (const uint32_t test : tests) {
    const SlotWays& added = ways_[test];
    if (added.slot == kNoSlot) continue;
    const auto [known, is_new] =
        type.position_of.emplace(added.slot, static_cast<uint32_t>(type.ways.size()));
    if (is_new) type.ways.push_back({added.slot, {}});
    type.ways[known->second].ways |= added.ways;
  }
}

// Finds which instances each test is in the cover of.
void CriteriaPlan::Cover(std::span<const VerifiedContent> contents) {
  std::vector<std::pair<uint32_t, uint32_t>> covers;  // test, instance
  for (uint32_t i = 0; i < instances_.size(); ++i) {
    const PlannedInstance& planned = instances_[i];
    const Content& content = contents[planned.ref.content].content();
    PlannedType& type = types_[planned.type];
    const auto test_of = [&](uint32_t criterion) {
      return ConditionTest{criterion_tests_[planned.ref.content][criterion],
                           (content.criteria()[criterion].flags & kNegated) != 0};
    };
    const Instance& instance = content.instances()[planned.ref.instance];
    const auto cover =
        CoverOf(content, instance, test_of, [&](uint32_t test) { return CostOf(test); });
    if (!cover) {
      type.always.push_back(i);
      continue;
    }
    for (const uint32_t test : *cover) covers.emplace_back(test, i);
    AddWays(type, *cover);
  }
  std::ranges::sort(covers);
  cover_begin_.assign(tests_.size() + 1, 0);
  for (const auto& [test, instance] : covers) {
    ++cover_begin_[test + 1];
    covered_.push_back(instance);
  }
  for (size_t i = 1; i < cover_begin_.size(); ++i) cover_begin_[i] += cover_begin_[i - 1];
}

}  // namespace sluice
