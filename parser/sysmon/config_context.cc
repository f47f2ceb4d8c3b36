#include "parser/sysmon/config_context.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/config_value.h"
#include "parser/xml/text_encoding.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

Place Within(Place outer, Place inner) { return {outer.offset + inner.offset, inner.length}; }

}  // namespace

void ConfigContext::RefuseMore(uint64_t most, Place place, std::string_view what) {
  Malformed more{place, "configuration",
                 absl::StrCat("more than ", most, " ", Abseil(what), ", and no more are read")};
  more.over_limit = true;
  Refuse(std::move(more));
}

XmlValue ConfigContext::WithoutFlaws(XmlValue value) {
  const ValueFlaws flaws = FindFlaws(RawText(value), value.text, value.cdata);
  value.text = value.text.substr(0, flaws.kept);
  if (flaws.cut) Add(IrregularityKind::kValueCut, Within(value.place, *flaws.cut));
  if (flaws.unknown_entity) {
    const Place entity = Within(value.place, *flaws.unknown_entity);
    Add(IrregularityKind::kUnknownEntity, entity,
        document.text().substr(entity.offset, entity.length));
  }
  return value;
}

StartTag ConfigContext::ReadStartTag(pugi::xml_node element, uint32_t depth,
                                     const KnownAttributes& known) {
  StartTag tag;
  tag.name = element.name();
  tag.name_place = document.NamePlace(tag.name);
  if (depth > kMaxXmlDepth) Refuse(document.CheckSubtree(element, depth));
  Refuse(document.CheckName(tag.name_place));
  uint32_t end = tag.name_place.end();
  pugi::xml_attribute attribute = element.first_attribute();
  for (; attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    const ConfigAttribute read = ReadAttribute(attribute, name);
    end = read.value.place.end() + 1;
    const auto at = std::ranges::find(known, name);
    if (at == known.end()) {
      Add(IrregularityKind::kUnknownAttribute, read.name_place, name);
      continue;
    }
    ConfigAttribute& slot = tag.attributes[static_cast<size_t>(at - known.begin())];
    if (slot.present) {
      Add(IrregularityKind::kDuplicateAttribute, read.name_place, name);
    } else {
      slot = read;
    }
  }
  tag.place = document.StartTagPlace(tag.name_place, end);
  return tag;
}

ConfigAttribute ConfigContext::ReadAttribute(pugi::xml_attribute attribute, std::string_view name) {
  const Place place = document.NamePlace(name);
  Refuse(document.CheckName(place));
  return {.present = true, .name_place = place, .value = document.Value(attribute)};
}

ConfigLeaf ConfigContext::ReadLeaf(pugi::xml_node element, uint32_t depth, const StartTag& tag) {
  XmlValue value{.place = {tag.place.end(), 0}};
  uint32_t content_end = tag.place.end();
  bool found = false;
  bool has_elements = false;
  bool split = false;
  for (pugi::xml_node child = element.first_child(); child; child = child.next_sibling()) {
    if (!IsText(child)) {
      has_elements = true;
      Add(IrregularityKind::kIgnoredElement, document.StartTagPlace(child), child.name());
      if (!malformed && !subtree_checked) Refuse(document.CheckSubtree(child, depth + 1));
    } else if (!found) {
      found = true;
      const XmlValue raw = document.Value(child);
      constexpr uint32_t kCdataEnd = 3;
      content_end = raw.place.end() + (raw.cdata ? kCdataEnd : 0);
      value = Checked(raw);
    } else if (!split) {
      split = true;
      Add(IrregularityKind::kValueSplit, document.Value(child).place);
    }
  }
  return {value, document.ElementPlace(tag.place, content_end), has_elements};
}

void ConfigContext::IgnoreText(pugi::xml_node text_node) {
  const XmlValue value = document.Value(text_node);
  if (!std::ranges::all_of(value.text, IsXmlSpace)) IgnoreText(value.place);
}

// The place leaves out the white space around, so that it begins on the line of the text.
void ConfigContext::IgnoreText(Place place) {
  while (place.length > 0 && IsXmlSpace(document.text()[place.offset])) {
    ++place.offset;
    --place.length;
  }
  while (place.length > 0 && IsXmlSpace(document.text()[place.end() - 1])) --place.length;
  if (place.length > 0) Add(IrregularityKind::kIgnoredText, place);
}

std::optional<bool> ConfigContext::RelationIsOr(const ConfigAttribute& relation) {
  if (!relation.present) return std::nullopt;
  const XmlValue value = Checked(relation.value);
  if (value.text.empty()) return std::nullopt;
  if (EqualsIgnoreCase(value.text, "or")) return true;
  if (!EqualsIgnoreCase(value.text, "and")) {
    Add(IrregularityKind::kGroupRelationUnknown, value.place, value.text);
  }
  return false;
}

}  // namespace sluice
