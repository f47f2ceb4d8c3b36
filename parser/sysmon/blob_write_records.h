// Appends the records of a Sysmon rule blob the way Sysmon's compiler does, with what it leaves
// behind when it takes an event record back (Sysmon rule blob, sections 5.3 and 5.4).

#ifndef SLUICE_PARSER_SYSMON_BLOB_WRITE_RECORDS_H_
#define SLUICE_PARSER_SYSMON_BLOB_WRITE_RECORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "parser/sysmon/blob_layout.h"

namespace sluice::blob {

// The most that names hold beside their terminator, in UTF-16 units.
inline constexpr uint32_t kMaxNameUnits = condition::kName.size / 2 - 1;
inline constexpr uint32_t kMaxGroupNameUnits = aggregation::kName.size / 2 - 1;

// A longer record is not written: it leaves room to round its length up.
inline constexpr uint32_t kMaxRecordBytes = 0x7FFFFFF8;

struct HeaderWords {
  uint32_t binary_version = 0;
  uint32_t schema_version = 0;
  bool legacy = false;    // two words only, without the schema version
  bool unlinked = false;  // no link to the first aggregation record
};

struct EventWords {
  uint32_t id = 0;
  bool excludes = false;  // what nothing matches
  bool all = false;       // conditions combine with AND
};

// Texts are UTF-16LE without their terminators, and fit.
struct NewAggregation {
  uint32_t id = 0;
  bool all = false;
  std::string_view name;
};

struct NewCondition {
  uint32_t field = 0;
  uint32_t operator_word = 0;
  std::string_view name;
  std::string_view text;
  uint32_t data_size = 0;       // D: at least the size of the text and 2
  uint32_t aggregation_id = 0;  // 0, or that of the aggregation added last
};

// Every function that adds a record returns false, and adds nothing, when the blob would be longer
// than `max_bytes`; or when it would be corrupt, see `corrupt`.
class RecordWriter {
 public:
  RecordWriter(const HeaderWords& header, uint32_t max_bytes)
      : header_(header), max_bytes_(max_bytes) {}

  [[nodiscard]] bool AddEvent(const EventWords& event);
  [[nodiscard]] bool AddAggregation(const NewAggregation& added);
  [[nodiscard]] bool AddCondition(const NewCondition& added);

  // Takes back the event record that was added last, with all that was added to it; not twice in a
  // row. Its bytes stay in the buffer, the link to it in the event record before it, and it is
  // still the one whose last aggregation record links to the next.
  void UndoEvent();

  // The aggregation record that will link to the next one, 0 without one.
  uint32_t last_aggregation() const { return last_aggregation_; }
  // No record is left, and no header.
  bool empty() const { return size_ == 0; }
  // Says that the event record which was taken back is not added again as another, and that it had
  // aggregation records: `last_aggregation` is none any more.
  void ForgetAggregations();
  // A link to a record that was taken back is left in another record, or would have been written
  // over one.
  bool corrupt() const { return corrupt_; }

  std::string Take() &&;

 private:
  bool Append(uint32_t length, uint32_t* at);
  bool AppendHeader();
  bool LinkAggregation(uint32_t to);
  uint32_t Get(uint32_t record, const Field& field) const;
  void Put(uint32_t record, const Field& field, uint32_t value);
  void PutText(uint32_t record, const Field& field, std::string_view text);
  void CountUp(uint32_t record, const Field& field) { Put(record, field, Get(record, field) + 1); }
  uint32_t HeaderSize() const { return header_.legacy ? header::kLegacySize : header::kSize; }

  const HeaderWords header_;
  const uint32_t max_bytes_;
  std::string buffer_;  // may go on behind `size_`, with zeros or what was taken back
  uint32_t size_ = 0;
  uint32_t event_count_ = 0;
  // Offsets; 0 is none.
  uint32_t last_event_ = 0;
  uint32_t event_before_ = 0;
  uint32_t last_condition_ = 0;
  uint32_t last_aggregation_ = 0;
  bool aggregation_gone_ = false;  // there is no record at `last_aggregation_` any more
  bool corrupt_ = false;
};

}  // namespace sluice::blob

#endif  // SLUICE_PARSER_SYSMON_BLOB_WRITE_RECORDS_H_
