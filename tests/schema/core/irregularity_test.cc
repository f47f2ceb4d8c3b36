// What a reader records as irregular becomes a finding: none is lost for want of a rule.

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <optional>

#include "schema/content_builder.h"
#include "schema/rule.h"

namespace sluice {
namespace {

class Collector : public Reporter {
 public:
  Finding* Report(const Rule& rule, Place place, const Instance*, const Criterion*) override {
    Finding& finding = findings_.emplace_back();
    finding.rule = &rule.info;
    finding.place = place;
    return &finding;
  }
  void NotChecked(std::string_view, std::string_view, bool) override { ++not_checked_; }

  const std::deque<Finding>& findings() const { return findings_; }
  size_t not_checked() const { return not_checked_; }

 private:
  std::deque<Finding> findings_;
  size_t not_checked_ = 0;
};

TEST(Irregularities, EachKindIsReportedOnceWhereItIs) {
  constexpr Place kPlace{1234, 5};
  for (int kind = 0; kind <= static_cast<int>(IrregularityKind::kHiddenBytes); ++kind) {
    ContentBuilder builder(Dialect::kSysmon, Binding::kByName, "test");
    builder.metadata().has_schema_version = true;
    builder.metadata().schema_version = "4.50";
    builder.metadata().schema_rank = 450;
    builder.AddIrregularity({static_cast<IrregularityKind>(kind), kPlace, kNone, "detail"});
    const Content content = std::move(builder).Build();
    const Fleet none;
    const Bound self(content, none, nullptr);
    Collector collector;
    RunRules(Rules(), {content, self, nullptr}, collector);
    ASSERT_EQ(collector.findings().size(), 1u) << kind;
    EXPECT_EQ(collector.findings()[0].place, kPlace) << kind;
    EXPECT_FALSE(collector.findings()[0].effect.empty()) << kind;
  }
}

// A Sigma rule of one criterion, with an irregularity, if any, at the place of its modifiers and
// its value.
Content SigmaRuleWith(std::optional<IrregularityKind> kind, bool fatal, Place place) {
  ContentBuilder builder(Dialect::kSigma, Binding::kByName, "sigma");
  const uint32_t type = builder.Type({.name = "windows/process_creation", .open = true});
  builder.BeginInstance({.type = type, .incomplete = fatal});
  const Operand operand{"value", place};
  const uint32_t field = builder.Field({.type = type, .name = "CommandLine"});
  builder.AddCriterion({.field = field,
                        .op = Operator::kContains,
                        .operator_text = "windash",
                        .operator_place = place},
                       {&operand, 1}, {.value = "value", .item = 0});
  builder.EndInstance();
  if (kind) builder.AddIrregularity({*kind, place, 0, "windash", {}, fatal});
  return std::move(builder).Build();
}

// How often rules report the place, or say that something was not checked.
size_t Reported(const Content& content, Place place) {
  const Fleet none;
  const Bound self(content, none, nullptr);
  Collector collector;
  RunRules(Rules(), {content, self, nullptr}, collector);
  return collector.not_checked() +
         static_cast<size_t>(std::ranges::count_if(
             collector.findings(), [&](const Finding& f) { return f.place == place; }));
}

// How often because of an irregularity: other rules have the rule itself to report.
size_t ReportedFor(IrregularityKind kind, bool fatal) {
  constexpr Place kPlace{1234, 5};
  return Reported(SigmaRuleWith(kind, fatal, kPlace), kPlace) -
         Reported(SigmaRuleWith(std::nullopt, fatal, kPlace), kPlace);
}

TEST(Irregularities, EachKindOfSigmaIsReportedOnceWhereItIs) {
  for (int kind = static_cast<int>(IrregularityKind::kSigmaEncoding);
       kind <= static_cast<int>(kLastIrregularityKind); ++kind) {
    const auto irregularity = static_cast<IrregularityKind>(kind);
    EXPECT_EQ(ReportedFor(irregularity, false), 1u) << kind;
    // What changes nothing in a rule that means nothing is not worth a word.
    if (irregularity == IrregularityKind::kSigmaModifierNoEffect) continue;
    EXPECT_EQ(ReportedFor(irregularity, true), 1u) << kind;
  }
}

}  // namespace
}  // namespace sluice
