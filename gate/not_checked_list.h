// What could not be checked of one file, each said once, and no more of it than fits.

#ifndef SLUICE_GATE_NOT_CHECKED_LIST_H_
#define SLUICE_GATE_NOT_CHECKED_LIST_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "schema/results.h"

namespace sluice {

// Of those that were requested, and of the others, `kMinFindingsPerRule` are kept; an entry "7
// more" stands for the rest, and is requested where they were.
class NotCheckedList {
 public:
  // Constant time on average.
  void Add(std::string_view what, std::string_view why, bool requested);

  // Adds the entries to `out` in the order in which they came, as those of the file `path`; the
  // list is empty then.
  void MoveTo(const std::string& path, std::vector<NotChecked>& out);

 private:
  struct Kind {
    absl::flat_hash_set<std::pair<std::string, std::string>> kept;  // what and why
    absl::flat_hash_set<size_t> left_out;                           // hashes of the same
  };

  Kind kinds_[2];  // by whether it was requested
  std::vector<NotChecked> entries_;
};

}  // namespace sluice

#endif  // SLUICE_GATE_NOT_CHECKED_LIST_H_
