// From a Sysmon configuration to the rule blob of one sensor version, by the way of the command.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gate/compile.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

constexpr size_t kPairs = 120;

std::string Configuration(const std::string& conditions) {
  return "<Sysmon schemaversion=\"4.50\"><EventFiltering><ProcessCreate onmatch=\"include\">" +
         conditions + "</ProcessCreate></EventFiltering></Sysmon>";
}

constexpr char kImage[] = "<Image condition=\"end with\">\\a.exe</Image>";

CompileOptions ForBlob(std::string_view sensor, bool compatible = false) {
  CompileOptions options;
  options.to = CompileTarget::kSysmonBlob;
  options.blob_target = ContractSet::BuiltIn().Find(sensor);
  EXPECT_NE(options.blob_target, nullptr) << sensor;
  options.compatible = compatible;
  return options;
}

Compiled MustCompile(const std::string& path, const CompileOptions& options) {
  absl::StatusOr<Compiled> compiled = Compile({path}, options);
  EXPECT_TRUE(compiled.ok()) << compiled.status().message();
  return compiled.ok() ? *std::move(compiled) : Compiled();
}

TEST(CompileBlob, IsForOneTarget) {
  const ScratchFolder folder;
  const std::string path = folder.Write("a.xml", Configuration(kImage));
  const Compiled compiled = MustCompile(path, ForBlob("sysmon@4.70"));
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(ExitCode(compiled, /*require_checked=*/true), 0);
  EXPECT_EQ(compiled.bytes.substr(0, 4), std::string("\0\0\x0f\0", 4));
  const Compiled newer = MustCompile(path, ForBlob("sysmon@4.90"));
  EXPECT_EQ(newer.bytes.substr(0, 4), std::string("\0\0\x12\0", 4));
}

TEST(CompileBlob, KnowsTheLayoutOfFewTargets) {
  const ScratchFolder folder;
  const std::string path = folder.Write("a.xml", Configuration(kImage));
  const absl::StatusOr<Compiled> compiled = Compile({path}, ForBlob("sysmon@4.22"));
  EXPECT_EQ(compiled.status().code(), absl::StatusCode::kUnimplemented);
}

// A field that the target does not have: its own compiler drops the record without a word.
TEST(CompileBlob, RefusesWhatTheTargetDrops) {
  const ScratchFolder folder;
  const std::string other =
      "<FileCreate onmatch=\"include\"><Image condition=\"is\">b</Image></FileCreate>";
  const std::string path =
      folder.Write("a.xml", absl::StrCat("<Sysmon schemaversion=\"4.50\"><EventFiltering>", other,
                                         "<ProcessCreate onmatch=\"include\">", kImage,
                                         "<Imaeg condition=\"is\">b</Imaeg></ProcessCreate>"
                                         "</EventFiltering></Sysmon>"));
  const Compiled strict = MustCompile(path, ForBlob("sysmon@4.70"));
  EXPECT_FALSE(strict.ok());
  EXPECT_EQ(ExitCode(strict, false), 1);
  const Compiled compatible = MustCompile(path, ForBlob("sysmon@4.70", /*compatible=*/true));
  EXPECT_EQ(compatible.results.totals.errors, strict.results.totals.errors);
  ASSERT_TRUE(compatible.ok());
  EXPECT_EQ(ExitCode(compatible, false), 0);
  ASSERT_FALSE(compatible.tolerated.empty());
  EXPECT_EQ(compatible.tolerated[0].rule, "SL201");
}

TEST(CompileBlob, HasNoBlobOfNoRecord) {
  const ScratchFolder folder;
  const std::string path =
      folder.Write("a.xml", "<Sysmon schemaversion=\"4.50\"><EventFiltering/></Sysmon>");
  const absl::StatusOr<Compiled> compiled = Compile({path}, ForBlob("sysmon@4.70"));
  ASSERT_FALSE(compiled.ok());
  EXPECT_NE(compiled.status().message().find("no event record"), absl::string_view::npos);
}

TEST(CompileBlob, IsMadeOfOneSysmonContent) {
  const ScratchFolder folder;
  const std::string a = folder.Write("a.xml", Configuration(kImage));
  const std::string b = folder.Write("b.xml", Configuration(kImage));
  EXPECT_FALSE(Compile({a, b}, ForBlob("sysmon@4.70")).ok());
  const std::string text = folder.Write(
      "c.textproto",
      "# proto-message: sluice.v1.Content\n"
      "template_type { name: \"dns\" field { name: \"query\" type: \"string\" } }\n"
      "instance { id: \"7\" template_type: \"dns\" "
      "criterion { field_index: 0 operator: \"ends_with\" operand: \".example.com\" } }\n");
  const absl::StatusOr<Compiled> compiled = Compile({text}, ForBlob("sysmon@4.70"));
  EXPECT_TRUE(!compiled.ok() || !compiled->ok());
}

// What is bound by index is written as it is, for its own binary version only.
TEST(CompileBlob, GivesABlobBack) {
  const ScratchFolder folder;
  const std::string path = folder.Write("a.xml", Configuration(kImage));
  const std::string bytes = MustCompile(path, ForBlob("sysmon@4.70")).bytes;
  const std::string blob = folder.Write("a.bin", bytes);
  EXPECT_EQ(MustCompile(blob, ForBlob("sysmon@4.70")).bytes, bytes);
  const absl::StatusOr<Compiled> other = Compile({blob}, ForBlob("sysmon@4.90"));
  EXPECT_TRUE(!other.ok() || !other->ok());
}

TEST(CompileBlob, GivesTheBytesOfTheSharedPairs) {
  const std::vector<std::filesystem::path> blobs = SharedFiles("sysmon/pairs", ".xml.bin");
  SLUICE_NEED_SHARED(blobs);
  EXPECT_EQ(blobs.size(), kPairs);
  size_t strict = 0;
  for (const std::filesystem::path& blob : blobs) {
    const std::string path = blob.string().substr(0, blob.string().size() - 4);
    Compiled compiled = MustCompile(path, ForBlob("sysmon@4.70"));
    if (compiled.ok()) {
      ++strict;
      EXPECT_EQ(compiled.bytes, *Slurp(blob)) << path;
    }
    compiled = MustCompile(path, ForBlob("sysmon@4.70", /*compatible=*/true));
    EXPECT_EQ(compiled.bytes, *Slurp(blob)) << path;
  }
  EXPECT_EQ(strict, kPairs) << "without --compatible";
}

}  // namespace
}  // namespace sluice
