// SL554 reference-not-url
//
// A reference is no URL, or has words beside it: nobody can follow it.
//
//   references:
//     - Internal Research
//     - https://example.com/report (page 3)
//
// Fix: write the URL alone; words belong to the description or a comment. Without anything to link
// to, leave the reference out.
//
// Source: Sigma specification 2.1.0, Sigma rules, "references".

#include "schema/byte_set.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL554;

namespace {

constexpr ByteSet kBlanks(" \t\n");

bool IsUrl(std::string_view text) {
  const size_t scheme = text.find("://");
  if (scheme == 0 || scheme == std::string_view::npos || scheme + 3 == text.size()) return false;
  return !kBlanks.HasAnyOf(text);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    ForEachItem(in.content, instance, "references", [&](const Attribute& item) {
      if (!IsScalar(item) || IsBlank(item) || IsUrl(item.value)) return;
      if (Finding* f = out.Report(kSL554, item.place, &instance)) {
        Say(*f, "cannot be followed", Cat("the reference ", Quoted(item.value), " is no URL"),
            "write a URL alone, or leave it out");
      }
    });
  });
}

}  // namespace

const Rule kSL554 = {{"SL554", "reference-not-url", Severity::kNote, Category::kHygiene,
                      "a reference that is no link", kSigmaFiles},
                     Check};

}  // namespace sluice
