// What the processor can do beyond the baseline that this is compiled for. Freestanding.
//
// With SLUICE_CHANNEL_PORTABLE, and on all but x86-64, no instruction beyond the baseline is used.
// A kernel that does not save vector registers also compiles with -mgeneral-regs-only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_CPU_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_CPU_H_

#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(SLUICE_CHANNEL_PORTABLE)
#define SLUICE_CHANNEL_X86 1
#else
#define SLUICE_CHANNEL_X86 0
#endif

namespace sluice::channel {

inline constexpr uint32_t kHasSsse3 = uint32_t{1} << 9;
inline constexpr uint32_t kHasSse42 = uint32_t{1} << 20;  // with crc32

#if SLUICE_CHANNEL_X86
// The bits of CPUID leaf 1, ECX. The instruction takes microseconds in a virtual machine, so its
// answer, which is never 0 here, is kept; threads that race for it write the same.
inline uint32_t CpuFeatures() {
  static uint32_t kept;
  uint32_t features = __atomic_load_n(&kept, __ATOMIC_RELAXED);
  if (features != 0) return features;
  uint32_t a = 1, b, c = 0, d;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  features = c | 1;
  __atomic_store_n(&kept, features, __ATOMIC_RELAXED);
  return features;
}
#else
inline uint32_t CpuFeatures() { return 0; }
#endif

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_CPU_H_
