// SL557 tag-form
//
// A tag is not of the form `namespace.name`, in lower case letters, digits, `-`, `_` and `.`.
//
// Tools look for tags by their exact text, and refuse those without a namespace. Capitals alone are
// a note.
//
//   tags:
//     - T1059
//     - attack.Lateral_Movement
//
// Fix: write the namespace, a dot and the name, in lower case.
//
// Source: Sigma specification 2.1.0, appendix on tags.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL557;

namespace {

bool Allowed(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool WellFormed(std::string_view tag) {
  const size_t dot = tag.find('.');
  if (dot == 0 || dot == std::string_view::npos || dot + 1 == tag.size()) return false;
  return std::ranges::all_of(tag.substr(0, dot), Allowed) &&
         std::ranges::all_of(tag.substr(dot + 1), [](char c) { return Allowed(c) || c == '.'; });
}

// tlp.amber+strict is the only tag with another character.
bool IsException(std::string_view tag) { return tag == "tlp.amber+strict"; }

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    if (WellFormed(tag.value) || IsException(tag.value)) return;
    Finding* f = out.Report(kSL557, tag.place, &instance);
    if (f == nullptr) return;
    const std::string lower = Lowercase(tag.value);
    if (WellFormed(lower)) {
      f->severity = Severity::kNote;
      f->fix = ReplaceValue(in.content, tag, lower);
      return Say(*f, "is not found under its tag",
                 Cat("the tag ", Quoted(tag.value), " has capitals"), Cat("write ", Quoted(lower)));
    }
    Say(*f, kRefusedByTools, Cat("the tag ", Quoted(tag.value), " is not namespace.name"),
        "write a namespace, a dot and a name: attack.t1059");
  });
}

}  // namespace

const Rule kSL557 = {{"SL557", "tag-form", Severity::kWarning, Category::kHygiene,
                      "a tag that is not namespace.name in lower case", kSigmaFiles},
                     Check};

}  // namespace sluice
