#include "gate/rule_scope.h"

#include <algorithm>
#include <string_view>

#include "schema/sysmon.h"

namespace sluice {
namespace {

enum class Scope {
  kXml,            // the XML itself, of which no other form keeps what the sensor drops
  kConfiguration,  // the XML or its text form
  kBlobBytes,      // the blob itself
  kBlob,           // the blob or its text form
  kSysmon,         // all of these
  kOthers,         // none of these
};

struct Entry {
  std::string_view id;
  Scope scope;
};

// Rules that are not here speak of everything.
constexpr Entry kScopes[] = {
    {"SL105", Scope::kOthers},        {"SL107", Scope::kConfiguration},
    {"SL108", Scope::kXml},           {"SL109", Scope::kXml},
    {"SL110", Scope::kXml},           {"SL111", Scope::kXml},
    {"SL112", Scope::kXml},           {"SL113", Scope::kXml},
    {"SL114", Scope::kXml},           {"SL115", Scope::kXml},
    {"SL116", Scope::kConfiguration}, {"SL117", Scope::kXml},
    {"SL118", Scope::kXml},           {"SL119", Scope::kConfiguration},
    {"SL120", Scope::kConfiguration}, {"SL121", Scope::kConfiguration},
    {"SL210", Scope::kConfiguration}, {"SL212", Scope::kConfiguration},
    {"SL213", Scope::kConfiguration}, {"SL502", Scope::kSysmon},
    {"SL505", Scope::kSysmon},        {"SL506", Scope::kSysmon},
    {"SL507", Scope::kSysmon},        {"SL508", Scope::kSysmon},
    {"SL509", Scope::kSysmon},        {"SL510", Scope::kSysmon},
    {"SL511", Scope::kConfiguration}, {"SL512", Scope::kSysmon},
    {"SL514", Scope::kBlob},          {"SL515", Scope::kBlobBytes},
    {"SL516", Scope::kSysmon},        {"SL517", Scope::kSysmon},
};
static_assert(std::ranges::is_sorted(kScopes, {}, &Entry::id));

bool Holds(Scope scope, const Content& content) {
  switch (scope) {
    case Scope::kXml:
      return content.kind() == "sysmon-xml";
    case Scope::kConfiguration:
      return IsConfiguration(content);
    case Scope::kBlobBytes:
      return content.kind() == "sysmon-blob";
    case Scope::kBlob:
      return IsBlob(content);
    case Scope::kSysmon:
      return content.dialect() == Dialect::kSysmon;
    case Scope::kOthers:
      return content.dialect() != Dialect::kSysmon;
  }
  return true;
}

}  // namespace

bool SpeaksOf(const RuleInfo& rule, const Content& content) {
  const auto found = std::ranges::lower_bound(kScopes, rule.id, {}, &Entry::id);
  if (found == std::end(kScopes) || found->id != rule.id) return true;
  return Holds(found->scope, content);
}

}  // namespace sluice
