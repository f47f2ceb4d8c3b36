#include "corpus/sysmon_blob_builder.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/operators.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using corpus::SysmonBlob;

// The layout is written here a second time on purpose: the reader's tests rest on this builder, and
// sharing the reader's offsets would hide a mistake in them.
constexpr uint32_t kAlignment = 8;
constexpr uint32_t kNameUnits = 256;
constexpr uint32_t kGroupNameUnits = 128;
constexpr uint32_t kEnvironmentBit = uint32_t{1} << 30;

std::string Utf16(const std::string& text) {
  if (std::optional<std::string> units = Wtf8ToUtf16Le(text)) return *std::move(units);
  return *Wtf8ToUtf16Le(Latin1ToUtf8(text));
}

uint32_t ParseNumber(std::string_view digits) {
  uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// "4.50" as 0x00040032.
uint32_t SchemaWord(std::string_view version) {
  const size_t dot = version.find('.');
  if (dot == std::string_view::npos) return ParseNumber(version) << 16;
  return (ParseNumber(version.substr(0, dot)) << 16) | ParseNumber(version.substr(dot + 1));
}

// Writes records as the compiler does: what is known later is written back into earlier records.
class Writer {
 public:
  std::string Write(const SysmonBlob& blob);

 private:
  // What the writer remembers of a record to which conditions are added.
  struct Owner {
    uint32_t first_condition_at = 0;  // the places of two words
    uint32_t count_at = 0;
    uint32_t count = 0;
  };

  void WriteHeader(const SysmonBlob& blob);
  void WriteEvent(const SysmonBlob::Event& event);
  void WritePart(const SysmonBlob::Part& part, Owner* event);
  void WriteGroup(const SysmonBlob::Group& group, Owner* event);
  void WriteCondition(const SysmonBlob::Condition& condition, uint32_t aggregation_id,
                      uint32_t aggregation, Owner* event, Owner* group);

  uint32_t size() const { return static_cast<uint32_t>(out_.size()); }
  void Append32(uint32_t value);
  void AppendName(const std::string& name, uint32_t units);
  void Pad() { out_.resize((out_.size() + kAlignment - 1) / kAlignment * kAlignment); }
  void Put32(uint32_t at, uint32_t value);
  void PutLink(uint32_t at, uint32_t value) {
    if (at != 0) Put32(at, value);
  }
  void AddTo(Owner* owner, uint32_t condition);
  // Written last, over whatever is there.
  void Override(bool present, uint32_t at, uint32_t value) {
    if (present) overrides_.emplace_back(at, value);
  }

  std::string out_;
  std::vector<std::pair<uint32_t, uint32_t>> overrides_;
  // Where the offset of the next event, condition and aggregation record goes; 0: nowhere.
  uint32_t event_link_ = 0;
  uint32_t condition_link_ = 0;
  uint32_t aggregation_link_ = 0;
  uint32_t last_id_ = 0;
};

std::string Writer::Write(const SysmonBlob& blob) {
  WriteHeader(blob);
  for (const SysmonBlob::Event& event : blob.event()) WriteEvent(event);
  out_ += blob.tail();
  for (const auto& [at, value] : overrides_) Put32(at, value);
  return std::move(out_);
}

void Writer::WriteHeader(const SysmonBlob& blob) {
  Append32((blob.binary_major() << 16) | (blob.binary_minor() & 0xFFFF));
  Append32(static_cast<uint32_t>(blob.event_size()));
  Override(blob.has_binary_version_word(), 0, blob.binary_version_word());
  Override(blob.has_event_count(), 4, blob.event_count());
  if (blob.legacy_header()) return;
  Append32(24);
  Append32(SchemaWord(blob.schema_version()));
  Append32(0);
  Append32(0);
  event_link_ = 16;
  aggregation_link_ = 20;
  Override(blob.has_header_size(), 8, blob.header_size());
  Override(blob.has_schema_version_word(), 12, blob.schema_version_word());
  Override(blob.has_first_event(), 16, blob.first_event());
  Override(blob.has_first_aggregation(), 20, blob.first_aggregation());
}

void Writer::WriteEvent(const SysmonBlob::Event& event) {
  const uint32_t at = size();
  PutLink(event_link_, at);
  event_link_ = at + 12;
  condition_link_ = 0;
  for (const uint32_t word : {event.id(), event.default_(), event.combine(), 0u, 0u, 0u}) {
    Append32(word);
  }
  Owner owner{.first_condition_at = at + 20, .count_at = at + 16};
  for (const SysmonBlob::Part& part : event.part()) WritePart(part, &owner);
  Override(event.has_next(), at + 12, event.next());
  Override(event.has_condition_count(), at + 16, event.condition_count());
  Override(event.has_first_condition(), at + 20, event.first_condition());
}

void Writer::WritePart(const SysmonBlob::Part& part, Owner* event) {
  switch (part.part_case()) {
    case SysmonBlob::Part::kCondition:
      return WriteCondition(part.condition(), 0, 0, event, nullptr);
    case SysmonBlob::Part::kGroup:
      return WriteGroup(part.group(), event);
    case SysmonBlob::Part::kHidden:
      out_ += part.hidden();
      return Pad();
    case SysmonBlob::Part::PART_NOT_SET:
      return;
  }
}

void Writer::WriteGroup(const SysmonBlob::Group& group, Owner* event) {
  const uint32_t at = size();
  last_id_ = group.has_id() ? group.id() : last_id_ + 1;
  const uint32_t id = last_id_;
  if (!group.unchained()) {
    PutLink(aggregation_link_, at);
    aggregation_link_ = at + 272;
  }
  AppendName(group.name(), kGroupNameUnits);
  for (const uint32_t word : {0u, 0u, id, 0u, 0u, 0u, group.combine(), 0u, 0u}) Append32(word);
  Pad();
  Owner owner{.first_condition_at = at + 268, .count_at = at + 276};
  for (const SysmonBlob::Condition& condition : group.condition()) {
    WriteCondition(condition, id, at, event, &owner);
  }
  Override(group.has_record_id(), at + 264, group.record_id());
  Override(group.has_first_condition(), at + 268, group.first_condition());
  Override(group.has_next(), at + 272, group.next());
  Override(group.has_condition_count(), at + 276, group.condition_count());
}

void Writer::WriteCondition(const SysmonBlob::Condition& condition, uint32_t aggregation_id,
                            uint32_t aggregation, Owner* event, Owner* group) {
  const uint32_t at = size();
  PutLink(condition_link_, at);
  condition_link_ = at + 520;
  AddTo(event, at);
  if (group != nullptr) AddTo(group, at);
  const std::string data =
      condition.has_data()
          ? condition.data()
          : Utf16(condition.text()) + std::string(size_t{2} + condition.extra_zeros(), '\0');
  Append32(condition.field());
  AppendName(condition.name(), kNameUnits);
  Append32(static_cast<uint32_t>(condition.op()) | (condition.environment() ? kEnvironmentBit : 0));
  Append32(0);
  Append32(static_cast<uint32_t>(data.size()));
  Append32(aggregation_id);
  Append32(aggregation);
  out_ += data;
  out_ += '\0';
  const size_t end = out_.size();
  Pad();
  const size_t slack = std::min(condition.slack().size(), out_.size() - end);
  out_.replace(end, slack, condition.slack(), 0, slack);
  Override(condition.has_op_word(), at + 516, condition.op_word());
  Override(condition.has_next(), at + 520, condition.next());
  Override(condition.has_data_size(), at + 524, condition.data_size());
  Override(condition.has_aggregation_id(), at + 528, condition.aggregation_id());
  Override(condition.has_aggregation(), at + 532, condition.aggregation());
}

void Writer::Append32(uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out_.push_back(static_cast<char>(value >> shift));
}

void Writer::AppendName(const std::string& name, uint32_t units) {
  std::string bytes = Utf16(name);
  bytes.resize(size_t{2} * units);
  out_ += bytes;
}

void Writer::Put32(uint32_t at, uint32_t value) {
  for (int i = 0; i < 4; ++i) out_[at + i] = static_cast<char>(value >> (8 * i));
}

void Writer::AddTo(Owner* owner, uint32_t condition) {
  if (owner->count++ == 0) Put32(owner->first_condition_at, condition);
  Put32(owner->count_at, owner->count);
}

SysmonBlob::Condition DescribeCondition(const Content& content, const Criterion& criterion) {
  SysmonBlob::Condition condition;
  condition.set_field(content.field(criterion).index);
  if (criterion.op == Operator::kUnknown) {
    condition.set_op_word(ParseNumber(criterion.operator_text));
  } else {
    condition.set_op(static_cast<SysmonBlob::Op>(static_cast<int>(criterion.op) -
                                                 static_cast<int>(Operator::kSysmonIs)));
  }
  condition.set_environment((criterion.flags & kEnvironment) != 0);
  const Operand& operand = content.operands(criterion)[0];
  condition.set_text(std::string(operand.text));
  condition.set_name(std::string(criterion.name));
  const size_t needed = 2 * Utf16Units(operand.text) + 2;
  condition.set_extra_zeros(static_cast<uint32_t>(operand.place.length - needed));
  return condition;
}

SysmonBlob::Event DescribeEvent(const Content& content, const Instance& instance) {
  SysmonBlob::Event event;
  event.set_id(content.type(instance).id);
  event.set_default_(instance.record_default == RecordDefault::kExclude ? 1 : 0);
  event.set_combine(instance.combine == Combine::kAnd ? 1 : 0);
  uint32_t next = instance.criteria.begin;
  const auto describe_until = [&](uint32_t end) {
    for (; next < end; ++next) {
      *event.add_part()->mutable_condition() = DescribeCondition(content, content.criteria()[next]);
    }
  };
  for (const Group& group : content.groups(instance)) {
    describe_until(group.criteria.begin);
    SysmonBlob::Group& described = *event.add_part()->mutable_group();
    described.set_combine(group.combine == Combine::kAnd ? 1 : 0);
    described.set_name(std::string(group.name));
    described.set_id(group.id);
    for (; next < group.criteria.end; ++next) {
      *described.add_condition() = DescribeCondition(content, content.criteria()[next]);
    }
  }
  describe_until(instance.criteria.end);
  return event;
}

}  // namespace

std::string BuildSysmonBlob(const SysmonBlob& blob) { return Writer().Write(blob); }

SysmonBlob DescribeSysmonBlob(const Content& content) {
  SysmonBlob blob;
  const Metadata& metadata = content.metadata();
  blob.set_binary_major(metadata.binary_major);
  blob.set_binary_minor(metadata.binary_minor);
  blob.set_schema_version(std::string(metadata.schema_version));
  blob.set_legacy_header(!metadata.has_schema_version);
  for (const Instance& instance : content.instances()) {
    *blob.add_event() = DescribeEvent(content, instance);
  }
  return blob;
}

}  // namespace sluice
