// SL118 encoding-ignored
//
// The file declares an encoding that Sysmon does not honour.
//
// Only ISO-8859-1 is converted, under that name. UTF-16LE is recognised by its bytes. Everything
// else is read as UTF-8, and a text stops at the first byte that is not.
//
//   <?xml version="1.0" encoding="windows-1252"?>
//
// Fix: save the file as UTF-8 and declare that.
//
// Source: Sysmon rule blob, section 5.1.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL118;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL118, IrregularityKind::kEncodingIgnored,
      [](Finding& f, const Irregularity& irregularity) {
        Say(f, "ignores the encoding",
            Cat("the declared encoding ", Quoted(irregularity.detail), " is not honoured"),
            "save the file as UTF-8 and declare that");
      });
}

}  // namespace

const Rule kSL118 = {{"SL118", "encoding-ignored", Severity::kWarning, Category::kInvalid,
                      "a declared encoding that the sensor does not honour", kConfigurationFiles},
                     Check};

}  // namespace sluice
