// SL617 log-source-unknown
//
// A product, category or service of the log source that Sigma's taxonomy does not name.
//
// Pipelines look the log source up by these words. A rule with one that they do not know is
// converted for all logs, or not at all. Log sources that a contract describes are known.
//
//   logsource:
//     product: windows
//     category: process_createion
//
// Fix: correct the word. For a log source of your own, give `lint` a contract that describes it.
//
// Source: Sigma specification 2.1.0, taxonomy appendix (schema/sigma_log_sources.h).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_log_sources.h"

namespace sluice {

extern const Rule kSL617;

namespace {

bool IsKnown(std::string_view key, std::string_view value) {
  if (key == "logsource.product") return IsKnownProduct(value);
  if (key == "logsource.category") return IsKnownCategory(value);
  return key != "logsource.service" || IsKnownService(value);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (instance.type == kNone || in.self.type(instance.type).supported.any()) return;
    for (const Attribute& attribute : in.content.attributes(instance)) {
      if (!attribute.key.starts_with("logsource.") || attribute.item || attribute.value.empty()) {
        continue;
      }
      if (IsKnown(attribute.key, attribute.value)) continue;
      Finding* f = out.Report(kSL617, attribute.place, &instance);
      if (f == nullptr) continue;
      Say(*f, "is found by no pipeline",
          Cat("the ", attribute.key.substr(std::string_view("logsource.").size()), " ",
              Quoted(attribute.value), " is none of Sigma's taxonomy"),
          "correct the word, or describe the log source in a contract");
    }
  });
}

}  // namespace

const Rule kSL617 = {{"SL617", "log-source-unknown", Severity::kNote, Category::kHygiene,
                      "a log source that Sigma's taxonomy does not name", kSigmaFiles},
                     Check};

}  // namespace sluice
