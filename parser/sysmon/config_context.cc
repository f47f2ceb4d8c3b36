#include "parser/sysmon/config_context.h"

#include <algorithm>

#include "parser/sysmon/config_value.h"
#include "parser/xml/text_encoding.h"
#include "schema/text.h"

namespace sluice {
namespace {

Place Within(Place outer, Place inner) { return {outer.offset + inner.offset, inner.length}; }

}  // namespace

void ConfigContext::Add(IrregularityKind kind, Place place, std::string_view detail) const {
  builder.AddIrregularity({kind, place, instance, detail});
}

XmlValue ConfigContext::Checked(XmlValue value) const {
  const std::string_view raw = document.text().substr(value.place.offset, value.place.length);
  if (document.all_utf8() && (value.cdata || raw.find('&') == std::string_view::npos)) return value;
  const ValueFlaws flaws = FindFlaws(raw, value.text, value.cdata);
  value.text = value.text.substr(0, flaws.kept);
  if (flaws.cut) Add(IrregularityKind::kValueCut, Within(value.place, *flaws.cut));
  if (flaws.unknown_entity) {
    const Place entity = Within(value.place, *flaws.unknown_entity);
    Add(IrregularityKind::kUnknownEntity, entity,
        document.text().substr(entity.offset, entity.length));
  }
  return value;
}

XmlValue ConfigContext::ElementValue(pugi::xml_node element) const {
  XmlValue value;
  bool found = false;
  bool split = false;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_element) {
      Add(IrregularityKind::kIgnoredElement, document.StartTagPlace(child), child.name());
    } else if (IsText(child) && !found) {
      found = true;
      value = Value(child);
    } else if (IsText(child) && !split) {
      split = true;
      Add(IrregularityKind::kValueSplit, document.Value(child).place);
    }
  }
  if (!found) value.place = {document.StartTagPlace(element).end(), 0};
  return value;
}

AttributePair ConfigContext::Attributes(pugi::xml_node element,
                                        std::initializer_list<std::string_view> known) const {
  AttributePair found;
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    const std::string_view name = attribute.name();
    const auto at = std::ranges::find(known, name);
    if (at == known.end()) {
      Add(IrregularityKind::kUnknownAttribute, document.NamePlace(attribute), name);
      continue;
    }
    pugi::xml_attribute& slot = found[static_cast<size_t>(at - known.begin())];
    if (slot) {
      Add(IrregularityKind::kDuplicateAttribute, document.NamePlace(attribute), name);
    } else {
      slot = attribute;
    }
  }
  return found;
}

void ConfigContext::IgnoreText(pugi::xml_node text_node) const {
  const XmlValue value = document.Value(text_node);
  if (std::ranges::all_of(value.text, IsXmlSpace)) return;
  // The place leaves out the white space around, so that it begins on the line of the text.
  Place place = value.place;
  while (place.length > 0 && IsXmlSpace(document.text()[place.offset])) {
    ++place.offset;
    --place.length;
  }
  while (place.length > 0 && IsXmlSpace(document.text()[place.end() - 1])) --place.length;
  Add(IrregularityKind::kIgnoredText, place);
}

std::optional<bool> ConfigContext::RelationIsOr(pugi::xml_attribute relation) const {
  if (!relation) return std::nullopt;
  const XmlValue value = Value(relation);
  if (value.text.empty()) return std::nullopt;
  if (EqualsIgnoreCase(value.text, "or")) return true;
  if (!EqualsIgnoreCase(value.text, "and")) {
    Add(IrregularityKind::kGroupRelationUnknown, value.place, value.text);
  }
  return false;
}

}  // namespace sluice
