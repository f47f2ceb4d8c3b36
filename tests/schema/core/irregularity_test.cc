// What a reader records as irregular becomes a finding: none is lost for want of a rule.

#include <gtest/gtest.h>

#include <deque>

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
  void NotChecked(std::string_view, std::string_view, bool) override {}

  const std::deque<Finding>& findings() const { return findings_; }

 private:
  std::deque<Finding> findings_;
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

}  // namespace
}  // namespace sluice
