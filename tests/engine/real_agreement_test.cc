#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "parser/events/event_reader.h"
#include "schema/contract.h"
#include "tests/engine/agreement.h"
#include "tests/support/shared_data.h"

// The engine decides as the naive evaluators do: all shared rules, on all shared events.

namespace sluice::naive {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesBelow(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().native().ends_with(ending)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string IdOf(const std::string& yaml) {
  constexpr std::string_view kKey = "\nid: ";
  const size_t at = yaml.find(kKey);
  return at == std::string::npos ? "" : yaml.substr(at + kKey.size(), 36);
}

std::vector<SourceRule> RealRules() {
  std::vector<SourceRule> rules;
  for (const fs::path& path : FilesBelow(SharedData() / "sigma", ".yml")) {
    if (path.native().find("regression_data") != std::string::npos) continue;
    const auto yaml = Slurp(path);
    rules.push_back({IdOf(*yaml), *yaml});
  }
  return rules;
}

// Some value for every placeholder that a rule may name.
Placeholders EveryPlaceholder(const std::vector<SourceRule>& rules) {
  Placeholders placeholders;
  for (const SourceRule& rule : rules) {
    if (rule.yaml.find("|expand") == std::string::npos) continue;
    std::stringstream parts(rule.yaml);
    for (std::string part; std::getline(parts, part, '%');) {
      if (!part.empty() && part.find_first_of(" \n'\"") == std::string::npos) {
        placeholders[part] = {"*admin*", "WORKSTATION?"};
      }
    }
  }
  return placeholders;
}

Event Copy(const sluice::Event& event) {
  Event out;
  out.types.assign(event.types.begin(), event.types.end());
  for (const sluice::EventField& field : event.fields) {
    const auto kind = field.kind == EventValueKind::kNumber    ? EventField::kNumber
                      : field.kind == EventValueKind::kBoolean ? EventField::kBoolean
                      : field.kind == EventValueKind::kNull    ? EventField::kNull
                                                               : EventField::kText;
    out.fields.push_back({kind, std::string(field.name), std::string(field.text)});
  }
  return out;
}

std::vector<Event> RealEvents() {
  std::vector<fs::path> files = FilesBelow(SharedData() / "sigma/regression_data", ".json");
  files.push_back(SharedData() / "events/sysmon-background.ndjson");
  const auto sysmon = ContractSet::BuiltIn().OfDialect(Dialect::kSysmon);
  std::vector<Event> events;
  for (const fs::path& path : files) {
    std::ifstream in(path, std::ios::binary);
    EventReader reader(in, path.native(), EventTypes({.sysmon = sysmon.back(), .log_source = ""}));
    while (reader.Next()) {
      EXPECT_TRUE(reader.status().ok()) << reader.status();
      events.push_back(Copy(reader.event()));
    }
  }
  return events;
}

void ExpectSame(const Agreement& agreement) {
  for (const std::string& difference : agreement.differences()) ADD_FAILURE() << difference;
  testing::Test::RecordProperty("pairs", std::to_string(agreement.pairs()));
  testing::Test::RecordProperty("matches", std::to_string(agreement.matches()));
}

TEST(EngineRealAgreement, OnEveryRuleAndEvent) {
  const std::vector<SourceRule> rules = RealRules();
  SLUICE_NEED_SHARED(rules);
  Agreement agreement(rules, EveryPlaceholder(rules));
  EXPECT_EQ(agreement.rules(), rules.size());
  EXPECT_EQ(agreement.compiled(), rules.size());
  for (const Event& event : RealEvents()) agreement.Run(event);
  ExpectSame(agreement);
  // Those that each belong to a rule.
  EXPECT_GE(agreement.matches(), 100);
}

// As if an event were of every log source, so that every rule has a word on it.
TEST(EngineRealAgreement, WhateverTheLogSource) {
  constexpr size_t kStep = 97;
  const std::vector<SourceRule> rules = RealRules();
  SLUICE_NEED_SHARED(rules);
  Agreement agreement(rules, EveryPlaceholder(rules));
  const std::vector<Event> events = RealEvents();
  for (size_t i = 0; i < events.size(); i += kStep) {
    Event event = events[i];
    event.types = agreement.types();
    agreement.Run(event);
  }
  ExpectSame(agreement);
}

}  // namespace
}  // namespace sluice::naive
