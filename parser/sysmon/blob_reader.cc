#include "parser/sysmon/blob_reader.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_layout.h"
#include "parser/sysmon/blob_records.h"
#include "schema/content_builder.h"
#include "schema/operators.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using blob::ConditionEntry;
using blob::EventEntry;
using blob::GroupEntry;
using blob::Record;

// A version above this is no Sysmon's, and a first event past it no compiler's.
constexpr uint32_t kMaxPlausibleMajor = 0xFF;
constexpr uint32_t kMaxPlausibleFirstEvent = 4096;

// The operator that a condition's word selects: the low half is its number, and of the upper bits
// only the loader's mark for environment variables is known.
Operator OperatorOf(uint32_t word) {
  if ((word & ~blob::kOperatorNumberMask & ~blob::kOperatorEnvironmentBit) != 0) {
    return Operator::kUnknown;
  }
  return SysmonOperator(word & blob::kOperatorNumberMask).value_or(Operator::kUnknown);
}

// All texts of a blob, decoded into one string of which the content then keeps views.
class Texts {
 public:
  explicit Texts(size_t capacity) { all_.reserve(capacity); }

  Range AddUtf16(std::string_view bytes) {
    const auto begin = static_cast<uint32_t>(all_.size());
    AppendUtf16LeAsWtf8(bytes, &all_);
    return {begin, static_cast<uint32_t>(all_.size())};
  }
  Range AddNumber(uint32_t number) {
    const auto begin = static_cast<uint32_t>(all_.size());
    absl::StrAppend(&all_, number);
    return {begin, static_cast<uint32_t>(all_.size())};
  }
  std::string Take() && { return std::move(all_); }

 private:
  std::string all_;
};

struct ConditionTexts {
  Range name;
  Range text;
  Range op;  // the number of an operator that nobody knows, otherwise empty
};

// Builds content from records that have been proven; nothing here can fail.
class Filler {
 public:
  Filler(Bytes bytes, const ReadOptions& options, const blob::Records& records)
      : bytes_(*bytes),
        cursor_(bytes_),
        records_(records),
        builder_(Dialect::kSysmon, Binding::kByIndex, "sysmon-blob") {
    builder_.SetBinary(std::move(bytes));
    ReadMetadata(options);
  }

  Content Fill() && {
    builder_.Reserve(records_.conditions.size());
    DecodeTexts();
    for (const EventEntry& entry : records_.events) AddEvent(entry);
    for (const Place& place : records_.hidden) {
      builder_.AddIrregularity({.kind = IrregularityKind::kHiddenBytes, .place = place});
    }
    return std::move(builder_).Build();
  }

 private:
  void ReadMetadata(const ReadOptions& options);
  void DecodeTexts();
  void AddEvent(const EventEntry& entry);
  void BeginGroup(const GroupEntry& entry);
  void AddCondition(uint32_t type, uint32_t index);

  // A record that has been proven to be there.
  Record At(uint32_t offset, uint32_t size) const { return *cursor_.Take(offset, size); }
  std::string_view Text(Range range) const { return texts_.substr(range.begin, range.size()); }

  const std::string& bytes_;
  blob::Cursor cursor_;
  const blob::Records& records_;
  ContentBuilder builder_;
  const Contract* reference_ = nullptr;
  std::vector<ConditionTexts> condition_texts_;
  std::vector<Range> group_names_;
  std::string_view texts_;
  // The name that was decoded last: neighbours often have the same.
  std::string_view last_name_bytes_;
  Range last_name_;
};

void Filler::ReadMetadata(const ReadOptions& options) {
  const Record header = At(0, records_.legacy ? blob::header::kLegacySize : blob::header::kSize);
  const uint32_t binary = header.U32(blob::header::kBinaryVersion);
  Metadata& metadata = builder_.metadata();
  metadata.binary_major = binary >> 16;
  metadata.binary_minor = binary & 0xFFFF;
  metadata.binary_version_place = header.At(blob::header::kBinaryVersion);
  if (options.self_contracts != nullptr) {
    reference_ = options.self_contracts->BlobReference(metadata.binary_major);
  }
  if (records_.legacy) return;
  const uint32_t schema = header.U32(blob::header::kSchemaVersion);
  metadata.has_schema_version = true;
  metadata.schema_version = builder_.Keep(blob::SchemaVersionText(schema));
  metadata.schema_rank = (schema >> 16) * 100 + (schema & 0xFFFF);
  metadata.schema_version_place = header.At(blob::header::kSchemaVersion);
}

void Filler::DecodeTexts() {
  constexpr size_t kMaxNumberDigits = 10;
  size_t capacity = 0;
  for (const ConditionEntry& entry : records_.conditions) {
    capacity += size_t{3} * (entry.name_units + entry.text_units) + kMaxNumberDigits;
  }
  for (const GroupEntry& entry : records_.groups) capacity += size_t{3} * entry.name_units;
  Texts texts(capacity);
  condition_texts_.reserve(records_.conditions.size());
  for (const ConditionEntry& entry : records_.conditions) {
    const Record record = At(entry.offset, blob::condition::kFixedSize);
    const auto name = record.Bytes(blob::condition::kName).substr(0, size_t{2} * entry.name_units);
    if (name != last_name_bytes_) {
      last_name_bytes_ = name;
      last_name_ = texts.AddUtf16(name);
    }
    const uint32_t word = record.U32(blob::condition::kOperator);
    const Place data = record.At(blob::condition::Data(entry.data_size));
    condition_texts_.push_back(
        {.name = last_name_,
         .text = texts.AddUtf16(
             std::string_view(bytes_).substr(data.offset, size_t{2} * entry.text_units)),
         .op = OperatorOf(word) == Operator::kUnknown ? texts.AddNumber(word) : Range{}});
  }
  group_names_.reserve(records_.groups.size());
  for (const GroupEntry& entry : records_.groups) {
    const Record record = At(entry.offset, blob::aggregation::kSize);
    group_names_.push_back(texts.AddUtf16(
        record.Bytes(blob::aggregation::kName).substr(0, size_t{2} * entry.name_units)));
  }
  texts_ = builder_.Keep(std::move(texts).Take());
}

void Filler::AddEvent(const EventEntry& entry) {
  const Record record = At(entry.offset, blob::event::kSize);
  const uint32_t id = record.U32(blob::event::kId);
  const ContractType* known = reference_ != nullptr ? reference_->TypeById(id) : nullptr;
  const uint32_t type = builder_.Type({.name = known != nullptr ? known->name : "",
                                       .id = id,
                                       .place = record.At(blob::event::kId)});
  const bool includes = record.U32(blob::event::kDefault) == 0;
  builder_.BeginInstance(
      {.type = type,
       .record_default = includes ? RecordDefault::kInclude : RecordDefault::kExclude,
       .combine = record.U32(blob::event::kCombine) == 0 ? Combine::kOr : Combine::kAnd,
       .place = record.place()});
  uint32_t condition = entry.conditions.begin;
  for (uint32_t i = entry.groups.begin; i < entry.groups.end; ++i) {
    const GroupEntry& group = records_.groups[i];
    while (condition < group.conditions.begin) AddCondition(type, condition++);
    BeginGroup(group);
    while (condition < group.conditions.end) AddCondition(type, condition++);
    builder_.EndGroup();
  }
  while (condition < entry.conditions.end) AddCondition(type, condition++);
  builder_.EndInstance();
}

void Filler::BeginGroup(const GroupEntry& entry) {
  const Record record = At(entry.offset, blob::aggregation::kSize);
  const bool any = record.U32(blob::aggregation::kCombine) == 0;
  builder_.BeginGroup({.combine = any ? Combine::kOr : Combine::kAnd,
                       .id = record.U32(blob::aggregation::kId),
                       .name = Text(group_names_[&entry - records_.groups.data()]),
                       .place = record.place(),
                       .name_place = record.At(blob::aggregation::kName)});
}

void Filler::AddCondition(uint32_t type, uint32_t index) {
  const ConditionEntry& entry = records_.conditions[index];
  const ConditionTexts& texts = condition_texts_[index];
  const Record record = At(entry.offset, blob::condition::kFixedSize);
  const uint32_t word = record.U32(blob::condition::kOperator);
  const Operator op = OperatorOf(word);
  const bool known = op != Operator::kUnknown;
  const bool environment = known && (word & blob::kOperatorEnvironmentBit) != 0;
  const uint32_t field = builder_.Field(
      {.type = type, .kind = FieldKind::kIndex, .index = record.U32(blob::condition::kFieldIndex)});
  const Operand operand{.text = Text(texts.text),
                        .place = record.At(blob::condition::Data(entry.data_size))};
  builder_.AddCriterion({.field = field,
                         .op = op,
                         .flags = environment ? uint8_t{kEnvironment} : uint8_t{0},
                         .operator_text = known ? Info(op).as_written : Text(texts.op),
                         .name = Text(texts.name),
                         .place = {entry.offset, blob::condition::kFixedSize + entry.data_size},
                         .field_place = record.At(blob::condition::kFieldIndex),
                         .operator_place = record.At(blob::condition::kOperator),
                         .name_place = record.At(blob::condition::kName)},
                        {&operand, 1});
}

}  // namespace

bool LooksLikeSysmonBlob(std::string_view bytes) {
  const blob::Cursor cursor(bytes.substr(0, kMaxPlausibleFirstEvent + blob::kAlignment));
  const std::optional<Record> header = cursor.Take(0, blob::header::kSize);
  if (!header) return false;
  if (header->U32(blob::header::kHeaderSize) != blob::header::kSize) return false;
  const uint32_t first_event = header->U32(blob::header::kFirstEvent);
  // Where every compiler puts it, whatever the version; elsewhere only with a version that could
  // be.
  if (first_event == blob::header::kSize) return true;
  return header->U32(blob::header::kBinaryVersion) >> 16 <= kMaxPlausibleMajor &&
         first_event > blob::header::kSize && first_event % blob::kAlignment == 0 &&
         first_event < cursor.size();
}

ReadResult ReadSysmonBlob(Bytes bytes, const ReadOptions& options) {
  blob::Records records;
  if (std::optional<Malformed> malformed = blob::ProveRecords(*bytes, &records)) {
    return ReadResult(*std::move(malformed), nullptr);
  }
  return Filler(std::move(bytes), options, records).Fill();
}

}  // namespace sluice
