#include "corpus/case_builder.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_view.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

using testing::HasSubstr;

absl::StatusOr<std::string> Build(const std::string& text, const std::string& path = "a.case") {
  corpus::Case description;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &description)) << text;
  return BuildCase(description, path);
}

TEST(BuildCase, JoinsLinesAndPieces) {
  const auto bytes = Build(
      "line: 'a' line: 'b' piece { text: 'c' } piece { repeat { text: '{n};' count: 3 first: 9 } "
      "}");
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(*bytes, "a\nb\nc9;10;11;");
}

TEST(BuildCase, BuildsBlobs) {
  const auto bytes =
      Build("piece { sysmon_blob { binary_major: 15 schema_version: '4.50' event { id: 1 } } }");
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(bytes->size(), 48);
  EXPECT_EQ((*bytes)[2], 15);
}

constexpr char kChannel[] =
    "line: '# proto-message: sluice.v1.Content' "
    "line: 'template_type { name: \"T\" field { name: \"a\" type: \"string\" } }' "
    "line: 'instance { id: \"1\" template_type: \"T\" criterion { field_index: 0 operator: "
    "\"equals\" operand: \"x\" } }' compile: 'channel' ";

bool IsChannel(const std::string& bytes) {
  ChannelView view;
  return OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view).ok();
}

TEST(BuildCase, CompilesAndSealsChannelFiles) {
  const auto plain = Build(kChannel);
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_TRUE(IsChannel(*plain));
  const std::string patched = absl::StrCat(kChannel, "patch { section: 4 u32: 7 } ");
  EXPECT_FALSE(IsChannel(*Build(patched))) << "the checksum";
  const std::string version = absl::StrCat(kChannel, "patch { offset: 16 u32: 7 } ");
  EXPECT_FALSE(IsChannel(*Build(version)));
  EXPECT_TRUE(IsChannel(*Build(version + "seal: true")));
  EXPECT_THAT(Build("line: 'none' compile: 'channel'").status().message(), HasSubstr("content"));
  EXPECT_THAT(Build("line: 'a' compile: 'gold'").status().message(), HasSubstr("gold"));
  EXPECT_THAT(Build(absl::StrCat(kChannel, "patch { section: 99 u32: 7 }")).status().message(),
              HasSubstr("occur"));
  EXPECT_THAT(Build("line: 'a' seal: true").status().message(), HasSubstr("short"));
}

TEST(BuildCase, TakesFilesBesideIt) {
  const ScratchFolder folder;
  folder.Write("there.txt", "beside");
  const std::string path = (folder.path() / "a.case").string();
  EXPECT_EQ(*Build("piece { file: 'there.txt' }", path), "beside");
  EXPECT_FALSE(Build("piece { file: 'gone.txt' }", path).ok());
}

TEST(BuildCase, Encodes) {
  const auto encoded = [](const std::string& name) {
    return *Build("piece { text: '\\303\\251' } encoding: '" + name + "'");
  };
  EXPECT_EQ(encoded("utf-8"), "\xC3\xA9");
  EXPECT_EQ(encoded("utf-8-bom"), "\xEF\xBB\xBF\xC3\xA9");
  EXPECT_EQ(encoded("iso-8859-1"), "\xE9");
  EXPECT_EQ(encoded("utf-16le"), std::string("\xE9\0", 2));
  EXPECT_EQ(encoded("utf-16le-bom"), std::string("\xFF\xFE\xE9\0", 4));
}

TEST(BuildCase, Patches) {
  EXPECT_EQ(*Build("line: 'abcdefg' patch { offset: 2 bytes: 'XY' }"), "abXYefg\n");
  EXPECT_EQ(*Build("line: 'abcdefg' patch { find: 'cd' offset: 1 bytes: '!' }"), "abc!efg\n");
  EXPECT_EQ(*Build("line: 'abcdefg' patch { u32: 0x44434241 }"), "ABCDefg\n");
  EXPECT_EQ(*Build("line: 'abc' patch { bytes: 'x' } patch { bytes: 'y' offset: 3 }"), "xbcy");
}

TEST(BuildCase, TruncatesLast) {
  EXPECT_EQ(*Build("line: 'abc' truncate: 2 patch { offset: 1 bytes: '!' }"), "a!");
  EXPECT_EQ(*Build("line: 'abc' truncate: 0"), "");
}

TEST(BuildCase, RefusesWhatMakesNoSense) {
  for (const char* text :
       {"shows: 'nothing'", "piece { }", "line: 'a' encoding: 'ebcdic'",
        "line: '\\342\\202\\254' encoding: 'iso-8859-1'", "line: '\\377' encoding: 'utf-16le'",
        "line: 'a' patch { offset: 3 bytes: 'x' }", "line: 'a' patch { bytes: 'xyz' }",
        "line: 'a' patch { offset: 18446744073709551615 bytes: 'x' }",
        "line: 'a' patch { find: 'b' bytes: 'x' }", "line: 'a' truncate: 3"}) {
    const auto bytes = Build(text);
    ASSERT_FALSE(bytes.ok()) << text;
    EXPECT_THAT(std::string(bytes.status().message()), HasSubstr("a.case: ")) << text;
  }
}

TEST(ReadCase, NamesThePlaceOfAnError) {
  const ScratchFolder folder;
  const std::string path =
      folder.Write("a.case", "# proto-message: sluice.corpus.Case\nline: 'a'\n  lyne: 'b'\n");
  const auto read = ReadCase(path);
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("a.case:3:"));
}

TEST(ReadCase, WantsTheFirstLine) {
  const ScratchFolder folder;
  EXPECT_FALSE(ReadCase(folder.Write("a.case", "line: 'a'\n")).ok());
  EXPECT_TRUE(
      ReadCase(folder.Write("b.case", "# proto-message: sluice.corpus.Case\nline: 'a'\n")).ok());
}

TEST(FindCases, WalksFolders) {
  const ScratchFolder folder;
  folder.Write("b/c/2.case", "");
  folder.Write("b/1.case", "");
  folder.Write("b/1.xml", "");
  const std::string root = folder.path().string();
  EXPECT_EQ(FindCases(root), (std::vector<std::string>{root + "/b/1.case", root + "/b/c/2.case"}));
  EXPECT_TRUE(FindCases(root + "/none").empty());
}

}  // namespace
}  // namespace sluice
