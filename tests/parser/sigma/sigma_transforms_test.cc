#include "parser/sigma/sigma_transforms.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/sigma/sigma_value.h"
#include "schema/limits.h"

namespace sluice {
namespace {

using Error = SigmaTransformError;

TEST(SigmaTransforms, WindashGivesEveryCombination) {
  SigmaBudget budget;
  const SigmaExpansion one = ExpandDashes(" -a", budget);
  EXPECT_EQ(one.globs,
            (std::vector<std::string>{" -a", " /a", " \u2013a", " \u2014a", " \u2015a"}));
  const SigmaExpansion two = ExpandDashes("-a/b", budget);
  EXPECT_EQ(two.globs.size(), 25u);
  EXPECT_EQ(two.globs.front(), "-a-b");
  EXPECT_EQ(two.globs.back(), "\u2015a\u2015b");
  EXPECT_EQ(std::set<std::string>(two.globs.begin(), two.globs.end()).size(), 25u);
}

TEST(SigmaTransforms, WindashTakesEachOfTheFive) {
  const std::vector<std::string> all = [] {
    SigmaBudget budget;
    return ExpandDashes("x-y", budget).globs;
  }();
  for (const std::string& text : all) {
    SigmaBudget budget;
    EXPECT_EQ(ExpandDashes(text, budget).globs, all) << text;
  }
}

TEST(SigmaTransforms, WindashKeepsWildcardsAndEscapes) {
  SigmaBudget budget;
  const SigmaExpansion result = ExpandDashes(R"(*\*-?\\)", budget);
  EXPECT_EQ(result.globs[1], R"(*\*/?\\)");
  const SigmaExpansion none = ExpandDashes("a*\u2012", budget);
  EXPECT_EQ(none.error, Error::kNoDash);
  EXPECT_EQ(none.globs, (std::vector<std::string>{"a*\u2012"}));
}

TEST(SigmaTransforms, WindashAtTheLimitAndPast) {
  SigmaBudget budget;
  EXPECT_EQ(ExpandDashes("-----", budget).globs.size(), kMaxSigmaExpansions);
  EXPECT_EQ(ExpandDashes("------", budget).error, Error::kTooMany);
  EXPECT_EQ(ExpandDashes(std::string(5'000'000, '-'), budget).error, Error::kTooMany);
}

TEST(SigmaTransforms, ExpansionsOfAFileAreBounded) {
  SigmaBudget budget;
  int taken = 0;
  while (ExpandDashes("-----", budget).error == Error::kOk) ++taken;
  EXPECT_GT(taken, 10);
  EXPECT_LT(taken, 1000);
  EXPECT_EQ(ExpandDashes("a" + std::string(1 << 25, 'b') + "-", budget).error, Error::kTooMany);
}

const std::map<std::string, std::vector<std::string>, std::less<>> kValues = {
    {"admins", {"alice", "bob*"}}, {"DC-MACHINE-NAME", {"dc1"}}, {"none", {}}};

SigmaPlaceholders Values() {
  return [](std::string_view name) {
    const auto found = kValues.find(name);
    return found == kValues.end() ? nullptr : &found->second;
  };
}

TEST(SigmaTransforms, PlaceholdersWithTheirPlaces) {
  const auto found = FindPlaceholders("a%b%%c.d-e_1%%%x %y%");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].name, "b");
  EXPECT_EQ(found[0].place, (Place{1, 3}));
  EXPECT_EQ(found[1].name, "c.d-e_1");
  EXPECT_EQ(found[2].place, (Place{17, 3}));
  EXPECT_TRUE(FindPlaceholders("100% of 5%").empty());
}

TEST(SigmaTransforms, ExpandGivesEveryCombination) {
  SigmaBudget budget;
  const SigmaExpansion result =
      ExpandPlaceholders("%admins%-%DC-MACHINE-NAME%/%admins%", Values(), budget);
  EXPECT_EQ(result.globs, (std::vector<std::string>{"alice-dc1/alice", "alice-dc1/bob*",
                                                    "bob*-dc1/alice", "bob*-dc1/bob*"}));
}

TEST(SigmaTransforms, ExpandWithoutADefinition) {
  SigmaBudget budget;
  const SigmaExpansion result = ExpandPlaceholders("%admins%%users%", Values(), budget);
  EXPECT_EQ(result.error, Error::kUndefined);
  EXPECT_EQ(result.placeholder, "users");
  EXPECT_TRUE(result.globs.empty());
  EXPECT_EQ(ExpandPlaceholders("%admins%", nullptr, budget).error, Error::kUndefined);
  EXPECT_TRUE(ExpandPlaceholders("%none%", Values(), budget).globs.empty());
  EXPECT_EQ(ExpandPlaceholders("100%", Values(), budget).error, Error::kNoPlaceholder);
}

TEST(SigmaTransforms, ExpandIsBounded) {
  SigmaBudget budget;
  std::string many;
  for (int i = 0; i < 12; ++i) many += "%admins%";
  EXPECT_EQ(ExpandPlaceholders(many, Values(), budget).error, Error::kTooMany);
  const std::vector<std::string> large = {std::string(100'000, 'x')};
  std::string million;
  for (int i = 0; i < 1'000'000; ++i) million += "%a%";
  const SigmaPlaceholders values = [&large](std::string_view) { return &large; };
  EXPECT_EQ(ExpandPlaceholders(million, values, budget).error, Error::kTooMany);
}

TEST(SigmaTransforms, Base64) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64("\xFB\xFF\xFE"), "+//+");
}

TEST(SigmaTransforms, Base64OffsetOfPySigmasExample) {
  const auto three = Base64Offsets("foobar");
  EXPECT_EQ(three[0], "Zm9vYmFy");
  EXPECT_EQ(three[1], "Zvb2Jhc");
  EXPECT_EQ(three[2], "mb29iYX");
}

TEST(SigmaTransforms, Base64OffsetStandsInEveryEncoding) {
  // Whatever stands before and behind, the encoding of its shift is there, and nothing longer is.
  for (const std::string_view bytes : {"ab", "abc", "http://", "IEX(", "\xFF\0\xFE\x80"}) {
    const auto three = Base64Offsets(bytes);
    for (size_t shift = 0; shift < 9; ++shift) {
      for (const char filler : {'\0', 'x', '\xFF'}) {
        for (size_t tail = 0; tail < 3; ++tail) {
          const std::string text =
              std::string(shift, filler) + std::string(bytes) + std::string(tail, filler);
          EXPECT_NE(Base64(text).find(three[shift % 3]), std::string::npos) << bytes << shift;
        }
      }
    }
  }
}

TEST(SigmaTransforms, Base64OffsetOfTooLittle) {
  EXPECT_EQ(Base64Offsets("x"), (std::array<std::string, 3>{"e", "", "4"}));
  EXPECT_EQ(Base64Offsets(""), (std::array<std::string, 3>{}));
}

TEST(SigmaTransforms, Utf16) {
  const auto held = [](std::string_view text, Utf16Form form) {
    return HeldBytes(GlobText(ToUtf16(EscapeGlob(text), form)));
  };
  EXPECT_EQ(held("a\u00E9", Utf16Form::kLittleEndian), std::string("a\0\xE9\0", 4));
  EXPECT_EQ(held("a\u20AC", Utf16Form::kBigEndian), std::string("\0a\x20\xAC", 4));
  EXPECT_EQ(held("a", Utf16Form::kByteOrderMark), std::string("\xFF\xFE"
                                                              "a\0",
                                                              4));
  EXPECT_EQ(held("\U0001F600", Utf16Form::kLittleEndian), std::string("\x3D\xD8\0\xDE", 4));
  EXPECT_EQ(held("*\\?", Utf16Form::kLittleEndian), std::string("*\0\\\0?\0", 6));
  EXPECT_EQ(held("\xFF", Utf16Form::kBigEndian), "\xFF\xFD");
}

TEST(SigmaTransforms, Utf16KeepsWildcardsAndIsUtf8) {
  EXPECT_EQ(ToUtf16("a*?", Utf16Form::kLittleEndian), std::string("a\0*?", 4));
  // U+2A3F is the bytes of '?' and '*': they are text.
  EXPECT_EQ(ToUtf16("\u2A3F", Utf16Form::kLittleEndian), R"(\?\*)");
  EXPECT_EQ(ToUtf16("", Utf16Form::kByteOrderMark), "\u00FF\u00FE");
}

TEST(SigmaTransforms, HeldBytesAreEveryByte) {
  std::string text;
  std::string bytes;
  for (int c = 0; c < 256; c += 2) {
    bytes += static_cast<char>(c);
    bytes += static_cast<char>(c + 1);
    const uint32_t code = static_cast<uint32_t>(c) << 8 | static_cast<uint32_t>(c + 1);
    if (code >= 0xD800 && code < 0xE000) {
      bytes.resize(bytes.size() - 2);
      continue;
    }
    text += code < 0x80    ? std::string(1, static_cast<char>(code))
            : code < 0x800 ? std::string{static_cast<char>(0xC0 | code >> 6),
                                         static_cast<char>(0x80 | (code & 63))}
                           : std::string{static_cast<char>(0xE0 | code >> 12),
                                         static_cast<char>(0x80 | (code >> 6 & 63)),
                                         static_cast<char>(0x80 | (code & 63))};
  }
  EXPECT_EQ(HeldBytes(GlobText(ToUtf16(EscapeGlob(text), Utf16Form::kBigEndian))), bytes);
}

}  // namespace
}  // namespace sluice
