// SL103 operand-invalid
//
// The operand is not what the operator takes: not a number, not a network, a pattern that does not
// compile, too many or too few operands. Or a value that the field can never have, by its type:
// then `is` and `is any` never match it and `is not` always does, as with `equals` and `in_list` in
// channel content. In Sysmon content also a part with a letter that none of its values has, so that
// `begin with`, `end with` and `contains` never match.
//
// Sysmon compares text. It writes booleans as true and false, whole numbers in decimal, hexadecimal
// fields as 0x and lower-case digits without leading zeros, GUIDs in braces, single addresses and
// no networks, and "-" where there is no value. Anything else is accepted by the compiler and equal
// to nothing.
//
// In Sigma rules: a value that its modifier cannot take, which leaves the rule without a meaning;
// and a part of a date that no date has, with which a comparison always or never holds.
//
//   <DestinationPort condition="is">80,443</DestinationPort>          <!-- is any: 80;443 -->
//   <GrantedAccess condition="is">0x0040</GrantedAccess>              <!-- 0x40 -->
//   <DestinationIp condition="begin with">10.0.0.0/8</DestinationIp>  <!-- 10. -->
//   DestinationIp|cidr: 10.0.0                                         # 10.0.0.0/24
//
// Fix: write the value as the sensor does, or as the modifier takes it.
//
// Source: Sysmon rule blob, section 6.4; Sigma specification 2.1.0, "Value modifiers"; Cloudflare
// WAF, 2 July 2019 (patterns are compiled by RE2, which refuses what cannot run in linear time).

#include <arpa/inet.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "absl/container/flat_hash_set.h"
#include "schema/limits.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL103;

namespace {

// Compiled patterns of one file, in RE2 instructions; about half a second.
constexpr int64_t kPatternBudget = 4'000'000;
constexpr int64_t kPatternMemory = int64_t{1} << 20;

constexpr std::string_view kWriteIt = "write the value as the sensor does";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || (AsciiLower(c) >= 'a' && AsciiLower(c) <= 'f'); }

// A whole number without leading zeros that is at most `max`.
bool IsDecimal(std::string_view text, uint64_t max) {
  if (text.size() > 1 && text[0] == '0') return false;
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value <= max;
}

bool IsHexNumber(std::string_view text, size_t max_digits) {
  if (text.size() < 3 || text[0] != '0' || AsciiLower(text[1]) != 'x') return false;
  text.remove_prefix(2);
  if (text.size() > max_digits || (text.size() > 1 && text[0] == '0')) return false;
  return std::ranges::all_of(text, IsHexDigit);
}

bool IsGuid(std::string_view text) {
  constexpr std::string_view kForm = "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}";
  return text.size() == kForm.size() &&
         std::equal(text.begin(), text.end(), kForm.begin(),
                    [](char c, char form) { return form == 'x' ? IsHexDigit(c) : c == form; });
}

// The bits of an IPv4 or IPv6 address in any of its spellings; 0 when it is none.
uint64_t AddressBits(std::string_view text) {
  if (text.size() >= INET6_ADDRSTRLEN) return 0;
  const std::string terminated(text);
  unsigned char parsed[sizeof(in6_addr)];
  if (inet_pton(AF_INET, terminated.c_str(), parsed) == 1) return 32;
  return inet_pton(AF_INET6, terminated.c_str(), parsed) == 1 ? 128 : 0;
}

// Whether `value` is one of this type, in the form that sensors write.
bool IsOfType(ValueType type, std::string_view value) {
  switch (type) {
    case ValueType::kBoolean:
      return EqualsIgnoreCase(value, "true") || EqualsIgnoreCase(value, "false");
    case ValueType::kUint16:
      return IsDecimal(value, UINT16_MAX);
    case ValueType::kUint32:
      return IsDecimal(value, UINT32_MAX);
    case ValueType::kUint64:
      return IsDecimal(value, UINT64_MAX);
    case ValueType::kInt64:
      return IsDecimal(value.substr(value.starts_with('-') ? 1 : 0), INT64_MAX);
    case ValueType::kHex32:
      return IsHexNumber(value, 8);
    case ValueType::kHex64:
      return IsHexNumber(value, 16);
    case ValueType::kGuid:
      return IsGuid(value);
    case ValueType::kIp:
      return AddressBits(value) != 0;
    default:
      return true;
  }
}

// Whether a Sysmon field of this type can have the value. Variables are replaced on the sensor.
bool CanEqual(ValueType type, std::string_view value) {
  if (value.empty() || value == "-" || value.find('%') != std::string_view::npos) return true;
  return IsOfType(type, value);
}

// The letters of all values of this type but "-", in lower case; empty when they can have any.
std::string_view LettersOf(ValueType type) {
  switch (type) {
    case ValueType::kBoolean:
      return "truefals";
    case ValueType::kUint16:
    case ValueType::kUint32:
    case ValueType::kUint64:
    case ValueType::kInt64:
      return "0123456789";
    case ValueType::kHex32:
    case ValueType::kHex64:
      return "0123456789abcdefx";
    case ValueType::kGuid:
      return "0123456789abcdef{}";
    case ValueType::kIp:
      return "0123456789abcdef.:";
    default:
      return {};
  }
}

// Whether a Sysmon field of this type can have a value with this part, as far as its letters tell.
bool CanHold(ValueType type, std::string_view part) {
  const std::string_view letters = LettersOf(type);
  if (letters.empty() || part.find('%') != std::string_view::npos) return true;
  return std::ranges::all_of(part, [&](char c) {
    return c == '-' || letters.find(AsciiLower(c)) != std::string_view::npos;
  });
}

// `value` without the leading zeros of a number: what its author may have meant.
std::string WithoutZeros(std::string_view value) {
  const size_t digits = value.starts_with("0x") || value.starts_with("0X") ? 2 : 0;
  const size_t first = std::min(value.find_first_not_of('0', digits), value.size() - 1);
  return Cat(value.substr(0, digits), value.substr(std::max(first, digits)));
}

// A number with leading zeros is one that the field can have, spelt another way.
bool IsSpeltOtherwise(ValueType type, std::string_view value) {
  return !value.empty() && IsOfType(type, WithoutZeros(value));
}

std::string_view Form(ValueType type) {
  switch (type) {
    case ValueType::kBoolean:
      return "true or false";
    case ValueType::kHex32:
    case ValueType::kHex64:
      return "0x and digits without leading zeros";
    case ValueType::kGuid:
      return "a GUID in braces";
    case ValueType::kIp:
      return "single addresses";
    default:
      return "a decimal number in its range";
  }
}

// How a Sysmon condition looks at values.
enum class Looks : uint8_t { kNot, kWhole, kPart };

Looks LooksAt(Operator op) {
  switch (op) {
    case Operator::kSysmonIs:
    case Operator::kSysmonIsNot:
    case Operator::kSysmonIsAny:
    case Operator::kSysmonImage:
      return Looks::kWhole;
    case Operator::kSysmonContains:
    case Operator::kSysmonContainsAny:
    case Operator::kSysmonContainsAll:
    case Operator::kSysmonExcludes:
    case Operator::kSysmonExcludesAny:
    case Operator::kSysmonExcludesAll:
    case Operator::kSysmonBeginWith:
    case Operator::kSysmonEndWith:
    case Operator::kSysmonNotBeginWith:
    case Operator::kSysmonNotEndWith:
      return Looks::kPart;
    default:
      return Looks::kNot;
  }
}

// The first value of the operand that the field can never have; empty when it can have all.
std::string_view ImpossibleValue(Operator op, ValueType type, std::string_view operand) {
  const Looks looks = LooksAt(op);
  if (looks == Looks::kNot) return {};
  const auto can = [&](std::string_view value) {
    return looks == Looks::kWhole ? CanEqual(type, value) : CanHold(type, value);
  };
  if (!TakesList(op)) return can(operand) ? std::string_view() : operand;
  for (size_t begin = 0; begin <= operand.size();) {
    const size_t end = std::min(operand.find(';', begin), operand.size());
    const std::string_view item = operand.substr(begin, end - begin);
    if (!can(item)) return item;
    begin = end + 1;
  }
  return {};
}

// What a condition does with such a value.
std::string_view EffectOf(Operator op) {
  switch (op) {
    case Operator::kSysmonIsAny:
      return "never equals the value";
    case Operator::kSysmonContainsAny:
    case Operator::kSysmonExcludesAny:
      return "never finds the value";
    default:
      return IsNegative(op) ? kAlwaysMatches : kNeverMatches;
  }
}

void CheckSysmon(const RuleInput& in, Reporter& out) {
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const FieldBinding& field = in.self.field(criterion);
    if (field.type == ValueType::kUnknown || field.type == ValueType::kString) return;
    const std::string_view operand = in.content.operand_text(criterion);
    const std::string_view value = ImpossibleValue(criterion.op, field.type, operand);
    if (value.empty()) return;
    const Operand& all = in.content.operands(criterion).front();
    Finding* f = out.Report(kSL103, PlaceOf(in.content, all, value), &instance, &criterion);
    if (f == nullptr) return;
    const bool whole = LooksAt(criterion.op) == Looks::kWhole;
    if (whole && IsSpeltOtherwise(field.type, value)) f->severity = Severity::kWarning;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, EffectOf(criterion.op),
        Cat(f->field, " of ", TypeLabel(in.content, instance.type),
            whole ? " is never " : " never has in it ", Quoted(value), ": its values are ",
            Form(field.type)),
        kWriteIt);
  });
}

// A decimal number with an optional sign and fraction.
bool IsNumber(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  return !whole.empty() && !fraction.empty() && std::ranges::all_of(whole, IsDigit) &&
         std::ranges::all_of(fraction, IsDigit);
}

// "10.0.0.0/8", "fe80::/10", or a single address.
bool IsNetwork(std::string_view text) {
  const size_t slash = text.find('/');
  const uint64_t bits = AddressBits(text.substr(0, slash));
  if (bits == 0) return false;
  return slash == std::string_view::npos || IsDecimal(text.substr(slash + 1), bits);
}

// Judges the operands of channel criteria.
class ChannelOperands {
 public:
  ChannelOperands(const Content& content, Reporter& out) : content_(content), out_(out) {}

  // What is wrong with the operands, and with which of them; empty when nothing is. Several are
  // alternatives.
  std::string Problem(const Criterion& criterion, Place* place) {
    const size_t count = criterion.operands.size();
    const OperandShape shape = Info(criterion.op).operand;
    const bool takes_none = shape == OperandShape::kNone;
    *place = criterion.place;
    if (takes_none && count > 0) return Cat("takes no operand, not ", count);
    if (!takes_none && count == 0) return "has no operand";
    for (const Operand& operand : content_.operands(criterion)) {
      *place = operand.place;
      if (shape == OperandShape::kBoolean && count > 1) return Cat("takes 1 operand, not ", count);
      std::string problem = ProblemOf(criterion, shape, operand.text);
      if (!problem.empty()) return problem;
    }
    return "";
  }

 private:
  std::string ProblemOf(const Criterion& criterion, OperandShape shape, std::string_view text) {
    switch (shape) {
      case OperandShape::kNumber:
        return IsNumber(text) ? "" : Cat(Quoted(text), " is not a decimal number");
      case OperandShape::kNetwork:
        return IsNetwork(text) ? "" : Cat(Quoted(text), " is not an IPv4 or IPv6 network");
      case OperandShape::kBoolean:
        return text == "true" || text == "false" ? "" : Cat(Quoted(text), " is not true or false");
      case OperandShape::kField:
        return IsDeclaredField(criterion, text) ? "" : Cat(Quoted(text), " is not a field");
      case OperandShape::kRegex:
        return PatternProblem(criterion, text);
      default:
        return "";
    }
  }

  bool IsDeclaredField(const Criterion& criterion, std::string_view name) {
    const uint32_t index = content_.field(criterion).type;
    const TemplateType& type = content_.types()[index];
    if (!type.declared || type.open) return true;
    if (declared_.empty()) {
      for (uint32_t t = 0; t < content_.types().size(); ++t) {
        for (const FieldDecl& field : content_.field_decls(content_.types()[t])) {
          declared_.emplace(t, Abseil(field.name));
        }
      }
    }
    return declared_.contains(std::pair(index, Abseil(name)));
  }

  std::string PatternProblem(const Criterion& criterion, std::string_view pattern) {
    if (spent_ > kPatternBudget) {
      out_.NotChecked("regular expressions",
                      "the file's patterns are past the budget for compiling",
                      /*requested=*/true);
      return "";
    }
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kPatternMemory);
    options.set_case_sensitive((criterion.flags & kCased) != 0);
    options.set_dot_nl((criterion.flags & kFlagS) != 0);
    const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
    spent_ += compiled.ok() ? compiled.ProgramSize() : 64 + static_cast<int64_t>(pattern.size());
    return compiled.ok() ? "" : Cat("the pattern does not compile: ", Printable(compiled.error()));
  }

  const Content& content_;
  Reporter& out_;
  int64_t spent_ = 0;
  // The declared fields by type; filled when the first operand names a field.
  absl::flat_hash_set<std::pair<uint32_t, absl::string_view>> declared_;
};

// The type that the content declares for the criterion's field, by name too.
ValueType DeclaredType(const Content& content, const Criterion& criterion) {
  const FieldRef& ref = content.field(criterion);
  const TemplateType& type = content.types()[ref.type];
  if (!type.declared || ref.kind == FieldKind::kAny) return ValueType::kUnknown;
  const std::span<const FieldDecl> decls = content.field_decls(type);
  return ref.index < decls.size() ? decls[ref.index].type : ValueType::kUnknown;
}

// Reports the first value to be equal to that the field can never have.
void CheckChannelValues(const RuleInput& in, Reporter& out, const Instance& instance,
                        const Criterion& criterion) {
  if (criterion.op != Operator::kEquals && criterion.op != Operator::kInList) return;
  const ValueType type = DeclaredType(in.content, criterion);
  const std::span<const Operand> values = in.content.operands(criterion);
  const auto never = std::ranges::find_if(
      values, [&](const Operand& value) { return !IsOfType(type, value.text); });
  if (never == values.end()) return;
  Finding* f = out.Report(kSL103, never->place, &instance, &criterion);
  if (f == nullptr) return;
  if (IsSpeltOtherwise(type, never->text)) f->severity = Severity::kWarning;
  f->field = FieldLabel(in.content, in.self, criterion);
  const bool negated = (criterion.flags & kNegated) != 0;
  Say(*f,
      criterion.op == Operator::kInList ? "never equals the value"
      : negated                         ? kAlwaysMatches
                                        : kNeverMatches,
      Cat(f->field, " of ", TypeLabel(in.content, instance.type), " is never ", Quoted(never->text),
          ": its values are ", Form(type)),
      kWriteIt);
}

void CheckChannel(const RuleInput& in, Reporter& out) {
  ChannelOperands operands(in.content, out);
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (criterion.op == Operator::kUnknown || IsSysmon(criterion.op)) return;
    Place place;
    const std::string problem = operands.Problem(criterion, &place);
    if (problem.empty()) return CheckChannelValues(in, out, instance, criterion);
    Finding* f = out.Report(kSL103, place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, kRefusesFile,
        Cat("operator ", OperatorLabel(criterion), " on ", f->field, ": ", problem),
        "give the operator what it takes");
  });
}

using Kind = IrregularityKind;

// Whether the Sigma reader has recorded a value that its modifier cannot take.
bool IsSigmaOperand(const Irregularity& i) {
  switch (i.kind) {
    case Kind::kSigmaValueType:
      return i.fatal;
    case Kind::kSigmaNotANetwork:
    case Kind::kSigmaOutOfRange:
    case Kind::kSigmaRegexInvalid:
    case Kind::kSigmaRegexTooLong:
      return true;
    default:
      return false;
  }
}

std::string SigmaProblem(const Content& content, const Irregularity& i) {
  const std::string_view written = TextAt(content, i.place);
  const std::string value = written.empty() ? "nothing" : Quoted(written);
  switch (i.kind) {
    case Kind::kSigmaValueType:
      return Cat("the modifier ", Quoted(i.detail), " does not take ", value);
    case Kind::kSigmaNotANetwork:
      return Cat(value, " is no network in CIDR notation");
    case Kind::kSigmaOutOfRange:
      return Cat("no date has the ", i.detail, " ", value);
    case Kind::kSigmaRegexInvalid:
      return Cat("the regular expression does not compile: ", Printable(i.detail));
    default:
      return Cat("the regular expression has more than ", kMaxSigmaRegexBytes, " bytes");
  }
}

void CheckSigma(const RuleInput& in, Reporter& out) {
  for (const Irregularity& i : in.content.irregularities()) {
    if (!IsSigmaOperand(i)) continue;
    Finding* f = out.Report(kSL103, i.place, InstanceOf(in.content, i));
    if (f == nullptr) continue;
    Say(*f, i.fatal ? kMeansNothing : "compares with what no date has", SigmaProblem(in.content, i),
        "write a value that the modifier takes");
  }
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() == Dialect::kSysmon) return CheckSysmon(in, out);
  if (IsSigmaFile(in.content)) return CheckSigma(in, out);
  CheckChannel(in, out);
}

}  // namespace

const Rule kSL103 = {{"SL103", "operand-invalid", Severity::kError, Category::kInvalid,
                      "the operand is not what the operator or the field takes", kAnyContent},
                     Check};

}  // namespace sluice
