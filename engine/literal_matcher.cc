#include "engine/literal_matcher.h"

#include <algorithm>
#include <bit>

namespace sluice {
namespace {

// Of a long literal only the beginning is looked at for the bytes that it is found by.
constexpr size_t kMaxGramsLookedAt = 256;
constexpr size_t kFilterBitsPerLiteral = 16;
constexpr size_t kBucketsPerLiteral = 2;

size_t GramPlaces(size_t size, size_t gram) { return std::min(size - gram + 1, kMaxGramsLookedAt); }

}  // namespace

uint32_t LiteralMatcher::Add(uint32_t slot, Where where, std::string_view text) {
  literals_.push_back({.text = text.data(),
                       .size = static_cast<uint32_t>(text.size()),
                       .slot = slot,
                       .where = where});
  return static_cast<uint32_t>(literals_.size() - 1);
}

size_t LiteralMatcher::LengthClass(size_t size) {
  size_t length = 0;
  while (length + 1 < kLengths.size() && kLengths[length + 1] <= size) ++length;
  return length;
}

uint64_t LiteralMatcher::TextKey(uint32_t slot, Where where, std::string_view text) {
  uint64_t key = Mix(uint64_t{slot} * 4 + static_cast<uint64_t>(where) + (text.size() << 32));
  size_t at = 0;
  for (; text.size() - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof(word));
    key = Mix(key ^ word);
  }
  uint64_t rest = 0;
  std::memcpy(&rest, text.data() + at, text.size() - at);
  return Mix(Mix(key ^ rest));
}

void LiteralMatcher::CountGrams(const Literal& literal, GramCounts& counts) const {
  if (literal.where != Where::kAnywhere || literal.size < kGram) return;
  for (size_t at = 0; at < GramPlaces(literal.size, kGram); ++at) {
    ++counts[GramKey(literal.slot, kGram, LoadGram(literal.text + at, kGram))];
  }
}

// By the bytes that the fewest literals have; of equals, the last, since many texts begin alike.
void LiteralMatcher::ChooseGram(Literal& literal, const GramCounts& counts) const {
  if (literal.where != Where::kAnywhere || literal.size < kGram) return;
  uint32_t fewest = kNone;
  for (size_t at = 0; at < GramPlaces(literal.size, kGram); ++at) {
    const auto found =
        counts.find(GramKey(literal.slot, kGram, LoadGram(literal.text + at, kGram)));
    if (found->second > fewest) continue;
    fewest = found->second;
    literal.offset = static_cast<uint32_t>(at);
  }
}

LiteralWays LiteralMatcher::WaysOf(Where where, size_t size) {
  const auto length = static_cast<uint16_t>(1u << LengthClass(size));
  switch (where) {
    case Where::kWhole:
      return {.whole = 1};
    case Where::kStart:
      return {.start_lengths = length};
    case Where::kEnd:
      return {.end_lengths = length};
    case Where::kAnywhere:
      break;
  }
  return {.grams = static_cast<uint8_t>(1u << (std::min(size, kGram) - 1))};
}

uint64_t LiteralMatcher::KeyOf(const Literal& literal) {
  const std::string_view text(literal.text, literal.size);
  const size_t length = kLengths[LengthClass(literal.size)];
  switch (literal.where) {
    case Where::kWhole:
      return TextKey(literal.slot, literal.where, text);
    case Where::kStart:
      return TextKey(literal.slot, literal.where, text.substr(0, length));
    case Where::kEnd:
      return TextKey(literal.slot, literal.where, text.substr(text.size() - length));
    case Where::kAnywhere:
      break;
  }
  const auto gram = static_cast<uint32_t>(std::min(text.size(), kGram));
  return GramKey(literal.slot, gram, LoadGram(literal.text + literal.offset, gram));
}

void LiteralMatcher::Build() {
  GramCounts counts;
  for (const Literal& literal : literals_) CountGrams(literal, counts);
  for (Literal& literal : literals_) ChooseGram(literal, counts);
  std::vector<uint64_t> keys;
  keys.reserve(literals_.size());
  for (const Literal& literal : literals_) keys.push_back(KeyOf(literal));

  const auto bits = [](size_t wanted) { return std::bit_width(std::max<size_t>(wanted, 64) - 1); };
  const int filter_bits = bits(literals_.size() * kFilterBitsPerLiteral);
  const int bucket_bits = bits(literals_.size() * kBucketsPerLiteral);
  filter_shift_ = 64 - filter_bits;
  bucket_shift_ = 64 - bucket_bits;
  filter_.assign((size_t{1} << filter_bits) / 64, 0);
  buckets_.assign((size_t{1} << bucket_bits) + 1, 0);
  for (const uint64_t key : keys) {
    const uint64_t bit = key >> filter_shift_;
    filter_[bit >> 6] |= uint64_t{1} << (bit & 63);
    ++buckets_[(key >> bucket_shift_) + 1];
  }
  for (size_t i = 1; i < buckets_.size(); ++i) buckets_[i] += buckets_[i - 1];
  entries_.resize(keys.size());
  std::vector<uint32_t> next(buckets_.begin(), buckets_.end() - 1);
  for (uint32_t i = 0; i < keys.size(); ++i) {
    entries_[next[keys[i] >> bucket_shift_]++] = {static_cast<uint32_t>(keys[i]), i};
  }
}

}  // namespace sluice
