#include "parser/sysmon/blob_annotate.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "parser/sysmon/blob_layout.h"
#include "schema/limits.h"
#include "schema/operators.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using blob::Field;
using blob::Record;
namespace header = blob::header;
namespace event = blob::event;
namespace condition = blob::condition;
namespace aggregation = blob::aggregation;

enum class Kind { kHeader, kEvent, kCondition, kAggregation, kGap };

// A claimed part of the file; a record at the end of a file may be cut short.
struct Part {
  Kind kind;
  Place place;
  uint32_t event = 0;   // of kEvent and kCondition, from 0
  uint32_t number = 0;  // of kCondition, from 1 in its event
};

// Follows the links and claims what they lead to, without believing any of it.
class Walker {
 public:
  explicit Walker(std::string_view bytes)
      : cursor_(bytes), coverage_(cursor_.size()), aggregations_(cursor_.size()) {}

  // The parts in the order of the file.
  std::vector<Part> Walk() && {
    WalkHeader();
    WalkGaps();
    std::ranges::sort(parts_, {}, [](const Part& part) { return part.place.offset; });
    return std::move(parts_);
  }

 private:
  void WalkHeader();
  void WalkEvents(uint32_t offset);
  void WalkConditions(const Record& event_record, uint32_t event);
  uint32_t ConditionLength(uint32_t offset) const;
  void WalkAggregationChain(uint32_t offset);
  bool AddAggregation(uint32_t offset);
  void WalkGaps();

  // The part that starts at `offset`, cut to the file, if nothing else has claimed it.
  std::optional<Record> Add(Part part);

  blob::Cursor cursor_;
  blob::Coverage coverage_;
  blob::Coverage aggregations_;  // the first granule of each aggregation record
  std::vector<Part> parts_;
};

std::optional<Record> Walker::Add(Part part) {
  part.place.length = std::min(part.place.length, cursor_.Remaining(part.place.offset));
  if (part.place.offset % blob::kAlignment != 0 || part.place.length == 0 ||
      !coverage_.Claim(part.place.offset, part.place.length)) {
    return std::nullopt;
  }
  parts_.push_back(part);
  return cursor_.Take(part.place.offset, part.place.length);
}

void Walker::WalkHeader() {
  const std::optional<Record> start = cursor_.Take(0, 4);
  const bool legacy = start && start->U32(header::kBinaryVersion) <= blob::kLastLegacyVersion;
  const uint32_t size = legacy ? header::kLegacySize : header::kSize;
  const std::optional<Record> record = Add({.kind = Kind::kHeader, .place = {0, size}});
  if (!record || record->U32(header::kEventCount) == 0) return;
  WalkEvents(legacy ? header::kLegacySize : record->U32(header::kFirstEvent));
  WalkAggregationChain(record->U32(header::kFirstAggregation));
}

void Walker::WalkEvents(uint32_t offset) {
  for (uint32_t index = 0; offset != 0 && index < kMaxBlobEvents; ++index) {
    const auto record =
        Add({.kind = Kind::kEvent, .place = {offset, event::kSize}, .event = index});
    if (!record) return;
    WalkConditions(*record, index);
    const uint32_t next = record->U32(event::kNext);
    if (next <= offset) return;
    offset = next;
  }
}

void Walker::WalkConditions(const Record& event_record, uint32_t event) {
  uint32_t offset = event_record.U32(event::kFirstCondition);
  for (uint32_t number = 1; offset != 0; ++number) {
    const auto record = Add({.kind = Kind::kCondition,
                             .place = {offset, ConditionLength(offset)},
                             .event = event,
                             .number = number});
    if (!record) return;
    const uint32_t aggregation_offset = record->U32(condition::kAggregation);
    if (aggregation_offset != 0) AddAggregation(aggregation_offset);
    const uint32_t next = record->U32(condition::kNext);
    if (next <= offset) return;
    offset = next;
  }
}

// With its data and padding when that fits before the next condition and the end of the file,
// otherwise without: a data size that is wrong must not swallow the records behind it.
uint32_t Walker::ConditionLength(uint32_t offset) const {
  const std::optional<Record> record = cursor_.Take(offset, condition::kFixedSize);
  if (!record) return condition::kDataOffset;
  const uint32_t next = record->U32(condition::kNext);
  uint32_t room = cursor_.Remaining(offset);
  if (next > offset && next < cursor_.size()) room = std::min(room, next - offset);
  const uint32_t data_size = record->U32(condition::kDataSize);
  if (room < condition::kFixedSize || data_size > room - condition::kFixedSize) {
    return condition::kDataOffset;
  }
  return std::min(blob::StoredSize(condition::kFixedSize + data_size), room);
}

void Walker::WalkAggregationChain(uint32_t offset) {
  while (offset != 0 && AddAggregation(offset)) {
    const auto record =
        cursor_.Take(offset, std::min(aggregation::kSize, cursor_.Remaining(offset)));
    const uint32_t next = record->U32(aggregation::kNext);
    if (next <= offset) return;
    offset = next;
  }
}

// Whether an aggregation record stands there, now or already.
bool Walker::AddAggregation(uint32_t offset) {
  if (offset % blob::kAlignment != 0 || cursor_.Remaining(offset) == 0) return false;
  if (Add({.kind = Kind::kAggregation, .place = {offset, aggregation::kStoredSize}})) {
    return aggregations_.Claim(offset, 1);
  }
  if (!aggregations_.Claim(offset, 1)) return true;
  return false;
}

void Walker::WalkGaps() {
  uint32_t from = 0;
  while (const std::optional<Place> gap = coverage_.NextGap(from)) {
    from = gap->end();
    const auto record = cursor_.Take(gap->offset, aggregation::kStoredSize);
    if (record && record->size() <= gap->length && blob::IsEmptyAggregation(*record)) {
      Add({.kind = Kind::kAggregation, .place = record->place()});
      from = record->place().end();
    } else {
      Add({.kind = Kind::kGap, .place = *gap});
    }
  }
}

std::string Quoted(std::string_view utf16) {
  const uint32_t units =
      blob::TerminatedUnits(utf16).value_or(static_cast<uint32_t>(utf16.size() / 2));
  if (units == 0) return "empty";
  return absl::StrCat("\"", Printable(Utf16LeToWtf8(utf16.substr(0, size_t{2} * units))), "\"");
}

std::string Link(uint32_t offset) {
  return offset == 0 ? "none" : absl::StrFormat("at 0x%x", offset);
}

std::string CombineMeaning(uint32_t value) {
  return value > 1 ? absl::StrCat(value, " = unknown") : value == 0 ? "0 = or" : "1 = and";
}

std::string DefaultMeaning(uint32_t value) {
  if (value > 1) return absl::StrCat(value, " = unknown");
  return value == 0 ? "0 = onmatch exclude: include by default"
                    : "1 = onmatch include: exclude by default";
}

std::string OperatorMeaning(uint32_t word) {
  const uint32_t number = word & blob::kOperatorNumberMask;
  const std::optional<Operator> op = SysmonOperator(number);
  const bool environment = (word & blob::kOperatorEnvironmentBit) != 0;
  const uint32_t unknown = word & ~blob::kOperatorNumberMask & ~blob::kOperatorEnvironmentBit;
  if (!op || unknown != 0) return absl::StrCat(word, " = unknown");
  return absl::StrCat(number, " = ", Abseil(Info(*op).as_written),
                      environment ? ", holds environment variables" : "");
}

// Turns the parts into annotations.
class Annotator {
 public:
  Annotator(std::string_view bytes, const ReadOptions& options)
      : cursor_(bytes), options_(options) {}

  std::vector<Annotation> Annotate(const std::vector<Part>& parts) && {
    NameEvents(parts);
    for (const Part& part : parts) {
      const std::optional<Record> record = cursor_.Take(part.place.offset, part.place.length);
      record_ = &*record;
      Annotate(part);
      AddRest(part);
    }
    return std::move(annotations_);
  }

 private:
  struct Event {
    std::string name;  // "ProcessCreate#1", as findings call it
    const ContractType* type = nullptr;
  };

  void NameEvents(const std::vector<Part>& parts);
  void Annotate(const Part& part);
  void AnnotateHeader();
  void AnnotateEvent(const Event& named);
  void AnnotateCondition(const Event& named);
  void AnnotateAggregation();
  void AddRest(const Part& part);

  std::string EventMeaning(const Event& named, uint32_t id) const;
  std::string FieldMeaning(const Event& named, uint32_t index) const;

  // Adds the field when the record has all of it.
  void Add(const Field& field, std::string meaning);
  uint32_t U32(const Field& field) const { return record_->U32(field); }
  std::string_view Bytes(const Field& field) const { return record_->Bytes(field); }

  blob::Cursor cursor_;
  const ReadOptions& options_;
  const Contract* reference_ = nullptr;
  std::vector<Event> events_;  // in the order of their chain
  std::vector<Annotation> annotations_;
  // The part at hand.
  const Record* record_ = nullptr;
  std::string structure_;
  uint32_t aggregation_count_ = 0;
};

// Events are named in the order of their chain, which `Part::event` counts.
void Annotator::NameEvents(const std::vector<Part>& parts) {
  const std::optional<Record> start = cursor_.Take(0, 4);
  if (start && options_.self_contracts != nullptr) {
    reference_ = options_.self_contracts->BlobReference(start->U32(header::kBinaryVersion) >> 16);
  }
  std::vector<uint32_t> ids;
  for (const Part& part : parts) {
    if (part.kind != Kind::kEvent) continue;
    // Chains ascend, so events come in the order of their numbers.
    ids.push_back(cursor_.Take(part.place.offset, part.place.length)->U32(event::kId));
  }
  absl::flat_hash_map<std::string, uint32_t> ordinals;
  for (const uint32_t id : ids) {
    const ContractType* type = reference_ != nullptr ? reference_->TypeById(id) : nullptr;
    std::string name =
        type != nullptr && !type->name.empty() ? Printable(type->name) : absl::StrCat("event ", id);
    absl::StrAppend(&name, "#", ++ordinals[name]);
    events_.push_back({std::move(name), type});
  }
}

void Annotator::Annotate(const Part& part) {
  switch (part.kind) {
    case Kind::kHeader:
      structure_ = "header";
      return AnnotateHeader();
    case Kind::kEvent:
      structure_ = events_[part.event].name;
      return AnnotateEvent(events_[part.event]);
    case Kind::kCondition:
      structure_ = absl::StrCat("condition ", part.number, " of ", events_[part.event].name);
      return AnnotateCondition(events_[part.event]);
    case Kind::kAggregation:
      structure_ = absl::StrCat("aggregation record ", ++aggregation_count_);
      return AnnotateAggregation();
    case Kind::kGap:
      structure_ = "no record";
  }
}

void Annotator::AnnotateHeader() {
  Add(header::kBinaryVersion, blob::BinaryVersionText(U32(header::kBinaryVersion)));
  Add(header::kEventCount, absl::StrCat(U32(header::kEventCount)));
  Add(header::kHeaderSize, absl::StrCat(U32(header::kHeaderSize), " bytes"));
  Add(header::kSchemaVersion, blob::SchemaVersionText(U32(header::kSchemaVersion)));
  Add(header::kFirstEvent, Link(U32(header::kFirstEvent)));
  Add(header::kFirstAggregation, Link(U32(header::kFirstAggregation)));
}

void Annotator::AnnotateEvent(const Event& named) {
  Add(event::kId, EventMeaning(named, U32(event::kId)));
  Add(event::kDefault, DefaultMeaning(U32(event::kDefault)));
  Add(event::kCombine, CombineMeaning(U32(event::kCombine)));
  Add(event::kNext, Link(U32(event::kNext)));
  Add(event::kConditionCount, absl::StrCat(U32(event::kConditionCount)));
  Add(event::kFirstCondition, Link(U32(event::kFirstCondition)));
}

void Annotator::AnnotateCondition(const Event& named) {
  Add(condition::kFieldIndex, FieldMeaning(named, U32(condition::kFieldIndex)));
  Add(condition::kName, Quoted(Bytes(condition::kName)));
  Add(condition::kOperator, OperatorMeaning(U32(condition::kOperator)));
  Add(condition::kNext, Link(U32(condition::kNext)));
  Add(condition::kDataSize, absl::StrCat(U32(condition::kDataSize), " bytes"));
  Add(condition::kAggregationId, absl::StrCat(U32(condition::kAggregationId)));
  Add(condition::kAggregation, Link(U32(condition::kAggregation)));
  const Field data = condition::Data(U32(condition::kDataSize));
  if (data.size != 0) Add(data, Quoted(Bytes(data)));
}

void Annotator::AnnotateAggregation() {
  Add(aggregation::kName, Quoted(Bytes(aggregation::kName)));
  Add(aggregation::kMessageId, "unused");
  Add(aggregation::kId, absl::StrCat(U32(aggregation::kId)));
  Add(aggregation::kFirstCondition, Link(U32(aggregation::kFirstCondition)));
  Add(aggregation::kNext, Link(U32(aggregation::kNext)));
  Add(aggregation::kConditionCount, absl::StrCat(U32(aggregation::kConditionCount)));
  Add(aggregation::kCombine, CombineMeaning(U32(aggregation::kCombine)));
  Add(aggregation::kCounters, "unused");
}

// What remains of a part after its whole fields: padding, a field that the end of the file cuts, or
// bytes that no link leads to.
void Annotator::AddRest(const Part& part) {
  const bool begun = !annotations_.empty() && annotations_.back().place.offset >= part.place.offset;
  const uint32_t from = begun ? annotations_.back().place.end() : part.place.offset;
  if (from == part.place.end()) return;
  const Place rest{from, part.place.end() - from};
  if (part.kind == Kind::kGap) {
    annotations_.push_back(
        {rest, structure_, "bytes", absl::StrCat(rest.length, " bytes that no link leads to")});
    return;
  }
  const uint32_t fixed = part.kind == Kind::kHeader      ? header::kSize
                         : part.kind == Kind::kEvent     ? event::kSize
                         : part.kind == Kind::kCondition ? condition::kDataOffset
                                                         : aggregation::kSize;
  const bool cut = rest.offset - part.place.offset < fixed;
  annotations_.push_back({rest, structure_, cut ? "cut short" : "padding",
                          absl::StrCat(rest.length, cut ? " bytes, then the file ends"
                                                        : " bytes up to the next record")});
}

std::string Annotator::EventMeaning(const Event& named, uint32_t id) const {
  if (named.type != nullptr && !named.type->name.empty()) {
    return absl::StrCat(id, " = ", Printable(named.type->name));
  }
  if (named.type != nullptr || reference_ == nullptr) return absl::StrCat(id);
  return absl::StrCat(id, " = unknown to ", reference_->Name());
}

std::string Annotator::FieldMeaning(const Event& named, uint32_t index) const {
  if (named.type == nullptr || named.type->undescribed) return absl::StrCat(index);
  const auto fields = named.type->fields;
  if (index < fields.size()) return absl::StrCat(index, " = ", Printable(fields[index].name));
  return absl::StrCat(index, " = past the ", fields.size(), " fields of ", reference_->Name());
}

void Annotator::Add(const Field& field, std::string meaning) {
  if (field.offset > record_->size() || field.size > record_->size() - field.offset) return;
  annotations_.push_back(
      {record_->At(field), structure_, std::string(field.name), std::move(meaning)});
}

}  // namespace

std::vector<Annotation> AnnotateSysmonBlob(std::string_view bytes, const ReadOptions& options,
                                           std::span<const Place> /*around*/) {
  if (bytes.size() > kMaxFileBytes) return {};
  return Annotator(bytes, options).Annotate(Walker(bytes).Walk());
}

}  // namespace sluice
