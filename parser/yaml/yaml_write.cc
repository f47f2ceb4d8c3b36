#include "parser/yaml/yaml_write.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "schema/limits.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr uint32_t kUnderKey = 4;
constexpr uint32_t kUnderDash = 2;
// libyaml looks for the ':' of a key on the same line at most 1024 characters on.
constexpr size_t kMaxSimpleKey = 1000;
constexpr size_t kMaxBlanks = 256;

bool IsOneOf(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

// What YAML lets stand as it is, but for what it takes for a line break.
bool IsPrintable(uint32_t point) {
  if (point < 0x7F) return point >= 0x20;
  if (point == 0x2028 || point == 0x2029 || point == 0xFEFF) return false;
  return (point >= 0xA0 && point <= 0xD7FF) || (point >= 0xE000 && point <= 0xFFFD) ||
         point >= 0x10000;
}

struct Letters {
  bool valid = true;      // UTF-8
  bool printable = true;  // line feeds aside
  bool line_feed = false;
  bool long_space = false;  // more than kMaxBlanks blanks and line feeds in a row
};

Letters LettersOf(std::string_view text) {
  Letters out;
  size_t space = 0;
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      space = byte == ' ' || byte == '\n' ? space + 1 : 0;
      out.long_space |= space > kMaxBlanks;
      out.line_feed |= byte == '\n';
      out.printable &= byte == '\n' || IsPrintable(byte);
      ++at;
      continue;
    }
    space = 0;
    const std::optional<CodePoint> point = DecodeWtf8(text.substr(at));
    if (!point || (point->value >= 0xD800 && point->value <= 0xDFFF)) {
      out.valid = false;
      return out;
    }
    out.printable &= IsPrintable(point->value);
    at += point->length;
  }
  return out;
}

// What YAML 1.2 takes for a number, or other readers of 1.1 for a truth value; and a little more.
bool LooksTyped(std::string_view text) {
  if (text.size() == 1 && IsOneOf(text[0], "yYnN")) return true;
  if (text.starts_with("0x") || text.starts_with("0o")) return true;
  if (text[0] != '.' && text[0] != '+' && (text[0] < '0' || text[0] > '9')) return false;
  return text.find_first_not_of("0123456789+-._eE") == std::string_view::npos;
}

bool IsPlainShape(std::string_view text) {
  if (text.empty() || IsOneOf(text[0], " ?:,[]{}#&*!|>'\"%@`")) return false;
  if (text[0] == '-' && (text.size() == 1 || !IsOneOf(text[1], ".0123456789"))) return false;
  if (text.starts_with("...") || IsOneOf(text.back(), " :")) return false;
  return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos;
}

// Whether `text` reads back from a literal scalar without an indentation indicator, with no line
// of blanks alone, and with at most one line feed at the end.
bool IsLiteral(std::string_view text, const Letters& letters) {
  if (!letters.line_feed || !letters.printable || letters.long_space) return false;
  if (IsOneOf(text[0], " \n") || text.ends_with("\n\n")) return false;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (!line.empty() && line.find_first_not_of(' ') == std::string_view::npos) return false;
    at = end + 1;
  }
  return true;
}

void AppendEscaped(uint32_t point, std::string* out) {
  struct Named {
    uint32_t point;
    std::string_view escape;
  };
  constexpr Named kNamed[] = {{0, "\\0"},    {'\t', "\\t"}, {'\n', "\\n"},
                              {'\r', "\\r"}, {'"', "\\\""}, {'\\', "\\\\"}};
  for (const Named& named : kNamed) {
    if (named.point == point) {
      *out += named.escape;
      return;
    }
  }
  const char* format = point < 0x100 ? "\\x%02X" : point < 0x10000 ? "\\u%04X" : "\\U%08X";
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, format, point);
  *out += buffer;
}

std::string DoubleQuoted(std::string_view text) {
  std::string out = "\"";
  size_t blanks = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeWtf8(text.substr(at)).value_or(CodePoint{0xFFFD, 1});
    blanks = point.value == ' ' ? blanks + 1 : 0;
    const bool plain = IsPrintable(point.value) && point.value != '"' && point.value != '\\';
    if (plain && blanks <= kMaxBlanks) {
      out += text.substr(at, point.length);
    } else {
      AppendEscaped(point.value, &out);
      blanks = 0;
    }
    at += point.length;
  }
  return out += '"';
}

std::string SingleQuoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += c;
    out += c;
  }
  return out += '\'';
}

std::string Quote(std::string_view text, const Letters& letters) {
  const bool single = letters.printable && !letters.line_feed && !letters.long_space;
  return single ? SingleQuoted(text) : DoubleQuoted(text);
}

bool IsPlain(std::string_view text, YamlType type, const Letters& letters) {
  if (text.empty()) return type == YamlType::kNull;
  if (!letters.valid || !letters.printable || letters.line_feed || letters.long_space) return false;
  return IsPlainShape(text) && PlainYamlType(text) == type &&
         (type != YamlType::kText || !LooksTyped(text));
}

std::string_view TagOf(YamlType type) {
  switch (type) {
    case YamlType::kNull:
      return "!!null ";
    case YamlType::kBool:
      return "!!bool ";
    case YamlType::kInteger:
      return "!!int ";
    case YamlType::kFloat:
      return "!!float ";
    case YamlType::kTimestamp:
      return "!!timestamp ";
    default:
      return "";
  }
}

bool IsText(YamlType type) { return TagOf(type).empty(); }

}  // namespace

std::string QuoteYaml(std::string_view text) {
  const Letters letters = LettersOf(text);
  return letters.valid ? Quote(text, letters) : "";
}

bool IsPlainYaml(std::string_view text, YamlType type) {
  return IsPlain(text, type, LettersOf(text));
}

void YamlWriter::BeginDocument() {
  if (!first_) out_ += "---\n";
  first_ = false;
}

uint32_t YamlWriter::IndentAt(At at) const {
  if (at == At::kRoot) return 0;
  return frames_.back().indent + (at == At::kAfterKey ? kUnderKey : kUnderDash);
}

// An entry of the collection that is open, up to its '-', '?' or key.
void YamlWriter::BeginEntry() {
  Frame& frame = frames_.back();
  if (frame.empty && frame.at == At::kAfterDash) {
    out_ += ' ';
  } else {
    if (frame.empty && frame.at == At::kAfterKey) out_ += '\n';
    out_.append(frame.indent, ' ');
  }
  frame.empty = false;
}

YamlWriter::At YamlWriter::BeginNode() {
  if (frames_.empty()) return At::kRoot;
  if (frames_.back().map) return At::kAfterKey;
  BeginEntry();
  out_ += '-';
  return At::kAfterDash;
}

void YamlWriter::Begin(bool map) {
  if (frames_.size() == kMaxYamlDepth && problem_.empty()) problem_ = "it is nested too deep";
  if (out_.size() > kMaxYamlBytes && problem_.empty()) problem_ = "it is too long";
  if (!problem_.empty()) return;
  const At at = BeginNode();
  frames_.push_back({.map = map, .empty = true, .at = at, .indent = IndentAt(at)});
}

void YamlWriter::End() {
  if (!problem_.empty()) return;
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (!frame.empty) return;
  if (frame.at != At::kRoot) out_ += ' ';
  out_ += frame.map ? "{}\n" : "[]\n";
}

void YamlWriter::Key(std::string_view key) {
  const Letters letters = LettersOf(key);
  if (!letters.valid && problem_.empty()) problem_ = "it holds bytes that are no text";
  if (!problem_.empty()) return;
  BeginEntry();
  const std::string written =
      IsPlain(key, YamlType::kText, letters) ? std::string(key) : Quote(key, letters);
  if (written.size() <= kMaxSimpleKey) {
    out_ += written;
  } else {
    out_ += "? ";
    out_ += written;
    out_ += '\n';
    out_.append(frames_.back().indent, ' ');
  }
  out_ += ':';
}

void YamlWriter::WriteLiteral(std::string_view text, uint32_t indent) {
  const bool end = text.ends_with('\n');
  out_ += end ? "|\n" : "|-\n";
  if (end) text.remove_suffix(1);
  for (size_t at = 0; at <= text.size();) {
    const size_t line_end = std::min(text.find('\n', at), text.size());
    if (line_end > at) out_.append(indent, ' ');
    out_ += text.substr(at, line_end - at);
    out_ += '\n';
    at = line_end + 1;
  }
}

void YamlWriter::Scalar(std::string_view text, YamlType type) {
  const Letters letters = LettersOf(text);
  if (!letters.valid && problem_.empty()) problem_ = "it holds bytes that are no text";
  if (out_.size() + text.size() > kMaxYamlBytes && problem_.empty()) problem_ = "it is too long";
  if (!problem_.empty()) return;
  const At at = BeginNode();
  const bool plain = IsPlain(text, IsText(type) ? YamlType::kText : type, letters);
  if (at != At::kRoot && !(plain && text.empty())) out_ += ' ';
  if (IsText(type) && at != At::kRoot && IsLiteral(text, letters)) {
    return WriteLiteral(text, IndentAt(at));
  }
  if (plain) {
    out_ += text;
  } else {
    out_ += TagOf(type);
    out_ += Quote(text, letters);
  }
  out_ += '\n';
}

}  // namespace sluice
