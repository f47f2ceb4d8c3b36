// Verified Sysmon content as one sensor keeps it: for every event the records that are asked, in
// their order (Sysmon rule blob, sections 5.2 and 6.1).

#ifndef SLUICE_ENGINE_SYSMON_PLAN_H_
#define SLUICE_ENGINE_SYSMON_PLAN_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/field_values.h"
#include "engine/outcome.h"
#include "engine/sysmon_condition.h"
#include "schema/contract.h"
#include "schema/verified_content.h"

namespace sluice {

struct SysmonCondition {
  uint32_t criterion = kNone;  // in Content::criteria(); kNone: a program of a list option
  Operator op = Operator::kUnknown;
  SysmonItems items;
  // Position in the field list of the event that the record is for; kNone: it reads none. Plain
  // conditions of an AND record are ORed where it is the same.
  uint32_t field = kNone;
  // Of the event that is asked about: kNone where it has no such field, or another one there.
  uint32_t slot = kNone;
  // A later plain condition of the record has the same field.
  bool has_later = false;
  std::string_view name;  // that is reported; views the content
};

// A plain condition, or a sub-group.
struct SysmonStep {
  Range conditions;
  bool is_group = false;
  Combine combine = Combine::kOr;  // of a group
};

struct SysmonRecord {
  uint32_t instance = kNone;  // kNone: the record that a list option adds
  bool default_include = false;
  Combine combine = Combine::kAnd;
  Range steps;
};

// What the sensor does with one of its events.
struct SysmonEventPlan {
  uint32_t id = 0;
  bool default_include = false;  // without a record
  bool is_filtered = true;       // otherwise it is reported whatever the records say
  Range records;
};

class SysmonPlan {
 public:
  // `content` has a contract, and outlives the plan. Adds to `not_run` the records with a condition
  // that the contract knows and Sluice does not.
  SysmonPlan(const VerifiedContent& content, std::vector<NotRun>& not_run);

  // nullptr when the sensor has no such event.
  const SysmonEventPlan* Find(uint32_t id) const;

  // In the order in which they are asked.
  std::span<const SysmonRecord> records(const SysmonEventPlan& event) const {
    return std::span(records_).subspan(event.records.begin, event.records.size());
  }
  std::span<const SysmonStep> steps(const SysmonRecord& record) const {
    return std::span(steps_).subspan(record.steps.begin, record.steps.size());
  }
  std::span<const SysmonCondition> conditions(const SysmonStep& step) const {
    return std::span(conditions_).subspan(step.conditions.begin, step.conditions.size());
  }
  const SysmonOperands& operands() const { return operands_; }
  // The fields that the conditions read.
  const FieldPlan& fields() const { return fields_; }
  // How many positions the longest field list has.
  uint32_t field_count() const { return field_count_; }

 private:
  // A record of the chain of one class, before it is known which events it is asked about.
  struct Link {
    uint32_t instance = kNone;
    const ContractType* type = nullptr;  // the event that it is for
    bool default_include = false;
  };
  // An option whose value is a list of programs.
  struct ListOption {
    const ContractType* type = nullptr;  // the event of its name
    std::vector<SysmonItems> programs;
    bool consumed = false;  // by a record of that event
  };

  void FindOptions();
  void AddOption(const Setting& setting);
  ListOption* OptionOf(const ContractType& type);
  void PrepareOperands(std::vector<NotRun>& not_run);
  const ContractType* EventOf(const Instance& instance) const;
  void FindChains();
  std::vector<Link>& ChainOf(const ContractType& type);
  void AddEvent(const ContractType& type);
  void AddRecord(const ContractType& type, const Link& link);
  void AddCriteria(const ContractType& type, const Link& link);
  uint32_t PositionOf(const Criterion& criterion, const ContractType& type) const;
  void AddCondition(const ContractType& type, const Link& link, SysmonCondition condition,
                    bool is_group_member);
  void MarkLaterConditions(const SysmonRecord& record);

  const VerifiedContent& verified_;
  const Content& content_;
  const Contract& contract_;
  std::vector<ListOption> options_;
  // By the name that the events of a series share, otherwise by id.
  absl::flat_hash_map<std::string, std::vector<Link>> chains_;
  SysmonOperands operands_;
  std::vector<SysmonItems> items_;  // by criterion
  FieldPlan fields_;
  uint32_t field_count_ = 0;
  absl::flat_hash_map<uint32_t, SysmonEventPlan> events_;  // by id
  std::vector<SysmonRecord> records_;
  std::vector<SysmonStep> steps_;
  std::vector<SysmonCondition> conditions_;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_SYSMON_PLAN_H_
