#include "parser/yaml/yaml_document.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "parser/yaml/yaml_builder.h"
#include "parser/yaml/yaml_limits.h"

namespace sluice {

std::optional<Malformed> YamlDocument::Parse(std::string_view text) {
  Clear();
  text_ = text;
  std::optional<Malformed> malformed = CheckYamlText(text);
  if (!malformed) malformed = YamlBuilder(text, this).Build();
  if (malformed) Clear();
  return malformed;
}

void YamlDocument::Clear() {
  text_ = {};
  nodes_.clear();
  roots_.clear();
  arena_.Clear();
}

const std::string_view* YamlDocument::KeyText(uint32_t key) const {
  const YamlNode& resolved = nodes_[Resolve(key)];
  return resolved.kind == YamlKind::kScalar ? &resolved.value : nullptr;
}

uint32_t YamlDocument::Find(uint32_t mapping, std::string_view key) const {
  for (const YamlEntry entry : Entries(mapping)) {
    const std::string_view* text = KeyText(entry.key);
    if (text != nullptr && *text == key) return entry.value;
  }
  return kNoYamlNode;
}

std::vector<uint32_t> YamlDocument::RepeatedKeys(uint32_t mapping) const {
  // Few keys are compared one by one, which allocates nothing.
  constexpr size_t kFew = 16;
  std::string_view few[kFew];
  size_t count = 0;
  absl::flat_hash_set<std::string_view> many;
  std::vector<uint32_t> repeated;
  for (const YamlEntry entry : Entries(mapping)) {
    const std::string_view* text = KeyText(entry.key);
    if (text == nullptr) continue;
    const bool seen = std::find(few, few + count, *text) != few + count || many.contains(*text);
    if (seen) {
      repeated.push_back(entry.key);
    } else if (count < kFew) {
      few[count++] = *text;
    } else {
      many.insert(*text);
    }
  }
  return repeated;
}

}  // namespace sluice
