// How tests are evaluated. Sources: Sigma specification 2.1.0; docs/channel-format.md, "Criteria".

#include <re2/re2.h>

#include <algorithm>

#include "engine/criterion_tests.h"
#include "engine/date_part.h"
#include "engine/fold.h"
#include "engine/text_search.h"

namespace sluice {
namespace {

// Searching takes a little even where there is nothing to search.
constexpr uint64_t kSearch = 8;

bool Compare(Operator op, std::strong_ordering order) {
  switch (op) {
    case Operator::kLess:
      return order < 0;
    case Operator::kLessOrEqual:
      return order <= 0;
    case Operator::kGreater:
      return order > 0;
    case Operator::kGreaterOrEqual:
      return order >= 0;
    default:
      return order == 0;
  }
}

// The first place of `wanted`, any bytes at all, that does not cut a code point of `text`. Operands
// are whole characters and cut none.
bool ContainsWhole(std::string_view text, std::string_view wanted, Work& work) {
  for (size_t from = 0; work.Take(text.size() - from + wanted.size());) {
    const size_t found = FindText(text.substr(from), wanted);
    if (found == std::string_view::npos) return false;
    const size_t at = from + found;
    if (IsBetweenCharacters(text, at) && IsBetweenCharacters(text, at + wanted.size())) return true;
    from = at + 1;
  }
  return false;
}

bool TextIs(Operator op, std::string_view text, std::string_view wanted, Work& work) {
  if (text.size() < wanted.size()) return false;
  switch (op) {
    case Operator::kContains:
      return work.Take(text.size()) && FindText(text, wanted) != std::string_view::npos;
    case Operator::kStartsWith:
      return work.Take(wanted.size()) && text.starts_with(wanted);
    case Operator::kEndsWith:
      return work.Take(wanted.size()) && text.ends_with(wanted);
    case Operator::kFieldContains:
      return ContainsWhole(text, wanted, work);
    case Operator::kFieldStartsWith:
      return work.Take(wanted.size()) && text.starts_with(wanted) &&
             IsBetweenCharacters(text, wanted.size());
    case Operator::kFieldEndsWith:
      return work.Take(wanted.size()) && text.ends_with(wanted) &&
             IsBetweenCharacters(text, text.size() - wanted.size());
    default:
      return text.size() == wanted.size() && work.Take(wanted.size()) && text == wanted;
  }
}

}  // namespace

bool CriterionTests::TextHolds(const CriterionTest& test, std::string_view text, Work& work) const {
  if (test.op == Operator::kGlob) {
    return std::ranges::any_of(globs(test),
                               [&](const Glob& glob) { return glob.Matches(text, work); });
  }
  return std::ranges::any_of(texts(test), [&](std::string_view wanted) {
    return work.Take(1) && TextIs(test.op, text, wanted, work);
  });
}

bool CriterionTests::NumberHolds(const CriterionTest& test, const EventField& value,
                                 Work& work) const {
  if (!work.Take(value.text.size())) return false;
  std::optional<Decimal> number;
  if (test.part == TimePart::kWhole) {
    number = Decimal::Parse(value.text);
  } else if (const std::optional<uint32_t> part = DatePart(value.text, test.part)) {
    number = Decimal(*part);
  }
  if (!number) return false;
  return std::ranges::any_of(Slice(numbers_, test.operands), [&](const Decimal& wanted) {
    return work.Take(1 + value.text.size()) && Compare(test.op, *number <=> wanted);
  });
}

bool CriterionTests::AddressHolds(const CriterionTest& test, std::string_view text,
                                  Work& work) const {
  if (text.size() > kMaxAddressText || text.find('/') != std::string_view::npos) return false;
  if (!work.Take(text.size() + test.operands.size())) return false;
  const std::optional<IpNetwork> address = IpNetwork::Parse(text);
  return address && std::ranges::any_of(Slice(networks_, test.operands), [&](const IpNetwork& net) {
           return net.Contains(*address);
         });
}

bool CriterionTests::PatternHolds(const CriterionTest& test, std::string_view text,
                                  Work& work) const {
  const re2::StringPiece value(text.data(), text.size());
  return std::ranges::any_of(
      std::span(patterns_).subspan(test.operands.begin, test.operands.size()),
      [&](const std::unique_ptr<RE2>& pattern) {
        return work.Take(kSearch + text.size()) &&
               pattern->Match(value, 0, value.size(), RE2::UNANCHORED, nullptr, 0);
      });
}

bool CriterionTests::FieldHolds(const CriterionTest& test, uint32_t field, FieldValues& values,
                                Work& work) const {
  const bool cased = (test.flags & kCased) != 0;
  const auto text_of = [&](uint32_t of, std::string_view* text) {
    *text = values.fields()[of].text;
    return cased || values.Folded(of, work, text);
  };
  std::string_view text;
  if (!text_of(field, &text)) return false;
  for (const uint32_t slot : Slice(slots_, test.operands)) {
    const uint32_t other = slot == kNoSlot ? kNone : values.FieldOf(slot);
    if (other == kNone || values.fields()[other].kind == EventValueKind::kNull) continue;
    std::string_view wanted;
    if (!work.Take(1) || !text_of(other, &wanted)) return false;
    if (TextIs(test.op, text, wanted, work)) return true;
  }
  return false;
}

// Of a field that the event has.
bool CriterionTests::HoldsForValue(const CriterionTest& test, uint32_t field, FieldValues& values,
                                   Work& work) const {
  const EventField& value = values.fields()[field];
  if (!work.Take(1)) return false;
  if (test.op == Operator::kExists) return test.present;
  if (test.op == Operator::kIsNull) return value.kind == EventValueKind::kNull;
  if (value.kind == EventValueKind::kNull) return false;
  switch (test.op) {
    case Operator::kIsEmpty:
      return value.text.empty();
    case Operator::kRegex:
      return PatternHolds(test, value.text, work);
    case Operator::kIpNetwork:
      return AddressHolds(test, value.text, work);
    case Operator::kFieldEquals:
    case Operator::kFieldContains:
    case Operator::kFieldStartsWith:
    case Operator::kFieldEndsWith:
      return FieldHolds(test, field, values, work);
    default:
      break;
  }
  if (test.numeric) return NumberHolds(test, value, work);
  std::string_view text = value.text;
  if ((test.flags & kCased) == 0 && !values.Folded(field, work, &text)) return false;
  return TextHolds(test, text, work);
}

bool CriterionTests::IsAmong(uint32_t any, const FieldValues& values, uint32_t field) const {
  if (any == 0) return true;
  const uint32_t slot = values.SlotOf(field);
  return slot != kNone && slot < any_of_[any].size() && any_of_[any][slot];
}

bool CriterionTests::Holds(const CriterionTest& test, FieldValues& values, Work& work,
                           uint32_t* field) const {
  if (!work.Take(1)) return false;
  if (test.op == Operator::kWildcard) return true;
  if (test.slot == kNone) {
    const bool absent = test.op == Operator::kExists && !test.present;
    for (uint32_t i = 0; i < values.fields().size(); ++i) {
      if (!IsAmong(test.any, values, i)) continue;
      if (absent) return false;
      if (!HoldsForValue(test, i, values, work)) continue;
      if (field != nullptr) *field = i;
      return true;
    }
    return absent;
  }
  const uint32_t found = test.slot == kNoSlot ? kNone : values.FieldOf(test.slot);
  if (found == kNone) {
    return test.op == Operator::kIsNull || (test.op == Operator::kExists && !test.present);
  }
  if (field != nullptr) *field = found;
  return HoldsForValue(test, found, values, work);
}

}  // namespace sluice
