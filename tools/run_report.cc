#include "tools/run_report.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "report/text_parts.h"
#include "report/text_report.h"
#include "schema/text.h"
#include "tools/output.h"

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kListedLeftOut = 20;

void SetUnlessEmpty(Json& object, const char* key, std::string_view value) {
  if (!value.empty()) object[key] = value;
}

Json CriterionJson(const RunCriterion& criterion, bool binary) {
  Json json;
  if (binary) {
    json["offset"] = criterion.offset;
  } else {
    json["line"] = criterion.line;
    json["column"] = criterion.column;
  }
  SetUnlessEmpty(json, "selection", criterion.selection);
  SetUnlessEmpty(json, "field", criterion.field);
  SetUnlessEmpty(json, "operator", criterion.op);
  json["operand"] = criterion.operand;
  if (criterion.value) json["value"] = *criterion.value;
  json["holds"] = criterion.holds;
  return json;
}

void SetPlace(Json& json, const RunRow& row) {
  SetUnlessEmpty(json, "path", row.path);
  if (row.instance.empty()) return;
  if (row.binary) {
    json["offset"] = row.offset;
  } else {
    json["line"] = row.line;
  }
  if (row.source == nullptr) return;
  json["source"] = {{"path", row.source->path}, {"line", row.source->line}};
}

void SetExplained(Json& json, const RunRow& row) {
  if (row.criteria == nullptr) return;
  json[row.kind == RunRowKind::kRecord ? "decided" : "matched"] = row.matched;
  SetUnlessEmpty(json, "condition", Printable(row.condition, 1000));
  Json criteria = Json::array();
  for (const RunCriterion& one : *row.criteria) criteria.push_back(CriterionJson(one, row.binary));
  json["criteria"] = std::move(criteria);
}

std::string Events(uint64_t count) { return Counted(count, "event"); }

}  // namespace

std::string RunRowJson(const RunRow& row) {
  Json json = {{"event", row.event}};
  if (row.kind == RunRowKind::kDecision) {
    json["decision"] = row.matched ? "include" : "exclude";
    json["rule_name"] = row.rule_name;
  }
  SetUnlessEmpty(json, "instance", row.instance);
  SetUnlessEmpty(json, "name", row.name);
  SetPlace(json, row);
  SetExplained(json, row);
  return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

std::string RunReport(const Results& results, bool color, bool quiet) {
  std::string report = TextReport(results, {.color = color, .quiet = quiet, .summary = false});
  size_t left_out = 0;
  for (const NotChecked& entry : results.not_checked) {
    if (!entry.requested) ++left_out;
    if (entry.requested || (!quiet && left_out <= kListedLeftOut))
      absl::StrAppend(&report, NotCheckedLine(entry), "\n");
  }
  if (!quiet && left_out > kListedLeftOut) {
    absl::StrAppend(&report, WithCommas(left_out - kListedLeftOut), " more not checked\n");
  }
  return report;
}

std::string RunSummary(const RunTotals& totals, uint64_t instances) {
  std::string text = absl::StrCat(Events(totals.events), ", ", Counted(instances, "instance"), ":");
  const uint64_t decisions = totals.included + totals.excluded;
  if (decisions > 0) {
    absl::StrAppend(&text, " ", WithCommas(totals.included), " included, ",
                    WithCommas(totals.excluded), " excluded");
  }
  if (decisions == 0 || totals.matches > 0) {
    absl::StrAppend(&text, decisions > 0 ? ", " : " ", WithCommas(totals.matches),
                    totals.matches == 1 ? " match" : " matches");
  }
  const uint64_t unchecked = totals.broken + totals.unplaced + totals.exhausted;
  if (unchecked > 0) absl::StrAppend(&text, "; ", Events(unchecked), " not checked");
  if (totals.not_sysmon > 0) {
    absl::StrAppend(&text, "; ", Events(totals.not_sysmon), " of other channels than Sysmon's");
  }
  return text;
}

}  // namespace sluice
