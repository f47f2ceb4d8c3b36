#include "parser/sigma/sigma_apply.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "parser/sigma/sigma_network.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

using M = SigmaModifier;
using Problem = SigmaProblem::Kind;
using Type = SigmaScalar::Type;

// The least and the greatest number that a part of a date can be.
struct TimeRange {
  M modifier;
  SigmaTimePart part;
  int least;
  int greatest;
};
constexpr TimeRange kTimeParts[] = {
    {M::kMinute, SigmaTimePart::kMinute, 0, 59}, {M::kHour, SigmaTimePart::kHour, 0, 23},
    {M::kDay, SigmaTimePart::kDay, 1, 31},       {M::kWeek, SigmaTimePart::kWeek, 1, 53},
    {M::kMonth, SigmaTimePart::kMonth, 1, 12},   {M::kYear, SigmaTimePart::kYear, 0, 9999},
};

struct OperatorOf {
  M modifier;
  Operator op;
};
constexpr OperatorOf kCompares[] = {{M::kLt, Operator::kLess},
                                    {M::kLte, Operator::kLessOrEqual},
                                    {M::kGt, Operator::kGreater},
                                    {M::kGte, Operator::kGreaterOrEqual}};
constexpr OperatorOf kFieldOperators[] = {{M::kContains, Operator::kFieldContains},
                                          {M::kStartsWith, Operator::kFieldStartsWith},
                                          {M::kEndsWith, Operator::kFieldEndsWith}};

uint8_t TypeBit(Type type) {
  constexpr uint8_t kBits[] = {kTakesText, kTakesNumber, kTakesBoolean, kTakesNull};
  return kBits[static_cast<size_t>(type)];
}

bool IsBooleanText(std::string_view text) {
  return EqualsIgnoreCase(text, "true") || EqualsIgnoreCase(text, "false");
}

// Whether what the modifier takes can be had from a value of another type.
bool CanTake(const SigmaModifierInfo& info, const SigmaScalar& value) {
  if (value.type == Type::kNull) return false;
  if ((info.takes & kTakesText) != 0) return true;
  if (value.type != Type::kText) return false;
  if (info.modifier == M::kExists) return IsBooleanText(value.text);
  return ParseSigmaNumber(value.text).has_value();
}

Operator OperatorOfShape(SigmaShape shape, std::string_view glob) {
  switch (shape) {
    case SigmaShape::kPlain:
      return glob.empty() ? Operator::kIsEmpty : Operator::kEquals;
    case SigmaShape::kPrefix:
      return Operator::kStartsWith;
    case SigmaShape::kSuffix:
      return Operator::kEndsWith;
    case SigmaShape::kContains:
      return Operator::kContains;
    default:
      return Operator::kGlob;
  }
}

class Applier {
 public:
  Applier(const SigmaKey& key, const SigmaPlaceholders& placeholders, SigmaBudget& budget)
      : key_(key), placeholders_(placeholders), budget_(budget) {}

  void Apply(uint32_t index, const SigmaScalar& value) {
    index_ = index;
    fatal_ = false;
    if (!CheckType(value)) return;
    if (value.type == Type::kNull) return Add(Operator::kIsNull, value.type, {});
    if (key_.Has(M::kExists)) {
      return Add(Operator::kExists, Type::kBoolean, Lowercase(value.text));
    }
    if (key_.Has(M::kRe)) return ApplyRegex(value);
    if (key_.Has(M::kFieldRef)) return ApplyFieldRef(value);
    if (const SigmaModifierUse* use = Find(SigmaModifierKind::kTimePart)) {
      return ApplyNumber(value, use);
    }
    if (Find(SigmaModifierKind::kCompare) != nullptr) return ApplyNumber(value, nullptr);
    if (key_.Has(M::kCidr)) return ApplyNetwork(value);
    if (value.type != Type::kText && !key_.field.empty() && !TakesText()) return ApplyPlain(value);
    ApplyText(value);
  }

  SigmaItem Take() { return std::move(item_); }

 private:
  const SigmaModifierUse* Find(SigmaModifierKind kind) const {
    const auto found = std::ranges::find_if(key_.modifiers, [kind](const SigmaModifierUse& use) {
      return Info(use.modifier).kind == kind;
    });
    return found == key_.modifiers.end() ? nullptr : &*found;
  }

  // True when numbers are taken by their text.
  bool TakesText() const {
    return Find(SigmaModifierKind::kPosition) != nullptr ||
           Find(SigmaModifierKind::kExpansion) != nullptr ||
           Find(SigmaModifierKind::kEncoding) != nullptr;
  }

  void Report(Problem kind, bool fatal, const SigmaModifierUse* use, std::string detail = "") {
    SigmaProblem problem{
        .kind = kind, .fatal = fatal, .value = index_, .detail = std::move(detail)};
    if (use != nullptr) {
      problem.place = use->place;
      problem.modifier = use->modifier;
    }
    item_.problems.push_back(std::move(problem));
    fatal_ |= fatal;
  }

  const SigmaModifierUse* Use(M modifier) const {
    const auto found = std::ranges::find(key_.modifiers, modifier, &SigmaModifierUse::modifier);
    return found == key_.modifiers.end() ? nullptr : &*found;
  }

  // The first modifier that does not take this type of value.
  bool CheckType(const SigmaScalar& value) {
    for (const SigmaModifierUse& use : key_.modifiers) {
      const SigmaModifierInfo& info = Info(use.modifier);
      if ((info.takes & TypeBit(value.type)) != 0) continue;
      Report(Problem::kValueType, !CanTake(info, value), &use);
      break;
    }
    return !fatal_;
  }

  void Add(Operator op, Type type, std::optional<std::string> operand,
           SigmaTimePart part = SigmaTimePart::kWhole) {
    SigmaTest test{.op = op, .time_part = part, .type = type, .value = index_};
    test.flags = static_cast<uint8_t>((key_.Has(M::kNeq) ? kNegated : 0) |
                                      (key_.Has(M::kCased) ? kCased : 0));
    if (operand) test.operands.push_back(std::move(*operand));
    item_.tests.push_back(std::move(test));
  }

  void ApplyRegex(const SigmaScalar& value) {
    if (value.text.size() > kMaxSigmaRegexBytes) {
      return Report(Problem::kRegexTooLong, true, Use(M::kRe));
    }
    Add(Operator::kRegex, Type::kText, std::string(value.text));
    uint8_t& flags = item_.tests.back().flags;
    flags = static_cast<uint8_t>((flags & kNegated) | (key_.Has(M::kIgnoreCase) ? 0 : kCased) |
                                 (key_.Has(M::kMultiLine) ? kFlagM : 0) |
                                 (key_.Has(M::kDotAll) ? kFlagS : 0));
  }

  void ApplyFieldRef(const SigmaScalar& value) {
    if (value.text.empty()) return Report(Problem::kValueType, true, Use(M::kFieldRef));
    Operator op = Operator::kFieldEquals;
    for (const OperatorOf& entry : kFieldOperators) {
      if (key_.Has(entry.modifier)) op = entry.op;
    }
    Add(op, Type::kText, std::string(value.text));
  }

  // With `time`, the part of a date that the number is compared with.
  void ApplyNumber(const SigmaScalar& value, const SigmaModifierUse* time) {
    Operator op = Operator::kEquals;
    for (const OperatorOf& entry : kCompares) {
      if (key_.Has(entry.modifier)) op = entry.op;
    }
    const std::optional<SigmaNumber> number = ParseSigmaNumber(value.text);
    if (!number) return Report(Problem::kValueType, true, &key_.modifiers.front());
    SigmaTimePart part = SigmaTimePart::kWhole;
    if (time != nullptr) {
      const TimeRange& range = *std::ranges::find(kTimeParts, time->modifier, &TimeRange::modifier);
      part = range.part;
      const bool small = number->integer && number->digits.size() <= 4;
      const int digits = small ? std::stoi(number->digits) : -1;
      if (digits < range.least || digits > range.greatest) {
        Report(Problem::kOutOfRange, false, time);
      }
    }
    Add(op, Type::kNumber, number->digits, part);
  }

  // Numbers and booleans without a modifier that makes them text.
  void ApplyPlain(const SigmaScalar& value) {
    if (value.type == Type::kBoolean) {
      return Add(Operator::kEquals, value.type, Lowercase(value.text));
    }
    const std::optional<SigmaNumber> number = ParseSigmaNumber(value.text);
    Add(Operator::kEquals, value.type, number ? number->digits : std::string(value.text));
  }

  void ApplyNetwork(const SigmaScalar& value) {
    std::vector<std::string> globs = {DecodeSigmaValue(value.text).glob};
    if (!Expand(globs)) return;
    SigmaTest test;
    bool host_bits = false;
    for (const std::string& glob : globs) {
      if (ShapeOfGlob(glob) != SigmaShape::kPlain) {
        return Report(Problem::kWildcardInside, true, Use(M::kCidr));
      }
      const std::optional<SigmaNetwork> network = ParseSigmaNetwork(GlobText(glob));
      if (!network) return Report(Problem::kNotANetwork, true, Use(M::kCidr));
      host_bits |= network->host_bits;
      test.operands.push_back(NetworkText(*network));
    }
    if (test.operands.empty()) return;
    if (host_bits) Report(Problem::kHostBits, false, Use(M::kCidr));
    Add(Operator::kIpNetwork, Type::kText, std::nullopt);
    item_.tests.back().operands = std::move(test.operands);
  }

  void ApplyText(const SigmaScalar& value) {
    std::vector<std::string> globs = {DecodeSigmaValue(value.text).glob};
    if (!Expand(globs)) return;
    const bool keyword = key_.field.empty() && Find(SigmaModifierKind::kPosition) == nullptr;
    const bool contains = keyword || key_.Has(M::kContains);
    const bool open_start = contains || key_.Has(M::kEndsWith);
    const bool open_end = contains || key_.Has(M::kStartsWith);
    const size_t first = item_.tests.size();
    for (const std::string& glob : globs) {
      AddGlob(NormalizeGlob((open_start ? "*" : "") + glob + (open_end ? "*" : "")), first);
    }
  }

  // To the test of this value, from `first` on, that has the glob's operator.
  void AddGlob(std::string glob, size_t first) {
    const SigmaShape shape = ShapeOfGlob(glob);
    const Operator op = OperatorOfShape(shape, glob);
    size_t i = first;
    while (i < item_.tests.size() && item_.tests[i].op != op) ++i;
    if (i == item_.tests.size()) Add(op, Type::kText, std::nullopt);
    if (op == Operator::kIsEmpty) return;
    item_.tests[i].operands.push_back(op == Operator::kGlob ? std::move(glob) : GlobText(glob));
  }

  // Expansions and encodings, from left to right. False when the value has no meaning.
  bool Expand(std::vector<std::string>& globs) {
    bool held = false;  // the globs hold bytes, not text
    const SigmaModifierUse* last = nullptr;
    for (const SigmaModifierUse& use : key_.modifiers) {
      const bool repeated =
          last != nullptr && last->modifier == use.modifier && use.modifier != M::kBase64;
      const SigmaModifierKind kind = Info(use.modifier).kind;
      if (repeated) continue;
      if (kind == SigmaModifierKind::kExpansion && !ExpandOne(use, globs)) return false;
      if (kind == SigmaModifierKind::kEncoding && !Encode(use, held, globs)) return false;
      if (kind == SigmaModifierKind::kExpansion || kind == SigmaModifierKind::kEncoding) {
        last = &use;
      }
    }
    return true;
  }

  bool ExpandOne(const SigmaModifierUse& use, std::vector<std::string>& globs) {
    std::vector<std::string> all;
    bool effect = false;
    for (const std::string& glob : globs) {
      SigmaExpansion one = use.modifier == M::kWindash
                               ? ExpandDashes(glob, budget_)
                               : ExpandPlaceholders(glob, placeholders_, budget_);
      const bool many = one.error == SigmaTransformError::kTooMany ||
                        all.size() + one.globs.size() > kMaxSigmaExpansions;
      if (many) {
        Report(Problem::kTooManyExpansions, true, &use);
        return false;
      }
      if (one.error == SigmaTransformError::kUndefined) {
        Report(Problem::kPlaceholderUndefined, true, &use, one.placeholder);
        return false;
      }
      effect |= one.error == SigmaTransformError::kOk;
      std::ranges::move(one.globs, std::back_inserter(all));
    }
    if (!effect) Report(Problem::kNoEffect, false, &use);
    globs = std::move(all);
    return true;
  }

  bool Encode(const SigmaModifierUse& use, bool& held, std::vector<std::string>& globs) {
    const bool base64 = use.modifier == M::kBase64 || use.modifier == M::kBase64Offset;
    // Base64 gives at most four bytes for one and four more, three times; UTF-16 as it is held,
    // four.
    uint64_t bytes = 0;
    for (const std::string& glob : globs) bytes += glob.size() * 4 + 12;
    if (!budget_.Take(globs.size() * 3, bytes)) {
      Report(Problem::kTooManyExpansions, true, &use);
      return false;
    }
    std::vector<std::string> all;
    for (const std::string& glob : globs) {
      if (!base64) {
        all.push_back(ToUtf16(glob, FormOf(use.modifier)));
      } else if (ShapeOfGlob(glob) != SigmaShape::kPlain) {
        Report(Problem::kWildcardInside, true, &use);
        return false;
      } else if (!EncodeBase64(use, held ? HeldBytes(GlobText(glob)) : GlobText(glob), all)) {
        return false;
      }
    }
    held = !base64;
    globs = std::move(all);
    return true;
  }

  static Utf16Form FormOf(M modifier) {
    if (modifier == M::kUtf16Le) return Utf16Form::kLittleEndian;
    return modifier == M::kUtf16Be ? Utf16Form::kBigEndian : Utf16Form::kByteOrderMark;
  }

  bool EncodeBase64(const SigmaModifierUse& use, const std::string& bytes,
                    std::vector<std::string>& all) {
    if (use.modifier == M::kBase64) {
      all.push_back(Base64(bytes));
      return true;
    }
    if (bytes.size() < 3) Report(Problem::kTooShort, bytes.size() < 2, &use);
    if (bytes.size() < 2) return false;
    for (std::string& text : Base64Offsets(bytes)) all.push_back(std::move(text));
    return true;
  }

  const SigmaKey& key_;
  const SigmaPlaceholders& placeholders_;
  SigmaBudget& budget_;
  SigmaItem item_;
  uint32_t index_ = 0;
  bool fatal_ = false;
};

}  // namespace

bool SigmaItem::fatal() const { return std::ranges::any_of(problems, &SigmaProblem::fatal); }

SigmaItem ApplySigmaModifiers(const SigmaKey& key, std::span<const SigmaScalar> values,
                              bool in_list, const SigmaPlaceholders& placeholders,
                              SigmaBudget& budget) {
  Applier applier(key, placeholders, budget);
  const bool fatal = key.fatal();
  for (uint32_t i = 0; !fatal && i < values.size(); ++i) {
    const bool null_in_list = in_list && values[i].type == Type::kNull;
    if (!null_in_list) applier.Apply(i, values[i]);
  }
  SigmaItem item = applier.Take();
  for (uint32_t i = 0; in_list && i < values.size(); ++i) {
    if (values[i].type != Type::kNull) continue;
    item.problems.push_back({.kind = Problem::kNullInList, .fatal = true, .value = i});
  }
  const bool all = key.Has(M::kAll);
  if (all && values.size() == 1) {
    const auto use = std::ranges::find(key.modifiers, M::kAll, &SigmaModifierUse::modifier);
    item.problems.push_back(
        {.kind = Problem::kAllOnSingleValue, .place = use->place, .modifier = M::kAll});
  }
  item.combine = all != key.Has(M::kNeq) ? Combine::kAnd : Combine::kOr;
  return item;
}

}  // namespace sluice
