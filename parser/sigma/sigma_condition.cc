#include "parser/sigma/sigma_condition.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "schema/limits.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using Kind = SigmaConditionToken::Kind;
using ErrorKind = SigmaConditionError::Kind;

constexpr std::string_view kOperandText = "a name, \"1 of\", \"not\" or \"(\"";
constexpr std::string_view kOperatorText = "\"and\", \"or\", \")\" or the end";
constexpr std::string_view kAggregations[] = {"count", "min", "max", "avg", "sum"};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-' || c == '*';
}

// A pair of parentheses, and what stands in it.
struct Pair {
  enum class Root : uint8_t { kOperand, kNot, kAnd, kOr };
  uint32_t open = 0;
  uint32_t end = 0;  // past ')'
  Root root = Root::kOperand;
  bool redundant = false;
};

// What is open: the whole condition, or one pair of parentheses.
struct Level {
  uint32_t pair = 0;           // in pairs_; unused for the whole condition
  uint32_t operands = 0;       // of the `and` chain so far
  uint32_t chains = 0;         // `and` chains that have ended, of the `or` chain
  size_t nots = 0;             // nots_ from here on stand before the next operand
  size_t children = 0;         // children_ from here on are bare operands of this level
  size_t chain_children = 0;   // those from here on, of the `and` chain so far
  bool chain_negated = false;  // the chain's last operand had a `not`
  bool mixed = false;
  Place first_and;
  Place first_or;
};

class ConditionParser {
 public:
  explicit ConditionParser(std::string_view text) : text_(text) {}

  SigmaConditionResult Parse() {
    if (text_.size() > kMaxFileBytes) {
      Fail(ErrorKind::kTooLong, {0, 0}, "a shorter condition");
    } else {
      Read();
    }
    if (result_.error) result_.condition = {};
    return std::move(result_);
  }

 private:
  void Read() {
    levels_.emplace_back();
    bool operand_next = true;
    for (Place at = Next(); at.length > 0; at = Next()) {
      if (++words_ > kMaxConditionTokens) {
        return Fail(ErrorKind::kTooLong, at, "a shorter condition");
      }
      operand_next = operand_next ? ReadOperand(at) : ReadOperator(at);
      if (result_.error) return;
    }
    if (operand_next) return FailAtEnd();
    if (levels_.size() > 1) {
      return Fail(ErrorKind::kParenthesisOpen, {pairs_[levels_.back().pair].open, 1}, "a \")\"");
    }
    const std::optional<Pair::Root> root = CloseLevel();
    if (!root && !children_.empty()) pairs_[children_.back()].redundant = true;
    for (const Pair& pair : pairs_) {
      if (!pair.redundant) continue;
      result_.condition.redundant_parentheses.push_back({pair.open, pair.end - pair.open});
    }
  }

  // The next word, parenthesis or other character; of length 0 at the end. Consumes it.
  Place Next() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
    const size_t begin = at_;
    while (at_ < text_.size() && IsWordCharacter(text_[at_])) ++at_;
    if (at_ == begin && at_ < text_.size()) {
      const std::optional<CodePoint> point = DecodeWtf8(text_.substr(at_, 4));
      at_ += point ? point->length : 1;
    }
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_ - begin)};
  }

  // The next one without consuming it.
  Place Peek() {
    const size_t at = at_;
    const Place next = Next();
    at_ = at;
    return next;
  }

  std::string_view Text(Place place) const { return text_.substr(place.offset, place.length); }
  bool IsWord(Place at) const { return at.length > 0 && IsWordCharacter(text_[at.offset]); }

  bool IsKeyword(Place at, std::string_view keyword) const {
    return EqualsIgnoreCase(Text(at), keyword);
  }

  void NoteCase(Place at) {
    const std::string_view word = Text(at);
    if (std::ranges::any_of(word, [](char c) { return c >= 'A' && c <= 'Z'; })) {
      result_.condition.not_lower_case.push_back(at);
    }
  }

  // Where an operand must stand. True when one must still stand after it.
  bool ReadOperand(Place at) {
    if (text_[at.offset] == '(') return Open(at);
    if (text_[at.offset] == ')' && levels_.size() > 1 && Top().operands == 0 && Top().chains == 0 &&
        nots_.size() == Top().nots) {
      Fail(ErrorKind::kEmpty, at, kOperandText);
    } else if (text_[at.offset] == ')' || text_[at.offset] == '|') {
      Fail(ErrorKind::kOperandExpected, at, kOperandText);
    } else if (!IsWord(at)) {
      Fail(ErrorKind::kBadCharacter, at, kOperandText);
    } else if (IsKeyword(at, "not")) {
      NoteCase(at);
      nots_.push_back(at);
      return true;
    } else if (IsKeyword(at, "and") || IsKeyword(at, "or")) {
      Fail(ErrorKind::kOperandExpected, at, kOperandText);
    } else if (const Place of = Peek(); IsKeyword(of, "of")) {
      ReadQuantifier(at);
    } else {
      ReadName(at);
    }
    return false;
  }

  void ReadName(Place at) {
    if (at.length > kMaxSigmaNameBytes) {
      return Fail(ErrorKind::kNameTooLong, at, "a shorter name");
    }
    if (Text(at).find('*') != std::string_view::npos) {
      return Fail(ErrorKind::kPatternWithoutOf, at, "a name, or \"1 of\" before a pattern");
    }
    Emit({.kind = Kind::kIdentifier, .place = at, .name = at});
    EndOperand();
  }

  void ReadQuantifier(Place quantifier) {
    SigmaConditionToken token{.kind = Kind::kOf};
    const std::string_view word = Text(quantifier);
    if (IsKeyword(quantifier, "any")) {
      token.count = 1;
    } else if (!IsKeyword(quantifier, "all")) {
      const auto [end, error] =
          std::from_chars(word.data(), word.data() + word.size(), token.count);
      if (error != std::errc() || end != word.data() + word.size() || token.count == 0) {
        return Fail(ErrorKind::kBadQuantifier, quantifier, "a number from 1, \"all\" or \"any\"");
      }
    }
    NoteCase(quantifier);
    NoteCase(Next());
    token.name = Next();
    if (!IsWord(token.name)) {
      const ErrorKind kind = token.name.length == 0 || text_[token.name.offset] == '(' ||
                                     text_[token.name.offset] == ')'
                                 ? ErrorKind::kNameExpected
                                 : ErrorKind::kBadCharacter;
      return Fail(kind, token.name, "a name, a pattern or \"them\"");
    }
    if (token.name.length > kMaxSigmaNameBytes) {
      return Fail(ErrorKind::kNameTooLong, token.name, "a shorter name");
    }
    words_ += 2;
    token.them = IsKeyword(token.name, "them");
    if (token.them) NoteCase(token.name);
    token.place = {quantifier.offset, token.name.end() - quantifier.offset};
    Emit(token);
    EndOperand();
  }

  // Where an operator must stand. True when an operand must stand after it.
  bool ReadOperator(Place at) {
    Level& level = Top();
    if (text_[at.offset] == ')') {
      Close(at);
      return false;
    }
    if (IsKeyword(at, "and")) {
      if (level.operands == 1) level.first_and = at;
    } else if (IsKeyword(at, "or")) {
      if (level.chains == 0) level.first_or = at;
      EndChain();
    } else {
      FailAtOperator(at);
      return false;
    }
    NoteCase(at);
    return true;
  }

  void FailAtOperator(Place at) {
    if (text_[at.offset] == '|') {
      const Place word = Peek();
      const Place rest{at.offset, static_cast<uint32_t>(text_.size() - at.offset)};
      if (IsKeyword(word, "near")) return Fail(ErrorKind::kNear, rest, kOperatorText);
      for (const std::string_view function : kAggregations) {
        if (IsKeyword(word, function)) return Fail(ErrorKind::kAggregation, rest, kOperatorText);
      }
    }
    const bool operand = IsWord(at) || text_[at.offset] == '(';
    Fail(operand ? ErrorKind::kOperatorExpected : ErrorKind::kBadCharacter, at, kOperatorText);
  }

  bool Open(Place at) {
    if (levels_.size() > kMaxSigmaConditionDepth) {
      Fail(ErrorKind::kTooDeep, at, "fewer parentheses inside one another");
      return false;
    }
    levels_.push_back({.pair = static_cast<uint32_t>(pairs_.size()),
                       .nots = nots_.size(),
                       .children = children_.size(),
                       .chain_children = children_.size()});
    pairs_.push_back({.open = at.offset});
    return true;
  }

  void Close(Place at) {
    if (levels_.size() == 1) return Fail(ErrorKind::kParenthesisUnopened, at, kOperatorText);
    const uint32_t index = Top().pair;
    const size_t children = Top().children;
    Pair& pair = pairs_[index];
    pair.end = at.end();
    if (const std::optional<Pair::Root> root = CloseLevel()) {
      pair.root = *root;
    } else if (children_.size() > children) {
      // Doubled: the inner pair is the one too many.
      Pair& inner = pairs_[children_.back()];
      inner.redundant = true;
      pair.root = inner.root;
    }
    if (pair.root == Pair::Root::kOperand) pair.redundant = true;
    children_.resize(children);
    levels_.pop_back();
    if (nots_.size() == Top().nots) children_.push_back(index);
    EndOperand();
  }

  // Applies the `not`s before the operand that has just ended.
  void EndOperand() {
    Level& level = Top();
    level.chain_negated = nots_.size() > level.nots;
    for (; nots_.size() > level.nots; nots_.pop_back()) {
      Emit({.kind = Kind::kNot, .count = 1, .place = nots_.back()});
    }
    ++level.operands;
  }

  // Ends the `and` chain of the level.
  void EndChain() {
    Level& level = Top();
    if (level.operands > 1) {
      level.mixed = true;
      Emit({.kind = Kind::kAnd, .count = level.operands, .place = level.first_and});
      MarkChildren(level.chain_children, Pair::Root::kAnd);
      // They are operands of the `and`: the `or` around it has nothing to say about them.
      children_.resize(level.chain_children);
    }
    ++level.chains;
    level.operands = 0;
    level.chain_children = children_.size();
  }

  // Ends the level's condition. nullopt when it is one operand without a `not`: then the last child
  // is that operand, if it is a pair of parentheses.
  std::optional<Pair::Root> CloseLevel() {
    EndChain();
    Level& level = Top();
    if (level.chains > 1) {
      Emit({.kind = Kind::kOr,
            .mixed = level.mixed,
            .count = level.chains,
            .place = level.first_or});
      MarkChildren(level.children, Pair::Root::kOr);
      children_.resize(level.children);
      return Pair::Root::kOr;
    }
    if (level.mixed) return Pair::Root::kAnd;
    if (level.chain_negated) return Pair::Root::kNot;
    return std::nullopt;
  }

  void MarkChildren(size_t from, Pair::Root root) {
    for (size_t i = from; i < children_.size(); ++i) {
      Pair& pair = pairs_[children_[i]];
      if (pair.root == root) pair.redundant = true;
    }
  }

  Level& Top() { return levels_.back(); }
  void Emit(const SigmaConditionToken& token) { result_.condition.tokens.push_back(token); }

  void FailAtEnd() {
    const Place end{static_cast<uint32_t>(text_.size()), 0};
    const bool empty = words_ == 0;
    Fail(empty ? ErrorKind::kEmpty : ErrorKind::kOperandExpected, end, kOperandText);
  }

  void Fail(ErrorKind kind, Place place, std::string_view expected) {
    result_.error = {kind, place, expected, Text(place)};
  }

  std::string_view text_;
  size_t at_ = 0;
  uint32_t words_ = 0;
  SigmaConditionResult result_;
  std::vector<Level> levels_;
  std::vector<Pair> pairs_;  // in the order of their '('
  std::vector<Place> nots_;
  std::vector<uint32_t> children_;  // pairs that are operands without a `not` before them
};

}  // namespace

SigmaConditionResult ParseSigmaCondition(std::string_view text) {
  return ConditionParser(text).Parse();
}

bool MatchesSigmaPattern(std::string_view pattern, std::string_view name) {
  size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  name.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  // Each piece between two stars is taken where it stands first.
  for (; (star = pattern.find('*')) != std::string_view::npos; pattern.remove_prefix(star + 1)) {
    const size_t found = name.find(pattern.substr(0, star));
    if (found == std::string_view::npos) return false;
    name.remove_prefix(found + star);
  }
  return name.ends_with(pattern);
}

bool SigmaTokenCovers(const SigmaConditionToken& token, std::string_view text,
                      std::string_view name) {
  if (token.them) return !name.starts_with('_');
  const std::string_view pattern = text.substr(token.name.offset, token.name.length);
  return token.kind == Kind::kOf ? MatchesSigmaPattern(pattern, name) : pattern == name;
}

}  // namespace sluice
