// From a criterion back to a key and a value of a Sigma rule.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_REWRITE_H_
#define SLUICE_PARSER_SIGMA_SIGMA_REWRITE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/sigma/sigma_transforms.h"
#include "parser/yaml/yaml_scalar.h"
#include "schema/content.h"

namespace sluice {

struct SigmaRewrittenValue {
  std::string text;
  YamlType type = YamlType::kText;
};

// `Image|endswith: '\a.exe'`.
struct SigmaRewritten {
  std::string key;
  // One, which gives the very criterion. Or several, which under this key mean the same: for
  // operands that no single value stands for.
  std::vector<SigmaRewrittenValue> values;
};

// nullopt for what no rule can say: other operators than Sigma's, a field with a name that would be
// read as modifiers, keywords that must begin somewhere. What is given is read back to see that it
// is the same; `budget` is what that may take.
std::optional<SigmaRewritten> RewriteCriterion(const Content& content, const Criterion& criterion,
                                               SigmaBudget& budget);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_REWRITE_H_
