// SL122 option-is-record
//
// The options ImageLoad and NetworkConnect change the records of the event that has their name.
//
// Their value is a list of programs. Sysmon puts one condition on Image for each of them before the
// conditions of every record of that event whose matches are included. One whose matches are
// excluded it refuses: that is an error. Where no record takes the conditions, it adds one of its
// own behind all others. The rules in the file say none of this, so what is left is a warning; what
// records with such conditions do is not checked.
//
//   <Sysmon schemaversion="4.50">
//     <NetworkConnect>a.exe,b.exe</NetworkConnect>
//     <EventFiltering>
//       <NetworkConnect onmatch="exclude"> ... </NetworkConnect>     <!-- refused -->
//
// An option behind one that no sensor knows is never read (SL119).
//
// Fix: write the programs as conditions on Image in a record, and leave the option out.
//
// Source: Sysmon rule blob, section 5.2 (step 8).

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL122;

namespace {

constexpr std::string_view kHelp =
    "write the programs as conditions on Image in a record, and leave the option out";

// The first option of this name that the sensor reads; nullptr when there is none.
const Setting* FindRead(const RuleInput& in, std::string_view name) {
  const std::span<const Setting> settings = in.content.settings();
  const auto option = std::ranges::find_if(
      settings, [&](const Setting& setting) { return EqualsIgnoreCase(setting.name, name); });
  if (option == settings.end()) return nullptr;
  const SensorSet lists = ListsOptions(in.self);
  const bool lost =
      lists.any() && std::any_of(settings.begin(), option, [&](const Setting& before) {
        return (lists & ~WithoutOption(in.self, before.name)).none();
      });
  return lost ? nullptr : &*option;
}

void ReportRefused(const RuleInput& in, Reporter& out, const Instance& instance) {
  Finding* f = out.Report(kSL122, instance.place, &instance);
  if (f == nullptr) return;
  const std::string type = TypeLabel(in.content, instance.type);
  Say(*f, "refuses the record",
      Cat("with the option ", type, " the sensor takes no ", type, " record that excludes"), kHelp);
}

void CheckOption(const RuleInput& in, Reporter& out, std::string_view name) {
  const Setting* const option = FindRead(in, name);
  if (option == nullptr) return;
  bool taken = false;
  for (const Instance& instance : in.content.instances()) {
    if (in.content.type(instance).name != name) continue;
    if (DefaultIncludes(in.content, in.self, instance)) {
      ReportRefused(in, out, instance);
    } else {
      taken = true;
    }
  }
  Finding* f = out.Report(kSL122, option->place);
  if (f == nullptr) return;
  f->severity = Severity::kWarning;
  f->field = Printable(option->name);
  Say(*f,
      taken ? Cat("puts conditions into every ", name, " record") : Cat("adds a record of ", name),
      Cat("the programs of the option ", f->field, " become conditions on Image of ",
          taken ? "the records of that event" : "a record that stands nowhere in the file"),
      kHelp);
}

void Check(const RuleInput& in, Reporter& out) {
  if (!IsConfiguration(in.content) || in.content.settings().empty()) return;
  CheckOption(in, out, "ImageLoad");
  CheckOption(in, out, "NetworkConnect");
}

}  // namespace

const Rule kSL122 = {{"SL122", "option-is-record", Severity::kError, Category::kInvalid,
                      "an option that changes the records of an event", kConfigurations},
                     Check};

}  // namespace sluice
