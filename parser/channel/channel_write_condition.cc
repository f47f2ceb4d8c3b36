#include "parser/channel/channel_write_condition.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_limits.h"

namespace sluice {
namespace {

using Kind = ConditionToken::Kind;

// In the order of ConditionToken::Kind, which is that of the format.
constexpr uint32_t kKindShift = 28;
static_assert(static_cast<int>(Kind::kCriterion) == 0 && static_cast<int>(Kind::kAtLeast) == 4);

uint32_t Token(Kind kind, uint32_t value) {
  return static_cast<uint32_t>(kind) << kKindShift | value;
}

}  // namespace

bool ChannelConditionWriter::Fail(Place place, std::string why) {
  problem_ = {place, std::move(why)};
  return false;
}

uint32_t ChannelConditionWriter::Add(const Node& node) {
  nodes_.push_back(node);
  return static_cast<uint32_t>(nodes_.size() - 1);
}

// An operand of the same kind gives its own operands in its place.
void ChannelConditionWriter::Append(uint32_t operand, Node& to) {
  const Node& from = nodes_[operand];
  const bool same = from.kind == to.kind && (to.kind == Kind::kAnd || to.kind == Kind::kOr);
  const uint32_t first = same ? from.first : operand;
  if (to.last == kNone) {
    to.first = first;
  } else {
    nodes_[to.last].next = first;
  }
  to.last = same ? from.last : operand;
  to.operands += same ? from.operands : 1;
}

bool ChannelConditionWriter::Join(Kind kind, uint32_t value, uint32_t count, Place place) {
  if (count > stack_.size()) return Fail(place, "the condition takes results that there are not");
  Node node{.kind = kind, .value = value, .place = place};
  for (size_t i = stack_.size() - count; i < stack_.size(); ++i) Append(stack_[i], node);
  stack_.resize(stack_.size() - count);
  stack_.push_back(Add(node));
  return true;
}

void ChannelConditionWriter::Negate(Place place) {
  const Node& top = nodes_[stack_.back()];
  if (top.kind == Kind::kNot) {
    stack_.back() = top.first;
    return;
  }
  Node node{.kind = Kind::kNot, .place = place};
  Append(stack_.back(), node);
  stack_.back() = Add(node);
}

bool ChannelConditionWriter::ReadAtLeast(const ConditionToken& token) {
  if (token.n == 0 || token.n > token.value) {
    return Fail(token.place, absl::StrCat("at least ", token.n, " of ", token.value, " is ",
                                          token.n == 0 ? "always" : "never", " true"));
  }
  if (token.value == 1) return true;
  if (token.n == 1) return Join(Kind::kOr, 0, token.value, token.place);
  if (token.n == token.value) return Join(Kind::kAnd, 0, token.value, token.place);
  if (token.value > channel::kMaxConditionStack) {
    return Fail(token.place, absl::StrCat("at least ", token.n, " of ", token.value,
                                          " results, the limit is ", channel::kMaxConditionStack));
  }
  return Join(Kind::kAtLeast, token.n, token.value, token.place);
}

bool ChannelConditionWriter::Read(const ConditionToken& token, Range criteria) {
  switch (token.kind) {
    case Kind::kCriterion:
      if (token.value < criteria.begin || token.value >= criteria.end) {
        return Fail(token.place, "the condition uses a criterion of another instance");
      }
      stack_.push_back(Add({.value = token.value - criteria.begin, .place = token.place}));
      return true;
    case Kind::kAnd:
    case Kind::kOr:
      if (token.value == 1) return true;
      if (token.value == 0) return Fail(token.place, "the condition has an operator of nothing");
      return Join(token.kind, 0, token.value, token.place);
    case Kind::kNot:
      if (stack_.empty()) return Fail(token.place, "the condition negates nothing");
      Negate(token.place);
      return true;
    case Kind::kAtLeast:
      return ReadAtLeast(token);
  }
  return true;
}

uint32_t ChannelConditionWriter::Position(uint32_t criterion) {
  if (positions_[criterion] == kNone) {
    positions_[criterion] = static_cast<uint32_t>(criteria_.size());
    criteria_.push_back(criterion);
  }
  return positions_[criterion];
}

bool ChannelConditionWriter::WriteToken(Kind kind, uint32_t value, uint32_t takes, Place place) {
  results_ -= takes;
  if (++results_ > channel::kMaxConditionStack) {
    return Fail(place, absl::StrCat("the condition needs more than ", channel::kMaxConditionStack,
                                    " results at a time"));
  }
  if (tokens_.size() == channel::kMaxTokensOfCondition) {
    return Fail(place, absl::StrCat("the condition has more than ", channel::kMaxTokensOfCondition,
                                    " tokens"));
  }
  tokens_.push_back(Token(kind, value));
  return true;
}

// What follows upon an operand: of a chain the operator, once it has two.
bool ChannelConditionWriter::EndOperand(Open& open) {
  const Node& node = nodes_[open.node];
  ++open.written;
  const bool last = open.written == node.operands;
  switch (node.kind) {
    case Kind::kAnd:
    case Kind::kOr:
      return open.written < 2 || WriteToken(node.kind, 0, 2, node.place);
    case Kind::kNot:
      return WriteToken(node.kind, 0, 1, node.place);
    case Kind::kAtLeast:
      return !last ||
             WriteToken(node.kind, node.value << 8 | node.operands, node.operands, node.place);
    case Kind::kCriterion:
      break;
  }
  return true;
}

bool ChannelConditionWriter::WriteTree(uint32_t root) {
  open_.assign(1, {.node = root, .operand = nodes_[root].first});
  while (!open_.empty()) {
    Open& top = open_.back();
    const Node& node = nodes_[top.node];
    if (node.kind == Kind::kCriterion) {
      if (!WriteToken(Kind::kCriterion, Position(node.value), 0, node.place)) return false;
    } else if (top.written < node.operands) {
      const uint32_t operand = top.operand;
      top.operand = nodes_[operand].next;
      open_.push_back({.node = operand, .operand = nodes_[operand].first});
      continue;
    }
    open_.pop_back();
    if (!open_.empty() && !EndOperand(open_.back())) return false;
  }
  return true;
}

// Whether the tokens say that all criteria must match.
bool ChannelConditionWriter::IsPlain() const {
  if (tokens_.size() != 2 * criteria_.size() - 1) return false;
  for (uint32_t i = 0; i < tokens_.size(); ++i) {
    const bool is_and = i > 0 && i % 2 == 0;
    if (tokens_[i] != (is_and ? Token(Kind::kAnd, 0) : Token(Kind::kCriterion, (i + 1) / 2))) {
      return false;
    }
  }
  return true;
}

std::optional<ChannelProblem> ChannelConditionWriter::Write(std::span<const ConditionToken> tokens,
                                                            Range criteria) {
  nodes_.clear();
  stack_.clear();
  criteria_.clear();
  tokens_.clear();
  results_ = 0;
  problem_.reset();
  positions_.assign(criteria.size(), kNone);
  for (const ConditionToken& token : tokens) {
    if (!Read(token, criteria)) return std::move(problem_);
  }
  if (stack_.size() != 1) {
    const Place place = tokens.empty() ? Place{} : tokens.back().place;
    return ChannelProblem{place, "the condition does not leave one result"};
  }
  if (!WriteTree(stack_.back())) return std::move(problem_);
  if (IsPlain()) tokens_.clear();
  return std::nullopt;
}

}  // namespace sluice
