#ifndef SLUICE_TESTS_ENGINE_GENERATE_CHANNEL_H_
#define SLUICE_TESTS_ENGINE_GENERATE_CHANNEL_H_

#include <vector>

#include "tests/engine/generate_sigma.h"
#include "tests/parser/channel/naive_channel.h"
#include "tests/parser/channel/naive_channel_random.h"

namespace sluice::naive {

// A channel file of the dialects channel and sigma with operands that have a meaning: every
// operator, flag, kind of token and both bindings.
struct GeneratedChannel {
  NaiveChannel channel;
  std::vector<std::vector<Hint>> hints;  // by instance: values for which its criteria hold
};
GeneratedChannel RandomChannel(NaiveRandom& random);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_GENERATE_CHANNEL_H_
