#include "parser/sigma/sigma_condition.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "schema/limits.h"

namespace sluice {
namespace {

using Kind = SigmaConditionToken::Kind;
using ErrorKind = SigmaConditionError::Kind;

// The postfix tokens in one line: "a b &2 !".
std::string Postfix(std::string_view text) {
  const SigmaConditionResult result = ParseSigmaCondition(text);
  if (!result.ok()) return "error";
  std::string out;
  for (const SigmaConditionToken& token : result.condition.tokens) {
    if (!out.empty()) out += ' ';
    const std::string name(text.substr(token.name.offset, token.name.length));
    switch (token.kind) {
      case Kind::kIdentifier:
        out += name;
        break;
      case Kind::kOf:
        out += std::to_string(token.count) + (token.them ? "/them" : "/" + name);
        break;
      case Kind::kAnd:
        out += '&' + std::to_string(token.count);
        break;
      case Kind::kOr:
        out += '|' + std::to_string(token.count);
        break;
      case Kind::kNot:
        out += '!';
    }
  }
  return out;
}

TEST(SigmaCondition, Precedence) {
  // `or` binds least, then `and`, `not`, then `1 of`; parentheses before all.
  EXPECT_EQ(Postfix("a"), "a");
  EXPECT_EQ(Postfix("a or b and not c"), "a b c ! &2 |2");
  EXPECT_EQ(Postfix("not a and b"), "a ! b &2");
  EXPECT_EQ(Postfix("not 1 of a* or b"), "1/a* ! b |2");
  EXPECT_EQ(Postfix("(a or b) and c"), "a b |2 c &2");
  EXPECT_EQ(Postfix("not (a or b)"), "a b |2 !");
  EXPECT_EQ(Postfix("not not a"), "a ! !");
  EXPECT_EQ(Postfix("a and (b or not (c and d)) or e"), "a b c d &2 ! |2 &2 e |2");
}

TEST(SigmaCondition, ChainsAreOneToken) {
  EXPECT_EQ(Postfix("a and b and c or d or e"), "a b c &3 d e |3");
  EXPECT_EQ(Postfix("(a and b) and c"), "a b &2 c &2");
}

TEST(SigmaCondition, Quantifiers) {
  EXPECT_EQ(Postfix("1 of selection_*"), "1/selection_*");
  EXPECT_EQ(Postfix("any of *_b*c"), "1/*_b*c");
  EXPECT_EQ(Postfix("all of them"), "0/them");
  EXPECT_EQ(Postfix("3 of sel"), "3/sel");
  EXPECT_EQ(Postfix("1 of of"), "1/of");
}

TEST(SigmaCondition, WordsThatAreNamesElsewhere) {
  EXPECT_EQ(Postfix("all and any or 1"), "all any &2 1 |2");
  EXPECT_EQ(Postfix("of or them"), "of them |2");
  EXPECT_EQ(Postfix("nota and orb"), "nota orb &2");
  EXPECT_EQ(Postfix("a-b and _c and 4"), "a-b _c 4 &3");
}

TEST(SigmaCondition, BlanksAndNone) {
  EXPECT_EQ(Postfix("  not(a)and(b)\t or\r\n c "), "a ! b &2 c |2");
}

TEST(SigmaCondition, PlacesOfTokens) {
  const std::string_view text = "a and not 1 of  b_* and c";
  const SigmaConditionResult result = ParseSigmaCondition(text);
  ASSERT_TRUE(result.ok());
  const std::vector<SigmaConditionToken>& tokens = result.condition.tokens;
  ASSERT_EQ(tokens.size(), 5u);
  EXPECT_EQ(tokens[1].place, (Place{10, 9}));
  EXPECT_EQ(tokens[1].name, (Place{16, 3}));
  EXPECT_EQ(tokens[2].place, (Place{6, 3}));
  EXPECT_EQ(tokens[4].kind, Kind::kAnd);
  EXPECT_EQ(tokens[4].place, (Place{2, 3}));
}

TEST(SigmaCondition, KeywordsInAnyLetterCaseAreNoted) {
  const SigmaConditionResult result = ParseSigmaCondition("A AND Not 1 OF Them or ALL of b*");
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.condition.not_lower_case,
            (std::vector<Place>{{2, 3}, {6, 3}, {12, 2}, {15, 4}, {23, 3}}));
  EXPECT_TRUE(result.condition.tokens[1].them);
  EXPECT_TRUE(ParseSigmaCondition("A and B").condition.not_lower_case.empty());
}

TEST(SigmaCondition, MixedWithoutParentheses) {
  const auto mixed = [](std::string_view text) {
    const SigmaConditionResult result = ParseSigmaCondition(text);
    bool any = false;
    for (const SigmaConditionToken& token : result.condition.tokens) any |= token.mixed;
    return any;
  };
  EXPECT_TRUE(mixed("a or b and c"));
  EXPECT_TRUE(mixed("x and (a and b or c)"));
  EXPECT_FALSE(mixed("a or (b and c)"));
  EXPECT_FALSE(mixed("a or b or not c"));
  EXPECT_FALSE(mixed("(a or b) and c"));
}

TEST(SigmaCondition, RedundantParentheses) {
  const auto redundant = [](std::string_view text) {
    std::string out;
    for (const Place& place : ParseSigmaCondition(text).condition.redundant_parentheses) {
      out += std::string(text.substr(place.offset, place.length)) + ';';
    }
    return out;
  };
  EXPECT_EQ(redundant("(a)"), "(a);");
  EXPECT_EQ(redundant("a and (1 of b*)"), "(1 of b*);");
  EXPECT_EQ(redundant("(a or b)"), "(a or b);");
  EXPECT_EQ(redundant("((a or b)) and c"), "(a or b);");
  EXPECT_EQ(redundant("((a))"), "((a));(a);");
  EXPECT_EQ(redundant("((a or b))"), "((a or b));(a or b);");
  EXPECT_EQ(redundant("(a and b) and c"), "(a and b);");
  EXPECT_EQ(redundant("c or (a or b) or d"), "(a or b);");
  EXPECT_EQ(redundant("not (a)"), "(a);");
  // These say something, or make a precedence plain.
  EXPECT_EQ(redundant("(a or b) and c"), "");
  EXPECT_EQ(redundant("(a and b) or c"), "");
  EXPECT_EQ(redundant("not (a or b)"), "");
  EXPECT_EQ(redundant("a or not (b or c)"), "");
  EXPECT_EQ(redundant("a or (not b)"), "");
  EXPECT_EQ(redundant("x or (a or b) and c"), "");
}

struct ErrorCase {
  std::string_view text;
  ErrorKind kind;
  Place place;
};

TEST(SigmaCondition, ErrorsWithTheirPlaces) {
  const ErrorCase cases[] = {
      {"", ErrorKind::kEmpty, {0, 0}},
      {" \n", ErrorKind::kEmpty, {2, 0}},
      {"a and ()", ErrorKind::kEmpty, {7, 1}},
      {"a and", ErrorKind::kOperandExpected, {5, 0}},
      {"not", ErrorKind::kOperandExpected, {3, 0}},
      {"a and or b", ErrorKind::kOperandExpected, {6, 2}},
      {"and a", ErrorKind::kOperandExpected, {0, 3}},
      {"(a and )", ErrorKind::kOperandExpected, {7, 1}},
      {"(not )", ErrorKind::kOperandExpected, {5, 1}},
      {")", ErrorKind::kOperandExpected, {0, 1}},
      {"| count() > 5", ErrorKind::kOperandExpected, {0, 1}},
      {"a b", ErrorKind::kOperatorExpected, {2, 1}},
      {"a (b)", ErrorKind::kOperatorExpected, {2, 1}},
      {"a not b", ErrorKind::kOperatorExpected, {2, 3}},
      {"a and (b or (c)", ErrorKind::kParenthesisOpen, {6, 1}},
      {"a) or b", ErrorKind::kParenthesisUnopened, {1, 1}},
      {"a.b", ErrorKind::kBadCharacter, {1, 1}},
      {"a and 'b'", ErrorKind::kBadCharacter, {6, 1}},
      {"a and \xC3\xA9", ErrorKind::kBadCharacter, {6, 2}},
      {"a \xFF", ErrorKind::kBadCharacter, {2, 1}},
      {"a & b", ErrorKind::kBadCharacter, {2, 1}},
      {"a | b", ErrorKind::kBadCharacter, {2, 1}},
      {"0 of a*", ErrorKind::kBadQuantifier, {0, 1}},
      {"some of a*", ErrorKind::kBadQuantifier, {0, 4}},
      {"-1 of a*", ErrorKind::kBadQuantifier, {0, 2}},
      {"99999999999 of a*", ErrorKind::kBadQuantifier, {0, 11}},
      {"1 of", ErrorKind::kNameExpected, {4, 0}},
      {"1 of (a, b)", ErrorKind::kNameExpected, {5, 1}},
      {"1 of 'a'", ErrorKind::kBadCharacter, {5, 1}},
      {"a and b_*", ErrorKind::kPatternWithoutOf, {6, 3}},
      {"a | count() by x > 5", ErrorKind::kAggregation, {2, 18}},
      {"a|COUNT(y) > 5", ErrorKind::kAggregation, {1, 13}},
      {"a | min(x) < 1", ErrorKind::kAggregation, {2, 12}},
      {"a | near b and not c", ErrorKind::kNear, {2, 18}},
  };
  for (const ErrorCase& c : cases) {
    const SigmaConditionResult result = ParseSigmaCondition(c.text);
    ASSERT_FALSE(result.ok()) << c.text;
    EXPECT_EQ(result.error->kind, c.kind) << c.text;
    EXPECT_EQ(result.error->place, c.place) << c.text;
    EXPECT_FALSE(result.error->expected.empty()) << c.text;
    EXPECT_EQ(result.error->found, c.text.substr(c.place.offset, c.place.length)) << c.text;
    EXPECT_TRUE(result.condition.tokens.empty()) << c.text;
  }
}

std::string Nested(size_t depth) { return std::string(depth, '(') + "a" + std::string(depth, ')'); }

TEST(SigmaCondition, DepthAtTheLimitAndPast) {
  const SigmaConditionResult at = ParseSigmaCondition(Nested(kMaxSigmaConditionDepth));
  ASSERT_TRUE(at.ok());
  EXPECT_EQ(at.condition.tokens.size(), 1u);
  EXPECT_EQ(at.condition.redundant_parentheses.size(), kMaxSigmaConditionDepth);
  for (const size_t depth : {size_t{kMaxSigmaConditionDepth} + 1, size_t{100'000}}) {
    const SigmaConditionResult past = ParseSigmaCondition(Nested(depth));
    ASSERT_FALSE(past.ok());
    EXPECT_EQ(past.error->kind, ErrorKind::kTooDeep);
    EXPECT_EQ(past.error->place, (Place{kMaxSigmaConditionDepth, 1}));
  }
}

TEST(SigmaCondition, HundredThousandParenthesesSideBySide) {
  std::string text = "(a)";
  for (int i = 1; i < 100'000; ++i) text += "or(a)";
  const SigmaConditionResult result = ParseSigmaCondition(text);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.condition.tokens.size(), 100'001u);
  EXPECT_EQ(result.condition.tokens.back().count, 100'000u);
  EXPECT_EQ(result.condition.redundant_parentheses.size(), 100'000u);
}

TEST(SigmaCondition, FiftyThousandNames) {
  std::string text = "s0";
  for (int i = 1; i < 50'000; ++i) text += (i % 2 ? " and s" : " or not s") + std::to_string(i);
  const SigmaConditionResult result = ParseSigmaCondition(text);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.condition.tokens.back().count, 25'000u);
}

TEST(SigmaCondition, HundredThousandNots) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "not ";
  const SigmaConditionResult result = ParseSigmaCondition(text + "a");
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.condition.tokens.size(), 100'001u);
}

TEST(SigmaCondition, WordsAtTheLimitAndPast) {
  // Names and the `or`s between them.
  std::string text = "a";
  for (uint32_t words = 1; words + 2 <= kMaxConditionTokens; words += 2) text += " or a";
  text = "not " + text;
  EXPECT_TRUE(ParseSigmaCondition(text).ok());
  const SigmaConditionResult past = ParseSigmaCondition(text + " or a");
  ASSERT_FALSE(past.ok());
  EXPECT_EQ(past.error->kind, ErrorKind::kTooLong);
  EXPECT_EQ(past.error->place, (Place{static_cast<uint32_t>(text.size()) + 1, 2}));
}

TEST(SigmaCondition, NamesAtTheLimitAndPast) {
  const std::string name(kMaxSigmaNameBytes, 'a');
  EXPECT_TRUE(ParseSigmaCondition(name + " or 1 of " + name).ok());
  EXPECT_EQ(ParseSigmaCondition(name + "a").error->kind, ErrorKind::kNameTooLong);
  const SigmaConditionResult pattern = ParseSigmaCondition("1 of " + name + "*");
  ASSERT_FALSE(pattern.ok());
  EXPECT_EQ(pattern.error->kind, ErrorKind::kNameTooLong);
  EXPECT_EQ(pattern.error->place.offset, 5u);
}

TEST(SigmaCondition, Patterns) {
  EXPECT_TRUE(MatchesSigmaPattern("selection_*", "selection_a"));
  EXPECT_TRUE(MatchesSigmaPattern("selection_*", "selection_"));
  EXPECT_FALSE(MatchesSigmaPattern("selection_*", "selection"));
  EXPECT_FALSE(MatchesSigmaPattern("selection_*", "Selection_a"));
  EXPECT_TRUE(MatchesSigmaPattern("*_img", "a_img"));
  EXPECT_FALSE(MatchesSigmaPattern("*_img", "a_img_b"));
  EXPECT_TRUE(MatchesSigmaPattern("a*b*c", "axbxbxc"));
  EXPECT_FALSE(MatchesSigmaPattern("a*b*b*c", "axbxc"));
  EXPECT_FALSE(MatchesSigmaPattern("ab*ba", "aba"));
  EXPECT_TRUE(MatchesSigmaPattern("*", ""));
  EXPECT_TRUE(MatchesSigmaPattern("**", "x"));
  EXPECT_TRUE(MatchesSigmaPattern("sel", "sel"));
  EXPECT_FALSE(MatchesSigmaPattern("sel", "sel2"));
}

TEST(SigmaCondition, ThemLeavesOutNamesWithAnUnderscore) {
  const auto covers = [](std::string_view text, std::string_view name) {
    return SigmaTokenCovers(ParseSigmaCondition(text).condition.tokens[0], text, name);
  };
  EXPECT_TRUE(covers("all of them", "a"));
  EXPECT_FALSE(covers("all of them", "_a"));
  EXPECT_TRUE(covers("1 of _*", "_a"));
  EXPECT_TRUE(covers("1 of *", "_a"));
  EXPECT_TRUE(covers("_a", "_a"));
  EXPECT_FALSE(covers("a", "ab"));
}

// A recursive reading of the grammar, straight from its definition.
class Naive {
 public:
  explicit Naive(std::vector<std::string> words) : words_(std::move(words)) {}
  std::string Parse() {
    const std::string out = Or();
    return ok_ && at_ == words_.size() ? out : "error";
  }

 private:
  bool Eat(std::string_view word) {
    if (at_ == words_.size() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  std::string Chain(std::string_view word, char sign, std::string (Naive::*operand)()) {
    std::string out = (this->*operand)();
    int count = 1;
    for (; Eat(word); ++count) out += ' ' + (this->*operand)();
    return count == 1 ? out : out + ' ' + sign + std::to_string(count);
  }
  std::string Or() { return Chain("or", '|', &Naive::And); }
  std::string And() { return Chain("and", '&', &Naive::Not); }
  std::string Not() { return Eat("not") ? Not() + " !" : Operand(); }
  std::string Operand() {
    if (Eat("(")) {
      std::string out = Or();
      ok_ &= Eat(")");
      return out;
    }
    if (at_ == words_.size() || (words_[at_] != "a" && words_[at_] != "b")) {
      ok_ = false;
      return "";
    }
    return words_[at_++];
  }
  std::vector<std::string> words_;
  size_t at_ = 0;
  bool ok_ = true;
};

TEST(SigmaCondition, AgreesWithTheGrammar) {
  const std::vector<std::string> words = {"a", "b", "and", "or", "not", "(", ")"};
  // All sequences of up to six words, and longer ones by chance.
  int accepted = 0;
  const auto compare = [&](const std::vector<std::string>& sequence) {
    std::string text;
    for (const std::string& word : sequence) text += word + ' ';
    const std::string expected = Naive(sequence).Parse();
    accepted += expected != "error";
    ASSERT_EQ(Postfix(text), expected) << text;
  };
  for (size_t length = 1, count = 7; length <= 6; ++length, count *= 7) {
    for (size_t number = 0; number < count; ++number) {
      std::vector<std::string> sequence;
      for (size_t i = 0, rest = number; i < length; ++i, rest /= 7) {
        sequence.push_back(words[rest % 7]);
      }
      compare(sequence);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(accepted, 100);
}

// Conditions made by the grammar, with its own postfix beside it.
std::string Made(std::mt19937& random, int depth, std::string* text) {
  const uint32_t choice = depth == 0 ? 0 : random() % 5;
  if (choice < 2) {
    *text += "a";
    return "a";
  }
  if (choice == 2) {
    *text += "not (";
    std::string out = Made(random, depth - 1, text) + " !";
    *text += ")";
    return out;
  }
  const bool conjunction = choice == 3;
  std::string out;
  const uint32_t count = 2 + random() % 3;
  for (uint32_t i = 0; i < count; ++i) {
    *text += i == 0 ? "(" : conjunction ? ") and (" : ") or (";
    out += Made(random, depth - 1, text) + ' ';
  }
  *text += ")";
  return out + (conjunction ? '&' : '|') + std::to_string(count);
}

TEST(SigmaCondition, ReadsBackWhatTheGrammarMakes) {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    const std::string expected = Made(random, 5, &text);
    ASSERT_EQ(Postfix(text), expected) << text;
  }
}

// Taking the redundant parentheses away changes nothing, chains of one operator aside.
TEST(SigmaCondition, RedundantParenthesesChangeNothing) {
  std::mt19937 random(2);
  for (int i = 0; i < 200; ++i) {
    std::string text;
    Made(random, 4, &text);
    const SigmaConditionResult before = ParseSigmaCondition(text);
    std::string bare = text;
    for (const Place& place : before.condition.redundant_parentheses) {
      bare[place.offset] = ' ';
      bare[place.end() - 1] = ' ';
    }
    const SigmaConditionResult after = ParseSigmaCondition(bare);
    ASSERT_TRUE(after.ok()) << text;
    EXPECT_TRUE(after.condition.redundant_parentheses.empty()) << text << " -> " << bare;
    size_t nots[2] = {};
    size_t names[2] = {};
    size_t joined[2] = {};
    for (const int side : {0, 1}) {
      for (const SigmaConditionToken& token : (side ? after : before).condition.tokens) {
        nots[side] += token.kind == Kind::kNot;
        names[side] += token.kind == Kind::kIdentifier;
        if (token.kind == Kind::kAnd) joined[side] += token.count - 1;
      }
    }
    EXPECT_EQ(nots[0], nots[1]);
    EXPECT_EQ(names[0], names[1]);
    EXPECT_EQ(joined[0], joined[1]) << text << " -> " << bare;
  }
}

}  // namespace
}  // namespace sluice
