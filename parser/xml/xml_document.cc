#include "parser/xml/xml_document.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "parser/xml/text_encoding.h"
#include "schema/limits.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr unsigned int kParseFlags =
    pugi::parse_default | pugi::parse_doctype | pugi::parse_fragment;

Malformed Broken(size_t offset, size_t length, std::string message) {
  return {{static_cast<uint32_t>(offset), static_cast<uint32_t>(length)}, "XML",
          std::move(message)};
}

// What pugixml's parser said, as one sentence.
std::string Describe(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_unrecognized_tag:
      return "'<' begins no tag, comment, CDATA section or processing instruction";
    case pugi::status_bad_pi:
      return "a processing instruction is not closed with '?>'";
    case pugi::status_bad_comment:
      return "a comment is not closed with '-->'";
    case pugi::status_bad_cdata:
      return "a CDATA section is not closed with ']]>'";
    case pugi::status_bad_doctype:
      return "a DOCTYPE is not closed, or stands inside an element";
    case pugi::status_bad_start_element:
      return "a start tag is not closed with '>', or holds more than a name and attributes";
    case pugi::status_bad_attribute:
      return "an attribute is not a name, '=' and a quoted value";
    case pugi::status_bad_end_element:
      return "an end tag is not closed with '>', or holds more than a name";
    case pugi::status_end_element_mismatch:
      return "an end tag is not that of the open element, or an element is not closed";
    case pugi::status_out_of_memory:
      return "no memory is left to hold it";
    default:
      return "it is not well formed";
  }
}

// The next node in document order, `depth` kept up to date; null after the last.
pugi::xml_node NextNode(pugi::xml_node node, uint32_t* depth) {
  if (pugi::xml_node child = node.first_child()) {
    ++*depth;
    return child;
  }
  while (node) {
    if (pugi::xml_node next = node.next_sibling()) return next;
    node = node.parent();
    --*depth;
  }
  return node;
}

}  // namespace

std::optional<Malformed> XmlDocument::Parse(std::string_view text) {
  own_buffer_ = text;
  return Parse(text, own_buffer_.data());
}

std::optional<Malformed> XmlDocument::Parse(std::string_view text, char* buffer) {
  text_ = text;
  buffer_ = buffer;
  const size_t first = text.find('<');
  if (first == std::string_view::npos) return Broken(0, 0, "no '<' in it: it holds no element");
  if (std::optional<Malformed> malformed = CheckText(first)) return malformed;
  all_utf8_ = ValidUtf8Prefix(text) == text.size();
  // The NUL behind the text is passed on: pugixml gives the last character up for one.
  const pugi::xml_parse_result result = document_.load_buffer_inplace(
      buffer + first, text.size() - first + 1, kParseFlags, pugi::encoding_utf8);
  if (!result) {
    const size_t offset = std::min(first + static_cast<size_t>(result.offset), text.size());
    return Broken(offset, offset < text.size() ? 1 : 0, Describe(result.status));
  }
  return CheckTree();
}

std::optional<Malformed> XmlDocument::CheckText(size_t first) const {
  // ISO-8859-1 takes up to twice its bytes as UTF-8.
  if (text_.size() > 2 * kMaxFileBytes) {
    return Broken(0, 0,
                  absl::StrCat("it has ", text_.size(), " bytes, at most ", 2 * kMaxFileBytes,
                               " are read"));
  }
  const size_t nul = text_.find('\0', first);
  if (nul != std::string_view::npos) {
    return Broken(nul, 1, "a NUL, where the sensor's XML reader takes the file to end");
  }
  const auto tags = static_cast<size_t>(std::ranges::count(text_, '<'));
  const size_t limit = std::max<size_t>(kMinXmlTags, text_.size() / kXmlBytesPerTag);
  if (tags <= limit) return std::nullopt;
  return Broken(first, 0,
                absl::StrCat(tags, " times '<' in ", text_.size(), " bytes, at most ", limit,
                             " are read"));
}

std::optional<Malformed> XmlDocument::CheckTree() const {
  uint32_t depth = 1;
  for (pugi::xml_node node = document_.first_child(); node; node = NextNode(node, &depth)) {
    if (node.type() != pugi::node_element) continue;
    if (std::optional<Malformed> malformed = CheckElement(node, depth)) return malformed;
  }
  return std::nullopt;
}

std::optional<Malformed> XmlDocument::CheckElement(pugi::xml_node element, uint32_t depth) const {
  const Place name = NamePlace(element);
  if (depth > kMaxXmlDepth) {
    return Broken(name.offset, 0,
                  absl::StrCat("elements stand deeper than ", kMaxXmlDepth, " in one another"));
  }
  if (std::optional<Malformed> malformed = CheckName(name)) return malformed;
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    if (std::optional<Malformed> malformed = CheckName(NamePlace(attribute))) return malformed;
  }
  return std::nullopt;
}

std::optional<Malformed> XmlDocument::CheckName(Place name) const {
  if (name.length > kMaxXmlNameBytes) {
    return Broken(name.offset, 0,
                  absl::StrCat("a name of ", name.length, " bytes, at most ", kMaxXmlNameBytes,
                               " are read"));
  }
  if (all_utf8_) return std::nullopt;
  const size_t valid = ValidUtf8Prefix(text_.substr(name.offset, name.length));
  if (valid == name.length) return std::nullopt;
  return Broken(name.offset + valid, 1, "a name holds a byte that is not UTF-8");
}

Place XmlDocument::NamePlace(const char* name) const {
  // The empty name is a constant of pugixml's, not in the buffer.
  if (*name == '\0') return {};
  return {Offset(name), static_cast<uint32_t>(std::strlen(name))};
}

XmlValue XmlDocument::Value(pugi::xml_attribute attribute) const {
  const char* value = attribute.value();
  const uint32_t offset = Offset(value);
  const size_t end = text_.find(text_[offset - 1], offset);
  return {value, {offset, static_cast<uint32_t>(end - offset)}};
}

XmlValue XmlDocument::Value(pugi::xml_node text_node) const {
  const char* value = text_node.value();
  const uint32_t offset = Offset(value);
  const bool cdata = text_node.type() == pugi::node_cdata;
  const size_t end = std::min(cdata ? text_.find("]]>", offset) : text_.find('<', offset),
                              text_.size());
  return {value, {offset, static_cast<uint32_t>(end - offset)}, cdata};
}

size_t XmlDocument::StartTagEnd(pugi::xml_node element) const {
  size_t at = NamePlace(element).end();
  if (const pugi::xml_attribute last = element.last_attribute()) at = Value(last).place.end() + 1;
  // Only white space and '/' stand before the '>'.
  return text_.find('>', at) + 1;
}

Place XmlDocument::StartTagPlace(pugi::xml_node element) const {
  const uint32_t begin = NamePlace(element).offset - 1;
  return {begin, static_cast<uint32_t>(StartTagEnd(element)) - begin};
}

Place XmlDocument::ElementPlace(pugi::xml_node element) const {
  Place place = StartTagPlace(element);
  if (text_[place.end() - 2] == '/') return place;
  size_t at = place.end();
  const pugi::xml_node child = element.first_child();
  if (child) {
    if (child.next_sibling() || child.type() == pugi::node_element) return place;
    at = Value(child).place.end();
    if (child.type() == pugi::node_cdata) at += 3;
  }
  while (at < text_.size() && IsXmlSpace(text_[at])) ++at;
  if (!text_.substr(at).starts_with("</")) return place;
  place.length = static_cast<uint32_t>(text_.find('>', at)) + 1 - place.offset;
  return place;
}

Place XmlDocument::DoctypePlace(pugi::xml_node doctype) const {
  constexpr std::string_view kOpen = "<!DOCTYPE";
  // Only white space stands between the keyword and the value.
  const size_t begin = text_.rfind(kOpen, Offset(doctype.value()));
  if (begin == std::string_view::npos) return {};
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(kOpen.size())};
}

}  // namespace sluice
