#include "parser/sysmon/blob_write_records.h"

#include <algorithm>
#include <utility>

namespace sluice::blob {
namespace {

// The compiler's buffer grows by at least this much.
constexpr uint32_t kGrowth = 4096;

}  // namespace

uint32_t RecordWriter::Get(uint32_t record, const Field& field) const {
  uint32_t value = 0;
  for (uint32_t i = field.size; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(buffer_[record + field.offset + i - 1]);
  }
  return value;
}

void RecordWriter::Put(uint32_t record, const Field& field, uint32_t value) {
  for (uint32_t i = 0; i < field.size; ++i) {
    buffer_[record + field.offset + i] = static_cast<char>(value >> (8 * i));
  }
}

void RecordWriter::PutText(uint32_t record, const Field& field, std::string_view text) {
  std::ranges::copy(text, buffer_.begin() + record + field.offset);
}

// Makes room for a record of `length` bytes, all zero. What was in the slack behind it stays there.
bool RecordWriter::Append(uint32_t length, uint32_t* at) {
  if (length > kMaxRecordBytes) return false;
  const uint32_t stored = StoredSize(length);
  if (stored > max_bytes_ - std::min(size_, max_bytes_)) return false;
  if (stored > buffer_.size() - size_) buffer_.resize(buffer_.size() + std::max(stored, kGrowth));
  std::fill_n(buffer_.begin() + size_, length, '\0');
  *at = size_;
  size_ += stored;
  return true;
}

bool RecordWriter::AppendHeader() {
  uint32_t at = 0;
  if (!Append(HeaderSize(), &at)) return false;
  Put(at, header::kBinaryVersion, header_.binary_version);
  if (header_.legacy) return true;
  Put(at, header::kHeaderSize, header::kSize);
  Put(at, header::kSchemaVersion, header_.schema_version);
  Put(at, header::kFirstEvent, header::kSize);
  return true;
}

bool RecordWriter::AddEvent(const EventWords& added) {
  const uint32_t before = last_event_;
  if (before == 0 && !AppendHeader()) return false;
  uint32_t at = 0;
  if (!Append(event::kSize, &at)) return false;
  if (before != 0) Put(before, event::kNext, at);
  Put(at, event::kId, added.id);
  Put(at, event::kDefault, added.excludes ? 1 : 0);
  Put(at, event::kCombine, added.all ? 1 : 0);
  Put(0, header::kEventCount, ++event_count_);
  event_before_ = before;
  last_event_ = at;
  last_condition_ = 0;
  return true;
}

// Writes where the next aggregation record stands into the one before it.
bool RecordWriter::LinkAggregation(uint32_t to) {
  if (last_aggregation_ == 0) {
    if (!header_.legacy && !header_.unlinked) Put(0, header::kFirstAggregation, to);
    return true;
  }
  const uint32_t at = last_aggregation_ + aggregation::kNext.offset;
  const bool inside = at < buffer_.size();
  // What stands there will be written over, unless a record that stays is there already.
  if (aggregation_gone_ && (at < size_ || !inside)) {
    corrupt_ = true;
    return false;
  }
  if (inside) Put(last_aggregation_, aggregation::kNext, to);
  return true;
}

bool RecordWriter::AddAggregation(const NewAggregation& added) {
  if (!LinkAggregation(size_)) return false;
  uint32_t at = 0;
  if (!Append(aggregation::kSize, &at)) return false;
  PutText(at, aggregation::kName, added.name);
  Put(at, aggregation::kId, added.id);
  Put(at, aggregation::kCombine, added.all ? 1 : 0);
  last_aggregation_ = at;
  aggregation_gone_ = false;
  return true;
}

bool RecordWriter::AddCondition(const NewCondition& added) {
  if (added.data_size > kMaxRecordBytes - condition::kFixedSize) return false;
  uint32_t at = 0;
  if (!Append(condition::kFixedSize + added.data_size, &at)) return false;
  Put(at, condition::kFieldIndex, added.field);
  PutText(at, condition::kName, added.name);
  Put(at, condition::kOperator, added.operator_word);
  Put(at, condition::kDataSize, added.data_size);
  PutText(at, condition::Data(added.data_size), added.text);
  if (last_condition_ != 0) Put(last_condition_, condition::kNext, at);
  last_condition_ = at;
  if (Get(last_event_, event::kFirstCondition) == 0) Put(last_event_, event::kFirstCondition, at);
  CountUp(last_event_, event::kConditionCount);
  if (added.aggregation_id == 0) return true;
  Put(at, condition::kAggregationId, added.aggregation_id);
  Put(at, condition::kAggregation, last_aggregation_);
  if (Get(last_aggregation_, aggregation::kFirstCondition) == 0) {
    Put(last_aggregation_, aggregation::kFirstCondition, at);
  }
  CountUp(last_aggregation_, aggregation::kConditionCount);
  return true;
}

void RecordWriter::UndoEvent() {
  size_ = last_event_;
  last_event_ = event_before_;
  if (--event_count_ != 0) {
    Put(0, header::kEventCount, event_count_);
    return;
  }
  buffer_.clear();
  size_ = 0;
}

void RecordWriter::ForgetAggregations() {
  aggregation_gone_ = true;
  // Something that is left links to the first of them.
  if (!empty()) corrupt_ = true;
}

std::string RecordWriter::Take() && {
  buffer_.resize(size_);
  return std::move(buffer_);
}

}  // namespace sluice::blob
