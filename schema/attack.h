// The identifiers of MITRE ATT&CK that tags of rules name.
//
// Source: MITRE ATT&CK (https://attack.mitre.org), Enterprise, v15 to v18, and the tactics of v19.
// Techniques of the Mobile and ICS matrices are taken as they are, and so is every technique newer
// than the table: a rule may be ahead of it.

#ifndef SLUICE_SCHEMA_ATTACK_H_
#define SLUICE_SCHEMA_ATTACK_H_

#include <cstdint>
#include <string_view>

namespace sluice {

enum class AttackState : uint8_t {
  kKnown,
  kWithdrawn,            // was one: revoked or deprecated
  kUnknown,              // no such technique, or the text is no identifier
  kUnknownSubTechnique,  // the technique is known, and has none of this number
};

struct AttackAnswer {
  AttackState state = AttackState::kUnknown;
  // kWithdrawn: what takes its place, "t1059.001"; empty where nothing does.
  std::string_view successor;
};

// `text` is "t1059" or "t1059.001", in any case.
AttackAnswer FindAttackTechnique(std::string_view text);

// The tactic that `text` names in lower case, be it with '_' or ' ' for '-', as Sigma writes it
// ("defense-evasion"); empty for none.
std::string_view FindAttackTactic(std::string_view text);

// "g0016", "s0154": groups and software, by their form alone.
bool IsAttackGroupOrSoftware(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_ATTACK_H_
