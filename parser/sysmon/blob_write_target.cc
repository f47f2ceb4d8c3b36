#include "parser/sysmon/blob_write_target.h"

#include <algorithm>

#include "schema/text.h"

namespace sluice::blob {
namespace {

bool ForOtherPlatform(const Contract& contract, const ContractType& type) {
  return contract.platform != Platform::kAny && type.platform != Platform::kAny &&
         contract.platform != type.platform;
}

}  // namespace

std::vector<Series> AllSeries(const Contract& contract) {
  std::vector<Series> all;
  for (const ContractType& type : contract.types) {
    if (type.name.empty() || ForOtherPlatform(contract, type)) continue;
    if (all.empty() || all.back().name != type.name) all.push_back({.name = type.name});
    all.back().events.push_back(&type);
    if (type.undescribed) all.back().undescribed = true;
  }
  return all;
}

BlobEvents::BlobEvents(const Content& content, const Contract& contract)
    : content_(content), series_(AllSeries(contract)) {
  series_of_.reserve(content.types().size());
  for (const TemplateType& type : content.types()) {
    const auto found = std::ranges::find(series_, type.name, &Series::name);
    series_of_.push_back(found == series_.end() ? kNone
                                                : static_cast<uint32_t>(found - series_.begin()));
  }
  positions_.reserve(content.fields().size());
  for (const FieldRef& field : content.fields()) {
    Positions& positions = positions_.emplace_back();
    positions.fill(kNone);
    const uint32_t of = field.type == kNone ? kNone : series_of_[field.type];
    if (of == kNone || field.kind != FieldKind::kName) continue;
    const std::vector<const ContractType*>& events = series_[of].events;
    for (size_t i = 0; i < std::min(events.size(), kMaxSeries); ++i) {
      positions[i] = FieldIndex(*events[i], field.name);
    }
  }
}

bool BlobEvents::HasField(uint32_t field) const {
  return std::ranges::any_of(positions_[field], [](uint32_t at) { return at != kNone; });
}

bool BlobEvents::HasRecord(const Instance& instance) const {
  const size_t events = std::min(series_[series_of_[instance.type]].events.size(), kMaxSeries);
  for (size_t i = 0; i < events; ++i) {
    const bool all = std::ranges::all_of(
        content_.criteria(instance),
        [&](const Criterion& criterion) { return position(criterion.field, i) != kNone; });
    if (all) return true;
  }
  return false;
}

OtherVersions::OtherVersions(const Content& content, const ContractSet* contracts)
    : content_(content), all_(contracts == nullptr) {
  if (!all_) contracts_ = contracts->OfDialect(Dialect::kSysmon);
  if (contracts_.size() > kMaxVersions) contracts_.resize(kMaxVersions);
}

bool OtherVersions::HasEvent(uint32_t type) const {
  if (all_) return true;
  const std::string_view name = content_.types()[type].name;
  return !name.empty() && std::ranges::any_of(contracts_, [&](const Contract* contract) {
    return contract->HasTypeNamed(name);
  });
}

const OtherVersions::Events& OtherVersions::On(uint32_t field) {
  if (known_.empty()) {
    known_.resize(content_.fields().size());
    events_.resize(content_.fields().size());
  }
  if (known_[field]) return events_[field];
  known_[field] = true;
  const FieldRef& ref = content_.fields()[field];
  const std::string_view type = content_.types()[ref.type].name;
  for (size_t version = 0; version < contracts_.size(); ++version) {
    size_t event = 0;
    for (const ContractType& candidate : contracts_[version]->types) {
      if (candidate.name != type || event == kMaxSeries) continue;
      const bool has_it = FieldIndex(candidate, ref.name) != kNone;
      events_[field][version * kMaxSeries + event++] = has_it;
    }
  }
  return events_[field];
}

bool OtherVersions::HasRecord(const Instance& instance) {
  if (all_) return true;
  Events all;
  all.set();
  for (const Criterion& criterion : content_.criteria(instance)) all &= On(criterion.field);
  return all.any();
}

bool OtherVersions::HasOption(std::string_view name) const {
  return std::ranges::any_of(contracts_, [&](const Contract* contract) {
    return std::ranges::any_of(
        contract->options, [&](std::string_view option) { return EqualsIgnoreCase(option, name); });
  });
}

}  // namespace sluice::blob
