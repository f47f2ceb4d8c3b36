// An XML document as pugixml parses it, with the place of everything in it.
//
// pugixml's defaults are what Sysmon itself reads with: white-space-only text is dropped and other
// text kept untrimmed, only the five entities and the numeric ones are decoded, comments and
// processing instructions are skipped, and nothing is validated. On top, text outside the root and
// DOCTYPE are kept as nodes, so that a reader can report them.
//
//   XmlDocument document;
//   if (std::optional<Malformed> malformed = document.Parse(text)) return ...;
//   for (pugi::xml_node node : document.root().children("manifest")) {
//     Place place = document.NamePlace(node);
//
// Every place counts bytes of `text`. Hostile input: the number of tags, the depth and the length
// of names are bounded (schema/limits.h) and so is the memory: pugixml takes at most 128 bytes for
// each
// '<', which are counted before it starts, and 40 for each attribute, which takes 5 bytes or more.

#ifndef SLUICE_PARSER_XML_XML_DOCUMENT_H_
#define SLUICE_PARSER_XML_XML_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "parser/reader.h"
#include "schema/limits.h"
#include "schema/place.h"

namespace sluice {

// A value of an attribute or a text node.
struct XmlValue {
  // Decoded; ends at a NUL that `&#0;` made. Lives as long as the buffer that was parsed.
  std::string_view text;
  // As it stands in the text, entities and all, without quotes or CDATA brackets.
  Place place;
  // CDATA, in which '&' is no more than a character.
  bool cdata = false;
};

class XmlDocument {
 public:
  XmlDocument() = default;
  XmlDocument(const XmlDocument&) = delete;
  XmlDocument& operator=(const XmlDocument&) = delete;

  // Parses `text` from its first '<'; what stands before is skipped. `text` must outlive the
  // document. Malformed: what pugixml refuses, NUL anywhere, names that are not UTF-8. Over the
  // limits: too many tags, too deep, names too long. Not malformed: bytes of values or comments
  // that are not UTF-8 (see `all_utf8`).
  [[nodiscard]] std::optional<Malformed> Parse(std::string_view text);

  // The same in the caller's buffer, which holds a copy of `text` with a NUL behind it, and which
  // names and values point into from then on. Leaves names and depth to the caller, who looks at
  // every node anyway: `CheckName` and `CheckSubtree`.
  [[nodiscard]] std::optional<Malformed> ParseInto(std::string_view text, char* buffer);

  // Whether the name of an element or attribute is short enough and UTF-8.
  [[nodiscard]] std::optional<Malformed> CheckName(Place name) const {
    if (all_utf8_ && name.length <= kMaxXmlNameBytes) return std::nullopt;
    return DescribeName(name);
  }
  // Checks the names and the depth of `top`, which stands `depth` deep (a root element: 1), and of
  // all below it.
  [[nodiscard]] std::optional<Malformed> CheckSubtree(pugi::xml_node top, uint32_t depth) const;

  // The document node: its children are the root elements, text outside of them, and DOCTYPE.
  pugi::xml_node root() const { return document_.root(); }
  std::string_view text() const { return text_; }
  // Whether all of the text is UTF-8.
  bool all_utf8() const { return all_utf8_; }

  // The name of an element or attribute. As text it lives as long as the buffer.
  Place NamePlace(pugi::xml_node element) const { return NamePlace(element.name()); }
  Place NamePlace(pugi::xml_attribute attribute) const { return NamePlace(attribute.name()); }
  Place NamePlace(std::string_view name) const {
    return {Offset(name.data()), static_cast<uint32_t>(name.size())};
  }

  // The value of an attribute, of a text or of a CDATA node.
  XmlValue Value(pugi::xml_attribute attribute) const;
  XmlValue Value(pugi::xml_node text_node) const;

  // From the '<' of an element to the '>' of its start tag, that one included.
  Place StartTagPlace(pugi::xml_node element) const;
  // The same from the end of its name, or of its last attribute with the quote.
  Place StartTagPlace(Place name, uint32_t end) const {
    const auto closed = FindFrom('>', end) + 1;
    return {name.offset - 1, closed - name.offset + 1};
  }

  // From the '<' of an element to the '>' of its end tag. `content_end` is where its content ends,
  // the start tag for an element that holds nothing; a comment behind that gives the start tag
  // alone.
  Place ElementPlace(Place start_tag, uint32_t content_end) const;

  // Where a DOCTYPE node stands, as far as its name.
  Place DoctypePlace(pugi::xml_node doctype) const;

 private:
  // The first `c` at or behind `at`; mostly it stands there.
  uint32_t FindFrom(char c, uint32_t at) const {
    return at < text_.size() && text_[at] == c ? at : static_cast<uint32_t>(text_.find(c, at));
  }
  uint32_t Offset(const char* in_buffer) const {
    return static_cast<uint32_t>(in_buffer - buffer_);
  }
  std::optional<Malformed> CheckText(size_t first);
  std::optional<Malformed> CheckElement(pugi::xml_node element, uint32_t depth) const;
  std::optional<Malformed> DescribeName(Place name) const;

  std::string_view text_;
  std::string own_buffer_;
  const char* buffer_ = nullptr;
  bool all_utf8_ = true;
  pugi::xml_document document_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_XML_XML_DOCUMENT_H_
