// SL637 number-reread
//
// A plain value that YAML takes for another number than it shows.
//
// Sigma's tools read YAML 1.1: `012` is ten, `0x1F` is 31, `12:30` is 750, `1_000` is a thousand.
// YAML 1.2 reads some of these as text or as other numbers. What the rule was to look for, as it
// stands there, is looked for by nobody.
//
//   GrantedAccess: 0x1410        # '0x1410'
//   CommandLine: 12:30           # '12:30'
//   EventID: 1_102               # 1102
//
// Fix: quote what is meant as text; write a number in decimal digits alone.
//
// Source: YAML 1.1, language-independent types (int, float); YAML 1.2.2, section 10.3.

#include <algorithm>
#include <string_view>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL637;

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What YAML takes the text of a number for; empty where that is what it shows.
std::string_view ReadAs(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.starts_with("0x")) return "a hexadecimal number";
  if (text.starts_with("0b")) return "a binary number";
  if (text.find(':') != std::string_view::npos) return "a number to the base of 60";
  if (text.find('_') != std::string_view::npos) return "a number without the '_'";
  const bool octal = text.size() > 1 && text[0] == '0' && std::ranges::all_of(text, IsDigit);
  return octal ? "an octal number" : std::string_view();
}

// Whether the text, and no number, is what the field can have.
bool IsMeantAsText(const RuleInput& in, const Criterion& criterion) {
  if (!TestsText(criterion.op) || criterion.time_part != TimePart::kWhole) return false;
  switch (in.self.field(criterion).type) {
    case ValueType::kUint16:
    case ValueType::kUint32:
    case ValueType::kUint64:
    case ValueType::kInt64:
      return false;
    default:
      return in.content.field(criterion).name != "EventID";
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content,
               [&](const Instance& instance, const Criterion& criterion, const Written& written) {
                 if (written.type != ScalarType::kNumber || written.quoted) return;
                 const std::string_view read_as = ReadAs(written.value);
                 if (read_as.empty()) return;
                 const Place place = ValuePlace(in.content, criterion);
                 Finding* f = out.Report(kSL637, place, &instance, &criterion);
                 if (f == nullptr) return;
                 const bool gap = read_as.ends_with("'_'");
                 SayValue(in, criterion, *f, "is read as another number",
                          Cat("YAML takes ", ValueLabel(in.content, criterion), " for ", read_as),
                          "quote what is meant as text; write a number in decimal digits alone");
                 // A gap between digits is mostly one in a number.
                 if (!gap && IsMeantAsText(in, criterion)) f->fix = PutInQuotes(in.content, place);
               });
}

}  // namespace

const Rule kSL637 = {
    {"SL637", "number-reread", Severity::kWarning, Category::kHygiene,
     "a plain value that YAML takes for another number than it shows", kSigmaFiles},
    Check};

}  // namespace sluice
