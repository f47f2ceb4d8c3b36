// Comments in a file that take findings out of the result (docs/suppressions.md).
//
//   Image: '*'  # sluice:ignore SL580 the agent leaves it out for threads
//   # sluice:ignore SL587, value-covered the next line is meant so
//   # sluice:ignore-file SL548 the wiki has the long text
//
// What they take out is counted, and kept as evidence with the reason. SL0xx, and what is found
// about such comments themselves, cannot be taken out.

#ifndef SLUICE_GATE_SUPPRESSION_H_
#define SLUICE_GATE_SUPPRESSION_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "schema/content.h"
#include "schema/finding.h"
#include "schema/place.h"
#include "schema/rule.h"

namespace sluice {

// One rule that one comment names.
struct Suppression {
  const Rule* rule = nullptr;
  uint32_t line = 0;          // where it holds, from 1; 0: in the whole file
  uint32_t comment_line = 0;  // where it is written
  Place place;                // of the rule's name
  std::string reason;         // cut to a line, safe to print
  bool used = false;
};

// The suppressions of one file. Owns all that it needs: it outlives the content.
class Suppressions {
 public:
  // Reads `content.comments()`; `lines` is the table of the content's text. Linear in the text.
  Suppressions(const Content& content, const LineTable& lines);

  // The suppression that holds for findings of `rule` on `line`, which is then in use; nullptr
  // when there is none.
  const Suppression* Take(const RuleInfo& rule, uint32_t line);

  // Reports what is wrong with the comments themselves: SL631 to SL633, those of them that are
  // among `rules`.
  void ReportProblems(std::span<const Rule* const> rules, Reporter& out) const;

  // Those that took nothing so far, of rules with an id in `ran` (sorted), in file order.
  std::vector<const Suppression*> Unused(std::span<const std::string> ran) const;

 private:
  // What SL631 to SL633 say.
  struct Problem {
    std::string_view rule;
    Place place;
    std::string message;
  };
  class Parser;

  void Add(Suppression suppression);

  std::vector<Suppression> suppressions_;
  std::vector<Problem> problems_;
  // The first one for a line and rule, by its position. Later ones suppress nothing.
  absl::flat_hash_map<std::pair<uint32_t, const RuleInfo*>, uint32_t> by_line_;
};

// Reports SL630 about each of `unused`.
void ReportUnused(std::span<const Suppression* const> unused, Reporter& out);

}  // namespace sluice

#endif  // SLUICE_GATE_SUPPRESSION_H_
