#include "gate/rule_scope.h"

#include <algorithm>
#include <string_view>

#include "schema/sysmon.h"

namespace sluice {
namespace {

// Sets of `ContentClass`.
using Classes = uint8_t;
constexpr Classes Only(ContentClass content) {
  return static_cast<Classes>(1u << static_cast<unsigned>(content));
}
constexpr Classes kNothing = 0;
constexpr Classes kXml = Only(ContentClass::kXml);
constexpr Classes kConfiguration = kXml | Only(ContentClass::kConfigText);
constexpr Classes kBlobBytes = Only(ContentClass::kBlob);
constexpr Classes kBlob = kBlobBytes | Only(ContentClass::kBlobText);
constexpr Classes kSysmon = kConfiguration | kBlob;
constexpr Classes kChannelByIndex = Only(ContentClass::kChannelByIndex);
constexpr Classes kChannel = kChannelByIndex | Only(ContentClass::kChannelByName);
constexpr Classes kAll = kSysmon | kChannel;

struct Entry {
  std::string_view id;
  Classes with_fleet;
  Classes without_fleet;
};

constexpr Entry Always(std::string_view id, Classes classes) { return {id, classes, classes}; }
constexpr Entry WithFleet(std::string_view id, Classes classes) { return {id, classes, kNothing}; }

constexpr Entry kScopes[] = {
    Always("SL001", kAll),
    Always("SL101", kAll),
    Always("SL102", kAll),
    Always("SL103", kAll),
    Always("SL104", kAll),
    Always("SL105", kChannel),
    Always("SL106", kAll),
    Always("SL107", kConfiguration),
    Always("SL108", kXml),
    Always("SL109", kXml),
    Always("SL110", kXml),
    Always("SL111", kXml),
    Always("SL112", kXml),
    Always("SL113", kXml),
    Always("SL114", kXml),
    Always("SL115", kXml),
    Always("SL116", kConfiguration),
    Always("SL117", kXml),
    Always("SL118", kXml),
    Always("SL119", kConfiguration),
    Always("SL120", kConfiguration),
    Always("SL121", kConfiguration),
    Always("SL122", kConfiguration),
    Always("SL122", kConfiguration),
    WithFleet("SL201", kAll),
    WithFleet("SL202", kChannel),                 // only channel content declares fields
    WithFleet("SL203", kBlob | kChannelByIndex),  // what is looked up by name does not move
    WithFleet("SL204", kBlob | kChannel),         // a configuration states no value types
    WithFleet("SL205", kAll),
    WithFleet("SL206", kAll),
    WithFleet("SL207", kAll),
    WithFleet("SL208", kAll),
    {"SL209", kAll, kBlob},  // a blob of a binary version that no known sensor loads
    WithFleet("SL210", kConfiguration),
    WithFleet("SL211", kAll),
    WithFleet("SL212", kConfiguration),
    WithFleet("SL213", kConfiguration),
    Always("SL214", kSysmon),
    Always("SL501", kSysmon),
    Always("SL502", kSysmon),
    Always("SL503", kSysmon),
    Always("SL504", kSysmon),
    Always("SL505", kSysmon),
    Always("SL506", kSysmon),
    Always("SL507", kSysmon),
    Always("SL508", kSysmon),
    Always("SL509", kSysmon),
    Always("SL510", kSysmon),
    Always("SL511", kConfiguration),
    Always("SL512", kSysmon),
    Always("SL513", kSysmon),
    Always("SL514", kBlob),
    Always("SL515", kBlobBytes),
    Always("SL516", kSysmon),
    Always("SL517", kSysmon),
};
static_assert(std::ranges::is_sorted(kScopes, {}, &Entry::id));

const Entry* Find(const RuleInfo& rule) {
  const auto found = std::ranges::lower_bound(kScopes, rule.id, {}, &Entry::id);
  return found == std::end(kScopes) || found->id != rule.id ? nullptr : found;
}

}  // namespace

ContentClass ClassOf(const Content& content) {
  const bool is_text = content.kind() == "content-text";
  if (IsConfiguration(content)) return is_text ? ContentClass::kConfigText : ContentClass::kXml;
  if (IsBlob(content)) return is_text ? ContentClass::kBlobText : ContentClass::kBlob;
  return content.binding() == Binding::kByIndex ? ContentClass::kChannelByIndex
                                                : ContentClass::kChannelByName;
}

bool SpeaksOf(const RuleInfo& rule, ContentClass content, bool fleet) {
  const Entry* entry = Find(rule);
  if (entry == nullptr) return true;
  return ((fleet ? entry->with_fleet : entry->without_fleet) & Only(content)) != 0;
}

bool NeedsFleet(const RuleInfo& rule) {
  const Entry* entry = Find(rule);
  return entry != nullptr && entry->without_fleet == kNothing;
}

bool HasScope(const RuleInfo& rule) { return Find(rule) != nullptr; }

}  // namespace sluice
