#include "parser/sigma/sigma_rewrite.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "absl/strings/escaping.h"
#include "parser/sigma/sigma_apply.h"
#include "parser/sigma/sigma_modifiers.h"
#include "schema/operators.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

struct OperatorModifier {
  Operator op;
  std::string_view modifiers;
};
constexpr OperatorModifier kModifiers[] = {
    {Operator::kEquals, ""},
    {Operator::kContains, "|contains"},
    {Operator::kStartsWith, "|startswith"},
    {Operator::kEndsWith, "|endswith"},
    {Operator::kGlob, ""},
    {Operator::kRegex, "|re"},
    {Operator::kLess, "|lt"},
    {Operator::kLessOrEqual, "|lte"},
    {Operator::kGreater, "|gt"},
    {Operator::kGreaterOrEqual, "|gte"},
    {Operator::kIpNetwork, "|cidr"},
    {Operator::kExists, "|exists"},
    {Operator::kIsNull, ""},
    {Operator::kIsEmpty, ""},
    {Operator::kFieldEquals, "|fieldref"},
    {Operator::kFieldContains, "|fieldref|contains"},
    {Operator::kFieldStartsWith, "|fieldref|startswith"},
    {Operator::kFieldEndsWith, "|fieldref|endswith"},
};

constexpr std::string_view kTimeParts[] = {"",      "|minute", "|hour", "|day",
                                           "|week", "|month",  "|year"};

bool IsNumber(const Criterion& criterion) {
  return (criterion.op >= Operator::kLess && criterion.op <= Operator::kGreaterOrEqual) ||
         (criterion.flags & kNumeric) != 0;
}

// The modifiers behind those that make the value: `encoding` is what stands before the operator's.
std::string KeyOf(const Content& content, const Criterion& criterion, std::string_view encoding) {
  const FieldRef& field = content.field(criterion);
  std::string key(field.kind == FieldKind::kName ? field.name : std::string_view());
  key += kTimeParts[static_cast<size_t>(criterion.time_part)];
  key += encoding;
  key += std::ranges::find(kModifiers, criterion.op, &OperatorModifier::op)->modifiers;
  const bool regex = criterion.op == Operator::kRegex;
  if (regex && (criterion.flags & kCased) == 0) key += "|i";
  if (regex && (criterion.flags & kFlagM) != 0) key += "|m";
  if (regex && (criterion.flags & kFlagS) != 0) key += "|s";
  if (!regex && (criterion.flags & kCased) != 0) key += "|cased";
  if ((criterion.flags & kNegated) != 0) key += "|neq";
  return key;
}

// A value under the criterion's own operator.
SigmaRewrittenValue ValueOf(const Criterion& criterion, std::string_view operand) {
  if (IsNumber(criterion)) {
    const YamlType type = PlainYamlType(operand);
    return {std::string(operand), type == YamlType::kFloat ? type : YamlType::kInteger};
  }
  switch (criterion.op) {
    case Operator::kExists:
      return {std::string(operand), YamlType::kBool};
    case Operator::kIsNull:
      return {"null", YamlType::kNull};
    case Operator::kGlob:
      return {EncodeSigmaValue(operand), YamlType::kText};
    case Operator::kEquals:
    case Operator::kContains:
    case Operator::kStartsWith:
    case Operator::kEndsWith:
      return {EncodeSigmaValue(EscapeGlob(operand)), YamlType::kText};
    default:
      return {std::string(operand), YamlType::kText};
  }
}

ScalarType ScalarTypeOf(YamlType type) {
  switch (type) {
    case YamlType::kNull:
      return ScalarType::kNull;
    case YamlType::kBool:
      return ScalarType::kBoolean;
    case YamlType::kInteger:
    case YamlType::kFloat:
      return ScalarType::kNumber;
    default:
      return ScalarType::kText;
  }
}

// The last byte of what `characters` encode behind `before` characters that are not there.
std::string LastByte(size_t before, std::string_view characters) {
  std::string bytes;
  std::string whole(before, 'A');
  whole += characters;
  if (!absl::Base64Unescape(whole, &bytes) || bytes.empty()) return "";
  return bytes.substr(bytes.size() - 1);
}

// The bytes of which these are `Base64Offsets`, if they are of any. At shift 0 a last group of two
// characters holds one more byte, and half of the last; at the shift where the bytes end with a
// whole group, that has the last one.
std::string BytesOfOffsets(std::span<const Operand> operands) {
  std::string first(operands[0].text);
  const size_t rest = first.size() % 4;
  if (rest == 3) return "";
  first.resize(first.size() - (rest == 1 ? 1 : 0));
  if (rest == 2) first += "AA";
  std::string bytes;
  if (!absl::Base64Unescape(first, &bytes)) return "";
  if (rest == 2) bytes.resize(bytes.size() - 2);
  if (rest == 1) bytes += LastByte(3, operands[2].text);
  if (rest == 2) bytes += LastByte(2, operands[1].text);
  return bytes;
}

// The text of which `bytes` are the UTF-16LE; "" when it is none.
std::string FromUtf16Le(std::string_view bytes) {
  std::string text;
  if (bytes.size() % 2 != 0) return text;
  const auto unit = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<uint8_t>(bytes[i]) | static_cast<uint8_t>(bytes[i + 1])
                                                                      << 8);
  };
  for (size_t i = 0; i < bytes.size(); i += 2) {
    uint32_t point = unit(i);
    if (point >= 0xD800 && point < 0xDC00 && i + 3 < bytes.size()) {
      const uint32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    AppendWtf8(point, &text);
  }
  return text;
}

class Rewriter {
 public:
  Rewriter(const Content& content, const Criterion& criterion, SigmaBudget& budget)
      : content_(content),
        criterion_(criterion),
        operands_(content.operands(criterion)),
        budget_(budget) {}

  std::optional<SigmaRewritten> Rewrite() {
    if (std::ranges::find(kModifiers, criterion_.op, &OperatorModifier::op) ==
        std::end(kModifiers)) {
      return std::nullopt;
    }
    const bool none = operands_.empty();
    if (operands_.size() < 2) {
      return Try("", {ValueOf(criterion_, none ? std::string_view() : operands_[0].text)});
    }
    if (std::optional<SigmaRewritten> dashes =
            Try("|windash", {ValueOf(criterion_, operands_[0].text)})) {
      return dashes;
    }
    if (std::optional<SigmaRewritten> encoded = TryOffsets()) return encoded;
    return AsList();
  }

 private:
  std::optional<SigmaRewritten> TryOffsets() {
    if (operands_.size() != 3) return std::nullopt;
    const std::string bytes = BytesOfOffsets(operands_);
    if (bytes.empty()) return std::nullopt;
    const auto value = [](std::string_view text) {
      return SigmaRewrittenValue{EncodeSigmaValue(EscapeGlob(text)), YamlType::kText};
    };
    // Two bytes of text are a letter of UTF-16, too.
    const bool text =
        ValidUtf8Prefix(bytes) == bytes.size() && bytes.find('\0') == std::string::npos;
    if (text) return Try("|base64offset", value(bytes));
    return Try("|wide|base64offset", value(FromUtf16Le(bytes)));
  }

  // Values that together mean the same. Under `neq` they do as well: none of them.
  std::optional<SigmaRewritten> AsList() const {
    SigmaRewritten list{.key = KeyOf(content_, criterion_, ""), .values = {}};
    for (const Operand& operand : operands_) {
      list.values.push_back(ValueOf(criterion_, operand.text));
    }
    if (!NamesField(list.key)) return std::nullopt;
    return list;
  }

  bool NamesField(std::string_view key) const {
    const SigmaKey parsed = ParseSigmaKey(key);
    const FieldRef& field = content_.field(criterion_);
    return !parsed.fatal() &&
           (field.kind == FieldKind::kAny ? parsed.field.empty()
                                          : !field.name.empty() && parsed.field == field.name);
  }

  std::optional<SigmaRewritten> Try(std::string_view encoding, SigmaRewrittenValue value) {
    SigmaRewritten written{.key = KeyOf(content_, criterion_, encoding), .values = {}};
    if (!NamesField(written.key) || ValidUtf8Prefix(value.text) != value.text.size()) {
      return std::nullopt;
    }
    const SigmaScalar scalar{ScalarTypeOf(value.type), value.text};
    const SigmaItem item = ApplySigmaModifiers(ParseSigmaKey(written.key), {&scalar, 1},
                                               /*in_list=*/false, {}, budget_);
    if (item.tests.size() != 1 || !Says(item.tests[0])) return std::nullopt;
    written.values.push_back(std::move(value));
    return written;
  }

  // Whether the test is this criterion.
  bool Says(const SigmaTest& test) const {
    const bool numeric = test.type == ScalarType::kNumber && test.op == Operator::kEquals;
    return test.op == criterion_.op && test.time_part == criterion_.time_part &&
           (test.flags | (numeric ? kNumeric : 0)) == criterion_.flags &&
           std::ranges::equal(test.operands, operands_, {}, {}, &Operand::text);
  }

  const Content& content_;
  const Criterion& criterion_;
  const std::span<const Operand> operands_;
  SigmaBudget& budget_;
};

}  // namespace

std::optional<SigmaRewritten> RewriteCriterion(const Content& content, const Criterion& criterion,
                                               SigmaBudget& budget) {
  return Rewriter(content, criterion, budget).Rewrite();
}

}  // namespace sluice
