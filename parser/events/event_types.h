// Which template types an event is of.

#ifndef SLUICE_PARSER_EVENTS_EVENT_TYPES_H_
#define SLUICE_PARSER_EVENTS_EVENT_TYPES_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/events/windows_event.h"
#include "schema/contract.h"
#include "schema/log_source_name.h"

namespace sluice {

struct EventTypeOptions {
  // Says what log sources and template types Sysmon's events are of; nullptr: none.
  const Contract* sysmon = nullptr;
  // The log source, "windows/security", or the template type, "IPC", of events whose channel says
  // nothing; empty when none was named.
  std::string log_source;
};

// Finds the names of template types. Of an event that is of "windows/process_creation" and
// "windows/sysmon" also the less and the more specific ones: a rule may say product, category and
// service in any combination.
class EventTypes {
 public:
  explicit EventTypes(EventTypeOptions options);

  // Sets the types and the id of an event. Its own channel decides, otherwise `log_source`: no
  // types where neither says anything. Only an event of Sysmon, or one without a channel, has an
  // id: the numbers of other channels mean something else. The names last as long as this does.
  void Find(const WindowsEvent& event, std::string_view provider,
            std::vector<std::string_view>& types, uint32_t& id);

 private:
  void AddStated(std::vector<std::string_view>& types);
  void AddSysmon(std::string_view product, uint32_t id, std::vector<std::string_view>& types);
  // Every way to name a log source with these parts.
  void AddAll(const LogSourceParts& source, std::vector<std::string_view>& types);
  void Add(const std::string& name, std::vector<std::string_view>& types);

  const EventTypeOptions options_;
  std::vector<std::string_view> stated_;
  std::set<std::string, std::less<>> names_;  // of which there are few
};

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_EVENT_TYPES_H_
