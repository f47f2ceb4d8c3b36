// The Sysmon evaluator against the naive one, on generated pairs of content and event: a
// configuration, the blob that is compiled from it, and the text form and channel file of either
// all decide the same.

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "parser/sysmon/blob_writer.h"
#include "tests/engine/naive_sysmon.h"
#include "tests/engine/sysmon_engine_testing.h"
#include "tests/engine/sysmon_generator.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

#if defined(__SANITIZE_ADDRESS__)
#define SLUICE_SLOW_BUILD 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLUICE_SLOW_BUILD 1
#endif
#endif
#ifdef SLUICE_SLOW_BUILD
constexpr uint32_t kContents = 100;
#else
constexpr uint32_t kContents = 2000;
#endif
constexpr uint32_t kEventsPerContent = 520;

struct Counts {
  uint64_t pairs = 0;
  uint64_t decisions = 0;
  uint64_t matched = 0;
  uint64_t named = 0;
  uint64_t refused = 0;  // mutated blobs that do not verify
};

struct Form {
  const char* name;
  SysmonEngine engine;
  bool keeps_order = true;  // of the records of each class
};

// Whether the records of each class stand in the order of their ids, by which a channel file sorts
// types: it does not say which of two records of a series, bound by index, comes first. Then
// another one may decide, to the same effect.
bool IsInOrderOfIds(const naive::SysmonRules& rules) {
  for (const auto& [number, records] : rules.classes) {
    for (size_t i = 1; i < records.size(); ++i) {
      const bool same_kind = records[i].default_action == records[i - 1].default_action;
      if (same_kind && records[i].id > records[i - 1].id) return false;
    }
  }
  return true;
}

std::set<std::string> TypedFields(const Contract& contract) {
  std::set<std::string> typed;
  for (const ContractType& type : contract.types) {
    for (const ContractField& field : type.fields) {
      if (field.type != ValueType::kString) typed.emplace(field.name);
    }
  }
  return typed;
}

class Agreement {
 public:
  explicit Agreement(const char* version)
      : newest_(std::string_view(version) == "4.90"),
        build_(newest_ ? naive::ParseBuild(naive::kCatalogue490, naive::kBinaryVersion490)
                       : naive::ParseBuild(naive::kCatalogue470, naive::kBinaryVersion470)),
        contract_(SysmonContract(version)),
        verifier_(ContractSet::BuiltIn(), {.contract = &contract_}),
        generator_(build_, TypedFields(contract_), newest_ ? 490 : 470) {}

  void Run(uint32_t contents) {
    for (uint32_t i = 0; i < contents && !::testing::Test::HasFailure(); ++i) RunContent();
  }
  // The blob as it is, and the configuration that it was compiled from.
  void RunReal(const std::string& config, const std::string& blob);
  const Counts& counts() const { return counts_; }

 private:
  void RunContent();
  void Compare(const std::string& blob, std::vector<Form>& forms, uint32_t events,
               bool near = false);
  std::optional<SysmonEngine> EngineOf(Content content);
  void AddForm(const char* name, Content content, std::vector<Form>* forms,
               bool keeps_order = true);

  const bool newest_;
  const naive::Build build_;
  const Contract& contract_;
  const Verifier verifier_;
  naive::SysmonGenerator generator_;
  Counts counts_;
  std::string config_;
  std::string why_;  // content was not verified
};

std::optional<SysmonEngine> Agreement::EngineOf(Content content) {
  Verification verified = verifier_.Verify(std::move(content));
  if (!verified.ok()) {
    why_ = std::string(verified.errors[0].rule->id) + ": " + verified.errors[0].message;
    return std::nullopt;
  }
  EXPECT_TRUE(verified.not_taken.empty());
  return SysmonEngine(*std::move(verified.content));
}

void Agreement::AddForm(const char* name, Content content, std::vector<Form>* forms,
                        bool keeps_order) {
  std::optional<SysmonEngine> engine = EngineOf(std::move(content));
  EXPECT_TRUE(engine.has_value()) << name << ": " << why_ << "\n" << config_;
  if (engine) forms->push_back({name, *std::move(engine), keeps_order});
}

void Agreement::Compare(const std::string& blob, std::vector<Form>& forms, uint32_t events,
                        bool near) {
  const naive::SysmonRules rules = naive::LoadSysmon(blob, build_);
  ASSERT_FALSE(rules.refused);
  const bool in_order = IsInOrderOfIds(rules);
  for (uint32_t i = 0; i < events; ++i) {
    const naive::SysmonEvent made = near ? generator_.EventNear(rules) : generator_.Event();
    const Event event = EventOf(made);
    const naive::SysmonDecision expected = naive::DecideSysmon(rules, made, build_);
    ++counts_.pairs;
    counts_.matched += expected.record >= 0 ? 1 : 0;
    counts_.named += expected.name.empty() ? 0 : 1;
    for (Form& form : forms) {
      const Outcome& outcome = form.engine.Run(event);
      ++counts_.decisions;
      const bool same_name =
          outcome.sysmon.rule_name == expected.name || (!form.keeps_order && !in_order);
      const bool same = outcome.sysmon.include == expected.include && same_name &&
                        outcome.failed.empty() && !expected.failed && !outcome.exhausted;
      if (same) continue;
      std::string values;
      for (const auto& [name, value] : made.values) values += name + "=" + value + "\n";
      FAIL() << form.name << " includes " << outcome.sysmon.include << " as '"
             << outcome.sysmon.rule_name << "', naive " << expected.include << " as '"
             << expected.name << "', event " << made.id << "\n"
             << values << config_;
    }
  }
}

void Agreement::RunContent() {
  config_ = generator_.Config();
  const naive::Compiled compiled = naive::Compile(config_, build_);
  if (compiled.dropped_groups || compiled.unclear || compiled.corrupt) return;
  const Content config = ContentOfXml(config_);
  const auto written = WriteSysmonBlob(config, {.contract = &contract_});
  ASSERT_TRUE(written.ok() && written->ok()) << config_ << written->refused[0].why;
  ASSERT_EQ(written->bytes, compiled.blob);
  std::vector<Form> forms;
  AddForm("the text of the configuration", ThroughText(config), &forms);
  AddForm("the channel file of the configuration", ThroughChannel(config), &forms);
  AddForm("the configuration", ContentOfXml(config_), &forms);
  if (!compiled.blob.empty()) {
    const Content blob = ContentOfBlob(compiled.blob);
    AddForm("the blob", ContentOfBlob(compiled.blob), &forms);
    AddForm("the text of the blob", ThroughText(blob), &forms);
    AddForm("the channel file of the blob", ThroughChannel(blob), &forms, false);
  }
  Compare(compiled.blob, forms, kEventsPerContent);
  const std::string mutated = generator_.Mutate(compiled.blob);
  if (mutated.empty()) return;
  forms.clear();
  std::optional<SysmonEngine> engine = EngineOf(ContentOfBlob(mutated));
  if (engine) {
    forms.push_back({"the mutated blob", *std::move(engine)});
    Compare(mutated, forms, kEventsPerContent / 4);
  } else {
    ++counts_.refused;
  }
}

// Real configurations have flaws for which they are not verified.
void Agreement::RunReal(const std::string& config, const std::string& blob) {
  std::vector<Form> forms;
  Content contents[] = {ContentOfXml(config), ContentOfBlob(blob),
                        ThroughChannel(ContentOfXml(config)), ThroughChannel(ContentOfBlob(blob))};
  for (Content& content : contents) {
    std::optional<SysmonEngine> engine = EngineOf(std::move(content));
    if (engine) forms.push_back({"a real file", *std::move(engine)});
  }
  if (forms.empty()) ++counts_.refused;
  if (!forms.empty()) Compare(blob, forms, kEventsPerContent, true);
}

TEST(SysmonAgreement, EveryFormDecidesAsTheNaiveEvaluatorDoes) {
  for (const char* version : {"4.70", "4.90"}) {
    Agreement agreement(version);
    agreement.Run(kContents / 2);
    const Counts& counts = agreement.counts();
    std::cout << version << ": " << counts.pairs << " pairs, " << counts.decisions << " decisions, "
              << counts.matched << " by a record, " << counts.named << " with a name, "
              << counts.refused << " mutated blobs refused\n";
    EXPECT_GE(counts.pairs, uint64_t{kContents} / 2 * 500);
    EXPECT_GT(counts.matched, counts.pairs / 5);
    EXPECT_LT(counts.matched, counts.pairs * 4 / 5);
    EXPECT_GT(counts.named, counts.pairs / 20);
  }
}

TEST(SysmonAgreement, RealFilesDecideAsTheNaiveEvaluatorDoes) {
  const auto files = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(files);
  Agreement agreement("4.70");
  for (const std::filesystem::path& path : files) {
    SCOPED_TRACE(path);
    agreement.RunReal(*Slurp(path), *Slurp(path.native() + ".bin"));
    if (HasFailure()) return;
  }
  const Counts& counts = agreement.counts();
  std::cout << counts.pairs << " pairs, " << counts.decisions << " decisions, " << counts.matched
            << " by a record, " << counts.refused << " files not verified\n";
  EXPECT_LT(counts.refused, files.size() / 4);
  EXPECT_GT(counts.matched, counts.pairs / 4);
}

}  // namespace
}  // namespace sluice
