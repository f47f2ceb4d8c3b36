#include "schema/binding.h"

#include <algorithm>
#include <bit>

namespace sluice {
namespace {

constexpr uint32_t kErrorEvent = 255;

// Ids that the loader keeps in a second table which nothing reads (a bit of 0xF000), ignores
// (negative), or keeps where no event is looked up (255): none can be above the highest (Sysmon
// rule blob, section 6.1).
bool IsInactiveId(uint32_t id) {
  return (id & 0xF000) != 0 || static_cast<int32_t>(id) < 0 || id == kErrorEvent;
}

// Events that the sensor reports without asking a record (section 6.2, step 5) count too.
bool IsInactive(const ContractType& type) {
  constexpr uint32_t kServiceState = 4;
  constexpr uint32_t kServiceConfiguration = 16;
  return IsInactiveId(type.id) || type.id == kServiceState || type.id == kServiceConfiguration;
}

bool IsBlob(const Content& content) {
  return content.dialect() == Dialect::kSysmon && content.binding() == Binding::kByIndex;
}

// A blob's event that no sensor evaluates. The greatest id is the value that stands for none.
bool IsInactiveInBlob(const Content& content, const TemplateType& type) {
  return IsBlob(content) && (type.id != kNone || type.name.empty()) && IsInactiveId(type.id);
}

// Calls `found` for each type of the sensor that the content's type is: by its id where it has one,
// otherwise by its name.
template <typename Found>
void ForEachNamed(const TemplateType& wanted, const Contract& contract, Found found) {
  if (wanted.id != kNone) {
    for (const ContractType& type : contract.types) {
      if (type.id == wanted.id) found(type);
    }
  } else if (!wanted.name.empty()) {
    const std::string_view name = wanted.name;
    for (const ContractType& type : contract.types) {
      // Most names differ in their length or their first letter.
      if (type.name.size() == name.size() && type.name[0] == name[0] && type.name == name) {
        found(type);
      }
    }
  }
}

// The types behind a log source of Sigma.
template <typename Found>
void ForEachOf(const LogSource& source, const Contract& contract, Found found) {
  for (const ContractType& type : contract.types) {
    if (std::ranges::find(source.events, type.id) != source.events.end()) found(type);
  }
}

// Whether the contract's list of operators speaks of this content: Sigma rules are compiled for
// sensors of another dialect, and a sensor without a list takes what its compiler makes.
bool ListsOperators(const Contract& contract, const Content& content) {
  return contract.dialect == content.dialect() &&
         (contract.dialect != Dialect::kSigma || !contract.operators.empty());
}

// Another platform than the sensor's, when both are stated.
bool WrongPlatform(const ContractType& type, const Sensor& sensor) {
  return type.platform != Platform::kAny && sensor.platform != Platform::kAny &&
         type.platform != sensor.platform;
}

// Of the types that `counts` holds for.
template <typename Counts>
uint32_t HighestEvent(const Contract& contract, Counts counts) {
  uint32_t highest = 0;
  for (const ContractType& type : contract.types) {
    if (!IsInactiveId(type.id) && counts(type)) highest = std::max(highest, type.id);
  }
  return highest;
}

bool AboveHighest(const Content& content, const TemplateType& type, const Sensor& sensor) {
  return IsBlob(content) && type.id != kNone &&
         type.id > HighestEvent(*sensor.contract, [&](const ContractType& other) {
           return !WrongPlatform(other, sensor);
         });
}

// On a platform other than `own`, where the type is not.
bool AboveElsewhere(const Content& content, const ContractType& own, const Contract& contract) {
  return IsBlob(content) && !IsInactiveId(own.id) &&
         own.id > HighestEvent(contract, [&](const ContractType& other) {
           return other.platform != own.platform;
         });
}

bool Refuses(const Content& content, const Contract& contract, const BindOptions& options) {
  const Metadata& metadata = content.metadata();
  if (content.dialect() == Dialect::kChannel) {
    return metadata.format_version != 0 && !contract.format_versions.empty() &&
           std::ranges::find(contract.format_versions, metadata.format_version) ==
               contract.format_versions.end();
  }
  if (content.dialect() != Dialect::kSysmon || options.assume_loaded) return false;
  if (content.binding() == Binding::kByIndex) return contract.binary_major != metadata.binary_major;
  return metadata.has_schema_version && metadata.schema_rank < contract.min_schema_rank;
}

void AddMoved(const ContractField& expected, const ContractField& there, size_t sensor,
              FieldBinding& out) {
  auto same = std::ranges::find(out.moved, there.name, &MovedField::reads);
  if (same == out.moved.end()) {
    same =
        out.moved.insert(same, {.reads = there.name, .only_renamed = OnlyRenamed(expected, there)});
  }
  same->sensors.set(sensor);
}

// A Sysmon manifest calls an address a string, and a supplement may know better: one field.
bool SameInSysmon(ValueType a, ValueType b) {
  const auto text = [](ValueType type) {
    return type == ValueType::kString || type == ValueType::kIp;
  };
  return text(a) && text(b);
}

void AddRetyped(const ContractField& expected, const ContractField& there, size_t sensor,
                FieldBinding& out) {
  if (there.type == expected.type || there.type == ValueType::kUnknown ||
      expected.type == ValueType::kUnknown) {
    return;
  }
  auto same = std::ranges::find(out.retyped, there.type, &RetypedField::supplied);
  if (same == out.retyped.end()) {
    same = out.retyped.insert(same, {.expected = expected.type, .supplied = there.type});
  }
  same->sensors.set(sensor);
}

}  // namespace

Bound::Bound(const Content& content, const Fleet& fleet, const Contract* reference,
             const BindOptions& options)
    : content_(&content), fleet_(&fleet), reference_(reference) {
  const std::vector<Sensor>& sensors = fleet.sensors();
  uint64_t used_operators = 0;
  for (const Criterion& criterion : content.criteria()) {
    used_operators |= uint64_t{1} << static_cast<int>(criterion.op);
  }
  used_operators &= ~(uint64_t{1} << static_cast<int>(Operator::kWildcard));
  for (size_t s = 0; s < sensors.size(); ++s) {
    const Contract* contract = sensors[s].contract;
    if (contract == nullptr || !contract->Takes(content.dialect())) continue;
    const bool refuses = Refuses(content, *contract, options);
    (refuses ? refusing_ : checked_).set(s);
    const bool judged = !refuses && ListsOperators(*contract, content);
    uint64_t unknown = judged ? used_operators & ~contract->operator_mask : 0;
    if (unknown != 0) without_operator_.resize(kOperatorCount);
    for (; unknown != 0; unknown &= unknown - 1) {
      without_operator_[std::countr_zero(unknown)].set(s);
    }
  }
  // Few types; what content makes up takes no room beforehand.
  constexpr size_t kManyTypes = 32;
  const size_t bindings = std::min(content.types().size(), kManyTypes) * sensors.size();
  constexpr size_t kMostOfOneName = 8;
  positions_.reserve(kMostOfOneName);
  on_sensor_.reserve(bindings);
  types_on_sensors_.reserve(bindings);
  types_.resize(content.types().size());
  fields_.resize(content.fields().size());
  for (uint32_t i = 0; i < types_.size(); ++i) BindType(i);
  for (uint32_t i = 0; i < fields_.size(); ++i) BindField(i);
}

bool Bound::HoldsFor(const Fleet& fleet, const BindOptions& options) const {
  return refusing_.none() &&
         std::ranges::equal(
             fleet.sensors(), fleet_->sensors(), [&](const Sensor& a, const Sensor& b) {
               return a.contract == b.contract && a.platform == b.platform &&
                      (a.contract == nullptr || !a.contract->Takes(content_->dialect()) ||
                       !Refuses(*content_, *a.contract, options));
             });
}

std::vector<const ContractType*> Bound::TypesOn(const Contract& contract, uint32_t type) const {
  const TemplateType& wanted = content_->types()[type];
  std::vector<const ContractType*> found;
  ForEachNamed(wanted, contract, [&](const ContractType& type_on) { found.push_back(&type_on); });
  return found;
}

void Bound::BindType(uint32_t index) {
  TypeBinding& out = types_[index];
  const TemplateType& type = content_->types()[index];
  const size_t found_before = types_on_sensors_.size();
  const uint32_t first_range = static_cast<uint32_t>(on_sensor_.size());
  first_range_.push_back(first_range);
  if (content_->dialect() == Dialect::kSigma) {
    log_sources_.resize(log_sources_.size() + fleet_->sensors().size());
  }
  for (size_t s = 0; s < fleet_->sensors().size(); ++s) {
    const uint32_t begin = static_cast<uint32_t>(types_on_sensors_.size());
    on_sensor_.push_back({begin, begin});
    if (!checked_[s]) continue;
    const Sensor& sensor = fleet_->sensors()[s];
    FindTypes(s, type);
    for (const ptrdiff_t position : positions_) {
      const ContractType& candidate = sensor.contract->types[static_cast<size_t>(position)];
      if (!WrongPlatform(candidate, sensor) && !ForAnotherPlatform(s, index)) {
        types_on_sensors_.push_back(&candidate);
      }
    }
    on_sensor_.back().end = static_cast<uint32_t>(types_on_sensors_.size());
    const std::span<const ContractType* const> found = TypesOn(s, index);
    if (found.empty() && IsInactiveInBlob(*content_, type)) {
      out.inactive.set(s);
      continue;
    }
    if (found.empty()) {
      BindAbsent(s, index);
      continue;
    }
    const auto all = [&](auto condition) { return std::ranges::all_of(found, condition); };
    const bool undescribed = all([](const ContractType* t) { return t->undescribed; });
    (undescribed ? out.undescribed : out.supported).set(s);
    out.same_as_before[s] = !undescribed && SameAsBefore(s, index);
    out.inactive[s] = content_->dialect() == Dialect::kSysmon &&
                      all([](const ContractType* t) { return IsInactive(*t); });
    // A log source says itself which sensors are asked.
    out.platform_unstated[s] =
        content_->dialect() != Dialect::kSigma && sensor.platform == Platform::kAny &&
        all([](const ContractType* t) { return t->platform != Platform::kAny; });
    out.above_elsewhere[s] =
        out.platform_unstated[s] && AboveElsewhere(*content_, *found.front(), *sensor.contract);
  }
  if (content_->dialect() == Dialect::kSigma && out.unsupported.any()) SeparateVersions(index);
  // Content can name types without end that no sensor has: nothing is kept for those.
  if (types_on_sensors_.size() == found_before) {
    on_sensor_.resize(first_range);
    first_range_[index] = kNone;
  }
}

// Leaves in `positions_` where the sensor has the types that `type` is.
void Bound::FindTypes(size_t s, const TemplateType& type) {
  const Sensor& sensor = fleet_->sensors()[s];
  const Contract& contract = *sensor.contract;
  // Where the types of the sensor before are known, and are the same, so are the positions.
  const Contract* before = s == 0 || !checked_[s - 1] ? nullptr : fleet_->sensors()[s - 1].contract;
  const bool same_sources =
      before != nullptr && before->log_sources.data() == contract.log_sources.data();
  const auto add = [&](const ContractType& found) {
    positions_.push_back(&found - contract.types.data());
  };
  if (content_->dialect() == Dialect::kSigma && contract.dialect != Dialect::kSigma) {
    const LogSource** sources = &log_sources_[log_sources_.size() - fleet_->sensors().size()];
    sources[s] = same_sources ? sources[s - 1] : contract.LogSourceNamed(type.name);
    if (same_sources && fleet_->same_types()[s]) return;
    positions_.clear();
    if (sources[s] != nullptr) ForEachOf(*sources[s], contract, add);
    return;
  }
  if (before != nullptr && same_sources && fleet_->same_types()[s]) return;
  positions_.clear();
  ForEachNamed(type, contract, add);
}

// Sigma: a log source of another platform than the sensor's, when both are stated.
bool Bound::ForAnotherPlatform(size_t s, uint32_t type) const {
  const LogSource* source = LogSourceOn(s, type);
  const Platform own = fleet_->sensors()[s].platform;
  return source != nullptr && source->platform != Platform::kAny && own != Platform::kAny &&
         source->platform != own;
}

// A sensor whose contract lists log sources, and not this one, is meant for it when another version
// of the sensor has it.
void Bound::SeparateVersions(uint32_t index) {
  TypeBinding& out = types_[index];
  const std::vector<Sensor>& sensors = fleet_->sensors();
  for (size_t s = 0; s < sensors.size(); ++s) {
    if (!out.unsupported[s] || sensors[s].contract->dialect != Dialect::kSigma) continue;
    bool elsewhere = true;
    for (size_t other = 0; other < sensors.size(); ++other) {
      elsewhere &= !out.supported[other] || sensors[other].name != sensors[s].name;
    }
    out.unsupported[s] = !elsewhere;
    out.elsewhere[s] = elsewhere;
  }
}

// A sensor that has none of the types.
void Bound::BindAbsent(size_t s, uint32_t index) {
  TypeBinding& out = types_[index];
  const Sensor& sensor = fleet_->sensors()[s];
  if (content_->dialect() == Dialect::kSigma) {
    const LogSource* source = LogSourceOn(s, index);
    const bool asked = sensor.contract->dialect == Dialect::kSigma || source != nullptr;
    (asked && !ForAnotherPlatform(s, index) ? out.unsupported : out.elsewhere).set(s);
    return;
  }
  out.unsupported.set(s);
  out.wrong_platform[s] = !positions_.empty();
  out.above_highest[s] = AboveHighest(*content_, content_->types()[index], sensor);
}

bool Bound::SameAsBefore(size_t s, uint32_t type) const {
  if (s == 0 || !types_[type].supported[s - 1]) return false;
  return std::ranges::equal(
      TypesOn(s, type), TypesOn(s - 1, type), [](const ContractType* a, const ContractType* b) {
        return a->fields.data() == b->fields.data() && a->fields.size() == b->fields.size();
      });
}

ContractField Bound::Expected(const FieldRef& ref) const {
  if (ref.kind == FieldKind::kName) return {.name = ref.name};
  const TemplateType& type = content_->types()[ref.type];
  if (type.declared) {
    const std::span<const FieldDecl> fields = content_->field_decls(type);
    if (ref.index < fields.size())
      return {.name = fields[ref.index].name, .type = fields[ref.index].type};
    return {};
  }
  if (reference_ == nullptr) return {};
  for (const ContractType* on_reference : TypesOn(*reference_, ref.type)) {
    if (ref.index < on_reference->fields.size()) return on_reference->fields[ref.index];
  }
  return {};
}

void Bound::BindField(uint32_t index) {
  const FieldRef& ref = content_->fields()[index];
  FieldBinding& out = fields_[index];
  switch (ref.kind) {
    case FieldKind::kAny:
      out.supplied = types_[ref.type].supported;
      break;
    case FieldKind::kName:
      BindFieldByName(ref, out);
      break;
    case FieldKind::kIndex:
      BindFieldByIndex(ref, out);
      break;
  }
}

void Bound::BindFieldByName(const FieldRef& ref, FieldBinding& out) const {
  out.name = ref.name;
  for (size_t s = 0; s < fleet_->sensors().size(); ++s) {
    if (!types_[ref.type].supported[s]) continue;
    if (types_[ref.type].same_as_before[s]) {
      out.supplied[s] = out.supplied[s - 1];
      out.missing[s] = out.missing[s - 1];
      continue;
    }
    if (const LogSource* source = LogSourceOn(s, ref.type);
        source != nullptr && std::ranges::find(source->header, ref.name) != source->header.end()) {
      out.supplied.set(s);
      continue;
    }
    for (const ContractType* type : TypesOn(s, ref.type)) {
      const uint32_t at = FieldIndex(*type, ref.name);
      if (at == kNone) continue;
      out.supplied.set(s);
      out.type = type->fields[at].type;  // of the newest sensor that has it
      break;
    }
    if (!out.supplied[s]) out.missing.set(s);
  }
}

void Bound::BindFieldByIndex(const FieldRef& ref, FieldBinding& out) const {
  const ContractField expected = Expected(ref);
  out.name = expected.name;
  out.type = expected.type;
  for (size_t s = 0; s < fleet_->sensors().size(); ++s) {
    if (!types_[ref.type].supported[s]) continue;
    const ContractType& type = *TypesOn(s, ref.type).front();
    if (ref.index >= type.fields.size()) {
      out.missing.set(s);
    } else if (const ContractField& there = type.fields[ref.index]; there.name != expected.name) {
      AddMoved(expected, there, s, out);
    } else {
      out.supplied.set(s);
      const bool sysmon = content_->dialect() == Dialect::kSysmon;
      if (!sysmon || !SameInSysmon(expected.type, there.type)) {
        AddRetyped(expected, there, s, out);
      }
    }
  }
}

SensorSet Bound::WithoutOperator(const Criterion& criterion) const {
  if (criterion.op != Operator::kUnknown) {
    if (without_operator_.empty()) return {};
    return without_operator_[static_cast<size_t>(criterion.op)];
  }
  SensorSet without;
  for (size_t s = 0; s < fleet_->sensors().size(); ++s) {
    if (checked_[s] && !fleet_->sensors()[s].contract->KnowsOperatorText(criterion.operator_text)) {
      without.set(s);
    }
  }
  return without;
}

SensorSet Bound::Accepting() const {
  SensorSet accepting = checked_;
  for (const TypeBinding& type : types_) {
    accepting &= type.supported | type.undescribed | type.inactive;
  }
  for (const FieldBinding& field : fields_) accepting &= ~field.missing;
  for (const Criterion& criterion : content_->criteria()) accepting &= ~WithoutOperator(criterion);
  return accepting;
}

}  // namespace sluice
