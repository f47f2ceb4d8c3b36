#include "parser/sysmon/config_print_xml.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr uint32_t kSpace = 0x20;

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsNamePart(char c) { return IsNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

// Line ends and blanks, which a reader would change, controls, and what an editor or a terminal
// hides or turns round: written by number.
bool NeedsNumber(uint32_t point) {
  return point < kSpace || (point >= 0x7F && point < 0xA0) ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF || point == 0xFFFE ||
         point == 0xFFFF;
}

std::string_view Entity(uint32_t point) {
  switch (point) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "";
  }
}

void AppendEscaped(std::string_view text, bool attribute, std::string* out) {
  while (!text.empty()) {
    const std::optional<CodePoint> point = DecodeWtf8(text);
    const uint32_t value = point ? point->value : static_cast<unsigned char>(text[0]);
    const std::string_view bytes = text.substr(0, point ? point->length : 1);
    const std::string_view entity = value == '"' && !attribute ? "" : Entity(value);
    if (!entity.empty()) {
      out->append(entity);
    } else if (NeedsNumber(value)) {
      absl::StrAppend(out, "&#", value, ";");
    } else {
      out->append(bytes);
    }
    text.remove_prefix(bytes.size());
  }
}

}  // namespace

std::string_view XmlTextProblem(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return "a NUL, where the sensor cuts the text";
  const size_t valid = ValidUtf8Prefix(text);
  if (valid == text.size()) return "";
  return DecodeWtf8(text.substr(valid)) ? "an unpaired surrogate" : "bytes that are not UTF-8";
}

bool IsXmlName(std::string_view name) {
  return !name.empty() && IsNameStart(name.front()) && std::ranges::all_of(name, IsNamePart) &&
         ValidUtf8Prefix(name) == name.size();
}

void XmlWriter::BeginLine() {
  if (in_tag_) out_ += '>';
  in_tag_ = false;
  // What follows a text would be part of it.
  const bool behind_text = !open_.empty() && open_.back().has_text && !open_.back().has_elements;
  if (!behind_text) {
    if (!out_.empty()) out_ += '\n';
    out_.append(2 * open_.size(), ' ');
  }
  if (!open_.empty()) open_.back().has_elements = true;
}

void XmlWriter::Start(std::string_view name) {
  BeginLine();
  out_ += '<';
  out_ += name;
  in_tag_ = true;
  open_.push_back({.name = name});
}

void XmlWriter::Attribute(std::string_view name, std::string_view value) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  AppendEscaped(value, true, &out_);
  out_ += '"';
}

void XmlWriter::Text(std::string_view text) {
  if (text.empty()) return;
  out_ += '>';
  in_tag_ = false;
  open_.back().has_text = true;
  // A reader drops a text that is nothing but blanks, but not where one is written by number.
  if (text.find_first_not_of(' ') == std::string_view::npos) {
    absl::StrAppend(&out_, "&#", kSpace, ";");
    text.remove_prefix(1);
  }
  AppendEscaped(text, false, &out_);
}

void XmlWriter::Comment(std::string_view text) {
  BeginLine();
  absl::StrAppend(&out_, "<!-- ", std::string(text), " -->");
}

void XmlWriter::End() {
  const Open open = open_.back();
  open_.pop_back();
  if (in_tag_) {
    out_ += "/>";
  } else {
    if (open.has_elements) {
      out_ += '\n';
      out_.append(2 * open_.size(), ' ');
    }
    out_ += "</";
    out_ += open.name;
    out_ += '>';
  }
  in_tag_ = false;
  if (open_.empty()) out_ += '\n';
}

}  // namespace sluice
