#include "bench/peer_checks.h"

#include <array>

namespace sluice {
namespace {

using channel::OperandCount;
using channel::TokenKind;

struct Takes {
  uint32_t flags = 0;  // that are wrong
  uint32_t last_time_part = 0;
  size_t least = 1;  // operands; nothing is at least 1 and at most 0
  size_t most = 0;
  bool any_field = false;
};

const std::array<Takes, 64>& Operators() {
  static const std::array<Takes, 64> operators = [] {
    std::array<Takes, 64> made;
    for (uint8_t number = 0; number < made.size(); ++number) {
      const channel::OperatorFormat* row = channel::FindOperator(number);
      if (row == nullptr) continue;
      const bool some = row->operands == OperandCount::kSome;
      const size_t least = row->operands == OperandCount::kNo ? 0 : 1;
      made[number] = {.flags = ~uint32_t{row->flags},
                      .last_time_part = row->time_part ? uint32_t{channel::kLastTimePart} : 0,
                      .least = least,
                      .most = some ? channel::kMaxOperandsOfCriterion : least,
                      .any_field = row->first != channel::Operator::kWildcard};
    }
    return made;
  }();
  return operators;
}

}  // namespace

bool IsCriterion(const PeerCriterion& criterion, uint32_t fields) {
  static const std::array<Takes, 64>& operators = Operators();
  if (criterion.op >= operators.size()) return false;
  const Takes& takes = operators[criterion.op];
  const bool field = criterion.field == channel::kNone ? takes.any_field : criterion.field < fields;
  return field && (criterion.flags & takes.flags) == 0 &&
         criterion.time_part <= takes.last_time_part && criterion.operands >= takes.least &&
         criterion.operands <= takes.most;
}

bool IsCondition(const uint32_t* tokens, size_t size, uint32_t criteria) {
  if (size == 0) return true;
  if (size > channel::kMaxTokensOfCondition) return false;
  uint32_t results = 0;
  for (size_t i = 0; i < size; ++i) {
    const uint32_t kind = tokens[i] >> channel::token::kValueBits;
    const uint32_t value = tokens[i] & channel::token::kValueMask;
    uint32_t takes = 0;
    switch (static_cast<TokenKind>(kind)) {
      case TokenKind::kCriterion:
        if (value >= criteria) return false;
        break;
      case TokenKind::kAnd:
      case TokenKind::kOr:
        takes = 2;
        break;
      case TokenKind::kNot:
        takes = 1;
        break;
      case TokenKind::kAtLeast:
        takes = value & 0xFF;
        if (value >> 8 < 2 || value >> 8 >= takes) return false;
        break;
      default:
        return false;
    }
    if (kind != 0 && kind < 4 && value != 0) return false;
    if (takes > results) return false;
    results = results - takes + 1;
    if (results > channel::kMaxConditionStack) return false;
  }
  return results == 1;
}

}  // namespace sluice
