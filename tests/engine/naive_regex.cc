#include "tests/engine/naive_regex.h"

#include <algorithm>
#include <string>
#include <utility>

namespace sluice::naive {
namespace {

constexpr char32_t kLastCharacter = 0x10FFFF;
constexpr int kMostRepeats = 1000;

std::vector<RegexRange> Digits() { return {{'0', '9'}}; }
std::vector<RegexRange> Words(const RegexFlags& flags) {
  std::vector<RegexRange> words = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
  if (flags.re2 && flags.i) words.insert(words.end(), {{0x17F, 0x17F}, {0x212A, 0x212A}});
  return words;
}
std::vector<RegexRange> Blanks(const RegexFlags& flags) {
  if (flags.re2) return {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
  return {{'\t', '\r'}, {' ', ' '}};
}

// What is not in the ranges.
std::vector<RegexRange> Others(std::vector<RegexRange> ranges) {
  std::vector<RegexRange> out;
  char32_t next = 0;
  for (const RegexRange& range : ranges) {
    if (range.first > next) out.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  out.push_back({next, kLastCharacter});
  return out;
}

// The class of a letter behind a backslash.
std::optional<std::vector<RegexRange>> ClassOf(char32_t c, const RegexFlags& flags) {
  switch (c) {
    case 'd':
      return Digits();
    case 'w':
      return Words(flags);
    case 's':
      return Blanks(flags);
    case 'D':
      return Others(Digits());
    case 'W':
      return Others(Words(flags));
    case 'S':
      return Others(Blanks(flags));
    default:
      return std::nullopt;
  }
}

bool IsWord(char32_t c) {
  const auto words = Words({});
  return std::ranges::any_of(words, [&](auto& r) { return c >= r.first && c <= r.last; });
}

class Reader {
 public:
  Reader(Units pattern, RegexFlags flags) : rest_(std::move(pattern)), flags_(flags) {}

  std::optional<RegexNode> Read() {
    RegexNode node = Either();
    if (at_ != rest_.size()) wrong_ = true;
    return wrong_ ? std::nullopt : std::optional(std::move(node));
  }

 private:
  bool Done() const { return at_ == rest_.size(); }
  char32_t Peek(size_t ahead = 0) const {
    return at_ + ahead < rest_.size() ? rest_[at_ + ahead] : 0;
  }
  bool Take(char32_t c) {
    if (Done() || Peek() != c) return false;
    ++at_;
    return true;
  }

  RegexNode Node(RegexNode::Kind kind) const {
    RegexNode node;
    node.kind = kind;
    node.flags = flags_;
    return node;
  }

  RegexNode Either() {
    RegexNode node = Node(RegexNode::kEither);
    do {
      node.children.push_back(Sequence());
    } while (!wrong_ && Take('|'));
    return node;
  }

  RegexNode Sequence() {
    RegexNode node = Node(RegexNode::kSequence);
    while (!wrong_ && !Done() && Peek() != '|' && Peek() != ')') {
      if (Peek() == '(' && Peek(1) == '?' && FlagsOnly()) continue;
      RegexNode atom = Atom();
      while (!wrong_ && Quantify(&atom)) {
      }
      node.children.push_back(std::move(atom));
    }
    return node;
  }

  // `(?i)`: for the rest of the group.
  bool FlagsOnly() {
    size_t end = at_ + 2;
    RegexFlags flags = flags_;
    for (; end < rest_.size() && std::u32string_view(U"ims").find(rest_[end]) != Units::npos;
         ++end) {
      (rest_[end] == 'i' ? flags.i : rest_[end] == 'm' ? flags.m : flags.s) = true;
    }
    if (end == at_ + 2 || end >= rest_.size() || rest_[end] != ')') return false;
    at_ = end + 1;
    flags_ = flags;
    return true;
  }

  int Count() {
    int count = 0;
    for (; Peek() >= '0' && Peek() <= '9' && count <= kMostRepeats; ++at_) {
      count = count * 10 + static_cast<int>(Peek() - '0');
    }
    if (count > kMostRepeats) wrong_ = true;
    return count;
  }

  // `{2}`, `{2,}`, `{2,5}`; another brace is a character.
  bool Braces(int* least, int* most) {
    const size_t begin = at_;
    if (!Take('{') || Peek() < '0' || Peek() > '9') return at_ = begin, false;
    *least = *most = Count();
    if (Take(',')) *most = Peek() == '}' ? -1 : Peek() >= '0' && Peek() <= '9' ? Count() : -2;
    if (*most == -2 || !Take('}')) return at_ = begin, false;
    if (*most != -1 && *most < *least) wrong_ = true;
    return true;
  }

  bool Quantify(RegexNode* atom) {
    int least = 0;
    int most = -1;
    if (Take('*')) {
    } else if (Take('+')) {
      least = 1;
    } else if (Take('?')) {
      most = 1;
    } else if (!Braces(&least, &most)) {
      return false;
    }
    if (!Take('?') && (Peek() == '+' || Peek() == '*')) wrong_ = true;  // greed does not matter
    RegexNode repeat = Node(RegexNode::kRepeat);
    repeat.least = least;
    repeat.most = most;
    repeat.children.push_back(std::move(*atom));
    *atom = std::move(repeat);
    return true;
  }

  RegexNode Group() {
    RegexNode node;
    const RegexFlags before = flags_;
    if (Take('?')) {
      for (; Peek() == 'i' || Peek() == 'm' || Peek() == 's'; ++at_) {
        (Peek() == 'i' ? flags_.i : Peek() == 'm' ? flags_.m : flags_.s) = true;
      }
      if (!Take(':')) wrong_ = true;
    }
    if (!wrong_) node = Either();
    flags_ = before;
    if (!Take(')')) wrong_ = true;
    return node;
  }

  RegexNode Character(char32_t c) const {
    RegexNode node = Node(RegexNode::kOneOf);
    node.ranges = {{c, c, true}};
    return node;
  }

  RegexNode Atom() {
    const char32_t c = Peek();
    ++at_;
    switch (c) {
      case '(':
        return Group();
      case '[':
        return Class();
      case '^':
        return Node(flags_.m ? RegexNode::kLineBegin : RegexNode::kTextBegin);
      case '$':
        return Node(RegexNode::kLineEnd);
      case '\\':
        return Escape();
      case '.': {
        RegexNode node = Node(RegexNode::kOneOf);
        node.ranges = Others({{'\n', '\n'}});
        if (flags_.s) node.ranges.push_back({'\n', '\n'});
        return node;
      }
      case '*':
      case '+':
      case '?':
        wrong_ = true;
        return {};
      default:
        return Character(c);
    }
  }

  RegexNode Escape() {
    if (Done()) return wrong_ = true, RegexNode();
    if (const auto ranges = ClassOf(Peek(), flags_)) {
      ++at_;
      RegexNode node = Node(RegexNode::kOneOf);
      node.ranges = *ranges;
      return node;
    }
    if (Take('b')) return Node(RegexNode::kWordEdge);
    if (Take('B')) return Node(RegexNode::kNoWordEdge);
    if (Take('A')) return Node(RegexNode::kTextBegin);
    if (Take('z')) return Node(RegexNode::kTextEnd);
    return Character(EscapedCharacter());
  }

  // Behind a backslash.
  char32_t EscapedCharacter() {
    const char32_t c = Peek();
    ++at_;
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'f':
        return '\f';
      case 'v':
        wrong_ = true;
        return 0;  // a class in PCRE, a character in others
      case 'x':
        return Hexadecimal();
      default:
        break;
    }
    const bool word = c < 0x80 && IsWord(c);
    if (word || c >= 0x80) wrong_ = true;
    return c;
  }

  char32_t Hexadecimal() {
    const bool braces = Take('{');
    char32_t value = 0;
    int digits = 0;
    for (; digits < (braces ? 6 : 2); ++digits, ++at_) {
      const char32_t c = Peek();
      const int digit = c >= '0' && c <= '9'   ? static_cast<int>(c - '0')
                        : c >= 'a' && c <= 'f' ? static_cast<int>(c - 'a' + 10)
                        : c >= 'A' && c <= 'F' ? static_cast<int>(c - 'A' + 10)
                                               : -1;
      if (digit < 0) break;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    if (digits == 0 || (!braces && digits != 2) || (braces && !Take('}'))) wrong_ = true;
    if (value > kLastCharacter) wrong_ = true;
    return value;
  }

  RegexNode Class() {
    RegexNode node = Node(RegexNode::kOneOf);
    node.negated = Take('^');
    for (bool first = true; !wrong_ && (first || Peek() != ']'); first = false) {
      if (Done() || (Peek() == '[' && Peek(1) == ':')) return wrong_ = true, node;
      if (Peek() == '\\' && ClassOf(Peek(1), flags_)) {
        const auto ranges = ClassOf(Peek(1), flags_);
        node.ranges.insert(node.ranges.end(), ranges->begin(), ranges->end());
        at_ += 2;
        continue;
      }
      const char32_t low = ClassCharacter();
      char32_t high = low;
      if (Peek() == '-' && Peek(1) != ']' && at_ + 1 < rest_.size()) {
        ++at_;
        if (Peek() == '\\' && ClassOf(Peek(1), flags_)) wrong_ = true;
        high = ClassCharacter();
      }
      if (high < low) wrong_ = true;
      node.ranges.push_back({low, high, true});
    }
    if (!Take(']')) wrong_ = true;
    return node;
  }

  char32_t ClassCharacter() {
    if (Take('\\')) {
      if (Done()) return wrong_ = true, 0;
      return EscapedCharacter();
    }
    const char32_t c = Peek();
    ++at_;
    return c;
  }

  Units rest_;
  RegexFlags flags_;
  size_t at_ = 0;
  bool wrong_ = false;
};

bool HasCharacter(const RegexNode& node, char32_t c) {
  const auto in_range = [&](const RegexRange& range) {
    if (c >= range.first && c <= range.last) return true;
    if (!node.flags.i || !range.letters) return false;
    for (char32_t other = range.first; other <= range.last; ++other) {
      if (Fold(other) == Fold(c)) return true;
    }
    return false;
  };
  return c < kBrokenByte && std::ranges::any_of(node.ranges, in_range) != node.negated;
}

bool HoldsAt(const RegexNode& node, const Units& value, size_t at) {
  const auto word = [&](size_t i) { return i < value.size() && IsWord(value[i]); };
  const bool edge = (at > 0 && word(at - 1)) != word(at);
  const bool at_end = at == value.size();
  switch (node.kind) {
    case RegexNode::kTextBegin:
      return at == 0;
    case RegexNode::kTextEnd:
      return at_end;
    case RegexNode::kLineBegin:
      return at == 0 || (value[at - 1] == '\n' && (!at_end || node.flags.re2));
    case RegexNode::kLineEnd: {
      const bool last = at + 1 == value.size() && !node.flags.re2;
      return at_end || (value[at] == '\n' && (node.flags.m || last));
    }
    case RegexNode::kWordEdge:
      return edge;
    case RegexNode::kNoWordEdge:
      return !edge;
    default:
      return false;
  }
}

using Places = std::vector<bool>;

// Where it can end that begins at one of `from`.
Places Ends(const RegexNode& node, const Units& value, const Places& from) {
  Places to(from.size());
  const auto add = [&](const Places& more) {
    bool grown = false;
    for (size_t i = 0; i < to.size(); ++i) {
      grown = grown || (more[i] && !to[i]);
      to[i] = to[i] || more[i];
    }
    return grown;
  };
  switch (node.kind) {
    case RegexNode::kOneOf:
      for (size_t i = 0; i < value.size(); ++i) to[i + 1] = from[i] && HasCharacter(node, value[i]);
      return to;
    case RegexNode::kSequence:
      to = from;
      for (const RegexNode& child : node.children) to = Ends(child, value, to);
      return to;
    case RegexNode::kEither:
      for (const RegexNode& child : node.children) add(Ends(child, value, from));
      return to;
    case RegexNode::kRepeat: {
      Places now = from;
      for (int i = 0; i < node.least; ++i) now = Ends(node.children[0], value, now);
      add(now);
      for (int i = node.least; node.most == -1 || i < node.most; ++i) {
        now = Ends(node.children[0], value, now);
        if (!add(now)) break;
      }
      return to;
    }
    default:
      for (size_t i = 0; i < to.size(); ++i) to[i] = from[i] && HoldsAt(node, value, i);
      return to;
  }
}

}  // namespace

std::optional<RegexNode> ReadRegex(std::string_view pattern, RegexFlags flags) {
  return Reader(Decode(pattern), flags).Read();
}

bool Finds(const RegexNode& regex, const Units& value) {
  const Places ends = Ends(regex, value, Places(value.size() + 1, true));
  return std::ranges::find(ends, true) != ends.end();
}

}  // namespace sluice::naive
