#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_write_causes.h"
#include "parser/sysmon/blob_write_records.h"
#include "parser/sysmon/blob_writer.h"
#include "schema/operators.h"
#include "schema/sysmon.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using blob::Causes;
using blob::RecordWriter;

// A number of digits alone, of at most 32 bits.
std::optional<uint32_t> ParseNumber(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

// The schema version of a blob: two numbers of at most 16 bits, and a single decimal in ten times.
std::optional<uint32_t> SchemaWord(std::string_view version) {
  const size_t point = version.find('.');
  const std::optional<uint32_t> major = ParseNumber(version.substr(0, point));
  std::optional<uint32_t> minor = 0;
  if (point != std::string_view::npos) {
    const std::string_view decimals = version.substr(point + 1);
    minor = ParseNumber(decimals);
    if (minor && decimals.size() == 1) *minor *= 10;
  }
  constexpr uint32_t kMost = std::numeric_limits<uint16_t>::max();
  if (!major || !minor || *major > kMost || *minor > kMost) return std::nullopt;
  return *major << 16 | *minor;
}

// The word that selects the condition; nullopt when the content has none.
std::optional<uint32_t> OperatorWord(const Criterion& criterion) {
  constexpr uint8_t kKnownFlags = kEnvironment;
  if ((criterion.flags & ~kKnownFlags) != 0) return std::nullopt;
  const bool environment = (criterion.flags & kEnvironment) != 0;
  if (IsSysmon(criterion.op)) {
    const uint32_t number =
        static_cast<uint32_t>(criterion.op) - static_cast<uint32_t>(Operator::kSysmonIs);
    return number | (environment ? blob::kOperatorEnvironmentBit : 0);
  }
  if (criterion.op != Operator::kUnknown || environment) return std::nullopt;
  return ParseNumber(criterion.operator_text);
}

class IndexedWriter {
 public:
  IndexedWriter(const Content& content, uint32_t max_bytes)
      : content_(content), causes_(content, BlobMode::kStrict), max_bytes_(max_bytes) {}

  BlobWriteResult Run() &&;

 private:
  bool Start();
  bool WriteRecord(uint32_t index);
  bool WriteParts(const Instance& instance);
  bool WriteGroup(const Group& group);
  bool WriteCriterion(const Criterion& criterion, uint32_t aggregation_id);
  bool TakeText(std::string_view text, Place place, size_t most_units, std::string* units);
  bool Added(bool added, Place place);
  bool Fail(Place place, std::string_view why);

  const Content& content_;
  Causes causes_;
  const uint32_t max_bytes_;
  std::optional<RecordWriter> writer_;
  uint32_t instance_ = kNone;
  uint32_t last_id_ = 0;  // of the run of conditions that was written last; 0 behind a plain one
};

BlobWriteResult IndexedWriter::Run() && {
  const auto records = static_cast<uint32_t>(content_.instances().size());
  bool written = records == 0 || Start();
  for (uint32_t i = 0; i < records && written; ++i) written = WriteRecord(i);
  if (records == 0 || !written) return std::move(causes_).Take({});
  return std::move(causes_).Take(std::move(*writer_).Take());
}

bool IndexedWriter::Fail(Place place, std::string_view why) {
  if (Refused* refused = causes_.Fatal(place, instance_)) refused->why = why;
  return false;
}

bool IndexedWriter::Added(bool added, Place place) {
  if (added) return true;
  Refused* refused = causes_.Fatal(place, instance_, "SL207");
  if (refused != nullptr) {
    refused->why = absl::StrCat("the blob would have more than ", max_bytes_, " bytes");
  }
  return false;
}

bool IndexedWriter::Start() {
  constexpr uint32_t kMost = std::numeric_limits<uint16_t>::max();
  const Metadata& metadata = content_.metadata();
  if (metadata.binary_major > kMost || metadata.binary_minor > kMost) {
    return Fail(metadata.binary_version_place, "each half of the binary version has 16 bits");
  }
  blob::HeaderWords header{.binary_version = metadata.binary_major << 16 | metadata.binary_minor};
  header.legacy = header.binary_version <= blob::kLastLegacyVersion;
  if (header.legacy == metadata.has_schema_version) {
    return Fail(metadata.schema_version_place,
                header.legacy ? "blobs of this binary version state no schema version"
                              : "a blob states a schema version");
  }
  if (!header.legacy) {
    const std::optional<uint32_t> word = SchemaWord(metadata.schema_version);
    if (!word || (*word >> 16) * 100 + (*word & 0xFFFF) != metadata.schema_rank) {
      return Fail(metadata.schema_version_place, "a blob does not hold this schema version");
    }
    header.schema_version = *word;
  }
  // Ids that a compiler used up in trying the first record as another event: then the link in the
  // header was lost, too.
  const std::span<const Group> groups = content_.groups(content_.instances().front());
  header.unlinked = !groups.empty() && groups.front().id > 1;
  writer_.emplace(header, max_bytes_);
  return true;
}

bool IndexedWriter::WriteRecord(uint32_t index) {
  instance_ = index;
  last_id_ = 0;
  const Instance& instance = content_.instances()[index];
  const uint32_t id = content_.type(instance).id;
  if (id == kNone) return Fail(instance.place, "a blob has event ids, and no names");
  if (instance.record_default == RecordDefault::kTypeDefault || !instance.condition.empty()) {
    return Fail(instance.place, "a record of a blob states its default, and no other condition");
  }
  return Added(writer_->AddEvent({.id = id,
                                  .excludes = instance.record_default == RecordDefault::kExclude,
                                  .all = instance.combine == Combine::kAnd}),
               instance.place) &&
         WriteParts(instance);
}

bool IndexedWriter::WriteParts(const Instance& instance) {
  uint32_t at = instance.criteria.begin;
  for (const Group& group : content_.groups(instance)) {
    for (; at < group.criteria.begin; ++at) {
      if (!WriteCriterion(content_.criteria()[at], 0)) return false;
    }
    if (!WriteGroup(group)) return false;
    at = group.criteria.end;
  }
  for (; at < instance.criteria.end; ++at) {
    if (!WriteCriterion(content_.criteria()[at], 0)) return false;
  }
  return true;
}

bool IndexedWriter::WriteGroup(const Group& group) {
  std::string name;
  if (!TakeText(group.name, group.name_place, blob::kMaxGroupNameUnits, &name)) return false;
  if (!group.criteria.empty() && (group.id == 0 || group.id == last_id_)) {
    return Fail(group.place, group.id == 0 ? "a group with conditions has an id other than 0"
                                           : "groups beside one another have different ids");
  }
  if (!Added(writer_->AddAggregation(
                 {.id = group.id, .all = group.combine == Combine::kAnd, .name = name}),
             group.place)) {
    return false;
  }
  for (const Criterion& criterion : content_.criteria(group)) {
    if (!WriteCriterion(criterion, group.id)) return false;
  }
  return true;
}

bool IndexedWriter::WriteCriterion(const Criterion& criterion, uint32_t aggregation_id) {
  const FieldRef& field = content_.field(criterion);
  if (field.kind != FieldKind::kIndex || criterion.operands.size() > 1) {
    return Fail(criterion.place, "a condition of a blob has a field index, and one text");
  }
  const std::optional<uint32_t> word = OperatorWord(criterion);
  if (!word) return Fail(criterion.operator_place, "the condition has no number");
  const Place text_place =
      criterion.operands.empty() ? criterion.place : content_.operands(criterion).front().place;
  std::string name;
  std::string text;
  if (!TakeText(criterion.name, criterion.name_place, blob::kMaxNameUnits, &name) ||
      !TakeText(content_.operand_text(criterion), text_place, std::string::npos, &text)) {
    return false;
  }
  last_id_ = aggregation_id;
  return Added(writer_->AddCondition({.field = field.index,
                                      .operator_word = *word,
                                      .name = name,
                                      .text = text,
                                      .data_size = static_cast<uint32_t>(text.size()) + 2,
                                      .aggregation_id = aggregation_id}),
               criterion.place);
}

// As UTF-16LE, if a blob can hold it.
bool IndexedWriter::TakeText(std::string_view text, Place place, size_t most_units,
                             std::string* units) {
  std::optional<std::string> taken = Wtf8ToUtf16Le(text);
  if (!taken) return Fail(place, "the text is not UTF-8");
  if (text.find('\0') != std::string_view::npos) return Fail(place, "a text cannot hold a NUL");
  if (taken->size() / 2 > most_units) {
    return Fail(place, absl::StrCat("a name has at most ", most_units, " UTF-16 units"));
  }
  *units = *std::move(taken);
  return true;
}

}  // namespace

absl::StatusOr<BlobWriteResult> WriteIndexedSysmonBlob(const Content& content, uint32_t max_bytes) {
  if (!IsBlob(content)) {
    return absl::InvalidArgumentError("only Sysmon content that is bound by index is a blob");
  }
  return IndexedWriter(content, max_bytes).Run();
}

}  // namespace sluice
