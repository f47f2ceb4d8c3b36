#include "gate/run_explain.h"

#include <algorithm>
#include <string_view>

#include "schema/operators.h"
#include "schema/text.h"

namespace sluice {
namespace {

// A criterion may have thousands of values; this many are shown.
constexpr size_t kShownOperands = 8;

std::string OperandsOf(const Content& content, const Criterion& criterion) {
  std::string text;
  size_t shown = 0;
  for (const Operand& operand : content.operands(criterion)) {
    if (shown > 0) text += ", ";
    if (shown++ == kShownOperands) return text + "...";
    text += Printable(operand.text);
  }
  return text;
}

std::string_view SelectionOf(const Content& content, const Instance& instance, uint32_t criterion) {
  for (const SigmaSelection& selection : content.selections(instance)) {
    if (selection.criteria.begin <= criterion && criterion < selection.criteria.end) {
      return selection.name;
    }
  }
  return {};
}

std::string FieldName(const VerifiedContent& content, const Criterion& criterion) {
  const FieldRef& field = content.content().field(criterion);
  if (field.kind == FieldKind::kAny) return "";
  if (field.kind == FieldKind::kName) return Printable(field.name);
  if (content.bound() != nullptr) return Printable(content.bound()->field(criterion).name);
  const TemplateType& type = content.content().types()[field.type];
  const auto declared = content.content().field_decls(type);
  return field.index < declared.size() ? Printable(declared[field.index].name) : "";
}

RunCriterion OneExplained(const VerifiedContent& verified, const Instance& instance,
                          const LineTable& lines, const CriterionOutcome& outcome) {
  const Content& content = verified.content();
  const Criterion& criterion = content.criteria()[outcome.criterion];
  RunCriterion out{.holds = outcome.holds};
  if (content.binary()) {
    out.offset = criterion.place.offset;
  } else {
    const LineColumn at = lines.Locate(criterion.place.offset);
    out.line = at.line;
    out.column = at.column;
  }
  out.selection = Printable(SelectionOf(content, instance, outcome.criterion));
  out.field = FieldName(verified, criterion);
  out.op = criterion.operator_text.empty() ? std::string(Info(criterion.op).name)
                                           : Printable(criterion.operator_text);
  out.operand = OperandsOf(content, criterion);
  if (outcome.field != nullptr) out.value = Printable(outcome.field->text);
  return out;
}

}  // namespace

bool IsAsked(const VerifiedContent& verified, const Instance& instance, const Event& event) {
  const Content& content = verified.content();
  if (!verified.takes(instance)) return false;
  const TemplateType& type = content.type(instance);
  if (content.dialect() != Dialect::kSysmon) {
    return std::ranges::find(event.types, type.name) != event.types.end();
  }
  if (type.id != kNone) return type.id == event.id;
  return std::ranges::any_of(verified.bound()->TypesOn(0, instance.type),
                             [&](const ContractType* on) { return on->id == event.id; });
}

std::vector<RunCriterion> Explained(const VerifiedContent& content, const Instance& instance,
                                    const LineTable& lines,
                                    const std::vector<CriterionOutcome>& outcomes) {
  std::vector<RunCriterion> explained;
  explained.reserve(outcomes.size());
  for (const CriterionOutcome& outcome : outcomes) {
    explained.push_back(OneExplained(content, instance, lines, outcome));
  }
  return explained;
}

}  // namespace sluice
