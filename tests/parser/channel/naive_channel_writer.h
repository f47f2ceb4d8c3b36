#ifndef SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_WRITER_H_
#define SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/channel/naive_channel.h"

// Writes channel files by docs/channel-format.md alone, and takes them apart again: into sections
// that a test can change, leave out, double and put in another order.

namespace sluice {

struct NaiveSectionBytes {
  uint32_t id = 0;
  uint32_t count = 0;
  std::string data;
};

// The whole file. It is valid if `channel` is what ReadNaive can give; fingerprints and what closes
// ranges are computed, all else is written as it stands.
std::string WriteNaive(const NaiveChannel& channel);

// Header of `file`, these sections in this order, and the checksum.
std::string JoinNaive(std::string_view file, const std::vector<NaiveSectionBytes>& sections);

// Takes a valid file apart.
std::vector<NaiveSectionBytes> SplitNaive(std::string_view file);

// Writes the checksum, and the file size if `size`, as they ought to be; nothing below 32 bytes.
void RepairNaive(bool size, std::string* file);

// Writes `value` little-endian over 4 bytes, or reads them.
void SetNaiveNumber(size_t at, uint32_t value, std::string* bytes);
uint32_t GetNaiveNumber(size_t at, std::string_view bytes);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_WRITER_H_
