#include "parser/channel/channel_read_condition.h"

namespace sluice {
namespace {

using Kind = ConditionToken::Kind;

// A token that became part of a longer one.
constexpr uint32_t kTakenUp = kNone;

bool IsChain(Kind kind) { return kind == Kind::kAnd || kind == Kind::kOr; }

}  // namespace

// A token that takes `results`, the first of which it continues where both are of one chain.
void ChannelConditionReader::Take(const ConditionToken& token, uint32_t results) {
  ConditionToken& added = tokens_.emplace_back(token);
  if (IsChain(token.kind)) {
    ConditionToken& left = tokens_[stack_[stack_.size() - results]];
    if (left.kind == token.kind) {
      added.value = left.value + 1;
      left.value = kTakenUp;
    }
  }
  stack_.resize(stack_.size() - results);
  stack_.push_back(static_cast<uint32_t>(tokens_.size() - 1));
}

void ChannelConditionReader::Read(const ChannelInstance& instance, uint32_t first,
                                  ContentBuilder& builder) {
  tokens_.clear();
  stack_.clear();
  uint32_t index = instance.condition.begin;
  for (const ChannelToken token : view_.condition(instance)) {
    const Place place{view_.OffsetOf(channel::Section::kCondition, index++),
                      channel::token::kWord.size};
    switch (token.kind) {
      case channel::TokenKind::kCriterion:
        Take({.kind = Kind::kCriterion, .value = first + token.criterion, .place = place}, 0);
        break;
      case channel::TokenKind::kAnd:
        Take({.kind = Kind::kAnd, .value = 2, .place = place}, 2);
        break;
      case channel::TokenKind::kOr:
        Take({.kind = Kind::kOr, .value = 2, .place = place}, 2);
        break;
      case channel::TokenKind::kNot:
        Take({.kind = Kind::kNot, .value = 1, .place = place}, 1);
        break;
      case channel::TokenKind::kAtLeast:
        Take({.kind = Kind::kAtLeast, .value = token.of, .n = token.at_least, .place = place},
             token.of);
        break;
    }
  }
  for (const ConditionToken& token : tokens_) {
    if (!IsChain(token.kind) || token.value != kTakenUp) builder.AddConditionToken(token);
  }
}

}  // namespace sluice
