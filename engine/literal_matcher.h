// Finds which of many literals stand in a value, in one pass over it.
//
// Every literal is found by a few of its bytes: one that may stand anywhere by the four of them
// that the fewest others have, one at an end or of the whole value by a hash of as many as the
// value is looked up by. A filter of single bits, small enough for the cache, tells at nearly all
// places that nothing is there. What passes is compared.

#ifndef SLUICE_ENGINE_LITERAL_MATCHER_H_
#define SLUICE_ENGINE_LITERAL_MATCHER_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/work.h"
#include "schema/content.h"

namespace sluice {

// Which ways to look for literals in values of one slot.
struct LiteralWays {
  uint8_t grams = 0;           // bit N - 1: by N bytes anywhere
  uint8_t whole = 0;           // 1: by all of the value
  uint16_t start_lengths = 0;  // bit N: by `LiteralMatcher::kLengths[N]` bytes
  uint16_t end_lengths = 0;

  bool empty() const { return (grams | whole | start_lengths | end_lengths) == 0; }
  bool Has(const LiteralWays& other) const {
    return (other.grams & ~grams) == 0 && other.whole <= whole &&
           (other.start_lengths & ~start_lengths) == 0 && (other.end_lengths & ~end_lengths) == 0;
  }
  LiteralWays& operator|=(const LiteralWays& other) {
    grams |= other.grams;
    whole |= other.whole;
    start_lengths |= other.start_lengths;
    end_lengths |= other.end_lengths;
    return *this;
  }
};

class LiteralMatcher {
 public:
  enum class Where : uint8_t { kAnywhere, kStart, kEnd, kWhole };

  // In how many bytes the starts and ends of values are looked up: each literal in the most that
  // it has.
  static constexpr std::array<uint32_t, 16> kLengths = {1,  2,  3,  4,  6,  8,   12,  16,
                                                        24, 32, 48, 64, 96, 128, 256, 1024};

  // Adds a literal, which is not empty and outlives the matcher, to what is looked for in values
  // of `slot`. Returns its number, counted from 0.
  uint32_t Add(uint32_t slot, Where where, std::string_view text);
  void Build();

  // How a literal is looked for.
  static LiteralWays WaysOf(Where where, size_t size);

  // Calls `found(literal)` for each literal of the slot that stands in `text`, once or more: for
  // all that are looked for in one of `ways`, perhaps for others. False when the work is exhausted.
  template <typename Found>
  bool Scan(uint32_t slot, const LiteralWays& ways, std::string_view text, Work& work,
            Found found) const;

 private:
  static constexpr size_t kGram = 4;

  struct Literal {
    const char* text = nullptr;
    uint32_t size = 0;
    uint32_t slot = 0;
    uint32_t offset = 0;  // kAnywhere: of the bytes that it is found by
    Where where = Where::kAnywhere;
  };
  struct Entry {
    uint32_t check = 0;  // the lower bits of the key
    uint32_t literal = 0;
  };
  using GramCounts = absl::flat_hash_map<uint64_t, uint32_t>;

  static uint64_t Mix(uint64_t value) {
    value *= 0x9E3779B97F4A7C15;
    return value ^ (value >> 32);
  }
  // Of `length` bytes, 1 to 4, that stand anywhere.
  static uint64_t GramKey(uint32_t slot, uint32_t length, uint32_t bytes) {
    const uint64_t seed = (uint64_t{slot} * 4 + length) << 32;
    return (seed ^ bytes ^ (seed >> 17)) * 0x9E3779B97F4A7C15;
  }
  static uint64_t TextKey(uint32_t slot, Where where, std::string_view text);
  static uint32_t LoadGram(const char* at, size_t length) {
    uint32_t gram = 0;
    std::memcpy(&gram, at, length);
    return gram;
  }
  static size_t LengthClass(size_t size);

  void CountGrams(const Literal& literal, GramCounts& counts) const;
  void ChooseGram(Literal& literal, const GramCounts& counts) const;
  static uint64_t KeyOf(const Literal& literal);

  bool MayStand(uint64_t key) const {
    const uint64_t bit = key >> filter_shift_;
    return (filter_[bit >> 6] >> (bit & 63)) & 1;
  }
  // The literals that stand at `at` by their key.
  template <typename Found>
  bool Look(uint64_t key, uint32_t slot, std::string_view text, size_t at, Work& work,
            Found& found) const;
  template <size_t kLength, typename Found>
  bool ScanGrams(uint32_t slot, std::string_view text, Work& work, Found& found) const;
  template <typename Found>
  bool ScanEnds(uint32_t slot, const LiteralWays& ways, std::string_view text, Work& work,
                Found& found) const;

  std::vector<Literal> literals_;
  std::vector<uint64_t> filter_;
  int filter_shift_ = 58;
  int bucket_shift_ = 63;
  std::vector<uint32_t> buckets_;  // where each begins in `entries_`
  std::vector<Entry> entries_;
};

template <typename Found>
bool LiteralMatcher::Look(uint64_t key, uint32_t slot, std::string_view text, size_t at, Work& work,
                          Found& found) const {
  const uint64_t bucket = key >> bucket_shift_;
  for (uint32_t i = buckets_[bucket]; i < buckets_[bucket + 1]; ++i) {
    if (!work.Take(1)) return false;
    const Entry& entry = entries_[i];
    if (entry.check != static_cast<uint32_t>(key)) continue;
    const Literal& literal = literals_[entry.literal];
    if (literal.slot != slot || literal.size > text.size()) continue;
    size_t begin = 0;
    if (literal.where == Where::kEnd) begin = text.size() - literal.size;
    if (literal.where == Where::kWhole && literal.size != text.size()) continue;
    if (literal.where == Where::kAnywhere) {
      if (at < literal.offset || text.size() - (at - literal.offset) < literal.size) continue;
      begin = at - literal.offset;
    }
    if (!work.Take(literal.size)) return false;
    if (std::memcmp(text.data() + begin, literal.text, literal.size) == 0) found(entry.literal);
  }
  return true;
}

template <size_t kLength, typename Found>
bool LiteralMatcher::ScanGrams(uint32_t slot, std::string_view text, Work& work,
                               Found& found) const {
  for (size_t at = 0; at + kLength <= text.size(); ++at) {
    const uint64_t key = GramKey(slot, kLength, LoadGram(text.data() + at, kLength));
    if (MayStand(key) && !Look(key, slot, text, at, work, found)) return false;
  }
  return true;
}

template <typename Found>
bool LiteralMatcher::ScanEnds(uint32_t slot, const LiteralWays& ways, std::string_view text,
                              Work& work, Found& found) const {
  const auto look = [&](Where where, std::string_view part) {
    const uint64_t key = TextKey(slot, where, part);
    return !MayStand(key) || Look(key, slot, text, 0, work, found);
  };
  if (ways.whole != 0 && !look(Where::kWhole, text)) return false;
  for (uint32_t left = ways.start_lengths; left != 0; left &= left - 1) {
    const size_t length = kLengths[static_cast<size_t>(std::countr_zero(left))];
    if (length > text.size()) break;
    if (!look(Where::kStart, text.substr(0, length))) return false;
  }
  for (uint32_t left = ways.end_lengths; left != 0; left &= left - 1) {
    const size_t length = kLengths[static_cast<size_t>(std::countr_zero(left))];
    if (length > text.size()) break;
    if (!look(Where::kEnd, text.substr(text.size() - length))) return false;
  }
  return true;
}

template <typename Found>
bool LiteralMatcher::Scan(uint32_t slot, const LiteralWays& ways, std::string_view text, Work& work,
                          Found found) const {
  const auto passes = static_cast<uint64_t>(std::popcount(ways.grams)) + 1;
  if (!work.Take(passes * (text.size() + 1))) return false;
  return ((ways.grams & 8) == 0 || ScanGrams<4>(slot, text, work, found)) &&
         ((ways.grams & 4) == 0 || ScanGrams<3>(slot, text, work, found)) &&
         ((ways.grams & 2) == 0 || ScanGrams<2>(slot, text, work, found)) &&
         ((ways.grams & 1) == 0 || ScanGrams<1>(slot, text, work, found)) &&
         ScanEnds(slot, ways, text, work, found);
}

}  // namespace sluice

#endif  // SLUICE_ENGINE_LITERAL_MATCHER_H_
