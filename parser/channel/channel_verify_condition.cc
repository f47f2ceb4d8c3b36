#include "parser/channel/channel_tokens.h"
#include "parser/channel/channel_verify.h"

namespace sluice {

using channel::Load32;
using channel::TokenKind;
using channel::token::kValueBits;
using channel::token::kValueMask;

namespace {

constexpr uint32_t kCriterion = static_cast<uint32_t>(TokenKind::kCriterion);
constexpr uint32_t kAnd = static_cast<uint32_t>(TokenKind::kAnd);
constexpr uint32_t kNot = static_cast<uint32_t>(TokenKind::kNot);
constexpr uint32_t kAtLeast = static_cast<uint32_t>(TokenKind::kAtLeast);

// Results that a token takes.
uint32_t Takes(uint32_t kind, uint32_t value) {
  if (kind == kCriterion) return 0;
  return kind == kAtLeast ? value & 0xFF : kind == kNot ? 1 : 2;
}

}  // namespace

bool ChannelVerifier::Conditions() {
  namespace layout = channel::instance;
  const uint32_t instances = Count(Section::kInstances), all = Count(Section::kCondition);
  if (all == 0) return true;
  const channel::IsWrongCondition is_wrong = channel::FastestIsWrongCondition();
  const uint8_t* tokens = At(Section::kCondition, 0);
  const uint8_t* at = At(Section::kInstances, 0);
  bool bad = false;
  uint32_t criterion = 0, token = 0;
  for (uint32_t i = 0; i < instances && token < all; ++i, at += 8) {
    const uint32_t criteria_end = Load32(at + layout::kCriteriaEnd.offset);
    const uint32_t end = Load32(at + layout::kConditionEnd.offset);
    if (end != token) {
      const uint8_t* first = tokens + size_t{4} * token;
      bad |= is_wrong({first, end - token, criteria_end - criterion, Remaining(first)});
    }
    criterion = criteria_end;
    token = end;
  }
  for (uint32_t i = 0; bad && i < instances; ++i) {
    const ChannelInstance instance = view_.instances()[i];
    if (instance.condition.size() > 0 && !Condition(instance)) return false;
  }
  return true;
}

// One condition, token by token, to say what is wrong.
bool ChannelVerifier::Condition(const ChannelInstance& instance) {
  constexpr Section kCondition = Section::kCondition;
  constexpr const Field& kWord = channel::token::kWord;
  const ChannelRange range = instance.condition;
  uint32_t results = 0, used = 0, before = 0;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (!Token(i, used, before)) return false;
    const uint32_t token = Value(kCondition, i, kWord);
    const uint32_t takes = Takes(token >> kValueBits, token & kValueMask);
    if (takes > results) return Fail(Code::kStackEmpty, kCondition, i, kWord, takes, results);
    results = results - takes + 1;
    if (results > channel::kMaxConditionStack) {
      return Fail(Code::kPastLimit, kCondition, i, kWord, results, channel::kMaxConditionStack);
    }
    if (token == used) ++used;
    before = token >> kValueBits;
  }
  const uint32_t last = range.end - 1, criteria = instance.criteria.size();
  if (results != 1) return Fail(Code::kResults, kCondition, last, kWord, results, 1);
  if (used != criteria)
    return Fail(Code::kCriterionUnused, kCondition, last, kWord, used, criteria);
  const channel::Tokens tokens = {At(kCondition, range.begin), range.size(), criteria,
                                  4 * range.size()};
  // Nothing else is wrong with it.
  return !channel::IsWrongPortable(tokens) ||
         Fail(Code::kAsWithout, kCondition, last, kWord, range.size(), 0);
}

// One token, where `used` criteria have been used and `before` is the kind of the last one.
bool ChannelVerifier::Token(uint32_t index, uint32_t used, uint32_t before) {
  constexpr Section kCondition = Section::kCondition;
  constexpr const Field& kWord = channel::token::kWord;
  const uint32_t token = Value(kCondition, index, kWord);
  const uint32_t kind = token >> kValueBits, value = token & kValueMask;
  if (kind > kAtLeast) return Fail(Code::kUnknownValue, kCondition, index, kWord, kind, kAtLeast);
  if (kind == kCriterion) {
    return value <= used || Fail(Code::kFirstUse, kCondition, index, kWord, value, used);
  }
  if (kind >= kAnd && kind <= kNot) {
    if (value != 0) return Fail(Code::kNotZero, kCondition, index, kWord, value, 0);
    return kind != before || Fail(Code::kNotAChain, kCondition, index, kWord, kind, 0);
  }
  const uint32_t k = value & 0xFF, n = value >> 8;
  if (k > channel::kMaxConditionStack) {
    return Fail(Code::kPastLimit, kCondition, index, kWord, k, channel::kMaxConditionStack);
  }
  if (n < 2) return Fail(Code::kTooSmall, kCondition, index, kWord, n, 2);
  return n < k || Fail(Code::kNotBelow, kCondition, index, kWord, n, k);
}

}  // namespace sluice
