#include "schema/finding.h"

#include "absl/strings/str_cat.h"
#include "schema/digest.h"
#include "schema/rule.h"
#include "schema/text.h"

namespace sluice {

std::string_view Name(Severity severity) {
  constexpr std::string_view kNames[] = {"note", "warning", "error"};
  return kNames[static_cast<size_t>(severity)];
}

std::string Fingerprint(const Finding& finding, std::string_view path,
                        std::string_view text_at_place, uint32_t occurrence) {
  // Each part is preceded by its length, so no two lists of parts give the same text.
  std::string all;
  for (const std::string_view part :
       {finding.rule->id, path, std::string_view(finding.instance), std::string_view(finding.field),
        std::string_view(finding.effect), text_at_place}) {
    absl::StrAppend(&all, part.size(), ":", Abseil(part));
  }
  absl::StrAppend(&all, occurrence);
  return Sha256Hex(all).substr(0, 16);
}

}  // namespace sluice
