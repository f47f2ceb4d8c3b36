#include "schema/contract_diff.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "schema/text.h"

namespace sluice {
namespace {

// "field-moved ProcessCreate(1) Image 3>4", one a change.
std::vector<std::string> Words(const std::vector<ContractChange>& changes) {
  std::vector<std::string> words;
  for (const ContractChange& change : changes) {
    std::string word(Name(change.kind));
    if (change.type_id != 0) {
      absl::StrAppend(&word, " ", Abseil(change.type), "(", change.type_id, ")");
    }
    absl::StrAppend(&word, " ", Abseil(change.subject), " ", change.before, ">", change.after);
    words.push_back(word);
  }
  return words;
}

using Lines = std::vector<std::string>;

Lines DiffFields(std::vector<ContractField> before, std::vector<ContractField> after) {
  const std::vector<ContractType> before_types = {{.name = "T", .id = 1, .fields = before}};
  const std::vector<ContractType> after_types = {{.name = "T", .id = 1, .fields = after}};
  return Words(DiffContracts({.types = before_types}, {.types = after_types}));
}

Lines DiffTypes(const std::vector<ContractType>& before, const std::vector<ContractType>& after) {
  return Words(DiffContracts({.types = before}, {.types = after}));
}

TEST(ContractDiffTest, AContractDoesNotDifferFromItself) {
  for (const Contract* contract : ContractSet::BuiltIn().all()) {
    EXPECT_TRUE(DiffContracts(*contract, *contract).empty()) << contract->Name();
  }
}

TEST(ContractDiffTest, FieldsAreAddedRemovedAndMoved) {
  EXPECT_EQ(DiffFields({{"a"}, {"b"}, {"c"}}, {{"a"}, {"new"}, {"c"}, {"d"}}),
            (Lines{"field-removed T(1) b 1>", "field-added T(1) new >1", "field-added T(1) d >3"}));
  EXPECT_EQ(DiffFields({{"a"}, {"b"}}, {{"new"}, {"a"}, {"b"}}),
            (Lines{"field-added T(1) new >0", "field-moved T(1) a 0>1", "field-moved T(1) b 1>2"}));
}

TEST(ContractDiffTest, FieldsAreRetyped) {
  EXPECT_EQ(DiffFields({{"a", ValueType::kUint32}}, {{"a", ValueType::kHex32}}),
            Lines{"field-retyped T(1) a uint32>hex32"});
}

TEST(ContractDiffTest, FieldsAreRenamedBySpellingOrByWord) {
  EXPECT_EQ(DiffFields({{"SourceProcessGuid"}}, {{"SourceProcessGUID"}}),
            Lines{"field-renamed T(1) SourceProcessGUID SourceProcessGuid>SourceProcessGUID"});
  EXPECT_EQ(DiffFields({{"old"}}, {{"new", ValueType::kUnknown, "old"}}),
            Lines{"field-renamed T(1) new old>new"});
  // A field of the same name is never taken for a renamed one.
  EXPECT_EQ(DiffFields({{"A"}, {"a"}}, {{"a"}}),
            (Lines{"field-removed T(1) A 0>", "field-moved T(1) a 1>0"}));
}

TEST(ContractDiffTest, TypesAreAddedRemovedRenamedAndRenumbered) {
  EXPECT_EQ(DiffTypes({{.name = "A", .id = 1}}, {{.name = "B", .id = 2}}),
            (Lines{"type-removed A(1) A >", "type-added B(2) B >"}));
  EXPECT_EQ(DiffTypes({{.name = "A", .id = 1}}, {{.name = "B", .id = 1}}),
            Lines{"type-renamed B(1) B A>B"});
  EXPECT_EQ(DiffTypes({{.name = "A", .id = 1}}, {{.name = "A", .id = 2}}),
            Lines{"type-renumbered A(2) A 1>2"});
  // Types without a name are never the same by name.
  EXPECT_EQ(DiffTypes({{.id = 1}}, {{.id = 2}}),
            (Lines{"type-removed (1)  >", "type-added (2)  >"}));
}

TEST(ContractDiffTest, TypesOfOneNameAreMatchedById) {
  const std::vector<ContractType> before = {{.name = "R", .id = 12}, {.name = "R", .id = 13}};
  const std::vector<ContractType> after = {
      {.name = "R", .id = 12}, {.name = "R", .id = 13}, {.name = "R", .id = 14}};
  EXPECT_EQ(DiffTypes(before, after), Lines{"type-added R(14) R >"});
}

TEST(ContractDiffTest, PropertiesOfTypes) {
  EXPECT_EQ(DiffTypes({{.name = "A", .id = 1, .default_include = true}},
                      {{.name = "A", .id = 1, .platform = Platform::kLinux}}),
            (Lines{"type-property A(1) platform any>linux",
                   "type-property A(1) default include>exclude"}));
}

TEST(ContractDiffTest, NobodyKnowsTheFieldsOfAnUndescribedType) {
  const std::vector<ContractField> fields = {{"a"}};
  EXPECT_EQ(DiffTypes({{.name = "A", .id = 1, .undescribed = true}},
                      {{.name = "A", .id = 1, .fields = fields}}),
            Lines{"type-property A(1) undescribed yes>no"});
}

TEST(ContractDiffTest, PropertiesOperatorsAndOptions) {
  const std::vector<std::string_view> old_operators = {"is", "image"};
  const std::vector<std::string_view> new_operators = {"is", "glob"};
  const std::vector<std::string_view> options = {"Speed"};
  const Contract before = {.binary_major = 9, .operators = old_operators};
  const Contract after = {.binary_major = 18,
                          .binary_minor = 1,
                          .min_schema_rank = 400,
                          .operators = new_operators,
                          .options = options,
                          .limits = {.max_criteria = 7}};
  EXPECT_EQ(Words(DiffContracts(before, after)),
            (Lines{"property binary version 9.0>18.1", "property lowest schema rank not known>400",
                   "property limit max_criteria not known>7", "operator-removed image >",
                   "operator-added glob >", "option-added Speed >"}));
}

TEST(ContractDiffTest, SysmonInsertedAFieldInTheMiddle) {
  const ContractSet& contracts = ContractSet::BuiltIn();
  const auto changes = DiffContracts(*contracts.Find("sysmon@4.2"), *contracts.Find("sysmon@4.21"));
  const Lines words = Words(changes);
  const auto has = [&](const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  EXPECT_TRUE(has("field-added ProcessCreate(1) OriginalFileName >9"));
  EXPECT_TRUE(has("field-moved ProcessCreate(1) CommandLine 9>10"));
  EXPECT_TRUE(has("type-added DnsQuery(22) DnsQuery >"));
  EXPECT_TRUE(has("property binary version 8.0>9.10"));
  EXPECT_FALSE(has("field-moved ProcessCreate(1) Image 4>4"));
}

TEST(ContractDiffTest, AnEventThatGotItsRealNumberIsRenumbered) {
  const ContractSet& contracts = ContractSet::BuiltIn();
  const Lines words =
      Words(DiffContracts(*contracts.Find("sysmon@4.23"), *contracts.Find("sysmon@4.30")));
  EXPECT_NE(
      std::find(words.begin(), words.end(), "type-renumbered FileDelete(23) FileDelete 61441>23"),
      words.end());
}

}  // namespace
}  // namespace sluice
