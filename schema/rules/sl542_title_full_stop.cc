// SL542 title-full-stop
//
// The title ends in a full stop. A title is no sentence, and other rules have none.
//
//   title: Shell started by an office program.
//
// Fix: leave the full stop out.
//
// Source: Sigma rule creation guide, "Title".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL542;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* title = ScalarOf(in.content, instance, "title");
    if (title == nullptr || !title->value.ends_with('.') || title->value.ends_with("..")) return;
    Finding* f = out.Report(kSL542, title->place, &instance);
    if (f == nullptr) return;
    const std::string_view rest = title->value.substr(0, title->value.size() - 1);
    f->fix = ReplaceValue(in.content, *title, std::string(rest));
    // A blank before it, or nothing at all, would be left over.
    if (rest.empty() || rest.ends_with(' ') || rest.ends_with(':')) f->fix.clear();
    Say(*f, "reads as a sentence", Cat("the title ", Quoted(title->value), " ends in a full stop"),
        "leave the full stop out");
  });
}

}  // namespace

const Rule kSL542 = {{"SL542", "title-full-stop", Severity::kNote, Category::kHygiene,
                      "a title that ends in a full stop", kSigmaFiles},
                     Check};

}  // namespace sluice
