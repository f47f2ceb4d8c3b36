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
  return {
      {static_cast<uint32_t>(offset), static_cast<uint32_t>(length)}, "XML", std::move(message)};
}

Malformed OverLimit(size_t offset, std::string message) {
  Malformed malformed = Broken(offset, 0, std::move(message));
  malformed.over_limit = true;
  return malformed;
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

// The next node in document order below `top`, `depth` kept up to date; null after the last.
pugi::xml_node NextNode(pugi::xml_node node, pugi::xml_node top, uint32_t* depth) {
  if (pugi::xml_node child = node.first_child()) {
    ++*depth;
    return child;
  }
  while (node != top) {
    if (pugi::xml_node next = node.next_sibling()) return next;
    node = node.parent();
    --*depth;
  }
  return {};
}

// Counts in blocks, for which a byte is enough, so that the compiler can do many at once.
size_t CountTags(std::string_view text) {
  size_t count = 0;
  while (!text.empty()) {
    const std::string_view block = text.substr(0, 255);
    uint8_t in_block = 0;
    for (const char c : block) in_block = static_cast<uint8_t>(in_block + (c == '<' ? 1 : 0));
    count += in_block;
    text.remove_prefix(block.size());
  }
  return count;
}

}  // namespace

std::optional<Malformed> XmlDocument::Parse(std::string_view text) {
  own_buffer_ = text;
  if (std::optional<Malformed> malformed = ParseInto(text, own_buffer_.data())) return malformed;
  return CheckSubtree(document_, 0);
}

std::optional<Malformed> XmlDocument::ParseInto(std::string_view text, char* buffer) {
  text_ = text;
  buffer_ = buffer;
  const size_t first = text.find('<');
  if (first == std::string_view::npos) return Broken(0, 0, "no '<' in it: it holds no element");
  if (std::optional<Malformed> malformed = CheckText(first)) return malformed;
  all_utf8_ = ValidUtf8Prefix(text) == text.size();
  // The NUL behind the text is passed on: pugixml gives the last character up for one.
  const pugi::xml_parse_result result = document_.load_buffer_inplace(
      buffer + first, text.size() - first + 1, kParseFlags, pugi::encoding_utf8);
  if (result) return std::nullopt;
  const size_t offset = std::min(first + static_cast<size_t>(result.offset), text.size());
  return Broken(offset, offset < text.size() ? 1 : 0, Describe(result.status));
}

std::optional<Malformed> XmlDocument::CheckText(size_t first) {
  // ISO-8859-1 takes up to twice its bytes as UTF-8.
  if (text_.size() > 2 * kMaxFileBytes) {
    return OverLimit(0, absl::StrCat("it has ", text_.size(), " bytes, at most ", 2 * kMaxFileBytes,
                                     " are read"));
  }
  const size_t nul = text_.find('\0', first);
  if (nul != std::string_view::npos) {
    return Broken(nul, 1, "a NUL, where the sensor's XML reader takes the file to end");
  }
  if (text_.size() <= kMaxXmlTags) return std::nullopt;
  const size_t tags = CountTags(text_);
  if (tags <= kMaxXmlTags) return std::nullopt;
  return OverLimit(first, absl::StrCat(tags, " times '<', at most ", kMaxXmlTags, " are read"));
}

std::optional<Malformed> XmlDocument::CheckSubtree(pugi::xml_node top, uint32_t depth) const {
  for (pugi::xml_node node = top; node; node = NextNode(node, top, &depth)) {
    if (node.type() != pugi::node_element) continue;
    if (std::optional<Malformed> malformed = CheckElement(node, depth)) return malformed;
  }
  return std::nullopt;
}

std::optional<Malformed> XmlDocument::CheckElement(pugi::xml_node element, uint32_t depth) const {
  const Place name = NamePlace(element);
  if (depth > kMaxXmlDepth) {
    return OverLimit(name.offset,
                     absl::StrCat("elements stand deeper than ", kMaxXmlDepth, " in one another"));
  }
  if (std::optional<Malformed> malformed = CheckName(name)) return malformed;
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    if (std::optional<Malformed> malformed = CheckName(NamePlace(attribute))) return malformed;
  }
  return std::nullopt;
}

std::optional<Malformed> XmlDocument::DescribeName(Place name) const {
  if (name.length > kMaxXmlNameBytes) {
    return OverLimit(name.offset, absl::StrCat("a name of ", name.length, " bytes, at most ",
                                               kMaxXmlNameBytes, " are read"));
  }
  const size_t valid = ValidUtf8Prefix(text_.substr(name.offset, name.length));
  if (valid == name.length) return std::nullopt;
  return Broken(name.offset + valid, 1, "a name holds a byte that is not UTF-8");
}

// A raw value never holds what ends it, and decoding only shortens it: so when the byte behind as
// many bytes as are decoded is one that ends a value, it ends this one. Otherwise the end lies
// further on.

XmlValue XmlDocument::Value(pugi::xml_attribute attribute) const {
  const std::string_view value = attribute.value();
  const uint32_t offset = Offset(value.data());
  const char quote = text_[offset - 1];
  size_t end = offset + value.size();
  if (text_[end] != quote) end = text_.find(quote, end);
  return {value, {offset, static_cast<uint32_t>(end - offset)}};
}

XmlValue XmlDocument::Value(pugi::xml_node text_node) const {
  const std::string_view value = text_node.value();
  const uint32_t offset = Offset(value.data());
  const bool cdata = text_node.type() == pugi::node_cdata;
  size_t end = offset + value.size();
  if (cdata) {
    end = text_.find("]]>", end);
  } else if (end < text_.size() && text_[end] != '<') {
    end = text_.find('<', end);
  }
  end = std::min(end, text_.size());
  return {value, {offset, static_cast<uint32_t>(end - offset)}, cdata};
}

Place XmlDocument::StartTagPlace(pugi::xml_node element) const {
  const Place name = NamePlace(element);
  const pugi::xml_attribute last = element.last_attribute();
  return StartTagPlace(name, last ? Value(last).place.end() + 1 : name.end());
}

Place XmlDocument::ElementPlace(Place start_tag, uint32_t content_end) const {
  // `<a/>` has no end tag.
  if (text_[start_tag.end() - 2] == '/') return start_tag;
  size_t at = content_end;
  while (at < text_.size() && IsXmlSpace(text_[at])) ++at;
  if (!text_.substr(at).starts_with("</")) return start_tag;
  const auto end = static_cast<uint32_t>(text_.find('>', at)) + 1;
  return {start_tag.offset, end - start_tag.offset};
}

Place XmlDocument::DoctypePlace(pugi::xml_node doctype) const {
  constexpr std::string_view kOpen = "<!DOCTYPE";
  // Only white space stands between the keyword and the value.
  const size_t begin = text_.rfind(kOpen, Offset(doctype.value()));
  if (begin == std::string_view::npos) return {};
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(kOpen.size())};
}

}  // namespace sluice
