#include "schema/sigma_reading.h"

#include <algorithm>
#include <span>
#include <utility>

#include "schema/rule_text.h"

namespace sluice {
namespace {

// In a rule of more criteria no key is looked for.
constexpr size_t kMostCriteria = 1000;

// Whether no key of the rule is what the key at `place` is without these bytes and the '|' before
// them.
bool LeavesKeysDistinct(std::span<const Criterion> criteria, Place place) {
  const auto criterion = std::ranges::find_if(criteria, [&](const Criterion& c) {
    return c.operator_place.offset <= place.offset && place.end() <= c.operator_place.end();
  });
  if (criterion == criteria.end() || criteria.size() > kMostCriteria) return false;
  const size_t at = place.offset - criterion->operator_place.offset;
  std::string left(criterion->operator_text);
  if (at + place.length > left.size()) return false;
  // The first modifier has its '|' outside of the text.
  const size_t before = at > 0 ? 1 : 0;
  const size_t behind = at == 0 && left.size() > place.length ? 1 : 0;
  left.erase(at - before, place.length + before + behind);
  return std::ranges::none_of(criteria, [&](const Criterion& c) {
    return c.field == criterion->field && c.operator_text == left;
  });
}

}  // namespace

std::string_view TextAt(const Content& content, Place place) {
  const std::string_view text = content.text();
  return place.offset > text.size() ? std::string_view() : text.substr(place.offset, place.length);
}

uint32_t IndexOf(const Content& content, const Instance& instance) {
  return static_cast<uint32_t>(&instance - content.instances().data());
}

void Replace(const Content& content, Place place, std::string_view from, std::string to,
             Finding& finding) {
  if (TextAt(content, place) == from) finding.fix.push_back({place, std::move(to)});
}

void RemoveModifier(const Content& content, const Irregularity& irregularity, Finding& finding) {
  const Instance* instance = InstanceOf(content, irregularity);
  const Place place = irregularity.place;
  if (instance == nullptr || instance->incomplete || place.offset < 2) return;
  if (TextAt(content, place) != irregularity.detail) return;
  const std::string_view before = content.text().substr(place.offset - 2, 2);
  const bool field = std::string_view(" \t\r\n'\",{[").find(before[0]) == std::string_view::npos;
  if (before[1] != '|' || !field) return;
  if (!LeavesKeysDistinct(content.criteria(*instance), place)) return;
  finding.fix.push_back({{place.offset - 1, place.length + 1}, ""});
}

}  // namespace sluice
