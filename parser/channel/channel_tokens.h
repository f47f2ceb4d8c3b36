// Conditions, checked as a whole: whether one is wrong, not what is. Freestanding.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_TOKENS_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_TOKENS_H_

#include <cstddef>
#include <cstdint>

namespace sluice::channel {

// The tokens of one condition, at least one, over so many criteria of its instance.
struct Tokens {
  const uint8_t* at;
  uint32_t count;
  uint32_t criteria;
  uint32_t readable;  // bytes from `at` on, no fewer than the tokens take
};

// Whether it breaks a rule of docs/channel-format.md, "Condition".
using IsWrongCondition = bool (*)(const Tokens& tokens);

// Token by token, on any processor.
bool IsWrongPortable(const Tokens& tokens);

// By 16 tokens at a time where the processor can.
IsWrongCondition FastestIsWrongCondition();

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_TOKENS_H_
