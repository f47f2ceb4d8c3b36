#include "gate/memory.h"

#include <malloc.h>

namespace sluice {

void KeepFreedMemory() {
  constexpr int kLargest = 32 << 20;  // the most that glibc takes for M_MMAP_THRESHOLD
  mallopt(M_MMAP_THRESHOLD, kLargest);
  mallopt(M_TRIM_THRESHOLD, 8 * kLargest);
}

}  // namespace sluice
