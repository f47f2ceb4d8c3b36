// Gathers why content is not compiled to a Sysmon rule blob.

#ifndef SLUICE_PARSER_SYSMON_BLOB_WRITE_CAUSES_H_
#define SLUICE_PARSER_SYSMON_BLOB_WRITE_CAUSES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/sysmon/blob_writer.h"
#include "schema/content.h"
#include "schema/limits.h"
#include "schema/place.h"
#include "schema/text.h"

namespace sluice::blob {

class Causes {
 public:
  Causes(const Content& content, BlobMode mode)
      : most_(MaxFindingsPerRule(content.bytes().size())), mode_(mode) {}

  // Something that Sysmon's compiler drops or accepts without understanding it; and something that
  // is refused in either mode. nullptr when enough of them are kept: then it only counts.
  Refused* Tolerable(Place place, uint32_t instance, std::string_view rule) {
    const bool strict = mode_ == BlobMode::kStrict;
    return Add(strict ? result_.refused : result_.tolerated,
               strict ? result_.refused_count : result_.tolerated_count, place, instance, rule);
  }
  Refused* Fatal(Place place, uint32_t instance, std::string_view rule = {}) {
    return Add(result_.refused, result_.refused_count, place, instance, rule);
  }

  bool strict() const { return mode_ == BlobMode::kStrict; }
  bool ok() const { return result_.ok(); }

  // `bytes` are only given out when nothing is refused.
  BlobWriteResult Take(std::string bytes) && {
    const auto before = [](const Refused& a, const Refused& b) {
      return a.place.offset < b.place.offset;
    };
    std::ranges::stable_sort(result_.refused, before);
    std::ranges::stable_sort(result_.tolerated, before);
    if (ok()) result_.bytes = std::move(bytes);
    return std::move(result_);
  }

 private:
  Refused* Add(std::vector<Refused>& to, uint64_t& count, Place place, uint32_t instance,
               std::string_view rule) {
    if (++count > most_) return nullptr;
    return &to.emplace_back(Refused{place, instance, rule, {}});
  }

  BlobWriteResult result_;
  const uint64_t most_;
  const BlobMode mode_;
};

// "'text'", safe to print.
inline std::string Quote(std::string_view text) { return "'" + Printable(text) + "'"; }

}  // namespace sluice::blob

#endif  // SLUICE_PARSER_SYSMON_BLOB_WRITE_CAUSES_H_
