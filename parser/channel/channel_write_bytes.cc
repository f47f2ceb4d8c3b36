#include "parser/channel/channel_write_bytes.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_fingerprint.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_write_criterion.h"
#include "schema/text.h"

namespace sluice {
namespace {

using channel::Section;

void Append8(uint32_t value, std::string& out) { out.push_back(static_cast<char>(value)); }
void Append16(uint32_t value, std::string& out) {
  Append8(value, out);
  Append8(value >> 8, out);
}
void Append32(uint32_t value, std::string& out) {
  const char bytes[] = {static_cast<char>(value), static_cast<char>(value >> 8),
                        static_cast<char>(value >> 16), static_cast<char>(value >> 24)};
  out.append(bytes, sizeof bytes);
}
void Append64(uint64_t value, std::string& out) {
  Append32(static_cast<uint32_t>(value), out);
  Append32(static_cast<uint32_t>(value >> 32), out);
}

uint32_t Size(const auto& array) { return static_cast<uint32_t>(array.size()); }

uint32_t Crc32c(const std::string& bytes) {
  return channel::Crc32c(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

std::vector<uint32_t> Positions(size_t count) {
  std::vector<uint32_t> positions(count);
  std::iota(positions.begin(), positions.end(), 0);
  return positions;
}

// For each position the one at which it stands in `order`.
std::vector<uint32_t> Inverse(const std::vector<uint32_t>& order, size_t count) {
  std::vector<uint32_t> inverse(count, kNone);
  for (uint32_t i = 0; i < order.size(); ++i) inverse[order[i]] = i;
  return inverse;
}

class Encoder {
 public:
  Encoder(const ChannelOptions& options, const ChannelDraft& draft);

  absl::StatusOr<std::string> Encode() &&;

 private:
  struct Bytes {
    uint32_t count = 0;
    std::string bytes;
  };

  absl::Status SetContracts();
  absl::Status SetSources();
  void SetTypes();
  void AddText(std::string_view text);
  void AddTexts();
  void AddTextsOfInstances();
  void AddType(uint32_t type);
  uint64_t Fingerprint(const ChannelDraft::Type& type) const;
  void AddInstance(uint32_t type, const ChannelDraft::Instance& instance);
  void AddCriterion(uint32_t type, const ChannelDraft::Criterion& criterion);
  void AddRecord(const ChannelDraft::Instance& instance);
  void AddSysmon();
  void AddOrigin(const Origin& origin, Section section);
  absl::StatusOr<std::string> Join() const;

  std::string& Item(Section section) {
    Bytes& found = sections_[static_cast<size_t>(section)];
    ++found.count;
    return found.bytes;
  }
  uint32_t CountOf(Section section) const { return sections_[static_cast<size_t>(section)].count; }
  template <typename Visit>
  void ForEachInstance(Visit visit) const {
    for (const uint32_t type : types_) {
      for (const uint32_t i : draft_.types[type].instances) visit(type, draft_.instances[i]);
    }
  }

  const ChannelOptions& options_;
  const ChannelDraft& draft_;
  std::vector<BuiltFor> contracts_;
  std::vector<uint32_t> types_;                         // of the draft, in the order of the file
  std::vector<std::vector<uint32_t>> fields_;           // by type of the draft, in that order
  std::vector<std::vector<uint32_t>> field_positions_;  // their inverse
  std::vector<uint32_t> sources_;                       // in the order of the file
  std::vector<uint32_t> source_positions_;
  uint32_t operands_ = 0;  // of the criteria so far
  std::array<Bytes, channel::kSectionCount> sections_;
};

Encoder::Encoder(const ChannelOptions& options, const ChannelDraft& draft)
    : options_(options), draft_(draft), contracts_(options.built_for) {}

absl::Status Encoder::SetContracts() {
  if (options_.content_version == 0 || options_.content_version > channel::kMaxNumber) {
    return absl::InvalidArgumentError(
        absl::StrCat("content version ", options_.content_version, " is not 1 to 2147483647"));
  }
  const auto key = [](const BuiltFor& c) { return std::tie(c.sensor, c.rank, c.version); };
  std::ranges::sort(contracts_, {}, key);
  contracts_.erase(std::unique(contracts_.begin(), contracts_.end()), contracts_.end());
  if (contracts_.size() > channel::kMaxContracts) {
    return absl::InvalidArgumentError(
        absl::StrCat("more than ", channel::kMaxContracts, " sensor versions"));
  }
  for (const BuiltFor& contract : contracts_) {
    for (const std::string_view text : {contract.sensor, contract.version}) {
      const auto problem = CheckChannelText(text, {}, "the name of a sensor version");
      if (problem) return absl::InvalidArgumentError(problem->why);
    }
    if (contract.rank > channel::kMaxNumber) {
      return absl::InvalidArgumentError("the rank of a sensor version is past 31 bits");
    }
    Append32(contract.rank, Item(Section::kContracts));
  }
  return absl::OkStatus();
}

absl::Status Encoder::SetSources() {
  if (draft_.sources.empty()) return absl::OkStatus();
  if (draft_.some_without_origin) {
    return absl::InvalidArgumentError("some of the contents have an origin, and some have none");
  }
  if (draft_.sources.size() > channel::kMaxSources) {
    return absl::InvalidArgumentError(absl::StrCat("more than ", channel::kMaxSources, " sources"));
  }
  sources_ = Positions(draft_.sources.size());
  std::ranges::sort(sources_, {},
                    [&](uint32_t i) -> const std::string& { return draft_.sources[i].path; });
  source_positions_ = Inverse(sources_, sources_.size());
  Bytes& paths = sections_[static_cast<size_t>(Section::kSourcePaths)];
  for (const uint32_t i : sources_) {
    paths.bytes += draft_.sources[i].path;
    paths.count = Size(paths.bytes);
    std::string& item = Item(Section::kSources);
    Append32(paths.count, item);
    item += draft_.sources[i].sha256;
  }
  if (paths.count > 0) return absl::OkStatus();
  return absl::InvalidArgumentError("the only source has no path");
}

// A type that nothing was added for, and that declares nothing, is none of the file.
void Encoder::SetTypes() {
  const std::vector<ChannelDraft::Type>& types = draft_.types;
  for (uint32_t i = 0; i < types.size(); ++i) {
    if (types[i].declared || !types[i].instances.empty()) types_.push_back(i);
  }
  std::ranges::sort(types_, {}, [&](uint32_t i) { return std::tie(types[i].name, types[i].id); });
  fields_.resize(types.size());
  field_positions_.resize(types.size());
  for (const uint32_t i : types_) {
    const std::vector<ChannelDraft::Field>& fields = types[i].fields;
    fields_[i] = Positions(fields.size());
    if (!types[i].declared) {
      std::ranges::sort(fields_[i], {},
                        [&](uint32_t f) -> const std::string& { return fields[f].name; });
    }
    field_positions_[i] = Inverse(fields_[i], fields.size());
  }
}

void Encoder::AddText(std::string_view text) {
  Bytes& bytes = sections_[static_cast<size_t>(Section::kStringBytes)];
  bytes.bytes.append(text);
  bytes.count = Size(bytes.bytes);
  Append32(bytes.count, Item(Section::kStringEnds));
}

// In the order of the format's list.
void Encoder::AddTexts() {
  for (const BuiltFor& contract : contracts_) {
    AddText(contract.sensor);
    AddText(contract.version);
  }
  for (const uint32_t type : types_) AddText(draft_.types[type].name);
  for (const uint32_t type : types_) {
    for (const uint32_t field : fields_[type]) AddText(draft_.types[type].fields[field].name);
  }
  ForEachInstance([this](uint32_t, const ChannelDraft::Instance& instance) {
    AddText(draft_.Text(instance.id));
    AddText(draft_.Text(instance.name));
  });
  if (options_.dialect == Dialect::kSysmon) AddText(draft_.schema_version);
  for (const auto& [name, value] : draft_.settings) {
    AddText(name);
    AddText(value);
  }
  AddTextsOfInstances();
}

void Encoder::AddTextsOfInstances() {
  ForEachInstance([this](uint32_t, const ChannelDraft::Instance& instance) {
    for (uint32_t i = instance.groups.begin; i < instance.groups.end; ++i) {
      AddText(draft_.Text(draft_.groups[i].name));
    }
  });
  if (CountOf(Section::kCriterionNames) > 0) {
    ForEachInstance([this](uint32_t, const ChannelDraft::Instance& instance) {
      for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
        AddText(draft_.Text(draft_.criteria[i].name));
      }
    });
  }
  ForEachInstance([this](uint32_t, const ChannelDraft::Instance& instance) {
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      const Range operands = draft_.criteria[i].operands;
      for (uint32_t o = operands.begin; o < operands.end; ++o)
        AddText(draft_.Text(draft_.operands[o]));
    }
  });
}

uint64_t Encoder::Fingerprint(const ChannelDraft::Type& type) const {
  if (!type.declared) return 0;
  std::vector<ChannelLayoutField> fields;
  for (const ChannelDraft::Field& field : type.fields) fields.push_back({field.name, field.type});
  return ChannelFingerprint(type.name, type.id, type.version, fields);
}

void Encoder::AddType(uint32_t index) {
  const ChannelDraft::Type& type = draft_.types[index];
  for (const uint32_t field : fields_[index]) {
    const ValueType value_type = type.fields[field].type;
    Append32(type.declared ? static_cast<uint32_t>(value_type) : 0, Item(Section::kFields));
  }
  for (const uint32_t i : type.instances) AddInstance(index, draft_.instances[i]);
  std::string& item = Item(Section::kTypes);
  Append32(type.id, item);
  Append32(type.version, item);
  const uint32_t declared = type.declared ? channel::type::kDeclared : 0;
  Append32(declared | (type.open ? channel::type::kOpen : 0), item);
  Append32(Size(type.fields), item);
  Append32(CountOf(Section::kFields), item);
  Append32(CountOf(Section::kInstances), item);
  Append64(Fingerprint(type), item);
}

void Encoder::AddOrigin(const Origin& origin, Section section) {
  if (draft_.sources.empty()) return;
  std::string& item = Item(section);
  Append32(source_positions_[origin.source], item);
  Append32(origin.line, item);
  Append32(origin.column, item);
}

void Encoder::AddInstance(uint32_t type, const ChannelDraft::Instance& instance) {
  for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
    AddCriterion(type, draft_.criteria[i]);
  }
  for (uint32_t i = instance.condition.begin; i < instance.condition.end; ++i) {
    Append32(draft_.condition[i], Item(Section::kCondition));
  }
  std::string& item = Item(Section::kInstances);
  Append32(CountOf(Section::kCriteria), item);
  Append32(CountOf(Section::kCondition), item);
  AddOrigin(instance.origin, Section::kInstanceOrigins);
  if (options_.dialect == Dialect::kSysmon) AddRecord(instance);
}

void Encoder::AddCriterion(uint32_t type, const ChannelDraft::Criterion& criterion) {
  operands_ += criterion.operands.size();
  std::string& item = Item(Section::kCriteria);
  Append32(criterion.field == kNone ? kNone : field_positions_[type][criterion.field], item);
  Append8(criterion.op, item);
  Append8(criterion.flags, item);
  Append8(static_cast<uint32_t>(criterion.time_part), item);
  Append8(0, item);
  Append32(operands_, item);
  AddOrigin(criterion.origin, Section::kCriterionOrigins);
}

void Encoder::AddRecord(const ChannelDraft::Instance& instance) {
  for (uint32_t i = instance.groups.begin; i < instance.groups.end; ++i) {
    const ChannelDraft::Group& group = draft_.groups[i];
    std::string& item = Item(Section::kGroups);
    Append32(group.id, item);
    Append32(group.first_criterion, item);
    Append32(group.criteria, item);
    Append32(static_cast<uint32_t>(group.combine), item);
  }
  std::string& item = Item(Section::kRecords);
  Append8(static_cast<uint32_t>(instance.record_default), item);
  Append8(static_cast<uint32_t>(instance.combine), item);
  Append16(0, item);
  Append32(CountOf(Section::kGroups), item);
}

void Encoder::AddSysmon() {
  if (options_.dialect != Dialect::kSysmon) return;
  std::string& item = Item(Section::kSysmon);
  Append32(draft_.schema_rank, item);
  Append32(draft_.binary_version, item);
  sections_[static_cast<size_t>(Section::kSettings)].count = Size(draft_.settings);
  const bool named = std::ranges::any_of(
      draft_.criteria, [](const ChannelDraft::Criterion& c) { return !c.name.empty(); });
  if (named) sections_[static_cast<size_t>(Section::kCriterionNames)].count = Size(draft_.criteria);
}

absl::StatusOr<std::string> Encoder::Join() const {
  uint64_t size = channel::header::kSize + channel::kChecksumSize;
  uint32_t count = 0;
  const auto padded = [](const std::string& bytes) { return (bytes.size() + 3) & ~size_t{3}; };
  for (const Bytes& section : sections_) {
    if (section.count == 0) continue;
    ++count;
    size += channel::table::kSize + padded(section.bytes);
  }
  if (size > channel::kMaxFileSize) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the file would have ", size, " bytes, the limit is ", channel::kMaxFileSize));
  }
  std::string out(reinterpret_cast<const char*>(channel::kMagic), sizeof channel::kMagic);
  out.reserve(size);
  Append16(channel::kMajor, out);
  Append16(channel::kMinor, out);
  Append32(static_cast<uint32_t>(size), out);
  Append32(options_.content_version, out);
  Append8(static_cast<uint32_t>(options_.dialect), out);
  Append8(static_cast<uint32_t>(options_.binding), out);
  Append16(0, out);
  Append32(count, out);
  for (size_t i = 0; i < sections_.size(); ++i) {
    if (sections_[i].count == 0) continue;
    Append32(channel::kSections[i].id, out);
    Append32(sections_[i].count, out);
    Append32(static_cast<uint32_t>(padded(sections_[i].bytes)), out);
  }
  for (const Bytes& section : sections_) {
    out += section.bytes;
    out.append(padded(section.bytes) - section.bytes.size(), '\0');
  }
  Append32(Crc32c(out), out);
  return out;
}

absl::StatusOr<std::string> Encoder::Encode() && {
  if (absl::Status status = SetContracts(); !status.ok()) return status;
  if (absl::Status status = SetSources(); !status.ok()) return status;
  SetTypes();
  for (const uint32_t type : types_) AddType(type);
  AddSysmon();
  AddTexts();
  return Join();
}

}  // namespace

absl::StatusOr<std::string> EncodeChannel(const ChannelOptions& options,
                                          const ChannelDraft& draft) {
  return Encoder(options, draft).Encode();
}

}  // namespace sluice
