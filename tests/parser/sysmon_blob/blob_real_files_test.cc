// Blobs that Sysmon's own compiler wrote: all of them must pass, and nothing of them be lost.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/sysmon_blob_builder.h"
#include "parser/sysmon/blob_reader.h"
#include "tests/parser/sysmon_blob/blob_test_util.h"

namespace sluice {
namespace {

constexpr size_t kRealBlobs = 120;

class RealBlobsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (paths_.empty()) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
  }
  const std::vector<std::string> paths_ = RealBlobs();
};

TEST_F(RealBlobsTest, AreSound) {
  EXPECT_EQ(paths_.size(), kRealBlobs);
  for (const std::string& path : paths_) {
    const std::string bytes = ReadFile(path);
    EXPECT_TRUE(LooksLikeSysmonBlob(bytes)) << path;
    const ReadResult result = ReadBlob(bytes);
    ASSERT_TRUE(result.ok()) << path << ": " << result.malformed().structure << " "
                             << result.malformed().message;
    ExpectConsistent(result.content());
    EXPECT_TRUE(result.content().irregularities().empty()) << path;
    EXPECT_EQ(result.content().instances().size(), Get32(bytes, 4)) << path;
    EXPECT_EQ(result.content().metadata().binary_major, 15u) << path;
  }
}

TEST_F(RealBlobsTest, BuildAgainFromTheirDescription) {
  size_t identical = 0;
  for (const std::string& path : paths_) {
    const std::string bytes = ReadFile(path);
    const ReadResult result = ReadBlob(bytes);
    ASSERT_TRUE(result.ok()) << path;
    const bool same = BuildSysmonBlob(DescribeSysmonBlob(result.content())) == bytes;
    identical += same ? 1 : 0;
    EXPECT_TRUE(same) << path;
  }
  EXPECT_EQ(identical, kRealBlobs);
}

TEST_F(RealBlobsTest, AreAnnotatedToTheLastByte) {
  for (const std::string& path : paths_) {
    const std::string bytes = ReadFile(path);
    uint32_t at = 0;
    for (const Annotation& annotation : AnnotateSysmonBlob(bytes, TestOptions())) {
      ASSERT_EQ(annotation.place.offset, at) << path;
      ASSERT_NE(annotation.structure, "no record") << path;
      ASSERT_NE(annotation.field, "cut short") << path;
      ASSERT_FALSE(annotation.meaning.empty()) << path;
      at = annotation.place.end();
    }
    EXPECT_EQ(at, bytes.size()) << path;
  }
}

// A real file is not proof against damage either.
TEST_F(RealBlobsTest, SurviveDamageEverywhere) {
  for (const std::string& path : paths_) {
    const std::string sound = ReadFile(path);
    const size_t step = sound.size() / 64 + 1;
    for (size_t at = 0; at < sound.size(); at += step) {
      std::string bytes = sound;
      bytes[at] = static_cast<char>(~bytes[at]);
      const ReadResult result = ReadBlob(bytes);
      if (result.ok()) ExpectConsistent(result.content());
      EXPECT_FALSE(ReadBlob(sound.substr(0, at)).ok()) << path << " cut to " << at;
      AnnotateSysmonBlob(sound.substr(0, at), TestOptions());
    }
  }
}

}  // namespace
}  // namespace sluice
