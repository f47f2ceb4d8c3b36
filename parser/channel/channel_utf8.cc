#include "parser/channel/channel_utf8.h"

#include "parser/channel/channel_cpu.h"
#include "parser/channel/channel_load.h"

namespace sluice::channel {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;

// The length of the character at `data`, of which `size` > 0 bytes are there; 0: it is none.
size_t CharacterLength(const uint8_t* data, size_t size) {
  const uint8_t lead = data[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (length > size) return 0;
  // What excludes overlong forms, surrogates and what is above U+10FFFF is in the second byte.
  const uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (data[1] < least || data[1] > most) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (BeginsCharacter(data[i])) return 0;
  }
  return length;
}

#if SLUICE_CHANNEL_X86

#define SLUICE_SSSE3 __attribute__((target("ssse3"), always_inline)) inline

typedef uint8_t Vector __attribute__((vector_size(16)));
typedef char Chars __attribute__((vector_size(16)));
typedef uint16_t Halves __attribute__((vector_size(16)));

constexpr uint32_t kStep = 64;

SLUICE_SSSE3 Vector Load(const uint8_t* data) {
  Vector vector;
  __builtin_memcpy(&vector, data, sizeof vector);
  return vector;
}

SLUICE_SSSE3 Vector Look(Vector table, Vector index) {
  return reinterpret_cast<Vector>(
      __builtin_ia32_pshufb128(reinterpret_cast<Chars>(table), reinterpret_cast<Chars>(index)));
}

SLUICE_SSSE3 bool AnyHighBit(Vector vector) {
  return __builtin_ia32_pmovmskb128(reinterpret_cast<Chars>(vector)) != 0;
}

SLUICE_SSSE3 Vector HighHalf(Vector bytes) {
  return reinterpret_cast<Vector>(reinterpret_cast<Halves>(bytes) >> 4) & 0x0F;
}

// What a byte and the one before it can be wrong in, a bit each. A pair is wrong when the upper and
// lower half of the first byte and the upper half of the second all have the bit.
constexpr uint8_t kTooShort = 1 << 0;      // 11______ 0_______, 11______ 11______
constexpr uint8_t kTooLong = 1 << 1;       // 0_______ 10______
constexpr uint8_t kOverlong3 = 1 << 2;     // 11100000 100_____
constexpr uint8_t kTooLarge = 1 << 3;      // 11110100 1001____ and above
constexpr uint8_t kSurrogate = 1 << 4;     // 11101101 101_____
constexpr uint8_t kOverlong2 = 1 << 5;     // 1100000_ 10______
constexpr uint8_t kTooLarge1000 = 1 << 6;  // 11110101 1000____ and above
constexpr uint8_t kOverlong4 = 1 << 6;     // 11110000 1000____
constexpr uint8_t kTwoContinue = 1 << 7;   // 10______ 10______: right after a lead of 3 or 4 only
constexpr uint8_t kCarry = kTooShort | kTooLong | kTwoContinue;

constexpr Vector kFirstHigh = {kTooLong,
                               kTooLong,
                               kTooLong,
                               kTooLong,
                               kTooLong,
                               kTooLong,
                               kTooLong,
                               kTooLong,
                               kTwoContinue,
                               kTwoContinue,
                               kTwoContinue,
                               kTwoContinue,
                               kTooShort | kOverlong2,
                               kTooShort,
                               kTooShort | kOverlong3 | kSurrogate,
                               kTooShort | kTooLarge | kTooLarge1000 | kOverlong4};
constexpr uint8_t kAbove4 = kCarry | kTooLarge | kTooLarge1000;
constexpr Vector kFirstLow = {kCarry | kOverlong3 | kOverlong2 | kOverlong4,
                              kCarry | kOverlong2,
                              kCarry,
                              kCarry,
                              kCarry | kTooLarge,
                              kAbove4,
                              kAbove4,
                              kAbove4,
                              kAbove4,
                              kAbove4,
                              kAbove4,
                              kAbove4,
                              kAbove4,
                              kAbove4 | kSurrogate,
                              kAbove4,
                              kAbove4};
constexpr uint8_t kContinues = kTooLong | kOverlong2 | kTwoContinue;
constexpr Vector kSecondHigh = {kTooShort,
                                kTooShort,
                                kTooShort,
                                kTooShort,
                                kTooShort,
                                kTooShort,
                                kTooShort,
                                kTooShort,
                                kContinues | kOverlong3 | kTooLarge1000 | kOverlong4,
                                kContinues | kOverlong3 | kTooLarge,
                                kContinues | kSurrogate | kTooLarge,
                                kContinues | kSurrogate | kTooLarge,
                                kTooShort,
                                kTooShort,
                                kTooShort,
                                kTooShort};

// What is wrong with `bytes`, which follow `before`, in the high bits and others; 0 where nothing.
SLUICE_SSSE3 Vector Wrong(Vector bytes, Vector before) {
  const Vector one = __builtin_shufflevector(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
                                             25, 26, 27, 28, 29, 30);
  const Vector two = __builtin_shufflevector(before, bytes, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
                                             24, 25, 26, 27, 28, 29);
  const Vector three = __builtin_shufflevector(before, bytes, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                               22, 23, 24, 25, 26, 27, 28);
  const Vector pairs = Look(kFirstHigh, HighHalf(one)) & Look(kFirstLow, one & 0x0F) &
                       Look(kSecondHigh, HighHalf(bytes));
  const Vector must_continue = reinterpret_cast<Vector>((two >= 0xE0) | (three >= 0xF0)) & 0x80;
  return must_continue ^ pairs;
}

// Not 0 where `bytes` end within a character.
SLUICE_SSSE3 Vector Unfinished(Vector bytes) {
  constexpr Vector kMost = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xEF, 0xDF, 0xBF};
  return reinterpret_cast<Vector>(bytes > kMost);
}

struct Utf8State {
  Vector wrong = {};
  Vector before = {};      // the last 16 bytes
  Vector unfinished = {};  // whether a character is
};

SLUICE_SSSE3 void Take(const uint8_t* data, Utf8State* state) {
  const Vector a = Load(data), b = Load(data + 16), c = Load(data + 32), d = Load(data + 48);
  if (!AnyHighBit(a | b | c | d)) {
    state->wrong |= state->unfinished;
    state->unfinished = Vector{};
  } else {
    state->wrong |= Wrong(a, state->before) | Wrong(b, a) | Wrong(c, b) | Wrong(d, c);
    state->unfinished = Unfinished(d);
  }
  state->before = d;
}

__attribute__((target("ssse3"))) bool IsUtf8Ssse3(const uint8_t* data, size_t size) {
  Utf8State state;
  for (; size >= kStep; data += kStep, size -= kStep) Take(data, &state);
  uint8_t rest[kStep] = {};
  size_t i = 0;
  for (; size - i >= 8; i += 8) __builtin_memcpy(rest + i, data + i, 8);
  for (; i < size; ++i) rest[i] = data[i];
  Take(rest, &state);
  const Vector wrong = state.wrong | state.unfinished;
  return !AnyHighBit(reinterpret_cast<Vector>(wrong != 0));
}

#endif

}  // namespace

size_t Utf8Prefix(const uint8_t* data, size_t size) {
  size_t at = 0;
  while (at < size) {
    if (size - at >= 8 && (Load64(data + at) & kHighBits) == 0) {
      at += 8;
      continue;
    }
    const size_t length = CharacterLength(data + at, size - at);
    if (length == 0) return at;
    at += length;
  }
  return at;
}

bool IsUtf8(const uint8_t* data, size_t size) {
#if SLUICE_CHANNEL_X86
  if ((CpuFeatures() & kHasSsse3) != 0) return IsUtf8Ssse3(data, size);
#endif
  return Utf8Prefix(data, size) == size;
}

}  // namespace sluice::channel
