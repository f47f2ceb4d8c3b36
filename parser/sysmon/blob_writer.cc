#include "parser/sysmon/blob_writer.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_write_causes.h"
#include "parser/sysmon/blob_write_plan.h"
#include "parser/sysmon/blob_write_records.h"
#include "parser/sysmon/blob_write_target.h"
#include "schema/operators.h"
#include "schema/sysmon.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using blob::Causes;
using blob::ListOption;
using blob::RecordWriter;
using blob::Series;

struct KnownLayout {
  std::string_view version;
  BlobLayout layout;
};

constexpr KnownLayout kLayouts[] = {{"4.60", BlobLayout::kUnverified},
                                    {"4.70", BlobLayout::kVerified},
                                    {"4.80", BlobLayout::kUnverified},
                                    {"4.81", BlobLayout::kUnverified},
                                    {"4.90", BlobLayout::kVerified}};

// Every event that a name stands for is tried; no sensor has more of them.
bool SeriesAreShort(const Contract& contract) {
  return std::ranges::all_of(blob::AllSeries(contract), [](const Series& series) {
    return series.events.size() <= blob::kMaxSeries;
  });
}

uint32_t OperatorNumber(Operator op) {
  return static_cast<uint32_t>(op) - static_cast<uint32_t>(Operator::kSysmonIs);
}

// The longest start of UTF-16LE `name` that a group keeps, with no pair of surrogates taken apart.
std::string_view CutGroupName(std::string_view name) {
  constexpr size_t kMaxBytes = size_t{2} * blob::kMaxGroupNameUnits;
  if (name.size() <= kMaxBytes) return name;
  const unsigned char high_byte = static_cast<unsigned char>(name[kMaxBytes - 1]);
  const unsigned char next_high_byte = static_cast<unsigned char>(name[kMaxBytes + 1]);
  const bool splits = (high_byte & 0xFC) == 0xD8 && (next_high_byte & 0xFC) == 0xDC;
  return name.substr(0, splits ? kMaxBytes - 2 : kMaxBytes);
}

// Texts as UTF-16LE; neighbours often have the same names.
class Utf16Name {
 public:
  // nullopt for what is not WTF-8. Good until the next call.
  std::optional<std::string_view> Get(std::string_view name) {
    if (name != name_ || !valid_) {
      std::optional<std::string> units = Wtf8ToUtf16Le(name);
      valid_ = units.has_value();
      if (!valid_) return std::nullopt;
      name_ = name;
      units_ = *std::move(units);
    }
    return units_;
  }

 private:
  std::string_view name_;
  std::string units_;
  bool valid_ = true;
};

class Compiler {
 public:
  Compiler(const Content& content, const BlobTarget& target, BlobMode mode)
      : content_(content),
        target_(target),
        contract_(*target.contract),
        events_(content, contract_),
        causes_(content, mode) {}

  BlobWriteResult Run() &&;

 private:
  // Whether a record fits the event that it was tried as.
  enum class Fit : uint8_t { kYes, kNo, kFailed };
  // What became of the records that took up a list option.
  enum class OptionUse : uint8_t { kNone, kDropped, kKept };

  void WriteSeries(uint32_t series, std::span<const uint32_t> records);
  bool WriteRecord(uint32_t index, const Series& series);
  Fit TryEvent(uint32_t index, const Series& series, size_t event);
  Fit WriteCriteria(const Instance& instance, size_t event);
  Fit WriteGroup(const Group& group, size_t event);
  bool WriteCriterion(const Criterion& criterion, uint32_t field, uint32_t aggregation_id);
  bool WriteOption(const ListOption& option, const ContractType& event);
  void WriteUnusedOptions();
  void ReportFailed(Place place);
  void UseOption(const Series& series, OptionUse use);
  void ReportLater(std::span<const uint32_t> records);
  void CountOfClass(uint32_t index, uint32_t count);
  bool Fail(Place place, std::string_view why);

  const Content& content_;
  const BlobTarget target_;
  const Contract& contract_;
  const blob::BlobEvents events_;
  Causes causes_;
  blob::Plan plan_;
  std::optional<RecordWriter> writer_;
  Utf16Name name_;
  std::vector<OptionUse> option_uses_;  // by Plan::options
  uint32_t last_aggregation_id_ = 0;
  uint32_t instance_ = kNone;  // that is being written
};

BlobWriteResult Compiler::Run() && {
  PlanFile(content_, target_, events_, causes_, plan_);
  CheckRecords(content_, target_, events_, causes_, plan_);
  if (!causes_.ok()) return std::move(causes_).Take({});
  const uint32_t binary = contract_.binary_major << 16 | contract_.binary_minor;
  writer_.emplace(blob::HeaderWords{.binary_version = binary, .schema_version = plan_.schema_word},
                  target_.max_bytes);
  option_uses_.resize(plan_.options.size());
  std::vector<std::vector<uint32_t>> records(events_.series().size());
  for (uint32_t i = 0; i < content_.instances().size(); ++i) {
    const uint32_t series = events_.series_of(content_.instances()[i].type);
    if (series != kNone && !plan_.skipped[i]) records[series].push_back(i);
  }
  for (uint32_t series = 0; series < records.size() && causes_.ok(); ++series) {
    WriteSeries(series, records[series]);
  }
  if (causes_.ok()) WriteUnusedOptions();
  if (!causes_.ok()) return std::move(causes_).Take({});
  return std::move(causes_).Take(std::move(*writer_).Take());
}

// Records something that stands against any blob; gives false.
bool Compiler::Fail(Place place, std::string_view why) {
  if (Refused* refused = causes_.Fatal(place, instance_)) refused->why = why;
  return false;
}

void Compiler::WriteSeries(uint32_t series, std::span<const uint32_t> records) {
  uint32_t count = 0;
  for (size_t i = 0; i < records.size(); ++i) {
    if (!WriteRecord(records[i], events_.series()[series])) {
      if (causes_.ok()) ReportLater(records.subspan(i + 1));
      return;
    }
    CountOfClass(records[i], ++count);
  }
}

// A sensor takes this many records of a class and refuses the whole blob with more.
void Compiler::CountOfClass(uint32_t index, uint32_t count) {
  const uint32_t most = contract_.limits.max_instances_per_type;
  if (most == 0 || count != most + 1) return;
  if (Refused* refused = causes_.Fatal(content_.instances()[index].place, index, "SL207")) {
    refused->why = absl::StrCat("more than ", most, " records of one event");
  }
}

// What a dropped record takes with it.
void Compiler::ReportLater(std::span<const uint32_t> records) {
  for (const uint32_t index : records) {
    if (Refused* refused = causes_.Tolerable(content_.instances()[index].place, index, {})) {
      refused->why = "it is dropped with an earlier record of that name";
    }
  }
}

// False when the record, and every later one of its name, is dropped; or something is refused.
bool Compiler::WriteRecord(uint32_t index, const Series& series) {
  instance_ = index;
  const uint32_t before = last_aggregation_id_;
  for (size_t event = 0; event < series.events.size(); ++event) {
    const Fit fit = TryEvent(index, series, event);
    if (fit == Fit::kNo) {
      writer_->UndoEvent();
      continue;
    }
    if (fit == Fit::kYes) UseOption(series, OptionUse::kKept);
    if (fit == Fit::kFailed) ReportFailed(content_.instances()[index].place);
    return fit == Fit::kYes;
  }
  UseOption(series, OptionUse::kDropped);
  if (last_aggregation_id_ != before) writer_->ForgetAggregations();
  if (writer_->corrupt()) ReportFailed(content_.instances()[index].place);
  return false;
}

// Says why the writer took no more, unless that has been said.
void Compiler::ReportFailed(Place place) {
  if (!causes_.ok()) return;
  const bool corrupt = writer_->corrupt();
  Refused* refused = causes_.Fatal(place, instance_, corrupt ? "" : "SL207");
  if (refused == nullptr) return;
  refused->why =
      corrupt ? "a record with a <Rule> is dropped, and what was linked to that would break another"
              : absl::StrCat("the blob would have more than ", target_.max_bytes, " bytes");
}

void Compiler::UseOption(const Series& series, OptionUse use) {
  for (size_t i = 0; i < plan_.options.size(); ++i) {
    const bool of_series = &events_.series()[plan_.options[i].series] == &series;
    if (of_series) option_uses_[i] = std::max(option_uses_[i], use);
  }
}

Compiler::Fit Compiler::TryEvent(uint32_t index, const Series& series, size_t event) {
  const Instance& instance = content_.instances()[index];
  const bool added = writer_->AddEvent({.id = series.events[event]->id,
                                        .excludes = !blob::DefaultIncludes(instance, series),
                                        .all = instance.combine == Combine::kAnd});
  if (!added) return Fit::kFailed;
  const uint32_t of = events_.series_of(instance.type);
  if (const ListOption* option = plan_.OptionOf(of)) {
    if (!WriteOption(*option, *series.events[event])) return Fit::kFailed;
  }
  return WriteCriteria(instance, event);
}

Compiler::Fit Compiler::WriteCriteria(const Instance& instance, size_t event) {
  const std::span<const Group> groups = content_.groups(instance);
  size_t group = 0;
  uint32_t at = instance.criteria.begin;
  while (at < instance.criteria.end || group < groups.size()) {
    if (group < groups.size() && groups[group].criteria.begin <= at) {
      const Fit fit = WriteGroup(groups[group], event);
      if (fit != Fit::kYes) return fit;
      at = std::max(at, groups[group++].criteria.end);
      continue;
    }
    const Criterion& criterion = content_.criteria()[at++];
    const uint32_t field = events_.position(criterion.field, event);
    if (field == kNone) return Fit::kNo;
    if (!blob::IsCompiled(criterion, contract_)) continue;
    if (!WriteCriterion(criterion, field, 0)) return Fit::kFailed;
  }
  return Fit::kYes;
}

Compiler::Fit Compiler::WriteGroup(const Group& group, size_t event) {
  const std::optional<std::string> name = Wtf8ToUtf16Le(group.name);
  if (!name) {
    Fail(group.name_place, "the name is not UTF-8");
    return Fit::kFailed;
  }
  const uint32_t id = ++last_aggregation_id_;
  if (!writer_->AddAggregation(
          {.id = id, .all = group.combine == Combine::kAnd, .name = CutGroupName(*name)})) {
    return Fit::kFailed;
  }
  for (const Criterion& criterion : content_.criteria(group)) {
    const uint32_t field = events_.position(criterion.field, event);
    if (field == kNone) return Fit::kNo;
    if (!blob::IsCompiled(criterion, contract_)) return Fit::kYes;
    if (!WriteCriterion(criterion, field, id)) return Fit::kFailed;
  }
  return Fit::kYes;
}

bool Compiler::WriteCriterion(const Criterion& criterion, uint32_t field, uint32_t aggregation_id) {
  const std::optional<std::string_view> name = name_.Get(criterion.name);
  if (!name) return Fail(criterion.name_place, "the name is not UTF-8");
  const std::optional<std::string> text = Wtf8ToUtf16Le(content_.operand_text(criterion));
  if (!text) return Fail(content_.operands(criterion).front().place, "the text is not UTF-8");
  return writer_->AddCondition({.field = field,
                                .operator_word = OperatorNumber(criterion.op),
                                .name = *name,
                                .text = *text,
                                .data_size = static_cast<uint32_t>(text->size()) + 2,
                                .aggregation_id = aggregation_id});
}

// The conditions of a list option, in the record that was added last.
bool Compiler::WriteOption(const ListOption& option, const ContractType& event) {
  const Place place = content_.settings()[option.setting].place;
  const uint32_t field = FieldIndex(event, "Image");
  if (field == kNone) return Fail(place, "the event has no field Image");
  for (const std::string& item : option.items) {
    const std::optional<std::string> text = Wtf8ToUtf16Le(item);
    if (!text) return Fail(place, "the text is not UTF-8");
    const auto data_size = static_cast<uint32_t>((item.size() + 1) * 2);
    if (!writer_->AddCondition({.field = field,
                                .operator_word = OperatorNumber(Operator::kSysmonImage),
                                .text = *text,
                                .data_size = data_size})) {
      return false;
    }
  }
  return true;
}

// An option that no record has taken up makes a record behind all others.
void Compiler::WriteUnusedOptions() {
  instance_ = kNone;
  size_t written = 0;
  for (size_t i = 0; i < plan_.options.size(); ++i) {
    const ListOption& option = plan_.options[i];
    const Place place = content_.settings()[option.setting].place;
    if (option_uses_[i] == OptionUse::kKept) continue;
    if (option_uses_[i] == OptionUse::kDropped) {
      Fail(place,
           "it is not known whether the option makes a record, as all that took it up were"
           " dropped");
    } else if (++written > 1) {
      Fail(place, "it is not known which of the records that two options make comes first");
    } else {
      const ContractType& event = *events_.series()[option.series].events.front();
      if (!writer_->AddEvent({.id = event.id, .excludes = !event.default_include}) ||
          !WriteOption(option, event)) {
        ReportFailed(place);
      }
    }
  }
}

}  // namespace

BlobLayout BlobLayoutOf(const Contract& contract) {
  const auto* known = std::ranges::find(kLayouts, contract.version, &KnownLayout::version);
  const bool is_known = contract.dialect == Dialect::kSysmon && contract.sensor == "sysmon" &&
                        known != std::end(kLayouts) && SeriesAreShort(contract);
  return is_known ? known->layout : BlobLayout::kUnknown;
}

absl::StatusOr<BlobWriteResult> WriteSysmonBlob(const Content& content, const BlobTarget& target,
                                                BlobMode mode) {
  if (!IsConfiguration(content)) {
    return absl::InvalidArgumentError("only a Sysmon configuration is compiled to a blob");
  }
  if (target.contract == nullptr) {
    return absl::InvalidArgumentError("a blob is compiled for one sensor version");
  }
  if (BlobLayoutOf(*target.contract) == BlobLayout::kUnknown) {
    return absl::UnimplementedError(
        absl::StrCat("the layout of the blobs of ", target.contract->Name(), " is not known"));
  }
  return Compiler(content, target, mode).Run();
}

}  // namespace sluice
