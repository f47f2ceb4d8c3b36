// Any bytes at all: content, or a place where it is malformed.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "schema/limits.h"
#include "schema/utf.h"
#include "tests/parser/sysmon_config/config_testing.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;

// A configuration with one of each thing that the reader looks at.
std::string Small() {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE Sysmon>\n"
         "<Sysmon schemaversion=\"4.50\"><HashAlgorithms>md5</HashAlgorithms>\n<EventFiltering>"
         "<RuleGroup name=\"g\" groupRelation=\"or\"><ProcessCreate onmatch=\"include\">\n"
         "<Image name='n' condition=\"end with\">a&amp;&#x41;\r\n</Image><!-- c -->"
         "<Rule groupRelation=\"and\"><User>caf\xC3\xA9<![CDATA[x]]></User></Rule>"
         "</ProcessCreate></RuleGroup></EventFiltering></Sysmon>\n";
}

void ExpectWithin(const Content& content, Place place) {
  EXPECT_LE(place.offset, content.text().size());
  EXPECT_LE(place.length, content.text().size() - place.offset);
}

// Whatever comes back, its places are in the text.
void Check(const std::string& bytes) {
  LooksLikeSysmonConfig(bytes);
  const ReadResult result = ReadConfig(bytes);
  if (!result.ok()) {
    EXPECT_FALSE(result.malformed().message.empty());
    EXPECT_FALSE(result.malformed().structure.empty());
    EXPECT_LE(result.malformed().place.offset, result.text().size());
    EXPECT_LE(result.malformed().place.length,
              result.text().size() - result.malformed().place.offset);
    return;
  }
  const Content& content = result.content();
  for (const Instance& instance : content.instances()) {
    ExpectWithin(content, instance.place);
    ExpectWithin(content, instance.name_place);
  }
  for (const Criterion& criterion : content.criteria()) {
    ExpectWithin(content, criterion.place);
    ExpectWithin(content, criterion.operator_place);
    EXPECT_EQ(At(content, criterion.field_place), content.field(criterion).name);
  }
  for (const Operand& operand : content.operands()) ExpectWithin(content, operand.place);
  for (const Setting& setting : content.settings()) ExpectWithin(content, setting.place);
  for (const Irregularity& i : content.irregularities()) ExpectWithin(content, i.place);
}

std::string Repeat(std::string_view what, size_t times) {
  std::string out;
  out.reserve(what.size() * times);
  for (size_t i = 0; i < times; ++i) out += what;
  return out;
}

bool OverLimit(const std::string& bytes) {
  const ReadResult result = ReadConfig(bytes);
  return !result.ok() && result.malformed().over_limit;
}

TEST(ConfigHostile, EveryTruncation) {
  for (const std::string& whole : {Small(), *Wtf8ToUtf16Le(Small())}) {
    ASSERT_TRUE(ReadConfig(whole).ok());
    for (size_t size = 0; size < whole.size(); ++size) {
      Check(whole.substr(0, size));
      // Whatever ends before the root does is refused.
      if (size + 4 < whole.size()) {
        EXPECT_FALSE(ReadConfig(whole.substr(0, size)).ok()) << size;
      }
    }
  }
}

TEST(ConfigHostile, EveryBitFlip) {
  for (std::string bytes : {Small(), *Wtf8ToUtf16Le(Small())}) {
    for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      const char mask = static_cast<char>(1 << (bit % 8));
      bytes[bit / 8] ^= mask;
      Check(bytes);
      bytes[bit / 8] ^= mask;
    }
  }
}

TEST(ConfigHostile, EveryByteReplaced) {
  std::string bytes = Small();
  for (char& byte : bytes) {
    const char before = byte;
    for (const char other : "\0<>&;\"'/!?[]-=#\r\xFF\xC3\x80"s) {
      byte = other;
      Check(bytes);
    }
    byte = before;
  }
}

TEST(ConfigHostile, HundredThousandDeep) {
  const std::string open = "<RuleGroup  >";
  const std::string close = "</RuleGroup>";
  EXPECT_FALSE(ReadConfig(Config(Repeat(open, 100'000) + Repeat(close, 100'000))).ok());
  EXPECT_FALSE(ReadConfig(Config(Repeat(open, 100'000))).ok());
  const uint32_t most = kMaxXmlDepth - 3;
  const Content content =
      MustRead(Config(Repeat(open, most) + "<A onmatch='include'/>" + Repeat(close, most)));
  EXPECT_EQ(content.instances().size(), 1u);
}

TEST(ConfigHostile, TenMegabyteNames) {
  const std::string name(10'000'000, 'n');
  EXPECT_FALSE(ReadConfig(Config("<" + name + "/>")).ok());
  EXPECT_FALSE(ReadConfig(Record("<Image " + name + "=''/>")).ok());
  EXPECT_FALSE(ReadConfig("<Sysmon" + name + "/>").ok());
  // A rule name is a value: any length is read, and a rule's business.
  EXPECT_EQ(MustRead(Record("<Image name='" + name + "'/>")).criteria()[0].name.size(),
            name.size());
}

TEST(ConfigHostile, TenMegabyteValues) {
  const std::string value = Repeat("&amp;", 2'000'000);
  EXPECT_EQ(MustRead(Record("<Image>" + value + "</Image>")).operands()[0].text.size(), 2'000'000u);
  const Content unknown = MustRead(Record("<Image>" + Repeat("&x;", 3'000'000) + "</Image>"));
  EXPECT_EQ(unknown.irregularities().size(), 1u);
}

TEST(ConfigHostile, EntityBomb) {
  std::string bomb = "<!DOCTYPE Sysmon [<!ENTITY a0 'ha'>";
  for (int i = 1; i < 40; ++i) {
    const std::string one = Join({"&a", std::to_string(i - 1), ";"});
    bomb += Join({"<!ENTITY a", std::to_string(i), " '", Repeat(one, 10), "'>"});
  }
  const Content content = MustRead(bomb + "]>" + Record("<Image>&a39;</Image>"));
  EXPECT_EQ(content.operands()[0].text, "&a39;");
}

TEST(ConfigHostile, TooManyTags) {
  EXPECT_FALSE(ReadConfig("<Sysmon>" + Repeat("<a/>", kMaxXmlTags) + "</Sysmon>").ok());
  EXPECT_FALSE(ReadConfig(std::string(1'000'000, '<')).ok());
}

TEST(ConfigHostile, AMegabyteOfAttributes) {
  EXPECT_TRUE(OverLimit("<Sysmon" + Repeat(" a=''", 200'000) + "/>"));
  EXPECT_TRUE(OverLimit(Record("<Image" + Repeat(" name=''", 100'000) + ">a</Image>")));
  const Content content = MustRead("<Sysmon" + Repeat(" a=''", kMaxIdle) + "/>");
  EXPECT_EQ(content.irregularities().size(), kMaxIdle);
}

// Elements by different names.
std::string Elements(size_t count, const std::string& attributes, const std::string& inside) {
  std::string out;
  for (size_t i = 0; i < count; ++i) {
    const std::string name = "n" + std::to_string(i);
    out += "<" + name + attributes + ">" + inside + "</" + name + ">";
  }
  return out;
}

// The last that is read, and one more.
void ExpectAtMost(std::string (*some)(size_t count)) {
  const std::string read = some(kMaxIdle);
  EXPECT_TRUE(ReadConfig(read).ok()) << read.substr(0, 200);
  EXPECT_TRUE(OverLimit(some(kMaxIdle + 1))) << read.substr(0, 200);
}

TEST(ConfigHostile, WhatSaysNothingIsReadSoOftenAndNoMore) {
  ExpectAtMost([](size_t n) { return Config(Repeat("<ProcessCreate onmatch='include'/>", n)); });
  ExpectAtMost([](size_t n) { return Record(Repeat("<Image/>", n)); });
  ExpectAtMost([](size_t n) { return Record(Repeat("<Image a='b'>c</Image>", n)); });
  ExpectAtMost([](size_t n) { return Record(Elements(n - 1, "", "a")); });
  // Each record has an event and a field.
  ExpectAtMost([](size_t n) {
    const std::string odd = n % 2 == 0 ? "" : "<f onmatch='include'/>";
    return Config(Elements(n / 2, " onmatch='include'", "<f>a</f>") + odd);
  });
}

TEST(ConfigHostile, ShortConditionsByTheSizeOfTheFile) {
  const auto some = [](size_t n) { return Record(Repeat("<User>a</User>", n)); };
  EXPECT_TRUE(ReadConfig(some(kMinConditions)).ok());
  EXPECT_TRUE(OverLimit(some(2 * kMinConditions)));
  const std::string longer = "<User>" + std::string(kBytesPerCondition, 'a') + "</User>";
  EXPECT_TRUE(ReadConfig(Record(Repeat(longer, 2 * kMinConditions))).ok());
}

TEST(ConfigHostile, FilesOfOneByte) {
  for (const size_t size : {1u, 2u, 3u, 4096u, 1'000'000u}) {
    for (const char byte : "\0\xFF\xFE <&A\n"s) {
      const std::string bytes(size, byte);
      EXPECT_FALSE(ReadConfig(bytes).ok());
      EXPECT_FALSE(LooksLikeSysmonConfig(bytes));
    }
  }
}

}  // namespace
}  // namespace sluice
