#include "parser/sigma/sigma_attributes.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "parser/yaml/yaml_scalar.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

AttributeKind KindOf(const YamlNode& node) {
  if (node.kind == YamlKind::kMapping) return AttributeKind::kMap;
  if (node.kind == YamlKind::kSequence) return AttributeKind::kList;
  switch (YamlTypeOf(node)) {
    case YamlType::kNull:
      return AttributeKind::kNull;
    case YamlType::kBool:
      return AttributeKind::kBoolean;
    case YamlType::kInteger:
    case YamlType::kFloat:
      return AttributeKind::kNumber;
    case YamlType::kTimestamp:
      return AttributeKind::kDate;
    default:
      return AttributeKind::kText;
  }
}

}  // namespace

std::string_view SigmaAttributes::Path(std::string_view parent, std::string_view key) {
  if (key.size() >= kMaxSigmaPathBytes) return key;
  std::string path;
  if (parent.size() + key.size() < kMaxSigmaPathBytes) path = parent;
  absl::StrAppend(&path, ".", Abseil(key));
  return context_.builder.Copy(path);
}

void SigmaAttributes::AddRepeatedKeys(uint32_t mapping, bool fatal) {
  for (const uint32_t key : context_.yaml.RepeatedKeys(mapping)) {
    const std::string_view text = context_.Text(context_.yaml.Resolve(key));
    const bool part = text == "detection" || text == "logsource";
    context_.Add(IrregularityKind::kSigmaDuplicateKey, context_.yaml.node(key).place, text, {},
                 fatal || part);
  }
}

uint32_t SigmaAttributes::AddOne(std::string_view path, Place key_place, uint32_t value,
                                 bool item) {
  const uint32_t found = context_.Follow(value);
  const YamlNode& node = context_.yaml.node(found);
  const bool scalar = node.kind == YamlKind::kScalar;
  context_.builder.AddAttribute({.key = path,
                                 .value = scalar ? context_.Text(found) : std::string_view(),
                                 .kind = KindOf(node),
                                 .item = item,
                                 .quoted = scalar && node.style != YamlStyle::kPlain,
                                 .key_place = key_place,
                                 .place = context_.yaml.node(value).place});
  return found;
}

void SigmaAttributes::Visit(std::string_view path, Place key_place, uint32_t value, bool item) {
  const uint32_t found = AddOne(path, key_place, value, item);
  const YamlNode& node = context_.yaml.node(found);
  if (node.kind == YamlKind::kScalar) return;
  const bool map = node.kind == YamlKind::kMapping;
  if (map) AddRepeatedKeys(found, path == "logsource");
  frames_.push_back({found + 1, node.end, map, path, key_place});
}

void SigmaAttributes::Step() {
  Frame& frame = frames_.back();
  if (frame.at >= frame.end) {
    frames_.pop_back();
    return;
  }
  const YamlDocument& yaml = context_.yaml;
  const uint32_t first = frame.at;
  if (!frame.map) {
    frame.at = yaml.node(first).end;
    return Visit(frame.path, frame.key_place, first, true);
  }
  const uint32_t value = yaml.node(first).end;
  frame.at = yaml.node(value).end;
  const std::optional<std::string_view> key = context_.Key(first);
  if (key) Visit(Path(frame.path, *key), yaml.node(first).place, value, false);
}

void SigmaAttributes::Add(std::string_view path, Place key_place, uint32_t value) {
  frames_.clear();
  Visit(path, key_place, value, false);
  while (!frames_.empty() && !context_.over_limit) Step();
}

}  // namespace sluice
