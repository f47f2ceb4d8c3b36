#include "gate/memory.h"

#include <malloc.h>

#include <climits>

namespace sluice {

void KeepFreedMemory() {
  // Large blocks come from the heap too, and the heap is not given back while the process runs.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

}  // namespace sluice
