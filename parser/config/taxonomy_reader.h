// Reads taxonomies: `sluice.v1.Taxonomy` in protobuf text form, which says what Sigma's log sources
// are on a sensor (docs/contracts.md).

#ifndef SLUICE_PARSER_CONFIG_TAXONOMY_READER_H_
#define SLUICE_PARSER_CONFIG_TAXONOMY_READER_H_

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/contract.h"

namespace sluice {

// A taxonomy together with what it views. Stays where it was made.
class OwnedTaxonomy {
 public:
  // `first`, and of `second` the log sources that `first` has not. What `second` views must outlive
  // the result.
  static std::shared_ptr<const OwnedTaxonomy> Merge(std::shared_ptr<const OwnedTaxonomy> first,
                                                    std::span<const LogSource> second);

  OwnedTaxonomy(const OwnedTaxonomy&) = delete;
  OwnedTaxonomy& operator=(const OwnedTaxonomy&) = delete;

  std::string_view sensor() const { return sensor_; }
  std::span<const LogSource> log_sources() const { return log_sources_; }

 private:
  friend class TaxonomyAssembler;
  OwnedTaxonomy() = default;

  std::shared_ptr<const OwnedTaxonomy> base_;  // whose strings are viewed
  std::string sensor_;
  std::vector<LogSource> log_sources_;
  std::deque<std::string> strings_;  // a deque never moves its elements
  std::deque<std::vector<uint32_t>> events_;
  std::deque<std::vector<std::string_view>> headers_;
};

// Reads one taxonomy. `path` only names it in errors, which are kInvalidArgument and read
// "path:line:column: what is wrong and what to do". Refused: text that is not of the message; no
// sensor; a log source without a name, without an event or that stands twice; an unknown platform;
// a header for a product that has no log source, or that stands twice; more log sources, events of
// one or header fields than docs/limits.md allows.
absl::StatusOr<std::shared_ptr<const OwnedTaxonomy>> ReadTaxonomy(std::string_view text,
                                                                  std::string_view path);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_TAXONOMY_READER_H_
