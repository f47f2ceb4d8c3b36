#include "bench/flatbuffers_peer.h"

#include <vector>

#include "bench/channel_generated.h"
#include "bench/peer_checks.h"

namespace sluice {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

// Deeper and larger than any sample.
constexpr uint32_t kDepth = 64;
constexpr uint32_t kTables = 100'000'000;

Offset<flat::Instance> Build(FlatBufferBuilder& builder, const SampleInstance& instance) {
  std::vector<Offset<flat::Criterion>> criteria;
  for (const SampleCriterion& criterion : instance.criteria) {
    criteria.push_back(flat::CreateCriterion(
        builder, static_cast<int32_t>(criterion.field), static_cast<uint8_t>(criterion.op),
        criterion.flags, flat::TimePart_Whole,
        criterion.operands.empty() ? 0 : builder.CreateVectorOfStrings(criterion.operands)));
  }
  return flat::CreateInstance(
      builder, builder.CreateString(instance.id), builder.CreateString(instance.name),
      builder.CreateVector(criteria),
      instance.condition.empty() ? 0 : builder.CreateVector(instance.condition));
}

Offset<flat::Type> Build(FlatBufferBuilder& builder, const SampleType& type) {
  std::vector<Offset<flat::Field>> fields;
  for (const std::string& field : type.fields) {
    fields.push_back(
        flat::CreateField(builder, builder.CreateString(field), flat::ValueType_NotStated));
  }
  std::vector<Offset<flat::Instance>> instances;
  for (const SampleInstance& instance : type.instances) {
    instances.push_back(Build(builder, instance));
  }
  return flat::CreateType(builder, builder.CreateString(type.name), -1, 0, type.declared, true,
                          builder.CreateVector(fields), builder.CreateVector(instances), 0);
}

std::string_view Text(const flatbuffers::String* text) {
  return text == nullptr ? std::string_view() : std::string_view(text->c_str(), text->size());
}

// An absent vector is an empty one.
template <typename T>
uint32_t SizeOf(const flatbuffers::Vector<T>* vector) {
  return vector == nullptr ? 0 : vector->size();
}

bool Checks(const flat::Criterion& criterion, uint32_t fields) {
  const auto* operands = criterion.operands();
  if (!IsCriterion({.field = static_cast<uint32_t>(criterion.field()),
                    .op = criterion.op(),
                    .flags = criterion.flags(),
                    .time_part = static_cast<uint32_t>(criterion.time_part()),
                    .operands = SizeOf(operands)},
                   fields)) {
    return false;
  }
  if (operands == nullptr) return true;
  for (const flatbuffers::String* operand : *operands) {
    if (!IsText(Text(operand))) return false;
  }
  return true;
}

bool Checks(const flat::Instance& instance, uint32_t fields) {
  if (!IsText(Text(instance.id())) || !IsText(Text(instance.name()))) return false;
  const uint32_t criteria = SizeOf(instance.criteria());
  if (criteria < 1 || criteria > channel::kMaxCriteriaOfInstance) return false;
  for (const flat::Criterion* criterion : *instance.criteria()) {
    if (!Checks(*criterion, fields)) return false;
  }
  const auto* condition = instance.condition();
  return condition == nullptr || IsCondition(condition->data(), condition->size(), criteria);
}

bool Checks(const flat::Type& type) {
  const uint32_t fields = SizeOf(type.fields());
  if (!IsText(Text(type.name())) || fields > channel::kMaxFieldsOfType) return false;
  for (uint32_t i = 0; i < fields; ++i) {
    const flat::Field& field = *type.fields()->Get(i);
    if (!IsText(Text(field.name())) || field.value_type() > flat::ValueType_MAX) return false;
  }
  for (uint32_t i = 0; i < SizeOf(type.instances()); ++i) {
    if (!Checks(*type.instances()->Get(i), fields)) return false;
  }
  return true;
}

}  // namespace

std::string FlatBuffersBytes(const Sample& sample) {
  FlatBufferBuilder builder;
  std::vector<Offset<flat::Type>> types;
  for (const SampleType& type : sample.types) types.push_back(Build(builder, type));
  const auto dialect = static_cast<flat::Dialect>(sample.dialect);
  builder.Finish(flat::CreateContent(builder, 1, dialect, flat::Binding_ByName, 0,
                                     builder.CreateVector(types)));
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

bool FlatBuffersVerifies(std::string_view bytes) {
  flatbuffers::Verifier verifier(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
                                 kDepth, kTables);
  return flat::VerifyContentBuffer(verifier);
}

bool FlatBuffersChecks(std::string_view bytes, uint32_t checksum) {
  if (!HasChecksum(bytes, checksum) || !FlatBuffersVerifies(bytes)) return false;
  const flat::Content& content = *flat::GetContent(bytes.data());
  if (content.content_version() < 1 || content.dialect() > flat::Dialect_MAX ||
      content.binding() > flat::Binding_MAX || SizeOf(content.types()) > channel::kMaxTypes) {
    return false;
  }
  uint32_t instances = 0;
  for (uint32_t i = 0; i < SizeOf(content.types()); ++i) {
    const flat::Type& type = *content.types()->Get(i);
    instances += SizeOf(type.instances());
    if (!Checks(type)) return false;
  }
  return instances <= channel::kMaxInstances;
}

}  // namespace sluice
