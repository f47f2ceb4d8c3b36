#include "engine/instance_cover.h"

#include <algorithm>
#include <span>
#include <utility>

namespace sluice {
namespace {

using Token = ConditionToken::Kind;

// What a part of a condition needs to hold, and what it needs not to.
struct Covers {
  Cover holds;
  Cover fails;
};

// All of them have to happen: the rarest tells.
Cover Rarest(std::span<Covers> parts, Cover Covers::*which) {
  Cover* best = nullptr;
  for (Covers& part : parts) {
    Cover& cover = part.*which;
    if (cover.known && (best == nullptr || cover.cost < best->cost)) best = &cover;
  }
  return best == nullptr ? Cover() : std::move(*best);
}

// One of them has to happen.
Cover Union(std::span<Covers> parts, Cover Covers::*which) {
  Cover out{.known = true};
  for (Covers& part : parts) {
    Cover& cover = part.*which;
    if (!cover.known) return {};
    out.cost += cover.cost;
    if (cover.tests.size() > out.tests.size()) std::swap(out.tests, cover.tests);
    out.tests.insert(out.tests.end(), cover.tests.begin(), cover.tests.end());
  }
  return out;
}

// At least `n` of them have to happen: so at least one of those that are left when `n` - 1 are
// taken away. The dearest are taken away.
Cover AtLeast(std::span<Covers> parts, Cover Covers::*which, size_t n) {
  if (n == 0) return {};
  if (n > parts.size()) return {.known = true};
  std::ranges::stable_sort(parts, [&](const Covers& a, const Covers& b) {
    const Cover& first = a.*which;
    const Cover& second = b.*which;
    return first.known != second.known ? first.known : first.cost < second.cost;
  });
  return Union(parts.first(parts.size() - (n - 1)), which);
}

Covers CombineCovers(const ConditionToken& token, std::span<Covers> parts) {
  constexpr auto kHolds = &Covers::holds;
  constexpr auto kFails = &Covers::fails;
  switch (token.kind) {
    case Token::kAnd:
      return {Rarest(parts, kHolds), Union(parts, kFails)};
    case Token::kOr:
      return {Union(parts, kHolds), Rarest(parts, kFails)};
    case Token::kNot:
      if (parts.size() != 1) return {};
      return {std::move(parts[0].fails), std::move(parts[0].holds)};
    case Token::kAtLeast: {
      if (parts.empty()) return {.holds = {.known = true}};
      Cover holds = AtLeast(parts, kHolds, token.n);
      // It fails when more than `parts.size() - n` of them do.
      const bool can_fail = token.n > 0;
      Cover fails = !can_fail                ? Cover{.known = true}
                    : token.n > parts.size() ? Cover()
                                             : AtLeast(parts, kFails, parts.size() - token.n + 1);
      return {std::move(holds), std::move(fails)};
    }
    case Token::kCriterion:
      break;
  }
  return {};
}

Covers Leaf(ConditionTest test, const std::function<std::optional<double>(uint32_t)>& cost_of) {
  Covers covers;
  const std::optional<double> cost = cost_of(test.test);
  if (!cost) return covers;
  Cover& cover = test.negated ? covers.fails : covers.holds;
  cover = {.known = true, .cost = *cost, .tests = {test.test}};
  return covers;
}

}  // namespace

std::optional<std::vector<uint32_t>> CoverOf(
    const Content& content, const Instance& instance,
    const std::function<ConditionTest(uint32_t)>& test_of,
    const std::function<std::optional<double>(uint32_t)>& cost_of) {
  std::vector<Covers> stack;
  const auto combine = [&](const ConditionToken& token, size_t takes) {
    const size_t begin = stack.size() - std::min(takes, stack.size());
    Covers covers = CombineCovers(token, std::span(stack).subspan(begin));
    stack.resize(begin);
    stack.push_back(std::move(covers));
  };
  for (const ConditionToken& token : content.condition(instance)) {
    if (token.kind == Token::kCriterion) {
      stack.push_back(Leaf(test_of(token.value), cost_of));
    } else {
      combine(token, token.kind == Token::kNot ? 1 : token.value);
    }
  }
  if (content.condition(instance).empty()) {
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      stack.push_back(Leaf(test_of(i), cost_of));
    }
    combine({.kind = Token::kAnd}, stack.size());
  }
  if (stack.size() != 1 || !stack[0].holds.known) return std::nullopt;
  std::vector<uint32_t> tests = std::move(stack[0].holds.tests);
  std::ranges::sort(tests);
  tests.erase(std::unique(tests.begin(), tests.end()), tests.end());
  return tests;
}

}  // namespace sluice
