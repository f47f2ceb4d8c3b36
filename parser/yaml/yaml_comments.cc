#include <algorithm>

#include "parser/yaml/yaml_document.h"
#include "parser/yaml/yaml_marks.h"

namespace sluice {
namespace {

// Between scalars, libyaml takes every '#' for the beginning of a comment: in anchors, aliases,
// tags and directives it cannot stand. Returns where the last comment ends, or `begin`.
size_t FindComments(std::string_view text, size_t begin, size_t end, std::vector<Place>* out) {
  while (begin < end) {
    const size_t at = text.substr(0, end).find('#', begin);
    if (at == std::string_view::npos) break;
    begin = YamlLineEnd(text, at);
    out->push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(begin - at)});
  }
  return begin;
}

bool IsBlockScalar(const YamlNode& node) {
  return node.style == YamlStyle::kLiteral || node.style == YamlStyle::kFolded;
}

}  // namespace

std::vector<Place> YamlDocument::Comments() const {
  std::vector<Place> comments;
  size_t at = 0;
  for (const YamlNode& node : nodes_) {
    if (node.kind != YamlKind::kScalar) continue;
    at = FindComments(text_, at, node.place.offset, &comments);
    // Behind the '|' or '>' of a block scalar may stand one.
    if (IsBlockScalar(node)) {
      FindComments(text_, node.place.offset, YamlLineEnd(text_, node.place.offset), &comments);
    }
    at = std::max<size_t>(at, node.place.end());
  }
  FindComments(text_, at, text_.size(), &comments);
  return comments;
}

}  // namespace sluice
