// The rows of the table that are about channel files.

#ifndef SLUICE_BENCH_CHANNEL_ROWS_H_
#define SLUICE_BENCH_CHANNEL_ROWS_H_

#include "bench/ratios.h"

namespace sluice {

// Channel files of 100, 4,000 and 100,000 instances: all that the reader of a sensor proves,
// against FlatBuffers, protobuf and a CRC-32C; files that try to cost more; linting them; and
// compiling the real Sigma rules of the shared data to one, without which that row is left out.
void AddChannelRows(Ratios& ratios);

}  // namespace sluice

#endif  // SLUICE_BENCH_CHANNEL_ROWS_H_
