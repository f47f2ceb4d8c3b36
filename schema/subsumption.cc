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

// The bit of a gram is that of `GramHash` plus a step for each letter of its distance from the
// start or the end, so that a scan only adds.
constexpr uint64_t kStep = 0x9E3779B97F4A7C15;

uint64_t GramHash(uint32_t gram) { return gram * uint64_t{0xD6E8FEB86659FD93}; }

size_t Bit(uint64_t hash, size_t bits) { return (hash >> 32) & (bits - 1); }

// Where the steps begin to count for each of the two.
constexpr uint64_t kFromStart = 0x2545F4914F6CDD1D;
constexpr uint64_t kFromEnd = 0x5851F42D4C957F2D;

// Alternatives of one another stand in an OR group, or outside of groups (section 6.3).
bool IsAlternative(const Content& content, const Criterion& criterion) {
  return criterion.group == kNone || content.groups()[criterion.group].combine == Combine::kOr;
}

bool HasUsableOperand(const Content& content, const Criterion& criterion) {
  const std::string_view operand = content.operand_text(criterion);
  return operand.size() >= Subsumption::kGram && operand.find('%') == std::string_view::npos;
}

bool IsWideOperator(Operator op) {
  return op == Operator::kSysmonContains || op == Operator::kSysmonBeginWith ||
         op == Operator::kSysmonEndWith;
}

bool IsNarrowOperator(Operator op) {
  return IsWideOperator(op) || op == Operator::kSysmonIs || op == Operator::kSysmonImage;
}

constexpr size_t kLongest = 63;  // lengths from here on share a bit

uint64_t LengthBit(size_t length) { return uint64_t{1} << std::min(length, kLongest); }

// The field of a criterion in the group or record where its alternatives stand.
uint64_t FieldKey(uint32_t instance, const Criterion& criterion) {
  const uint64_t scope =
      criterion.group == kNone ? instance : (uint64_t{1} << 32) + criterion.group;
  return MixHash(scope, criterion.field);
}

}  // namespace

Subsumption::Subsumption(const Content& content)
    : content_(content), table_(2 * content.criteria().size()) {
  for (uint32_t n = 0; n < content.instances().size(); ++n) {
    const Range criteria = content.instances()[n].criteria;
    if (criteria.size() < 2) continue;
    for (uint32_t i = criteria.begin; i < criteria.end; ++i) {
      const Criterion& criterion = content.criteria()[i];
      if (!IsWideOperator(criterion.op) || !IsAlternative(content, criterion) ||
          !HasUsableOperand(content, criterion)) {
        continue;
      }
      if (next_.empty()) {
        next_.assign(content.criteria().size(), kNone);
        kinds_.resize(content.criteria().size());
      }
      AddWide(n, i);
      empty_ = false;
    }
  }
  if (empty_) return;
  budget_ = kLeastBudget;
  for (const Operand& operand : content.operands()) budget_ += kBudgetPerByte * operand.text.size();
}

uint64_t Subsumption::Key(uint32_t instance, const Criterion& criterion, Where where,
                          std::string_view text) const {
  const uint64_t key = MixHash(FieldKey(instance, criterion), static_cast<uint64_t>(where));
  // A text that may stand anywhere is looked up by how it begins, the others as a whole.
  return MixHash(key, where == Where::kAnywhere ? Gram(text.data()) : FoldedHash(text));
}

const Subsumption::Kinds* Subsumption::KindsBeside(uint32_t instance,
                                                   const Criterion& criterion) const {
  const uint32_t first = table_.Find(FieldKey(instance, criterion));
  return first == kNone ? nullptr : &kinds_[first];
}

void Subsumption::AddWide(uint32_t instance, uint32_t index) {
  const Criterion& criterion = content_.criteria()[index];
  const uint32_t field = table_.FindOrAdd(FieldKey(instance, criterion), index);
  Kinds& kinds = kinds_[field == kNone ? index : field];
  kinds.anywhere |= criterion.op == Operator::kSysmonContains;
  const uint64_t length = LengthBit(content_.operand_text(criterion).size());
  if (criterion.op == Operator::kSysmonBeginWith) kinds.start_lengths |= length;
  if (criterion.op == Operator::kSysmonEndWith) kinds.end_lengths |= length;
  const std::string_view operand = content_.operand_text(criterion);
  Where where = Where::kAnywhere;
  if (criterion.op == Operator::kSysmonContains) {
    may_.set(Bit(GramHash(Gram(operand.data())), kMayBits));
  } else if (criterion.op == Operator::kSysmonBeginWith) {
    where = Where::kStart;
    const uint64_t last = GramHash(Gram(operand.data() + operand.size() - kGram));
    may_.set(Bit(last + kFromStart + operand.size() * kStep, kMayBits));
  } else {
    where = Where::kEnd;
    const uint64_t first = GramHash(Gram(operand.data()));
    may_.set(Bit(first + kFromEnd + operand.size() * kStep, kMayBits));
  }
  const uint32_t first = table_.FindOrAdd(Key(instance, criterion, where, operand), index);
  if (first == kNone) return;
  next_[index] = next_[first];
  next_[first] = index;
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
  if (wide == spot.narrow || wider.field != narrower.field || wider.group != narrower.group)
    return false;
  if (wide > spot.narrow && wider.name != narrower.name) return false;
  const std::string_view operand = content_.operand_text(wider);
  if (spot.where == Where::kAnywhere ? spot.text.size() < operand.size()
                                     : spot.text.size() != operand.size()) {
    return false;
  }
  if (!EqualsIgnoreCase(spot.text.substr(0, operand.size()), operand)) return false;
  // Those that test the same are SL505.
  return wider.op != narrower.op || operand.size() != content_.operand_text(narrower).size();
}

uint32_t Subsumption::Ask(const Spot& spot) {
  const bool anywhere = spot.where == Where::kAnywhere;
  if (!Spend(kLookUp + (anywhere ? kGram : spot.text.size()))) return kNone;
  const Criterion& narrower = content_.criteria()[spot.narrow];
  uint32_t wide = table_.Find(Key(spot.instance, narrower, spot.where, spot.text));
  for (; wide != kNone; wide = next_[wide]) {
    const size_t cost = content_.operand_text(content_.criteria()[wide]).size();
    if (!Spend(std::min(cost, spot.text.size()))) return kNone;
    if (Widens(wide, spot)) return wide;
  }
  return kNone;
}

uint32_t Subsumption::WiderThan(uint32_t instance, uint32_t index) {
  const Criterion& criterion = content_.criteria()[index];
  if (!IsNarrowOperator(criterion.op) || !IsAlternative(content_, criterion) || exhausted_ ||
      !HasUsableOperand(content_, criterion)) {
    return kNone;
  }
  const Kinds* kinds = KindsBeside(instance, criterion);
  if (kinds == nullptr) return kNone;
  const bool is = criterion.op == Operator::kSysmonIs;
  uint32_t wide = kNone;
  if (is || criterion.op == Operator::kSysmonBeginWith) {
    wide = FindAt(Where::kStart, kinds->start_lengths, instance, index);
  }
  if (wide == kNone &&
      (is || criterion.op == Operator::kSysmonEndWith || criterion.op == Operator::kSysmonImage)) {
    wide = FindAt(Where::kEnd, kinds->end_lengths, instance, index);
  }
  return wide == kNone && kinds->anywhere ? FindAnywhere(instance, index) : wide;
}

uint32_t Subsumption::FindAnywhere(uint32_t instance, uint32_t index) {
  const std::string_view operand = content_.operand_text(content_.criteria()[index]);
  for (size_t i = 0; i + kGram <= operand.size(); ++i) {
    if (!may_[Bit(GramHash(Gram(operand.data() + i)), kMayBits)]) continue;
    const uint32_t wide = Ask({instance, index, Where::kAnywhere, operand.substr(i)});
    if (wide != kNone) return wide;
  }
  return kNone;
}

uint32_t Subsumption::FindAt(Where where, uint64_t lengths, uint32_t instance, uint32_t index) {
  const std::string_view operand = content_.operand_text(content_.criteria()[index]);
  const bool start = where == Where::kStart;
  // A condition of the same kind and length would test the same, which is SL505.
  const Operator op = content_.criteria()[index].op;
  const bool same_kind = op == (start ? Operator::kSysmonBeginWith : Operator::kSysmonEndWith);
  const size_t longest = operand.size() - (same_kind ? 1 : 0);
  const auto find = [&](size_t length) {
    // The last letters of a beginning, the first of an end.
    const size_t at = start ? length - kGram : operand.size() - length;
    const uint64_t hash = GramHash(Gram(operand.data() + at)) + (start ? kFromStart : kFromEnd);
    if (!may_[Bit(hash + length * kStep, kMayBits)]) return kNone;
    const size_t from = start ? 0 : operand.size() - length;
    return Ask({instance, index, where, operand.substr(from, length)});
  };
  for (uint64_t left = lengths; left != 0; left &= left - 1) {
    size_t length = static_cast<size_t>(std::countr_zero(left));
    const size_t last = length == kLongest ? longest : length;
    for (; length <= std::min(last, longest); ++length) {
      if (const uint32_t wide = find(length); wide != kNone) return wide;
    }
  }
  return kNone;
}

}  // namespace sluice
