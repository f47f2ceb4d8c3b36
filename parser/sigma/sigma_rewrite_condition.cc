#include "parser/sigma/sigma_rewrite_condition.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "schema/limits.h"
#include "schema/operators.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Kind = ConditionToken::Kind;

// A part of the condition: an operator with its operands, or what stands under one name.
struct Node {
  Kind kind = Kind::kCriterion;
  uint32_t n = 0;  // kAtLeast
  std::vector<uint32_t> operands;
  // kCriterion: the items of a selection.
  std::vector<SigmaRewritten> items;
  // A criterion by itself, which nothing else uses: it can stand with others.
  bool single = false;
  uint32_t criterion = kNone;  // of one that others use, too
  Place place;
};

class DetectionRewriter {
 public:
  DetectionRewriter(const Content& content, const Instance& instance, SigmaBudget& budget)
      : content_(content), instance_(instance), budget_(budget) {}

  SigmaRewrittenDetection Rewrite() {
    CountUses();
    if (!ReadTokens() || !WriteCondition()) out_.selections.clear();
    return std::move(out_);
  }

 private:
  // A node that is written, and how many of its operands are.
  struct Open {
    uint32_t node;
    size_t written = 0;
    bool parentheses = false;
  };

  bool Fail(Place place, std::string_view why) {
    out_.why = why;
    out_.place = place;
    return false;
  }

  void CountUses();
  bool ReadTokens();
  bool Read(const ConditionToken& token);
  bool AddCriterion(uint32_t index);
  void Join(Kind kind, uint32_t count, uint32_t n, Place place);
  void GroupAlternatives(Node& node);
  void GroupSelections(Node& node);
  bool CanExtend(const Node& list, const Node& next) const;
  void Collapse(Node& node);

  bool WriteCondition();
  bool Begin(uint32_t index, bool inside);
  bool BeginAtLeast(const Node& node);
  void WriteName(Node& node);
  std::string_view Separator(Kind kind) const { return kind == Kind::kAnd ? " and " : " or "; }

  const Content& content_;
  const Instance& instance_;
  SigmaBudget& budget_;
  std::vector<uint32_t> uses_;  // by criterion of the instance
  std::vector<Node> nodes_;
  std::vector<uint32_t> stack_;
  std::vector<std::string> names_;  // by criterion, of those that are used more than once
  std::vector<Open> open_;
  uint32_t quantifiers_ = 0;
  SigmaRewrittenDetection out_;
};

void DetectionRewriter::CountUses() {
  uses_.assign(instance_.criteria.size(), 0);
  names_.resize(uses_.size());
  for (const ConditionToken& token : content_.condition(instance_)) {
    if (token.kind == Kind::kCriterion) ++uses_[token.value - instance_.criteria.begin];
  }
}

bool DetectionRewriter::ReadTokens() {
  const std::span<const ConditionToken> tokens = content_.condition(instance_);
  for (const ConditionToken& token : tokens) {
    if (!Read(token)) return false;
  }
  if (!tokens.empty())
    return stack_.size() == 1 || Fail(instance_.place, "its condition is broken");
  for (uint32_t i = 0; i < instance_.criteria.size(); ++i) {
    if (!AddCriterion(i)) return false;
  }
  if (stack_.empty()) return Fail(instance_.place, "it has no criterion");
  if (stack_.size() > 1) {
    Join(Kind::kAnd, static_cast<uint32_t>(stack_.size()), 0, instance_.place);
  }
  return true;
}

bool DetectionRewriter::Read(const ConditionToken& token) {
  if (token.kind == Kind::kCriterion) return AddCriterion(token.value - instance_.criteria.begin);
  const uint32_t count = token.kind == Kind::kNot ? 1 : token.value;
  if (count == 0 || count > stack_.size()) return Fail(token.place, "its condition is broken");
  Join(token.kind, count, token.n, token.place);
  return true;
}

bool DetectionRewriter::AddCriterion(uint32_t index) {
  const Criterion& criterion = content_.criteria(instance_)[index];
  std::optional<SigmaRewritten> written = RewriteCriterion(content_, criterion, budget_);
  if (!written) return Fail(criterion.place, "no Sigma rule can say this criterion");
  Node node{.place = criterion.place};
  const bool shared = uses_[index] > 1;
  node.single = !shared && written->values.size() == 1 && (criterion.flags & kNegated) == 0 &&
                criterion.op != Operator::kIsNull;
  if (shared) node.criterion = index;
  node.items.push_back(*std::move(written));
  stack_.push_back(static_cast<uint32_t>(nodes_.size()));
  nodes_.push_back(std::move(node));
  return true;
}

void DetectionRewriter::Join(Kind kind, uint32_t count, uint32_t n, Place place) {
  Node node{.kind = kind, .n = n, .place = place};
  node.operands.assign(stack_.end() - count, stack_.end());
  stack_.resize(stack_.size() - count);
  if (kind == Kind::kOr) GroupAlternatives(node);
  if (kind == Kind::kAnd) GroupSelections(node);
  Collapse(node);
  stack_.push_back(static_cast<uint32_t>(nodes_.size()));
  nodes_.push_back(std::move(node));
}

// Whether the value of `next` can stand behind those of `list`.
bool DetectionRewriter::CanExtend(const Node& list, const Node& next) const {
  return list.single && next.single && list.items[0].key == next.items[0].key;
}

// Neighbours with one key become a list of values.
void DetectionRewriter::GroupAlternatives(Node& node) {
  std::vector<uint32_t> grouped;
  for (const uint32_t operand : node.operands) {
    if (grouped.empty() || !CanExtend(nodes_[grouped.back()], nodes_[operand])) {
      grouped.push_back(operand);
      continue;
    }
    std::ranges::move(nodes_[operand].items[0].values,
                      std::back_inserter(nodes_[grouped.back()].items[0].values));
  }
  for (const uint32_t operand : grouped) {
    if (!nodes_[operand].items.empty() && nodes_[operand].items[0].values.size() > 1) {
      nodes_[operand].single = false;
    }
  }
  node.operands = std::move(grouped);
}

// Neighbours with different keys become one map.
void DetectionRewriter::GroupSelections(Node& node) {
  std::vector<uint32_t> grouped;
  absl::flat_hash_set<std::string> keys;  // of the last in `grouped`
  for (const uint32_t operand : node.operands) {
    Node& next = nodes_[operand];
    const bool item = next.kind == Kind::kCriterion && next.criterion == kNone;
    Node* last = grouped.empty() ? nullptr : &nodes_[grouped.back()];
    const bool after_items =
        last != nullptr && last->kind == Kind::kCriterion && last->criterion == kNone;
    if (item && after_items && next.items.size() == 1 && keys.insert(next.items[0].key).second) {
      last->items.push_back(std::move(next.items[0]));
      last->single = false;
      continue;
    }
    grouped.push_back(operand);
    keys.clear();
    for (const SigmaRewritten& one : next.items) keys.insert(one.key);
  }
  node.operands = std::move(grouped);
}

// An operator with one operand left is that operand.
void DetectionRewriter::Collapse(Node& node) {
  const bool chain = node.kind == Kind::kAnd || node.kind == Kind::kOr;
  if (!chain || node.operands.size() > 1) return;
  Node only = std::move(nodes_[node.operands[0]]);
  node = std::move(only);
}

void DetectionRewriter::WriteName(Node& node) {
  if (node.criterion != kNone && !names_[node.criterion].empty()) {
    out_.condition += names_[node.criterion];
    return;
  }
  std::string name = absl::StrCat("s", out_.selections.size() + 1);
  if (node.criterion != kNone) names_[node.criterion] = name;
  out_.condition += name;
  out_.selections.push_back({std::move(name), std::move(node.items)});
}

// The operands of a quantifier are selections with a name of their own.
bool DetectionRewriter::BeginAtLeast(const Node& node) {
  const std::string prefix = absl::StrCat("n", ++quantifiers_, "_");
  for (const uint32_t operand : node.operands) {
    Node& one = nodes_[operand];
    if (one.kind != Kind::kCriterion || one.criterion != kNone) {
      return Fail(node.place, "it counts conditions that are no selections");
    }
    out_.selections.push_back(
        {absl::StrCat(prefix, out_.selections.size() + 1), std::move(one.items)});
  }
  absl::StrAppend(&out_.condition, node.n, " of ", prefix, "*");
  return true;
}

bool DetectionRewriter::Begin(uint32_t index, bool inside) {
  Node& node = nodes_[index];
  if (node.kind == Kind::kCriterion) {
    WriteName(node);
    return true;
  }
  if (node.kind == Kind::kAtLeast) return BeginAtLeast(node);
  if (open_.size() >= kMaxSigmaConditionDepth) return Fail(node.place, "it is nested too deep");
  const bool parentheses = inside && node.kind != Kind::kNot;
  if (parentheses) out_.condition += '(';
  if (node.kind == Kind::kNot) out_.condition += "not ";
  open_.push_back({.node = index, .parentheses = parentheses});
  return true;
}

bool DetectionRewriter::WriteCondition() {
  if (!Begin(stack_.back(), /*inside=*/false)) return false;
  while (!open_.empty()) {
    Open& top = open_.back();
    const Node& node = nodes_[top.node];
    if (top.written == node.operands.size()) {
      if (top.parentheses) out_.condition += ')';
      open_.pop_back();
      continue;
    }
    if (top.written > 0) out_.condition += Separator(node.kind);
    if (!Begin(node.operands[top.written++], /*inside=*/true)) return false;
  }
  return true;
}

}  // namespace

SigmaRewrittenDetection RewriteDetection(const Content& content, const Instance& instance,
                                         SigmaBudget& budget) {
  return DetectionRewriter(content, instance, budget).Rewrite();
}

}  // namespace sluice
