// SL607 registry-root
//
// A registry path that begins as Sysmon never writes it.
//
// Sysmon writes the roots as HKLM, HKU and HKCR (and \REGISTRY for what has no such root). The keys
// of the current user stand under HKU with the user's SID: neither HKCU nor a name in full occurs.
//
//   TargetObject|startswith: 'HKCU\Software\Run'
//   TargetObject|startswith: 'HKEY_LOCAL_MACHINE\System'
//
// Fix: write the short root; for the current user look for the path behind it with `contains`.
//
// Source: Sysmon's documentation, events 12 to 14 (abbreviated root keys).

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_fields.h"
#include "schema/text.h"

namespace sluice {

extern const Rule kSL607;

namespace {

struct Root {
  std::string_view name;
  std::string_view instead;  // empty: there is none
};
constexpr Root kRoots[] = {
    {"HKEY_LOCAL_MACHINE", "HKLM"},
    {"HKEY_USERS", "HKU"},
    {"HKEY_CLASSES_ROOT", "HKCR"},
    {"HKEY_CURRENT_USER", ""},
    {"HKEY_CURRENT_CONFIG", ""},
    {"HKCU", ""},
    {"HKCC", ""},
    {"Computer\\HKEY_", ""},
    {"HKLM:", "HKLM"},
    {"HKCU:", ""},
    {"HKEY_PERFORMANCE_DATA", ""},
};

// The root that `text` begins with, and that no registry path of an event has.
const Root* WrongRoot(std::string_view text) {
  for (const Root& root : kRoots) {
    if (text.size() < root.name.size() ||
        !EqualsIgnoreCase(text.substr(0, root.name.size()), root.name)) {
      continue;
    }
    const bool whole = root.name.back() == '_' || text.size() == root.name.size() ||
                       text[root.name.size()] == '\\';
    if (whole) return &root;
  }
  return nullptr;
}

bool BeginsPath(Operator op) {
  return op == Operator::kEquals || op == Operator::kStartsWith || op == Operator::kGlob;
}

void AddFix(const Content& content, const Operand& operand, const Root& root, Finding& f) {
  const size_t size = root.name.size();
  if (root.instead.empty() || operand.place.length < size) return;
  const char first = content.text()[operand.place.offset];
  const uint32_t quote = first == '\'' || first == '"' ? 1 : 0;
  const Place place = {operand.place.offset + quote, static_cast<uint32_t>(size)};
  if (!EqualsIgnoreCase(content.text().substr(place.offset, place.length), root.name)) return;
  f.fix.push_back({place, std::string(root.instead)});
}

void CheckCriterion(const RuleInput& in, Reporter& out, const Instance& instance,
                    const Criterion& criterion) {
  const auto operands = in.content.operands(criterion);
  if (operands.size() != 1) return;
  const Root* root = WrongRoot(operands[0].text);
  if (root == nullptr) return;
  Finding* f = out.Report(kSL607, operands[0].place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = FieldLabel(in.content, in.self, criterion);
  Say(*f, kNeverMatches, Cat("no ", f->field, " of an event begins with ", Quoted(root->name)),
      root->instead.empty() ? "look for the path behind the root with contains"
                            : "write HKLM, HKU or HKCR");
  AddFix(in.content, operands[0], *root, *f);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!IsWindowsSensorRule(in, instance)) return;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      if (!BeginsPath(criterion.op) || (criterion.flags & kNegated) != 0) continue;
      const std::string_view field = in.content.field(criterion).name;
      if (field != "TargetObject" && field != "NewName") continue;
      CheckCriterion(in, out, instance, criterion);
    }
  });
}

}  // namespace

const Rule kSL607 = {{"SL607", "registry-root", Severity::kWarning, Category::kHygiene,
                      "a registry path that begins as no event writes it", kSigmaFiles},
                     Check};

}  // namespace sluice
