#ifndef SLUICE_TESTS_ENGINE_NAIVE_CHANNEL_EVENTS_H_
#define SLUICE_TESTS_ENGINE_NAIVE_CHANNEL_EVENTS_H_

#include "tests/engine/naive_sigma.h"
#include "tests/parser/channel/naive_channel.h"

// A second evaluator of channel files of the dialects channel and sigma, from
// docs/channel-format.md and the second reader of them.

namespace sluice::naive {

// Whether the instance, of this type, matches. `sigma`: the type is a log source. Of a regular
// expression that is beyond the naive subset, nothing.
std::optional<bool> Matches(const NaiveType& type, const NaiveInstance& instance, bool sigma,
                            const Event& event);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_NAIVE_CHANNEL_EVENTS_H_
