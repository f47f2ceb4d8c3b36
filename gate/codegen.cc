#include "gate/codegen.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gate/codegen_names.h"
#include "gate/codegen_parts.h"
#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_fingerprint.h"
#include "schema/text.h"

namespace sluice {
namespace {

uint64_t FingerprintOf(const ContractType& type) {
  std::vector<ChannelLayoutField> fields;
  for (const ContractField& field : type.fields) fields.push_back({field.name, field.type});
  return ChannelFingerprint(type.name, type.id, 0, fields);
}

// Empty when a header can have the name.
std::string WhyNot(std::string_view name) {
  if (name.size() > kMaxCodegenNameBytes) {
    return absl::StrCat("a name of ", name.size(), " bytes; a header takes at most ",
                        kMaxCodegenNameBytes);
  }
  const size_t zero = name.find('\0');
  if (zero == name.npos) return "";
  return absl::StrCat("the name \"", Printable(name), "\" has a zero byte at ", zero,
                      ", which ends a string in C");
}

absl::Status Check(const Contract& contract) {
  size_t fields = contract.types.size();
  for (const ContractType& type : contract.types) {
    fields += type.fields.size();
    if (fields > kMaxCodegenFields) {
      return absl::ResourceExhaustedError(
          absl::StrCat(contract.Name(), ": more than ", kMaxCodegenFields,
                       " template types and fields, the limit for a header"));
    }
    std::string why = WhyNot(type.name);
    for (const ContractField& field : type.fields) {
      if (why.empty()) why = WhyNot(field.name);
    }
    if (why.empty()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(contract.Name(), ": template type with id ", type.id, ": ", why));
  }
  return absl::OkStatus();
}

// All of the header but its first comment and its guard.
std::string Body(const Contract& contract, const CodegenNames& names, const CodegenParts& parts) {
  std::string out(parts.common);
  out += parts.begin(contract, names);
  for (size_t i = 0; i < contract.types.size(); ++i) {
    const ContractType& type = contract.types[i];
    out += type.undescribed
               ? parts.undescribed(type)
               : parts.type({contract, type, names, names.types[i], FingerprintOf(type)});
  }
  return out + parts.end(contract, names);
}

// Of what the header says, so that no header is taken for another one.
std::string Guard(const Contract& contract, const std::string& body) {
  std::string guard = "SLUICE_CODEGEN_";
  for (const char c : contract.Name()) {
    const auto byte = static_cast<unsigned char>(c);
    guard += absl::ascii_isalnum(byte) ? absl::ascii_toupper(byte) : '_';
  }
  const auto* bytes = reinterpret_cast<const uint8_t*>(body.data());
  return absl::StrFormat("%s_%08X_H", guard, channel::Crc32c(bytes, body.size()));
}

}  // namespace

std::string CodegenTitle(const ContractType& type) {
  return absl::StrCat(
      "Template type ", type.name.empty() ? "without a name" : "", CodegenComment(type.name),
      ", id ", type.id, ": ",
      type.undescribed
          ? "fields not known"
          : absl::StrCat(type.fields.size(), type.fields.size() == 1 ? " field" : " fields"));
}

std::string CodegenMadeBy(const Contract& contract, std::string_view language) {
  const std::string name = CodegenComment(contract.Name());
  return absl::StrCat("What contract ", name, " says of the sensor's template types.\n",
                      language == "c" ? "   " : "// ", "Made by `sluice codegen --contract ", name,
                      " --lang ", Abseil(language), "`.\n");
}

size_t CodegenExample(const Contract& contract) {
  const auto has = [](const ContractType& type) { return !type.fields.empty(); };
  const auto good = [&](const ContractType& type) { return has(type) && !type.name.empty(); };
  auto found = std::ranges::find_if(contract.types, good);
  if (found == contract.types.end()) found = std::ranges::find_if(contract.types, has);
  return static_cast<size_t>(found - contract.types.begin());
}

absl::StatusOr<std::string> GenerateHeader(const Contract& contract, CodegenLanguage language) {
  if (absl::Status status = Check(contract); !status.ok()) return status;
  const CodegenParts& parts = language == CodegenLanguage::kC ? kCodegenC : kCodegenCpp;
  const CodegenNames names = MakeCodegenNames(contract, language);
  const std::string body = Body(contract, names, parts);
  const std::string guard = Guard(contract, body);
  return absl::StrCat(parts.head(contract, names), "\n#ifndef ", guard, "\n#define ", guard, "\n",
                      body, "\n#endif /* ", guard, " */\n");
}

}  // namespace sluice
