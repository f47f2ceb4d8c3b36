#include "parser/yaml/yaml_scalar.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "parser/yaml/yaml_marks.h"

namespace sluice {
namespace {

constexpr std::string_view kCoreTags = "tag:yaml.org,2002:";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsDigitOrGap(char c) { return IsDigit(c) || c == '_'; }
bool IsHexOrGap(char c) {
  return IsDigitOrGap(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

bool IsTrue(std::string_view text) {
  return IsOneOf(text, {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"});
}
bool IsFalse(std::string_view text) {
  return IsOneOf(text, {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"});
}

// Takes the front of a text away piece by piece, as the regular expressions of PyYAML's resolver.
class Front {
 public:
  explicit Front(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }

  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool TakeSign() { return Take('+') || Take('-'); }

  // How many characters at the front are of a kind, at most `most`; they are taken.
  template <typename Kind>
  size_t TakeAll(Kind kind, size_t most = SIZE_MAX) {
    size_t count = 0;
    while (count < most && count < rest_.size() && kind(rest_[count])) ++count;
    rest_.remove_prefix(count);
    return count;
  }
  bool TakeDigits(size_t least, size_t most) { return TakeAll(IsDigit, most) >= least; }

  // (:[0-5]?[0-9])+
  bool TakeSixties() {
    size_t count = 0;
    for (; Take(':'); ++count) {
      if (rest_.size() >= 2 && rest_[0] <= '5' && IsDigit(rest_[0]) && IsDigit(rest_[1])) {
        rest_.remove_prefix(2);
      } else if (!TakeDigits(1, 1)) {
        return false;
      }
    }
    return count > 0;
  }

  // Nothing, or [eE][-+][0-9]+, to the end.
  bool EndsInExponent() {
    if (done()) return true;
    return (Take('e') || Take('E')) && TakeSign() && TakeDigits(1, SIZE_MAX) && done();
  }

 private:
  std::string_view rest_;
};

bool IsInteger(std::string_view text) {
  Front front(text);
  front.TakeSign();
  if (front.Take('0')) {
    if (front.Take('b')) {
      return front.TakeAll([](char c) { return c == '0' || c == '1' || c == '_'; }) > 0 &&
             front.done();
    }
    if (front.Take('x')) return front.TakeAll(IsHexOrGap) > 0 && front.done();
    front.TakeAll([](char c) { return (c >= '0' && c <= '7') || c == '_'; });
    return front.done();
  }
  if (front.Take('_')) return false;
  if (front.TakeAll(IsDigitOrGap) == 0) return false;
  return front.done() || (front.TakeSixties() && front.done());
}

bool IsFloat(std::string_view text) {
  Front front(text);
  const bool sign = front.TakeSign();
  if (front.Take('.')) {
    const std::string_view rest = text.substr(sign ? 2 : 1);
    if (IsOneOf(rest, {"inf", "Inf", "INF"})) return true;
    if (sign) return false;
    if (IsOneOf(rest, {"nan", "NaN", "NAN"})) return true;
    if (!front.TakeDigits(1, 1)) return false;
    front.TakeAll(IsDigitOrGap);
    return front.EndsInExponent();
  }
  if (!front.TakeDigits(1, 1)) return false;
  front.TakeAll(IsDigitOrGap);
  if (front.Take('.')) {
    front.TakeAll(IsDigitOrGap);
    return front.EndsInExponent();
  }
  if (!front.TakeSixties() || !front.Take('.')) return false;
  front.TakeAll(IsDigitOrGap);
  return front.done();
}

// [ \t]*(Z|[-+][0-9][0-9]?(:[0-9][0-9])?), or nothing, to the end.
bool EndsInZone(Front front) {
  if (front.done()) return true;
  front.TakeAll(IsYamlBlank);
  if (front.Take('Z')) return front.done();
  if (!front.TakeSign() || !front.TakeDigits(1, 2)) return false;
  return front.done() || (front.Take(':') && front.TakeDigits(2, 2) && front.done());
}

bool IsTimestamp(std::string_view text) {
  Front front(text);
  if (!front.TakeDigits(4, 4) || !front.Take('-')) return false;
  const size_t month = front.TakeAll(IsDigit, 2);
  if (month == 0 || !front.Take('-')) return false;
  const size_t day = front.TakeAll(IsDigit, 2);
  if (day == 0) return false;
  if (front.done()) return month == 2 && day == 2;
  if (!front.Take('T') && !front.Take('t') && front.TakeAll(IsYamlBlank) == 0) return false;
  if (!front.TakeDigits(1, 2) || !front.Take(':') || !front.TakeDigits(2, 2) || !front.Take(':') ||
      !front.TakeDigits(2, 2)) {
    return false;
  }
  if (front.Take('.')) front.TakeAll(IsDigit);
  return EndsInZone(front);
}

YamlType NumberType(std::string_view text) {
  if (IsInteger(text)) return YamlType::kInteger;
  if (IsFloat(text)) return YamlType::kFloat;
  return IsTimestamp(text) ? YamlType::kTimestamp : YamlType::kText;
}

YamlType TypeOfTag(std::string_view tag) {
  if (!tag.starts_with(kCoreTags)) return YamlType::kOther;
  struct Named {
    std::string_view name;
    YamlType type;
  };
  constexpr Named kNames[] = {
      {"str", YamlType::kText},    {"null", YamlType::kNull},
      {"bool", YamlType::kBool},   {"int", YamlType::kInteger},
      {"float", YamlType::kFloat}, {"timestamp", YamlType::kTimestamp},
      {"merge", YamlType::kMerge}, {"value", YamlType::kDefault},
  };
  const Named* found = std::ranges::find(kNames, tag.substr(kCoreTags.size()), &Named::name);
  return found != std::end(kNames) ? found->type : YamlType::kOther;
}

// `digits` in this base; nullopt without one, past 64 bits, and for any other character.
std::optional<int64_t> InBase(std::string_view digits, int base, bool negative) {
  if (digits.empty()) return std::nullopt;
  int64_t value = 0;
  for (const char c : digits) {
    const int digit = IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    if (digit < 0 || digit >= base || __builtin_mul_overflow(value, base, &value)) {
      return std::nullopt;
    }
    // Negative numbers are counted downwards, as there is one more of them.
    if (__builtin_add_overflow(value, negative ? -digit : digit, &value)) return std::nullopt;
  }
  return value;
}

std::optional<int64_t> InSixties(std::string_view text, bool negative) {
  int64_t value = 0;
  while (true) {
    const size_t colon = text.find(':');
    const std::optional<int64_t> part = InBase(text.substr(0, colon), 10, negative);
    if (!part || __builtin_mul_overflow(value, 60, &value) ||
        __builtin_add_overflow(value, *part, &value)) {
      return std::nullopt;
    }
    if (colon == std::string_view::npos) return value;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

YamlType PlainYamlType(std::string_view text) {
  if (text.empty() || text == "~") return YamlType::kNull;
  const char first = text[0];
  if (IsDigit(first) || first == '-' || first == '+' || first == '.') return NumberType(text);
  constexpr size_t kLongestWord = 5;
  if (text.size() > kLongestWord) return YamlType::kText;
  if (IsOneOf(text, {"null", "Null", "NULL"})) return YamlType::kNull;
  if (IsTrue(text) || IsFalse(text)) return YamlType::kBool;
  if (text == "<<") return YamlType::kMerge;
  return text == "=" ? YamlType::kDefault : YamlType::kText;
}

YamlType YamlTypeOf(const YamlNode& node) {
  if (node.kind != YamlKind::kScalar) return YamlType::kOther;
  if (!node.tag.empty()) return TypeOfTag(node.tag);
  return node.style == YamlStyle::kPlain ? PlainYamlType(node.value) : YamlType::kText;
}

std::optional<bool> YamlBool(const YamlNode& node) {
  if (YamlTypeOf(node) != YamlType::kBool) return std::nullopt;
  if (IsTrue(node.value)) return true;
  return IsFalse(node.value) ? std::optional<bool>(false) : std::nullopt;
}

std::optional<int64_t> YamlInteger(const YamlNode& node) {
  if (YamlTypeOf(node) != YamlType::kInteger) return std::nullopt;
  std::string digits;
  std::ranges::remove_copy(node.value, std::back_inserter(digits), '_');
  std::string_view rest = digits;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.starts_with("0b")) return InBase(rest.substr(2), 2, negative);
  if (rest.starts_with("0x")) return InBase(rest.substr(2), 16, negative);
  if (rest.starts_with('0')) return InBase(rest, 8, negative);
  if (rest.find(':') != std::string_view::npos) return InSixties(rest, negative);
  return InBase(rest, 10, negative);
}

}  // namespace sluice
