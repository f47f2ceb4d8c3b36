#include "gate/not_checked_list.h"

#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "schema/limits.h"

namespace sluice {

void NotCheckedList::Add(std::string_view what, std::string_view why, bool requested) {
  Kind& kind = kinds_[requested ? 1 : 0];
  std::pair<std::string, std::string> entry(what, why);
  if (kind.kept.contains(entry)) return;
  if (kind.kept.size() >= kMinFindingsPerRule) {
    kind.left_out.insert(absl::HashOf(entry));
    return;
  }
  entries_.push_back({"", entry.first, entry.second, requested});
  kind.kept.insert(std::move(entry));
}

void NotCheckedList::MoveTo(const std::string& path, std::vector<NotChecked>& out) {
  for (NotChecked& entry : entries_) {
    entry.path = path;
    out.push_back(std::move(entry));
  }
  entries_.clear();
  for (const bool requested : {false, true}) {
    Kind& kind = kinds_[requested ? 1 : 0];
    if (!kind.left_out.empty()) {
      out.push_back({path, absl::StrCat(kind.left_out.size(), " more"),
                     absl::StrCat("only ", kMinFindingsPerRule, " are listed for one file"),
                     requested});
    }
    kind = {};
  }
}

}  // namespace sluice
