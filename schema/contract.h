// Contracts: what each sensor version really supplies.
//
// A contract is data. The built-in ones are constant tables that the build makes from
// `schema/contracts/*/*.textproto`; a user's own come from the same form at run time
// (`parser/config/contract_reader.h`). Both end up as a `Contract`, which only views its data.

#ifndef SLUICE_SCHEMA_CONTRACT_H_
#define SLUICE_SCHEMA_CONTRACT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/content.h"
#include "schema/operators.h"
#include "schema/value_type.h"

namespace sluice {

enum class Platform : uint8_t { kAny, kWindows, kLinux, kMacos };
std::string_view Name(Platform platform);  // "any", "windows", "linux", "macos"

struct ContractField {
  std::string_view name;
  ValueType type = ValueType::kUnknown;
  std::string_view formerly;  // the name in earlier versions, where the field was only renamed
};

// One template type (Sysmon: one event) of a sensor.
struct ContractType {
  std::string_view name;  // empty: the sensor has the event, but no rule can name it
  uint32_t id = 0;
  Platform platform = Platform::kAny;
  bool undescribed = false;      // exists, but its fields are not known: never checked
  bool default_include = false;  // Sysmon: what happens to events when no record names the type
  std::span<const ContractField> fields;
};

// A log source of Sigma as a template type of a sensor, by the taxonomy of that sensor.
struct LogSource {
  // "windows/process_creation": product, category and service without what is not given.
  std::string_view name;
  Platform platform = Platform::kAny;  // of the sensors that are asked
  std::span<const uint32_t> events;    // ids of the sensor's types; any of them may supply a field
  // Fields of the event's header, which every event has.
  std::span<const std::string_view> header;
};

// 0 means no limit is known.
struct ContractLimits {
  uint64_t max_bytes = 0;
  uint32_t max_instances = 0;
  uint32_t max_instances_per_type = 0;
  uint32_t max_criteria = 0;  // in one file
  uint32_t max_criteria_per_instance = 0;
  uint32_t max_name_bytes = 0;        // a rule name, in UTF-8
  uint32_t max_group_name_units = 0;  // a group's name, in UTF-16 units; longer ones are cut
};

struct Contract {
  std::string_view sensor;   // "sysmon"
  std::string_view version;  // "4.22"
  uint32_t rank = 0;         // orders the versions of one sensor; versions are not numbers
  std::span<const std::string_view> aliases;  // product versions
  Dialect dialect = Dialect::kChannel;
  Platform platform = Platform::kAny;
  // Sysmon: the sensor loads only blobs of this binary major version.
  uint32_t binary_major = 0;
  uint32_t binary_minor = 0;
  // Sysmon: the lowest schema version, as a rank, whose configurations it takes; 0 when not known.
  uint32_t min_schema_rank = 0;
  // Channel: the file format versions it loads; empty when not stated.
  std::span<const uint32_t> format_versions;
  std::span<const ContractType> types;          // in the sensor's own order
  std::span<const std::string_view> operators;  // Sluice's names, "sysmon.contains_any"
  uint64_t operator_mask = 0;                   // the same, bit N for Operator N
  std::span<const std::string_view> options;    // Sysmon: settings it knows
  // How Sigma's log sources map to `types`; empty for a sensor that nobody runs Sigma rules on, and
  // where the types are log sources themselves (dialect "sigma").
  std::span<const LogSource> log_sources;
  ContractLimits limits;
  std::string_view source;  // where the facts come from

  std::string Name() const;  // "sysmon@4.22"
  bool Knows(Operator op) const { return (operator_mask >> static_cast<int>(op)) & 1; }
  // By Sluice's name or as the dialect writes it; for operators that Sluice itself does not know.
  bool KnowsOperatorText(std::string_view text) const;
  // nullptr when the contract does not list it.
  const ContractType* TypeById(uint32_t id) const;
  bool HasTypeNamed(std::string_view name) const;
  // Whether content of this dialect can be checked against it.
  bool Takes(Dialect content) const {
    return dialect == content || (content == Dialect::kSigma && !log_sources.empty());
  }
  // nullptr when the taxonomy does not know it.
  const LogSource* LogSourceNamed(std::string_view name) const;
};
static_assert(kOperatorCount <= 64);

// The position of `name` in the field list, otherwise kNone. Exact, as sensors compare.
uint32_t FieldIndex(const ContractType& type, std::string_view name);

// True when two field names differ, but only in spelling: case, '_' and '-', or because one
// contract says `formerly`.
bool OnlyRenamed(const ContractField& a, const ContractField& b);

// All contracts that a run knows, ordered by sensor name and rank.
class ContractSet {
 public:
  // The built-in contracts.
  static const ContractSet& BuiltIn();

  ContractSet() = default;
  // A contract of the same sensor and version replaces the one there is.
  void Add(const Contract* contract);

  std::span<const Contract* const> all() const { return contracts_; }
  std::vector<const Contract*> OfDialect(Dialect dialect) const;
  // Sysmon contracts that load blobs of this binary major version, lowest rank first.
  std::vector<const Contract*> OfBinaryMajor(uint32_t major) const;
  // By version, otherwise by alias; nullptr when there is none.
  const Contract* Find(std::string_view sensor, std::string_view version) const;
  // "sysmon@4.22".
  const Contract* Find(std::string_view sensor_at_version) const;

 private:
  std::vector<const Contract*> contracts_;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_CONTRACT_H_
