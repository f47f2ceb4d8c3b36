// Every shared configuration and blob against all 21 sensor versions: the answer for every
// criterion on every version, compared with an independent calculation from Sysmon's manifest.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gate/lint.h"
#include "parser/format.h"
#include "schema/contracts/built_in_fleets.h"
#include "schema/self_contract.h"
#include "tests/gate/manifest_oracle.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

using oracle::Answer;
using oracle::Outcome;

LintOptions AllVersions() {
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  options.assume_loaded = true;
  return options;
}

// The outcomes that findings state, by criterion and version.
class Stated {
 public:
  explicit Stated(const Results& results) {
    for (const Finding& finding : results.findings) {
      by_place_[{finding.rule->id, finding.place.offset}].push_back(&finding);
    }
  }

  Outcome Of(const Content& content, uint32_t index, size_t sensor) const {
    const Criterion& criterion = content.criteria()[index];
    Outcome outcome;
    if (Find("SL206", InstanceOf(content, index).place, sensor) != nullptr) {
      outcome.answer = Answer::kNoSuchEvent;
    } else if (Find("SL201", criterion.field_place, sensor) != nullptr) {
      outcome.answer = Answer::kFieldMissing;
    } else if (const Finding* moved = Find("SL203", criterion.field_place, sensor)) {
      outcome.answer = Answer::kReadsOther;
      // "reads X instead of Y"
      const std::string rest = moved->effect.substr(std::string("reads ").size());
      outcome.reads = rest.substr(0, rest.find(' '));
    }
    outcome.knows_condition = Find("SL205", criterion.operator_place, sensor) == nullptr;
    return outcome;
  }

 private:
  static const Instance& InstanceOf(const Content& content, uint32_t criterion) {
    for (const Instance& instance : content.instances()) {
      if (criterion >= instance.criteria.begin && criterion < instance.criteria.end) {
        return instance;
      }
    }
    ADD_FAILURE() << "criterion " << criterion << " belongs to no instance";
    return content.instances().front();
  }

  const Finding* Find(std::string_view rule, Place place, size_t sensor) const {
    const auto found = by_place_.find({rule, place.offset});
    if (found == by_place_.end()) return nullptr;
    for (const Finding* finding : found->second) {
      if (finding->sensors[sensor]) return finding;
    }
    return nullptr;
  }

  std::map<std::pair<std::string_view, uint32_t>, std::vector<const Finding*>> by_place_;
};

struct Tally {
  uint64_t answers = 0;
  std::map<Answer, uint64_t> by_answer;
  uint64_t unknown_conditions = 0;
};

// Compares every answer for one file; `expected` asks the oracle.
template <typename Expected>
void CompareFile(const std::filesystem::path& path, const std::vector<oracle::Version>& versions,
                 const std::vector<oracle::Condition>& conditions, Expected expected,
                 Tally& tally) {
  const LintOptions options = AllVersions();
  const auto bytes = Slurp(path);
  const SelfContracts self(*options.contracts, nullptr);
  const ReadResult read = RecogniseFormat(*bytes)->read(bytes, {.self_contracts = &self});
  ASSERT_TRUE(read.ok()) << path << ": " << read.malformed().message;
  const Content& content = read.content();
  ASSERT_EQ(content.criteria().size(), conditions.size()) << path;
  const absl::StatusOr<Results> results = LintBytes(path.string(), bytes, options);
  ASSERT_TRUE(results.ok());
  ASSERT_EQ(results->findings_left_out, 0u);
  const Stated stated(*results);
  for (uint32_t c = 0; c < conditions.size(); ++c) {
    for (size_t v = 0; v < versions.size(); ++v) {
      ASSERT_EQ(options.fleet.sensors()[v].version, versions[v].name);
      Outcome want = expected(versions[v], conditions[c]);
      const Outcome got = stated.Of(content, c, v);
      ++tally.answers;
      ++tally.by_answer[want.answer];
      tally.unknown_conditions += !want.knows_condition;
      // Where the event is unknown nothing else is said of the record.
      if (want.answer == Answer::kNoSuchEvent) want.knows_condition = got.knows_condition;
      EXPECT_TRUE(want == got) << path << " condition " << c << " on " << versions[v].name
                               << ": expected " << static_cast<int>(want.answer) << " "
                               << want.reads << ", got " << static_cast<int>(got.answer) << " "
                               << got.reads << "; condition known: " << want.knows_condition
                               << " / " << got.knows_condition;
    }
  }
}

void ExpectEveryKind(const Tally& tally, const std::vector<Answer>& answers) {
  for (const Answer answer : answers) {
    EXPECT_GT(tally.by_answer.contains(answer) ? tally.by_answer.at(answer) : 0, 0u)
        << "the data never shows answer " << static_cast<int>(answer);
  }
  EXPECT_GT(tally.unknown_conditions, 0u);
  std::printf("[   INFO   ] %llu answers compared\n",
              static_cast<unsigned long long>(tally.answers));
}

TEST(AllVersions, EveryConfigurationCriterion) {
  const auto files = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(files);
  const auto versions = oracle::ReadManifest((SharedData() / "sysmon/manifest.xml").string());
  ASSERT_EQ(versions.size(), 21u);
  Tally tally;
  for (const auto& file : files) {
    CompareFile(file, versions, oracle::ReadConfig(file.string()), oracle::AskConfig, tally);
  }
  ExpectEveryKind(tally, {Answer::kWorks, Answer::kNoSuchEvent, Answer::kFieldMissing});
}

TEST(AllVersions, EveryBlobCriterionWhenLoaded) {
  const auto files = SharedFiles("sysmon/pairs", ".bin");
  SLUICE_NEED_SHARED(files);
  const auto versions = oracle::ReadManifest((SharedData() / "sysmon/manifest.xml").string());
  Tally tally;
  for (const auto& file : files) {
    const auto bytes = Slurp(file);
    const uint32_t major = static_cast<unsigned char>((*bytes)[2]);
    const oracle::Version* compiled_for = nullptr;
    for (const oracle::Version& version : versions) {
      if (version.binary_major == major) compiled_for = &version;
    }
    ASSERT_NE(compiled_for, nullptr) << file;
    CompareFile(
        file, versions, oracle::ReadBlob(*bytes),
        [&](const oracle::Version& version, const oracle::Condition& condition) {
          return oracle::AskBlob(version, *compiled_for, condition);
        },
        tally);
  }
  ExpectEveryKind(
      tally, {Answer::kWorks, Answer::kNoSuchEvent, Answer::kFieldMissing, Answer::kReadsOther});
}

TEST(AllVersions, NoErrorInAnySharedFileWithoutAFleet) {
  for (const char* ending : {".xml", ".bin"}) {
    const auto files = SharedFiles("sysmon/pairs", ending);
    SLUICE_NEED_SHARED(files);
    for (const auto& file : files) {
      const absl::StatusOr<Results> results = LintBytes(file.string(), Slurp(file), {});
      ASSERT_TRUE(results.ok());
      ASSERT_EQ(results->checked.size(), 1u) << file;
      for (const Finding& finding : results->findings) {
        EXPECT_NE(finding.severity, Severity::kError)
            << file << ": " << finding.rule->id << " " << finding.message;
      }
      EXPECT_EQ(results->totals.errors, 0u) << file;
    }
  }
}

// A blob is refused whole by every sensor of another binary version, and nothing more is said of
// them.
TEST(AllVersions, OtherBinaryVersionsRefuseTheBlobWhole) {
  const auto files = SharedFiles("sysmon/pairs", ".bin");
  SLUICE_NEED_SHARED(files);
  LintOptions options = AllVersions();
  options.assume_loaded = false;
  for (const auto& file : files) {
    const absl::StatusOr<Results> results = LintBytes(file.string(), Slurp(file), options);
    ASSERT_TRUE(results.ok());
    SensorSet refusing;
    for (size_t s = 0; s < options.fleet.sensors().size(); ++s) {
      refusing[s] = options.fleet.sensors()[s].contract->binary_major != 15;
    }
    uint32_t refusals = 0;
    for (const Finding& finding : results->findings) {
      if (finding.rule->id == "SL209") {
        ++refusals;
        EXPECT_EQ(finding.sensors, refusing) << file;
      } else {
        EXPECT_TRUE((finding.sensors & refusing).none()) << file << " " << finding.rule->id;
      }
    }
    EXPECT_EQ(refusals, 1u) << file;
  }
}

}  // namespace
}  // namespace sluice
