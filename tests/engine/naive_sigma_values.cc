#include "tests/engine/naive_sigma_values.h"

#include <algorithm>
#include <utility>

namespace sluice::naive {
namespace {

constexpr std::u32string_view kDashes = U"-/\u2013\u2014\u2015";

std::vector<std::string> SplitKey(std::string_view key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == '|') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// Every combination.
std::vector<Pattern> WithEveryDash(const Pattern& pattern) {
  std::vector<Pattern> all(1);
  for (const Glyph& glyph : pattern) {
    std::vector<Pattern> longer;
    const bool dash = glyph.kind == Glyph::kLiteral && kDashes.find(glyph.c) != Units::npos;
    for (const Pattern& begin : all) {
      for (const char32_t c : dash ? Units(kDashes) : Units(1, glyph.c)) {
        longer.push_back(begin);
        longer.back().push_back({glyph.kind, c});
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::string Utf16(const Units& units, bool big, bool mark) {
  std::string out;
  const auto put = [&](char32_t unit) {
    const char high = static_cast<char>(unit >> 8 & 0xFF);
    const char low = static_cast<char>(unit & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  };
  if (mark) put(0xFEFF);
  for (const char32_t c : units) {
    if (c < 0x10000) {
      put(c);
    } else {
      put(0xD800 + ((c - 0x10000) >> 10));
      put(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

// One value while the modifiers are applied to it.
class Value {
 public:
  Value(const YamlValue& value, const Placeholders& placeholders, bool re2)
      : value_(value), placeholders_(placeholders), flags_({.re2 = re2}) {}

  // False, and why, when it has no meaning.
  bool Apply(const std::string& modifier) {
    if (modifier == "contains") return Open(true, true);
    if (modifier == "startswith") return Open(false, true);
    if (modifier == "endswith") return Open(true, false);
    if (modifier == "windash") return Dashes();
    if (modifier == "wide" || modifier == "utf16le") return Bytes(false, false);
    if (modifier == "utf16be") return Bytes(true, false);
    if (modifier == "utf16") return Bytes(false, true);
    if (modifier == "base64") return Base64All(false);
    if (modifier == "base64offset") return Base64All(true);
    if (modifier == "expand") return Expand();
    if (modifier == "cased") return cased_ = true;
    if (modifier == "re") return Is(ValueTest::kRegex, true);
    if (modifier == "i") return InRegex(&flags_.i);
    if (modifier == "m") return InRegex(&flags_.m);
    if (modifier == "s") return InRegex(&flags_.s);
    if (modifier == "cidr") return Is(ValueTest::kNetwork, IsNetwork(value_.text));
    if (modifier == "fieldref") return Is(ValueTest::kOtherField, IsText() && !value_.text.empty());
    if (modifier == "exists") return Is(ValueTest::kExists, value_.kind == YamlValue::kBoolean);
    if (modifier == "lt") return IsComparison(ValueTest::kLess);
    if (modifier == "lte") return IsComparison(ValueTest::kLessOrEqual);
    if (modifier == "gt") return IsComparison(ValueTest::kGreater);
    if (modifier == "gte") return IsComparison(ValueTest::kGreaterOrEqual);
    return IsPart(modifier);
  }

  std::optional<ValueTest> Finish(bool keyword) {
    ValueTest test;
    test.kind = kind_;
    test.cased = cased_;
    test.part = part_;
    test.text = value_.text;
    test.open_begin = open_begin_;
    test.open_end = open_end_;
    test.exists = value_.text == "true" || value_.text == "True" || value_.text == "TRUE";
    if (kind_ == ValueTest::kRegex) {
      const auto regex = ReadRegex(value_.text, flags_);
      if (!regex) return std::nullopt;
      test.regex = *regex;
    }
    if (const auto number = ReadNumber(value_.text)) test.number = *number;
    if (kind_ == ValueTest::kPatterns && !FinishText(keyword, &test)) return std::nullopt;
    return test;
  }

 private:
  bool IsText() const { return value_.kind == YamlValue::kText; }
  bool Plain() const { return kind_ == ValueTest::kPatterns && part_ == Part::kWhole; }

  // Once it is known that the value is a text of the event.
  void StartText() {
    if (!patterns_.empty()) return;
    if (texts_.empty()) texts_ = {value_.text};
    for (const std::string& text : texts_) {
      patterns_.push_back(IsText() ? ReadPattern(text) : Literal(Decode(text)));
    }
  }

  bool Open(bool begin, bool end) {
    open_begin_ = open_begin_ || begin;
    open_end_ = open_end_ || end;
    positioned_ = true;
    return (Plain() || kind_ == ValueTest::kOtherField) && value_.kind != YamlValue::kNull;
  }

  bool Dashes() {
    if (!Plain() || value_.kind == YamlValue::kNull) return false;
    StartText();
    std::vector<Pattern> all;
    for (const Pattern& pattern : patterns_) {
      for (Pattern& one : WithEveryDash(pattern)) all.push_back(std::move(one));
    }
    patterns_ = std::move(all);
    return true;
  }

  // Puts what `encode` makes of it in place of each text; wildcards cannot be encoded.
  template <typename Encoder>
  bool Replace(Encoder encode) {
    if (!Plain() || positioned_ || value_.kind == YamlValue::kNull) return false;
    StartText();
    std::vector<Pattern> all;
    for (const Pattern& pattern : patterns_) {
      Units units;
      for (const Glyph& glyph : pattern) {
        if (glyph.kind != Glyph::kLiteral) return false;
        units += glyph.c;
      }
      for (const std::string& bytes : encode(units)) {
        // A byte of an encoded text is the character of that number.
        if (bytes.empty()) return false;  // too short for one of the shifts
        Units out;
        for (const char c : bytes) out += static_cast<uint8_t>(c);
        all.push_back(Literal(out));
      }
    }
    patterns_ = std::move(all);
    return true;
  }

  bool Bytes(bool big, bool mark) {
    if (bytes_) return false;
    const bool done = Replace(
        [&](const Units& units) { return std::vector<std::string>{Utf16(units, big, mark)}; });
    bytes_ = true;
    return done;
  }

  bool Base64All(bool offsets) {
    if (encoded_) return false;
    encoded_ = true;
    return Replace([&](const Units& units) {
      std::string bytes = Encode(units);
      if (bytes_) {
        bytes.clear();
        for (const char32_t c : units) bytes += static_cast<char>(c);
      }
      if (!offsets) return std::vector<std::string>{Base64(bytes)};
      return std::vector<std::string>{Base64At(bytes, 0), Base64At(bytes, 1), Base64At(bytes, 2)};
    });
  }

  // `%name%` in the text, each with all of its values.
  bool Expand() {
    if (!Plain() || !IsText() || !patterns_.empty()) return false;
    std::vector<std::string> done;
    std::vector<std::pair<std::string, std::string>> open = {{"", value_.text}};  // done, to do
    while (!open.empty()) {
      const auto [before, text] = open.back();
      open.pop_back();
      const size_t begin = text.find('%');
      const size_t end = begin == std::string::npos ? begin : text.find('%', begin + 1);
      if (end == std::string::npos) {
        done.push_back(before + text);
        continue;
      }
      const auto found = placeholders_.find(text.substr(begin + 1, end - begin - 1));
      if (found == placeholders_.end()) return false;
      for (const std::string& value : found->second) {
        open.emplace_back(before + text.substr(0, begin) + value, text.substr(end + 1));
      }
    }
    texts_ = std::move(done);
    return true;
  }

  bool Is(ValueTest::Kind kind, bool right) {
    const bool first = Plain() && patterns_.empty() && texts_.empty();
    const bool free = !positioned_ || kind == ValueTest::kOtherField;
    kind_ = kind;
    return first && right && free && value_.kind != YamlValue::kNull;
  }

  bool InRegex(bool* flag) { return *flag = true, kind_ == ValueTest::kRegex; }

  bool IsComparison(ValueTest::Kind kind) {
    const bool right = kind_ == ValueTest::kPatterns && patterns_.empty() && texts_.empty() &&
                       !positioned_ && ReadNumber(value_.text);
    kind_ = kind;
    return right;
  }

  bool IsPart(const std::string& modifier) {
    static const std::pair<const char*, Part> kParts[] = {
        {"minute", Part::kMinute}, {"hour", Part::kHour},   {"day", Part::kDay},
        {"week", Part::kWeek},     {"month", Part::kMonth}, {"year", Part::kYear}};
    for (const auto& [name, part] : kParts) {
      if (modifier != name) continue;
      const bool right = Plain() && patterns_.empty() && texts_.empty() && !positioned_;
      part_ = part;
      return right && ReadNumber(value_.text);
    }
    return false;
  }

  bool FinishText(bool keyword, ValueTest* test) {
    if (value_.kind == YamlValue::kNull) {
      test->kind = ValueTest::kNull;
      return !keyword && !cased_;
    }
    const bool number = value_.kind == YamlValue::kNumber || part_ != Part::kWhole;
    if (number && patterns_.empty() && !positioned_ && !keyword) {
      test->kind = ValueTest::kNumber;
      return ReadNumber(value_.text).has_value();
    }
    StartText();
    const bool anywhere = keyword && !positioned_;
    for (Pattern pattern : patterns_) {
      if (open_begin_ || anywhere) pattern.insert(pattern.begin(), {Glyph::kAnyRun, 0});
      if (open_end_ || anywhere) pattern.push_back({Glyph::kAnyRun, 0});
      test->patterns.push_back(std::move(pattern));
    }
    return true;
  }

  const YamlValue& value_;
  const Placeholders& placeholders_;
  RegexFlags flags_;
  ValueTest::Kind kind_ = ValueTest::kPatterns;
  std::vector<std::string> texts_;  // with placeholders in place, as a rule writes them
  std::vector<Pattern> patterns_;
  Part part_ = Part::kWhole;
  bool open_begin_ = false;
  bool open_end_ = false;
  bool positioned_ = false;
  bool bytes_ = false;
  bool encoded_ = false;
  bool cased_ = false;
};

}  // namespace

std::optional<Entry> MakeEntry(std::optional<std::string_view> key,
                               const std::vector<YamlValue>& values, bool is_list,
                               const Placeholders& placeholders, bool re2, std::string* why) {
  std::vector<std::string> parts = SplitKey(key.value_or(""));
  Entry entry;
  entry.field = parts[0];
  entry.any_field = entry.field.empty();
  parts.erase(parts.begin());
  std::vector<std::string> of_values;
  for (const std::string& modifier : parts) {
    if (modifier == "all") {
      entry.all = true;
    } else if (modifier == "neq") {
      entry.negated = true;
    } else {
      of_values.push_back(modifier);
    }
  }
  if (values.empty() || (entry.all && values.size() == 1)) return *why = "all", std::nullopt;
  for (const YamlValue& value : values) {
    if (is_list && value.kind == YamlValue::kNull) return *why = "null in a list", std::nullopt;
    Value made(value, placeholders, re2);
    for (const std::string& modifier : of_values) {
      if (!made.Apply(modifier)) return *why = modifier + " on " + value.text, std::nullopt;
    }
    const std::optional<ValueTest> test = made.Finish(entry.any_field);
    if (!test) return *why = "value " + value.text, std::nullopt;
    entry.values.push_back(*test);
  }
  return entry;
}

}  // namespace sluice::naive
