// Any bytes: content whose every range is in bounds, or a place inside the file.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_reader.h"
#include "tests/parser/sysmon_blob/blob_test_util.h"

namespace sluice {
namespace {

void ExpectSafe(const std::string& bytes, const std::string& what) {
  SCOPED_TRACE(what);
  const ReadResult result = ReadBlob(bytes);
  if (result.ok()) {
    ExpectConsistent(result.content());
    return;
  }
  const Malformed& malformed = result.malformed();
  EXPECT_LE(malformed.place.offset, bytes.size());
  EXPECT_LE(malformed.place.length, bytes.size() - malformed.place.offset);
  EXPECT_FALSE(malformed.structure.empty());
  EXPECT_FALSE(malformed.message.empty());
}

// Sorted, disjoint, inside the file, and nothing left out.
void ExpectCoveringAnnotations(const std::string& bytes, const std::string& what) {
  uint32_t at = 0;
  for (const Annotation& annotation : AnnotateSysmonBlob(bytes, TestOptions())) {
    ASSERT_EQ(annotation.place.offset, at) << what << " " << annotation.structure;
    ASSERT_GT(annotation.place.length, 0u) << what;
    at = annotation.place.end();
  }
  ASSERT_EQ(at, bytes.size()) << what;
}

class BlobMutation : public testing::TestWithParam<std::string (*)()> {
 protected:
  const std::string sound_ = GetParam()();
};

TEST_P(BlobMutation, StartsFromASmallSoundFile) {
  EXPECT_TRUE(ReadBlob(sound_).ok());
  EXPECT_LE(sound_.size(), 4096u);
}

TEST_P(BlobMutation, EveryTruncation) {
  for (size_t size = 0; size < sound_.size(); ++size) {
    const std::string bytes = sound_.substr(0, size);
    ExpectSafe(bytes, absl::StrCat("cut to ", size));
    ExpectCoveringAnnotations(bytes, absl::StrCat("cut to ", size));
    // Only a trailing event without conditions could be missed, and the header counts those.
    EXPECT_FALSE(ReadBlob(bytes).ok()) << size;
  }
}

TEST_P(BlobMutation, EverySingleBit) {
  for (size_t bit = 0; bit < sound_.size() * 8; ++bit) {
    std::string bytes = sound_;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    ExpectSafe(bytes, absl::StrCat("bit ", bit));
    if (bit % 8 == bit / 8 % 8) ExpectCoveringAnnotations(bytes, absl::StrCat("bit ", bit));
  }
}

TEST_P(BlobMutation, EveryWordAtItsLimits) {
  for (size_t at = 0; at + 4 <= sound_.size(); at += 4) {
    for (const uint32_t value : {0u, 1u, 0xFFFFFFFFu, 0xFFFFFFFEu}) {
      std::string bytes = sound_;
      Set32(&bytes, at, value);
      const std::string what = absl::StrCat(at, " = ", value);
      ExpectSafe(bytes, what);
      ExpectCoveringAnnotations(bytes, what);
    }
  }
}

TEST_P(BlobMutation, EveryLinkToEveryRecord) {
  const ReadResult result = ReadBlob(sound_);
  std::vector<uint32_t> records = {0, static_cast<uint32_t>(sound_.size())};
  std::vector<uint32_t> links = {16, 20};
  for (const Instance& instance : result.content().instances()) {
    records.push_back(instance.place.offset);
    for (const uint32_t field : {12, 20}) links.push_back(instance.place.offset + field);
  }
  for (const Criterion& criterion : result.content().criteria()) {
    records.push_back(criterion.place.offset);
    for (const uint32_t field : {520, 532}) links.push_back(criterion.place.offset + field);
  }
  for (const Group& group : result.content().groups()) {
    records.push_back(group.place.offset);
    for (const uint32_t field : {268, 272}) links.push_back(group.place.offset + field);
  }
  for (const uint32_t link : links) {
    for (const uint32_t record : records) {
      std::string bytes = sound_;
      Set32(&bytes, link, record);
      const std::string what = absl::StrCat("link at ", link, " to ", record);
      ExpectSafe(bytes, what);
      ExpectCoveringAnnotations(bytes, what);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Blobs, BlobMutation, testing::Values(&SmallBlob, &PlainBlob),
                         [](const auto& p) { return p.index == 0 ? "Groups" : "Plain"; });

}  // namespace
}  // namespace sluice
