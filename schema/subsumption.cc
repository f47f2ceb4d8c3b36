#include "schema/subsumption.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "schema/text.h"

namespace sluice {
namespace {

constexpr uint64_t kBudgetPerByte = 4;
constexpr size_t kLookUp = 16;  // what looking into the table costs, as if it were bytes compared
constexpr uint64_t kLeastBudget = 1 << 16;

// Four letters as a number, case folded (and a little more: what is found is compared).
uint32_t Gram(const char* at) {
  uint32_t word;
  std::memcpy(&word, at, sizeof word);
  return word | 0x20202020;
}

// The bit of a gram is that of the field, of `GramHash`, and of a step for each letter of its
// distance from the start or the end, so that a scan only adds.
constexpr uint64_t kStep = 0x9E3779B97F4A7C15;

uint64_t GramHash(uint32_t gram) { return gram * uint64_t{0xD6E8FEB86659FD93}; }

// Where the steps begin to count for each of the two.
constexpr uint64_t kFromStart = 0x2545F4914F6CDD1D;
constexpr uint64_t kFromEnd = 0x5851F42D4C957F2D;

// Alternatives of one another stand in an OR group, or outside of groups (section 6.3).
bool IsAlternative(const Content& content, const Criterion& criterion) {
  return criterion.group == kNone || content.groups()[criterion.group].combine == Combine::kOr;
}

bool HasVariables(std::string_view operand) { return operand.find('%') != std::string_view::npos; }

bool IsWideOperator(Operator op) {
  return op == Operator::kSysmonContains || op == Operator::kSysmonBeginWith ||
         op == Operator::kSysmonEndWith;
}

bool IsNarrowOperator(Operator op) {
  return IsWideOperator(op) || op == Operator::kSysmonIs || op == Operator::kSysmonImage;
}

constexpr size_t kLongest = 63;  // lengths from here on share a bit

uint64_t LengthBit(size_t length) { return uint64_t{1} << std::min(length, kLongest); }

}  // namespace

Subsumption::Subsumption(const Content& content)
    : content_(content), beside_(true), table_(3 * LargestInstance(content)) {
  for (const Instance& instance : content.instances()) {
    if (instance.criteria.size() < 2) continue;
    empty_ = std::ranges::none_of(content.criteria(instance),
                                  [&](const Criterion& c) { return CanBeWide(c); });
    if (!empty_) break;
  }
  if (empty_) return;
  MakeTables(LargestInstance(content));
  SetBudget();
}

Subsumption::Subsumption(const Content& content, std::span<const uint32_t> wide)
    : content_(content), beside_(false), table_(3 * wide.size()) {
  empty_ = std::ranges::none_of(wide, [&](uint32_t i) { return CanBeWide(content.criteria()[i]); });
  if (empty_) return;
  MakeTables(content.criteria().size());
  for (const uint32_t i : wide) {
    if (CanBeWide(content.criteria()[i])) AddWide(kNone, i);
  }
  SetBudget();
}

// Takes the wider criteria of one instance in place of those of another.
void Subsumption::Enter(uint32_t instance) {
  entered_ = instance;
  const Range criteria = content_.instances()[instance].criteria;
  base_ = criteria.begin;
  table_.Clear(3 * criteria.size());
  // Bits that are left over from others only cost a look into the table.
  if (may_count_ > may_.size() / kSlotsPerCriterion) {
    may_.assign(may_.size(), kNever);
    may_count_ = 0;
  }
  if (criteria.size() < 2) return;
  for (uint32_t i = criteria.begin; i < criteria.end; ++i) {
    if (CanBeWide(content_.criteria()[i])) AddWide(instance, i);
  }
}

void Subsumption::MakeTables(size_t criteria) {
  next_.resize(criteria);
  kinds_.resize(criteria);
  const size_t slots =
      std::clamp(std::bit_ceil(kSlotsPerCriterion * criteria), size_t{64}, kMaySlots);
  may_.resize(slots);
  may_shift_ = 64 - std::countr_zero(slots);
}

size_t Subsumption::Slot(uint64_t hash) const { return hash >> may_shift_; }

bool Subsumption::CanBeWide(const Criterion& criterion) const {
  const std::string_view operand = content_.operand_text(criterion);
  return IsWideOperator(criterion.op) && (!beside_ || IsAlternative(content_, criterion)) &&
         operand.size() >= kGram && !HasVariables(operand);
}

void Subsumption::SetBudget() {
  budget_ = kLeastBudget;
  for (const Operand& operand : content_.operands()) {
    budget_ += kBudgetPerByte * operand.text.size();
  }
}

uint64_t Subsumption::FieldKey(uint32_t instance, const Criterion& criterion) const {
  const bool grouped = criterion.group != kNone;
  const uint64_t scope = !beside_  ? kNone
                         : grouped ? (uint64_t{1} << 32) + criterion.group
                                   : instance;
  return MixHash(scope, criterion.field);
}

uint64_t Subsumption::Key(uint64_t field, Where where, std::string_view text) {
  const uint64_t key = MixHash(field, static_cast<uint64_t>(where));
  // A text that may stand anywhere is looked up by how it begins, the others as a whole.
  return MixHash(key, where == Where::kAnywhere ? Gram(text.data()) : FoldedHash(text));
}

uint64_t Subsumption::RootKey(uint64_t field, Where where, std::string_view operand) {
  const size_t at = where == Where::kStart ? 0 : operand.size() - kRoot;
  // Apart from the key of a whole operand.
  constexpr uint64_t kIsRoot = 16;
  return MixHash(field + kIsRoot + static_cast<uint64_t>(where),
                 FoldedHash(operand.substr(at, kRoot)));
}

void Subsumption::AddWide(uint32_t instance, uint32_t index) {
  ++may_count_;
  next_[index - base_] = kNone;
  kinds_[index - base_] = {};
  const Criterion& criterion = content_.criteria()[index];
  const std::string_view operand = content_.operand_text(criterion);
  const uint64_t field = FieldKey(instance, criterion);
  const uint32_t same_field = table_.FindOrAdd(field, index);
  Kinds& kinds = kinds_[(same_field == kNone ? index : same_field) - base_];
  Where where = Where::kAnywhere;
  if (criterion.op == Operator::kSysmonContains) {
    kinds.anywhere = true;
    uint8_t& may = may_[Slot(field + GramHash(Gram(operand.data())))];
    may = may == kNever ? kMay : kMayTwice;
  } else if (criterion.op == Operator::kSysmonBeginWith) {
    where = Where::kStart;
    if (operand.size() < kRoot) kinds.start_lengths |= LengthBit(operand.size());
    const uint64_t last = GramHash(Gram(operand.data() + operand.size() - kGram));
    may_[Slot(field + kFromStart + last + operand.size() * kStep)] = kMayTwice;
  } else {
    where = Where::kEnd;
    if (operand.size() < kRoot) kinds.end_lengths |= LengthBit(operand.size());
    const uint64_t first = GramHash(Gram(operand.data()));
    may_[Slot(field + kFromEnd + first + operand.size() * kStep)] = kMayTwice;
  }
  if (where != Where::kAnywhere && operand.size() >= kRoot) {
    const uint32_t same_root = table_.FindOrAdd(RootKey(field, where, operand), index);
    kinds_[(same_root == kNone ? index : same_root) - base_].long_lengths |=
        LengthBit(operand.size());
  }
  const uint32_t first = table_.FindOrAdd(Key(field, where, operand), index);
  if (first == kNone) return;
  next_[index - base_] = next_[first - base_];
  next_[first - base_] = index;
}

bool Subsumption::Spend(size_t bytes) {
  if (bytes >= budget_) {
    budget_ = 0;
    exhausted_ = true;
    return false;
  }
  budget_ -= bytes;
  return true;
}

bool Subsumption::Widens(uint32_t wide, const Spot& spot) const {
  const Criterion& narrower = content_.criteria()[spot.narrow];
  const Criterion& wider = content_.criteria()[wide];
  if (wide == spot.narrow || wider.field != narrower.field) return false;
  if (beside_) {
    if (wider.group != narrower.group) return false;
    if (wide > spot.narrow && wider.name != narrower.name) return false;
  }
  const std::string_view operand = content_.operand_text(wider);
  if (spot.where == Where::kAnywhere ? spot.text.size() < operand.size()
                                     : spot.text.size() != operand.size()) {
    return false;
  }
  if (!EqualsIgnoreCase(spot.text.substr(0, operand.size()), operand)) return false;
  // Those that test the same are SL505 and SL508.
  return wider.op != narrower.op || operand.size() != content_.operand_text(narrower).size();
}

uint32_t Subsumption::Ask(const Spot& spot) {
  const bool anywhere = spot.where == Where::kAnywhere;
  if (!Spend(kLookUp + (anywhere ? kGram : spot.text.size()))) return kNone;
  uint32_t wide = table_.Find(Key(spot.field, spot.where, spot.text));
  for (; wide != kNone; wide = next_[wide - base_]) {
    const size_t cost = content_.operand_text(content_.criteria()[wide]).size();
    if (!Spend(std::min(cost, spot.text.size()))) return kNone;
    if (Widens(wide, spot)) return wide;
  }
  return kNone;
}

uint32_t Subsumption::WiderThan(uint32_t instance, uint32_t index) {
  const Criterion& criterion = content_.criteria()[index];
  if (!IsNarrowOperator(criterion.op) || (beside_ && !IsAlternative(content_, criterion)) ||
      exhausted_ || content_.operand_text(criterion).size() < kGram) {
    return kNone;
  }
  if (beside_ && instance != entered_) Enter(instance);
  const uint64_t field = FieldKey(instance, criterion);
  const uint32_t first = table_.Find(field);
  if (first == kNone) return kNone;
  const Kinds& kinds = kinds_[first - base_];
  const bool is = criterion.op == Operator::kSysmonIs;
  uint32_t wide = kNone;
  if (is || criterion.op == Operator::kSysmonBeginWith) {
    wide = FindAt(Where::kStart, kinds.start_lengths, field, index);
  }
  if (wide == kNone &&
      (is || criterion.op == Operator::kSysmonEndWith || criterion.op == Operator::kSysmonImage)) {
    wide = FindAt(Where::kEnd, kinds.end_lengths, field, index);
  }
  if (wide == kNone && kinds.anywhere) wide = FindAnywhere(field, index);
  return wide != kNone && HasVariables(content_.operand_text(criterion)) ? kNone : wide;
}

// The first place from `from` on where a `contains` may begin; the operand's size when there is
// none.
size_t Subsumption::NextSpot(uint64_t field, std::string_view operand, size_t from) const {
  const uint8_t* const may = may_.data();
  for (; from + kGram <= operand.size(); ++from) {
    if (may[Slot(field + GramHash(Gram(operand.data() + from)))] != kNever) return from;
  }
  return operand.size();
}

uint32_t Subsumption::FindAnywhere(uint64_t field, uint32_t index) {
  const Criterion& criterion = content_.criteria()[index];
  const std::string_view operand = content_.operand_text(criterion);
  size_t i = 0;
  // At its own beginning it finds itself, if it is one of the wider ones: another one is needed.
  if (beside_ && criterion.op == Operator::kSysmonContains) {
    i = may_[Slot(field + GramHash(Gram(operand.data())))] == kMayTwice ? 0 : 1;
  }
  for (i = NextSpot(field, operand, i); i + kGram <= operand.size();
       i = NextSpot(field, operand, i + 1)) {
    const uint32_t wide = Ask({field, index, Where::kAnywhere, operand.substr(i)});
    if (wide != kNone) return wide;
  }
  return kNone;
}

uint32_t Subsumption::FindAt(Where where, uint64_t short_lengths, uint64_t field, uint32_t index) {
  const std::string_view operand = content_.operand_text(content_.criteria()[index]);
  uint64_t lengths = short_lengths;
  if (operand.size() >= kRoot) {
    const uint32_t same_root = table_.Find(RootKey(field, where, operand));
    if (same_root != kNone) lengths |= kinds_[same_root - base_].long_lengths;
  }
  const bool start = where == Where::kStart;
  // A condition of the same kind and length would test the same, which is SL505.
  const Operator op = content_.criteria()[index].op;
  const bool same_kind = op == (start ? Operator::kSysmonBeginWith : Operator::kSysmonEndWith);
  const size_t longest = operand.size() - (same_kind ? 1 : 0);
  const uint64_t base = field + (start ? kFromStart : kFromEnd);
  const auto find = [&](size_t length) {
    // The last letters of a beginning, the first of an end.
    const size_t at = start ? length - kGram : operand.size() - length;
    const uint64_t hash = base + GramHash(Gram(operand.data() + at));
    if (may_[Slot(hash + length * kStep)] == kNever) return kNone;
    const size_t from = start ? 0 : operand.size() - length;
    return Ask({field, index, where, operand.substr(from, length)});
  };
  // None is longer than the operand.
  if (longest < kLongest) lengths &= LengthBit(longest + 1) - 1;
  for (uint64_t left = lengths; left != 0; left &= left - 1) {
    size_t length = static_cast<size_t>(std::countr_zero(left));
    const size_t last = length == kLongest ? longest : length;
    for (; length <= last; ++length) {
      if (const uint32_t wide = find(length); wide != kNone) return wide;
    }
  }
  return kNone;
}

}  // namespace sluice
