// Headers for the code of a sensor, made from its contract (docs/codegen.md).
//
// A sensor that declares what it supplies with such a header does not compile when the number, the
// order or the types of the fields are not those of the contract. It is the first mitigation in the
// root-cause analysis of Channel File 291: the type had 21 fields, the sensor's code supplied 20,
// and nothing compared the two.

#ifndef SLUICE_GATE_CODEGEN_H_
#define SLUICE_GATE_CODEGEN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "schema/contract.h"

namespace sluice {

enum class CodegenLanguage : uint8_t {
  kC,    // C11
  kCpp,  // C++17
};

inline constexpr size_t kMaxCodegenNameBytes = 1024;  // of a template type or a field
inline constexpr size_t kMaxCodegenFields = 100'000;  // template types and fields together

// The whole header. A function of the contract and the language only: same bytes every time.
//
// Names of the contract may be any bytes. As identifiers they are cut down to letters, digits and
// '_', and those that then are the same are told apart by what does not depend on their order: a
// type by its id, a field by the CRC-32C of its name. As themselves they stand in string literals
// only.
//
// InvalidArgument, naming the template type, when a name holds a zero byte, which ends a string in
// C, or is longer than `kMaxCodegenNameBytes`; ResourceExhausted when the contract has more than
// `kMaxCodegenFields`.
absl::StatusOr<std::string> GenerateHeader(const Contract& contract, CodegenLanguage language);

}  // namespace sluice

#endif  // SLUICE_GATE_CODEGEN_H_
