// The options of a configuration that a rule blob shows the traces of: lists of programs under
// <ImageLoad> and <NetworkConnect>, which a compiler makes conditions of (docs/sysmon-config.md).
//
// Most such conditions look like any other, and can be printed as such. An option is needed where
// one has the data size that only options give, and for the record behind all others.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_PRINT_OPTIONS_H_
#define SLUICE_PARSER_SYSMON_CONFIG_PRINT_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/content.h"
#include "schema/contract.h"

namespace sluice {

// The events that rules of a sensor can name, in its order. Neighbours of the same name are a
// series: one element of a configuration, of which the compiler makes the first that has all its
// fields.
class EventSeries {
 public:
  explicit EventSeries(const Contract& contract);

  struct Event {
    const ContractType* type;
    uint32_t series;    // from 0
    uint32_t position;  // in the series
  };
  // nullptr for an event that no rule can name.
  const Event* Find(uint32_t id) const;
  std::vector<const ContractType*> OfSeries(uint32_t series) const;

 private:
  std::vector<Event> events_;  // in the order of the contract
  std::vector<uint32_t> by_id_;
};

struct ListOption {
  std::string_view name;    // of the option and of its event
  std::string value;        // "a.exe,b.exe"
  uint32_t conditions = 0;  // that each record of the event begins with, and that it gives
};

struct ListOptions {
  std::vector<ListOption> options;
  uint32_t records = 0;  // of Content::instances(), those that are not an option alone

  // How many conditions at the start of each record of the event come from an option.
  uint32_t Leading(std::string_view event) const;
  bool IsOption(std::string_view event) const;
};

// For content bound by index.
ListOptions FindListOptions(const Content& content, const EventSeries& series);

// Whether the data of a condition is as long as that of any element's value with its text. True
// where the content does not say.
bool HasOrdinaryData(const Content& content, const Criterion& criterion);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_PRINT_OPTIONS_H_
