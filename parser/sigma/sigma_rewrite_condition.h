// From the condition of a compiled rule back to selections and a condition of a Sigma rule.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_REWRITE_CONDITION_H_
#define SLUICE_PARSER_SIGMA_SIGMA_REWRITE_CONDITION_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/sigma/sigma_rewrite.h"
#include "schema/content.h"

namespace sluice {

// A selection: a map of keys to values, where several values are a list.
struct SigmaRewrittenSelection {
  std::string name;
  std::vector<SigmaRewritten> items;
};

struct SigmaRewrittenDetection {
  std::vector<SigmaRewrittenSelection> selections;  // in the order of their criteria
  std::string condition;
  // Why there are none of these; empty when there are, and then `place` says nothing.
  std::string why;
  Place place;
};

// Criteria that are read one after another under one key become a list, and those that must all
// match one map. Takes time linear in the instance. `budget` is as for `RewriteCriterion`.
SigmaRewrittenDetection RewriteDetection(const Content& content, const Instance& instance,
                                         SigmaBudget& budget);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_REWRITE_CONDITION_H_
