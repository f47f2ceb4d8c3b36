// SL207 limit-exceeded
//
// More instances, criteria, bytes or letters than this sensor has room for. The place is the first
// thing that does not fit.
//
// A consumer with preallocated room fails on the first row past it, and often not gracefully. The
// smallest consumer of the fleet sets the limit for the file.
//
// A sensor that takes Sigma rules as they are has to hold each value of a list, and each text that
// a value stands for (windash, base64offset), so each counts as a criterion. Limits of sensors that
// Sigma rules are converted for say nothing of the rules.
//
// Fix: make the content smaller, or keep it from these sensors.
//
// Source: Cloudflare, 18 November 2025 (duplicate rows passed a preallocated limit of 200
// features); Sysmon rule blob, section 6.1 (more than 65534 records of a class are refused).

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL207;

namespace {

// A limit and the sensors that have it.
struct Limit {
  uint64_t most = 0;
  SensorSet sensors;
};

// The distinct values of one limit in the fleet that `count` is past.
template <typename Member>
std::vector<Limit> LimitsOf(const RuleInput& in, Member member, uint64_t count) {
  const Bound& bound = *in.fleet;
  const Dialect dialect = in.content.dialect();
  std::vector<Limit> limits;
  for (size_t s = 0; s < bound.fleet().sensors().size(); ++s) {
    if (!bound.checked()[s]) continue;
    const Contract& contract = *bound.fleet().sensors()[s].contract;
    const uint64_t most = contract.dialect == dialect ? contract.limits.*member : 0;
    if (most == 0 || count <= most) continue;
    auto same = std::ranges::find(limits, most, &Limit::most);
    if (same == limits.end()) same = limits.insert(same, {.most = most});
    same->sensors.set(s);
  }
  return limits;
}

// Limits say nothing of content in another dialect: most sensors take Sigma rules that way.
bool HasLimits(const RuleInput& in) {
  return std::ranges::any_of(in.fleet->fleet().sensors(), [&](const Sensor& sensor) {
    return sensor.contract != nullptr && sensor.contract->dialect == in.content.dialect();
  });
}

// What a criterion takes up: in Sigma each of its alternatives.
uint64_t RoomFor(const Content& content, const Criterion& criterion) {
  return content.dialect() == Dialect::kSigma ? std::max(criterion.operands.size(), 1U) : 1;
}

uint64_t RoomFor(const Content& content, std::span<const Criterion> criteria) {
  if (content.dialect() != Dialect::kSigma) return criteria.size();
  uint64_t sum = 0;
  for (const Criterion& criterion : criteria) sum += RoomFor(content, criterion);
  return sum;
}

// The first criterion for which there is no room.
const Criterion& FirstPast(const Content& content, std::span<const Criterion> criteria,
                           uint64_t most) {
  size_t i = 0;
  for (uint64_t sum = 0; i + 1 < criteria.size(); ++i) {
    sum += RoomFor(content, criteria[i]);
    if (sum > most) break;
  }
  return criteria[i];
}

size_t LongestName(const Content& content) {
  size_t longest = 0;
  for (const Criterion& criterion : content.criteria()) {
    longest = std::max(longest, criterion.name.size());
  }
  return longest;
}

void ReportLimit(Reporter& out, const Limit& limit, std::string_view what, uint64_t count,
                 Place place, const Instance* instance) {
  Finding* f = out.Report(kSL207, place, instance);
  if (f == nullptr) return;
  f->sensors = limit.sensors;
  Say(*f, kRefusesFile,
      Cat("there are ", count, " ", what, ", and the sensor has room for ", limit.most),
      "make the content smaller, or keep it from these sensors");
}

void CheckFile(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  const uint64_t size = content.metadata().size;
  for (const Limit& limit : LimitsOf(in, &ContractLimits::max_bytes, size)) {
    const uint64_t end =
        content.binary() ? limit.most : std::min(limit.most, content.text().size());
    ReportLimit(out, limit, "bytes", size, {static_cast<uint32_t>(end), 0}, nullptr);
  }
  const size_t instances = content.instances().size();
  for (const Limit& limit : LimitsOf(in, &ContractLimits::max_instances, instances)) {
    const Instance& first = content.instances()[limit.most];
    ReportLimit(out, limit, "instances", instances, first.place, &first);
  }
  const uint64_t criteria = RoomFor(content, content.criteria());
  for (const Limit& limit : LimitsOf(in, &ContractLimits::max_criteria, criteria)) {
    const Criterion& first = FirstPast(content, content.criteria(), limit.most);
    ReportLimit(out, limit, "criteria", criteria, first.place, nullptr);
  }
}

void CheckInstances(const RuleInput& in, Reporter& out) {
  const std::vector<Limit> per_type =
      LimitsOf(in, &ContractLimits::max_instances_per_type, in.content.instances().size());
  const std::vector<Limit> per_instance = LimitsOf(in, &ContractLimits::max_criteria_per_instance,
                                                   RoomFor(in.content, in.content.criteria()));
  if (per_type.empty() && per_instance.empty()) return;
  for (const Instance& instance : in.content.instances()) {
    // Instances of one type are numbered from 1, so the first past the limit has its number plus
    // one.
    for (const Limit& limit : per_type) {
      if (instance.ordinal == limit.most + 1) {
        ReportLimit(out, limit, "or more instances of one type", instance.ordinal, instance.place,
                    &instance);
      }
    }
    const std::span<const Criterion> criteria = in.content.criteria(instance);
    const uint64_t count = per_instance.empty() ? 0 : RoomFor(in.content, criteria);
    for (const Limit& limit : per_instance) {
      if (count <= limit.most) continue;
      const Criterion& first = FirstPast(in.content, criteria, limit.most);
      ReportLimit(out, limit, "criteria in one instance", count, first.place, &instance);
    }
  }
}

void CheckNames(const RuleInput& in, Reporter& out) {
  if (!IsConfiguration(in.content)) return;
  for (const Limit& limit :
       LimitsOf(in, &ContractLimits::max_name_bytes, LongestName(in.content))) {
    std::set<std::pair<uint32_t, uint32_t>> reported;
    ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
      if (criterion.name.size() <= limit.most) return;
      const Place place = criterion.name_place;
      if (!reported.insert({place.offset, place.length}).second) return;
      ReportLimit(out, limit, "bytes in the rule name", criterion.name.size(), place, &instance);
    });
  }
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr || !HasLimits(in)) return;
  CheckFile(in, out);
  CheckInstances(in, out);
  CheckNames(in, out);
}

}  // namespace

const Rule kSL207 = {{"SL207", "limit-exceeded", Severity::kError, Category::kIncompatible,
                      "more instances, bytes or criteria than this sensor has room for",
                      WithFleet(kAnyContent), "SL116"},
                     Check};

}  // namespace sluice
