// SL618 log-source-general
//
// A log source that names a product and nothing else.
//
// The rule is asked of every log of the product: it costs more than it needs to, and words that
// mean one thing in one log match in another.
//
//   logsource:
//     product: windows
//
// Fix: add the category or the service.
//
// Source: Sigma specification 2.1.0, log source (from specific to general).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL618;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (instance.type == kNone) return;
    const std::string_view name = in.content.type(instance).name;
    // "windows": one part, and not "*", which is another rule's.
    if (name.empty() || name == "*" || name.find('/') != std::string_view::npos) return;
    const Attribute* product = in.content.attribute(instance, "logsource.product");
    if (product == nullptr) return;
    Finding* f = out.Report(kSL618, product->place, &instance);
    if (f == nullptr) return;
    Say(*f, "is asked of every log of the product",
        Cat("the log source is all of ", Quoted(product->value)),
        "add the category or the service");
  });
}

}  // namespace

const Rule kSL618 = {{"SL618", "log-source-general", Severity::kNote, Category::kHygiene,
                      "a log source that names a product and nothing else", kSigmaFiles},
                     Check};

}  // namespace sluice
