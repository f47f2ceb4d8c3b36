#include "parser/config/placeholder_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

constexpr char kAdmins[] = R"(# proto-message: sluice.v1.Placeholders
placeholder { name: "Administrators" value: ["adm-*", "root"] }
placeholder {
  name: "DC-MACHINE.NAME_1"
  value: "dc01"
}
)";

testing::AssertionResult RefusedAt(const std::string& text, const std::string& place) {
  Placeholders placeholders;
  const absl::Status status = placeholders.Add(text, "p.textproto");
  if (status.code() == absl::StatusCode::kInvalidArgument && placeholders.empty() &&
      Standard(status.message()).starts_with(absl::StrCat("p.textproto:", place, ": "))) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << status.message();
}

TEST(Placeholders, ValuesOfAName) {
  Placeholders placeholders;
  ASSERT_TRUE(placeholders.Add(kAdmins, "p.textproto").ok());
  ASSERT_NE(placeholders.Find("Administrators"), nullptr);
  EXPECT_EQ(*placeholders.Find("Administrators"), (std::vector<std::string>{"adm-*", "root"}));
  EXPECT_EQ(placeholders.AsFunction()("DC-MACHINE.NAME_1")->size(), 1u);
  EXPECT_EQ(placeholders.Find("administrators"), nullptr);
  EXPECT_EQ(placeholders.AsFunction()("x"), nullptr);
}

TEST(Placeholders, RefusesWithAPlace) {
  EXPECT_TRUE(RefusedAt("", "1:1"));
  EXPECT_TRUE(RefusedAt("# proto-message: sluice.v1.Fleet\n", "1:1"));
  EXPECT_TRUE(RefusedAt("placeholder { nmae: \"a\" }", "1:19"));
  EXPECT_TRUE(RefusedAt("placeholder { name: \"a\" }", "1:1"));
  EXPECT_TRUE(RefusedAt("\nplaceholder { name: \"%a%\" value: \"x\" }", "2:15"));
  EXPECT_TRUE(RefusedAt("placeholder {\n value: \"x\" }", "1:1"));
  EXPECT_TRUE(RefusedAt("placeholder { name: \"a\"\n value: [\"x\", \"\"] }", "2:15"));
  EXPECT_TRUE(
      RefusedAt("placeholder { name: \"a\" value: \"x\" }\n"
                "placeholder { name: \"a\" value: \"y\" }",
                "2:1"));
}

TEST(Placeholders, NoMoreValuesThanOneValueMayStandFor) {
  std::string text = "placeholder { name: \"a\"";
  for (uint32_t i = 0; i < kMaxSigmaExpansions; ++i) text += "\nvalue: \"x\"";
  Placeholders placeholders;
  EXPECT_TRUE(placeholders.Add(text + "}", "p.textproto").ok());
  EXPECT_TRUE(RefusedAt(text + "\nvalue: \"x\"}", absl::StrCat(kMaxSigmaExpansions + 2, ":1")));
}

TEST(Placeholders, SeveralFiles) {
  const ScratchFolder folder;
  const std::string first = folder.Write("a.textproto", kAdmins);
  const std::string second =
      folder.Write("b.textproto", "placeholder { name: \"Workstations\" value: \"ws*\" }");
  const std::string again = folder.Write("c.textproto",
                                         "placeholder { name: \"New\" value: \"n\" }\n"
                                         "placeholder { name: \"Administrators\" value: \"x\" }");
  Placeholders placeholders;
  ASSERT_TRUE(placeholders.Load({first, second}).ok());
  EXPECT_NE(placeholders.Find("Administrators"), nullptr);
  EXPECT_NE(placeholders.Find("Workstations"), nullptr);
  const absl::Status twice = placeholders.Load({again});
  EXPECT_TRUE(Standard(twice.message()).starts_with(absl::StrCat(again, ":2:1: ")));
  // Nothing of a file that is refused is taken.
  EXPECT_EQ(placeholders.Find("New"), nullptr);
  const std::string missing = (folder.path() / "none").string();
  EXPECT_TRUE(Standard(placeholders.Load({missing}).message()).starts_with(missing));
}

}  // namespace
}  // namespace sluice
