#include "parser/sysmon/config_value.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace sluice {
namespace {

TEST(FindFlaws, PlainTextHasNone) {
  for (const std::string_view text : {"", "plain", "a & b", "&", "&;", "\xC3\xA9"}) {
    const ValueFlaws flaws = FindFlaws(text, text);
    EXPECT_FALSE(flaws.cut) << text;
    EXPECT_FALSE(flaws.unknown_entity) << text;
    EXPECT_EQ(flaws.kept, text.size());
  }
}

TEST(FindFlaws, KnownEntitiesAreFine) {
  const ValueFlaws flaws = FindFlaws("&amp;&lt;&gt;&quot;&apos;&#65;&#x4a;", "&<>\"'AJ");
  EXPECT_FALSE(flaws.unknown_entity);
  EXPECT_FALSE(flaws.cut);
}

TEST(FindFlaws, FirstUnknownEntityWithItsExtent) {
  const auto entity = [](std::string_view raw) { return FindFlaws(raw, raw).unknown_entity; };
  EXPECT_EQ(entity("a&nbsp;&copy;"), (Place{1, 6}));
  EXPECT_EQ(entity("a&amp b"), (Place{1, 4}));
  EXPECT_EQ(entity("&AMP;"), (Place{0, 5}));
  EXPECT_EQ(entity("&#X41;"), (Place{0, 6}));
  EXPECT_EQ(entity("&#;"), (Place{0, 3}));
  EXPECT_EQ(entity("&#x;"), (Place{0, 4}));
  EXPECT_EQ(entity("&#12"), (Place{0, 4}));
  EXPECT_EQ(entity("&a&b;"), (Place{0, 2}));
}

TEST(FindFlaws, CutAtNulThatAnEntityMakes) {
  // pugixml's value ends at the NUL; numbers wrap at 32 bits.
  EXPECT_EQ(FindFlaws("ab&#0;cd", "ab").cut, (Place{2, 4}));
  EXPECT_EQ(FindFlaws("ab&#x000;cd", "ab").cut, (Place{2, 7}));
  EXPECT_EQ(FindFlaws("&#4294967296;", "").cut, (Place{0, 13}));
}

TEST(FindFlaws, CutAtBytesThatAreNotUtf8) {
  const ValueFlaws flaws = FindFlaws("&lt;\r\n\xC3\xA9\xFFz", "<\n\xC3\xA9\xFFz");
  EXPECT_EQ(flaws.kept, 4u);
  EXPECT_EQ(flaws.cut, (Place{8, 1}));
  // A surrogate by number is three bytes that are not UTF-8.
  EXPECT_EQ(FindFlaws("a&#xD800;b",
                      "a\xED\xA0\x80"
                      "b")
                .cut,
            (Place{1, 8}));
}

TEST(SysmonSchemaRank, AsSysmonReadsIt) {
  EXPECT_EQ(SysmonSchemaRank("4.50"), 450u);
  EXPECT_EQ(SysmonSchemaRank("4.5"), 450u);
  EXPECT_EQ(SysmonSchemaRank("4"), 400u);
  EXPECT_EQ(SysmonSchemaRank("\t +4.22beta"), 422u);
  EXPECT_EQ(SysmonSchemaRank("0.49e1"), 490u);
  EXPECT_EQ(SysmonSchemaRank(".5"), 50u);
  EXPECT_EQ(SysmonSchemaRank("3.999"), 400u);
  EXPECT_EQ(SysmonSchemaRank("65535.99"), 6553599u);
}

// Two decimals of the number as it is held: 4.505 is less than that, 4.105 more.
TEST(SysmonSchemaRank, IsRoundedAsItIsPrinted) {
  EXPECT_EQ(SysmonSchemaRank("4.504"), 450u);
  EXPECT_EQ(SysmonSchemaRank("4.505"), 450u);
  EXPECT_EQ(SysmonSchemaRank("4.506"), 451u);
  EXPECT_EQ(SysmonSchemaRank("4.105"), 411u);
}

TEST(SysmonSchemaWord, HasTheHalvesOfTheNumber) {
  EXPECT_EQ(SysmonSchemaWord("4.50"), 0x00040032u);
  EXPECT_EQ(SysmonSchemaWord(" +4.05x"), 0x00040005u);
  EXPECT_EQ(SysmonSchemaWord("3.999"), 0x00040000u);
  EXPECT_EQ(SysmonSchemaWord("65535.99"), 0xFFFF0063u);
  EXPECT_EQ(SysmonSchemaWord("1"), 0x00010000u);
  for (const std::string_view text : {"0.99", "", "four", "65536"}) {
    EXPECT_EQ(SysmonSchemaWord(text), std::nullopt) << text;
  }
}

TEST(SysmonSchemaRank, NotANumber) {
  for (const std::string_view text : {"", " ", "+", "four", "-4.5", "+-4", "inf", "nan", ".",
                                      "1e400", "65536", "99999999999999999999"}) {
    EXPECT_EQ(SysmonSchemaRank(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sluice
