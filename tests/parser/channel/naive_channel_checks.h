#ifndef SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_CHECKS_H_
#define SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_CHECKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/channel/naive_channel.h"

// What docs/channel-format.md demands of the decoded values of a channel file, beyond where they
// stand.

namespace sluice {

// Gives each string to its place in the order of the page; says so if they are not as many.
std::string GiveNaiveStrings(const std::vector<std::string>& strings, NaiveChannel* channel);

// The first rule of operators, criterion names, contracts, types and conditions that is broken;
// empty if none is.
std::string CheckNaive(const NaiveChannel& channel);

bool NaiveIsUtf8(std::string_view text);

// The fingerprint of a declared type.
uint64_t NaiveFingerprint(const NaiveType& type);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_CHECKS_H_
