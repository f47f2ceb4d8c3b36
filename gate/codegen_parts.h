// The parts of a generated header, in each language: for codegen*.cc only.

#ifndef SLUICE_GATE_CODEGEN_PARTS_H_
#define SLUICE_GATE_CODEGEN_PARTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "gate/codegen_names.h"
#include "schema/contract.h"

namespace sluice {

struct CodegenType {
  const Contract& contract;
  const ContractType& type;
  const CodegenNames& names;  // of the contract
  const CodegenTypeNames& type_names;
  uint64_t fingerprint;  // as docs/channel-format.md defines it, for version 0 of the type
};

// The types that the contract describes; the others have one line of comment.
struct CodegenParts {
  // How the header is used, in the language's comment, with the first type that has fields as the
  // example.
  std::string (*head)(const Contract& contract, const CodegenNames& names);
  // What every header has, under a guard of its own.
  const char* common;
  std::string (*begin)(const Contract& contract, const CodegenNames& names);
  std::string (*type)(const CodegenType& type);
  std::string (*undescribed)(const ContractType& type);
  std::string (*end)(const Contract& contract, const CodegenNames& names);
};

extern const CodegenParts kCodegenC;
extern const CodegenParts kCodegenCpp;

// "template type NamedPipe, id 4", for comments.
std::string CodegenTitle(const ContractType& type);

// The first two lines of a header, without what begins the comment.
std::string CodegenMadeBy(const Contract& contract, std::string_view language);

// The position of the type that examples use: the first with a name and fields, or with fields.
// contract.types.size() when none has any.
size_t CodegenExample(const Contract& contract);

}  // namespace sluice

#endif  // SLUICE_GATE_CODEGEN_PARTS_H_
