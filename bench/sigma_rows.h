// The rows of the table that are about Sigma rules.

#ifndef SLUICE_BENCH_SIGMA_ROWS_H_
#define SLUICE_BENCH_SIGMA_ROWS_H_

#include "bench/ratios.h"

namespace sluice {

// The real rules of the shared data with every check and every Sysmon version, against what
// reading the same files and libyaml's events of them take: one thread, two threads, memory.
// Without the data nothing, said on standard error.
void AddSigmaRows(Ratios& ratios);

}  // namespace sluice

#endif  // SLUICE_BENCH_SIGMA_ROWS_H_
