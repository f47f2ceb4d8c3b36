#include "parser/events/event_types.h"

#include <algorithm>
#include <utility>

#include "parser/events/windows_log_sources.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr std::string_view kSysmonProvider = "Microsoft-Windows-Sysmon";
constexpr std::string_view kLinuxSysmonProvider = "Linux-Sysmon";

// "windows/process_creation" taken apart; a single second part is taken for a category, which
// names it as it would a service.
LogSourceParts PartsOf(std::string_view name) {
  LogSourceParts parts;
  const size_t first = name.find('/');
  parts.product = name.substr(0, first);
  if (parts.product == "*") parts.product = {};
  if (first == std::string_view::npos) return parts;
  const std::string_view rest = name.substr(first + 1);
  const size_t second = rest.find('/');
  parts.category = rest.substr(0, second);
  if (second != std::string_view::npos) parts.service = rest.substr(second + 1);
  return parts;
}

// Whether Sysmon has sent the event, and for which product. Without a channel the provider says it.
std::string_view SysmonProduct(const WindowsEvent& event, std::string_view provider) {
  const bool by_channel = IsSysmonChannel(event.channel);
  if (!by_channel && !event.channel.empty()) return {};
  const std::string_view sender = by_channel ? event.channel : provider;
  const std::string_view linux_prefix = sender.substr(0, kLinuxSysmonProvider.size());
  if (EqualsIgnoreCase(linux_prefix, kLinuxSysmonProvider)) return "linux";
  return by_channel || EqualsIgnoreCase(provider, kSysmonProvider) ? "windows" : "";
}

}  // namespace

EventTypes::EventTypes(EventTypeOptions options) : options_(std::move(options)) {
  if (options_.log_source.empty()) return;
  Add(options_.log_source, stated_);  // a channel file's type is named with its case
  AddAll(PartsOf(options_.log_source), stated_);
}

void EventTypes::Add(const std::string& name, std::vector<std::string_view>& types) {
  const std::string_view kept = *names_.insert(name).first;
  if (std::ranges::find(types, kept) == types.end()) types.push_back(kept);
}

void EventTypes::AddAll(const LogSourceParts& source, std::vector<std::string_view>& types) {
  for (unsigned without = 0; without < 8; ++without) {
    const LogSourceParts parts{
        .product = (without & 1) != 0 ? std::string_view() : source.product,
        .category = (without & 2) != 0 ? std::string_view() : source.category,
        .service = (without & 4) != 0 ? std::string_view() : source.service};
    Add(LogSourceName(parts), types);
  }
}

void EventTypes::AddSysmon(std::string_view product, uint32_t id,
                           std::vector<std::string_view>& types) {
  AddAll({.product = product, .category = {}, .service = "sysmon"}, types);
  if (options_.sysmon == nullptr || id == kNone) return;
  for (const ContractType& type : options_.sysmon->types) {
    if (type.id == id && !type.name.empty()) Add(std::string(type.name), types);
  }
  for (const LogSource& source : options_.sysmon->log_sources) {
    LogSourceParts parts = PartsOf(source.name);
    if (parts.product != product || std::ranges::find(source.events, id) == source.events.end()) {
      continue;
    }
    Add(std::string(source.name), types);
    // A service of the taxonomy's own is kept; otherwise Sysmon's is another name of it.
    if (parts.service.empty()) parts.service = "sysmon";
    AddAll(parts, types);
  }
}

void EventTypes::Find(const WindowsEvent& event, std::string_view provider,
                      std::vector<std::string_view>& types, uint32_t& id) {
  types.clear();
  id = kNone;
  const std::string_view sysmon = SysmonProduct(event, provider);
  if (!sysmon.empty() || event.channel.empty()) id = event.id.value_or(kNone);
  if (!sysmon.empty()) return AddSysmon(sysmon, id, types);
  const std::string_view service = ServiceOfChannel(event.channel);
  if (!service.empty()) {
    AddAll({.product = "windows",
            .category = event.id ? CategoryOfEvent(service, *event.id) : std::string_view(),
            .service = service},
           types);
  } else if (!stated_.empty()) {
    types = stated_;
  } else if (!event.channel.empty()) {
    AddAll({.product = "windows", .category = {}, .service = {}}, types);
  }
}

}  // namespace sluice
