// Reads Sysmon configurations, the XML that sensors compile themselves.
//
// docs/sysmon-config.md says what is read, how it is held, and what a sensor drops in silence: each
// of those things is an `Irregularity` of the content, which a rule turns into a finding. The
// source of all of it is the Sysmon rule blob, sections 5.1 and 5.2.
//
//   ReadResult result = ReadSysmonConfig(bytes, {});
//   if (!result.ok()) ... result.malformed() ...
//   for (const Instance& record : result.content().instances()) ...

#ifndef SLUICE_PARSER_SYSMON_CONFIG_READER_H_
#define SLUICE_PARSER_SYSMON_CONFIG_READER_H_

#include <string_view>

#include "parser/reader.h"

namespace sluice {

// Whether the first element is `<Sysmon>`, in any encoding that the reader takes. As a sensor does,
// it passes over anything but a NUL up to the first '<', and then over comments and the like, text
// among them included. Not where the first line is that of a message in text form
// ("# proto-message: "). Looks at the first megabyte at most.
bool LooksLikeSysmonConfig(std::string_view bytes);

// Whether the text begins with '<', white space aside, in any of these encodings.
bool StartsWithMarkup(std::string_view bytes);

// Reads a configuration. Content of the Sysmon dialect, bound by name, kind "sysmon-xml": an
// instance for each event record in document order, and a setting for each other child of
// `<Sysmon>`. Malformed, with a place in the decoded text: text that cannot be decoded, XML that
// does not parse or breaks a limit of schema/limits.h, and XML without a root element named Sysmon.
// Takes time and memory linear in the file.
ReadResult ReadSysmonConfig(Bytes bytes, const ReadOptions& options);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_READER_H_
