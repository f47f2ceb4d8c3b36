// Blobs to configurations and back to the same bytes: real ones, those of the corpus, made-up ones.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "corpus/case_builder.h"
#include "parser/sysmon/config_print.h"
#include "tests/parser/sysmon/blob_writer_testing.h"
#include "tests/parser/sysmon/config_generator.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

ConfigPrint PrintBytes(const std::string& blob) {
  const ReadOptions options{.self_contracts = &AllContracts()};
  const ReadResult read = ReadSysmonBlob(std::make_shared<const std::string>(blob), options);
  EXPECT_TRUE(read.ok()) << read.malformed().message;
  return read.ok() ? PrintSysmonConfig(read.content(), options) : ConfigPrint();
}

TEST(ConfigRoundTrip, RealBlobsComeBack) {
  const auto files = SharedFiles("sysmon/pairs", ".bin");
  SLUICE_NEED_SHARED(files);
  for (const std::filesystem::path& path : files) {
    SCOPED_TRACE(path);
    const std::string blob = *Slurp(path);
    const ConfigPrint print = PrintBytes(blob);
    ASSERT_TRUE(print.ok()) << print.refused[0].why;
    EXPECT_TRUE(Write(ReadXml(print.text), BlobMode::kStrict).bytes == blob) << print.text;
  }
}

TEST(ConfigRoundTrip, RealConfigurationsKeepTheirMeaning) {
  const auto files = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(files);
  for (const std::filesystem::path& path : files) {
    SCOPED_TRACE(path);
    const Content content = ReadXml(*Slurp(path));
    const ConfigPrint print = PrintSysmonConfig(content, {.self_contracts = &AllContracts()});
    ASSERT_TRUE(print.ok()) << print.refused[0].why;
    const Content back = ReadXml(print.text);
    EXPECT_TRUE(SameMeaning(back, content)) << print.text;
    EXPECT_EQ(PrintSysmonConfig(back, {.self_contracts = &AllContracts()}).text, print.text);
    EXPECT_TRUE(Write(back).bytes == *Slurp(path.native() + ".bin"));
  }
}

TEST(ConfigRoundTrip, BlobsOfTheCorpusComeBackOrAreRefusedAtAPlace) {
  int printed = 0;
  int refused = 0;
  for (const std::string& path : FindCases("corpus")) {
    SCOPED_TRACE(path);
    const auto description = ReadCase(path);
    ASSERT_TRUE(description.ok()) << description.status();
    const auto bytes = BuildCase(*description, path);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    const ReadOptions options{.self_contracts = &AllContracts()};
    if (!LooksLikeSysmonBlob(*bytes)) continue;
    const ReadResult read = ReadSysmonBlob(std::make_shared<const std::string>(*bytes), options);
    if (!read.ok()) continue;
    const ConfigPrint print = PrintSysmonConfig(read.content(), options);
    if (print.ok()) {
      ++printed;
      EXPECT_EQ(Write(ReadXml(print.text)).bytes, *bytes) << print.text;
    }
    for (const ConfigUnprintable& why : print.refused) {
      EXPECT_GT(why.place.length, 0) << why.why;
      EXPECT_LE(why.place.end(), bytes->size());
      EXPECT_NE(why.why, "");
    }
    refused += print.ok() ? 0 : 1;
  }
  EXPECT_GT(printed, 3);
  EXPECT_GT(refused, 3);
}

struct Outcomes {
  int configurations = 0;  // that were printed and read back
  int blobs = 0;           // that came back byte for byte
  int refused = 0;
};

void TryBlob(const std::string& file, const std::string& blob, std::string_view version,
             Outcomes& outcomes) {
  const ConfigPrint print = PrintBytes(blob);
  if (print.ok()) {
    ++outcomes.blobs;
    EXPECT_TRUE(Write(ReadXml(print.text), BlobMode::kCompatible, version).bytes == blob)
        << file << "\n"
        << print.text;
    return;
  }
  ++outcomes.refused;
  for (const ConfigUnprintable& refused : print.refused) {
    EXPECT_GT(refused.place.length, 0) << refused.why << "\n" << file;
    EXPECT_LE(refused.place.end(), blob.size());
  }
}

void TryFile(const std::string& file, std::string_view version, Outcomes& outcomes) {
  const ReadOptions options{.self_contracts = &AllContracts()};
  const ReadResult read = ReadSysmonConfig(std::make_shared<const std::string>(file), options);
  if (!read.ok()) return;
  const ConfigPrint print = PrintSysmonConfig(read.content(), options);
  ASSERT_TRUE(print.ok()) << print.refused[0].why << "\n" << file;
  const Content back = ReadXml(print.text);
  EXPECT_TRUE(SameMeaning(back, read.content())) << file << "\n" << print.text;
  ++outcomes.configurations;
  const BlobWriteResult written = Write(read.content(), BlobMode::kCompatible, version);
  if (!written.ok()) return;
  EXPECT_TRUE(Write(back, BlobMode::kCompatible, version).bytes == written.bytes) << file << "\n"
                                                                                  << print.text;
  if (!written.bytes.empty()) TryBlob(file, written.bytes, version, outcomes);
}

// Refused are those with traces of dropped records that no other record leaves: their old data in
// the padding of others, mostly.
TEST(ConfigRoundTrip, GeneratedConfigurationsAndTheirBlobsComeBack) {
  Outcomes outcomes;
  for (const bool newest : {false, true}) {
    const naive::Build build =
        newest ? naive::ParseBuild(naive::kCatalogue490, naive::kBinaryVersion490)
               : naive::ParseBuild(naive::kCatalogue470, naive::kBinaryVersion470);
    naive::ConfigGenerator generator(build, newest ? 1490 : 1470);
    for (int i = 0; i < 3000; ++i) TryFile(generator.Next(), newest ? "4.90" : "4.70", outcomes);
  }
  EXPECT_GT(outcomes.configurations, 5500);
  EXPECT_GT(outcomes.blobs, 4000);
  EXPECT_LT(outcomes.refused * 200, outcomes.blobs);
}

}  // namespace
}  // namespace sluice
