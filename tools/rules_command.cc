// sluice rules: the table of all rules.

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "schema/rule.h"
#include "tools/command.h"
#include "tools/output.h"

namespace sluice {
namespace {

std::string AsText() {
  size_t width = 0;
  for (const Rule* rule : Rules()) width = std::max(width, rule->info.name.size());
  std::string table;
  for (const Rule* rule : Rules()) {
    const RuleInfo& info = rule->info;
    absl::StrAppendFormat(&table, "%-5s  %-*s  %-7s  %-12s  %s\n", std::string(info.id),
                          static_cast<int>(width), std::string(info.name),
                          std::string(Name(info.severity)), std::string(Name(info.category)),
                          std::string(info.summary));
  }
  return table;
}

std::string AsMarkdown() {
  std::string table = "| id | name | severity | category | says |\n|---|---|---|---|---|\n";
  for (const Rule* rule : Rules()) {
    const RuleInfo& info = rule->info;
    absl::StrAppend(&table, "| ", std::string(info.id), " | ", std::string(info.name), " | ");
    absl::StrAppend(&table, std::string(Name(info.severity)), " | ",
                    std::string(Name(info.category)), " | ", std::string(info.summary), " |\n");
  }
  return table;
}

std::string AsJson() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Rule* rule : Rules()) {
    const RuleInfo& info = rule->info;
    list.push_back({{"id", info.id},
                    {"name", info.name},
                    {"severity", Name(info.severity)},
                    {"category", Name(info.category)},
                    {"summary", info.summary}});
  }
  return list.dump(2) + "\n";
}

int List(const std::string& format) {
  if (format == "json") return FinishOutput("", AsJson(), kExitOk);
  return FinishOutput("", format == "markdown" ? AsMarkdown() : AsText(), kExitOk);
}

std::function<int()> SetUp(CLI::App& app) {
  const auto format = std::make_shared<std::string>("text");
  app.add_option("--format", *format, "text (the default), json or markdown")
      ->check(CLI::IsMember({"text", "json", "markdown"}))
      ->option_text("FORMAT");
  return [format] { return List(*format); };
}

}  // namespace

extern const Command kRulesCommand;
const Command kRulesCommand = {"rules", "list all rules",
                               "sluice rules\n"
                               "  sluice rules --format json",
                               SetUp};

}  // namespace sluice
