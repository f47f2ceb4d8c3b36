#include "schema/finding.h"

#include <xxhash.h>

#include "schema/rule.h"

namespace sluice {

std::string_view Name(Severity severity) {
  constexpr std::string_view kNames[] = {"note", "warning", "error"};
  return kNames[static_cast<size_t>(severity)];
}

uint64_t Fingerprint(const Finding& finding, std::string_view path, std::string_view text_at_place,
                     uint32_t occurrence) {
  uint64_t hash = occurrence;
  // Each part is hashed with the hash of those before it as the seed, so where one part ends and
  // the next begins counts too.
  for (const std::string_view part :
       {finding.rule->id, path, std::string_view(finding.instance), std::string_view(finding.field),
        std::string_view(finding.effect), text_at_place}) {
    hash = XXH3_64bits_withSeed(part.data(), part.size(), hash);
  }
  return hash;
}

}  // namespace sluice
