// The compiler against a second one that was written from the description alone.

#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "parser/sysmon/blob_writer.h"
#include "parser/sysmon/config_reader.h"
#include "schema/contract.h"
#include "schema/self_contract.h"
#include "tests/parser/sysmon/config_generator.h"
#include "tests/parser/sysmon/naive_blob_compiler.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

naive::Build BuildOf(bool newest) {
  return newest ? naive::ParseBuild(naive::kCatalogue490, naive::kBinaryVersion490)
                : naive::ParseBuild(naive::kCatalogue470, naive::kBinaryVersion470);
}

TEST(NaiveCompiler, MakesTheRealBlobs) {
  const auto files = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(files);
  const naive::Build build = BuildOf(false);
  for (const std::filesystem::path& path : files) {
    const naive::Compiled compiled = naive::Compile(*Slurp(path), build);
    EXPECT_EQ(compiled.blob, *Slurp(path.native() + ".bin")) << path;
    EXPECT_FALSE(compiled.corrupt || compiled.unclear) << path;
  }
}

// What came of one file, as "naive / ours".
std::string Compare(const std::string& file, const naive::Build& build, const Contract& target) {
  static const SelfContracts contracts(ContractSet::BuiltIn(), nullptr);
  const naive::Compiled expected = naive::Compile(file, build);
  const ReadResult read =
      ReadSysmonConfig(std::make_shared<const std::string>(file), {.self_contracts = &contracts});
  if (!read.ok()) return expected.accepted ? "accepted / malformed" : "refused / malformed";
  const auto written =
      WriteSysmonBlob(read.content(), {.contract = &target}, BlobMode::kCompatible);
  EXPECT_TRUE(written.ok()) << written.status();
  if (!written.ok()) return "error";
  const bool same = written->ok() && written->bytes == expected.blob;
  const std::string ours = !written->ok() ? "refused" : same ? "same" : "different";
  if (!expected.accepted) return "refused / " + ours;
  if (expected.corrupt) return "corrupt / " + ours;
  if (expected.unclear) return "unclear / " + ours;
  if (expected.dropped_groups) return "groups dropped / " + ours;
  return (expected.blob.empty() ? "no blob / " : "blob / ") + ours;
}

TEST(NaiveCompiler, AgreesOnGeneratedConfigurations) {
  std::map<std::string, int> outcomes;
  std::map<std::string, std::string> examples;
  for (const bool newest : {false, true}) {
    const naive::Build build = BuildOf(newest);
    const Contract* target = ContractSet::BuiltIn().Find("sysmon", newest ? "4.90" : "4.70");
    ASSERT_NE(target, nullptr);
    naive::ConfigGenerator generator(build, newest ? 490 : 470);
    for (int i = 0; i < 4000; ++i) {
      const std::string file = generator.Next();
      const std::string outcome = Compare(file, build, *target);
      ++outcomes[outcome];
      std::string& example = examples[outcome];
      if (example.empty() || file.size() < example.size()) example = file;
    }
  }
  for (const auto& [outcome, count] : outcomes) std::cout << count << "  " << outcome << "\n";
  for (const char* wrong :
       {"accepted / malformed", "refused / same", "refused / different", "corrupt / same",
        "corrupt / different", "groups dropped / different", "no blob / refused",
        "no blob / different", "blob / refused", "blob / different", "error"}) {
    EXPECT_EQ(outcomes[wrong], 0) << wrong << ":\n" << examples[wrong];
  }
  EXPECT_GT(outcomes["blob / same"], 5000);
  EXPECT_GT(outcomes["corrupt / refused"], 0);
}

}  // namespace
}  // namespace sluice
