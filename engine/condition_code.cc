#include "engine/condition_code.h"

#include <algorithm>

namespace sluice {
namespace {

using Token = ConditionToken::Kind;
using Step = ConditionStep::Kind;

// What a token is, in the tree that postfix order is.
struct Node {
  Token kind = Token::kCriterion;
  uint32_t value = 0;  // the criterion, or how many operands
  uint32_t n = 0;      // kAtLeast
  uint32_t first = 0;  // the first token below it
  uint32_t parent = kNone;
  bool last = false;         // of the parent's operands
  uint32_t patches = kNone;  // the jumps to its end that are not patched yet, as a list
};

class Compiler {
 public:
  Compiler(const std::function<ConditionTest(uint32_t)>& test_of, std::vector<ConditionStep>& code)
      : test_of_(test_of), code_(code) {}

  uint32_t Compile(const Content& content, const Instance& instance) {
    ReadNodes(content, instance);
    Link();
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      for (; next_count_ < counts_.size() && nodes_[counts_[next_count_]].first == i;
           ++next_count_) {
        Emit(Step::kCountBegin, 0);
        deepest_ = std::max(deepest_, ++depth_);
      }
      Finish(i);
      if (nodes_[i].parent != kNone) Follow(i);
    }
    return deepest_;
  }

 private:
  void ReadNodes(const Content& content, const Instance& instance) {
    for (const ConditionToken& token : content.condition(instance)) {
      nodes_.push_back({.kind = token.kind, .value = token.value, .n = token.n});
      Node& node = nodes_.back();
      if (node.kind != Token::kAtLeast) continue;
      // The others are faster.
      if (node.n == node.value && node.n > 0) node.kind = Token::kAnd;
      if (node.n == 1 && node.value > 0) node.kind = Token::kOr;
    }
    if (!nodes_.empty()) return;
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      nodes_.push_back({.kind = Token::kCriterion, .value = i});
    }
    nodes_.push_back({.kind = Token::kAnd, .value = instance.criteria.size()});
  }

  void Link() {
    std::vector<uint32_t> stack;  // tokens whose result is on it
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      Node& node = nodes_[i];
      node.first = i;
      if (node.kind != Token::kCriterion) {
        const size_t takes = node.kind == Token::kNot ? 1 : node.value;
        const size_t begin = stack.size() - std::min(takes, stack.size());
        for (size_t s = begin; s < stack.size(); ++s) {
          Node& operand = nodes_[stack[s]];
          operand.parent = i;
          operand.last = s + 1 == stack.size();
          if (s == begin) node.first = operand.first;
        }
        stack.resize(begin);
        if (node.kind == Token::kAtLeast && node.value > 0) counts_.push_back(i);
      }
      stack.push_back(i);
    }
    // By where they begin, the outer one first.
    std::ranges::sort(counts_, [&](uint32_t a, uint32_t b) {
      return nodes_[a].first != nodes_[b].first ? nodes_[a].first < nodes_[b].first : a > b;
    });
  }

  void Emit(Step kind, uint32_t value) { code_.push_back({kind, value}); }

  // What a token itself does, once its operands are done.
  void Finish(uint32_t index) {
    Node& node = nodes_[index];
    switch (node.kind) {
      case Token::kCriterion: {
        const ConditionTest test = test_of_(node.value);
        Emit(Step::kTest, test.test);
        if (test.negated) Emit(Step::kNot, 0);
        break;
      }
      case Token::kNot:
        Emit(Step::kNot, 0);
        break;
      case Token::kAnd:
      case Token::kOr:
        if (node.value == 0) Emit(Step::kConstant, node.kind == Token::kAnd ? 1 : 0);
        Patch(node);
        break;
      case Token::kAtLeast:
        if (node.value == 0) {
          Emit(Step::kConstant, 0);
        } else {
          Emit(Step::kCountEnd, node.n);
          --depth_;
        }
        break;
    }
  }

  void Patch(Node& node) {
    const auto end = static_cast<uint32_t>(code_.size());
    for (uint32_t at = node.patches; at != kNone;) {
      const uint32_t next = code_[at].value;
      code_[at].value = end;
      at = next;
    }
  }

  // What the token's parent does with its result.
  void Follow(uint32_t index) {
    Node& parent = nodes_[nodes_[index].parent];
    if (parent.kind == Token::kAtLeast) return Emit(Step::kCountAdd, 0);
    if (nodes_[index].last || parent.kind == Token::kNot) return;
    const auto at = static_cast<uint32_t>(code_.size());
    Emit(parent.kind == Token::kAnd ? Step::kJumpIfFalse : Step::kJumpIfTrue, parent.patches);
    parent.patches = at;
  }

  const std::function<ConditionTest(uint32_t)>& test_of_;
  std::vector<ConditionStep>& code_;
  std::vector<Node> nodes_;
  std::vector<uint32_t> counts_;  // tokens that count
  size_t next_count_ = 0;
  uint32_t depth_ = 0;
  uint32_t deepest_ = 0;
};

bool IsJump(const ConditionStep& step) {
  return step.kind == Step::kJumpIfFalse || step.kind == Step::kJumpIfTrue;
}

}  // namespace

uint32_t CompileCondition(const Content& content, const Instance& instance,
                          const std::function<ConditionTest(uint32_t)>& test_of,
                          std::vector<ConditionStep>& code) {
  const size_t begin = code.size();
  const uint32_t depth = Compiler(test_of, code).Compile(content, instance);
  // A jump to one on the same result goes on; to one on the other, past it.
  for (size_t i = code.size(); i-- > begin;) {
    if (!IsJump(code[i]) || code[i].value >= code.size()) continue;
    const ConditionStep& there = code[code[i].value];
    if (!IsJump(there)) continue;
    code[i].value = there.kind == code[i].kind ? there.value : code[i].value + 1;
  }
  return depth;
}

}  // namespace sluice
