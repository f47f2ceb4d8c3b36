#include "tests/parser/channel/naive_channel_view.h"

#include <optional>

namespace sluice {
namespace {

std::string Text(ChannelText text) {
  return text.size == 0 ? std::string() : std::string(text.data, text.size);
}

NaiveOrigin Origin(const ChannelOrigin& origin) {
  return {.source = origin.source, .line = origin.line, .column = origin.column};
}

NaiveType Type(const ChannelView& view, const ChannelType& type) {
  NaiveType naive = {.name = Text(type.name),
                     .id = type.id,
                     .version = type.version,
                     .declared = type.declared,
                     .open = type.open,
                     .fingerprint = type.fingerprint,
                     .fields = {},
                     .first_instance = type.instances.begin,
                     .instances_end = type.instances.end};
  for (const ChannelField field : view.fields(type)) {
    naive.fields.push_back(
        {.name = Text(field.name), .value_type = static_cast<uint8_t>(field.value_type)});
  }
  return naive;
}

NaiveCriterion Criterion(const ChannelView& view, const ChannelCriterion& criterion) {
  NaiveCriterion naive;
  naive.field = criterion.field;
  naive.op = static_cast<uint8_t>(criterion.op);
  naive.flags = criterion.flags;
  naive.time_part = static_cast<uint8_t>(criterion.time_part);
  for (const ChannelText operand : view.operands(criterion)) {
    naive.operands.push_back(Text(operand));
  }
  if (!view.criterion_names().empty()) {
    naive.name = Text(view.criterion_names()[criterion.index]);
  }
  if (!view.criterion_origins().empty()) {
    naive.origin = Origin(view.criterion_origins()[criterion.index]);
  }
  return naive;
}

uint32_t Token(const ChannelToken& token) {
  const uint32_t value = token.kind == channel::TokenKind::kCriterion
                             ? token.criterion
                             : 256 * token.at_least + token.of;
  return static_cast<uint32_t>(token.kind) << 28 | value;
}

void Record(const ChannelView& view, uint32_t index, NaiveInstance* instance) {
  const ChannelRecord record = view.records()[index];
  instance->record_default = static_cast<uint8_t>(record.when_nothing_matches);
  instance->record_combine = static_cast<uint8_t>(record.combine);
  for (const ChannelGroup group : view.groups(record)) {
    instance->groups.push_back({.id = group.id,
                                .first_criterion = group.criteria.begin,
                                .criteria = group.criteria.size(),
                                .combine = static_cast<uint8_t>(group.combine),
                                .name = Text(group.name)});
  }
}

NaiveInstance Instance(const ChannelView& view, const ChannelInstance& instance) {
  NaiveInstance naive;
  naive.id = Text(instance.id);
  naive.name = Text(instance.name);
  for (const ChannelCriterion criterion : view.criteria(instance)) {
    naive.criteria.push_back(Criterion(view, criterion));
  }
  for (const ChannelToken token : view.condition(instance)) {
    naive.condition.push_back(Token(token));
  }
  if (!view.instance_origins().empty()) {
    naive.origin = Origin(view.instance_origins()[instance.index]);
  }
  if (!view.records().empty()) {
    Record(view, instance.index, &naive);
  }
  return naive;
}

}  // namespace

NaiveChannel NaiveOf(const ChannelView& view) {
  NaiveChannel naive;
  naive.content_version = view.content_version();
  naive.dialect = static_cast<uint8_t>(view.dialect());
  naive.binding = static_cast<uint8_t>(view.binding());
  for (const ChannelContract contract : view.contracts()) {
    naive.contracts.push_back(
        {.name = Text(contract.sensor), .version = Text(contract.version), .rank = contract.rank});
  }
  for (const ChannelType type : view.types()) {
    naive.types.push_back(Type(view, type));
  }
  for (const ChannelInstance instance : view.instances()) {
    naive.instances.push_back(Instance(view, instance));
  }
  naive.has_sysmon = view.dialect() == channel::Dialect::kSysmon;
  if (naive.has_sysmon) {
    naive.schema_rank = view.schema_rank();
    naive.binary_version = view.binary_version();
    naive.schema_version = Text(view.schema_version());
  }
  for (const ChannelSetting setting : view.settings()) {
    naive.settings.push_back({.name = Text(setting.name), .value = Text(setting.value)});
  }
  naive.has_criterion_names = !view.criterion_names().empty();
  for (const ChannelSourceFile source : view.sources()) {
    naive.sources.push_back(
        {.path = Text(source.path),
         .sha256 = std::string(reinterpret_cast<const char*>(source.sha256), 32)});
  }
  return naive;
}

std::string Disagreement(std::string_view bytes, bool* accepted) {
  std::string why;
  const std::optional<NaiveChannel> naive = ReadNaive(bytes, &why);
  ChannelView view;
  const ChannelError error =
      OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view);
  *accepted = naive.has_value() && error.ok();
  if (naive.has_value() != error.ok()) {
    return naive.has_value() ? std::string("only the view refuses: ") + error.structure + ", " +
                                   error.field + ": " + ChannelErrorText(error.code)
                             : "only the naive reader refuses: " + why;
  }
  return !naive.has_value() || *naive == NaiveOf(view) ? "" : "they read other values";
}

}  // namespace sluice
