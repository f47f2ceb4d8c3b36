// Over many generated configurations: what is written reads back, and means what the configuration
// means on the sensor it was written for.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "parser/text/content_text.h"
#include "schema/binding.h"
#include "schema/fleet.h"
#include "schema/sysmon.h"
#include "tests/parser/sysmon/blob_writer_testing.h"

namespace sluice {
namespace {

// Configurations for one sensor. `flawed` ones have something in them, here and there, that the
// sensor drops or does not know.
class Generator {
 public:
  Generator(const Contract& contract, uint32_t seed, bool flawed)
      : contract_(contract), random_(seed), flawed_(flawed) {}

  std::string Config() {
    std::string xml = "<Sysmon schemaversion=\"";
    xml += Pick({"4.00", "4.10", "4.21", "4.60"});
    xml += "\">";
    if (OneIn(8)) xml += "<NetworkConnect>a.exe,b,,\xC3\xA9</NetworkConnect>";
    xml += "<EventFiltering>";
    for (uint32_t n = Below(8); n > 0; --n) xml += OneIn(2) ? RuleGroup() : Record(0);
    return xml + "</EventFiltering></Sysmon>";
  }

 private:
  uint32_t Below(uint32_t bound) { return static_cast<uint32_t>(random_()) % bound; }
  bool OneIn(uint32_t n) { return Below(n) == 0; }
  bool Flaw() { return flawed_ && OneIn(25); }
  std::string Pick(const std::vector<std::string>& words) {
    return words[Below(static_cast<uint32_t>(words.size()))];
  }

  std::string Name() {
    if (OneIn(2)) return "";
    if (Flaw()) return " name=\"" + std::string(100 + Below(300), 'n') + "\"";
    return " name=\"" + Pick({"a", "technique_id=T1059", "\xE2\x82\xAC", ""}) + "\"";
  }
  std::string Relation() {
    if (OneIn(3)) return "";
    return " groupRelation=\"" + (Flaw() ? "nor" : Pick({"or", "and", "OR", "And"})) + "\"";
  }

  std::string RuleGroup() {
    std::string xml = "<RuleGroup" + Name() + Relation() + ">";
    for (uint32_t n = Below(4); n > 0; --n) xml += Record(0);
    return xml + "</RuleGroup>";
  }

  std::string Record(uint32_t depth) {
    const ContractType* type = nullptr;
    do {
      type = &contract_.types[Below(static_cast<uint32_t>(contract_.types.size()))];
    } while (type->name.empty() || type->undescribed);
    const std::string name(Flaw() ? "Nothing" : type->name);
    std::string xml = "<" + name;
    if (!Flaw()) {
      xml += " " + Pick({"onmatch", "default"}) + "=\"" +
             (Flaw() ? "x" : Pick({"include", "exclude", "Include"})) + "\"";
    }
    xml += ">";
    for (uint32_t n = Below(6); n > 0; --n) {
      if (flawed_ && depth < 2 && OneIn(60)) {
        xml += Record(depth + 1);
      } else {
        xml += OneIn(4) ? Rule(*type) : Criterion(*type);
      }
    }
    return xml + "</" + name + ">";
  }

  std::string Rule(const ContractType& type) {
    std::string xml = "<Rule" + Name() + Relation() + ">";
    for (uint32_t n = Below(4) + (flawed_ ? 0 : 1); n > 0; --n) xml += Criterion(type);
    return xml + "</Rule>";
  }

  std::string Criterion(const ContractType& type) {
    std::string name(type.fields[Below(static_cast<uint32_t>(type.fields.size()))].name);
    if (Flaw()) name = "Nothing";
    std::string xml = "<" + name + Name();
    if (!OneIn(3)) {
      xml += " condition=\"";
      xml += Flaw() ? "matches" : Pick({"is", "is not", "contains any", "image", "End With"});
      xml += "\"";
    }
    xml += ">" + Pick({"", "a", "C:\\a b.exe;c", "&lt;&amp;", "<![CDATA[<x>]]>",
                       "\xE7\xA9\xBA\xF0\x9F\x98\x80", std::string(Below(40), 'z')});
    if (Flaw()) xml += "<!-- -->x";
    return xml + "</" + name + ">";
  }

  const Contract& contract_;
  std::mt19937 random_;
  const bool flawed_;
};

// One sensor, and what a record of a configuration is there.
class Meaning {
 public:
  Meaning(const Content& config, const Contract& contract)
      : config_(config),
        contract_(contract),
        fleet_(FleetOf({&contract})),
        bound_(config, fleet_, nullptr) {}

  // The records in the order of the blob.
  std::vector<uint32_t> Order() const {
    std::vector<uint32_t> order;
    for (const ContractType& type : contract_.types) {
      const bool first = &type == contract_.types.data() || (&type - 1)->name != type.name;
      for (uint32_t i = 0; i < config_.instances().size() && first; ++i) {
        if (config_.type(config_.instances()[i]).name == type.name) order.push_back(i);
      }
    }
    return order;
  }

  void Expect(const Instance& wanted, const Content& blob, const Instance& found,
              size_t from_option) const {
    const ContractType* event = ResolveEvent(config_, bound_, contract_, wanted);
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(blob.type(found).id, event->id);
    EXPECT_EQ(found.combine, wanted.combine);
    EXPECT_EQ(found.record_default == RecordDefault::kInclude,
              DefaultIncludes(config_, bound_, wanted));
    const auto criteria = config_.criteria(wanted);
    ASSERT_EQ(blob.criteria(found).size(), criteria.size() + from_option);
    const auto compiled = blob.criteria(found).subspan(from_option);
    for (size_t i = 0; i < criteria.size(); ++i) {
      EXPECT_EQ(event->fields[blob.field(compiled[i]).index].name, config_.field(criteria[i]).name);
      EXPECT_EQ(compiled[i].op, criteria[i].op);
      EXPECT_EQ(compiled[i].name, criteria[i].name);
      EXPECT_EQ(blob.operand_text(compiled[i]), config_.operand_text(criteria[i]));
      EXPECT_EQ(compiled[i].group == kNone, criteria[i].group == kNone);
    }
    ASSERT_EQ(found.groups.size(), wanted.groups.size());
    for (uint32_t i = 0; i < wanted.groups.size(); ++i) {
      const Group& group = config_.groups(wanted)[i];
      const Group& as = blob.groups(found)[i];
      EXPECT_EQ(as.combine, group.combine);
      EXPECT_EQ(as.name, group.name);
      EXPECT_EQ(as.criteria.size(), group.criteria.size());
      EXPECT_EQ(as.criteria.begin - found.criteria.begin - from_option,
                group.criteria.begin - wanted.criteria.begin);
    }
  }

 private:
  const Content& config_;
  const Contract& contract_;
  const Fleet fleet_;
  const Bound bound_;
};

ReadResult ReadBytes(const std::string& bytes) {
  return ReadSysmonBlob(std::make_shared<const std::string>(bytes),
                        {.self_contracts = &AllContracts()});
}

// How many conditions the option puts into each record of its event.
size_t FromOption(const Content& config, const Instance& instance) {
  return !config.settings().empty() && config.type(instance).name == "NetworkConnect" ? 2 : 0;
}

void ExpectSameMeaning(const Content& config, const Contract& contract, const std::string& bytes) {
  const Meaning meaning(config, contract);
  const std::vector<uint32_t> order = meaning.Order();
  bool extra = !config.settings().empty();
  for (const uint32_t i : order) extra &= FromOption(config, config.instances()[i]) == 0;
  ASSERT_EQ(bytes.empty(), order.empty() && !extra);
  if (bytes.empty()) return;
  const ReadResult read = ReadBytes(bytes);
  ASSERT_TRUE(read.ok()) << read.malformed().structure << read.malformed().message;
  const Content& blob = read.content();
  EXPECT_TRUE(blob.irregularities().empty());
  EXPECT_EQ(blob.metadata().schema_rank, config.metadata().schema_rank);
  ASSERT_EQ(blob.instances().size(), order.size() + (extra ? 1 : 0));
  for (size_t i = 0; i < order.size(); ++i) {
    const Instance& wanted = config.instances()[order[i]];
    meaning.Expect(wanted, blob, blob.instances()[i], FromOption(config, wanted));
  }
}

TEST(BlobWriterProperty, MeansWhatTheConfigurationMeans) {
  size_t written = 0;
  for (const std::string_view version : {"4.60", "4.70", "4.80", "4.81", "4.90"}) {
    const Contract& contract = Target(version);
    for (uint32_t seed = 0; seed < 2000; ++seed) {
      const std::string xml = Generator(contract, seed, false).Config();
      const Content config = ReadXml(xml);
      const BlobWriteResult result = Write(config, BlobMode::kStrict, version);
      if (!result.ok()) {
        // A series has no one event for every choice of fields; the option stands against records
        // that exclude.
        for (const Refused& refused : result.refused) {
          EXPECT_TRUE(refused.rule == "SL107" || refused.rule == "SL122") << xml << "\n"
                                                                          << Describe(result);
        }
        continue;
      }
      ++written;
      ExpectSameMeaning(config, contract, result.bytes);
      const ReadResult text =
          ReadContentText(std::make_shared<const std::string>(PrintContentText(config)), {});
      ASSERT_TRUE(text.ok());
      EXPECT_EQ(Write(text.content(), BlobMode::kStrict, version).bytes == result.bytes, true);
      EXPECT_EQ(Write(config, BlobMode::kCompatible, version).bytes == result.bytes, true);
      if (testing::Test::HasFailure()) FAIL() << seed << "\n" << xml << Describe(result.bytes);
    }
  }
  EXPECT_GT(written, 5000u);
}

TEST(BlobWriterProperty, WhatIsWrittenOfFlawedOnesReadsBack) {
  size_t written = 0;
  size_t refused = 0;
  const Contract& contract = Target("4.90");
  for (uint32_t seed = 0; seed < 10000; ++seed) {
    const std::string xml = Generator(contract, seed, true).Config();
    const Content config = ReadXml(xml);
    const BlobWriteResult strict = Write(config, BlobMode::kStrict, "4.90");
    const BlobWriteResult result = Write(config, BlobMode::kCompatible, "4.90");
    EXPECT_EQ(strict.ok(), result.ok() && result.tolerated.empty());
    EXPECT_TRUE(!strict.ok() || strict.bytes == result.bytes);
    (result.ok() ? written : refused) += 1;
    if (!result.bytes.empty()) {
      const ReadResult read = ReadBytes(result.bytes);
      EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.malformed().message);
      EXPECT_TRUE(!read.ok() || read.content().irregularities().empty());
    }
    if (testing::Test::HasFailure()) FAIL() << seed << "\n" << xml << Describe(result);
  }
  EXPECT_GT(written, 5000u);
  EXPECT_GT(refused, 50u);
}

double Seconds(size_t records, std::string_view record) {
  std::string rules;
  for (size_t i = 0; i < records; ++i) rules += record;
  const Content content = ReadXml(Rules(rules));
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(Write(content).bytes.empty());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Eight times as much takes no more than thirty times as long, with much to spare for a busy
// machine: quadratic work takes sixty-four times.
TEST(BlobWriterProperty, TakesLinearTime) {
  for (const std::string_view record :
       {"<RegistryEvent onmatch='include'><Rule><TargetObject>x</TargetObject>"
        "<NewName>y</NewName></Rule></RegistryEvent>",
        "<ProcessCreate onmatch='include'><Image name='\xE2\x82\xAC'>x</Image>"
        "<Image condition='?'>x</Image></ProcessCreate>"}) {
    double small = 1e9;
    for (int i = 0; i < 3; ++i) small = std::min(small, Seconds(1000, record));
    EXPECT_LT(Seconds(8000, record), 30 * small + 0.05) << record;
  }
}

}  // namespace
}  // namespace sluice
