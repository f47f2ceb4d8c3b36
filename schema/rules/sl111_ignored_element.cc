// SL111 ignored-element
//
// An element, or other markup, that Sysmon does not read where it stands: an element inside a
// condition, a second root element, a document type.
//
// It is skipped without a word, with all that is in it. A document type declares nothing: Sysmon
// puts its own in front and validates nothing against it.
//
//   <EventFiltering>
//     <ProcessCreate onmatch="include">
//       <Image condition="is">a.exe<CommandLine>b</CommandLine></Image>     <!-- CommandLine:
//       ignored -->
//
// Fix: move the element to where Sysmon reads it, or remove it.
//
// Source: Sysmon rule blob, sections 5.1 and 5.2.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL111;

namespace {

constexpr std::string_view kEffect = "ignores the element";

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL111, IrregularityKind::kIgnoredElement,
      [](Finding& f, const Irregularity& irregularity) {
        Say(f, kEffect, Cat("nothing reads the element ", Quoted(irregularity.detail), " here"),
            "move it to where Sysmon reads it, or remove it");
      });
  ReportIrregularities(in, out, kSL111, IrregularityKind::kSecondRoot,
                       [](Finding& f, const Irregularity&) {
                         Say(f, kEffect, "only the first root element is read",
                             "keep one <Sysmon> element in the file");
                       });
  ReportIrregularities(
      in, out, kSL111, IrregularityKind::kDocumentType, [](Finding& f, const Irregularity&) {
        f.severity = Severity::kWarning;
        Say(f, "ignores the document type",
            "the document type is skipped with everything it declares", "remove it");
      });
}

}  // namespace

const Rule kSL111 = {{"SL111", "ignored-element", Severity::kError, Category::kInvalid,
                      "an element that the sensor ignores", kConfigurationFiles},
                     Check};

}  // namespace sluice
