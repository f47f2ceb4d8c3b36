#include "tools/suggest.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "schema/text.h"

namespace sluice {
namespace {

// What stands behind the '@', and up to it.
std::string_view VersionOf(std::string_view sensor) {
  return sensor.substr(std::min(sensor.find('@') + 1, sensor.size()));
}
std::string_view NameOf(std::string_view sensor) { return sensor.substr(0, sensor.find('@') + 1); }

// The number that `version` begins with, "4.23x" as 4.23; nullopt when it is more than a number and
// letters, as "7.1.2" is.
std::optional<double> VersionNumber(std::string_view version) {
  // No sign, and no "inf" or "nan".
  if (version.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(version[0]))) return {};
  double number = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number,
                                            std::chars_format::fixed);
  const std::string_view rest = version.substr(end - version.data());
  if (error != std::errc() || rest.find_first_of("0123456789.") != std::string_view::npos) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

std::string_view ClosestSensor(std::string_view sensor, std::span<const std::string_view> known) {
  constexpr double kFarthest = 1;
  const std::optional<double> wanted = VersionNumber(VersionOf(sensor));
  std::string_view closest;
  double best = kFarthest;
  bool known_name = false;
  for (const std::string_view candidate : known) {
    if (!EqualsIgnoreCase(NameOf(candidate), NameOf(sensor))) continue;
    known_name = true;
    const std::optional<double> number = VersionNumber(VersionOf(candidate));
    if (!wanted || !number || std::abs(*wanted - *number) >= best) continue;
    best = std::abs(*wanted - *number);
    closest = candidate;
  }
  if (!closest.empty() || (wanted && known_name)) return closest;
  return Closest(sensor, known);
}

std::string DidYouMean(std::string_view word) {
  if (word.empty()) return "";
  return absl::StrCat("; did you mean \"", Printable(word), "\"?");
}

std::string Suggestion(std::string_view word, std::span<const std::string_view> known) {
  return DidYouMean(Closest(word, known));
}

}  // namespace sluice
