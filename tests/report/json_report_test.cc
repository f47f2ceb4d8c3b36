#include "report/json_report.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/report/sample_results.h"

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

Json Report(const Results& results) { return Json::parse(JsonReport(results, "1.2.3")); }

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

using Strings = std::vector<std::string>;

TEST(JsonReportTest, HasTheDocumentsKeysInOrder) {
  const Json report = Report(SampleResults());
  EXPECT_EQ(Keys(report), (Strings{"tool", "version", "inputs", "findings", "suppressed", "checked",
                                   "not_checked", "totals"}));
  EXPECT_EQ(report["tool"], "sluice");
  EXPECT_EQ(report["version"], "1.2.3");
}

TEST(JsonReportTest, EndsInALineFeed) {
  EXPECT_TRUE(JsonReport(SampleResults(), "1").ends_with("}\n"));
}

TEST(JsonReportTest, DescribesInputs) {
  const Json inputs = Report(SampleResults())["inputs"];
  ASSERT_EQ(inputs.size(), 3u);
  EXPECT_EQ(inputs[0],
            (Json{{"path", "a.bin"}, {"kind", "sysmon-blob"}, {"sha256", std::string(64, 'a')}}));
  EXPECT_EQ(inputs[2], (Json{{"path", "c.txt"}})) << "no kind and no digest: it was not read";
}

TEST(JsonReportTest, PlacesABinaryFindingByOffset) {
  const Json finding = Report(SampleResults())["findings"][0];
  EXPECT_EQ(Keys(finding), (Strings{"rule", "name", "severity", "path", "offset", "length",
                                    "instance", "field", "effect", "sensors", "intervals",
                                    "endpoints", "message", "help", "fingerprint"}));
  EXPECT_EQ(finding["rule"], "SL201");
  EXPECT_EQ(finding["name"], "field-out-of-bounds");
  EXPECT_EQ(finding["severity"], "error");
  EXPECT_EQ(finding["path"], "a.bin");
  EXPECT_EQ(finding["offset"], 0x1a4);
  EXPECT_EQ(finding["length"], 4);
  EXPECT_TRUE(finding["offset"].is_number());
}

TEST(JsonReportTest, PlacesATextFindingByLine) {
  const Json finding = Report(SampleResults())["findings"][1];
  EXPECT_EQ(Keys(finding),
            (Strings{"rule", "name", "severity", "path", "line", "column", "message"}));
  EXPECT_EQ(finding["line"], 3);
  EXPECT_EQ(finding["column"], 7);
}

TEST(JsonReportTest, GivesSensorsAsNamesAndIntervals) {
  const Json finding = Report(SampleResults())["findings"][0];
  EXPECT_EQ(finding["sensors"], (Json{"acme@1", "acme@2", "acme@4"}));
  ASSERT_EQ(finding["intervals"].size(), 2u);
  EXPECT_EQ(finding["intervals"][0],
            (Json{{"first", "acme@1"}, {"last", "acme@2"}, {"sensors", 2}, {"endpoints", 300}}));
  EXPECT_EQ(finding["intervals"][1]["endpoints"], 400);
  EXPECT_EQ(finding["endpoints"], 700);
}

TEST(JsonReportTest, PrintsZeroEndpointsAndBigOnes) {
  Results results = SampleResults();
  results.fleet = SampleFleet(/*endpoints=*/false);
  EXPECT_EQ(Report(results)["findings"][0]["endpoints"], 0);
  results.fleet.Add({.name = "acme", .version = "1", .endpoints = 9'007'199'254'740'993});
  const std::string text = JsonReport(results, "1");
  EXPECT_NE(text.find("\"endpoints\": 9007199254740993"), std::string::npos);
}

TEST(JsonReportTest, GivesSourceAndWitness) {
  Results results = SampleResults();
  results.findings[0].source = Source{"rules.yml", 4, 5, std::string(64, 'c')};
  results.findings[0].witness = "event.json";
  const Json finding = Report(results)["findings"][0];
  EXPECT_EQ(
      finding["source"],
      (Json{{"path", "rules.yml"}, {"line", 4}, {"column", 5}, {"sha256", std::string(64, 'c')}}));
  EXPECT_EQ(finding["witness"], "event.json");
}

TEST(JsonReportTest, SaysWhatWasCheckedAndWhatWasNot) {
  const Json report = Report(SampleResults());
  EXPECT_EQ(report["checked"][0], (Json{{"path", "a.bin"},
                                        {"rules", {"SL001", "SL201"}},
                                        {"sensors", Json::array({"acme@1"})},
                                        {"instances", 2},
                                        {"criteria", 1234}}));
  EXPECT_EQ(report["checked"][1]["sensors"], Json::array()) << "checked against no sensor";
  EXPECT_EQ(
      report["not_checked"][0],
      (Json{
          {"path", "c.txt"}, {"what", "file"}, {"why", "cannot be opened"}, {"requested", true}}));
  EXPECT_FALSE(report["not_checked"][1].contains("path"));
}

TEST(JsonReportTest, ListsSuppressedFindingsWithTheReason) {
  Results results = SampleResults();
  results.suppressed.push_back({TextFinding(), "meant so", 2});
  const Json report = Report(results);
  const Json& suppressed = report["suppressed"][0];
  EXPECT_EQ(suppressed["rule"], "SL512");
  EXPECT_EQ(suppressed["line"], 3);
  EXPECT_EQ(suppressed["reason"], "meant so");
  EXPECT_EQ(suppressed["comment_line"], 2);
  EXPECT_FALSE(report["findings"][0].contains("reason"));
}

TEST(JsonReportTest, PrintsEveryTotalAlsoZero) {
  const Json totals = Report(Results())["totals"];
  EXPECT_EQ(Keys(totals),
            (Strings{"files", "instances", "criteria", "errors", "warnings", "notes", "not_checked",
                     "suppressed", "fixable", "fixed", "findings_left_out"}));
  for (const auto& [key, value] : totals.items()) EXPECT_EQ(value, 0) << key;
  Results cut = SampleResults();
  cut.findings_left_out = 12;
  EXPECT_EQ(Report(cut)["totals"]["findings_left_out"], 12);
}

TEST(JsonReportTest, AnEmptyRunHasEmptyLists) {
  const Json report = Report(Results());
  for (const char* key : {"inputs", "findings", "suppressed", "checked", "not_checked"}) {
    EXPECT_EQ(report[key], Json::array()) << key;
  }
}

TEST(JsonReportTest, ReplacesBytesThatAreNotUtf8) {
  Results results = SampleResults();
  results.inputs[0].path = "bad\xff.bin";
  results.findings[0].message = "lone surrogate \xed\xa0\x80, escape \x1b[31m";
  const Json report = Report(results);
  EXPECT_EQ(report["inputs"][0]["path"], "bad\xef\xbf\xbd.bin");
  const std::string message = report["findings"][0]["message"];
  EXPECT_NE(message.find("\xef\xbf\xbd"), std::string::npos);
  EXPECT_NE(message.find('\x1b'), std::string::npos) << "JSON holds it as an escape";
  EXPECT_EQ(JsonReport(results, "1").find('\x1b'), std::string::npos);
}

TEST(JsonReportTest, AFindingWithoutAnInputHasNoPath) {
  Results results = SampleResults();
  results.findings[0].input = kNoInput;
  const Json finding = Report(results)["findings"][0];
  EXPECT_FALSE(finding.contains("path"));
  EXPECT_FALSE(finding.contains("offset"));
}

}  // namespace
}  // namespace sluice
