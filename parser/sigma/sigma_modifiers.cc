#include "parser/sigma/sigma_modifiers.h"

#include <algorithm>
#include <iterator>

#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Kind = SigmaModifierKind;
using M = SigmaModifier;
using Problem = SigmaProblem::Kind;

constexpr uint8_t kAnyValue = kTakesText | kTakesNumber | kTakesBoolean | kTakesNull;

constexpr SigmaModifierInfo kModifiers[] = {
    {M::kContains, "contains", "", Kind::kPosition, kTakesText},
    {M::kStartsWith, "startswith", "", Kind::kPosition, kTakesText},
    {M::kEndsWith, "endswith", "", Kind::kPosition, kTakesText},
    {M::kAll, "all", "", Kind::kList, kTakesText | kTakesNumber | kTakesBoolean},
    {M::kNeq, "neq", "", Kind::kFlag, kAnyValue},
    {M::kExists, "exists", "", Kind::kOperator, kTakesBoolean},
    {M::kCased, "cased", "", Kind::kFlag, kTakesText},
    {M::kRe, "re", "", Kind::kOperator, kTakesText},
    {M::kIgnoreCase, "i", "ignorecase", Kind::kRegexFlag, kTakesText},
    {M::kMultiLine, "m", "multiline", Kind::kRegexFlag, kTakesText},
    {M::kDotAll, "s", "dotall", Kind::kRegexFlag, kTakesText},
    {M::kWindash, "windash", "", Kind::kExpansion, kTakesText},
    {M::kExpand, "expand", "", Kind::kExpansion, kTakesText},
    {M::kBase64, "base64", "", Kind::kEncoding, kTakesText},
    {M::kBase64Offset, "base64offset", "", Kind::kEncoding, kTakesText},
    {M::kUtf16Le, "utf16le", "wide", Kind::kEncoding, kTakesText},
    {M::kUtf16Be, "utf16be", "", Kind::kEncoding, kTakesText},
    {M::kUtf16, "utf16", "", Kind::kEncoding, kTakesText},
    {M::kLt, "lt", "", Kind::kCompare, kTakesNumber},
    {M::kLte, "lte", "", Kind::kCompare, kTakesNumber},
    {M::kGt, "gt", "", Kind::kCompare, kTakesNumber},
    {M::kGte, "gte", "", Kind::kCompare, kTakesNumber},
    {M::kMinute, "minute", "", Kind::kTimePart, kTakesNumber},
    {M::kHour, "hour", "", Kind::kTimePart, kTakesNumber},
    {M::kDay, "day", "", Kind::kTimePart, kTakesNumber},
    {M::kWeek, "week", "", Kind::kTimePart, kTakesNumber},
    {M::kMonth, "month", "", Kind::kTimePart, kTakesNumber},
    {M::kYear, "year", "", Kind::kTimePart, kTakesNumber},
    {M::kCidr, "cidr", "", Kind::kOperator, kTakesText},
    {M::kFieldRef, "fieldref", "", Kind::kOperator, kTakesText},
};

bool IsUtf16(M m) { return m == M::kUtf16Le || m == M::kUtf16Be || m == M::kUtf16; }
bool IsBase64(M m) { return m == M::kBase64 || m == M::kBase64Offset; }

// Only these go with `exists`, `re` and the rest of kOperator, and with comparisons.
bool GoesWith(M op, M other) {
  const Kind kind = Info(other).kind;
  if (other == M::kAll) return op != M::kExists;
  switch (op) {
    case M::kExists:
      return false;
    case M::kRe:
      return kind == Kind::kRegexFlag || other == M::kNeq;
    case M::kCidr:
      return other == M::kNeq || other == M::kExpand;
    case M::kFieldRef:
      return kind == Kind::kPosition || kind == Kind::kFlag;
    default:
      break;
  }
  switch (Info(op).kind) {
    case Kind::kCompare:
      return kind == Kind::kTimePart;
    case Kind::kTimePart:
      return kind == Kind::kCompare || other == M::kNeq;
    default:
      return true;
  }
}

bool AreCompatible(M a, M b) {
  const Kind kind = Info(a).kind;
  const bool alone = kind == Kind::kPosition || kind == Kind::kCompare || kind == Kind::kTimePart;
  if (kind == Info(b).kind && alone) return false;
  return GoesWith(a, b) && GoesWith(b, a);
}

// How far along its way a value must be: expanded first, encoded then, given open ends last.
int Stage(M m) {
  switch (Info(m).kind) {
    case Kind::kExpansion:
      return 1;
    case Kind::kEncoding:
      return 2;
    case Kind::kPosition:
      return 3;
    default:
      return 0;
  }
}

// True when `first` may stand before `second`, both of which go with one another. The order counts
// only where one of them would see what the other has made: open ends are no text to `windash`.
bool InOrder(M first, M second) {
  if (first == M::kBase64Offset && IsBase64(second)) return false;
  if (first == M::kWindash && second == M::kExpand) return false;
  if (Stage(first) == 3 && Stage(second) == 1) return true;
  return Stage(first) == 0 || Stage(second) == 0 || Stage(first) <= Stage(second);
}

bool AnyOf(std::span<const SigmaModifierUse> uses, bool (*is)(M)) {
  return std::ranges::any_of(uses, [is](const SigmaModifierUse& use) { return is(use.modifier); });
}

// The problem of two modifiers, the with those `between` them. `wide|base64|wide|base64` is
// sound: what base64 has made is text again.
std::optional<Problem> PairProblem(std::span<const SigmaModifierUse> between, M first, M second) {
  const bool encoded = AnyOf(between, [](M m) { return m == M::kBase64; });
  if (IsUtf16(first) && IsUtf16(second)) {
    if (encoded) return std::nullopt;
    return first == second ? Problem::kRepeated : Problem::kIncompatible;
  }
  if (first == M::kBase64 && second == M::kBase64) return std::nullopt;
  if (first == second) return Problem::kRepeated;
  if (!AreCompatible(first, second)) return Problem::kIncompatible;
  if (!InOrder(first, second)) return Problem::kOrder;
  return std::nullopt;
}

// Twice the same says nothing new, and a regular expression is matched with regard to case anyway.
bool IsFatal(Problem problem, M first, M second) {
  const bool cased_re =
      (first == M::kRe && second == M::kCased) || (first == M::kCased && second == M::kRe);
  return problem != Problem::kRepeated && !cased_re;
}

// What a modifier needs of those before and behind it.
void CheckNeeds(std::span<const SigmaModifierUse> uses, size_t i, std::vector<SigmaProblem>& out) {
  const SigmaModifierUse& use = uses[i];
  const auto before = uses.first(i);
  const auto behind = uses.subspan(i + 1);
  if (Info(use.modifier).kind == Kind::kRegexFlag &&
      !AnyOf(before, [](M m) { return m == M::kRe; })) {
    out.push_back(
        {.kind = Problem::kNeedsRe, .fatal = true, .place = use.place, .modifier = use.modifier});
  }
  if (use.modifier == M::kBase64Offset && !AnyOf(uses, [](M m) { return m == M::kContains; })) {
    out.push_back({.kind = Problem::kNeedsContains, .place = use.place, .modifier = use.modifier});
  }
  if (IsUtf16(use.modifier) && !AnyOf(behind, &IsBase64)) {
    out.push_back({.kind = Problem::kNeedsEncoding, .place = use.place, .modifier = use.modifier});
  }
}

void ReadModifier(std::string_view name, Place place, SigmaKey& key) {
  if (name.empty()) {
    key.problems.push_back({.kind = Problem::kEmptyModifier, .fatal = true, .place = place});
  } else if (const std::optional<M> modifier = SigmaModifierByName(name)) {
    key.modifiers.push_back({*modifier, place});
  } else {
    SigmaProblem problem{.kind = Problem::kUnknown, .fatal = true, .place = place};
    for (const SigmaModifierInfo& info : kModifiers) {
      if (EqualsIgnoreCase(info.name, name) || EqualsIgnoreCase(info.alias, name)) {
        problem.suggestion = info.name;
      }
    }
    key.problems.push_back(problem);
  }
}

}  // namespace

std::span<const SigmaModifierInfo> SigmaModifiers() { return kModifiers; }

const SigmaModifierInfo& Info(SigmaModifier modifier) {
  return kModifiers[static_cast<size_t>(modifier)];
}

std::optional<SigmaModifier> SigmaModifierByName(std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (const SigmaModifierInfo& info : kModifiers) {
    if (info.name == name || info.alias == name) return info.modifier;
  }
  return std::nullopt;
}

bool SigmaKey::Has(SigmaModifier modifier) const {
  return std::ranges::any_of(
      modifiers, [modifier](const SigmaModifierUse& use) { return use.modifier == modifier; });
}

bool SigmaKey::fatal() const { return std::ranges::any_of(problems, &SigmaProblem::fatal); }

SigmaKey ParseSigmaKey(std::string_view text) {
  SigmaKey key;
  size_t end = std::min(text.find('|'), text.size());
  key.field = text.substr(0, end);
  for (uint32_t count = 0; end < text.size(); ++count) {
    const size_t begin = end + 1;
    end = std::min(text.find('|', begin), text.size());
    const Place place{static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)};
    if (count == kMaxSigmaModifiers) {
      key.problems.push_back({.kind = Problem::kTooManyModifiers, .fatal = true, .place = place});
      break;
    }
    ReadModifier(text.substr(begin, end - begin), place, key);
  }
  std::ranges::move(CheckSigmaModifiers(key.modifiers), std::back_inserter(key.problems));
  return key;
}

std::vector<SigmaProblem> CheckSigmaModifiers(std::span<const SigmaModifierUse> modifiers) {
  std::vector<SigmaProblem> problems;
  for (size_t i = 0; i < modifiers.size(); ++i) {
    const SigmaModifierUse& second = modifiers[i];
    for (size_t j = 0; j < i; ++j) {
      const M first = modifiers[j].modifier;
      const std::optional<Problem> problem =
          PairProblem(modifiers.subspan(j + 1, i - j - 1), first, second.modifier);
      if (!problem) continue;
      problems.push_back({.kind = *problem,
                          .fatal = IsFatal(*problem, first, second.modifier),
                          .place = second.place,
                          .modifier = second.modifier,
                          .other = first});
    }
    CheckNeeds(modifiers, i, problems);
  }
  return problems;
}

}  // namespace sluice
