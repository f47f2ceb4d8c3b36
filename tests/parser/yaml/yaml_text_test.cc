#include "parser/yaml/yaml_text.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "schema/limits.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;

YamlText Decode(std::string bytes) {
  return DecodeYamlText(std::make_shared<const std::string>(std::move(bytes)));
}

TEST(DecodeYamlText, Utf8IsTheFileItself) {
  const auto bytes = std::make_shared<const std::string>("a: \xC3\xA9");
  const YamlText decoded = DecodeYamlText(bytes);
  EXPECT_FALSE(decoded.malformed);
  EXPECT_EQ(decoded.text.get(), bytes.get());
  EXPECT_EQ(decoded.encoding, YamlEncoding::kUtf8);
  EXPECT_FALSE(decoded.byte_order_mark);
}

TEST(DecodeYamlText, MarksAreLeftOut) {
  struct Case {
    std::string bytes;
    YamlEncoding encoding;
  };
  for (const Case& c : {Case{"\xEF\xBB\xBF"
                             "a\xC3\xA9",
                             YamlEncoding::kUtf8},
                        Case{"\xFF\xFE"
                             "a\0\xE9\0"s,
                             YamlEncoding::kUtf16Le},
                        Case{"\xFE\xFF\0a\0\xE9"s, YamlEncoding::kUtf16Be}}) {
    const YamlText decoded = Decode(c.bytes);
    EXPECT_FALSE(decoded.malformed);
    EXPECT_EQ(*decoded.text, "a\xC3\xA9");
    EXPECT_EQ(decoded.encoding, c.encoding);
    EXPECT_TRUE(decoded.byte_order_mark);
  }
}

TEST(DecodeYamlText, BrokenUtf16IsMalformedAtItsPlace) {
  EXPECT_EQ(Decode("\xFF\xFE"
                   "a\0\0\xD8"
                   "b\0"s)
                .malformed.value()
                .place.offset,
            1u);
  EXPECT_EQ(Decode("\xFE\xFF\0a\xDC\0\0b"s).malformed.value().place.offset, 1u);
  EXPECT_EQ(Decode("\xFE\xFF\0a\0"s).malformed.value().place.offset, 1u);
}

TEST(DecodeYamlText, ShortFiles) {
  for (const std::string& bytes : {""s, "\xFF"s, "\xFE"s, "\xEF\xBB"s, "\0"s}) {
    const YamlText decoded = Decode(bytes);
    EXPECT_FALSE(decoded.malformed);
    EXPECT_EQ(*decoded.text, bytes);
  }
  EXPECT_EQ(*Decode("\xFF\xFE").text, "");
}

TEST(DecodeYamlText, LimitOfBytes) {
  const std::string most(kMaxYamlBytes, ' ');
  EXPECT_FALSE(Decode("\xEF\xBB\xBF" + most).malformed);
  EXPECT_TRUE(Decode("\xEF\xBB\xBF" + most + " ").malformed.value().over_limit);
  std::string utf16 = "\xFF\xFE";
  for (size_t i = 0; i < kMaxYamlBytes; ++i) utf16 += " \0"s;
  EXPECT_FALSE(Decode(utf16).malformed);
  EXPECT_TRUE(Decode(utf16 + " \0"s).malformed.value().over_limit);
}

}  // namespace
}  // namespace sluice
