// sluice explain: what rules say, why, and how to fix what they find.

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "schema/rule.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/output.h"
#include "tools/suggest.h"

namespace sluice {
namespace {

struct Flags {
  std::vector<std::string> rules;
  std::string format = "text";
};

int FailUnknown(const std::string& word) {
  std::vector<std::string_view> known;
  for (const Rule* rule : Rules()) {
    known.push_back(rule->info.id);
    known.push_back(rule->info.name);
  }
  return Fail(absl::StrCat("explain: there is no rule \"", Printable(word), "\"",
                           Suggestion(word, known), " (sluice rules lists them all)"));
}

std::string AsText(const Rule& rule) {
  const std::string_view text = RuleDocumentation(rule);
  // The first line is the rule's id and name; what it is follows on the same line.
  const size_t end = std::min(text.find('\n'), text.size());
  return absl::StrCat(std::string(text.substr(0, end)), " (", std::string(Name(rule.info.severity)),
                      ", ", std::string(Name(rule.info.category)), ")",
                      std::string(text.substr(end)));
}

nlohmann::ordered_json AsJson(const Rule& rule) {
  return {{"id", rule.info.id},
          {"name", rule.info.name},
          {"severity", Name(rule.info.severity)},
          {"category", Name(rule.info.category)},
          {"summary", rule.info.summary},
          {"documentation", RuleDocumentation(rule)}};
}

int ExplainRules(const Flags& flags) {
  std::string text;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const std::string& word : flags.rules) {
    const Rule* rule = FindRule(word);
    if (rule == nullptr) return FailUnknown(word);
    absl::StrAppend(&text, text.empty() ? "" : "\n", AsText(*rule));
    list.push_back(AsJson(*rule));
  }
  return FinishOutput("", flags.format == "json" ? list.dump(2) + "\n" : text, kExitOk);
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  app.add_option("RULE", flags->rules, "Ids or names: SL201, field-out-of-bounds")
      ->required()
      ->option_text("...");
  app.add_option("--format", flags->format, "text (the default) or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORMAT");
  return [flags] { return ExplainRules(*flags); };
}

}  // namespace

extern const Command kExplainCommand;
const Command kExplainCommand = {"explain", "say what a rule means and how to fix what it finds",
                                 "sluice explain SL201\n"
                                 "  sluice explain field-out-of-bounds SL509",
                                 SetUp};

}  // namespace sluice
