#include "tests/schema/rules/rule_case.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace sluice {
namespace {

std::string Record(const std::string& relation, const std::string& conditions) {
  return Config(absl::StrCat("<RuleGroup groupRelation=\"", relation,
                             "\"><ProcessCreate onmatch=\"include\">\n", conditions,
                             "\n</ProcessCreate></RuleGroup>"));
}

std::string Acme(int version, const std::string& formats, const std::string& type,
                 const std::string& more) {
  return absl::StrCat("# proto-message: sluice.v1.Contract\nsensor: \"acme\" version: \"", version,
                      "\" rank: ", version, " dialect: \"channel\" format_version: [", formats,
                      "]\ntemplate_type { ", type,
                      " }\noperator: [\"wildcard\", \"equals\", \"contains\", \"less\"]\n", more);
}

void AppendU32(uint32_t value, std::string* out) {
  for (int shift = 0; shift < 32; shift += 8) out->push_back(static_cast<char>(value >> shift));
}

}  // namespace

std::string Config(const std::string& records) {
  return absl::StrCat("<Sysmon schemaversion=\"4.50\"><EventFiltering>\n", records,
                      "\n</EventFiltering></Sysmon>\n");
}

std::string Process(const std::string& conditions) { return Record("and", conditions); }

std::string ProcessOr(const std::string& conditions) { return Record("or", conditions); }

std::string Channel(const std::string& instances) {
  return absl::StrCat(
      "# proto-message: sluice.v1.Content\n"
      "metadata { format_version: 1 }\n"
      "template_type { name: \"IPC\" id: 7 field { name: \"Pipe\" type: \"string\" }\n"
      "  field { name: \"Path\" type: \"string\" }\n"
      "  field { name: \"Port\" type: \"uint16\" } }\n",
      instances, "\n");
}

std::string Blob(int major, const std::string& instances) {
  return absl::StrCat(
      "# proto-message: sluice.v1.Content\n"
      "dialect: \"sysmon\"\n"
      "metadata { schema_version: \"4.50\" binary_major: ",
      major, " }\n", instances, "\n");
}

std::string BlobWithHole() {
  constexpr uint32_t kHeader = 24;
  constexpr uint32_t kHole = 32;
  std::string blob;
  for (const uint32_t word : {0x000F0000u, 1u, kHeader, 0x00040032u, kHeader + kHole, 0u}) {
    AppendU32(word, &blob);
  }
  blob.append(kHole, 'x');
  for (const uint32_t word : {1u, 1u, 0u, 0u, 0u, 0u}) AppendU32(word, &blob);
  return blob;
}

std::string SigmaRule(const std::string& detection) {
  return absl::StrCat(
      "title: Shell Started By An Office Program\n"
      "id: ",
      kSigmaId,
      "\n"
      "status: test\n"
      "description: Detects a command shell that an office program starts.\n"
      "references:\n"
      "  - https://example.com/office-shells\n"
      "author: Jo Example\n"
      "date: 2024-05-01\n"
      "modified: 2024-06-01\n"
      "tags:\n"
      "  - attack.execution\n"
      "  - attack.t1059.003\n"
      "logsource:\n"
      "  category: process_creation\n"
      "  product: windows\n"
      "detection:\n",
      detection,
      "falsepositives:\n"
      "  - Administrators who test macros\n"
      "level: high\n");
}

std::string SigmaWith(const std::string& from, const std::string& to) {
  std::string rule = SigmaRule(
      "  selection:\n"
      "    ParentImage|endswith: '\\winword.exe'\n"
      "    Image|endswith: '\\cmd.exe'\n"
      "  condition: selection\n");
  const size_t at = rule.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) rule.replace(at, from.size(), to);
  return rule;
}

const std::vector<std::string>& AcmeContracts() {
  static const auto& contracts = *new std::vector<std::string>{
      Acme(1, "1",
           "name: \"IPC\" id: 7 field { name: \"Pipe\" type: \"string\" } "
           "field { name: \"Path\" type: \"string\" }",
           "limits { max_bytes: 2000 max_instances: 3 max_criteria_per_instance: 2 max_criteria: 4 "
           "max_instances_per_type: 3 }"),
      Acme(2, "1, 2",
           "name: \"IPC\" id: 7 field { name: \"Pipe\" type: \"string\" } "
           "field { name: \"Path\" type: \"string\" } field { name: \"Port\" type: \"uint16\" }",
           "operator: \"regex\""),
      Acme(3, "1, 2",
           "name: \"IPC\" id: 7 field { name: \"Pipe\" type: \"string\" } "
           "field { name: \"Port\" type: \"uint16\" } field { name: \"Path\" type: \"string\" }",
           "operator: \"regex\""),
      Acme(4, "1, 2",
           "name: \"IPC\" id: 7 field { name: \"Pipe\" type: \"string\" } "
           "field { name: \"Path\" type: \"string\" } field { name: \"Port\" type: \"string\" }",
           "operator: \"regex\""),
      Acme(5, "1, 2",
           "name: \"IPC\" id: 7 field { name: \"PIPE\" type: \"string\" } "
           "field { name: \"Path\" type: \"string\" } field { name: \"Port\" type: \"uint16\" }",
           "operator: \"regex\""),
      Acme(6, "2", "name: \"LSA\" id: 9 field { name: \"Name\" type: \"string\" }",
           "operator: \"regex\""),
      Acme(7, "1, 2",
           "name: \"IPC\" id: 7 field { name: \"Pipe\" } field { name: \"Path\" } "
           "field { name: \"Port\" } field { name: \"More\" }",
           ""),
      "# proto-message: sluice.v1.Contract\n"
      "sensor: \"parked\" version: \"1\" rank: 499 dialect: \"sysmon\" operator: \"sysmon.is\"\n"
      "template_type { name: \"Parked\" id: 4097 field { name: \"Image\" } }\n"
      "template_type { name: \"Read\" id: 40 field { name: \"Image\" } }\n"
      "template_type { name: \"Pair\" id: 41 field { name: \"A\" } }\n"
      "template_type { name: \"Pair\" id: 42 field { name: \"B\" } }\n"
      "limits { max_name_bytes: 20 }\n",
      "# proto-message: sluice.v1.Contract\n"
      "sensor: \"parked\" version: \"2\" rank: 500 dialect: \"sysmon\" operator: \"sysmon.is\"\n"
      "template_type { name: \"Pair\" id: 41 field { name: \"A\" } }\n"
      "template_type { name: \"Pair\" id: 42 field { name: \"A\" } field { name: \"B\" } }\n",
      "# proto-message: sluice.v1.Contract\n"
      "sensor: \"parked\" version: \"3\" rank: 501 dialect: \"sysmon\" operator: \"sysmon.is\"\n"
      "binary_major: 78 template_type { name: \"Net\" id: 3 field { name: \"A\" type: \"ip\" } }\n",
      "# proto-message: sluice.v1.Contract\n"
      "sensor: \"parked\" version: \"4\" rank: 502 dialect: \"sysmon\" operator: \"sysmon.is\"\n"
      "binary_major: 78 template_type { name: \"Net\" id: 3 field { name: \"A\" type: \"string\" } "
      "}\n",
      "# proto-message: sluice.v1.Contract\n"
      "sensor: \"grid\" version: \"1\" rank: 1 dialect: \"sigma\" operator: [\"equals\", "
      "\"contains\"]\n"
      "template_type { name: \"grid/process\" id: 1 field { name: \"Image\" type: \"string\" } }\n"
      "limits { max_criteria_per_instance: 3 }\n"};
  return contracts;
}

}  // namespace sluice
