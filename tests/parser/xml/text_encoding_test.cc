#include "parser/xml/text_encoding.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schema/utf.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;

DecodedText Decode(std::string bytes) {
  return DecodeXmlText(std::make_shared<const std::string>(std::move(bytes)));
}

TEST(DecodeXmlText, Utf8IsTheFileItself) {
  const auto bytes = std::make_shared<const std::string>("<a>\xC3\xA9</a>");
  const DecodedText decoded = DecodeXmlText(bytes);
  EXPECT_FALSE(decoded.malformed);
  EXPECT_EQ(decoded.text.get(), bytes.get());
  EXPECT_EQ(decoded.encoding, TextEncoding::kUtf8);
  EXPECT_FALSE(decoded.byte_order_mark);
}

TEST(DecodeXmlText, Utf8MarkIsLeftOut) {
  const DecodedText decoded = Decode("\xEF\xBB\xBF<a/>");
  EXPECT_EQ(*decoded.text, "<a/>");
  EXPECT_TRUE(decoded.byte_order_mark);
}

TEST(DecodeXmlText, Utf16WithAndWithoutMark) {
  const std::string utf16 = *Wtf8ToUtf16Le("<a>\xF0\x9F\x98\x80\xC3\xA9</a>");
  for (const std::string& bytes : {utf16, "\xFF\xFE" + utf16}) {
    const DecodedText decoded = Decode(bytes);
    EXPECT_FALSE(decoded.malformed);
    EXPECT_EQ(decoded.encoding, TextEncoding::kUtf16Le);
    EXPECT_EQ(*decoded.text, "<a>\xF0\x9F\x98\x80\xC3\xA9</a>");
  }
}

TEST(DecodeXmlText, Utf16BehindWhiteSpace) {
  const DecodedText decoded = Decode(*Wtf8ToUtf16Le("\r\n<a/>"));
  EXPECT_EQ(decoded.encoding, TextEncoding::kUtf16Le);
  EXPECT_EQ(*decoded.text, "\r\n<a/>");
}

TEST(DecodeXmlText, Latin1WhenDeclaredInAnyCase) {
  for (const std::string name : {"ISO-8859-1", "iso-8859-1"}) {
    const DecodedText decoded = Decode("<?xml version='1.0' encoding='" + name + "'?><a>\xE9</a>");
    EXPECT_EQ(decoded.encoding, TextEncoding::kLatin1);
    EXPECT_TRUE(decoded.text->ends_with("<a>\xC3\xA9</a>"));
    EXPECT_EQ(decoded.declared(), name);
    EXPECT_TRUE(decoded.DeclarationHonoured());
  }
}

TEST(DecodeXmlText, DeclarationWinsOverUtf8Mark) {
  const DecodedText decoded =
      Decode("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xC3\xA9</a>");
  EXPECT_EQ(decoded.encoding, TextEncoding::kLatin1);
  EXPECT_TRUE(decoded.text->ends_with("<a>\xC3\x83\xC2\xA9</a>"));
}

TEST(DecodeXmlText, OtherDeclaredNamesAreNotHonoured) {
  const DecodedText decoded = Decode("<?xml version='1.0' encoding = 'windows-1252'?><a>\xE9</a>");
  EXPECT_EQ(decoded.encoding, TextEncoding::kUtf8);
  EXPECT_EQ(decoded.declared(), "windows-1252");
  EXPECT_FALSE(decoded.DeclarationHonoured());
}

TEST(DecodeXmlText, EncodingCountsInTheDeclarationOnly) {
  for (const std::string text :
       {"<a encoding='latin1'/>", "<?xml version='1.0'?><a encoding='latin1'/>",
        "<!-- <?xml encoding='latin1'?> --><a/>", "<?xml version='1.0' xencoding='latin1'?><a/>",
        "<?xml encoding?><a/>", "<?xml encoding=latin1?><a/>", "<?xml encoding='latin1"}) {
    EXPECT_TRUE(Decode(text).DeclarationHonoured()) << text;
  }
}

TEST(DecodeXmlText, DeclarationInUtf16) {
  const DecodedText decoded = Decode(*Wtf8ToUtf16Le("<?xml version='1.0' encoding='latin1'?><a/>"));
  EXPECT_EQ(decoded.encoding, TextEncoding::kUtf16Le);
  EXPECT_EQ(decoded.declared(), "latin1");
}

TEST(DecodeXmlText, Utf16BigEndianIsMalformed) {
  EXPECT_TRUE(Decode("\xFE\xFF\0<\0a"s).malformed);
  EXPECT_TRUE(Decode("\0<\0a\0/\0>"s).malformed);
}

TEST(DecodeXmlText, OddLengthIsMalformedAtTheEnd) {
  const DecodedText decoded = Decode(*Wtf8ToUtf16Le("<a/>") + "x");
  ASSERT_TRUE(decoded.malformed);
  EXPECT_EQ(decoded.malformed->place.offset, 4u);
}

TEST(DecodeXmlText, UnpairedSurrogateIsMalformedAtItsPlace) {
  for (const std::string& surrogate : {"\x00\xD8"s, "\x00\xDC"s, "\x00\xDC\x00\xD8"s}) {
    const DecodedText decoded =
        Decode(*Wtf8ToUtf16Le("<a>\n") + surrogate + *Wtf8ToUtf16Le("</a>"));
    ASSERT_TRUE(decoded.malformed);
    EXPECT_EQ(decoded.malformed->place.offset, 4u);
  }
}

TEST(DecodeXmlText, EmptyAndShortFiles) {
  for (const std::string& bytes : {""s, "<"s, "\0"s, "\xFF"s, "\xFE"s, "\xFF\xFE"s, "\n\0"s}) {
    const DecodedText decoded = Decode(bytes);
    EXPECT_TRUE(decoded.text != nullptr);
  }
}

}  // namespace
}  // namespace sluice
