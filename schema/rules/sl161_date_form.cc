// SL161 date-form
//
// `date` or `modified` is no date of the form YYYY-MM-DD.
//
// Sigma 2 takes ISO 8601 only. The form with slashes is that of Sigma 1, which newer tools refuse
// or warn about; other orders of day and month are read differently by every reader.
//
//   date: 2024/05/01
//   modified: 01.06.2024
//
// Fix: write the year, the month and the day, in that order: 2024-05-01.
//
// Source: Sigma specification 2.1.0, Sigma rules, "date".

#include <string>

#include "absl/strings/str_format.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL161;

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The same day in ISO 8601, when `text` is year, month and day with other or fewer characters.
std::string AsIso(std::string_view text) {
  int parts[3] = {};
  size_t at = 0;
  for (size_t part = 0; part < 3; ++part) {
    size_t digits = 0;
    for (; at < text.size() && IsDigit(text[at]); ++at, ++digits) {
      if (digits == 4) return "";
      parts[part] = parts[part] * 10 + (text[at] - '0');
    }
    if (part == 0 ? digits != 4 : digits == 0 || digits > 2) return "";
    if (part < 2 &&
        (at == text.size() || std::string_view("/.-").find(text[at++]) == std::string_view::npos))
      return "";
  }
  if (at != text.size() || !Exists({parts[0], parts[1], parts[2]})) return "";
  return absl::StrFormat("%04d-%02d-%02d", parts[0], parts[1], parts[2]);
}

void CheckOne(const RuleInput& in, Reporter& out, const Instance& instance, std::string_view key) {
  const Attribute* date = ScalarOf(in.content, instance, key);
  if (date == nullptr || ReadSigmaDate(date->value)) return;
  Finding* f = out.Report(kSL161, date->place, &instance);
  if (f == nullptr) return;
  const std::string iso = AsIso(date->value);
  if (!iso.empty()) f->fix = ReplaceValue(in.content, *date, iso);
  Say(*f, kRefusedByTools, Cat(Quoted(date->value), " is no date of the form YYYY-MM-DD"),
      iso.empty() ? std::string("write year-month-day, such as 2024-05-01") : Cat("write ", iso));
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    CheckOne(in, out, instance, "date");
    CheckOne(in, out, instance, "modified");
  });
}

}  // namespace

const Rule kSL161 = {{"SL161", "date-form", Severity::kWarning, Category::kInvalid,
                      "a date that is not written YYYY-MM-DD", kSigmaFiles},
                     Check};

}  // namespace sluice
