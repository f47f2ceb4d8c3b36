#include "parser/config/contract_writer.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "parser/config/contract_reader.h"
#include "schema/text.h"

namespace sluice {
namespace {

// One message's fields. Those of a message on one line are parted by blanks.
class Printer {
 public:
  Printer(std::string& out, std::string_view indent, bool one_line)
      : out_(out), indent_(indent), one_line_(one_line) {}

  // proto3 takes an absent field for "" and 0, so those are left out.
  void Text(std::string_view name, const std::string& value) {
    if (!value.empty()) Append(name, absl::StrCat("\"", absl::Utf8SafeCEscape(value), "\""));
  }
  void Number(std::string_view name, uint64_t value) {
    if (value != 0) Append(name, absl::StrCat(value));
  }
  void True(std::string_view name, bool value) {
    if (value) Append(name, "true");
  }
  void Each(std::string_view name, const auto& values) {
    for (const std::string& value : values) Text(name, value);
  }

 private:
  void Append(std::string_view name, const std::string& value) {
    absl::StrAppend(&out_, Abseil(one_line_ ? " " : indent_), Abseil(name), ": ", value,
                    one_line_ ? "" : "\n");
  }

  std::string& out_;
  std::string_view indent_;
  bool one_line_;
};

void WriteType(const v1::Contract::TemplateType& type, std::string& out) {
  out += "template_type {\n ";
  Printer head(out, "", true);
  head.Text("name", type.name());
  // Always written: a reader should not have to know that an absent id is 0.
  absl::StrAppend(&out, " id: ", type.id());
  head.Text("platform", type.platform());
  head.True("undescribed", type.undescribed());
  head.True("default_include", type.default_include());
  out += "\n";
  for (const v1::Contract::Field& field : type.field()) {
    out += "  field {";
    Printer line(out, "", true);
    line.Text("name", field.name());
    line.Text("type", field.type());
    line.Text("formerly", field.formerly());
    out += " }\n";
  }
  out += "}\n";
}

void WriteLimits(const v1::Contract::Limits& limits, std::string& out) {
  out += "limits {\n";
  Printer printer(out, "  ", false);
  printer.Number("max_bytes", limits.max_bytes());
  printer.Number("max_instances", limits.max_instances());
  printer.Number("max_instances_per_type", limits.max_instances_per_type());
  printer.Number("max_criteria", limits.max_criteria());
  printer.Number("max_criteria_per_instance", limits.max_criteria_per_instance());
  printer.Number("max_name_bytes", limits.max_name_bytes());
  printer.Number("max_group_name_units", limits.max_group_name_units());
  out += "}\n";
}

void WriteComment(std::string_view comment, std::string& out) {
  while (!comment.empty()) {
    const size_t end = std::min(comment.find('\n'), comment.size());
    const std::string_view line = comment.substr(0, end);
    absl::StrAppend(&out, line.empty() ? "#" : "# ", Abseil(line), "\n");
    comment.remove_prefix(std::min(end + 1, comment.size()));
  }
}

}  // namespace

std::string WriteContract(const v1::Contract& contract, std::string_view comment) {
  std::string out = absl::StrCat(Abseil(kContractFirstLine), "\n");
  if (!comment.empty()) out += "#\n";
  WriteComment(comment, out);
  out += "\n";
  Printer printer(out, "", false);
  printer.Text("sensor", contract.sensor());
  printer.Text("version", contract.version());
  printer.Number("rank", contract.rank());
  printer.Each("alias", contract.alias());
  printer.Text("dialect", contract.dialect());
  printer.Text("platform", contract.platform());
  printer.Number("binary_major", contract.binary_major());
  printer.Number("binary_minor", contract.binary_minor());
  printer.Number("min_schema_rank", contract.min_schema_rank());
  for (const uint32_t version : contract.format_version())
    printer.Number("format_version", version);
  for (const v1::Contract::TemplateType& type : contract.template_type()) WriteType(type, out);
  printer.Each("operator", contract.operator_());
  printer.Each("option", contract.option());
  if (contract.has_limits()) WriteLimits(contract.limits(), out);
  printer.Text("source", contract.source());
  return out;
}

std::string ContractFileName(const v1::Contract& contract) {
  return absl::StrCat(contract.sensor(), "-", contract.version(), ".textproto");
}

}  // namespace sluice
