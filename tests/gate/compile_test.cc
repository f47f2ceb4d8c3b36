// From files to one channel file: what is in it, what is left out and why, and when there is none.

#include "gate/compile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/format.h"
#include "schema/contracts/built_in_fleets.h"
#include "schema/self_contract.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

// An id that no other number has.
std::string Id(int number) {
  std::string digits = absl::StrCat(number);
  digits.insert(0, 12 - digits.size(), '0');
  return "6d1f0b7a-2c3e-4d5f-8a9b-" + digits;
}

// The id stands on line 2, the value on line 9.
std::string SigmaRule(int number, const std::string& field = "Image",
                      const std::string& source = "category: process_creation") {
  return absl::StrCat("title: Number ", number, "\nid: ", Id(number),
                      "\nstatus: test\nlogsource:\n  product: windows\n  ", source,
                      "\ndetection:\n  s:\n    ", field, ": 'a", number, "'\n  condition: s\n");
}

constexpr char kConfiguration[] =
    "<Sysmon schemaversion=\"4.50\"><EventFiltering><ProcessCreate onmatch=\"include\">"
    "<Image condition=\"end with\">\\a.exe</Image></ProcessCreate></EventFiltering></Sysmon>";

constexpr char kChannelText[] =
    "# proto-message: sluice.v1.Content\n"
    "template_type { name: \"dns\" field { name: \"query\" type: \"string\" } }\n"
    "instance { id: \"7\" template_type: \"dns\" "
    "criterion { field_index: 0 operator: \"ends_with\" operand: \".example.com\" } }\n";

Compiled MustCompile(const std::vector<std::string>& paths, const CompileOptions& options = {}) {
  absl::StatusOr<Compiled> compiled = Compile(paths, options);
  EXPECT_TRUE(compiled.ok()) << compiled.status().message();
  return compiled.ok() ? *std::move(compiled) : Compiled();
}

std::string WhyNot(const std::vector<std::string>& paths, const CompileOptions& options = {}) {
  const absl::StatusOr<Compiled> compiled = Compile(paths, options);
  EXPECT_FALSE(compiled.ok());
  return std::string(compiled.status().message());
}

CompileOptions ForSensors(const std::vector<std::string>& sensors) {
  CompileOptions options;
  options.lint.fleet_requested = true;
  for (const std::string& sensor : sensors) {
    const Contract* contract = ContractSet::BuiltIn().Find(sensor);
    EXPECT_NE(contract, nullptr) << sensor;
    options.lint.fleet.Add({.name = std::string(contract->sensor),
                            .version = std::string(contract->version),
                            .contract = contract});
  }
  return options;
}

// The compiled file, read again.
class ReadBack {
 public:
  explicit ReadBack(const std::string& bytes) {
    ReadResult read = FindFormat("channel")->read(std::make_shared<const std::string>(bytes),
                                                  {.self_contracts = &self_contracts_});
    EXPECT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message;
    if (read.ok()) content_ = std::make_unique<Content>(std::move(read).TakeContent());
  }
  const Content* operator->() const { return content_.get(); }
  const Content& operator*() const { return *content_; }

  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const Instance& instance : content_->instances()) ids.emplace_back(instance.id);
    return ids;
  }
  std::vector<std::string> Sources() const {
    std::vector<std::string> paths;
    for (const SourceFile& source : content_->sources()) paths.emplace_back(source.path);
    return paths;
  }

 private:
  SelfContracts self_contracts_{ContractSet::BuiltIn(), nullptr};
  std::unique_ptr<Content> content_;
};

TEST(Compile, PutsTheRulesOfAFolderIntoOneFile) {
  const ScratchFolder folder;
  folder.Write("b.yml", SigmaRule(1));
  folder.Write("a/z.yml", SigmaRule(2));
  const Compiled compiled = MustCompile({folder.path().string()});
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(ExitCode(compiled, /*require_checked=*/false), 0);
  EXPECT_EQ(compiled.files, 2u);
  EXPECT_EQ(compiled.instances, 2u);
  EXPECT_EQ(compiled.criteria, 2u);
  const ReadBack file(compiled.bytes);
  EXPECT_EQ(file->dialect(), Dialect::kSigma);
  EXPECT_EQ(file->metadata().content_version, 1u);
  EXPECT_EQ(file.Sources(), (std::vector<std::string>{"a/z.yml", "b.yml"}));
  EXPECT_EQ(file.Ids(), (std::vector<std::string>{Id(2), Id(1)}));
  const Origin* origin = file->origin(file->criteria().front());
  ASSERT_NE(origin, nullptr);
  EXPECT_EQ(origin->line, 9u);
}

TEST(Compile, StatesItsVersionAndTheSensorsItIsFor) {
  const ScratchFolder folder;
  const std::string rule = folder.Write("a.yml", SigmaRule(1));
  CompileOptions options = ForSensors({"sysmon@4.50", "sysmon@4.22", "sysmon@4.50"});
  options.content_version = 77;
  const Compiled compiled = MustCompile({rule}, options);
  ASSERT_TRUE(compiled.ok());
  const ReadBack file(compiled.bytes);
  EXPECT_EQ(file->metadata().content_version, 77u);
  ASSERT_EQ(file->built_for().size(), 2u);
  EXPECT_EQ(file->built_for()[0].version, "4.22");
  EXPECT_EQ(file->built_for()[1].version, "4.50");
  EXPECT_EQ(file->built_for()[1].rank, 450u);
}

TEST(Compile, GivesTheSameBytesHoweverItIsAsked) {
  const ScratchFolder folder;
  std::vector<std::string> files;
  for (int i = 0; i < 40; ++i) {
    files.push_back(folder.Write(absl::StrCat(i % 3, "/", i, ".yml"), SigmaRule(i)));
  }
  const std::string bytes = MustCompile({folder.path().string()}).bytes;
  ASSERT_FALSE(bytes.empty());
  CompileOptions two;
  two.lint.jobs = 2;
  EXPECT_EQ(MustCompile({folder.path().string()}, two).bytes, bytes);
  EXPECT_EQ(MustCompile(files).bytes, bytes);
  std::ranges::reverse(files);
  std::swap(files[3], files[17]);
  EXPECT_EQ(MustCompile(files, two).bytes, bytes);

  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  EXPECT_EQ(MustCompile({"."}).bytes, bytes);
  EXPECT_EQ(MustCompile({"2", "./0/", "1"}).bytes, bytes);
  fs::current_path(folder.path() / "1");
  EXPECT_EQ(MustCompile({".."}).bytes, bytes);
  EXPECT_EQ(MustCompile({"../0", ".", "../2"}).bytes, bytes);
  fs::current_path(before);
}

TEST(Compile, NamesSourcesFromTheFolderThatAllAreIn) {
  const ScratchFolder folder;
  const std::string a = folder.Write("rules/x/a.yml", SigmaRule(1));
  const std::string b = folder.Write("rules/y/b.yml", SigmaRule(2));
  EXPECT_EQ(ReadBack(MustCompile({a}).bytes).Sources(), std::vector<std::string>{"a.yml"});
  EXPECT_EQ(ReadBack(MustCompile({b, a}).bytes).Sources(),
            (std::vector<std::string>{"x/a.yml", "y/b.yml"}));
  EXPECT_EQ(ReadBack(MustCompile({folder.path().string(), a}).bytes).Sources(),
            (std::vector<std::string>{"rules/x/a.yml", "rules/y/b.yml"}));
}

TEST(Compile, RefusesContentWithErrors) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.yml", SigmaRule(2, "Image|containz"));
  const Compiled compiled = MustCompile({folder.path().string()});
  EXPECT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.results.totals.errors, 1u);
  EXPECT_EQ(ExitCode(compiled, false), 1);
}

TEST(Compile, RefusesAnIdThatTwoFilesHave) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.yml", SigmaRule(1));
  const Compiled compiled = MustCompile({folder.path().string()});
  EXPECT_FALSE(compiled.ok());
  ASSERT_FALSE(compiled.results.findings.empty());
  EXPECT_TRUE(std::ranges::any_of(compiled.results.findings,
                                  [](const Finding& f) { return f.rule->id == "SL105"; }));
  EXPECT_EQ(ExitCode(compiled, false), 1);
}

// No file of its own has it twice.
TEST(Compile, RefusesAnIdThatOnlyTheWholeHasTwice) {
  const ScratchFolder folder;
  folder.Write("a.textproto", kChannelText);
  folder.Write("b.textproto", kChannelText);
  const Compiled compiled = MustCompile({folder.path().string()});
  EXPECT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.results.totals.errors, 0u);
  ASSERT_EQ(compiled.refused.size(), 1u);
  EXPECT_EQ(compiled.refused[0].rule, "SL105");
  EXPECT_EQ(compiled.refused[0].path, "b.textproto");
  EXPECT_EQ(compiled.refused[0].line, 3u);
  EXPECT_EQ(ExitCode(compiled, false), 1);
}

TEST(Compile, LeavesOutWhatNoSensorIsAsked) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.yml", SigmaRule(2, "Image", "service: nobody_has_this"));
  folder.Write("c.yml",
               "title: Many\nname: many\ncorrelation:\n  type: event_count\n  rules:\n    - " +
                   Id(1) + "\n  group-by:\n    - User\n  timespan: 1h\n  condition:\n    gte: 9\n");
  const Compiled compiled = MustCompile({folder.path().string()});
  ASSERT_TRUE(compiled.ok()) << compiled.results.totals.errors;
  EXPECT_EQ(ReadBack(compiled.bytes).Ids(), std::vector<std::string>{Id(1)});
  ASSERT_EQ(compiled.left_out.size(), 2u);
  EXPECT_EQ(fs::path(compiled.left_out[0].path).filename(), "b.yml");
  EXPECT_EQ(compiled.left_out[0].line, 1u);
  EXPECT_EQ(compiled.left_out[0].instance, "rule " + Id(2));
  EXPECT_EQ(fs::path(compiled.left_out[1].path).filename(), "c.yml");
  EXPECT_EQ(ExitCode(compiled, false), 0);
  EXPECT_EQ(ExitCode(compiled, true), 2);
}

TEST(Compile, LeavesOutPlaceholdersWithoutValues) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  std::string rule = SigmaRule(2, "User|expand");
  rule.replace(rule.find("'a2'"), 4, "'%admins%'");
  folder.Write("b.yml", rule);
  const Compiled without = MustCompile({folder.path().string()});
  ASSERT_TRUE(without.ok());
  EXPECT_EQ(without.instances, 1u);
  ASSERT_EQ(without.left_out.size(), 1u);
  EXPECT_NE(without.left_out[0].why.find("placeholder"), std::string::npos);

  Placeholders placeholders;
  ASSERT_TRUE(placeholders
                  .Add("# proto-message: sluice.v1.Placeholders\n"
                       "placeholder { name: \"admins\" value: [\"root\"] }\n",
                       "p.textproto")
                  .ok());
  CompileOptions options;
  options.lint.placeholders = &placeholders;
  const Compiled with = MustCompile({folder.path().string()}, options);
  ASSERT_TRUE(with.ok());
  EXPECT_EQ(with.instances, 2u);
  EXPECT_TRUE(with.left_out.empty());
}

TEST(Compile, HasNothingToCompile) {
  const ScratchFolder folder;
  const std::string unknown = folder.Write("a.yml", SigmaRule(1, "Image", "service: nobody"));
  const Compiled compiled = MustCompile({unknown});
  EXPECT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.left_out.size(), 1u);
  EXPECT_EQ(ExitCode(compiled, false), 2);
}

TEST(Compile, NeedsAllThatIsNamed) {
  const ScratchFolder folder;
  const std::string rule = folder.Write("a.yml", SigmaRule(1));
  const Compiled compiled = MustCompile({rule, (folder.path() / "b.yml").string()});
  EXPECT_FALSE(compiled.ok());
  EXPECT_EQ(ExitCode(compiled, false), 2);
  const std::string text = folder.Write("c.txt", "no content");
  EXPECT_EQ(ExitCode(MustCompile({rule, text}), false), 2);
}

TEST(Compile, NeedsContractsOfTheSensorsThatItIsFor) {
  const ScratchFolder folder;
  const std::string rule = folder.Write("a.yml", SigmaRule(1));
  CompileOptions options = ForSensors({"sysmon@4.50"});
  options.lint.fleet.Add({.name = "sysmon", .version = "99.0"});
  const Compiled compiled = MustCompile({rule}, options);
  EXPECT_FALSE(compiled.ok());
  EXPECT_EQ(ExitCode(compiled, false), 2);
}

TEST(Compile, SeesThatAFileHasChanged) {
  const ScratchFolder folder;
  const std::string first = folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.yml", SigmaRule(2));
  CompileOptions options;
  // The first file has been linted when the second one begins.
  options.lint.progress = [&](size_t done, size_t) {
    if (done == 1) folder.Write("a.yml", SigmaRule(3));
  };
  const absl::StatusOr<Compiled> compiled = Compile({folder.path().string()}, options);
  ASSERT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.status().code(), absl::StatusCode::kAborted);
  EXPECT_NE(compiled.status().message().find(first), std::string::npos);

  options.lint.progress = [&](size_t done, size_t) {
    if (done == 1) fs::remove(first);
  };
  EXPECT_EQ(Compile({folder.path().string()}, options).status().code(), absl::StatusCode::kAborted);
}

TEST(Compile, TakesOneDialectAtATime) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.xml", kConfiguration);
  EXPECT_NE(WhyNot({folder.path().string()}).find("compile them apart"), std::string::npos);
}

TEST(Compile, TakesOneSysmonConfigurationAtATime) {
  const ScratchFolder folder;
  const std::string one = folder.Write("a.xml", kConfiguration);
  const Compiled compiled = MustCompile({one}, ForSensors({"sysmon@4.50"}));
  ASSERT_TRUE(compiled.ok());
  const ReadBack file(compiled.bytes);
  EXPECT_EQ(file->dialect(), Dialect::kSysmon);
  EXPECT_EQ(file->metadata().schema_rank, 450u);
  EXPECT_EQ(file->instances().size(), 1u);
  folder.Write("b.xml", kConfiguration);
  EXPECT_NE(WhyNot({folder.path().string()}).find("compile them apart"), std::string::npos);
}

TEST(Compile, KnowsAFileThatIsNamedTwice) {
  const ScratchFolder folder;
  const std::string rule = folder.Write("a.yml", SigmaRule(1));
  EXPECT_TRUE(MustCompile({rule, rule, folder.path().string()}).ok());
  fs::create_directory(folder.path() / "x");
  // By way of another folder it cannot be told before the folders are looked up; its id is there
  // twice as well.
  const Compiled compiled = MustCompile({rule, (folder.path() / "x/../a.yml").string()});
  EXPECT_EQ(ExitCode(compiled, false), 1);
  const std::string nameless =
      folder.Write("n.yml",
                   "logsource:\n  product: windows\n  category: process_creation\ndetection:\n"
                   "  s:\n    Image: a\n  condition: s\n");
  EXPECT_NE(WhyNot({nameless, (folder.path() / "x/../n.yml").string()}).find("the same file"),
            std::string::npos);
}

TEST(Compile, RefusesNamesThatAreNotUtf8) {
  const ScratchFolder folder;
  const std::string rule = folder.Write("\xff.yml", SigmaRule(1));
  EXPECT_NE(WhyNot({rule}).find("UTF-8"), std::string::npos);
}

TEST(Compile, KeepsTheVersionOfAnInputThatIsAlone) {
  const ScratchFolder folder;
  const std::string text = folder.Write("a.textproto", kChannelText);
  CompileOptions options;
  options.content_version = 12;
  const std::string bytes = MustCompile({text}, options).bytes;
  const std::string binary = folder.Write("a.slc", bytes);
  EXPECT_EQ(MustCompile({binary}).bytes, bytes);
  EXPECT_EQ(MustCompile({binary}, {.content_version = 13}).bytes.size(), bytes.size());
  EXPECT_NE(MustCompile({binary}, {.content_version = 13}).bytes, bytes);
}

// Leaves out exactly the rules that linting has errors of SL2xx for.
TEST(CompileSkipping, LeavesOutWhatSomeSensorCannotTake) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.yml", SigmaRule(2, "OriginalFileName"));  // since 4.22
  folder.Write("c.yml", SigmaRule(3, "TargetFilename", "category: file_delete"));
  folder.Write("d.yml", SigmaRule(4, "Image|containz"));
  CompileOptions options = ForSensors({"sysmon@4.2", "sysmon@4.50"});
  options.skip_incompatible = true;
  EXPECT_EQ(ExitCode(MustCompile({folder.path().string()}, options), false), 1)
      << "an error of another kind";
  fs::remove(folder.path() / "d.yml");
  const Compiled compiled = MustCompile({folder.path().string()}, options);
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(ReadBack(compiled.bytes).Ids(), std::vector<std::string>{Id(1)});
  ASSERT_EQ(compiled.left_out.size(), 2u);
  EXPECT_EQ(compiled.left_out[0].rule, "SL201");
  EXPECT_EQ(compiled.left_out[0].line, 9u);
  EXPECT_EQ(compiled.left_out[1].rule, "SL206");
  EXPECT_EQ(ExitCode(compiled, /*require_checked=*/true), 0) << "they were checked";
  options.skip_incompatible = false;
  EXPECT_EQ(ExitCode(MustCompile({folder.path().string()}, options), false), 1);
}

TEST(CompileSkipping, HonoursSuppressions) {
  const ScratchFolder folder;
  std::string rule = SigmaRule(1, "OriginalFileName");
  rule.insert(rule.find("    OriginalFileName"),
              "    # sluice:ignore SL201 old sensors may miss it\n");
  folder.Write("a.yml", rule);
  CompileOptions options = ForSensors({"sysmon@4.2"});
  options.skip_incompatible = true;
  const Compiled compiled = MustCompile({folder.path().string()}, options);
  EXPECT_EQ(compiled.results.totals.suppressed, 1u);
  EXPECT_TRUE(compiled.ok());
  EXPECT_EQ(compiled.instances, 1u);
}

// In a channel file a criterion does not stand inside of its instance.
TEST(CompileSkipping, LeavesOutInstancesOfAChannelFile) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.yml", SigmaRule(2, "OriginalFileName"));
  const std::string all = folder.Write("x/all.slc", MustCompile({folder.path().string()}).bytes);
  CompileOptions options = ForSensors({"sysmon@4.2"});
  options.skip_incompatible = true;
  const Compiled compiled = MustCompile({all}, options);
  ASSERT_TRUE(compiled.ok());
  const ReadBack file(compiled.bytes);
  EXPECT_EQ(file.Ids(), std::vector<std::string>{Id(1)});
  // It says what the first one was compiled from.
  ASSERT_NE(file->origin(file->instances()[0]), nullptr);
  EXPECT_EQ(file->sources()[file->origin(file->instances()[0])->source].path, "a.yml");
  ASSERT_EQ(compiled.left_out.size(), 1u);
  EXPECT_EQ(compiled.left_out[0].instance, "rule " + Id(2));
}

TEST(CompileSkipping, LeavesOutSysmonRecords) {
  const ScratchFolder folder;
  const std::string configuration = folder.Write(
      "a.xml",
      "<Sysmon schemaversion=\"4.1\"><EventFiltering><ProcessCreate onmatch=\"include\">"
      "<Image condition=\"end with\">\\a.exe</Image></ProcessCreate>"
      "<ProcessCreate onmatch=\"exclude\"><OriginalFileName condition=\"is\">b"
      "</OriginalFileName></ProcessCreate></EventFiltering></Sysmon>");
  CompileOptions options = ForSensors({"sysmon@4.2"});
  EXPECT_EQ(ExitCode(MustCompile({configuration}, options), false), 1);
  options.skip_incompatible = true;
  const Compiled compiled = MustCompile({configuration}, options);
  ASSERT_TRUE(compiled.ok()) << compiled.results.totals.errors;
  const ReadBack file(compiled.bytes);
  ASSERT_EQ(file->instances().size(), 1u);
  EXPECT_EQ(file->instances()[0].record_default, RecordDefault::kExclude);
}

// A limit that only all rules together are over.
TEST(Compile, ChecksTheWholeForLimits) {
  const ScratchFolder folder;
  folder.Write("a.yml", SigmaRule(1));
  folder.Write("b.yml", SigmaRule(2));
  const Contract& sysmon = *ContractSet::BuiltIn().Find("sysmon@4.50");
  std::vector<ContractType> types(sysmon.types.begin(), sysmon.types.end());
  Contract small = sysmon;
  small.sensor = "small";
  small.dialect = Dialect::kSigma;
  small.log_sources = {};
  static constexpr ContractField kFields[] = {{"Image", ValueType::kString}};
  const ContractType process{.name = "windows/process_creation", .id = 1, .fields = kFields};
  small.types = std::span(&process, 1);
  small.operator_mask = ~uint64_t{0};
  small.limits = {.max_instances = 1};
  ContractSet contracts = ContractSet::BuiltIn();
  contracts.Add(&small);
  CompileOptions options;
  options.lint.contracts = &contracts;
  options.lint.fleet_requested = true;
  options.lint.fleet.Add({.name = "small", .version = "4.50", .contract = &small});
  const Compiled compiled = MustCompile({folder.path().string()}, options);
  EXPECT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.results.totals.errors, 0u);
  ASSERT_EQ(compiled.refused.size(), 1u);
  EXPECT_EQ(compiled.refused[0].rule, "SL207");
  EXPECT_EQ(compiled.refused[0].path, "b.yml");
}

TEST(Compile, WantsFlagsThatGoTogether) {
  const ScratchFolder folder;
  const std::string rule = folder.Write("a.yml", SigmaRule(1));
  EXPECT_NE(WhyNot({"-", rule}).find("standard input"), std::string::npos);
  EXPECT_NE(WhyNot({rule}, {.compatible = true}).find("blob"), std::string::npos);
  EXPECT_NE(WhyNot({rule}, {.to = CompileTarget::kSysmonBlob}).find("sensor"), std::string::npos);
}

}  // namespace
}  // namespace sluice
