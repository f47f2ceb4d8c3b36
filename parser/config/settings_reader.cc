#include "parser/config/settings_reader.h"

#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_text.h"
#include "schema/proto/settings.pb.h"
#include "schema/text.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

// `path` as written in a settings file of folder `folder`.
std::string Resolve(const fs::path& folder, const std::string& path) {
  return path.empty() ? path : (folder / path).lexically_normal().string();
}

bool IsNameAtVersion(std::string_view text) {
  const size_t at = text.find('@');
  return at != std::string_view::npos && IsSensorWord(text.substr(0, at)) &&
         IsSensorWord(text.substr(at + 1));
}

absl::Status Check(const v1::Settings& message, const ConfigText& config) {
  const auto error = [&](int number, int index, std::string_view what) {
    return config.Error(message, config.root(), number, index, what);
  };
  for (int i = 0; i < message.sensor_size(); ++i) {
    if (IsNameAtVersion(message.sensor(i))) continue;
    return error(v1::Settings::kSensorFieldNumber, i,
                 absl::StrCat("\"", Printable(message.sensor(i)),
                              "\" is not a sensor: write NAME@VERSION, as \"sysmon@4.22\""));
  }
  const auto check_filled = [&](int number, const auto& values) {
    for (int i = 0; i < values.size(); ++i) {
      if (values.Get(i).empty()) return error(number, i, "an empty text; fill it in or remove it");
    }
    return absl::OkStatus();
  };
  absl::Status status = check_filled(v1::Settings::kContractsFieldNumber, message.contracts());
  status.Update(check_filled(v1::Settings::kPlaceholdersFieldNumber, message.placeholders()));
  status.Update(check_filled(v1::Settings::kSelectFieldNumber, message.select()));
  status.Update(check_filled(v1::Settings::kIgnoreFieldNumber, message.ignore()));
  if (!status.ok()) return status;
  if (message.has_fleet() && message.fleet().empty()) {
    return error(v1::Settings::kFleetFieldNumber, 0, "an empty text; fill it in or remove it");
  }
  if (message.has_fail_on() && !FailOnByName(message.fail_on())) {
    return error(v1::Settings::kFailOnFieldNumber, 0,
                 absl::StrCat("`fail_on` is \"", Printable(message.fail_on()),
                              "\"; use \"error\", \"warning\", \"note\" or \"never\""));
  }
  return absl::OkStatus();
}

}  // namespace

std::string FindSettings(const std::string& start) {
  std::error_code error;
  fs::path folder = fs::absolute(start.empty() || start == "-" ? "." : start, error);
  if (error) return {};
  folder = folder.lexically_normal();
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  while (true) {
    const fs::path candidate = folder / kSettingsFileName;
    // Whatever has the name is meant to be settings: what cannot be read is not passed over.
    if (fs::symlink_status(candidate, error).type() != fs::file_type::not_found) {
      return candidate.string();
    }
    if (!folder.has_relative_path()) return {};
    folder = folder.parent_path();
  }
}

absl::StatusOr<Settings> ReadSettings(std::string_view text, std::string_view path) {
  ConfigText config(text, path);
  v1::Settings message;
  if (absl::Status status = config.Parse(&message); !status.ok()) return status;
  if (absl::Status status = Check(message, config); !status.ok()) return status;
  const fs::path folder = fs::path(path).parent_path();
  Settings settings;
  settings.fleet = message.fleet();
  settings.fleet_path = Resolve(folder, message.fleet());
  settings.sensors.assign(message.sensor().begin(), message.sensor().end());
  for (const std::string& dir : message.contracts()) {
    settings.contracts.push_back(Resolve(folder, dir));
  }
  for (const std::string& file : message.placeholders()) {
    settings.placeholders.push_back(Resolve(folder, file));
  }
  settings.select.assign(message.select().begin(), message.select().end());
  settings.ignore.assign(message.ignore().begin(), message.ignore().end());
  settings.fail_on = FailOnByName(message.fail_on());
  settings.require_checked = message.require_checked();
  settings.assume_loaded = message.assume_loaded();
  return settings;
}

std::optional<FailOn> FailOnByName(std::string_view name) {
  if (name == "error") return FailOn::kError;
  if (name == "warning") return FailOn::kWarning;
  if (name == "note") return FailOn::kNote;
  if (name == "never") return FailOn::kNever;
  return std::nullopt;
}

}  // namespace sluice
