// SL588 value-covered
//
// A value of a list matches nothing that another one of the list does not match.
//
// With `contains`, "foobar" adds nothing beside "foo". Under `all` it is the other way round: every
// text that has "foobar" in it has "foo". Either the wider one is wider than meant, or the narrower
// costs time for nothing.
//
//   CommandLine|contains:
//     - 'vssadmin'
//     - 'vssadmin delete'      # adds nothing
//
// Values of fewer than three bytes are left out.
//
// Fix: remove the narrower one (under `all` the wider one), or narrow the wider one.
//
// Source: Sigma specification 2.1.0, "Lists" and "Modifiers".

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL588;

namespace {

constexpr size_t kGram = 3;
constexpr size_t kFew = 24;  // values that are compared one by one
constexpr int kMinSlotBits = 10;
constexpr int kMaxSlotBits = 16;

constexpr uint32_t kFoldGram = 0x202020;

// Of three bytes, without regard to case.
uint32_t Hash(uint32_t gram) { return ((gram & 0xFFFFFF) | kFoldGram) * 0x9E3779B1U; }
uint32_t Gram(const char* text) {
  uint32_t gram = 0;
  std::memcpy(&gram, text, kGram);
  return Hash(gram);
}

// Calls `visit(at, hash)` for the three bytes at each place of `text` until it returns false.
template <typename Visit>
void ForEachGram(std::string_view text, Visit visit) {
  if (text.size() < kGram) return;
  size_t at = 0;
  for (uint32_t gram = 0; at + kGram < text.size(); ++at) {
    std::memcpy(&gram, text.data() + at, sizeof gram);
    if (!visit(at, Hash(gram))) return;
  }
  visit(at, Gram(text.data() + at));
}

bool IsWide(Operator op) {
  return op == Operator::kContains || op == Operator::kStartsWith || op == Operator::kEndsWith;
}

// The values of one key that can be wider than another, each by three of its bytes: the last ones
// under `endswith`, otherwise the first ones, and in a long list those that are rarest in it. A
// budget bounds the comparisons: eight bytes for each byte of the values.
class Cover {
 public:
  Cover(const Content& content, std::span<const Criterion> criteria)
      : content_(content), criteria_(criteria) {
    for (uint32_t i = 0; i < criteria.size(); ++i) {
      const size_t size = Text(i).size();
      bytes_ += size;
      longest_ = std::max(longest_, size);
      one_operator_ &= criteria[i].op == criteria[0].op;
    }
    budget_ = 64 * criteria.size() + 8 * bytes_;
    for (uint32_t i = 0; i < criteria.size(); ++i) {
      if (CanBeWide(i)) shortest_ = std::min(shortest_, Text(i).size());
    }
    if (shortest_ > longest_) return;
    if (criteria.size() > kFew) {
      ChainAll();
    } else {
      for (uint32_t i = 0; i < criteria.size(); ++i) AddFew(i);
    }
  }

  // A criterion that matches all that `narrow` does and more; kNone without one.
  uint32_t WiderThan(uint32_t narrow) {
    const size_t size = Text(narrow).size();
    if (size < shortest_ || (size == shortest_ && one_operator_)) return kNone;
    if (first_.empty()) return AskFew(narrow);
    uint32_t wide = kNone;
    ForEachGram(Text(narrow), [&](size_t at, uint32_t gram) {
      wide = Ask(narrow, size, at, SlotOf(gram));
      return wide == kNone && !exhausted_;
    });
    return wide;
  }

  bool exhausted() const { return exhausted_; }

 private:
  // A wider criterion, and where its text stands. The first one at the first place counts.
  struct Found {
    uint32_t wide = kNone;
    size_t at = std::string_view::npos;

    void Take(uint32_t other, size_t there) {
      if (there > at || (there == at && other > wide)) return;
      wide = other;
      at = there;
    }
  };

  // The text of a criterion that stands for itself; empty for any other.
  std::string_view Text(uint32_t i) const {
    return criteria_[i].operands.size() == 1 ? content_.operand_text(criteria_[i])
                                             : std::string_view();
  }

  uint32_t SlotOf(uint32_t gram) const { return gram >> (32 - slot_bits_); }
  uint32_t Slot(const char* text) const { return SlotOf(Gram(text)); }

  // Of texts under one operator only a shorter one covers another.
  bool CanBeWide(uint32_t i) const {
    const size_t size = Text(i).size();
    return IsWide(criteria_[i].op) && size >= kGram && (size < longest_ || !one_operator_);
  }

  void ChainAll() {
    slot_bits_ = kMaxSlotBits;
    while (slot_bits_ > kMinSlotBits && (uint64_t{2} << slot_bits_) > bytes_) --slot_bits_;
    std::vector<uint32_t> counts(size_t{1} << slot_bits_);
    for (uint32_t i = 0; i < criteria_.size(); ++i) {
      ForEachGram(Text(i), [&](size_t, uint32_t gram) {
        ++counts[SlotOf(gram)];
        return true;
      });
    }
    first_.assign(counts.size(), kNone);
    links_.resize(criteria_.size());
    for (uint32_t i = 0; i < criteria_.size(); ++i) {
      if (CanBeWide(i)) Chain(i, counts);
    }
  }

  void Chain(uint32_t i, const std::vector<uint32_t>& counts) {
    const std::string_view text = Text(i);
    size_t best = 0;
    uint32_t slot = Slot(text.data());
    ForEachGram(text, [&](size_t at, uint32_t gram) {
      if (counts[SlotOf(gram)] < counts[slot]) {
        best = at;
        slot = SlotOf(gram);
      }
      return counts[slot] > 1;
    });
    links_[i] = {first_[slot], static_cast<uint32_t>(best), static_cast<uint32_t>(text.size())};
    first_[slot] = i;
  }

  void AddFew(uint32_t i) {
    if (!CanBeWide(i)) return;
    const std::string_view text = Text(i);
    const Operator op = criteria_[i].op;
    grams_[i] = Gram(op == Operator::kEndsWith ? text.data() + text.size() - kGram : text.data());
    if (op != Operator::kContains) return;
    const uint32_t slot = SlotOf(grams_[i]);
    may_[slot / 64] |= uint64_t{1} << slot % 64;
  }

  // Where the wide one begins in `narrow`: the first place counts.
  uint32_t AskFew(uint32_t narrow) {
    const std::string_view text = Text(narrow);
    Found found = AskAtEnds(narrow, text);
    const size_t last = text.size() - shortest_;
    ForEachGram(text, [&](size_t at, uint32_t gram) {
      if (at > std::min(last, found.at)) return false;
      const uint32_t slot = SlotOf(gram);
      if ((may_[slot / 64] >> slot % 64 & 1) == 0) return true;
      for (uint32_t i = 0; i < criteria_.size(); ++i) {
        if (grams_[i] != gram || criteria_[i].op != Operator::kContains) continue;
        if (Covers(i, narrow, at)) found.Take(i, at);
      }
      return !exhausted_;
    });
    return found.wide;
  }

  // Of those that stand at the beginning or the end.
  Found AskAtEnds(uint32_t narrow, std::string_view text) {
    Found found;
    const uint32_t first = Gram(text.data());
    const uint32_t last = Gram(text.data() + text.size() - kGram);
    for (uint32_t i = 0; i < criteria_.size(); ++i) {
      const Operator op = criteria_[i].op;
      if (op == Operator::kContains) continue;
      const bool begins = op == Operator::kStartsWith;
      if (grams_[i] != (begins ? first : last) || Text(i).size() > text.size()) continue;
      const size_t at = begins ? 0 : text.size() - Text(i).size();
      if (Covers(i, narrow, at)) found.Take(i, at);
    }
    return found;
  }

  // `size` is that of the narrow text.
  uint32_t Ask(uint32_t narrow, size_t size, size_t at, uint32_t slot) {
    for (uint32_t i = first_[slot]; i != kNone && !exhausted_; i = links_[i].next) {
      const Link& link = links_[i];
      const bool fits = link.offset <= at && link.size <= size - (at - link.offset);
      if (fits && Covers(i, narrow, at - link.offset)) return i;
      Spend(1);
    }
    return kNone;
  }

  void Spend(uint64_t bytes) {
    exhausted_ |= bytes >= budget_;
    budget_ -= std::min(budget_, bytes);
  }

  bool Covers(uint32_t wide, uint32_t narrow, size_t at) {
    const std::string_view part = Text(wide);
    const std::string_view whole = Text(narrow);
    if (wide == narrow || part.size() > whole.size() - at) return false;
    const Operator op = criteria_[narrow].op;
    if (part.size() == whole.size() && op == criteria_[wide].op) return false;
    if (!MayStand(criteria_[wide].op, op, at == 0, at + part.size() == whole.size())) return false;
    // The texts of a pattern are escaped.
    if (op == Operator::kGlob && part.find_first_of("\\*?") != std::string_view::npos) return false;
    Spend(part.size());
    const std::string_view there = whole.substr(at, part.size());
    return (criteria_[wide].flags & kCased) != 0 ? there == part : EqualsIgnoreCase(there, part);
  }

  static bool MayStand(Operator wide, Operator narrow, bool first, bool last) {
    if (wide == Operator::kContains) return true;
    if (narrow != Operator::kEquals && narrow != wide) return false;
    return wide == Operator::kStartsWith ? first : last;
  }

  const Content& content_;
  const std::span<const Criterion> criteria_;
  uint64_t bytes_ = 0;  // of all texts
  size_t longest_ = 0;
  bool one_operator_ = true;
  size_t shortest_ = std::string_view::npos;  // of those that can be wide
  // In a short list: the bytes by criterion, 0 for one that is not wide, and the slots of those
  // that may stand anywhere.
  std::array<uint32_t, kFew> grams_ = {};
  int slot_bits_ = kMinSlotBits;
  std::array<uint64_t, (size_t{1} << kMinSlotBits) / 64> may_ = {};
  // In a long list: the first by slot, and of each the next one, where in the text the three bytes
  // stand, and its size.
  struct Link {
    uint32_t next = kNone;
    uint32_t offset = 0;
    uint32_t size = 0;
  };
  std::vector<uint32_t> first_;
  std::vector<Link> links_;
  uint64_t budget_ = 0;
  bool exhausted_ = false;
};

void ReportCover(const RuleInput& in, Reporter& out, const Instance& instance,
                 const Criterion& needless, const Criterion& other, bool all) {
  const Place place = ValuePlace(in.content, needless);
  Finding* f = out.Report(kSL588, place, &instance, &needless);
  if (f == nullptr) return;
  SayValue(in, needless, *f, kAddsNothing,
           Cat(ValueLabel(in.content, needless),
               all ? " is part of " : " matches nothing that is not matched by ",
               Quoted(in.content.written(other)->value)),
           all ? "remove the shorter value" : "remove the narrower value, or narrow the wider one");
}

bool IsCandidate(const Content& content, std::span<const Criterion> criteria) {
  if (criteria.size() < 2 || Encodes(criteria.front())) return false;
  return content.written(criteria.front())->in_list &&
         std::ranges::any_of(criteria, [](const Criterion& one) { return IsWide(one.op); });
}

void Check(const RuleInput& in, Reporter& out) {
  bool exhausted = false;
  ForEachKey(in.content, [&](const Instance& instance, std::span<const Criterion> criteria) {
    if (!IsCandidate(in.content, criteria)) return;
    const bool all = HasModifier(criteria.front().operator_text, "all");
    Cover cover(in.content, criteria);
    std::vector<bool> reported;
    for (uint32_t i = 0; i < criteria.size(); ++i) {
      if (!TestsText(criteria[i].op)) continue;
      const uint32_t wide = cover.WiderThan(i);
      if (wide == kNone) continue;
      const uint32_t needless = all ? wide : i;
      if (reported.empty()) reported.resize(criteria.size());
      if (reported[needless]) continue;
      reported[needless] = true;
      ReportCover(in, out, instance, criteria[needless], criteria[all ? i : wide], all);
    }
    exhausted |= cover.exhausted();
  });
  if (exhausted) {
    out.NotChecked("values that another one covers (SL588)",
                   "too many values of a list begin alike to compare them all",
                   /*requested=*/true);
  }
}

}  // namespace

const Rule kSL588 = {{"SL588", "value-covered", Severity::kNote, Category::kHygiene,
                      "a value of a list adds nothing to a wider one", kSigmaFiles},
                     Check};

}  // namespace sluice
