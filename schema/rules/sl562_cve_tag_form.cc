// SL562 cve-tag-form
//
// A tag in `cve` is not a year, `-` and four or more digits.
//
//   tags:
//     - cve.2021.44228
//     - cve.cve-2021-44228
//
// Nothing that looks for the vulnerability finds the rule.
//
// Fix: write cve.2021-44228.
//
// Source: Sigma specification 2.1.0, appendix on tags.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL562;

namespace {

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsCve(std::string_view name) {
  return name.size() >= 9 && name[4] == '-' && IsNumber(name.substr(0, 4)) &&
         IsNumber(name.substr(5)) && (name.starts_with("19") || name.starts_with("20"));
}

// The tag as it should be, when year and number are there with other characters about them.
std::string Mended(std::string_view name) {
  if (name.size() > 4 && EqualsIgnoreCase(name.substr(0, 3), "cve")) name.remove_prefix(4);
  if (name.size() < 9 || std::string_view(".-_").find(name[4]) == std::string_view::npos) return "";
  const std::string tried = Cat(name.substr(0, 4), "-", name.substr(5));
  return IsCve(tried) ? Cat("cve.", tried) : "";
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    const std::string_view name = InNamespace(tag.value, "cve");
    if (name.empty() || IsCve(name)) return;
    Finding* f = out.Report(kSL562, tag.place, &instance);
    if (f == nullptr) return;
    const std::string mended = Mended(name);
    if (!mended.empty()) f->fix = ReplaceValue(in.content, tag, mended);
    Say(*f, "is not found under its vulnerability",
        Cat("the tag ", Quoted(tag.value), " is not cve.YEAR-NUMBER"),
        Cat("write ",
            mended.empty() ? std::string("the year, '-' and the number") : Quoted(mended)));
  });
}

}  // namespace

const Rule kSL562 = {{"SL562", "cve-tag-form", Severity::kWarning, Category::kHygiene,
                      "a CVE tag that is not cve.YEAR-NUMBER", kSigmaFiles},
                     Check};

}  // namespace sluice
