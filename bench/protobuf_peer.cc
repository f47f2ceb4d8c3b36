#include "bench/protobuf_peer.h"

#include <google/protobuf/arena.h>

#include "bench/channel_peer.pb.h"
#include "bench/peer_checks.h"

namespace sluice {
namespace {

void Build(const SampleType& type, peer::Type& out) {
  out.set_name(type.name);
  out.set_declared(type.declared);
  out.set_open(true);
  for (const std::string& field : type.fields) out.add_fields()->set_name(field);
  for (const SampleInstance& instance : type.instances) {
    peer::Instance& made = *out.add_instances();
    made.set_id(instance.id);
    made.set_name(instance.name);
    for (const SampleCriterion& criterion : instance.criteria) {
      peer::Criterion& one = *made.add_criteria();
      if (criterion.field != channel::kNone) one.set_field(criterion.field);
      one.set_op(static_cast<uint32_t>(criterion.op));
      one.set_flags(criterion.flags);
      for (const std::string& operand : criterion.operands) one.add_operands(operand);
    }
    for (const uint32_t token : instance.condition) made.add_condition(token);
  }
}

bool HasLength(const std::string& text) { return text.size() <= channel::kMaxStringBytes; }

bool Checks(const peer::Criterion& criterion, uint32_t fields) {
  for (const std::string& operand : criterion.operands()) {
    if (!HasLength(operand)) return false;
  }
  return IsCriterion({.field = criterion.has_field() ? criterion.field() : channel::kNone,
                      .op = criterion.op(),
                      .flags = criterion.flags(),
                      .time_part = static_cast<uint32_t>(criterion.time_part()),
                      .operands = static_cast<size_t>(criterion.operands_size())},
                     fields);
}

bool Checks(const peer::Instance& instance, uint32_t fields) {
  const auto criteria = static_cast<uint32_t>(instance.criteria_size());
  if (!HasLength(instance.id()) || !HasLength(instance.name()) || criteria < 1 ||
      criteria > channel::kMaxCriteriaOfInstance) {
    return false;
  }
  for (const peer::Criterion& criterion : instance.criteria()) {
    if (!Checks(criterion, fields)) return false;
  }
  return IsCondition(instance.condition().data(), static_cast<size_t>(instance.condition_size()),
                     criteria);
}

bool Checks(const peer::Type& type) {
  const auto fields = static_cast<uint32_t>(type.fields_size());
  if (!HasLength(type.name()) || fields > channel::kMaxFieldsOfType) return false;
  for (const peer::Field& field : type.fields()) {
    if (!HasLength(field.name()) || !peer::ValueType_IsValid(field.value_type())) return false;
  }
  for (const peer::Instance& instance : type.instances()) {
    if (!Checks(instance, fields)) return false;
  }
  return true;
}

}  // namespace

std::string ProtobufBytes(const Sample& sample) {
  peer::Content content;
  content.set_content_version(1);
  content.set_dialect(static_cast<peer::Dialect>(sample.dialect));
  content.set_binding(peer::BY_NAME);
  for (const SampleType& type : sample.types) Build(type, *content.add_types());
  return content.SerializeAsString();
}

bool ProtobufChecks(std::string_view bytes, uint32_t checksum) {
  if (!HasChecksum(bytes, checksum)) return false;
  google::protobuf::ArenaOptions options;
  options.max_block_size = size_t{1} << 20;
  google::protobuf::Arena arena(options);
  auto& content = *google::protobuf::Arena::CreateMessage<peer::Content>(&arena);
  if (!content.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      content.content_version() < 1 || !peer::Dialect_IsValid(content.dialect()) ||
      !peer::Binding_IsValid(content.binding()) ||
      content.types_size() > static_cast<int>(channel::kMaxTypes)) {
    return false;
  }
  int instances = 0;
  for (const peer::Type& type : content.types()) {
    instances += type.instances_size();
    if (!Checks(type)) return false;
  }
  return instances <= static_cast<int>(channel::kMaxInstances);
}

}  // namespace sluice
