#include "parser/config/contract_reader.h"

#include <sys/stat.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

constexpr std::string_view kAcme = R"(# proto-message: sluice.v1.Contract
sensor: "acme"
version: "7.1"
rank: 71
alias: "2024.1"
dialect: "channel"
platform: "windows"
format_version: [2, 3]
template_type {
  name: "Ipc"
  id: 4
  default_include: true
  field { name: "pipe" type: "string" }
  field { name: "pid" type: "uint32" formerly: "process" }
}
template_type { name: "Later" id: 5 platform: "linux" undescribed: true }
operator: ["equals", "channel.frobnicates"]
option: "Speed"
limits { max_bytes: 1000 max_criteria: 20 }
source: "the vendor"
)";

// The same contract with the first `from` replaced by `to`.
std::string With(std::string_view from, std::string_view to) {
  std::string text(kAcme);
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// The error of reading `text`; "" when it reads.
std::string ErrorOf(std::string_view text) {
  const auto contract = ReadContract(text, "c.textproto");
  if (contract.ok()) return "";
  EXPECT_EQ(contract.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(contract.status().message());
}

void ExpectErrorAt(std::string_view text, std::string_view place, std::string_view word) {
  const std::string error = ErrorOf(text);
  EXPECT_TRUE(error.starts_with(absl::StrCat("c.textproto:", Abseil(place), ": "))) << error;
  EXPECT_NE(error.find(word), std::string::npos) << error;
}

TEST(ContractReaderTest, ReadsEveryField) {
  const auto owned = ReadContract(kAcme, "c.textproto");
  ASSERT_TRUE(owned.ok()) << owned.status();
  const Contract& contract = (*owned)->contract();
  EXPECT_EQ(contract.Name(), "acme@7.1");
  EXPECT_EQ(contract.rank, 71u);
  ASSERT_EQ(contract.aliases.size(), 1u);
  EXPECT_EQ(contract.aliases[0], "2024.1");
  EXPECT_EQ(contract.dialect, Dialect::kChannel);
  EXPECT_EQ(contract.platform, Platform::kWindows);
  EXPECT_EQ(std::vector(contract.format_versions.begin(), contract.format_versions.end()),
            (std::vector<uint32_t>{2, 3}));
  ASSERT_EQ(contract.types.size(), 2u);
  EXPECT_EQ(contract.types[0].name, "Ipc");
  EXPECT_EQ(contract.types[0].id, 4u);
  EXPECT_TRUE(contract.types[0].default_include);
  ASSERT_EQ(contract.types[0].fields.size(), 2u);
  EXPECT_EQ(contract.types[0].fields[0].type, ValueType::kString);
  EXPECT_EQ(contract.types[0].fields[1].formerly, "process");
  EXPECT_EQ(contract.types[1].platform, Platform::kLinux);
  EXPECT_TRUE(contract.types[1].undescribed);
  EXPECT_EQ(contract.options[0], "Speed");
  EXPECT_EQ(contract.limits.max_bytes, 1000u);
  EXPECT_EQ(contract.limits.max_criteria, 20u);
  EXPECT_EQ(contract.source, "the vendor");
}

TEST(ContractReaderTest, KnowsOperatorsByMaskAndUnknownOnesByText) {
  const auto owned = ReadContract(kAcme, "c.textproto");
  ASSERT_TRUE(owned.ok());
  const Contract& contract = (*owned)->contract();
  EXPECT_TRUE(contract.Knows(Operator::kEquals));
  EXPECT_FALSE(contract.Knows(Operator::kContains));
  EXPECT_TRUE(contract.KnowsOperatorText("frobnicates"));
}

TEST(ContractReaderTest, TheContractOutlivesTheText) {
  std::unique_ptr<OwnedContract> owned;
  {
    std::string text(kAcme);
    owned = *ReadContract(text, "c.textproto");
    text.assign(text.size(), 'x');
  }
  EXPECT_EQ(owned->contract().types[0].fields[0].name, "pipe");
}

TEST(ContractReaderTest, SaysWhereAnErrorIs) {
  ExpectErrorAt(With("rank: 71", "rank: x"), "4:7", "x");
  ExpectErrorAt(With("rank: 71", "ranke: 71"), "4:6", "ranke");
  ExpectErrorAt(With("\"acme\"", "\"\""), "2:1", "sensor");
  ExpectErrorAt(With("\"acme\"", "\"ac/me\""), "2:1", "sensor");
  ExpectErrorAt(With("\"7.1\"", "\"7@1\""), "3:1", "version");
  ExpectErrorAt(With("rank: 71", "rank: 0"), "4:1", "rank");
  ExpectErrorAt(With("\"channel\"", "\"klingon\""), "6:1", "klingon");
  ExpectErrorAt(With("\"windows\"", "\"amiga\""), "7:1", "amiga");
  ExpectErrorAt(With("\"linux\"", "\"amiga\""), "16:37", "amiga");
  ExpectErrorAt(With("id: 5", "id: 4"), "16:1", "id 4");
  ExpectErrorAt(With("\"pid\"", "\"pipe\""), "14:3", "pipe");
  ExpectErrorAt(With("\"pid\"", "\"\""), "14:3", "name");
  ExpectErrorAt(With("type: \"uint32\"", "type: \"float\""), "14:3", "float");
  ExpectErrorAt(With("undescribed: true", "undescribed: true field { name: \"a\" }"), "16:73",
                "undescribed");
  ExpectErrorAt(With("\"channel.frobnicates\"", "\"\""), "17:22", "operator");
  ExpectErrorAt(With("\"channel.frobnicates\"", "\"equal\""), "17:22", "\"equal\"");
  ExpectErrorAt(With("\"channel.frobnicates\"", "\"sysmon.like\""), "17:22", "sysmon.like");
  ExpectErrorAt(With("\"channel.frobnicates\"", "\"channel.\""), "17:22", "channel.");
}

TEST(ContractReaderTest, MissingFieldsAreNamed) {
  ExpectErrorAt(With("sensor: \"acme\"", ""), "1:1", "sensor");
  ExpectErrorAt(With("dialect: \"channel\"", ""), "1:1", "dialect");
}

TEST(ContractReaderTest, FieldNamesDifferByCase) {
  EXPECT_EQ(ErrorOf(With("\"pid\"", "\"PIPE\"")), "");
}

TEST(ContractReaderTest, AnotherMessageIsRefusedByName) {
  ExpectErrorAt(With("sluice.v1.Contract", "sluice.v1.Fleet"), "1:1", "sluice.v1.Fleet");
}

TEST(ContractReaderTest, TooManyTypesAndFieldsAreRefused) {
  std::string types = "sensor: \"a\" version: \"1\" rank: 1 dialect: \"channel\"\n";
  for (int i = 0; i <= kMaxContractTypes; ++i) {
    absl::StrAppend(&types, "template_type { id: ", i, " }\n");
  }
  ExpectErrorAt(types, absl::StrCat(kMaxContractTypes + 2, ":1"), "types");

  std::string fields =
      "sensor: \"a\" version: \"1\" rank: 1 dialect: \"channel\" template_type {\n";
  for (int i = 0; i <= kMaxContractFields; ++i)
    absl::StrAppend(&fields, "field { name: \"f", i, "\" }\n");
  fields += "}";
  ExpectErrorAt(fields, absl::StrCat(kMaxContractFields + 2, ":1"), "fields");
}

TEST(ContractReaderTest, EveryTruncationIsReadOrRefused) {
  for (size_t size = 0; size < kAcme.size(); ++size) {
    const auto contract = ReadContract(kAcme.substr(0, size), "c.textproto");
    if (!contract.ok()) {
      EXPECT_EQ(contract.status().code(), absl::StatusCode::kInvalidArgument) << size;
    } else {
      EXPECT_EQ((*contract)->contract().Name(), "acme@7.1") << size;
    }
  }
}

TEST(ContractReaderTest, DeepNestingIsRefused) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "template_type {";
  EXPECT_NE(ErrorOf(text), "");
}

TEST(LoadContractsTest, AddsContractsAndSkipsOtherTextprotos) {
  const ScratchFolder folder;
  folder.Write("acme.textproto", kAcme);
  folder.Write("fleet.textproto", "sensor { name: \"acme\" version: \"7.1\" }");
  folder.Write("notes.txt", "nothing");
  folder.Write("below/deeper.textproto", With("7.1", "7.2"));
  ContractSet set;
  const auto owned = LoadContracts(folder.path().string(), &set);
  ASSERT_TRUE(owned.ok()) << owned.status();
  ASSERT_EQ(set.all().size(), 1u);
  EXPECT_EQ(set.Find("acme@2024.1"), &(*owned)[0]->contract());
}

TEST(LoadContractsTest, ReplacesTheSameVersion) {
  const auto old = ReadContract(kAcme, "c.textproto");
  ASSERT_TRUE(old.ok());
  ContractSet set;
  set.Add(&(*old)->contract());
  const ScratchFolder folder;
  folder.Write("acme.textproto", With("rank: 71", "rank: 99"));
  const auto owned = LoadContracts(folder.path().string(), &set);
  ASSERT_TRUE(owned.ok()) << owned.status();
  ASSERT_EQ(set.all().size(), 1u);
  EXPECT_EQ(set.Find("acme@7.1")->rank, 99u);
}

TEST(LoadContractsTest, AFolderWithoutContractsIsAnError) {
  const ScratchFolder folder;
  ContractSet set;
  EXPECT_FALSE(LoadContracts(folder.path().string(), &set).ok());
  folder.Write("fleet.textproto", "sensor {}");
  EXPECT_FALSE(LoadContracts(folder.path().string(), &set).ok());
  EXPECT_FALSE(LoadContracts((folder.path() / "absent").string(), &set).ok());
}

TEST(LoadContractsTest, TheSameVersionTwiceIsAnErrorThatNamesBoth) {
  const ScratchFolder folder;
  folder.Write("a.textproto", kAcme);
  folder.Write("b.textproto", kAcme);
  ContractSet set;
  const auto owned = LoadContracts(folder.path().string(), &set);
  ASSERT_FALSE(owned.ok());
  EXPECT_NE(owned.status().message().find("a.textproto"), absl::string_view::npos);
  EXPECT_NE(owned.status().message().find("b.textproto"), absl::string_view::npos);
  EXPECT_TRUE(set.all().empty());
}

TEST(LoadContractsTest, ABrokenContractIsAnErrorAndChangesNothing) {
  const ScratchFolder folder;
  folder.Write("a.textproto", kAcme);
  const std::string broken = folder.Write("b.textproto", With("rank: 71", "rank: no"));
  ContractSet set;
  const auto owned = LoadContracts(folder.path().string(), &set);
  ASSERT_FALSE(owned.ok());
  EXPECT_TRUE(owned.status().message().find(broken + ":4:") == 0) << owned.status();
  EXPECT_TRUE(set.all().empty());
}

TEST(LoadContractsTest, ANamedPipeDoesNotHoldTheRun) {
  const ScratchFolder folder;
  folder.Write("a.textproto", kAcme);
  ASSERT_EQ(mkfifo((folder.path() / "pipe.textproto").c_str(), 0600), 0);
  ContractSet set;
  EXPECT_TRUE(LoadContracts(folder.path().string(), &set).ok());
}

}  // namespace
}  // namespace sluice
