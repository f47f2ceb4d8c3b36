#include "report/json_report.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "schema/rule.h"

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

void SetUnlessEmpty(Json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

Json Inputs(const Results& results) {
  Json inputs = Json::array();
  for (const InputResult& input : results.inputs) {
    Json object = {{"path", input.path}};
    SetUnlessEmpty(object, "kind", input.kind);
    SetUnlessEmpty(object, "sha256", input.sha256);
    inputs.push_back(std::move(object));
  }
  return inputs;
}

void SetPlace(Json& object, const Results& results, const Finding& f) {
  if (f.input >= results.inputs.size()) return;
  object["path"] = results.inputs[f.input].path;
  if (f.binary) {
    object["offset"] = f.place.offset;
    object["length"] = f.place.length;
  } else if (f.line > 0) {
    object["line"] = f.line;
    object["column"] = f.column;
  }
}

void SetSensors(Json& object, const Fleet& fleet, const SensorSet& sensors) {
  if (sensors.none()) return;
  object["sensors"] = fleet.Names(sensors);
  Json intervals = Json::array();
  for (const Fleet::Interval& interval : fleet.Intervals(sensors)) {
    intervals.push_back({{"first", interval.first},
                         {"last", interval.last},
                         {"sensors", interval.sensors},
                         {"endpoints", interval.endpoints}});
  }
  object["intervals"] = std::move(intervals);
  object["endpoints"] = fleet.Endpoints(sensors);
}

Json SourceObject(const Source& source) {
  Json object = {{"path", source.path}, {"line", source.line}, {"column", source.column}};
  SetUnlessEmpty(object, "sha256", source.sha256);
  return object;
}

Json FindingObject(const Results& results, const Finding& f) {
  Json object = {{"rule", f.rule->id}, {"name", f.rule->name}, {"severity", Name(f.severity)}};
  SetPlace(object, results, f);
  SetUnlessEmpty(object, "instance", f.instance);
  SetUnlessEmpty(object, "field", f.field);
  SetUnlessEmpty(object, "effect", f.effect);
  SetSensors(object, results.fleet, f.sensors);
  object["message"] = f.message;
  SetUnlessEmpty(object, "help", f.help);
  if (f.source) object["source"] = SourceObject(*f.source);
  SetUnlessEmpty(object, "witness", f.witness);
  if (f.fingerprint != 0)
    object["fingerprint"] = absl::StrCat(absl::Hex(f.fingerprint, absl::kZeroPad16));
  return object;
}

Json SuppressedList(const Results& results) {
  Json list = Json::array();
  for (const SuppressedFinding& suppressed : results.suppressed) {
    Json object = FindingObject(results, suppressed.finding);
    object["reason"] = suppressed.reason;
    object["comment_line"] = suppressed.comment_line;
    list.push_back(std::move(object));
  }
  return list;
}

Json CheckedList(const Results& results) {
  Json list = Json::array();
  for (const Checked& checked : results.checked) {
    Json object;
    if (checked.input < results.inputs.size()) object["path"] = results.inputs[checked.input].path;
    object["rules"] = checked.rules == nullptr ? std::vector<std::string>() : *checked.rules;
    object["sensors"] = results.fleet.Names(checked.sensors);
    object["instances"] = checked.instances;
    object["criteria"] = checked.criteria;
    list.push_back(std::move(object));
  }
  return list;
}

Json NotCheckedList(const Results& results) {
  Json list = Json::array();
  for (const NotChecked& entry : results.not_checked) {
    Json object = Json::object();
    SetUnlessEmpty(object, "path", entry.path);
    object["what"] = entry.what;
    object["why"] = entry.why;
    object["requested"] = entry.requested;
    list.push_back(std::move(object));
  }
  return list;
}

Json TotalsObject(const Results& results) {
  const Totals& t = results.totals;
  return {{"files", t.files},
          {"instances", t.instances},
          {"criteria", t.criteria},
          {"errors", t.errors},
          {"warnings", t.warnings},
          {"notes", t.notes},
          {"not_checked", t.not_checked},
          {"suppressed", t.suppressed},
          {"fixable", t.fixable},
          {"fixed", t.fixed},
          {"findings_left_out", results.findings_left_out}};
}

}  // namespace

std::string JsonReport(const Results& results, std::string_view version) {
  Json findings = Json::array();
  for (const Finding& finding : results.findings) {
    findings.push_back(FindingObject(results, finding));
  }
  const Json document = {{"tool", "sluice"},
                         {"version", version},
                         {"inputs", Inputs(results)},
                         {"findings", std::move(findings)},
                         {"suppressed", SuppressedList(results)},
                         {"checked", CheckedList(results)},
                         {"not_checked", NotCheckedList(results)},
                         {"totals", TotalsObject(results)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sluice
