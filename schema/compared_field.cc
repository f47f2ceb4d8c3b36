#include "schema/compared_field.h"

#include "schema/text.h"

namespace sluice {

uint32_t ComparedFields::Of(const Criterion& criterion) {
  if (!ComparesFields(criterion) || criterion.operands.empty()) return kNone;
  if (fields_.empty()) {
    for (uint32_t i = 0; i < content_.fields().size(); ++i) {
      const FieldRef& field = content_.fields()[i];
      if (field.kind == FieldKind::kName) fields_.emplace(Key(field.type, Abseil(field.name)), i);
    }
  }
  const uint32_t type = content_.field(criterion).type;
  const auto found = fields_.find(Key(type, Abseil(content_.operand_text(criterion))));
  return found == fields_.end() ? kNone : found->second;
}

}  // namespace sluice
