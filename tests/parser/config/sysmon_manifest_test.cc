#include "parser/config/sysmon_manifest.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "parser/config/contract_reader.h"
#include "parser/config/contract_writer.h"
#include "schema/limits.h"
#include "schema/utf.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

constexpr std::string_view kDump = R"(<manifest schemaversion="4.2" binaryversion="9.20">
  <configuration>
    <options>
      <option switch="i" name="Install" argument="optional" target="all" noconfig="true" />
      <option switch="h" name="HashAlgorithms" argument="required" target="all" />
      <option switch="x" name="Internals" argument="required" target="internal" />
    </options>
    <filters default="is">is,is not, contains any</filters>
  </configuration>
  <events>
    <event name="ERROR" value="255" target="all">
      <data name="UtcTime" inType="win:UnicodeString" />
    </event>
    <event name="CREATE" value="1" rulename="ProcessCreate" ruledefault="include" target="all">
      <data name="Text" inType="win:UnicodeString" outType="xs:string" />
      <data name="Guid" inType="win:GUID" />
      <data name="U16" inType="win:UInt16" />
      <data name="U32" inType="win:UInt32" />
      <data name="U64" inType="win:UInt64" />
      <data name="Bool" inType="win:Boolean" />
      <data name="H32" inType="win:HexInt32" />
      <data name="H64" inType="win:HexInt64" />
    </event>
    <event name="BPF" value="0xf001" rulename="BpfEvent" ruledefault="exclude" target="linux">
    </event>
  </events>
</manifest>
)";

absl::StatusOr<ManifestImport> Read(std::string_view text,
                                    const v1::ContractSupplement* supplement = nullptr) {
  return ReadSysmonManifest(std::make_shared<const std::string>(text), "dump.xml", "sysmon",
                            supplement);
}

std::string With(std::string_view from, std::string_view to) {
  std::string text(kDump);
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

v1::Contract ReadOne(std::string_view text) {
  const auto import = Read(text);
  EXPECT_TRUE(import.ok()) << import.status();
  if (!import.ok()) return {};
  EXPECT_EQ(import->contracts.size(), 1u);
  return import->contracts[0].contract;
}

void ExpectErrorAt(std::string_view text, const std::string& place) {
  const auto import = Read(text);
  ASSERT_FALSE(import.ok()) << place;
  EXPECT_EQ(import.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(import.status().message().find("dump.xml:" + place + ": "), 0u) << import.status();
}

TEST(SysmonManifestTest, ReadsADump) {
  const v1::Contract contract = ReadOne(kDump);
  EXPECT_EQ(contract.sensor(), "sysmon");
  EXPECT_EQ(contract.version(), "4.2");
  EXPECT_EQ(contract.rank(), 420u);
  EXPECT_EQ(contract.dialect(), "sysmon");
  EXPECT_EQ(contract.binary_major(), 9u);
  EXPECT_EQ(contract.binary_minor(), 20u);
  EXPECT_EQ(contract.min_schema_rank(), 0u);
  ASSERT_EQ(contract.option_size(), 1);
  EXPECT_EQ(contract.option(0), "HashAlgorithms");
  ASSERT_EQ(contract.operator__size(), 3);
  EXPECT_EQ(contract.operator_(1), "sysmon.is_not");
  EXPECT_EQ(contract.operator_(2), "sysmon.contains_any");
}

TEST(SysmonManifestTest, ReadsEventsInOrder) {
  const v1::Contract contract = ReadOne(kDump);
  ASSERT_EQ(contract.template_type_size(), 3);
  EXPECT_EQ(contract.template_type(0).name(), "");
  EXPECT_EQ(contract.template_type(0).id(), 255u);
  EXPECT_FALSE(contract.template_type(0).default_include());
  EXPECT_TRUE(contract.template_type(1).default_include());
  EXPECT_EQ(contract.template_type(1).platform(), "");
  EXPECT_EQ(contract.template_type(2).id(), 0xF001u);
  EXPECT_EQ(contract.template_type(2).platform(), "linux");
  EXPECT_FALSE(contract.template_type(2).default_include());
  std::string fields;
  for (const auto& field : contract.template_type(1).field()) {
    absl::StrAppend(&fields, field.name(), "=", field.type(), " ");
  }
  EXPECT_EQ(fields,
            "Text=string Guid=guid U16=uint16 U32=uint32 U64=uint64 Bool=boolean H32=hex32 "
            "H64=hex64 ");
}

TEST(SysmonManifestTest, RanksVersionsAsDecimalNumbers) {
  const std::map<std::string, uint32_t> kRanks = {{"2.0", 200}, {"3.10", 310},  {"3.2", 320},
                                                  {"4.2", 420}, {"4.21", 421},  {"4.90", 490},
                                                  {"4", 400},   {"10.05", 1005}};
  for (const auto& [version, rank] : kRanks) {
    EXPECT_EQ(ReadOne(With("\"4.2\"", "\"" + version + "\"")).rank(), rank) << version;
  }
  for (const char* version : {"", "x", "4.x", "4.123", "-4", "4.2.1", "0", ".5", "99999999.1"}) {
    ExpectErrorAt(With("\"4.2\"", absl::StrCat("\"", version, "\"")), "1:2");
  }
}

TEST(SysmonManifestTest, ReadsBinaryVersionsWithAndWithoutMinor) {
  EXPECT_EQ(ReadOne(With("\"9.20\"", "\"18\"")).binary_major(), 18u);
  EXPECT_EQ(ReadOne(With("\"9.20\"", "\"18\"")).binary_minor(), 0u);
  EXPECT_EQ(ReadOne(With("\"9.20\"", "\"1.01\"")).binary_minor(), 1u);
  ExpectErrorAt(With("\"9.20\"", "\"nine\""), "1:2");
}

TEST(SysmonManifestTest, ABannerAndEveryEncodingChangeNothing) {
  const std::string plain = ReadOne(kDump).SerializeAsString();
  const std::string banner = absl::StrCat(
      "\r\n\r\nSystem Monitor v15.15 - System activity monitor\r\nCopyright (C) 2014-2024\r\n\r\n",
      std::string(kDump), "\r\n");
  EXPECT_EQ(ReadOne(banner).SerializeAsString(), plain);
  EXPECT_EQ(ReadOne("\xEF\xBB\xBF" + banner).SerializeAsString(), plain);
  const std::string wide = *Wtf8ToUtf16Le(banner);
  EXPECT_EQ(ReadOne(wide).SerializeAsString(), plain);
  EXPECT_EQ(ReadOne("\xFF\xFE" + wide).SerializeAsString(), plain);
  const std::string wide_banner = *Wtf8ToUtf16Le("System Monitor\r\n" + std::string(kDump));
  EXPECT_EQ(ReadOne(wide_banner).SerializeAsString(), plain);
}

TEST(SysmonManifestTest, ReadsAFileOfManifests) {
  const std::string two = absl::StrCat("<manifests><!-- all -->", With("4.2", "4.3"),
                                       std::string(kDump), "</manifests>");
  const auto import = Read(two);
  ASSERT_TRUE(import.ok()) << import.status();
  ASSERT_EQ(import->contracts.size(), 2u);
  EXPECT_EQ(import->contracts[0].contract.version(), "4.3");
  EXPECT_EQ(import->contracts[1].contract.version(), "4.2");
  EXPECT_TRUE(import->warnings.empty());
}

TEST(SysmonManifestTest, WhatItDoesNotKnowIsSaid) {
  const auto warns = [](std::string_view text, std::string_view place) {
    const auto import = Read(text);
    ASSERT_TRUE(import.ok()) << import.status();
    ASSERT_EQ(import->warnings.size(), 1u) << place;
    EXPECT_TRUE(import->warnings[0].starts_with(absl::StrCat("dump.xml:", std::string(place))))
        << import->warnings[0];
  };
  warns(With("win:GUID", "win:Quaternion"), "16:8: ");
  warns(With("is not", "sounds like"), "8:6: ");
  warns(With("target=\"linux\"", "target=\"amiga\""), "24:6: ");
  warns(With("<events>", "<events><surprise/>"), "10:12: ");
  EXPECT_EQ(ReadOne(With("win:GUID", "win:Quaternion")).template_type(1).field(1).type(),
            "unknown");
  EXPECT_EQ(ReadOne(With("is not", "sounds like")).operator_(1), "sysmon.sounds_like");
}

TEST(SysmonManifestTest, ManyWarningsAreCut) {
  std::string surprises;
  for (int i = 0; i < 1000; ++i) surprises += "<surprise a=\"1234567890\"/>";
  const auto import = Read(With("<events>", "<events>" + surprises));
  ASSERT_TRUE(import.ok()) << import.status();
  EXPECT_LT(import->warnings.size(), 100u);
}

TEST(SysmonManifestTest, RefusesWrongRoots) {
  ExpectErrorAt("", "1:1");
  ExpectErrorAt("System Monitor v15", "1:1");
  ExpectErrorAt("<Sysmon schemaversion=\"4.50\"/>", "1:2");
  ExpectErrorAt("<manifests></manifests>", "1:1");
  ExpectErrorAt("<manifest/>", "1:2");
}

TEST(SysmonManifestTest, RefusesWhatStandsTwiceOrIsMissing) {
  ExpectErrorAt(With("value=\"255\"", "value=\"1\""), "14:6");
  ExpectErrorAt(With("value=\"255\"", "value=\"61441\""), "24:6");
  ExpectErrorAt(With("\"U16\"", "\"Guid\""), "17:8");
  ExpectErrorAt(With("\"U16\"", "\"\""), "17:8");
  ExpectErrorAt(With("value=\"1\"", "value=\"one\""), "14:6");
  ExpectErrorAt(With("value=\"1\"", "value=\"4294967296\""), "14:6");
  ExpectErrorAt(With("value=\"1\"", "value=\"0x\""), "14:6");
  ExpectErrorAt(With("is,is not, contains any", " , "), "8:6");
  ExpectErrorAt(With("<filters default=\"is\">is,is not, contains any</filters>", ""), "2:4");
  ExpectErrorAt(With("<events>", "<events/><events>"), "10:13");
  ExpectErrorAt(absl::StrCat("<manifests>", std::string(kDump), std::string(kDump), "</manifests>"),
                "28:2");
}

TEST(SysmonManifestTest, RefusesReferencesToNoCharacter) {
  ExpectErrorAt(With("is not", "is&#xD800;not"), "8:6");
  ExpectErrorAt(With("HashAlgorithms", "Hash&#xDFFF;"), "5:8");
  ExpectErrorAt(With("\"ProcessCreate\"", "\"&#xDABC;\""), "14:6");
  ExpectErrorAt(With("\"U16\"", "\"&#xD800;\""), "17:8");
}

TEST(SysmonManifestTest, RefusesMoreThanItsLimits) {
  std::string fields;
  for (int i = 0; i <= kMaxContractFields; ++i) {
    absl::StrAppend(&fields, "<data name=\"f", i, "\" inType=\"win:UInt32\"/>");
  }
  EXPECT_FALSE(Read(With("</event>", fields + "</event>")).ok());
  std::string events;
  for (int i = 0; i <= kMaxContractTypes; ++i) {
    absl::StrAppend(&events, "<event name=\"E\" value=\"", 1000 + i, "\"/>");
  }
  EXPECT_FALSE(Read(With("</events>", events + "</events>")).ok());
  EXPECT_FALSE(Read(std::string(kMaxConfigBytes + 1, ' ')).ok());
}

TEST(SysmonManifestTest, EveryTruncationIsRefused) {
  // Only white space stands behind the last tag.
  const size_t whole = kDump.rfind('>') + 1;
  for (size_t size = 0; size < whole; ++size) {
    EXPECT_FALSE(Read(kDump.substr(0, size)).ok()) << size;
  }
}

TEST(SysmonManifestTest, EveryByteMayBeAnything) {
  for (size_t i = 0; i < kDump.size(); ++i) {
    for (const char c : {'\0', '<', '>', '"', '&', '\xFF'}) {
      std::string text(kDump);
      text[i] = c;
      const auto import = Read(text);
      if (!import.ok()) continue;
      // What is accepted is a contract.
      for (const auto& [contract, comment] : import->contracts) {
        const std::string written = WriteContract(contract, comment);
        EXPECT_TRUE(ReadContract(written, "written").ok()) << i << "\n" << written;
      }
    }
  }
}

TEST(SysmonManifestTest, ASupplementAddsWhatTheDumpDoesNotSay) {
  const auto supplement = ReadSupplement(R"(
    sensor: "sysmon" source: "hearsay" notice: "first\nsecond"
    version { version: "4.2" alias: "9.0" undescribed { name: "New" id: 7 platform: "windows" } }
    version { version: "4.3" alias: "9.1" }
    schema_floor { from_rank: 400 min_schema_rank: 400 }
    schema_floor { from_rank: 421 min_schema_rank: 410 }
    limits { max_name_bytes: 255 }
    field_type { name: "Text" type: "ip" }
    field_type { name: "U16" type: "ip" }
    options { from_rank: 400 option: ["HashAlgorithms", "Later"] }
    options { from_rank: 430 option: "TooLate" }
  )",
                                         "s.textproto");
  ASSERT_TRUE(supplement.ok()) << supplement.status();
  const auto import = Read(kDump, &*supplement);
  ASSERT_TRUE(import.ok()) << import.status();
  const v1::Contract& contract = import->contracts[0].contract;
  ASSERT_EQ(contract.alias_size(), 1);
  EXPECT_EQ(contract.alias(0), "9.0");
  EXPECT_EQ(contract.source(), "hearsay");
  EXPECT_EQ(contract.min_schema_rank(), 400u);
  EXPECT_EQ(contract.limits().max_name_bytes(), 255u);
  ASSERT_EQ(contract.template_type_size(), 4);
  EXPECT_EQ(contract.template_type(3).id(), 7u);
  EXPECT_TRUE(contract.template_type(3).undescribed());
  // Only what the dump calls a string is something else.
  EXPECT_EQ(contract.template_type(1).field(0).type(), "ip");
  EXPECT_EQ(contract.template_type(1).field(2).type(), "uint16");
  ASSERT_EQ(contract.option_size(), 2);
  EXPECT_EQ(contract.option(1), "Later");
  const std::string written = WriteContract(contract, import->contracts[0].comment);
  EXPECT_NE(written.find("\n# first\n# second\n"), std::string::npos);
  EXPECT_TRUE(ReadContract(written, "written").ok());
}

TEST(SysmonManifestTest, TheDumpBeatsTheSupplement) {
  const auto supplement = ReadSupplement(
      R"(sensor: "sysmon" version { version: "4.2" undescribed { name: "X" id: 1 } })", "s");
  ASSERT_TRUE(supplement.ok());
  const auto import = Read(kDump, &*supplement);
  ASSERT_TRUE(import.ok()) << import.status();
  EXPECT_EQ(import->contracts[0].contract.template_type_size(), 3);
  EXPECT_EQ(import->warnings.size(), 1u);
}

TEST(SysmonManifestTest, SupplementsAreChecked) {
  const auto other = ReadSupplement("sensor: \"acme\"", "s");
  ASSERT_TRUE(other.ok());
  EXPECT_FALSE(Read(kDump, &*other).ok());
  const auto twice =
      ReadSupplement("version { version: \"1\" }\nversion { version: \"1\" }", "s.textproto");
  EXPECT_EQ(twice.status().message().find("s.textproto:2:1: "), 0u) << twice.status();
  const auto fields =
      ReadSupplement("version { undescribed { id: 1 field { name: \"a\" } } }", "s.textproto");
  EXPECT_EQ(fields.status().message().find("s.textproto:1:1: "), 0u) << fields.status();
  const auto type = ReadSupplement("field_type { name: \"a\" type: \"text\" }", "s.textproto");
  EXPECT_EQ(type.status().message().find("s.textproto:1:1: "), 0u) << type.status();
}

TEST(SysmonManifestTest, SensorsWithAWrongNameAreRefused) {
  for (const char* sensor : {"", "a b", "../a", "a@b", "a/b"}) {
    EXPECT_FALSE(
        ReadSysmonManifest(std::make_shared<const std::string>(kDump), "d", sensor, nullptr).ok())
        << sensor;
  }
}

TEST(ContractWriterTest, NamesAreEscapedAndReadBack) {
  v1::Contract contract = ReadOne(kDump);
  contract.mutable_template_type(1)->mutable_field(0)->set_name("a\"b\\c\n\xC3\xA9");
  const std::string written = WriteContract(contract, "");
  const auto owned = ReadContract(written, "written");
  ASSERT_TRUE(owned.ok()) << owned.status();
  EXPECT_EQ((*owned)->contract().types[1].fields[0].name, "a\"b\\c\n\xC3\xA9");
}

// The built-in contracts are what an import of Sysmon's manifest gives.
TEST(SysmonManifestTest, TheCommittedContractsAreAnImportOfTheManifest) {
  const auto manifests = SharedFiles("sysmon", "manifest.xml");
  SLUICE_NEED_SHARED(manifests);
  const auto supplement =
      ReadSupplement(*Slurp("schema/contracts/sysmon/supplement.textproto"), "supplement");
  ASSERT_TRUE(supplement.ok()) << supplement.status();
  const auto import =
      ReadSysmonManifest(Slurp(manifests[0]), "manifest.xml", "sysmon", &*supplement);
  ASSERT_TRUE(import.ok()) << import.status();
  EXPECT_TRUE(import->warnings.empty()) << import->warnings[0];
  ASSERT_EQ(import->contracts.size(), 21u);
  for (const auto& [contract, comment] : import->contracts) {
    const std::string name = ContractFileName(contract);
    EXPECT_EQ(WriteContract(contract, comment), *Slurp("schema/contracts/sysmon/" + name)) << name;
  }
}

}  // namespace
}  // namespace sluice
