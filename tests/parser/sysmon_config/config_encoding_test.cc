// Every encoding, and which files are taken for configurations at all.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "schema/utf.h"
#include "tests/parser/sysmon_config/config_testing.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;

constexpr std::string_view kMark = "\xEF\xBB\xBF";

TEST(ConfigEncoding, AllGiveTheSameContent) {
  const std::string utf8 = Record("<Image condition=\"end with\">caf\xC3\xA9.exe</Image>");
  const std::string utf16 = *Wtf8ToUtf16Le(utf8);
  const std::string latin1 = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" +
                             Record("<Image condition=\"end with\">caf\xE9.exe</Image>");
  const Content expected = MustRead(utf8);
  for (const std::string& bytes :
       {std::string(kMark) + utf8, "\r\n\r\n" + utf8, utf16, "\xFF\xFE" + utf16,
        *Wtf8ToUtf16Le("\r\n" + utf8), latin1, std::string(kMark) + latin1,
        "<?xml version='1.0' encoding='utf-16'?>" + utf8,
        "\xFF\xFE" + *Wtf8ToUtf16Le("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n" + utf8),
        *Wtf8ToUtf16Le("<?xml version='1.0' encoding='UTF-16LE'?>" + utf8)}) {
    const Content content = MustRead(bytes);
    EXPECT_TRUE(SameMeaning(content, expected)) << bytes;
    EXPECT_EQ(content.bytes(), bytes);
    EXPECT_EQ(content.metadata().size, bytes.size());
    EXPECT_TRUE(content.irregularities().empty());
    EXPECT_EQ(At(content, content.operands()[0].place), "caf\xC3\xA9.exe");
  }
}

// The sensor drops it, and so does the reader, but not in silence.
TEST(ConfigEncoding, TextBeforeTheRootIsRecorded) {
  const std::string utf8 = Record("<Image condition=\"end with\">a</Image>");
  for (const std::string& before :
       {"junk "s, " \njunk\n"s, "junk <!-- c -->"s, "<!-- c -->junk"s,
        "<?xml version='1.0'?> junk "s, std::string(kMark) + "junk", "<!-- c -->\n junk <?pi?>"s}) {
    const std::string bytes = before + utf8;
    ASSERT_TRUE(LooksLikeSysmonConfig(bytes)) << before;
    const Content content = MustRead(bytes);
    ASSERT_EQ(content.irregularities().size(), 1u) << before;
    EXPECT_EQ(content.irregularities()[0].kind, IrregularityKind::kIgnoredText);
    EXPECT_EQ(At(content, content.irregularities()[0].place), "junk") << before;
    EXPECT_TRUE(SameMeaning(content, MustRead(utf8)));
  }
}

TEST(ConfigEncoding, Latin1BehindUtf8MarkIsReadByteByByte) {
  const Content content = MustRead(std::string(kMark) + "<?xml encoding='iso-8859-1' ?>" +
                                   Record("<Image>\xC3\xA9</Image>"));
  EXPECT_EQ(content.operands()[0].text, "\xC3\x83\xC2\xA9");
}

TEST(ConfigEncoding, LineAndColumnLeaveTheMarkOut) {
  const Content content = MustRead(std::string(kMark) + "<Sysmon schemaversion=\"4.50\"/>");
  const LineColumn at =
      LineTable(content.text()).Locate(content.metadata().schema_version_place.offset);
  EXPECT_EQ(at, (LineColumn{1, 24}));
}

TEST(ConfigEncoding, BrokenUtf16IsMalformed) {
  const std::string utf16 = *Wtf8ToUtf16Le(Record("<Image>a</Image>"));
  EXPECT_FALSE(ReadConfig(utf16 + "x").ok());
  EXPECT_FALSE(ReadConfig(utf16.substr(0, utf16.size() - 1)).ok());
  const ReadResult surrogate =
      ReadConfig(*Wtf8ToUtf16Le("<Sysmon>\n") + "\x34\xD8"s + *Wtf8ToUtf16Le("</Sysmon>"));
  ASSERT_FALSE(surrogate.ok());
  EXPECT_EQ(LineTable(surrogate.text()).Locate(surrogate.malformed().place.offset),
            (LineColumn{2, 1}));
}

TEST(ConfigEncoding, Utf16BigEndianIsMalformed) {
  EXPECT_FALSE(ReadConfig("\xFE\xFF\0<\0S"s).ok());
}

TEST(ConfigEncoding, BrokenUtf8InMarkupIsMalformed) {
  EXPECT_FALSE(ReadConfig(Record("<Im\xFF"
                                 "age/>"))
                   .ok());
  EXPECT_FALSE(ReadConfig(Record("<Image n\xE9='1'/>")).ok());
  EXPECT_TRUE(ReadConfig(Record("<!-- \xFF --><Image/>")).ok());
}

TEST(LooksLikeSysmonConfig, Yes) {
  const std::string config = "<Sysmon schemaversion=\"4.50\">";
  for (const std::string& text :
       {config, "<Sysmon>"s, "<Sysmon/>"s, "\n\n" + config, "<?xml version='1.0'?>" + config,
        "<!-- <x> -->\n<!---->" + config, "# rules > all\n" + config, "<!---->a" + config,
        "<!DOCTYPE Sysmon [<!ENTITY a 'b'>]>" + config}) {
    EXPECT_TRUE(LooksLikeSysmonConfig(text)) << text;
    EXPECT_TRUE(LooksLikeSysmonConfig(std::string(kMark) + text)) << text;
    // Without a byte order mark, 16-bit text begins with '<' or white space.
    EXPECT_EQ(LooksLikeSysmonConfig(*Wtf8ToUtf16Le(text)), text[0] != '#') << text;
    EXPECT_TRUE(LooksLikeSysmonConfig("\xFF\xFE" + *Wtf8ToUtf16Le(text))) << text;
  }
}

TEST(LooksLikeSysmonConfig, No) {
  for (const std::string& text :
       {""s, "<"s, "<Sysmon"s, "<Sysmonx>"s, "<sysmon>"s, "<manifests>"s, "a < b <Sysmon>"s,
        "<!-- <Sysmon> "s, "<?xml ?>"s, "<root><Sysmon>"s, "\0\0\x0f\0<Sysmon>"s,
        std::string(100'000, '<')}) {
    EXPECT_FALSE(LooksLikeSysmonConfig(text)) << text.substr(0, 50);
  }
}

TEST(StartsWithMarkup, PassesOverWhiteSpaceAndMarks) {
  for (const std::string& text : {"<Sysmon/>"s, " \r\n\t<a"s, "<"s}) {
    EXPECT_TRUE(StartsWithMarkup(text)) << text;
    EXPECT_TRUE(StartsWithMarkup(std::string(kMark) + text)) << text;
    EXPECT_TRUE(StartsWithMarkup("\xFF\xFE" + *Wtf8ToUtf16Le(text))) << text;
  }
  for (const std::string& text : {""s, " "s, "a <Sysmon/>"s, "\0<"s}) {
    EXPECT_FALSE(StartsWithMarkup(text)) << text;
    EXPECT_FALSE(StartsWithMarkup("\xFF\xFE" + *Wtf8ToUtf16Le(text))) << text;
  }
}

}  // namespace
}  // namespace sluice
