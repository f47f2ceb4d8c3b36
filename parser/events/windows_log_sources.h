// What Sigma calls the channels of Windows.

#ifndef SLUICE_PARSER_EVENTS_WINDOWS_LOG_SOURCES_H_
#define SLUICE_PARSER_EVENTS_WINDOWS_LOG_SOURCES_H_

#include <cstdint>
#include <string_view>

namespace sluice {

// The service of a channel: "Security" is "security". Letters compare without case. "" for a
// channel that Sigma has no name for. Source: Sigma specification 2.1.0, taxonomy appendix,
// "Windows services".
std::string_view ServiceOfChannel(std::string_view channel);

// The category of an event of a service other than Sysmon, "" for none: 4104 of "powershell" is
// "ps_script". Source: the same, "Windows categories".
std::string_view CategoryOfEvent(std::string_view service, uint32_t id);

// Whether Sysmon writes to this channel, on Windows or on Linux.
bool IsSysmonChannel(std::string_view channel);

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_WINDOWS_LOG_SOURCES_H_
