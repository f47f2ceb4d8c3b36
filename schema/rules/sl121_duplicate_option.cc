// SL121 duplicate-option
//
// An option stands in the configuration twice, names in any case.
//
// An option has one value. What the other one says is lost without a word.
//
//   <DnsLookup>False</DnsLookup>
//   <HashAlgorithms>MD5</HashAlgorithms>
//   <DnsLookup>True</DnsLookup>
//
// Fix: keep the one that was meant.
//
// Source: Sysmon rule blob, section 5.2 (step 8): options are read one after another by name.

#include "schema/criterion_key.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL121;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  const std::span<const Setting> settings = in.content.settings();
  if (!IsConfiguration(in.content) || settings.size() < 2) return;
  KeyTable table(settings.size());
  for (uint32_t i = 0; i < settings.size(); ++i) {
    const uint32_t first = table.FindOrAdd(FoldedHash(settings[i].name), i);
    if (first == kNone || !EqualsIgnoreCase(settings[first].name, settings[i].name)) continue;
    Finding* f = out.Report(kSL121, settings[i].place);
    if (f == nullptr) continue;
    f->field = Printable(settings[i].name);
    const bool same = settings[first].value == settings[i].value;
    if (same) f->severity = Severity::kWarning;
    Say(*f, same ? "counts it once" : "uses one of the values",
        Cat("the option ", f->field, " stands earlier in the file too",
            same ? "" : ", with another value"),
        "keep the one that was meant");
  }
}

}  // namespace

const Rule kSL121 = {{"SL121", "duplicate-option", Severity::kError, Category::kInvalid,
                      "the same setting twice", kConfigurations},
                     Check};

}  // namespace sluice
