// One JSON object as a flat array.

#ifndef SLUICE_PARSER_EVENTS_JSON_TREE_H_
#define SLUICE_PARSER_EVENTS_JSON_TREE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "parser/events/json_objects.h"

namespace sluice {

enum class JsonKind : uint8_t { kNull, kBoolean, kNumber, kString, kObject, kArray };

struct JsonNode {
  std::string key;   // of a member of an object
  std::string text;  // of a scalar: a number as it is written, "true", "false"
  JsonKind kind = JsonKind::kNull;
  uint32_t end = 0;  // the index after the last node below it

  bool scalar() const { return kind != JsonKind::kObject && kind != JsonKind::kArray; }
};

// The nodes in the order of the text: node 0 is the object itself, and below node i are those from
// i + 1 to its end.
class JsonTree {
 public:
  const JsonNode& node(uint32_t index) const { return nodes_[index]; }
  const JsonNode& root() const { return nodes_.front(); }

  // Calls `visit(const JsonNode&)` for what stands directly below.
  template <typename Visit>
  void ForEachBelow(const JsonNode& parent, Visit visit) const {
    for (uint32_t i = IndexOf(parent) + 1; i < parent.end; i = nodes_[i].end) visit(nodes_[i]);
  }
  // The first member with this key; nullptr when there is none.
  const JsonNode* Member(const JsonNode& parent, std::string_view key) const;
  // The first member with one of these keys, in their order.
  const JsonNode* AnyMember(const JsonNode& parent,
                            std::initializer_list<std::string_view> keys) const;

 private:
  friend absl::StatusOr<JsonTree> ParseJsonTree(std::string_view path, const JsonText& text);
  uint32_t IndexOf(const JsonNode& node) const {
    return static_cast<uint32_t>(&node - nodes_.data());
  }
  std::vector<JsonNode> nodes_;
};

// Errors: kInvalidArgument "path:line:column: what": no JSON, text that is not UTF-8, a number that
// no double holds; more than `kMaxEventBytes`, `kMaxEventDepth` or `kMaxEventValues`.
absl::StatusOr<JsonTree> ParseJsonTree(std::string_view path, const JsonText& text);

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_JSON_TREE_H_
