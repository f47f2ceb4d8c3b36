#include "parser/sigma/sigma_context.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "parser/yaml/yaml_scalar.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr std::string_view kSequenceTag = "tag:yaml.org,2002:seq";
constexpr std::string_view kMappingTag = "tag:yaml.org,2002:map";

bool KnownTag(const YamlNode& node) {
  if (node.kind == YamlKind::kScalar) return YamlTypeOf(node) != YamlType::kOther;
  return node.tag == (node.kind == YamlKind::kMapping ? kMappingTag : kSequenceTag);
}

bool Within(std::string_view text, std::string_view part) {
  // The order of pointers into different objects is unspecified but with std::less.
  const std::less<const char*> before;
  return !before(part.data(), text.data()) && !before(text.data() + text.size(), part.data());
}

}  // namespace

void SigmaContext::Add(IrregularityKind kind, Place place, std::string_view detail,
                       std::string_view other, bool fatal) {
  const uint32_t instance = builder.open_instance();
  builder.AddIrregularity({.kind = kind,
                           .place = place,
                           .instance = instance,
                           .detail = detail,
                           .other = other,
                           .fatal = fatal});
  if (fatal && instance != kNone) builder.instance(instance).incomplete = true;
}

bool SigmaContext::Exceed(uint64_t limit, Place place, std::string_view what) {
  if (over_limit) return false;
  over_limit = {place, "Sigma rule",
                absl::StrCat("more than ", limit, " ", Abseil(what), " in one file"), true};
  return false;
}

uint32_t SigmaContext::Follow(uint32_t node) {
  const YamlNode& written = yaml.node(node);
  Spend(steps, 1, kMaxSigmaSteps, written.place, "values, those behind aliases counted each time");
  if (written.kind == YamlKind::kAlias) {
    const std::string_view text = yaml.text().substr(written.place.offset, written.place.length);
    Add(IrregularityKind::kSigmaAlias, written.place, text);
  }
  const uint32_t target = yaml.Resolve(node);
  const YamlNode& found = yaml.node(target);
  Spend(bytes, found.value.size(), kMaxSigmaBytes, written.place,
        "bytes of values, those behind aliases counted each time");
  if (!found.tag.empty() && !KnownTag(found)) {
    AddFatal(IrregularityKind::kSigmaTag, found.place, Lasting(found.tag));
  }
  return target;
}

std::string_view SigmaContext::Lasting(std::string_view text) {
  if (text.empty() || Within(yaml.text(), text)) return text;
  return builder.Copy(text);
}

Place SigmaContext::PlaceIn(uint32_t node, Place part) const {
  const YamlNode& scalar = yaml.node(node);
  if (scalar.value.empty() || !Within(yaml.text(), scalar.value)) {
    return part.length == 0 ? Place{scalar.place.offset, 0} : scalar.place;
  }
  const auto begin = static_cast<uint32_t>(scalar.value.data() - yaml.text().data());
  return {begin + part.offset, part.length};
}

std::optional<std::string_view> SigmaContext::Key(uint32_t node) {
  const uint32_t key = Follow(node);
  const YamlNode& scalar = yaml.node(key);
  if (scalar.kind != YamlKind::kScalar) {
    AddFatal(IrregularityKind::kSigmaKeyNotScalar, scalar.place);
    return std::nullopt;
  }
  switch (YamlTypeOf(scalar)) {
    case YamlType::kMerge:
      AddFatal(IrregularityKind::kSigmaMergeKey, scalar.place);
      return std::nullopt;
    case YamlType::kText:
    case YamlType::kDefault:
    case YamlType::kOther:
      break;
    default:
      Add(IrregularityKind::kSigmaKeyNotText, scalar.place, Text(key));
  }
  return Text(key);
}

bool IsNothing(const YamlNode& node) {
  return node.kind == YamlKind::kScalar && YamlTypeOf(node) == YamlType::kNull;
}

}  // namespace sluice
