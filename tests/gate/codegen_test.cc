// What generated headers say: names, counts, fingerprints, whatever a contract is named.

#include "gate/codegen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "parser/channel/channel_crc32c.h"
#include "tests/gate/codegen_testing.h"

namespace sluice {
namespace {

constexpr CodegenLanguage kLanguages[] = {CodegenLanguage::kC, CodegenLanguage::kCpp};

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The suffix of a field that is told from others by its name.
std::string Suffix(const std::string& name) {
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08X",
                channel::Crc32c(reinterpret_cast<const uint8_t*>(name.data()), name.size()));
  return digits;
}

TEST(Codegen, FieldsHaveTheirPositions) {
  const auto acme = Acme();
  const std::string c = Header(acme->contract(), CodegenLanguage::kC);
  EXPECT_TRUE(Has(c, "acme_NamedPipe_event = 0,"));
  EXPECT_TRUE(Has(c, "acme_NamedPipe_detail = 20 "));
  EXPECT_TRUE(Has(c, "#define sluice_count_acme_NamedPipe 21\n"));
  const std::string cpp = Header(acme->contract(), CodegenLanguage::kCpp);
  EXPECT_TRUE(Has(cpp, "kEvent = 0,"));
  EXPECT_TRUE(Has(cpp, "kParentCommandLine = 18,"));
  EXPECT_TRUE(Has(cpp, "std::size_t count = 21;"));
}

TEST(Codegen, OneContractGivesTheSameBytesEveryTime) {
  for (const CodegenLanguage language : kLanguages) {
    const auto once = Acme();
    const auto again = Acme();
    EXPECT_EQ(Header(once->contract(), language), Header(again->contract(), language));
  }
}

TEST(Codegen, TypesWhoseFieldsAreNotKnownHaveNoCount) {
  const auto acme = Acme();
  for (const CodegenLanguage language : kLanguages) {
    const std::string header = Header(acme->contract(), language);
    EXPECT_TRUE(Has(header, "Template type Later, id 6: fields not known"));
    EXPECT_FALSE(Has(header, "acme_Later"));
    EXPECT_FALSE(Has(header, "struct Later"));
  }
}

TEST(Codegen, TypesOfOneNameAreToldApartByTheirIds) {
  const Contract* sysmon = ContractSet::BuiltIn().Find("sysmon@4.90");
  ASSERT_NE(sysmon, nullptr);
  const std::string c = Header(*sysmon, CodegenLanguage::kC);
  const std::string cpp = Header(*sysmon, CodegenLanguage::kCpp);
  for (const char* id : {"12", "13", "14"}) {
    EXPECT_TRUE(Has(c, absl::StrCat("#define sluice_count_sysmon_RegistryEvent_", id, " ")));
    EXPECT_TRUE(Has(cpp, absl::StrCat("struct RegistryEvent_", id, " {")));
  }
  EXPECT_TRUE(Has(c, "#define sluice_count_sysmon_type_255 "));  // it has no name
  EXPECT_TRUE(Has(cpp, "struct Type255 {"));
}

TEST(Codegen, WhatANameIsCalledDoesNotDependOnTheOrder) {
  std::vector<std::string> names = {"a-b", "a_b", "a.b", "A B", "plain"};
  std::ranges::sort(names);
  do {
    const std::vector<std::pair<std::string, std::vector<std::string>>> types = {{"T", names}};
    const NamedContract hostile(types);
    const std::string c = Header(hostile.contract(), CodegenLanguage::kC);
    const std::string cpp = Header(hostile.contract(), CodegenLanguage::kCpp);
    for (size_t i = 0; i < names.size(); ++i) {
      const std::string& name = names[i];
      const std::string suffix = absl::StrCat("_", Suffix(name));
      const std::string word = name == "plain" || name == "a_b" ? name
                               : name == "A B"                  ? "A_B"
                                                                : absl::StrCat("a_b", suffix);
      EXPECT_TRUE(Has(c, absl::StrCat("hostile_T_", word, " = ", i))) << name;
      const std::string camel = name == "plain" ? "kPlain" : absl::StrCat("kAB", suffix);
      EXPECT_TRUE(Has(cpp, absl::StrCat("    ", camel, " = ", i, ",\n"))) << name;
    }
  } while (std::ranges::next_permutation(names).found);
}

TEST(Codegen, NamesThatJoinToTheSameAreToldApart) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> types = {{"A", {"B_C"}},
                                                                               {"A_B", {"C"}}};
  const NamedContract hostile(types);
  const std::string c = Header(hostile.contract(), CodegenLanguage::kC);
  EXPECT_TRUE(Has(c, absl::StrCat("hostile_A_B_C_", Suffix("B_C"), " = 0")));
  EXPECT_TRUE(Has(c, absl::StrCat("hostile_A_B_C_", Suffix("C"), " = 0")));
}

TEST(Codegen, ANameThatLooksLikeASuffixedOneKeepsItself) {
  const std::string taken = absl::StrCat("a_b_", Suffix("a-b"));
  const std::vector<std::pair<std::string, std::vector<std::string>>> types = {
      {"T", {"a-b", "a_b", taken}}};
  const NamedContract hostile(types);
  const std::string c = Header(hostile.contract(), CodegenLanguage::kC);
  EXPECT_TRUE(Has(c, absl::StrCat("hostile_T_", taken, " = 2")));
  EXPECT_TRUE(Has(c, absl::StrCat("hostile_T_", taken, "_2 = 0")));
}

// A contract that is read has no two; but two names can have the same CRC.
TEST(Codegen, NamesThatNothingTellsApartAreNumbered) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> types = {
      {"T", {"a-b", "a-b", "a-b"}}};
  const NamedContract hostile(types);
  const std::string c = Header(hostile.contract(), CodegenLanguage::kC);
  EXPECT_TRUE(Has(c, absl::StrCat("hostile_T_a_b_", Suffix("a-b"), " = 0")));
  EXPECT_TRUE(Has(c, absl::StrCat("hostile_T_a_b_", Suffix("a-b"), "_3 = 2")));
}

TEST(Codegen, OnlyPlainAsciiIsWritten) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::vector<std::pair<std::string, std::vector<std::string>>> types = {
      {all, {all, "\?\?/", "*/", "\\"}}};
  const NamedContract hostile(types);
  for (const CodegenLanguage language : kLanguages) {
    const std::string header = Header(hostile.contract(), language);
    EXPECT_FALSE(Has(header, "\?\?"));  // a trigraph
    const auto plain = [](char c) {
      return c == '\n' || absl::ascii_isprint(static_cast<unsigned char>(c));
    };
    EXPECT_TRUE(std::ranges::all_of(header, plain));
  }
}

TEST(Codegen, AZeroByteInANameIsRefused) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> types = {
      {"T", {"a", std::string("b\0c", 3)}}};
  const NamedContract hostile(types);
  const absl::Status status = GenerateHeader(hostile.contract(), CodegenLanguage::kC).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(Has(std::string(status.message()), "id 1")) << status;
}

TEST(Codegen, TheLongestNameIsTakenAndALongerOneRefused) {
  for (const size_t over : {0, 1}) {
    const std::vector<std::pair<std::string, std::vector<std::string>>> types = {
        {"T", {std::string(kMaxCodegenNameBytes + over, 'n')}}};
    const NamedContract hostile(types);
    const auto header = GenerateHeader(hostile.contract(), CodegenLanguage::kCpp);
    EXPECT_EQ(header.status().code(),
              over == 0 ? absl::StatusCode::kOk : absl::StatusCode::kInvalidArgument);
  }
}

TEST(Codegen, TheMostFieldsAreTakenAndMoreRefused) {
  const std::vector<ContractField> fields(999, ContractField{.name = "a"});
  std::vector<ContractType> types(kMaxCodegenFields / 1000, ContractType{.fields = fields});
  Contract contract;
  contract.sensor = "acme";
  contract.types = types;
  EXPECT_TRUE(GenerateHeader(contract, CodegenLanguage::kCpp).ok());
  types.emplace_back();
  contract.types = types;
  EXPECT_EQ(GenerateHeader(contract, CodegenLanguage::kCpp).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace sluice
