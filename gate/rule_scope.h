// Which content a rule has anything to say about.

#ifndef SLUICE_GATE_RULE_SCOPE_H_
#define SLUICE_GATE_RULE_SCOPE_H_

#include <cstddef>
#include <cstdint>

#include "schema/content.h"
#include "schema/rule.h"

namespace sluice {

// Content as far as rules tell it apart: by format, dialect and binding.
enum class ContentClass : uint8_t {
  kXml,         // a Sysmon configuration itself
  kConfigText,  // its text form, which has nothing of what the sensor drops
  kBlob,        // a Sysmon rule blob itself
  kBlobText,    // its text form
  kChannelByIndex,
  kChannelByName,
};
inline constexpr size_t kContentClasses = 6;

ContentClass ClassOf(const Content& content);

// False for a rule that cannot find anything in content of this class, whatever is in it: what a
// blob's bytes hide, in a configuration. `fleet` is whether sensors are asked: most of SL2xx find
// nothing without. Asked for by name, such a rule has checked nothing.
bool SpeaksOf(const RuleInfo& rule, ContentClass content, bool fleet);

// True for a rule that finds nothing without a fleet in content of any class.
bool NeedsFleet(const RuleInfo& rule);

// Whether the table knows the rule; it speaks of everything otherwise.
bool HasScope(const RuleInfo& rule);

}  // namespace sluice

#endif  // SLUICE_GATE_RULE_SCOPE_H_
