#ifndef SLUICE_TESTS_ENGINE_GENERATE_TEXT_H_
#define SLUICE_TESTS_ENGINE_GENERATE_TEXT_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/naive_match.h"
#include "tests/parser/channel/naive_channel_random.h"

// Texts for generated content and events: few pieces, so that they meet often.

namespace sluice::naive {

template <typename T>
const T& OneOf(NaiveRandom& random, const std::vector<T>& all) {
  return all[random.Below(all.size())];
}
std::string OneOf(NaiveRandom& random, std::initializer_list<const char*> all);

// Up to `pieces` pieces; whole UTF-8 with no control character but tab.
std::string RandomText(NaiveRandom& random, size_t pieces);
// The same as a rule's value: backslashes and wildcards stand in all places.
std::string RandomValue(NaiveRandom& random, size_t pieces);

// A text that the pattern matches, letters in any case.
std::string Instantiate(NaiveRandom& random, const Pattern& pattern);
// Letters in other cases, dashes as other dashes.
std::string InOtherCase(NaiveRandom& random, std::string_view text);
// One small change, which may break the UTF-8.
std::string Mutate(NaiveRandom& random, std::string text);

// A number near 10 or anywhere, as rules write it; and the same or one near it as events may.
std::string RandomNumber(NaiveRandom& random);
std::string LikeNumber(NaiveRandom& random, std::string_view number);
std::string RandomDate(NaiveRandom& random);
std::string RandomNetwork(NaiveRandom& random);
// An address that is often within the network.
std::string AddressNear(NaiveRandom& random, std::string_view network);

// A regular expression of the subset that rules may use, and a text in which it is often found.
struct GeneratedRegex {
  std::string pattern;
  std::string text;
};
GeneratedRegex RandomRegex(NaiveRandom& random);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_GENERATE_TEXT_H_
