// Reads the rules of a Sysmon configuration: what stands inside `<EventFiltering>`.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_RECORD_H_
#define SLUICE_PARSER_SYSMON_CONFIG_RECORD_H_

#include <array>
#include <cstdint>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "parser/sysmon/config_context.h"
#include "schema/content.h"
#include "schema/operators.h"
#include "schema/place.h"
#include "schema/self_contract.h"

namespace sluice {

// A name attribute that is not empty.
struct RuleName {
  std::string_view text;
  Place place;
};

class RecordReader {
 public:
  // `combine` is that of records without a RuleGroup that says otherwise: it depends on the version
  // of the schema. `contracts` knows the names of events; with nullptr nobody does.
  RecordReader(ConfigContext& context, Combine combine, const SelfContracts* contracts)
      : context_(context), default_combine_(combine), contracts_(contracts) {}

  // Adds an instance for each event record below an `<EventFiltering>`, in document order.
  // RuleGroups may stand in RuleGroups; the direct parent alone counts. The sensor takes elements
  // named like an event at any depth (Sysmon rule blob, section 5.2): one inside a record is read
  // as part of that, and again as a record of its own behind it. Elements of no use around events
  // are recorded as ignored. Stops early when something is malformed.
  void ReadFiltering(pugi::xml_node filtering);

 private:
  // What a RuleGroup gives its direct children.
  struct RuleGroup {
    Combine combine = Combine::kAnd;
    RuleName name;
  };
  // An element whose children are being read.
  struct Open {
    RuleGroup group;            // for its direct children
    bool group_unread = false;  // it is a RuleGroup inside a record, and `group` not yet its own
    bool in_record = false;     // or the record itself
    bool checked = false;       // as `ConfigContext::subtree_checked`, for its children
    bool skip = false;          // nothing below it is left to read
  };
  struct OperatorSlot {
    std::string_view text;
    Operator op = Operator::kUnknown;
  };
  struct FieldSlot {
    std::string_view name;
    uint32_t type = kNone;
    uint32_t field = kNone;
    bool is_event = false;  // the name is also that of an event
  };

  Open ReadElement(pugi::xml_node element, uint32_t depth, Open& parent);
  Open ReadInsideRecord(pugi::xml_node element, uint32_t depth, Open& parent);
  Open IgnoreWrapper(pugi::xml_node element, uint32_t depth, const Open& parent);
  bool IsEvent(std::string_view name) const {
    return contracts_ != nullptr && contracts_->IsSysmonEvent(name);
  }
  bool IsWrapper(pugi::xml_node element);
  void FindHolders();
  RuleGroup ReadRuleGroup(pugi::xml_node element, uint32_t depth);
  void ReadRecord(pugi::xml_node record, uint32_t depth, const Open& parent);
  RecordDefault ReadDefault(const StartTag& tag);
  void ReadRule(pugi::xml_node rule, uint32_t depth, uint32_t type, const RuleName& inherited);
  void ReadCriterion(pugi::xml_node element, uint32_t depth, uint32_t type,
                     const RuleName& inherited);
  RuleName Name(const ConfigAttribute& attribute);
  void SetOperator(const ConfigAttribute& condition, Criterion* criterion);
  Operator FindOperator(std::string_view condition);
  uint32_t FindField(uint32_t type, std::string_view name, Place place);

  ConfigContext& context_;
  const Combine default_combine_;
  const SelfContracts* const contracts_;
  pugi::xml_node filtering_;
  // Where the names of the elements of `filtering_` with an event somewhere below them begin, in
  // ascending order. Only found once they are asked for: few files have any.
  std::vector<uint32_t> holders_;
  bool holders_found_ = false;
  size_t next_holder_ = 0;  // those before it stand before the element asked for last
  bool may_nest_ = false;   // the record read last may have an event below it
  // The conditions and fields seen last: most criteria repeat one of a few.
  std::array<OperatorSlot, 16> operators_;
  std::array<FieldSlot, 16> fields_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_RECORD_H_
