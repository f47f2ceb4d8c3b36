// A stream of YAML documents as libyaml's events give it, with the place of everything in it.
//
// One flat array in document order, without pointers and without recursion: what stands below node
// `i` are the nodes from `i + 1` to `nodes()[i].end`. Below a mapping, keys and values alternate.
//
//   YamlDocument document;
//   if (std::optional<Malformed> malformed = document.Parse(text)) return ...;
//   for (const YamlRoot& root : document.roots()) {
//     if (!root.has_node()) continue;
//     for (const YamlEntry entry : document.Entries(root.node)) {
//       const YamlNode& key = document.node(entry.key);
//
// Every place counts bytes of the text. YAML 1.1 as libyaml 0.2 reads it
// (https://yaml.org/spec/1.1), which is what PyYAML and so pySigma read. Comments, which libyaml
// drops, are found by a scanner of their own.
//
// Hostile input: bounded by schema/limits.h in size, depth, nodes, documents, anchors and aliases,
// and in what makes libyaml slow: long runs of white space, and %TAG. An alias stays one node, so
// nothing is expanded; it never leads to a node that it stands in. Memory: 56 bytes for each node,
// and at most three times the text for what scalars decode to.

#ifndef SLUICE_PARSER_YAML_YAML_DOCUMENT_H_
#define SLUICE_PARSER_YAML_YAML_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "parser/reader.h"
#include "parser/yaml/yaml_arena.h"
#include "schema/place.h"

namespace sluice {

enum class YamlKind : uint8_t { kScalar, kSequence, kMapping, kAlias };

// The first five are of scalars, the last two of collections. An alias is `kPlain`.
enum class YamlStyle : uint8_t {
  kPlain,
  kSingleQuoted,
  kDoubleQuoted,
  kLiteral,
  kFolded,
  kBlock,
  kFlow
};

inline constexpr uint32_t kNoYamlNode = UINT32_MAX;

struct YamlNode {
  YamlKind kind = YamlKind::kScalar;
  YamlStyle style = YamlStyle::kPlain;
  // The index after the last node below it; its own index + 1 for scalars and aliases.
  uint32_t end = 0;
  // What an alias stands for: a node earlier in the array, no alias, with its end before the alias.
  uint32_t target = kNoYamlNode;
  // Of a scalar, decoded: UTF-8, and NUL where "\0" made one. Lives as long as the document and the
  // text.
  std::string_view value;
  // The explicit tag in full ("tag:yaml.org,2002:str" for `!!str`); empty without one, and for `!`,
  // which PyYAML takes for none before a plain scalar.
  std::string_view tag;
  // Without anchor and tag. A scalar with its quotes, a block scalar from its '|' or '>' to the end
  // of its last line that is not blank. A collection in brackets with them, any other from its
  // first
  // '-' or '?' or key to the end of its last item. What is left empty has length 0, and stands
  // where it would begin.
  Place place;
};

// One document of the stream.
struct YamlRoot {
  uint32_t node = kNoYamlNode;  // kNoYamlNode for an empty document
  Place marker;                 // its '---'; without one, of length 0 where it begins

  bool has_node() const { return node != kNoYamlNode; }
};

struct YamlEntry {
  uint32_t key;
  uint32_t value;
};

// The nodes directly below a node, as indices. Good for range-for.
class YamlItems {
 public:
  class Iterator {
   public:
    Iterator(const YamlNode* nodes, uint32_t at) : nodes_(nodes), at_(at) {}
    uint32_t operator*() const { return at_; }
    Iterator& operator++() {
      at_ = nodes_[at_].end;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const YamlNode* nodes_;
    uint32_t at_;
  };

  YamlItems(const YamlNode* nodes, uint32_t parent) : nodes_(nodes), parent_(parent) {}
  Iterator begin() const { return {nodes_, parent_ + 1}; }
  Iterator end() const { return {nodes_, nodes_[parent_].end}; }

 private:
  const YamlNode* nodes_;
  uint32_t parent_;
};

// The keys and values of a mapping, as pairs of indices. Good for range-for.
class YamlEntries {
 public:
  class Iterator {
   public:
    Iterator(const YamlNode* nodes, uint32_t at) : nodes_(nodes), at_(at) {}
    YamlEntry operator*() const { return {at_, nodes_[at_].end}; }
    Iterator& operator++() {
      at_ = nodes_[nodes_[at_].end].end;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const YamlNode* nodes_;
    uint32_t at_;
  };

  YamlEntries(const YamlNode* nodes, uint32_t parent) : nodes_(nodes), parent_(parent) {}
  Iterator begin() const { return {nodes_, parent_ + 1}; }
  Iterator end() const { return {nodes_, nodes_[parent_].end}; }

 private:
  const YamlNode* nodes_;
  uint32_t parent_;
};

class YamlDocument {
 public:
  YamlDocument() = default;
  YamlDocument(const YamlDocument&) = delete;
  YamlDocument& operator=(const YamlDocument&) = delete;
  YamlDocument(YamlDocument&&) = default;
  YamlDocument& operator=(YamlDocument&&) = default;

  // Parses `text`, UTF-8, which must outlive the document; what was parsed before is dropped, its
  // memory used again. Malformed, and then empty: what libyaml refuses, an alias without an anchor
  // before it, an alias within its own anchor's node, nesting past `kMaxYamlDepth`. Malformed with
  // `over_limit`: past any other limit. Not malformed: keys that repeat (`RepeatedKeys`), and an
  // anchor of a name that was used before, which counts from there on (YAML 1.1, section 7.1.2;
  // PyYAML refuses it).
  [[nodiscard]] std::optional<Malformed> Parse(std::string_view text);

  std::string_view text() const { return text_; }
  // The documents, in order; none for a text of nothing but comments and white space.
  std::span<const YamlRoot> roots() const { return roots_; }
  std::span<const YamlNode> nodes() const { return nodes_; }
  const YamlNode& node(uint32_t index) const { return nodes_[index]; }

  // What stands directly below a node; nothing below scalars and aliases.
  YamlItems Items(uint32_t parent) const { return {nodes_.data(), parent}; }
  // Only for mappings.
  YamlEntries Entries(uint32_t mapping) const { return {nodes_.data(), mapping}; }

  // What an alias stands for; any other node is its own. Following every alias may take exponential
  // time: count the steps.
  uint32_t Resolve(uint32_t index) const {
    return nodes_[index].kind == YamlKind::kAlias ? nodes_[index].target : index;
  }

  // The value of the first key of a mapping that is a scalar with this text, whatever its style;
  // kNoYamlNode without one. Linear in the mapping's entries.
  uint32_t Find(uint32_t mapping, std::string_view key) const;

  // The keys of a mapping whose text an earlier key of it has, in order. Keys that are no scalars
  // are left out. Linear in the mapping's entries.
  std::vector<uint32_t> RepeatedKeys(uint32_t mapping) const;

  // Every comment of the text in order, from its '#' to the end of the line. Linear in the text.
  std::vector<Place> Comments() const;

 private:
  friend class YamlBuilder;

  // The text of a key, or nullptr.
  const std::string_view* KeyText(uint32_t key) const;
  void Clear();

  std::string_view text_;
  std::vector<YamlNode> nodes_;
  std::vector<YamlRoot> roots_;
  YamlArena arena_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_DOCUMENT_H_
