#include "parser/sysmon/blob_records.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_groups.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice::blob {
namespace {

// What is being read; named only when it is wrong.
enum class What { kHeader, kEvent, kCondition, kUsedAggregation, kChainedAggregation };

class Prover {
 public:
  Prover(std::string_view bytes, Records* records)
      : bytes_(bytes),
        cursor_(bytes),
        records_(*records),
        coverage_(cursor_.size()),
        used_aggregations_(cursor_.size()) {}

  std::optional<Malformed> Prove() {
    if (ReadHeader() && ReadEvents() && ReadAggregationChain()) {
      FindGaps();
      PlaceEmptyGroups(std::move(empty_groups_), cursor_, &records_);
    }
    return std::move(malformed_);
  }

 private:
  // Each returns false after `Fail`.
  bool ReadHeader();
  bool HasFullHeader() const;
  bool ReadEvents();
  bool ReadEvent(const Record& record);
  bool CountEmptyEvent(const Record& record);
  bool ReadConditions(const Record& event_record);
  bool ReadCondition(uint32_t offset);
  bool ReadText(const Record& record, ConditionEntry* entry);
  bool JoinRun(const Record& record);
  bool OpenRun(const Record& record, uint32_t id, uint32_t offset);
  bool CloseRun(size_t end);
  bool ReadAggregationChain();
  bool ReadChainedAggregation(uint32_t offset);
  bool CheckAggregation(What what, const Record& record, uint32_t* name_units);

  bool CheckLink(What what, const Record& from, const Field& link);
  bool CheckOptionalLink(What what, const Record& from, const Field& link);
  bool CheckFlag(What what, const Record& record, const Field& field);
  bool CheckCount(What what, const Record& record, const Field& field, uint32_t found,
                  std::string_view of_what);
  std::optional<Record> Take(What what, uint32_t offset, uint32_t size);
  bool Claim(What what, const Record& record, uint32_t length);

  void FindGaps();
  bool TakeEmptyGroups(Place gap);

  bool IsEnd(uint32_t link) const { return link == 0 || link == cursor_.size(); }
  bool Fail(What what, Place place, std::string message);
  std::string Name(What what) const;
  // Of the condition that is being read, from 1 in its event.
  size_t ConditionNumber() const {
    return records_.conditions.size() - records_.events.back().conditions.begin;
  }

  std::string_view bytes_;
  Cursor cursor_;
  Records& records_;
  Coverage coverage_;
  Coverage used_aggregations_;  // the first granule of each aggregation record that a run uses
  std::optional<Malformed> malformed_;
  uint32_t first_event_ = 0;
  uint32_t event_count_ = 0;
  uint32_t empty_events_ = 0;
  std::optional<Record> header_;
  // The aggregation record of the run that is open; its group is the last one.
  std::optional<Record> run_;
  size_t run_condition_ = 0;  // the first of its conditions, from 1 in its event
  uint32_t chained_ = 0;      // aggregation records of the chain so far
  std::vector<uint32_t> empty_groups_;
};

bool Prover::ReadHeader() {
  const auto start = cursor_.Take(0, 4);
  const bool legacy = start && start->U32(header::kBinaryVersion) <= kLastLegacyVersion;
  const uint32_t size = legacy ? header::kLegacySize : header::kSize;
  header_ = Take(What::kHeader, 0, size);
  if (!header_ || !Claim(What::kHeader, *header_, size)) return false;
  records_.legacy = legacy;
  if (legacy && HasFullHeader()) {
    const uint32_t version = header_->U32(header::kBinaryVersion);
    return Fail(
        What::kHeader, header_->At(header::kBinaryVersion),
        absl::StrCat("its binary version is ", BinaryVersionText(version), ", whose header has ",
                     header::kLegacySize, " bytes, and this one has ", header::kSize));
  }
  event_count_ = header_->U32(header::kEventCount);
  const Place count = header_->At(header::kEventCount);
  const uint32_t room = (cursor_.size() - size) / event::kSize;
  if (event_count_ == 0 || event_count_ > std::max(room, kMaxBlobEvents)) {
    return Fail(What::kHeader, count,
                absl::StrCat("it counts ", event_count_,
                             " event records, and the file has room for ", room));
  }
  if (event_count_ > kMaxBlobEvents) {
    Fail(What::kHeader, count,
         absl::StrCat(event_count_, " event records, at most ", kMaxBlobEvents, " are read"));
    malformed_->over_limit = true;
    return false;
  }
  if (legacy) {
    first_event_ = header::kLegacySize;
    return true;
  }
  first_event_ = header_->U32(header::kFirstEvent);
  if (header_->U32(header::kHeaderSize) != header::kSize) {
    return Fail(What::kHeader, header_->At(header::kHeaderSize),
                absl::StrCat("its size is given as ", header_->U32(header::kHeaderSize),
                             ", and must be ", header::kSize));
  }
  return CheckLink(What::kHeader, *header_, header::kFirstEvent);
}

// Whether a header of six words stands there, whatever the version says. In a file with one of two
// words that is an event of id 24 with a default past 1: none that old has either.
bool Prover::HasFullHeader() const {
  const std::optional<Record> full = cursor_.Take(0, header::kSize);
  return full && full->U32(header::kHeaderSize) == header::kSize &&
         full->U32(header::kSchemaVersion) > 1 && full->U32(header::kFirstEvent) == header::kSize;
}

bool Prover::ReadEvents() {
  for (uint32_t offset = first_event_; !IsEnd(offset) || records_.events.empty();) {
    if (records_.events.size() == event_count_) {
      return CheckCount(What::kHeader, *header_, header::kEventCount, event_count_ + 1,
                        "or more event records");
    }
    records_.events.push_back({.offset = offset});
    const std::optional<Record> record = Take(What::kEvent, offset, event::kSize);
    if (!record || !Claim(What::kEvent, *record, event::kSize) || !ReadEvent(*record)) return false;
    offset = record->U32(event::kNext);
    if (!IsEnd(offset) && !CheckLink(What::kEvent, *record, event::kNext)) return false;
  }
  return CheckCount(What::kHeader, *header_, header::kEventCount,
                    static_cast<uint32_t>(records_.events.size()), "event records");
}

bool Prover::ReadEvent(const Record& record) {
  EventEntry& entry = records_.events.back();
  entry.conditions.begin = static_cast<uint32_t>(records_.conditions.size());
  entry.groups.begin = static_cast<uint32_t>(records_.groups.size());
  if (!CheckFlag(What::kEvent, record, event::kDefault) ||
      !CheckFlag(What::kEvent, record, event::kCombine) || !ReadConditions(record)) {
    return false;
  }
  entry.conditions.end = static_cast<uint32_t>(records_.conditions.size());
  entry.groups.end = static_cast<uint32_t>(records_.groups.size());
  return CheckCount(What::kEvent, record, event::kConditionCount, entry.conditions.size(),
                    "conditions") &&
         CountEmptyEvent(record);
}

// Counts the event record that was read last, if it holds no condition.
bool Prover::CountEmptyEvent(const Record& record) {
  if (records_.events.back().conditions.size() != 0) return true;
  if (++empty_events_ <= kMaxIdle) return true;
  Fail(What::kEvent, record.place(),
       absl::StrCat("more than ", kMaxIdle,
                    " event records without a condition, and no more are read"));
  malformed_->over_limit = true;
  return false;
}

bool Prover::ReadConditions(const Record& event_record) {
  const uint32_t count = event_record.U32(event::kConditionCount);
  uint32_t offset = event_record.U32(event::kFirstCondition);
  if (offset != 0 && !CheckLink(What::kEvent, event_record, event::kFirstCondition)) return false;
  for (uint32_t found = 0; offset != 0; ++found) {
    if (found == count) {
      return CheckCount(What::kEvent, event_record, event::kConditionCount, count + 1,
                        "or more conditions");
    }
    if (!ReadCondition(offset)) return false;
    // The record is there: `ReadCondition` has proven it.
    const std::optional<Record> record = cursor_.Take(offset, condition::kFixedSize);
    offset = record->U32(condition::kNext);
    if (offset != 0 && !CheckLink(What::kCondition, *record, condition::kNext)) return false;
  }
  return CloseRun(records_.conditions.size());
}

bool Prover::ReadCondition(uint32_t offset) {
  records_.conditions.push_back({.offset = offset});
  const std::optional<Record> record = Take(What::kCondition, offset, condition::kFixedSize);
  if (!record) return false;
  ConditionEntry& entry = records_.conditions.back();
  entry.data_size = record->U32(condition::kDataSize);
  const Place size_place = record->At(condition::kDataSize);
  if (entry.data_size < 2 || entry.data_size % 2 != 0) {
    return Fail(
        What::kCondition, size_place,
        absl::StrCat("its data size is ", entry.data_size, ", and must be even and at least 2"));
  }
  const uint32_t remaining = cursor_.Remaining(offset) - condition::kFixedSize;
  if (entry.data_size > remaining) {
    return Fail(What::kCondition, size_place,
                absl::StrCat("its data needs ", entry.data_size, " bytes, ", remaining,
                             " remain in the file"));
  }
  const uint32_t stored = StoredSize(condition::kFixedSize + entry.data_size);
  if (stored > cursor_.Remaining(offset)) {
    return Fail(What::kCondition, size_place,
                absl::StrCat("rounded up to a multiple of 8 it needs ", stored, " bytes, ",
                             cursor_.Remaining(offset), " remain in the file"));
  }
  return Claim(What::kCondition, *record, stored) && ReadText(*record, &entry) && JoinRun(*record);
}

bool Prover::ReadText(const Record& record, ConditionEntry* entry) {
  const std::optional<uint32_t> name = TerminatedUnits(record.Bytes(condition::kName));
  if (!name) {
    return Fail(What::kCondition, record.At(condition::kName),
                "its rule name has no terminating zero in 256 units");
  }
  entry->name_units = *name;
  const Field field = condition::Data(entry->data_size);
  const std::string_view data = bytes_.substr(record.At(field).offset, field.size);
  const std::optional<uint32_t> text = TerminatedUnits(data);
  if (!text) {
    return Fail(What::kCondition, record.At(field),
                absl::StrCat("its text has no terminating zero in ", data.size() / 2, " units"));
  }
  entry->text_units = *text;
  if (data.find_first_not_of('\0', size_t{2} * *text) != std::string_view::npos) {
    return Fail(
        What::kCondition, record.At(field),
        absl::StrCat("its data goes on after the zero that ends its text of ", *text, " units"));
  }
  return true;
}

// Consecutive conditions with the same id, other than 0, are one run: that is how engines see them.
bool Prover::JoinRun(const Record& record) {
  const uint32_t id = record.U32(condition::kAggregationId);
  const uint32_t offset = record.U32(condition::kAggregation);
  if ((id == 0) != (offset == 0)) {
    return Fail(What::kCondition,
                record.At(id == 0 ? condition::kAggregationId : condition::kAggregation),
                "its aggregation id and link must both be 0, or neither");
  }
  if (run_ && id == run_->U32(aggregation::kId)) {
    if (offset == run_->offset()) return true;
    return Fail(What::kCondition, record.At(condition::kAggregation),
                absl::StrCat("its aggregation record is not that of the condition before it, which"
                             " has the same id ",
                             id));
  }
  return CloseRun(records_.conditions.size() - 1) && (id == 0 || OpenRun(record, id, offset));
}

bool Prover::OpenRun(const Record& record, uint32_t id, uint32_t offset) {
  const Place link = record.At(condition::kAggregation);
  run_condition_ = ConditionNumber();
  if (offset % kAlignment != 0 || offset >= record.offset()) {
    return Fail(What::kCondition, link,
                absl::StrCat("its aggregation record is at ", offset,
                             ", and must be before it at a multiple of 8"));
  }
  const auto aggregation_record = Take(What::kUsedAggregation, offset, aggregation::kStoredSize);
  if (!aggregation_record) return false;
  if (!used_aggregations_.Claim(offset, kAlignment)) {
    return Fail(What::kCondition, link,
                "another run of conditions has the same aggregation record");
  }
  GroupEntry group{.offset = offset,
                   .event = static_cast<uint32_t>(records_.events.size() - 1),
                   .conditions = {static_cast<uint32_t>(records_.conditions.size() - 1), 0}};
  const Record& found = *aggregation_record;
  if (!Claim(What::kUsedAggregation, found, aggregation::kStoredSize)) return false;
  if (found.U32(aggregation::kId) != id) {
    return Fail(
        What::kUsedAggregation, found.At(aggregation::kId),
        absl::StrCat("its id is ", found.U32(aggregation::kId), ", its conditions say ", id));
  }
  if (found.U32(aggregation::kFirstCondition) != record.offset()) {
    return Fail(
        What::kUsedAggregation, found.At(aggregation::kFirstCondition),
        absl::StrCat("its first condition is given at ", found.U32(aggregation::kFirstCondition),
                     ", and is at ", record.offset()));
  }
  if (!CheckAggregation(What::kUsedAggregation, found, &group.name_units)) return false;
  records_.groups.push_back(group);
  run_ = found;
  return true;
}

// `end` is the first condition after the run.
bool Prover::CloseRun(size_t end) {
  if (!run_) return true;
  const Record record = *std::exchange(run_, std::nullopt);
  Range& conditions = records_.groups.back().conditions;
  conditions.end = static_cast<uint32_t>(end);
  return CheckCount(What::kUsedAggregation, record, aggregation::kConditionCount, conditions.size(),
                    "conditions");
}

bool Prover::ReadAggregationChain() {
  if (records_.legacy) return true;
  uint32_t offset = header_->U32(header::kFirstAggregation);
  if (!IsEnd(offset) && !CheckLink(What::kHeader, *header_, header::kFirstAggregation)) {
    return false;
  }
  while (!IsEnd(offset)) {
    ++chained_;
    if (!ReadChainedAggregation(offset)) return false;
    // Whole, and its link checked, by the line above.
    offset = cursor_.Take(offset, aggregation::kSize)->U32(aggregation::kNext);
  }
  return true;
}

// An aggregation record that no run uses must be an empty one.
bool Prover::ReadChainedAggregation(uint32_t offset) {
  const auto record = Take(What::kChainedAggregation, offset, aggregation::kStoredSize);
  if (!record) return false;
  if (!used_aggregations_.Claim(offset, kAlignment)) return true;
  if (!Claim(What::kChainedAggregation, *record, aggregation::kStoredSize)) return false;
  for (const Field& field : {aggregation::kConditionCount, aggregation::kFirstCondition}) {
    if (record->U32(field) == 0) continue;
    return Fail(What::kChainedAggregation, record->At(field),
                absl::StrCat("its ", Abseil(field.name), " is ", record->U32(field),
                             ", and no condition uses it"));
  }
  empty_groups_.push_back(offset);
  uint32_t name_units = 0;
  return CheckAggregation(What::kChainedAggregation, *record, &name_units);
}

bool Prover::CheckAggregation(What what, const Record& record, uint32_t* name_units) {
  const std::optional<uint32_t> name = TerminatedUnits(record.Bytes(aggregation::kName));
  if (!name) {
    return Fail(what, record.At(aggregation::kName),
                "its name has no terminating zero in 128 units");
  }
  *name_units = *name;
  return CheckFlag(what, record, aggregation::kCombine) &&
         CheckOptionalLink(what, record, aggregation::kNext);
}

bool Prover::CheckOptionalLink(What what, const Record& from, const Field& link) {
  return IsEnd(from.U32(link)) || CheckLink(what, from, link);
}

bool Prover::CheckLink(What what, const Record& from, const Field& link) {
  const uint32_t to = from.U32(link);
  std::string bound;
  if (to % kAlignment != 0) {
    bound = "must be a multiple of 8";
  } else if (to >= cursor_.size()) {
    bound = absl::StrCat("must be inside the file of ", cursor_.size(), " bytes");
  } else if (to <= from.offset()) {
    bound = absl::StrCat("must be past ", from.offset(), ", since links ascend");
  } else {
    return true;
  }
  return Fail(what, from.At(link),
              absl::StrCat("its link to the ", Abseil(link.name), " is ", to, ", and ", bound));
}

bool Prover::CheckFlag(What what, const Record& record, const Field& field) {
  const uint32_t value = record.U32(field);
  if (value <= 1) return true;
  return Fail(what, record.At(field),
              absl::StrCat("its ", Abseil(field.name), " is ", value, ", and must be 0 or 1"));
}

bool Prover::CheckCount(What what, const Record& record, const Field& field, uint32_t found,
                        std::string_view of_what) {
  const uint32_t count = record.U32(field);
  if (count == found) return true;
  return Fail(what, record.At(field),
              absl::StrCat("its ", Abseil(field.name), " is ", count, ", the chain has ", found,
                           " ", Abseil(of_what)));
}

std::optional<Record> Prover::Take(What what, uint32_t offset, uint32_t size) {
  std::optional<Record> record = cursor_.Take(offset, size);
  const uint32_t remaining = cursor_.Remaining(offset);
  if (!record) {
    Fail(what, {offset, remaining},
         absl::StrCat("it needs ", size, " bytes, ", remaining, " remain in the file"));
  }
  return record;
}

bool Prover::Claim(What what, const Record& record, uint32_t length) {
  if (coverage_.Claim(record.offset(), length)) return true;
  return Fail(what, record.place(),
              absl::StrCat("its ", length, " bytes overlap those of another record"));
}

void Prover::FindGaps() {
  uint32_t from = 0;
  while (records_.hidden.size() < kMaxBlobGaps) {
    const std::optional<Place> gap = coverage_.NextGap(from);
    if (!gap) return;
    if (!TakeEmptyGroups(*gap)) records_.hidden.push_back(*gap);
    from = gap->end();
  }
}

// Whether a gap is nothing but empty groups that the header's chain does not reach.
bool Prover::TakeEmptyGroups(Place gap) {
  if (gap.length % aggregation::kStoredSize != 0) return false;
  const size_t before = empty_groups_.size();
  for (uint32_t at = gap.offset; at < gap.end(); at += aggregation::kStoredSize) {
    const std::optional<Record> record = cursor_.Take(at, aggregation::kSize);
    if (!record || !IsEmptyAggregation(*record)) {
      empty_groups_.resize(before);
      return false;
    }
    empty_groups_.push_back(at);
  }
  return true;
}

bool Prover::Fail(What what, Place place, std::string message) {
  malformed_ = Malformed{place, Name(what), std::move(message)};
  return false;
}

std::string Prover::Name(What what) const {
  const size_t event = records_.events.size();
  if (what == What::kHeader) return "header";
  if (what == What::kChainedAggregation) {
    return absl::StrCat("aggregation record ", chained_, " of the header's chain");
  }
  if (what == What::kEvent) return absl::StrCat("event record ", event);
  const size_t number = what == What::kCondition ? ConditionNumber() : run_condition_;
  return absl::StrCat(what == What::kCondition ? "" : "aggregation record of ", "condition ",
                      number, " of event record ", event);
}

}  // namespace

std::optional<Malformed> ProveRecords(std::string_view bytes, Records* records) {
  if (bytes.size() > kMaxFileBytes) {
    return Malformed{
        {},
        "header",
        absl::StrCat("the file has ", bytes.size(), " bytes, at most ", kMaxFileBytes, " are read"),
        /*over_limit=*/true};
  }
  return Prover(bytes, records).Prove();
}

}  // namespace sluice::blob
