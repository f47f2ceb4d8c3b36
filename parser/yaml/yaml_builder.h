// Turns libyaml's events into the nodes of a YamlDocument.

#ifndef SLUICE_PARSER_YAML_YAML_BUILDER_H_
#define SLUICE_PARSER_YAML_YAML_BUILDER_H_

#include <yaml.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "parser/reader.h"
#include "parser/yaml/yaml_document.h"
#include "parser/yaml/yaml_marks.h"
#include "schema/limits.h"
#include "schema/place.h"

namespace sluice {

class YamlBuilder {
 public:
  // `out` is empty, and is left half filled when `Build` fails. Both must outlive the builder, and
  // `text` also `out`.
  YamlBuilder(std::string_view text, YamlDocument* out);
  ~YamlBuilder();
  YamlBuilder(const YamlBuilder&) = delete;
  YamlBuilder& operator=(const YamlBuilder&) = delete;

  [[nodiscard]] std::optional<Malformed> Build();

 private:
  // Where a node stands behind its properties, and the name of its anchor, if any.
  struct Start {
    uint32_t offset;
    std::string_view anchor;
  };

  // All of them return false with `malformed_` set.
  bool Take(const yaml_event_t& event);
  bool BeginDocument(const yaml_event_t& event);
  bool AddScalar(const yaml_event_t& event);
  bool AddAlias(const yaml_event_t& event);
  bool BeginCollection(const yaml_event_t& event, YamlKind kind, const yaml_char_t* tag, bool flow);
  bool EndCollection(const yaml_event_t& event);
  bool AddNode(const YamlNode& node, std::string_view anchor);
  bool AddAnchor(std::string_view name, uint32_t node);
  bool Refuse(Malformed malformed);

  Start SkipProperties(uint32_t begin, uint32_t end) const;
  Place EmptyPlace(uint32_t at);
  Place BlockScalarPlace(uint32_t begin, uint32_t end) const;
  std::string_view Keep(std::string_view value, std::string_view as_it_stands);
  std::string_view Tag(const yaml_char_t* tag, uint32_t begin, uint32_t end);
  std::string_view Text(Place place) const { return text_.substr(place.offset, place.length); }

  std::string_view text_;
  YamlDocument& out_;
  YamlMarks marks_;
  yaml_parser_t parser_;
  bool parser_ready_;
  std::optional<Malformed> malformed_;

  std::array<uint32_t, kMaxYamlDepth> open_;  // the collections that are not closed
  uint32_t depth_ = 0;
  uint32_t end_ = 0;                // where what was taken last ends
  uint32_t empty_at_ = UINT32_MAX;  // what `EmptyPlace` was asked last,
  uint32_t empty_place_ = 0;        // and what it said
  bool expects_root_ = false;
  uint32_t anchor_count_ = 0;
  uint32_t alias_count_ = 0;
  absl::flat_hash_map<std::string_view, uint32_t> anchors_;  // of this document
};

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_BUILDER_H_
