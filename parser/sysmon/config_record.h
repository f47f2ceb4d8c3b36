// Reads the rules of a Sysmon configuration: what stands inside `<EventFiltering>`.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_RECORD_H_
#define SLUICE_PARSER_SYSMON_CONFIG_RECORD_H_

#include <array>
#include <cstdint>
#include <pugixml.hpp>
#include <string_view>

#include "parser/sysmon/config_context.h"
#include "schema/content.h"
#include "schema/operators.h"
#include "schema/place.h"

namespace sluice {

// A name attribute that is not empty.
struct RuleName {
  std::string_view text;
  Place place;
};

class RecordReader {
 public:
  // `combine` is that of records without a RuleGroup that says otherwise: it depends on the version
  // of the schema.
  RecordReader(ConfigContext& context, Combine combine)
      : context_(context), default_combine_(combine) {}

  // Adds an instance for each event record below an `<EventFiltering>`, in document order.
  // RuleGroups may stand in RuleGroups; the innermost alone counts. Stops early when something is
  // malformed.
  void ReadFiltering(pugi::xml_node filtering);

 private:
  // What a RuleGroup gives its direct children.
  struct RuleGroup {
    Combine combine = Combine::kAnd;
    RuleName name;
  };
  struct OperatorSlot {
    std::string_view text;
    Operator op = Operator::kUnknown;
  };
  struct FieldSlot {
    std::string_view name;
    uint32_t type = kNone;
    uint32_t field = kNone;
  };

  RuleGroup ReadRuleGroup(pugi::xml_node element, uint32_t depth);
  void ReadRecord(pugi::xml_node record, uint32_t depth, const RuleGroup& group);
  RecordDefault ReadDefault(const StartTag& tag);
  void ReadRule(pugi::xml_node rule, uint32_t depth, uint32_t type, const RuleName& inherited);
  void ReadCriterion(pugi::xml_node element, uint32_t depth, uint32_t type,
                     const RuleName& inherited);
  RuleName Name(const ConfigAttribute& attribute);
  void SetOperator(const ConfigAttribute& condition, Criterion* criterion);
  Operator FindOperator(std::string_view condition);
  uint32_t FindField(uint32_t type, std::string_view name);

  ConfigContext& context_;
  const Combine default_combine_;
  // The conditions and fields seen last: most criteria repeat one of a few.
  std::array<OperatorSlot, 16> operators_;
  std::array<FieldSlot, 16> fields_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_RECORD_H_
