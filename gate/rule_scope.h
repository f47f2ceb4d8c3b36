// Which content a rule has anything to say about.

#ifndef SLUICE_GATE_RULE_SCOPE_H_
#define SLUICE_GATE_RULE_SCOPE_H_

#include "schema/content.h"
#include "schema/rule.h"

namespace sluice {

// False for a rule that cannot find anything in content of this kind, whatever is in it: what a
// blob's bytes hide, in a configuration. Asked for by name, such a rule has checked nothing.
bool SpeaksOf(const RuleInfo& rule, const Content& content);

}  // namespace sluice

#endif  // SLUICE_GATE_RULE_SCOPE_H_
