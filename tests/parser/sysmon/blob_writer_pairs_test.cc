// The real configurations, beside the blobs that Sysmon itself compiled them to.

#include <gtest/gtest.h>

#include <string>

#include "parser/text/content_text.h"
#include "tests/parser/sysmon/blob_writer_testing.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

constexpr size_t kPairs = 120;

TEST(BlobWriterPairs, AreByteIdentical) {
  const auto files = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(files);
  size_t identical = 0;
  for (const auto& file : files) {
    const Content content = ReadXml(*Slurp(file));
    const std::string expected = *Slurp(file.string() + ".bin");
    const BlobWriteResult result = Write(content);
    EXPECT_TRUE(result.ok()) << file << "\n" << Describe(result);
    EXPECT_EQ(result.bytes == expected, true) << file;
    identical += result.bytes == expected ? 1 : 0;
  }
  EXPECT_EQ(identical, kPairs);
}

// For sysmon@4.90 all but the version is the same, since these use no field that has moved.
TEST(BlobWriterPairs, DifferForSysmon490InTheVersionOnly) {
  const auto files = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(files);
  for (const auto& file : files) {
    std::string expected = *Slurp(file.string() + ".bin");
    expected[2] = 0x12;
    const BlobWriteResult result = Write(ReadXml(*Slurp(file)), BlobMode::kCompatible, "4.90");
    EXPECT_EQ(result.bytes == expected, true) << file;
  }
}

TEST(BlobWriterPairs, HaveNothingThatIsRefused) {
  const auto files = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(files);
  for (const auto& file : files) {
    const BlobWriteResult result = Write(ReadXml(*Slurp(file)), BlobMode::kStrict);
    EXPECT_TRUE(result.ok()) << file << "\n" << Describe(result);
    EXPECT_EQ(result.bytes == *Slurp(file.string() + ".bin"), true) << file;
  }
}

TEST(BlobWriterPairs, ComeBackFromTheirTextForm) {
  const auto files = SharedFiles("sysmon/pairs", ".bin");
  SLUICE_NEED_SHARED(files);
  for (const auto& file : files) {
    const Bytes bytes = Slurp(file);
    const ReadResult read = ReadSysmonBlob(bytes, {.self_contracts = &AllContracts()});
    ASSERT_TRUE(read.ok()) << file;
    const ReadResult text =
        ReadContentText(std::make_shared<const std::string>(PrintContentText(read.content())), {});
    ASSERT_TRUE(text.ok()) << file << ": " << text.malformed().message;
    for (const Content* content : {&read.content(), &text.content()}) {
      const absl::StatusOr<BlobWriteResult> written = WriteIndexedSysmonBlob(*content);
      ASSERT_TRUE(written.ok()) << file << ": " << written.status();
      EXPECT_EQ(written->bytes == *bytes, true) << file << "\n" << Describe(*written);
    }
  }
}

}  // namespace
}  // namespace sluice
