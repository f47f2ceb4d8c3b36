// What a contract's names are called in generated code: for codegen*.cc only.

#ifndef SLUICE_GATE_CODEGEN_NAMES_H_
#define SLUICE_GATE_CODEGEN_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "gate/codegen.h"
#include "schema/contract.h"

namespace sluice {

struct CodegenTypeNames {
  // C: "acme_NamedPipe"; C++: "NamedPipe". No two are the same.
  std::string type;
  // C: "process_id", written behind `type` and '_'; C++: "kProcessId". What comes of it is there
  // once: in C in the header, in C++ in the type.
  std::vector<std::string> fields;
};

struct CodegenNames {
  std::string sensor;  // C: "acme"; C++: "acme_contract"
  std::vector<CodegenTypeNames> types;
};

CodegenNames MakeCodegenNames(const Contract& contract, CodegenLanguage language);

// `text` as a string literal of C and C++, with its quotes. Bytes that could mean anything else
// than themselves are written as octal escapes of three digits.
std::string CodegenLiteral(std::string_view text);

// `text` as it may stand in a comment: letters, digits, blanks and a few signs with no meaning
// there; every other byte becomes a '.'. Cut after 80 bytes.
std::string CodegenComment(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_GATE_CODEGEN_NAMES_H_
