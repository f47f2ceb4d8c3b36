// A document with everything in it, cut off and damaged at every byte.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/parser/yaml/yaml_testing.h"

namespace sluice {
namespace {

constexpr std::string_view kRich = R"(%YAML 1.1
%TAG !e! tag:example.com,2000:
--- # first
title: A rule  # comment
"quoted\x41\u00e9": 'it''s'
text: |-  # header
  one

   two
folded: >+
  three
  four

list: &list
- a
- !e!x [b, {c: d, ? e}, f: g, ]
- - &deep h
  -
  - plain
    of two é
map: !!map &m
  *deep : *list
  ? - k
  : ~
"two": "lines
  \x41 😀"
...
---
- last
--- !!str
)";

// Whether `text` was accepted; fails the test when what comes back breaks a promise.
bool Accepted(std::string_view text) {
  YamlDocument document;
  const std::optional<Malformed> malformed = document.Parse(text);
  if (!malformed) {
    EXPECT_EQ(YamlFlaw(document), "");
    return true;
  }
  EXPECT_NE(malformed->structure, "");
  EXPECT_NE(malformed->message, "");
  EXPECT_FALSE(malformed->over_limit);
  EXPECT_LE(malformed->place.end(), text.size());
  return false;
}

TEST(YamlDamage, TheWholeIsAccepted) {
  const YamlDocument document = ParseYaml(kRich);
  EXPECT_EQ(document.roots().size(), 3u);
  EXPECT_EQ(document.Comments().size(), 3u);
}

TEST(YamlDamage, CutOffAnywhere) {
  size_t accepted = 0;
  for (size_t length = 0; length < kRich.size(); ++length) {
    // A copy of its own, so that a sanitizer sees a read past the end.
    const std::string text(kRich.substr(0, length));
    if (Accepted(text)) ++accepted;
    if (testing::Test::HasFailure()) FAIL() << "cut off at " << length;
  }
  EXPECT_GT(accepted, 0u);
  EXPECT_LT(accepted, kRich.size());
}

TEST(YamlDamage, AnyByteReplaced) {
  size_t accepted = 0;
  size_t refused = 0;
  std::string text(kRich);
  for (size_t at = 0; at < text.size(); ++at) {
    for (const char c : std::string_view("\0\t\n\r #-:?'\"[]{},&*!|>%a0\x80\xC2\xE2\xFF", 29)) {
      text[at] = c;
      ++(Accepted(text) ? accepted : refused);
      if (testing::Test::HasFailure()) FAIL() << "byte " << at << " replaced by " << int{c};
    }
    text[at] = kRich[at];
  }
  EXPECT_GT(accepted, 1000u);
  EXPECT_GT(refused, 1000u);
}

TEST(YamlDamage, AnyByteRemovedOrDoubled) {
  for (size_t at = 0; at < kRich.size(); ++at) {
    std::string text(kRich);
    Accepted(text.insert(at, 1, text[at]));
    Accepted(text.erase(at, 2));
    if (testing::Test::HasFailure()) FAIL() << "byte " << at;
  }
}

}  // namespace
}  // namespace sluice
