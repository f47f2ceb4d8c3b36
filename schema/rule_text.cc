#include "schema/rule_text.h"

#include <utility>

#include "schema/sysmon.h"

namespace sluice {

std::string Quoted(std::string_view text) { return Cat("'", Printable(text), "'"); }

Place PlaceOf(const Content& content, const Operand& operand, std::string_view part) {
  const size_t begin = static_cast<size_t>(part.data() - operand.text.data());
  const size_t end = begin + part.size();
  if (content.binary() || end > operand.place.length) return operand.place;
  const std::string_view written = content.text().substr(operand.place.offset, end);
  if (written != operand.text.substr(0, end)) return operand.place;
  return {static_cast<uint32_t>(operand.place.offset + begin), static_cast<uint32_t>(part.size())};
}

std::string FieldLabel(const Content& content, const Bound& bound, const Criterion& criterion) {
  const FieldRef& ref = content.field(criterion);
  if (ref.kind == FieldKind::kAny) return "any field";
  const std::string_view name = bound.field(criterion).name;
  return name.empty() ? Cat("field ", ref.index) : Printable(name);
}

std::string TypeLabel(const Content& content, uint32_t type) {
  const TemplateType& named = content.types()[type];
  if (!named.name.empty()) return Printable(named.name);
  const std::string_view word = content.dialect() == Dialect::kSysmon ? "event " : "type ";
  return Cat(word, named.id);
}

std::string OperatorLabel(const Criterion& criterion) {
  if (criterion.op == Operator::kUnknown) return Quoted(criterion.operator_text);
  const OperatorInfo& info = Info(criterion.op);
  return std::string(info.as_written.empty() ? info.name : info.as_written);
}

std::string MissingFieldEffect(const Content& content, const Criterion& criterion) {
  const FieldRef& ref = content.field(criterion);
  if (IsConfiguration(content)) {
    return Cat("drops the record and every later ", TypeLabel(content, ref.type), " record");
  }
  const bool unchecked = content.dialect() == Dialect::kChannel && ref.kind == FieldKind::kIndex;
  return std::string(unchecked ? kReadsOutOfBounds : kNeverMatches);
}

std::string_view UnknownOperatorEffect(const Content& content) {
  return IsBlob(content) ? kAbandonsRecord : kRefusesFile;
}

void Say(Finding& finding, std::string_view effect, std::string message, std::string_view help) {
  finding.effect = effect;
  finding.message = std::move(message);
  finding.help = help;
}

const Instance* InstanceOf(const Content& content, const Irregularity& irregularity) {
  const uint32_t index = irregularity.instance;
  return index < content.instances().size() ? &content.instances()[index] : nullptr;
}

}  // namespace sluice
