// SL508 against an evaluator of records: what it reports never decides about any event.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gate/lint.h"
#include "schema/rule.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr std::array<const char*, 2> kFields = {"Image", "User"};
constexpr std::array<const char*, 6> kConditions = {"is",       "contains", "begin with",
                                                    "end with", "is not",   "excludes"};
using Event = std::array<std::string, kFields.size()>;

struct Test {
  size_t field;
  size_t condition;
  std::string operand;
  uint32_t line;
};

// Conditions outside of groups, or those of one group.
struct Unit {
  bool grouped = false;
  bool all = false;  // of a group
  std::vector<Test> tests;
};

struct Record {
  bool exclude = false;
  bool all = false;
  std::vector<Unit> units;
};

// Whether the condition holds; the one on line `never` never does.
bool Holds(const Test& test, const Event& event, uint32_t never) {
  const std::string& value = event[test.field];
  if (test.line == never) return false;
  switch (test.condition) {
    case 0:
      return value == test.operand;
    case 1:
      return absl::StrContains(value, test.operand);
    case 2:
      return value.starts_with(test.operand);
    case 3:
      return value.ends_with(test.operand);
    case 4:
      return value != test.operand;
    default:
      return !absl::StrContains(value, test.operand);
  }
}

// Sysmon rule blob, section 6.3.
bool Matches(const Record& record, const Event& event, uint32_t never) {
  std::array<int, kFields.size()> fields = {};  // 0: not asked, 1: failed, 2: held
  bool any = false;
  bool all = true;
  for (const Unit& unit : record.units) {
    const auto holds = [&](const Test& test) { return Holds(test, event, never); };
    if (unit.grouped) {
      const bool matches = unit.all ? std::ranges::all_of(unit.tests, holds)
                                    : std::ranges::any_of(unit.tests, holds);
      any |= matches;
      all &= matches;
      continue;
    }
    for (const Test& test : unit.tests) {
      fields[test.field] = std::max(fields[test.field], holds(test) ? 2 : 1);
    }
  }
  for (const int field : fields) {
    any |= field == 2;
    all &= field != 1;
  }
  return record.all ? all : any;
}

// Sysmon rule blob, section 6.2, with records of both kinds.
bool Logged(const std::vector<Record>& records, const Event& event, uint32_t never) {
  for (const bool exclude : {true, false}) {
    for (const Record& record : records) {
      if (record.exclude == exclude && Matches(record, event, never)) return !exclude;
    }
  }
  return false;
}

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  std::string Text(uint32_t at_least) {
    std::string text;
    for (uint32_t length = at_least + Below(3); length > 0; --length) text += "ab"[Below(2)];
    return text;
  }

  // An exclude record and an include record, as configuration too: one condition a line.
  std::vector<Record> Records(std::string& text) {
    std::string body;
    line_ = 2;
    std::vector<Record> records = {MakeRecord(true, body), MakeRecord(false, body)};
    text = Config(body);
    return records;
  }

  Event MakeEvent() { return {Text(4), Text(4)}; }

 private:
  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }

  Test MakeTest(std::string& text) {
    Test test = {Below(4) == 0 ? size_t{1} : 0, Below(8) == 0 ? 4 + Below(2) : Below(4), Text(4),
                 ++line_};
    absl::StrAppend(&text, "\n<", kFields[test.field], " condition=\"", kConditions[test.condition],
                    "\">", test.operand, "</", kFields[test.field], ">");
    return test;
  }

  Record MakeRecord(bool exclude, std::string& text) {
    Record record = {.exclude = exclude, .all = Below(2) == 0};
    absl::StrAppend(&text, "<RuleGroup groupRelation=\"", record.all ? "and" : "or",
                    "\"><ProcessCreate onmatch=\"", exclude ? "exclude" : "include", "\">");
    for (uint32_t left = 1 + Below(3); left > 0; --left) {
      Unit unit = {.grouped = Below(3) == 0, .all = Below(2) == 0};
      if (unit.grouped) {
        absl::StrAppend(&text, "<Rule groupRelation=\"", unit.all ? "and" : "or", "\">");
      }
      for (uint32_t tests = 1 + Below(2); tests > 0; --tests) unit.tests.push_back(MakeTest(text));
      if (unit.grouped) absl::StrAppend(&text, "</Rule>");
      record.units.push_back(std::move(unit));
    }
    absl::StrAppend(&text, "</ProcessCreate></RuleGroup>");
    return record;
  }

  std::mt19937 random_;
  uint32_t line_ = 0;
};

TEST(CriterionExcluded, WhatIsReportedNeverDecides) {
  LintOptions options;
  options.select = {"SL508"};
  Maker maker(11);
  size_t reported = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const std::vector<Record> records = maker.Records(text);
    const auto results = LintBytes("case", std::make_shared<const std::string>(text), options);
    ASSERT_TRUE(results.ok());
    for (const Finding& finding : results->findings) {
      ASSERT_EQ(finding.rule->id, "SL508") << text;
      ++reported;
      for (int i = 0; i < 200; ++i) {
        const Event event = maker.MakeEvent();
        ASSERT_EQ(Logged(records, event, 0), Logged(records, event, finding.line))
            << text << "\nline " << finding.line << ": " << event[0] << ", " << event[1];
      }
    }
  }
  EXPECT_GT(reported, 100u);
}

}  // namespace
}  // namespace sluice
