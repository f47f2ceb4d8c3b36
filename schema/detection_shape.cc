#include "schema/detection_shape.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "schema/criterion_key.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Kind = ConditionToken::Kind;

enum class Form : uint8_t { kTest, kAnd, kOr };

Form Flip(Form form) {
  if (form == Form::kTest) return form;
  return form == Form::kAnd ? Form::kOr : Form::kAnd;
}

constexpr uint64_t kNot = 0x6E6F74;

uint64_t Negated(uint64_t test) { return MixHash(test, kNot); }

uint64_t HashText(std::string_view text, uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

// A hash of `text`, the same for ASCII letters in any case.
uint64_t HashAnyCase(std::string_view text, uint64_t seed) {
  std::array<char, 128> lower = {};
  do {
    const size_t count = std::min(text.size(), lower.size());
    for (size_t i = 0; i < count; ++i) lower[i] = AsciiLower(text[i]);
    seed = HashText({lower.data(), count}, seed);
    text.remove_prefix(count);
  } while (!text.empty());
  return seed;
}

// One token with what it takes. `yes` is what it is and `no` what its negation is: of a test the
// hash, otherwise the sum of the hashes of its parts, which order does not change.
struct Node {
  Form form = Form::kTest;
  uint64_t yes = 0;
  uint64_t no = 0;
  uint32_t begin = 0;  // its first token

  Form As(bool positive) const { return positive ? form : Flip(form); }
  uint64_t Hash(bool positive) const {
    const uint64_t sum = positive ? yes : no;
    return form == Form::kTest ? sum : MixHash(static_cast<uint64_t>(As(positive)), sum);
  }
};

// A token, or its negation.
struct Part {
  uint32_t token = 0;
  bool positive = true;
};

constexpr size_t kFew = 32;  // of the tokens and tests that most rules have
using Parts = absl::InlinedVector<Part, kFew>;
using Hashes = absl::InlinedVector<uint64_t, kFew>;

class Former {
 public:
  Former(const Content& content, const Instance& rule)
      : content_(content),
        tokens_(content.condition(rule)),
        first_criterion_(rule.criteria.begin),
        leaves_(rule.criteria.size(), kNone) {
    nodes_.reserve(tokens_.size());
    for (const ConditionToken& token : tokens_) nodes_.push_back(NodeOf(token));
  }

  Part root() const { return {static_cast<uint32_t>(nodes_.size() - 1), true}; }
  const Node& node(Part part) const { return nodes_[part.token]; }
  uint64_t Hash(Part part) const { return node(part).Hash(part.positive); }
  Form As(Part part) const { return node(part).As(part.positive); }

  // Calls `part(p)` for what `from` is the AND (or OR) of; `test(hash)` for alternatives of one
  // criterion among them. Ends when one of them returns false, and is false then.
  template <typename OnPart, typename OnTest>
  bool Flatten(Part from, Form form, OnPart on_part, OnTest on_test) {
    Parts& left = left_[form == Form::kOr ? 1 : 0];
    left.assign(1, from);
    while (!left.empty()) {
      const Part part = left.back();
      left.pop_back();
      if (As(part) != form) {
        if (!on_part(part)) return false;
      } else if (tokens_[part.token].kind == Kind::kCriterion) {
        if (!ForEachTest(part, on_test)) return false;
      } else {
        PushOperands(part, left);
      }
    }
    return true;
  }

 private:
  Node NodeOf(const ConditionToken& token);
  Node LeafOf(const Criterion& criterion);
  Node LeafOnce(uint32_t criterion);
  Node Joined(Form form, uint32_t count) const;
  Node SomeOf(uint32_t least, uint32_t count) const;
  uint64_t HashCriterion(const Criterion& criterion) const;
  uint64_t HashOperand(const Criterion& criterion, uint64_t seed, std::string_view text) const;

  uint32_t Operands(uint32_t token) const {
    return tokens_[token].kind == Kind::kNot ? 1 : tokens_[token].value;
  }

  void PushOperands(Part part, Parts& to) const {
    const bool positive = part.positive != (tokens_[part.token].kind == Kind::kNot);
    uint32_t end = part.token;
    for (uint32_t i = Operands(part.token); i > 0; --i) {
      to.push_back({end - 1, positive});
      end = nodes_[end - 1].begin;
    }
  }

  template <typename OnTest>
  bool ForEachTest(Part part, OnTest on_test) {
    const Criterion& criterion = content_.criteria()[tokens_[part.token].value];
    const uint64_t seed = HashCriterion(criterion);
    for (const Operand& operand : content_.operands(criterion)) {
      const uint64_t test = HashOperand(criterion, seed, operand.text);
      if (!on_test(part.positive ? test : Negated(test))) return false;
    }
    return true;
  }

  const Content& content_;
  std::span<const ConditionToken> tokens_;
  const uint32_t first_criterion_;
  // By criterion: the first token that is one.
  absl::InlinedVector<uint32_t, kFew> leaves_;
  absl::InlinedVector<Node, kFew> nodes_;  // by token
  Parts left_[2];
};

// All of a criterion but its operands.
uint64_t Former::HashCriterion(const Criterion& criterion) const {
  const FieldRef& field = content_.field(criterion);
  const uint64_t hash = HashText(field.name, static_cast<uint64_t>(field.kind));
  const uint64_t how = static_cast<uint64_t>(criterion.op) << 16 | uint64_t{criterion.flags} << 8 |
                       static_cast<uint64_t>(criterion.time_part);
  return MixHash(hash, how);
}

bool IsExact(const Criterion& criterion) {
  const Operator op = criterion.op;
  return (criterion.flags & kCased) != 0 || op == Operator::kRegex ||
         (op >= Operator::kFieldEquals && op <= Operator::kFieldEndsWith);
}

uint64_t Former::HashOperand(const Criterion& criterion, uint64_t seed,
                             std::string_view text) const {
  return IsExact(criterion) ? HashText(text, seed) : HashAnyCase(text, seed);
}

// Alternatives are an OR. That of a negated criterion, "none of them", stays one test.
Node Former::LeafOf(const Criterion& criterion) {
  const uint64_t seed = HashCriterion(criterion);
  const auto operands = content_.operands(criterion);
  Node node;
  for (const Operand& operand : operands) {
    const uint64_t test = HashOperand(criterion, seed, operand.text);
    node.yes += test;
    node.no += Negated(test);
  }
  const bool negated = (criterion.flags & kNegated) != 0;
  if (operands.size() > 1 && !negated) {
    node.form = Form::kOr;
    return node;
  }
  node.yes = operands.size() == 1 ? node.yes : MixHash(seed, node.yes);
  node.no = Negated(node.yes);
  return node;
}

// A criterion may stand in many tokens and have thousands of operands: these are read once.
Node Former::LeafOnce(uint32_t criterion) {
  const uint32_t at = static_cast<uint32_t>(nodes_.size());
  uint32_t& first = leaves_[criterion - first_criterion_];
  if (first == kNone) first = at;
  Node node = first == at ? LeafOf(content_.criteria()[criterion]) : nodes_[first];
  node.begin = at;
  return node;
}

// The last `count` nodes, joined. What has the same form is taken in.
Node Former::Joined(Form form, uint32_t count) const {
  uint32_t end = static_cast<uint32_t>(nodes_.size());
  if (count == 1) return nodes_[end - 1];
  Node all{.form = form, .begin = end};
  for (uint32_t i = 0; i < count; ++i) {
    const Node& part = nodes_[end - 1];
    const bool same = part.form == form;
    all.yes += same ? part.yes : part.Hash(true);
    all.no += same ? part.no : part.Hash(false);
    all.begin = end = part.begin;
  }
  return all;
}

// "2 of" three: neither AND nor OR, so its parts stay what they are.
Node Former::SomeOf(uint32_t least, uint32_t count) const {
  uint32_t begin = static_cast<uint32_t>(nodes_.size());
  uint64_t sum = 0;
  for (uint32_t i = 0; i < count; ++i) {
    sum += nodes_[begin - 1].Hash(true);
    begin = nodes_[begin - 1].begin;
  }
  const uint64_t hash = MixHash(MixHash(least, count), sum);
  return {.form = Form::kTest, .yes = hash, .no = Negated(hash), .begin = begin};
}

Node Former::NodeOf(const ConditionToken& token) {
  const uint32_t at = static_cast<uint32_t>(nodes_.size());
  Node node;
  switch (token.kind) {
    case Kind::kCriterion:
      return LeafOnce(token.value);
    case Kind::kNot:
      node = nodes_[at - 1];
      node.form = Flip(node.form);
      std::swap(node.yes, node.no);
      return node;
    case Kind::kAnd:
      return Joined(Form::kAnd, token.value);
    case Kind::kOr:
      return Joined(Form::kOr, token.value);
    case Kind::kAtLeast:
      break;
  }
  if (token.value > 0 && token.n == 1) return Joined(Form::kOr, token.value);
  if (token.value > 0 && token.n == token.value) return Joined(Form::kAnd, token.value);
  return SomeOf(token.n, token.value);
}

void SortOnce(Hashes& hashes) {
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

uint64_t HashOf(std::span<const uint64_t> hashes) {
  return HashText({reinterpret_cast<const char*>(hashes.data()), hashes.size_bytes()}, 0);
}

}  // namespace

DetectionShape::DetectionShape(const Content& content, const Instance& rule) {
  if (rule.condition.size() == 0 || rule.incomplete) return;
  Former former(content, rule);
  known_ = true;
  whole_ = former.Hash(former.root());
  tests_.reserve(std::min(rule.condition.size(), kMaxShapeTests));
  absl::InlinedVector<uint32_t, kFew> ends;
  Hashes clause;
  Hashes hashes;
  size_t seen = 0;
  const auto add_test = [&](uint64_t test) {
    clause.push_back(test);
    return ++seen <= kMaxShapeTests;
  };
  const auto end_clause = [&] {
    SortOnce(clause);
    hashes.push_back(HashOf(clause));
    tests_.insert(tests_.end(), clause.begin(), clause.end());
    ends.push_back(static_cast<uint32_t>(tests_.size()));
    clause.clear();
  };
  const auto add_clause = [&](Part part) {
    const auto add_part = [&](Part one) { return add_test(former.Hash(one)); };
    if (!former.Flatten(part, Form::kOr, add_part, add_test)) return false;
    end_clause();
    return true;
  };
  const auto add_single = [&](uint64_t test) {
    if (!add_test(test)) return false;
    end_clause();
    return true;
  };
  if (former.Flatten(former.root(), Form::kAnd, add_clause, add_single)) {
    SortOnce(hashes);
    hash_ = HashOf(hashes);
    ends_.assign(ends.begin(), ends.end());
    return;
  }
  hash_ = whole_;
  tests_ = {};
}

}  // namespace sluice
