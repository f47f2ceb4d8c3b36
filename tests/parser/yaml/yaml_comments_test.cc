#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/yaml/yaml_testing.h"

namespace sluice {
namespace {

std::vector<std::string> Comments(std::string_view text) {
  std::vector<std::string> out;
  for (const Place place : ParseYaml(text).Comments()) out.emplace_back(At(text, place));
  return out;
}

using Texts = std::vector<std::string>;

TEST(YamlComments, OnLinesOfTheirOwnAndBehindValues) {
  EXPECT_EQ(Comments("# a\n#b\nc: d  # e # f\n  # g\nh: # i\n  - j # k\n# l"),
            (Texts{"# a", "#b", "# e # f", "# g", "# i", "# k", "# l"}));
}

TEST(YamlComments, NoneInsideOfScalars) {
  EXPECT_EQ(Comments("a#b: c#d\n'# e': \"f # g\"\nh: |\n  # i\n  j # k\nl: 'm\n  # n'\n"), Texts{});
  EXPECT_EQ(Comments("a: >\n  b\n\n  # c\n # d\n"), Texts{"# d"});
}

TEST(YamlComments, BehindTheSignOfABlockScalar) {
  EXPECT_EQ(Comments("a: |+2 # b\n  # c\n# d\ne: > # f\n"), (Texts{"# b", "# d", "# f"}));
}

TEST(YamlComments, InFlowCollections) {
  EXPECT_EQ(Comments("[ # a\n  b, # c\n  'd' # e\n] # f\n"), (Texts{"# a", "# c", "# e", "# f"}));
}

TEST(YamlComments, AroundPropertiesMarkersAndDirectives) {
  EXPECT_EQ(Comments("# a\n%YAML 1.1 # b\n--- # c\n&x # d\ne: !t # f\n  g\n... # h\n# i\n"),
            (Texts{"# a", "# b", "# c", "# d", "# f", "# h", "# i"}));
}

TEST(YamlComments, AroundWhatIsLeftEmpty) {
  EXPECT_EQ(Comments("a: # b\n- # c\n- d\ne:   # f:  \n? g # h \n? i"),
            (Texts{"# b", "# c", "# f:  ", "# h "}));
}

TEST(YamlComments, EndWithTheirLine) {
  for (const std::string end : {"\n", "\r\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_EQ(Comments("# \xC3\xA9" + end + "a: b # c" + end), (Texts{"# \xC3\xA9", "# c"}));
  }
}

TEST(YamlComments, OfATextWithoutValues) {
  EXPECT_EQ(Comments(""), Texts{});
  EXPECT_EQ(Comments("#"), Texts{"#"});
  EXPECT_EQ(Comments("# a\n  # b\n"), (Texts{"# a", "# b"}));
}

}  // namespace
}  // namespace sluice
