// Random contents that a channel file can hold, written in every way but the canonical one.

#ifndef SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_CONTENTS_H_
#define SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_CONTENTS_H_

#include <string>

#include "schema/content.h"
#include "tests/parser/channel/naive_channel_random.h"

namespace sluice {

// A few types with some instances of each in any order, ids "1", "2", ...; conditions with
// superfluous operators, criteria that no condition uses, fields named in any order. Every
// operator, flag, time part and kind of token comes up.
Content RandomContent(Dialect dialect, Binding binding, NaiveRandom& random);

// All that a criterion says: two with the same key match the same events.
std::string CriterionKey(const Content& content, const Criterion& criterion);

// Whether the instance matches when each criterion does as `salt` says of its key. For instances of
// channel and Sigma content.
bool Matches(const Content& content, const Instance& instance, uint32_t salt);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_CONTENTS_H_
