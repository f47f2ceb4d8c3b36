// The `detection` of a Sigma rule: selections, and the conditions over them.
//
// A map is AND over its entries, a list OR over its items: maps, or plain values, which are
// keywords. The values of a key combine as its modifiers say. Nothing nests deeper, so nothing
// recurses. Source: Sigma specification 2.1.0, "Detection".

#ifndef SLUICE_PARSER_SIGMA_SIGMA_DETECTION_H_
#define SLUICE_PARSER_SIGMA_SIGMA_DETECTION_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "parser/sigma/sigma_attributes.h"
#include "parser/sigma/sigma_condition.h"
#include "parser/sigma/sigma_context.h"
#include "parser/sigma/sigma_item.h"

namespace sluice {

class SigmaDetection {
 public:
  SigmaDetection(SigmaContext& context, SigmaAttributes& attributes)
      : context_(context), attributes_(attributes), items_(context) {}

  // Reads the value of the key `detection` into the open instance, whose template type is `type`.
  void Read(uint32_t type, Place key_place, uint32_t value);

 private:
  void ReadSelection(uint32_t key, std::string_view name, uint32_t value);
  void ReadSelectionValue(std::string_view name, uint32_t node, Place place);
  void ReadMap(uint32_t map);
  void ReadEntry(uint32_t key, uint32_t value);
  void ReadList(std::string_view name, uint32_t list);
  bool FlushKeywords();
  void CollectValues(uint32_t list, std::string_view key_text);
  // Stands for what has no meaning, so that every token finds its values.
  void AddNothing(Place place);
  void Combine(ConditionToken::Kind kind, uint32_t count, Place place);

  void AddConditionAttributes(std::string_view name, uint32_t key, uint32_t value);
  void ReadConditions(Place key_place);
  bool ReadCondition(uint32_t node);
  void AddConditionError(uint32_t node, const SigmaConditionError& error);
  void AddConditionLints(uint32_t node, const SigmaCondition& condition);
  void AddToken(uint32_t node, const SigmaConditionToken& token);
  void AddName(uint32_t node, const SigmaConditionToken& token);
  void AddOf(uint32_t node, const SigmaConditionToken& token);
  void Use(uint32_t selection, Place place);

  SigmaContext& context_;
  SigmaAttributes& attributes_;
  SigmaItemReader items_;
  uint32_t type_ = 0;
  Range selections_;                                       // of the rule that is read
  absl::flat_hash_map<std::string_view, uint32_t> names_;  // of the selections
  std::vector<uint32_t> values_;                           // of an item
  std::vector<uint32_t> conditions_;                       // nodes of their texts
  bool has_condition_ = false;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_DETECTION_H_
