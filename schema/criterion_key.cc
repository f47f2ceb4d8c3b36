#include "schema/criterion_key.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "schema/text.h"

namespace sluice {
namespace {

constexpr uint64_t kFold = 0x2020202020202020;  // makes ASCII letters lower case
constexpr uint64_t kSecret = 0x2D358DCCAA6C78A5;
constexpr size_t kMaxSteps = 16;

// Eight letters in lower case.
uint64_t Folded(const char* at) {
  uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word | kFold;
}

// Both halves of the product, mixed: sixteen bytes in one step (as wyhash does).
uint64_t Multiply(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace

uint64_t FoldedHash(std::string_view text) {
  uint64_t hash = text.size();
  while (text.size() >= 2 * sizeof(uint64_t)) {
    hash = Multiply(Folded(text.data()) ^ kSecret, Folded(text.data() + sizeof(uint64_t)) ^ hash);
    text.remove_prefix(2 * sizeof(uint64_t));
  }
  uint64_t rest[2] = {};
  if (!text.empty()) std::memcpy(rest, text.data(), text.size());
  return Multiply(rest[0] | kFold, kSecret) ^ Multiply((rest[1] | kFold) ^ kSecret, hash ^ kSecret);
}

uint64_t TestHash(const Content& content, const Criterion& criterion) {
  uint64_t hash = MixHash(criterion.field, static_cast<uint64_t>(criterion.op));
  for (const Operand& operand : content.operands(criterion)) {
    hash = MixHash(hash, FoldedHash(operand.text));
  }
  return hash;
}

bool SameTest(const Content& content, const Criterion& a, const Criterion& b) {
  if (a.field != b.field || a.op != b.op || a.operands.size() != b.operands.size()) return false;
  if (a.op == Operator::kUnknown && a.operator_text != b.operator_text) return false;
  const std::span<const Operand> left = content.operands(a);
  const std::span<const Operand> right = content.operands(b);
  for (size_t i = 0; i < left.size(); ++i) {
    if (!EqualsIgnoreCase(left[i].text, right[i].text)) return false;
  }
  return true;
}

size_t LargestInstance(const Content& content) {
  uint32_t most = 0;
  for (const Instance& instance : content.instances()) {
    most = std::max(most, instance.criteria.size());
  }
  return most;
}

KeyTable::KeyTable(size_t entries)
    : slots_(std::bit_ceil(2 * entries + 1)), mask_(slots_.size() - 1) {}

void KeyTable::Clear(size_t entries) {
  mask_ = std::min(slots_.size(), std::bit_ceil(2 * entries + 1)) - 1;
  if (++era_ != 0) return;
  std::ranges::fill(slots_, Slot{});
  era_ = 1;
}

const KeyTable::Slot* KeyTable::Seek(uint64_t key) const {
  for (size_t step = 0; step < kMaxSteps; ++step) {
    const Slot& slot = slots_[(key + step) & mask_];
    if (slot.era != era_ || slot.key == key) return &slot;
  }
  return nullptr;
}

uint32_t KeyTable::Find(uint64_t key) const {
  const Slot* slot = Seek(key);
  return slot == nullptr || slot->era != era_ ? kNone : slot->value;
}

uint32_t KeyTable::FindOrAdd(uint64_t key, uint32_t value) {
  const Slot* found = Seek(key);
  if (found == nullptr) return kNone;
  if (found->era == era_) return found->value;
  slots_[static_cast<size_t>(found - slots_.data())] = {key, value, era_};
  return kNone;
}

}  // namespace sluice
