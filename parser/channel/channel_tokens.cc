#include "parser/channel/channel_tokens.h"

#include "parser/channel/channel_cpu.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_load.h"

namespace sluice::channel {
namespace {

using token::kValueBits;
using token::kValueMask;

constexpr uint32_t kAtLeast = static_cast<uint32_t>(TokenKind::kAtLeast);
constexpr uint32_t kAndToken = token::Make(TokenKind::kAnd);
static_assert(kMaxConditionStack == 64);  // below, the lowest 6 bits of a number less one

// Whether these are the tokens of "all criteria, each once, in their order".
bool IsPlain(const Tokens& tokens) {
  if (tokens.count != 2 * tokens.criteria - 1) return false;
  for (uint32_t i = 1; i < tokens.criteria; ++i) {
    const uint8_t* at = tokens.at + size_t{8} * i;
    if (Load32(at - 4) != i || Load32(at) != kAndToken) return false;
  }
  return true;
}

// Whether a token that follows `before` is wrong, wherever it stands.
bool IsWrongAlone(uint32_t token, uint32_t before) {
  const uint32_t kind = token >> kValueBits, value = token & kValueMask;
  if (kind == 0) return false;
  if (kind < kAtLeast) return (value != 0) | (token == before);
  const uint32_t n = value >> 8, k = value & 0xFF;
  return (kind > kAtLeast) | (n < 2) | (n >= k) | (k > kMaxConditionStack);
}

// What tokens of a kind do to the number of results: they add `gives`, and take off their value
// under the mask `takes`. Criteria have all bits of `is_criterion`.
struct alignas(16) Kind {
  uint32_t gives;
  uint32_t takes;
  uint32_t is_criterion;
};

constexpr Kind kKinds[16] = {
    {1, 0, 0xFFFFFFFF}, {0xFFFFFFFF, 0, 0}, {0xFFFFFFFF, 0, 0}, {0, 0, 0}, {1, 0xFF, 0}};

#if SLUICE_CHANNEL_X86

#define SLUICE_SSE42 __attribute__((target("sse4.2"), always_inline)) inline

typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef int8_t SignedBytes __attribute__((vector_size(16)));
typedef uint16_t Halves __attribute__((vector_size(16)));
typedef int16_t SignedHalves __attribute__((vector_size(16)));
typedef uint32_t Words __attribute__((vector_size(16)));
typedef int32_t SignedWords __attribute__((vector_size(16)));
typedef uint64_t Longs __attribute__((vector_size(16)));
typedef char Chars __attribute__((vector_size(16)));

constexpr uint32_t kBlock = 16;     // tokens
constexpr uint32_t kFewTokens = 4;  // that are done sooner one by one

SLUICE_SSE42 Words Load(const uint8_t* at) {
  Words words;
  __builtin_memcpy(&words, at, sizeof words);
  return words;
}

// Eight, then sixteen numbers as one vector; what does not fit, as signed, is the nearest that
// does.
SLUICE_SSE42 Halves Pack(Words a, Words b) {
  return reinterpret_cast<Halves>(__builtin_ia32_packssdw128(reinterpret_cast<SignedWords>(a),
                                                             reinterpret_cast<SignedWords>(b)));
}
SLUICE_SSE42 Bytes Pack(Halves a, Halves b) {
  return reinterpret_cast<Bytes>(__builtin_ia32_packsswb128(reinterpret_cast<SignedHalves>(a),
                                                            reinterpret_cast<SignedHalves>(b)));
}
SLUICE_SSE42 Bytes Pack(Words a, Words b, Words c, Words d) { return Pack(Pack(a, b), Pack(c, d)); }

// The lower bytes of numbers below 256.
SLUICE_SSE42 Bytes LowerBytes(Halves a, Halves b) {
  return reinterpret_cast<Bytes>(__builtin_ia32_packuswb128(reinterpret_cast<SignedHalves>(a),
                                                            reinterpret_cast<SignedHalves>(b)));
}

// table[index]; 0 where the highest bit of the index is set.
SLUICE_SSE42 Bytes Look(Bytes table, Bytes index) {
  return reinterpret_cast<Bytes>(
      __builtin_ia32_pshufb128(reinterpret_cast<Chars>(table), reinterpret_cast<Chars>(index)));
}

// As signed numbers.
SLUICE_SSE42 SignedBytes Signed(Bytes bytes) { return reinterpret_cast<SignedBytes>(bytes); }
SLUICE_SSE42 Bytes IsAbove(Bytes a, Bytes b) {
  return reinterpret_cast<Bytes>(Signed(a) > Signed(b));
}
SLUICE_SSE42 Bytes Larger(Bytes a, Bytes b) {
  return reinterpret_cast<Bytes>(Signed(a) > Signed(b) ? Signed(a) : Signed(b));
}
SLUICE_SSE42 Bytes Is(Bytes a, Bytes b) { return reinterpret_cast<Bytes>(a == b); }
SLUICE_SSE42 Bytes All(uint8_t byte) { return Bytes{} + byte; }

// The bytes one, two, four or eight places further on; the places that become free take the last
// ones of `before`.
SLUICE_SSE42 Bytes After1(Bytes before, Bytes bytes) {
  return __builtin_shufflevector(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
                                 28, 29, 30);
}
SLUICE_SSE42 Bytes After2(Bytes before, Bytes bytes) {
  return __builtin_shufflevector(before, bytes, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
                                 27, 28, 29);
}
SLUICE_SSE42 Bytes After4(Bytes before, Bytes bytes) {
  return __builtin_shufflevector(before, bytes, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
                                 25, 26, 27);
}
SLUICE_SSE42 Bytes After8(Bytes before, Bytes bytes) {
  return __builtin_shufflevector(before, bytes, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                                 21, 22, 23);
}

// Of each byte, the sum of all up to it.
SLUICE_SSE42 Bytes Sums(Bytes bytes) {
  bytes += After1(Bytes{}, bytes);
  bytes += After2(Bytes{}, bytes);
  bytes += After4(Bytes{}, bytes);
  return bytes + After8(Bytes{}, bytes);
}

constexpr uint8_t kLeast = 0x80;  // as signed

// Of each byte, the largest of all up to it.
SLUICE_SSE42 Bytes Largest(Bytes bytes) {
  bytes = Larger(bytes, After1(All(kLeast), bytes));
  bytes = Larger(bytes, After2(All(kLeast), bytes));
  bytes = Larger(bytes, After4(All(kLeast), bytes));
  return Larger(bytes, After8(All(kLeast), bytes));
}

// How far the tokens before have come. All lanes of a vector but `kinds` and `wrong` are the same.
struct State {
  Bytes results = {};
  Words used = {};   // criteria, before the last block: what it adds takes long to know
  Bytes added = {};  // by the last block
  Bytes kinds = {};  // of the last block
  Bytes wrong = {};  // not 0 where a token is
};

// The next 16 tokens. `outside` has all bits of those, at the end, that are none.
SLUICE_SSE42 void Take(const uint8_t* at, Bytes outside, State* state) {
  constexpr Bytes kGives = {1, 0xFF, 0xFF, 0, 1};
  constexpr Bytes kLastAsWord = {15, kLeast, kLeast, kLeast, 15, kLeast, kLeast, kLeast,
                                 15, kLeast, kLeast, kLeast, 15, kLeast, kLeast, kLeast};
  const Words a = Load(at), b = Load(at + 16), c = Load(at + 32), d = Load(at + 48);
  const Words a_value = a & kValueMask, b_value = b & kValueMask, c_value = c & kValueMask,
              d_value = d & kValueMask;
  const Bytes kind =
      Pack(a >> kValueBits, b >> kValueBits, c >> kValueBits, d >> kValueBits) | outside;
  const Halves low = Pack(a_value, b_value), high = Pack(c_value, d_value);
  const Bytes n = LowerBytes(low >> 8, high >> 8), k = LowerBytes(low & 0xFF, high & 0xFF);
  const Bytes at_least = Is(kind, All(kAtLeast));

  // A token takes at most 63 off, unless it is wrong: the first number that is not 1 to 64 fits.
  const Bytes results = state->results + Sums(Look(kGives, kind) - (k & at_least));
  const Bytes wrong_results = (results - 1) & 0xC0;

  // How far past the first criterion that was not used before the last block.
  const Words used = state->used;
  const Bytes past = Pack(a_value - used, b_value - used, c_value - used, d_value - used);
  const Bytes is_criterion = Is(kind, Bytes{});
  const Bytes criterion = (past & is_criterion) | (All(kLeast) & ~is_criterion);
  const Bytes turn = Larger(Largest(criterion) + 1, state->added);  // of the next one
  const Bytes early = IsAbove(criterion, After1(state->added, turn));

  const Bytes repeated = Is(kind, After1(state->kinds, kind));
  const Bytes is_operator = IsAbove(kind, Bytes{}) & IsAbove(All(kAtLeast), kind);
  const Bytes wrong_operator = is_operator & (repeated | (n | k));
  const Bytes right_numbers = IsAbove(n, All(1)) & IsAbove(k, n) & IsAbove(All(65), k);
  state->wrong |= wrong_results | early | wrong_operator | (at_least & ~right_numbers) |
                  IsAbove(kind, All(kAtLeast));
  state->results = Look(results, All(15));
  state->used = used + reinterpret_cast<Words>(Look(state->added, kLastAsWord));
  state->added = Look(turn, All(15)) - state->added;
  state->kinds = kind;
}

constexpr uint8_t kOutside[2 * kBlock] = {
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

// The last tokens, `count` of them, fewer than 16.
SLUICE_SSE42 void TakeLast(const uint8_t* at, uint32_t count, uint32_t readable, State* state) {
  Bytes outside;
  __builtin_memcpy(&outside, kOutside + (kBlock - count), sizeof outside);
  if (readable >= 4 * kBlock) return Take(at, outside, state);
  uint8_t copy[4 * kBlock] = {};
  for (uint32_t i = 0; i < 4 * count; ++i) copy[i] = at[i];
  Take(copy, outside, state);
}

__attribute__((target("sse4.2"))) bool IsWrongSse42(const Tokens& tokens) {
  if (tokens.count <= kFewTokens) return IsWrongPortable(tokens);
  State state;
  const uint32_t last = tokens.count % kBlock, whole = 4 * (tokens.count - last);
  for (uint32_t i = 0; i < whole; i += 4 * kBlock) Take(tokens.at + i, Bytes{}, &state);
  if (last > 0) TakeLast(tokens.at + whole, last, tokens.readable - whole, &state);
  const Longs wrong = reinterpret_cast<Longs>(state.wrong);
  return ((wrong[0] | wrong[1]) != 0) | (state.results[0] != 1) |
             (state.used[0] + state.added[0] != tokens.criteria) ||
         IsPlain(tokens);
}

#endif

}  // namespace

bool IsWrongPortable(const Tokens& tokens) {
  uint32_t results = 0, used = 0, before = 0;
  uint32_t outside = 0;  // bits above the lowest 6: there were not 1 to 64 results
  uint32_t early = 0;    // the highest bit: a criterion was used before its turn
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < tokens.count; ++i) {
    const uint32_t token = Load32(tokens.at + size_t{4} * i);
    const Kind& kind = kKinds[token >> kValueBits];
    wrong |= IsWrongAlone(token, before);
    results += kind.gives - (token & kind.takes);
    outside |= results - 1;
    early |= (used - token) & kind.is_criterion;
    used += token == used;
    before = token;
  }
  return (wrong | (outside >> 6) | (early >> 31) | (results != 1) | (used != tokens.criteria)) !=
             0 ||
         IsPlain(tokens);
}

IsWrongCondition FastestIsWrongCondition() {
#if SLUICE_CHANNEL_X86
  if ((CpuFeatures() & kHasSse42) != 0) return IsWrongSse42;
#endif
  return IsWrongPortable;
}

}  // namespace sluice::channel
