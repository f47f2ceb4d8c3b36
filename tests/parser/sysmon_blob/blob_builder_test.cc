#include <gtest/gtest.h>

#include <string>

#include "corpus/sysmon_blob_builder.h"
#include "tests/parser/sysmon_blob/blob_test_util.h"

namespace sluice {
namespace {

TEST(BlobBuilder, WritesWhatIsDerived) {
  const std::string bytes = BuildBlob(R"pb(
    binary_major: 15
    binary_minor: 2
    schema_version: "4.50"
    event {
      id: 7
      default: 1
      combine: 1
      part {
        group {
          combine: 1
          condition { field: 5 text: "xy" }
        }
      }
    }
    event { id: 8 })pb");
  ASSERT_EQ(bytes.size(), 24u + 24 + 296 + 544 + 24);
  const struct {
    size_t at;
    uint32_t value;
  } kWords[] = {
      {0, 0x000F0002}, {4, 2},          {8, 24},         {12, 0x00040032},
      {16, 24},        {20, 48},        {24, 7},         {28, 1},
      {32, 1},         {36, 888},       {40, 1},         {44, 344},
      {48 + 264, 1},   {48 + 268, 344}, {48 + 272, 0},   {48 + 276, 1},
      {48 + 280, 1},   {344, 5},        {344 + 516, 0},  {344 + 520, 0},
      {344 + 524, 6},  {344 + 528, 1},  {344 + 532, 48}, {344 + 536, 0x00790078},
      {888, 8},        {888 + 12, 0},   {888 + 16, 0},   {888 + 20, 0},
  };
  for (const auto& word : kWords) EXPECT_EQ(Get32(bytes, word.at), word.value) << word.at;
}

TEST(BlobBuilder, OverridesOneWordAndMovesNothing) {
  const std::string sound = BuildBlob("binary_major: 15 event { id: 1 part { condition {} } }");
  const std::string broken = BuildBlob(
      "binary_major: 15 event_count: 9 event { id: 1 condition_count: 4"
      " part { condition { next: 8 data_size: 6 op_word: 4294967295 } } }");
  ASSERT_EQ(sound.size(), broken.size());
  for (size_t at = 0; at < sound.size(); at += 4) {
    const uint32_t wanted = at == 4          ? 9
                            : at == 24 + 16  ? 4
                            : at == 48 + 516 ? 0xFFFFFFFF
                            : at == 48 + 520 ? 8
                            : at == 48 + 524 ? 6
                                             : Get32(sound, at);
    EXPECT_EQ(Get32(broken, at), wanted) << at;
  }
}

TEST(BlobBuilder, DescribesWhatWasRead) {
  for (const char* text : {
           R"pb(
             binary_major: 15
             binary_minor: 3
             schema_version: "4.21"
             event {
               id: 12
               part {
                 group {
                   id: 4
                   name: "g"
                   condition { field: 1 op: 77 environment: true }
                 }
               }
               part { group { name: "empty" combine: 1 } }
               part { condition { text: "a;b" name: "n" extra_zeros: 2 op: CONTAINS_ALL } }
               part { condition { text: "\xED\xA0\xBDx" environment: true } }
             }
             event { id: 70000 default: 1 combine: 1 })pb",
           "binary_major: 1 legacy_header: true event { id: 1 part { condition { text: 'x' } } "
           "}"}) {
    const std::string bytes = BuildBlob(text);
    const ReadResult result = ReadBlob(bytes);
    ASSERT_TRUE(result.ok()) << result.malformed().message;
    EXPECT_EQ(BuildSysmonBlob(DescribeSysmonBlob(result.content())), bytes) << text;
  }
}

}  // namespace
}  // namespace sluice
