// Reads `sluice.textproto`, the settings that desk and CI share (docs/settings.md).

#ifndef SLUICE_PARSER_CONFIG_SETTINGS_READER_H_
#define SLUICE_PARSER_CONFIG_SETTINGS_READER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/results.h"

namespace sluice {

inline constexpr std::string_view kSettingsFileName = "sluice.textproto";

// What the file says; an absent field is empty, and a flag of the same name replaces it.
struct Settings {
  std::string fleet;       // as written: a built-in fleet or, relative to the file, a fleet file
  std::string fleet_path;  // the same as a path
  std::vector<std::string> sensors;       // "sysmon@4.22"
  std::vector<std::string> contracts;     // folders, as paths from the working directory
  std::vector<std::string> placeholders;  // files, the same
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::optional<FailOn> fail_on;
  bool require_checked = false;
  bool assume_loaded = false;
};

// The path of the settings file for `start`, a file or folder that need not exist: the nearest
// `sluice.textproto` in its folder or in one above, whatever it is: a folder of that name or a link
// to nowhere is the caller's to refuse. Empty when there is none. "-" and "" stand for the working
// directory.
std::string FindSettings(const std::string& start);

// Reads `sluice.v1.Settings` in protobuf text form. `path` names it in errors, and paths inside are
// relative to its folder. Errors are kInvalidArgument, "path:line:column: what is wrong": text that
// is not of the message, a sensor that is not NAME@VERSION, an empty fleet, path or rule, an
// unknown or empty `fail_on`.
absl::StatusOr<Settings> ReadSettings(std::string_view text, std::string_view path);

// "error", "warning", "note", "never"; nullopt for anything else.
std::optional<FailOn> FailOnByName(std::string_view name);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_SETTINGS_READER_H_
