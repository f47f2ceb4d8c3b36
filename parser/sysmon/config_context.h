// What the parts of the configuration reader share: the document, the content being built, and how
// elements, values and ignored text are taken.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_CONTEXT_H_
#define SLUICE_PARSER_SYSMON_CONFIG_CONTEXT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string_view>

#include "parser/reader.h"
#include "parser/xml/xml_document.h"
#include "schema/content.h"
#include "schema/content_builder.h"
#include "schema/limits.h"
#include "schema/place.h"

namespace sluice {

// The attributes that an element knows: at most two, the others empty.
using KnownAttributes = std::array<std::string_view, 2>;

struct ConfigAttribute {
  bool present = false;
  Place name_place;
  XmlValue
      value;  // as pugixml gives it; `ConfigContext::Checked` gives what the sensor makes of it
};

struct StartTag {
  std::string_view name;
  Place name_place;
  Place place;
  std::array<ConfigAttribute, 2> attributes;  // the first of each known name
};

// An element that is read for its value.
struct ConfigLeaf {
  XmlValue value;
  Place place;  // with its end tag, where that follows the value
  bool has_elements = false;
};

struct ConfigContext {
  ConfigContext(const XmlDocument& of, ContentBuilder& to) : document(of), builder(to) {}

  const XmlDocument& document;
  ContentBuilder& builder;
  // The instance that irregularities belong to: the one being read, otherwise kNone.
  uint32_t instance = kNone;
  // Names and depth of the element being read, and of all below it, have been checked before, as
  // part of what it stands in: checking them for each of the elements around takes too long.
  bool subtree_checked = false;
  // Set once something breaks a limit: then what is built is no use.
  std::optional<Malformed> malformed;

  // Records an irregularity of the instance, or of the file.
  void Add(IrregularityKind kind, Place place, std::string_view detail = {}) {
    if (CountAgainstLimit(&irregularities_, place, "things that the sensor drops or misreads")) {
      builder.AddIrregularity({kind, place, instance, detail});
    }
  }

  // Counts an event or field by a name that did not stand in the file before. Sensors know some
  // hundreds.
  void CountName(Place place) {
    CountAgainstLimit(&names_, place, "different names of events and fields");
  }

  // Counts an event record that holds no condition.
  void CountEmptyRecord(Place place) {
    CountAgainstLimit(&empty_records_, place, "event records without a condition");
  }

  // The value as the sensor gets it: cut at a NUL or a byte that is not UTF-8, which is recorded,
  // as is an entity that the sensor does not know. The place is that of all of the raw value.
  XmlValue Checked(const XmlValue& value) {
    const bool entities = !value.cdata && RawText(value).find('&') != std::string_view::npos;
    return entities || !document.all_utf8() ? WithoutFlaws(value) : value;
  }

  // The start tag of an element that stands `depth` deep. Records attributes that it does not know
  // and those that stand twice. In linear time.
  StartTag ReadStartTag(pugi::xml_node element, uint32_t depth, const KnownAttributes& known);

  // What Sysmon takes for the value of an element: its first text or CDATA. Without one the value
  // is empty, with a place of length 0 behind the start tag. Records text that follows, and
  // elements.
  ConfigLeaf ReadLeaf(pugi::xml_node element, uint32_t depth, const StartTag& tag);

  // Records text or CDATA where the sensor reads none, unless it is white space.
  void IgnoreText(pugi::xml_node text_node);
  void IgnoreText(Place place);

  // Whether a `groupRelation` says "or" (true) or anything else, which the sensor takes for "and";
  // nullopt when it is absent or empty. Records what is neither word.
  std::optional<bool> RelationIsOr(const ConfigAttribute& relation);

  // Keeps the first thing that is malformed.
  void Refuse(std::optional<Malformed> found) {
    if (found && !malformed) malformed = std::move(found);
  }

  // Says that the condition that stands at `place` is one of too many, if it is.
  void CheckConditions(Place place) {
    const uint64_t most = kMinConditions + document.text().size() / kBytesPerCondition;
    if (builder.criterion_count() >= most) RefuseMore(most, place, "conditions");
  }

  // Counts a condition without a value.
  void CountEmptyCondition(Place place) {
    CountAgainstLimit(&empty_conditions_, place, "conditions without a value");
  }

 private:
  // False when there are more than `kMaxIdle`: then the file is not read on.
  bool CountAgainstLimit(uint32_t* count, Place place, std::string_view what) {
    if (++*count <= kMaxIdle) return true;
    RefuseMore(kMaxIdle, place, what);
    return false;
  }
  void RefuseMore(uint64_t most, Place place, std::string_view what);
  std::string_view RawText(const XmlValue& value) const {
    return document.text().substr(value.place.offset, value.place.length);
  }
  XmlValue WithoutFlaws(XmlValue value);
  ConfigAttribute ReadAttribute(pugi::xml_attribute attribute, std::string_view name);

  uint32_t irregularities_ = 0;
  uint32_t empty_records_ = 0;
  uint32_t empty_conditions_ = 0;
  uint32_t names_ = 0;
};

// True for text and CDATA.
inline bool IsText(pugi::xml_node node) {
  const pugi::xml_node_type type = node.type();
  return type == pugi::node_pcdata || type == pugi::node_cdata;
}

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_CONTEXT_H_
