// What the parts of the configuration reader share: the document, the content being built, and how
// values, attributes and ignored text are taken.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_CONTEXT_H_
#define SLUICE_PARSER_SYSMON_CONFIG_CONTEXT_H_

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string_view>

#include "parser/xml/xml_document.h"
#include "schema/content.h"
#include "schema/content_builder.h"
#include "schema/place.h"

namespace sluice {

// Elements and attributes of a configuration know at most two attributes.
using AttributePair = std::array<pugi::xml_attribute, 2>;

struct ConfigContext {
  const XmlDocument& document;
  ContentBuilder& builder;
  // The instance that irregularities belong to: the one being read, otherwise kNone.
  uint32_t instance = kNone;

  // Records an irregularity of the instance, or of the file.
  void Add(IrregularityKind kind, Place place, std::string_view detail = {}) const;

  // The value as the sensor gets it: cut at a NUL or a byte that is not UTF-8, which is recorded, as is
  // an entity that the sensor does not know. The place is that of all of the raw value.
  XmlValue Value(pugi::xml_attribute attribute) const {
    return Checked(document.Value(attribute));
  }
  XmlValue Value(pugi::xml_node text_node) const { return Checked(document.Value(text_node)); }

  // What Sysmon takes for the value of an element: its first text or CDATA. Without one the value is
  // empty, with a place of length 0 behind the start tag. Records text that follows, and elements.
  XmlValue ElementValue(pugi::xml_node element) const;

  // The first attributes of the names `known`, in that order and null where there is none. Records the
  // others, and those that stand twice. In linear time.
  AttributePair Attributes(pugi::xml_node element,
                           std::initializer_list<std::string_view> known) const;

  // Records text or CDATA where the sensor reads none, unless it is white space.
  void IgnoreText(pugi::xml_node text_node) const;

  // Whether a `groupRelation` says "or" (true) or anything else, which the sensor takes for "and";
  // nullopt when it is absent or empty. Records what is neither word.
  std::optional<bool> RelationIsOr(pugi::xml_attribute relation) const;

 private:
  XmlValue Checked(XmlValue value) const;
};

// True for text and CDATA.
inline bool IsText(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_CONTEXT_H_
