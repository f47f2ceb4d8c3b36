// The parts of a header in C11.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gate/codegen_common.h"
#include "gate/codegen_parts.h"
#include "schema/text.h"

namespace sluice {
namespace {

// A list for SLUICE_SUPPLY with the first fields of a type.
std::string Example(const ContractType& type, const CodegenTypeNames& names) {
  constexpr size_t kShown = 3;
  std::string out = "     #define MY_SUPPLY(X) \\\n";
  for (size_t i = 0; i < type.fields.size() && i < kShown; ++i) {
    const bool last = i + 1 == type.fields.size();
    absl::StrAppend(&out, "       X(", names.type, ", ", names.fields[i], ", ",
                    Abseil(Name(type.fields[i].type)), ", my_value_", i, ")", last ? "" : " \\",
                    "\n");
  }
  if (type.fields.size() > kShown) out += "       ...\n";
  return absl::StrCat(out, "     SLUICE_SUPPLY(", names.type, ", my_type, my_table, MY_SUPPLY);\n");
}

std::string Head(const Contract& contract, const CodegenNames& names) {
  std::string out = absl::StrCat("/* ", CodegenMadeBy(contract, "c"), "\n");
  const size_t i = CodegenExample(contract);
  if (i == contract.types.size()) return out + "   No template type of it has fields. */\n";
  absl::StrAppend(
      &out,
      "   A sensor that declares what it supplies with it, in C11, does not compile when the\n"
      "   number, the order or the value types of the fields are not those of the contract:\n\n",
      Example(contract.types[i], names.types[i]),
      "\n   or, of what is declared in another way,\n\n", "     SLUICE_CHECK_SUPPLY(",
      names.types[i].type, ", my_array);\n", "     SLUICE_CHECK_COUNT(", names.types[i].type,
      ", MY_COUNT);\n", "     SLUICE_CHECK_FIELD(", names.types[i].type, ", ",
      names.types[i].fields[0], ", MY_INDEX, ", Abseil(Name(contract.types[i].fields[0].type)),
      ");\n");
  return out + "\n   docs/codegen.md of Sluice says more. */\n";
}

std::string Begin(const Contract& contract, const CodegenNames& names) {
  const std::string macro = "sluice_sensor_" + names.sensor;
  return absl::StrCat("\n#ifdef ", macro, "\n#error \"sluice: two contracts of one sensor\"\n",
                      "#endif\n#define ", macro, " ", CodegenLiteral(contract.Name()), "\n");
}

// The positions, and the list that all else is made of.
std::string Fields(const CodegenType& in) {
  std::string positions = "enum {\n";
  std::string each = absl::StrCat("#define sluice_each_", in.type_names.type, "(X_)");
  for (size_t i = 0; i < in.type.fields.size(); ++i) {
    const std::string& name = in.type_names.fields[i];
    const std::string type(Name(in.type.fields[i].type));
    const bool last = i + 1 == in.type.fields.size();
    absl::StrAppendFormat(&positions, "  %s_%s = %d%s /* %s */\n", in.type_names.type, name, i,
                          last ? "" : ",", type);
    absl::StrAppend(&each, " \\\n  X_(", in.type_names.type, ", ", name, ", ", type, ")");
  }
  return positions + "};\n" + each + "\n";
}

std::string NameTable(const CodegenType& in) {
  std::string out = absl::StrCat("static const char *const sluice_names_", in.type_names.type,
                                 "[sluice_count_", in.type_names.type, "] = {\n");
  for (const ContractField& field : in.type.fields) {
    absl::StrAppend(&out, "  ", CodegenLiteral(field.name),
                    &field == &in.type.fields.back() ? "" : ",", "\n");
  }
  return out + "};\n";
}

std::string Type(const CodegenType& in) {
  const std::string& name = in.type_names.type;
  std::string out = absl::StrCat("\n/* ", CodegenTitle(in.type), " */\n");
  const auto define = [&](std::string_view what, const std::string& value) {
    absl::StrAppend(&out, "#define sluice_", Abseil(what), "_", name, " ", value, "\n");
  };
  define("contract", "sluice_sensor_" + in.names.sensor);
  define("id", absl::StrFormat("UINT32_C(%d)", in.type.id));
  define("count", absl::StrCat(in.type.fields.size()));
  define("fingerprint", absl::StrFormat("UINT64_C(0x%016X)", in.fingerprint));
  if (in.type.fields.empty()) return out;
  return absl::StrCat(out, Fields(in), NameTable(in), "SLUICE_DECLARE_(", name, ");\n");
}

std::string Undescribed(const ContractType& type) {
  return absl::StrCat("\n/* ", CodegenTitle(type), " */\n");
}

// A row for each type that the contract describes.
std::string End(const Contract& contract, const CodegenNames& names) {
  std::string rows;
  for (size_t i = 0; i < contract.types.size(); ++i) {
    const ContractType& type = contract.types[i];
    if (type.undescribed) continue;
    const std::string& name = names.types[i].type;
    absl::StrAppend(&rows, rows.empty() ? "" : ",\n", "  {", CodegenLiteral(type.name),
                    ", sluice_id_", name, ", sluice_count_", name, ", ",
                    type.fields.empty() ? "NULL" : absl::StrCat("sluice_names_", name),
                    ", sluice_fingerprint_", name, "}");
  }
  if (rows.empty()) return "";
  return absl::StrCat("\n/* Every type above. */\nstatic const sluice_type_info sluice_types_",
                      names.sensor, "[] = {\n", rows, "\n};\n");
}

}  // namespace

const CodegenParts kCodegenC = {
    .head = Head,
    .common = kCodegenCommonC,
    .begin = Begin,
    .type = Type,
    .undescribed = Undescribed,
    .end = End,
};

}  // namespace sluice
