#ifndef SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_RANDOM_H_
#define SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_RANDOM_H_

#include <cstdint>
#include <random>

#include "tests/parser/channel/naive_channel.h"

namespace sluice {

// The same numbers from the same seed with every library.
class NaiveRandom {
 public:
  explicit NaiveRandom(uint32_t seed) : engine_(seed) {}

  uint32_t Next() { return static_cast<uint32_t>(engine_()); }
  uint32_t Below(size_t end) { return static_cast<uint32_t>(engine_() % end); }
  bool OneIn(size_t n) { return Below(n) == 0; }

 private:
  std::mt19937 engine_;
};

// A valid channel file of a few hundred bytes as a rule: every dialect, both bindings, every
// section, operator, kind of token and absence of these comes up.
NaiveChannel RandomNaive(NaiveRandom* random);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_RANDOM_H_
