// What the parts of the Sigma reader share: the YAML, the content that is filled, and what one file
// may still cost.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_CONTEXT_H_
#define SLUICE_PARSER_SIGMA_SIGMA_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/reader.h"
#include "parser/sigma/sigma_transforms.h"
#include "parser/yaml/yaml_document.h"
#include "schema/content_builder.h"

namespace sluice {

struct SigmaContext {
  SigmaContext(const YamlDocument& document, ContentBuilder& content, const ReadOptions& options)
      : yaml(document), builder(content), placeholders(options.placeholders) {}

  const YamlDocument& yaml;
  ContentBuilder& builder;
  const SigmaPlaceholders& placeholders;
  SigmaBudget budget;
  uint64_t steps = 0;        // see kMaxSigmaSteps
  uint64_t bytes = 0;        // see kMaxSigmaBytes
  uint64_t match_bytes = 0;  // see kMaxSigmaMatchBytes
  uint64_t regex_cost = 0;   // see kMaxSigmaRegexCost
  // Over a limit. The first one counts; whatever is read after it is dropped.
  std::optional<Malformed> over_limit;

  // Records an irregularity of the open instance, which is incomplete when it is `fatal`. `detail`
  // and `other` must last as long as the content.
  void Add(IrregularityKind kind, Place place, std::string_view detail = {},
           std::string_view other = {}, bool fatal = false);
  void AddFatal(IrregularityKind kind, Place place, std::string_view detail = {},
                std::string_view other = {}) {
    Add(kind, place, detail, other, true);
  }

  // False, from the first time on, when `used` with `more` is over `limit`.
  bool Spend(uint64_t& used, uint64_t more, uint64_t limit, Place place, std::string_view what) {
    if (over_limit || more > limit || used > limit - more) return Exceed(limit, place, what);
    used += more;
    return true;
  }
  // Sets `over_limit`, unless it is set. Returns false.
  bool Exceed(uint64_t limit, Place place, std::string_view what);

  // The node that an alias stands for, or the node itself, with what is irregular about it. Every
  // node that is visited comes by here and is counted with its bytes, so that work for each of them
  // is bounded; check `over_limit` in loops.
  uint32_t Follow(uint32_t node);

  // A view that lasts as long as the content: into its text, or a copy.
  std::string_view Lasting(std::string_view text);
  // The same for a scalar's value.
  std::string_view Text(uint32_t node) { return Lasting(yaml.node(node).value); }

  // Where bytes `part` of a scalar's value stand in the text: all of the scalar where it was
  // decoded (escapes, folded lines).
  Place PlaceIn(uint32_t node, Place part) const;

  // The text of a key. nullopt for one that is a list or map, or `<<`: recorded.
  std::optional<std::string_view> Key(uint32_t node);
};

// Whether the plain scalar or quoted text is what YAML takes for nothing.
bool IsNothing(const YamlNode& node);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_CONTEXT_H_
