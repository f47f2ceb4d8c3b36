#include "tests/engine/naive_channel_events.h"

#include <algorithm>

namespace sluice::naive {
namespace {

// docs/channel-format.md, "Criteria".
enum Op : uint8_t {
  kWildcard = 1,
  kEquals,
  kContains,
  kStartsWith,
  kEndsWith,
  kGlob,
  kRegex,
  kInList,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kNetwork,
  kExists,
  kIsNull,
  kIsEmpty,
  kFieldEquals,
  kFieldContains,
  kFieldStartsWith,
  kFieldEndsWith,
};
constexpr uint8_t kNegated = 1;
constexpr uint8_t kCased = 2;
constexpr uint8_t kDotAll = 8;
constexpr uint8_t kMultiLine = 16;
constexpr uint8_t kNumeric = 32;

// What the criterion asks, in the words of the other evaluator: one test for each operand.
class Tests {
 public:
  explicit Tests(const NaiveCriterion& criterion) : criterion_(criterion) {
    if (criterion.op == kIsNull) {
      tests_.emplace_back().kind = ValueTest::kNull;
    } else if (criterion.op == kIsEmpty) {
      tests_.emplace_back().patterns = {{}};
    }
    for (const std::string& operand : criterion.operands) Add(operand);
  }

  const std::vector<ValueTest>& all() const { return tests_; }
  bool unknown() const { return unknown_; }

 private:
  void Add(const std::string& operand) {
    ValueTest& test = tests_.emplace_back();
    test.cased = (criterion_.flags & kCased) != 0;
    test.part = static_cast<Part>(criterion_.time_part);
    test.text = operand;
    const auto number = ReadNumber(operand);
    if (number) test.number = *number;
    switch (criterion_.op) {
      case kEquals:
        if ((criterion_.flags & kNumeric) != 0 || test.part != Part::kWhole) {
          test.kind = ValueTest::kNumber;
          unknown_ = unknown_ || !number;
          return;
        }
        return AddText(operand, false, false, &test);
      case kInList:
        return AddText(operand, false, false, &test);
      case kContains:
        return AddText(operand, true, true, &test);
      case kStartsWith:
        return AddText(operand, false, true, &test);
      case kEndsWith:
        return AddText(operand, true, false, &test);
      case kGlob:
        test.patterns = {ReadPattern(operand)};
        return;
      case kRegex:
        return AddRegex(operand, &test);
      case kNetwork:
        test.kind = ValueTest::kNetwork;
        return;
      case kExists:
        test.kind = ValueTest::kExists;
        test.exists = operand == "true";
        return;
      case kFieldEquals:
        return AddField(false, false, &test);
      case kFieldContains:
        return AddField(true, true, &test);
      case kFieldStartsWith:
        return AddField(false, true, &test);
      case kFieldEndsWith:
        return AddField(true, false, &test);
      default:
        test.kind = Comparison();
        unknown_ = unknown_ || !number;
    }
  }

  ValueTest::Kind Comparison() const {
    return criterion_.op == kLess          ? ValueTest::kLess
           : criterion_.op == kLessOrEqual ? ValueTest::kLessOrEqual
           : criterion_.op == kGreater     ? ValueTest::kGreater
                                           : ValueTest::kGreaterOrEqual;
  }

  void AddText(const std::string& operand, bool begin, bool end, ValueTest* test) {
    Pattern pattern = Literal(Decode(operand));
    if (begin) pattern.insert(pattern.begin(), {Glyph::kAnyRun, 0});
    if (end) pattern.push_back({Glyph::kAnyRun, 0});
    test->patterns = {pattern};
  }

  void AddField(bool begin, bool end, ValueTest* test) {
    test->kind = ValueTest::kOtherField;
    test->open_begin = begin;
    test->open_end = end;
  }

  void AddRegex(const std::string& operand, ValueTest* test) {
    test->kind = ValueTest::kRegex;
    const RegexFlags flags = {.i = (criterion_.flags & kCased) == 0,
                              .m = (criterion_.flags & kMultiLine) != 0,
                              .s = (criterion_.flags & kDotAll) != 0,
                              .re2 = true};
    const auto regex = ReadRegex(operand, flags);
    if (regex) test->regex = *regex;
    unknown_ = unknown_ || !regex;
  }

  const NaiveCriterion& criterion_;
  std::vector<ValueTest> tests_;
  bool unknown_ = false;
};

std::optional<bool> Holds(const NaiveType& type, const NaiveCriterion& criterion,
                          const Event& event) {
  if (criterion.op == kWildcard) return true;
  const Tests tests(criterion);
  if (tests.unknown()) return std::nullopt;
  const auto holds = [&](const EventField* field) {
    return std::ranges::any_of(tests.all(),
                               [&](const ValueTest& test) { return Holds(test, field, event); });
  };
  bool any = false;
  if (criterion.field == kNaiveNone) {
    // Of any field, `exists` false says that there is none.
    any = criterion.op == kExists && !tests.all()[0].exists && event.fields.empty();
    for (const EventField& field : event.fields) any = any || holds(&field);
  } else {
    const EventField* found = nullptr;
    for (const EventField& field : event.fields) {
      if (found == nullptr && field.name == type.fields[criterion.field].name) found = &field;
    }
    any = holds(found);
  }
  return any != ((criterion.flags & kNegated) != 0);
}

}  // namespace

std::optional<bool> Matches(const NaiveType& type, const NaiveInstance& instance, bool sigma,
                            const Event& event) {
  const bool of_type =
      sigma ? IsOf(event, type.name) : std::ranges::count(event.types, type.name) > 0;
  if (!of_type) return false;
  std::vector<bool> results;
  bool all = true;
  for (const NaiveCriterion& criterion : instance.criteria) {
    const auto holds = Holds(type, criterion, event);
    if (!holds) return std::nullopt;
    results.push_back(*holds);
    all = all && *holds;
  }
  if (instance.condition.empty()) return all;
  std::vector<bool> stack;
  for (const uint32_t token : instance.condition) {
    const uint32_t kind = token >> 28;
    const uint32_t value = token & 0xFFFFFFF;
    const size_t takes = kind == 0 ? 0 : kind == 3 ? 1 : kind == 4 ? value % 256 : 2;
    const auto begin = stack.end() - static_cast<ptrdiff_t>(takes);
    const size_t true_ones = static_cast<size_t>(std::count(begin, stack.end(), true));
    stack.erase(begin, stack.end());
    stack.push_back(kind == 0   ? results[value]
                    : kind == 1 ? true_ones == 2
                    : kind == 2 ? true_ones >= 1
                    : kind == 3 ? true_ones == 0
                                : true_ones >= value / 256);
  }
  return stack.back();
}

}  // namespace sluice::naive
