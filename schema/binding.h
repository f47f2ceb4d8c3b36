// How every sensor of a fleet binds what content refers to.
//
// Bound once for each distinct template type and field reference of the content, however many
// criteria use it; the rules then only look up. This is the one place that knows "by index" from
// "by name", and that a template type can be backed by several sensor events.

#ifndef SLUICE_SCHEMA_BINDING_H_
#define SLUICE_SCHEMA_BINDING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "schema/content.h"
#include "schema/contract.h"
#include "schema/fleet.h"
#include "schema/sensor_set.h"

namespace sluice {

// One template type of the content on the sensors.
struct TypeBinding {
  SensorSet supported;       // the sensor lists it with its fields
  SensorSet unsupported;     // the sensor has no such type
  SensorSet undescribed;     // it has, but nobody knows its fields: not checked
  SensorSet wrong_platform;  // it has, on another platform than this sensor's
  // Sigma: not a sensor for this log source: another platform, or one whose taxonomy does not know
  // it. It is asked nothing.
  SensorSet elsewhere;
  SensorSet platform_unstated;  // it has, on one platform only, and the fleet does not say which
  // Sysmon: the sensor never evaluates records of it. One whose id alone says so, whether or not
  // the sensor lists it, is not `unsupported`.
  SensorSet inactive;
  // Sysmon blob: the id is above the highest that the sensor has on its platform: it refuses the
  // file.
  SensorSet above_highest;
  // Of `platform_unstated`: the same on the platforms that have no such type.
  SensorSet above_elsewhere;
  // Of `supported`: as is the sensor before it, with the same field lists, as neighbouring versions
  // mostly are. What was found for that one holds.
  SensorSet same_as_before;
};

// Another field than the content's author meant stands at the index.
struct MovedField {
  std::string_view reads;  // what the sensor has there
  bool only_renamed = false;
  SensorSet sensors;
};

// Same field, another value type.
struct RetypedField {
  ValueType expected = ValueType::kUnknown;
  ValueType supplied = ValueType::kUnknown;
  SensorSet sensors;
};

// One field reference of the content on the sensors. Sensors that do not support the type are in
// none of these sets.
struct FieldBinding {
  // What the content's author meant: the field's name, and its value type. By name, the name
  // itself; by index, what the reference has there ("" when it has nothing there).
  std::string_view name;
  ValueType type = ValueType::kUnknown;
  SensorSet supplied;  // the same field, whatever its value type
  SensorSet missing;   // past the end, or no such name
  std::vector<MovedField> moved;
  std::vector<RetypedField> retyped;
};

struct BindOptions {
  // Bind blobs as if a sensor's check of the binary version did not exist.
  bool assume_loaded = false;
};

// `content` on every sensor of `fleet` that takes its dialect. `reference` says what the fields of
// content that is bound by index are: for a blob the newest contract of its binary version (or that
// of
// `--as`), for channel content nullptr, since it declares its types.
class Bound {
 public:
  Bound(const Content& content, const Fleet& fleet, const Contract* reference,
        const BindOptions& options = {});

  // Whether binding the content to `fleet` would give the same: the same contracts for the same
  // platforms, of which none refuses it. Names and endpoints of the sensors are not compared.
  bool HoldsFor(const Fleet& fleet, const BindOptions& options) const;

  const Fleet& fleet() const { return *fleet_; }
  const Contract* reference() const { return reference_; }
  const TypeBinding& type(uint32_t type) const { return types_[type]; }
  const FieldBinding& field(uint32_t field) const { return fields_[field]; }
  const FieldBinding& field(const Criterion& criterion) const { return fields_[criterion.field]; }

  // The sensors this content is checked against: of its dialect, with a contract, not refusing it.
  const SensorSet& checked() const { return checked_; }
  // The sensors that refuse the whole file (SL209): another binary or format version. Nothing else
  // is said of them.
  const SensorSet& refusing() const { return refusing_; }
  // The checked sensors that do not know the criterion's operator.
  SensorSet WithoutOperator(const Criterion& criterion) const;

  // The checked sensors to which every type, field and operator of the content is known. A blob is
  // valid when one schema of its binary version accepts it.
  SensorSet Accepting() const;

  // The sensor's template types of this name or id, in its own order: several for RegistryEvent.
  std::vector<const ContractType*> TypesOn(const Contract& contract, uint32_t type) const;
  // The same for a sensor of the fleet, by its position; without those of another platform than the
  // sensor's. Empty for sensors that are not checked.
  const LogSource* LogSourceOn(size_t sensor, uint32_t type) const {
    return log_sources_.empty() ? nullptr : log_sources_[type * fleet_->sensors().size() + sensor];
  }
  std::span<const ContractType* const> TypesOn(size_t sensor, uint32_t type) const {
    if (first_range_[type] == kNone) return {};
    const Range range = on_sensor_[first_range_[type] + sensor];
    return std::span(types_on_sensors_).subspan(range.begin, range.size());
  }

 private:
  void BindType(uint32_t index);
  void FindTypes(size_t s, const TemplateType& type);
  bool ForAnotherPlatform(size_t s, uint32_t type) const;
  void SeparateVersions(uint32_t index);
  void BindAbsent(size_t s, uint32_t index);
  bool SameAsBefore(size_t s, uint32_t type) const;
  void BindField(uint32_t index);
  void BindFieldByName(const FieldRef& ref, FieldBinding& out) const;
  void BindFieldByIndex(const FieldRef& ref, FieldBinding& out) const;
  ContractField Expected(const FieldRef& ref) const;

  const Content* content_;
  const Fleet* fleet_;
  const Contract* reference_;
  SensorSet checked_;
  SensorSet refusing_;
  std::vector<ptrdiff_t> positions_;           // scratch of `BindType`
  std::vector<const LogSource*> log_sources_;  // Sigma: by type and sensor; nullptr without one
  std::vector<const ContractType*> types_on_sensors_;
  std::vector<Range> on_sensor_;  // in types_on_sensors_, by sensor, for types that some sensor has
  std::vector<uint32_t> first_range_;  // in on_sensor_, by type; kNone when no sensor has it
  std::vector<TypeBinding> types_;
  std::vector<FieldBinding> fields_;
  std::vector<SensorSet> without_operator_;  // by Operator
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_BINDING_H_
