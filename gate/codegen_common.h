// The text that generated headers of a language share: for codegen*.cc only.

#ifndef SLUICE_GATE_CODEGEN_COMMON_H_
#define SLUICE_GATE_CODEGEN_COMMON_H_

namespace sluice {

extern const char kCodegenCommonC[];
extern const char kCodegenCommonCpp[];

}  // namespace sluice

#endif  // SLUICE_GATE_CODEGEN_COMMON_H_
