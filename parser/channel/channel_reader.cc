#include "parser/channel/channel_reader.h"

#include <string.h>

#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "parser/channel/channel_explain.h"
#include "parser/channel/channel_read_condition.h"
#include "parser/channel/channel_view.h"
#include "schema/compared_field.h"
#include "schema/content_builder.h"
#include "schema/operators.h"
#include "schema/text.h"

namespace sluice {
namespace {

using channel::Section;

std::string_view Text(ChannelText text) { return {text.data, text.size}; }

Operator OperatorOf(channel::Operator op) {
  const auto number = static_cast<uint32_t>(op);
  const auto first = static_cast<uint32_t>(channel::Operator::kSysmonFirst);
  return number < first ? static_cast<Operator>(number) : *SysmonOperator(number - first);
}

// Builds content from a file that has been proven; only names of declared fields can fail.
class Filler {
 public:
  Filler(Bytes bytes, const ChannelView& view);

  ReadResult Fill() &&;

 private:
  void ReadHead();
  void ReadSysmon();
  void ReadSources();
  void ReadType(const ChannelType& type);
  void ReadFieldDecls(const ChannelType& type, std::vector<FieldDecl>& fields);
  void ReadInstance(const ChannelType& type, const ChannelInstance& instance);
  void ReadCriteria(const ChannelType& type, const ChannelInstance& instance);
  void ReadCriterion(const ChannelType& type, const ChannelCriterion& criterion);
  uint32_t FieldOf(const ChannelType& type, uint32_t position);
  Origin OriginAt(const ChannelOrigin& origin) const {
    return {.source = origin.source, .line = origin.line, .column = origin.column};
  }

  Place At(Section section, uint32_t item, const channel::Field& field) const {
    return {view_.OffsetOf(section, item) + field.offset, field.size};
  }
  Place At(Section section, uint32_t item) const {
    return {view_.OffsetOf(section, item), channel::FormatOf(section).item_size};
  }
  Place At(ChannelText text) const { return {view_.OffsetOf(text), text.size}; }

  const ChannelView& view_;
  ContentBuilder builder_;
  ChannelConditionReader conditions_;
  const bool by_index_;
  const bool sysmon_;
  const bool names_fields_;  // operands can name fields that rules look for, as Sigma's do
  // Of the type that is read: for each of its fields the reference in the content, kNone when there
  // is none yet; behind them that to any field.
  std::vector<uint32_t> fields_;
  std::vector<Operand> operands_;
};

Filler::Filler(Bytes bytes, const ChannelView& view)
    : view_(view),
      builder_(static_cast<Dialect>(view.dialect()), static_cast<Binding>(view.binding()),
               "channel"),
      conditions_(view),
      by_index_(view.binding() == channel::Binding::kByIndex),
      sysmon_(view.dialect() == channel::Dialect::kSysmon),
      names_fields_(view.dialect() == channel::Dialect::kSigma && !by_index_) {
  builder_.SetBinary(std::move(bytes));
}

void Filler::ReadHead() {
  Metadata& metadata = builder_.metadata();
  metadata.format_version = channel::kMinor;
  metadata.format_version_place = {channel::header::kMajor.offset,
                                   channel::header::kMajor.size + channel::header::kMinor.size};
  metadata.content_version = view_.content_version();
  for (const ChannelContract contract : view_.contracts()) {
    builder_.AddBuiltFor({.sensor = Text(contract.sensor),
                          .version = Text(contract.version),
                          .rank = contract.rank});
  }
  ReadSources();
  if (sysmon_) ReadSysmon();
}

void Filler::ReadSysmon() {
  Metadata& metadata = builder_.metadata();
  metadata.schema_version = Text(view_.schema_version());
  metadata.has_schema_version = view_.schema_rank() != channel::kNone;
  if (metadata.has_schema_version) metadata.schema_rank = view_.schema_rank();
  metadata.schema_version_place = At(Section::kSysmon, 0, channel::sysmon::kSchemaRank);
  metadata.binary_major = view_.binary_version() >> 16;
  metadata.binary_minor = view_.binary_version() & 0xFFFF;
  metadata.binary_version_place = At(Section::kSysmon, 0, channel::sysmon::kBinaryVersion);
  for (const ChannelSetting setting : view_.settings()) {
    const Place name = At(setting.name);
    builder_.AddSetting({.name = Text(setting.name),
                         .value = Text(setting.value),
                         .place = {name.offset, name.length + setting.value.size}});
  }
}

void Filler::ReadSources() {
  constexpr uint32_t kBytes = channel::source::kSha256.size;
  for (const ChannelSourceFile source : view_.sources()) {
    const absl::string_view bytes(reinterpret_cast<const char*>(source.sha256), kBytes);
    builder_.AddSource(
        {.path = Text(source.path), .sha256 = builder_.Copy(absl::BytesToHexString(bytes))});
  }
}

void Filler::ReadFieldDecls(const ChannelType& type, std::vector<FieldDecl>& fields) {
  uint32_t position = type.fields.begin;
  for (const ChannelField field : view_.fields(type)) {
    fields.push_back({.name = Text(field.name),
                      .type = static_cast<ValueType>(field.value_type),
                      .place = At(Section::kFields, position++)});
  }
}

void Filler::ReadType(const ChannelType& type) {
  const TemplateType out{.name = Text(type.name),
                         .id = type.id,
                         .open = type.open,
                         .version = type.version,
                         .place = At(Section::kTypes, type.index)};
  if (!type.declared) {
    builder_.Type(out);
    return;
  }
  std::vector<FieldDecl> fields;
  ReadFieldDecls(type, fields);
  builder_.DeclareType(out, fields);
}

uint32_t Filler::FieldOf(const ChannelType& type, uint32_t position) {
  const bool any = position == channel::kNone;
  uint32_t& known = fields_[any ? type.fields.size() : position];
  if (known != kNone) return known;
  FieldRef ref{.type = type.index};
  if (any) {
    ref.kind = FieldKind::kAny;
  } else if (by_index_) {
    ref.kind = FieldKind::kIndex;
    ref.index = position;
  } else {
    ref.name = Text(view_.fields(type)[position].name);
  }
  return known = builder_.Field(ref);
}

void Filler::ReadCriterion(const ChannelType& type, const ChannelCriterion& criterion) {
  namespace layout = channel::criterion;
  const Operator op = OperatorOf(criterion.op);
  Criterion out{.field = FieldOf(type, criterion.field),
                .op = op,
                .flags = criterion.flags,
                .time_part = static_cast<TimePart>(criterion.time_part),
                .operator_text = IsSysmon(op) ? Info(op).as_written : Info(op).name,
                .place = At(Section::kCriteria, criterion.index),
                .field_place = At(Section::kCriteria, criterion.index, layout::kField),
                .operator_place = At(Section::kCriteria, criterion.index, layout::kOperator)};
  if (!view_.criterion_names().empty()) {
    const ChannelText name = view_.criterion_names()[criterion.index];
    out.name = Text(name);
    out.name_place = At(name);
  }
  operands_.clear();
  for (const ChannelText operand : view_.operands(criterion)) {
    operands_.push_back({.text = Text(operand), .place = At(operand)});
    if (names_fields_ && ComparesFields(out)) {
      builder_.Field({.type = type.index, .name = Text(operand)});
    }
  }
  builder_.AddCriterion(out, operands_);
  if (view_.sources().empty()) return;
  builder_.SetCriterionOrigin(OriginAt(view_.criterion_origins()[criterion.index]));
}

// With the groups that Sysmon's records have.
void Filler::ReadCriteria(const ChannelType& type, const ChannelInstance& instance) {
  const ChannelList<ChannelCriterion> criteria = view_.criteria(instance);
  uint32_t next = 0;
  const auto read = [&](uint32_t end) {
    while (next < end) ReadCriterion(type, criteria[next++]);
  };
  if (sysmon_) {
    const ChannelRecord record = view_.records()[instance.index];
    uint32_t position = record.groups.begin;
    for (const ChannelGroup group : view_.groups(record)) {
      read(group.criteria.begin);
      builder_.BeginGroup({.combine = static_cast<Combine>(group.combine),
                           .id = group.id,
                           .name = Text(group.name),
                           .place = At(Section::kGroups, position++),
                           .name_place = At(group.name)});
      read(group.criteria.end);
      builder_.EndGroup();
    }
  }
  read(criteria.size());
}

void Filler::ReadInstance(const ChannelType& type, const ChannelInstance& instance) {
  Instance out{.type = type.index,
               .id = Text(instance.id),
               .name = Text(instance.name),
               .place = At(Section::kInstances, instance.index),
               .name_place = At(instance.name)};
  if (sysmon_) {
    const ChannelRecord record = view_.records()[instance.index];
    out.record_default = static_cast<RecordDefault>(record.when_nothing_matches);
    out.combine = static_cast<Combine>(record.combine);
  }
  builder_.BeginInstance(out);
  if (!view_.sources().empty()) {
    builder_.SetInstanceOrigin(OriginAt(view_.instance_origins()[instance.index]));
  }
  ReadCriteria(type, instance);
  conditions_.Read(instance, instance.criteria.begin, builder_);
  builder_.EndInstance();
}

ReadResult Filler::Fill() && {
  builder_.Reserve(view_.criteria().size());
  ReadHead();
  for (const ChannelType type : view_.types()) {
    ReadType(type);
  }
  for (const ChannelType type : view_.types()) {
    fields_.assign(size_t{type.fields.size()} + 1, kNone);
    for (const ChannelInstance instance : view_.instances(type)) ReadInstance(type, instance);
  }
  return std::move(builder_).Build();
}

}  // namespace

bool LooksLikeChannel(std::string_view bytes) {
  return bytes.size() >= sizeof channel::kMagic &&
         memcmp(bytes.data(), channel::kMagic, sizeof channel::kMagic) == 0;
}

ReadResult ReadChannel(Bytes bytes, const ReadOptions&) {
  ChannelView view;
  const auto* data = reinterpret_cast<const uint8_t*>(bytes->data());
  const ChannelError error = OpenChannel(data, bytes->size(), &view);
  if (!error.ok()) return ReadResult(ExplainChannelError(error), nullptr);
  return Filler(std::move(bytes), view).Fill();
}

}  // namespace sluice
