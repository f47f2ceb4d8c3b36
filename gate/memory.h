// How the process uses the heap.

#ifndef SLUICE_GATE_MEMORY_H_
#define SLUICE_GATE_MEMORY_H_

namespace sluice {

// Lets the heap keep what is freed. A run reads one file after another, each into buffers of its
// own size: giving their pages back to the system between files costs more than filling them. For
// the start of a program; a limit of its own (RLIMIT, cgroup) still holds.
void KeepFreedMemory();

}  // namespace sluice

#endif  // SLUICE_GATE_MEMORY_H_
