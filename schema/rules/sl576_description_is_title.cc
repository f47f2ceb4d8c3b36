// SL576 description-is-title
//
// The description says what the title says, word for word.
//
//   title: Shell Started By An Office Program
//   description: Shell started by an office program
//
// Fix: say how the rule finds it, and why that matters.
//
// Source: Sigma rule creation guide, "Description".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL576;

namespace {

std::string_view WithoutEnd(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ' || text.back() == '\n')) {
    text.remove_suffix(1);
  }
  return text;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.name.empty()) return;
    const Attribute* text = ScalarOf(in.content, instance, "description");
    if (text == nullptr || !EqualsIgnoreCase(WithoutEnd(text->value), WithoutEnd(instance.name))) {
      return;
    }
    if (Finding* f = out.Report(kSL576, text->place, &instance)) {
      Say(*f, "says no more than the title", "the description is the title again",
          "say how the rule finds it, and why that matters");
    }
  });
}

}  // namespace

const Rule kSL576 = {{"SL576", "description-is-title", Severity::kNote, Category::kHygiene,
                      "a description that is the title again", kSigmaFiles},
                     Check};

}  // namespace sluice
