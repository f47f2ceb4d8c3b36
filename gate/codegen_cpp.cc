// The parts of a header in C++17.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gate/codegen_common.h"
#include "gate/codegen_parts.h"
#include "schema/text.h"

namespace sluice {
namespace {

// "kUint32".
std::string Enumerator(ValueType type) {
  std::string name(Name(type));
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return "k" + name;
}

// A table made by MakeSupply, with the first fields of a type.
std::string Example(const ContractType& type, const CodegenTypeNames& names,
                    const std::string& space) {
  constexpr size_t kShown = 3;
  std::string out = absl::StrCat("//   using ", space, "::", names.type,
                                 ";\n//   constexpr auto kTable = sluice_codegen::MakeSupply<",
                                 names.type, ", MyType>(\n");
  for (size_t i = 0; i < type.fields.size() && i < kShown; ++i) {
    absl::StrAppend(&out, "//       sluice_codegen::At<", names.type, "::", names.fields[i],
                    ", sluice_codegen::ValueType::", Enumerator(type.fields[i].type), ">(my_value_",
                    i, ")", i + 1 == type.fields.size() ? ");" : ",", "\n");
  }
  return out + (type.fields.size() > kShown ? "//       ...);\n" : "");
}

std::string Head(const Contract& contract, const CodegenNames& names) {
  std::string out = "// " + CodegenMadeBy(contract, "cpp");
  const size_t i = CodegenExample(contract);
  if (i == contract.types.size()) return out + "// No template type of it has fields.\n";
  const std::string& name = names.types[i].type;
  absl::StrAppend(
      &out,
      "//\n"
      "// A sensor that declares what it supplies with it, in C++17, does not compile when the\n"
      "// number, the order or the value types of the fields are not those of the contract:\n//\n",
      Example(contract.types[i], names.types[i], names.sensor),
      "//\n// or, of what is declared in another way,\n//\n", "//   SLUICE_CHECK_SUPPLY(", name,
      ", my_array);\n", "//   SLUICE_CHECK_COUNT(", name, ", kMyCount);\n",
      "//   SLUICE_CHECK_FIELD(", name, ", ", names.types[i].fields[0], ", kMyIndex, ",
      Enumerator(contract.types[i].fields[0].type), ");\n");
  return out + "//\n// docs/codegen.md of Sluice says more.\n";
}

std::string Begin(const Contract& contract, const CodegenNames& names) {
  const std::string macro = "SLUICE_SENSOR_" + names.sensor;
  return absl::StrCat("\n#ifdef ", macro, "\n#error \"sluice: two contracts of one sensor\"\n",
                      "#endif\n#define ", macro, " 1\n\nnamespace ", names.sensor,
                      " {\n\ninline constexpr std::string_view contract = ",
                      CodegenLiteral(contract.Name()), ";\n");
}

std::string Positions(const CodegenType& in) {
  std::string out = "  enum field : std::size_t {\n";
  for (size_t i = 0; i < in.type.fields.size(); ++i) {
    absl::StrAppend(&out, "    ", in.type_names.fields[i], " = ", i, ",\n");
  }
  return out + "  };\n";
}

std::string FieldTable(const CodegenType& in) {
  std::string out = "  static constexpr std::array<::sluice_codegen::FieldInfo, count> fields{";
  if (in.type.fields.empty()) return out + "};\n";
  out += "{\n";
  for (const ContractField& field : in.type.fields) {
    absl::StrAppend(&out, "      {", CodegenLiteral(field.name),
                    ", ::sluice_codegen::ValueType::", Enumerator(field.type), "},\n");
  }
  return out + "  }};\n";
}

std::string Type(const CodegenType& in) {
  return absl::StrCat(
      "\n// ", CodegenTitle(in.type), "\nstruct ", in.type_names.type, " {\n",
      "  static constexpr std::string_view name = ", CodegenLiteral(in.type.name), ";\n",
      absl::StrFormat("  static constexpr std::uint32_t id = %du;\n", in.type.id),
      absl::StrFormat("  static constexpr std::size_t count = %d;\n", in.type.fields.size()),
      absl::StrFormat("  static constexpr std::uint64_t fingerprint = 0x%016Xu;\n", in.fingerprint),
      Positions(in), FieldTable(in), "};\n");
}

std::string Undescribed(const ContractType& type) {
  return absl::StrCat("\n// ", CodegenTitle(type), "\n");
}

// A row for each type that the contract describes.
std::string End(const Contract& contract, const CodegenNames& names) {
  std::string rows;
  size_t count = 0;
  for (size_t i = 0; i < contract.types.size(); ++i) {
    if (contract.types[i].undescribed) continue;
    ++count;
    absl::StrAppend(&rows, "    ::sluice_codegen::Info<", names.types[i].type, ">(),\n");
  }
  return absl::StrCat(
      "\n// Every type above.\ninline constexpr std::array<::sluice_codegen::TypeInfo, ", count,
      "> types{", rows.empty() ? "" : absl::StrCat("{\n", rows, "}"), "};\n\n}  // namespace ",
      names.sensor, "\n");
}

}  // namespace

const CodegenParts kCodegenCpp = {
    .head = Head,
    .common = kCodegenCommonCpp,
    .begin = Begin,
    .type = Type,
    .undescribed = Undescribed,
    .end = End,
};

}  // namespace sluice
