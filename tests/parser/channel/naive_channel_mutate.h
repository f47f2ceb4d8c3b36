#ifndef SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_MUTATE_H_
#define SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_MUTATE_H_

#include <string>

#include "tests/parser/channel/naive_channel.h"
#include "tests/parser/channel/naive_channel_random.h"

namespace sluice {

// Breaks the content: a value of one criterion, condition, type, ... becomes another, and the file
// is written anew, with fingerprints, ranges and checksum that fit. It may still be valid.
std::string MutateContent(const NaiveChannel& channel, NaiveRandom* random);

// Breaks the bytes of a valid file: bits, words, ends and counts, items, strings, sections, its
// end, something put in. The file size and the checksum are as they ought to be, as a rule.
std::string MutateBytes(std::string file, NaiveRandom* random);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_MUTATE_H_
