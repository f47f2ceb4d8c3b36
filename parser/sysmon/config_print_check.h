// What stands against printing content as a configuration, found before anything is printed.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_PRINT_CHECK_H_
#define SLUICE_PARSER_SYSMON_CONFIG_PRINT_CHECK_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/sysmon/config_print.h"
#include "parser/sysmon/config_print_options.h"
#include "schema/contract.h"
#include "schema/self_contract.h"

namespace sluice {

// Keeps the first reason of each instance.
class Refusals {
 public:
  void Add(uint32_t instance, Place place, std::string why) {
    const bool more = !all_.empty() && all_.back().instance == instance;
    if (!more) all_.push_back({instance, place, std::move(why)});
  }
  bool empty() const { return all_.empty(); }
  std::vector<ConfigUnprintable> Take() && { return std::move(all_); }

 private:
  std::vector<ConfigUnprintable> all_;
};

// The rule name of a criterion without one of its own.
std::string_view InheritedName(const Content& content, const Instance& instance,
                               const Criterion& criterion);

// Content bound by name.
void CheckNamed(const Content& content, const SelfContracts& contracts, Refusals& out);

// Content bound by index, to be compiled by the sensor of `target`. `options` are what
// `FindListOptions` found.
void CheckIndexed(const Content& content, const Contract& target, const EventSeries& series,
                  const ListOptions& options, Refusals& out);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_PRINT_CHECK_H_
