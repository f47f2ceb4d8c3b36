#ifndef SLUICE_TESTS_ENGINE_GENERATE_SIGMA_H_
#define SLUICE_TESTS_ENGINE_GENERATE_SIGMA_H_

#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/naive_sigma.h"
#include "tests/parser/channel/naive_channel_random.h"

// Random Sigma rules, and events near what rules ask for.

namespace sluice::naive {

// A value that a field should have for some criterion to hold; the name is empty for keywords.
using Hint = EventField;

struct GeneratedRule {
  std::string id;
  std::string yaml;
  std::string type;  // "windows/process_creation"
  std::vector<Hint> hints;
};

// With every modifier in every order that it may stand in, lists, maps, keywords, null, escapes,
// wildcards and conditions of every form. `number` makes the id.
GeneratedRule RandomRule(NaiveRandom& random, uint32_t number);
// What the rules' placeholders stand for.
const Placeholders& GeneratedPlaceholders();

// An event whose values are those of the hints, some of them changed, missing, empty, huge or
// broken, with others beside them.
Event EventNear(NaiveRandom& random, std::string_view type, const std::vector<Hint>& hints);

// An event in printable words, for messages.
std::string Describe(const Event& event);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_GENERATE_SIGMA_H_
