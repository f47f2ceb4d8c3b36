// Any bytes read as YAML are a consistent document or an explained refusal.

#include <optional>

#include "fuzz/property.h"
#include "fuzz/yaml_property.h"
#include "parser/yaml/yaml_document.h"
#include "parser/yaml/yaml_scalar.h"
#include "parser/yaml/yaml_text.h"

namespace sluice {
namespace {

void RequireRefusalExplained(const Malformed& malformed, std::string_view text) {
  Require(!malformed.structure.empty(), "a refusal says what was being read");
  Require(!malformed.message.empty(), "a refusal says why");
  Require(malformed.place.offset <= text.size() &&
              malformed.place.length <= text.size() - malformed.place.offset,
          "a refusal has a place in the text");
  ++Inputs().refused;
}

void RequireTypesHold(const YamlDocument& document) {
  for (const YamlNode& node : document.nodes()) {
    const YamlType type = YamlTypeOf(node);
    Require(!YamlBool(node) || type == YamlType::kBool, "a truth value is of its type");
    Require(!YamlInteger(node) || type == YamlType::kInteger, "an integer is of its type");
  }
}

void ReadYaml(Bytes bytes) {
  const YamlText decoded = DecodeYamlText(std::move(bytes));
  if (decoded.malformed) return RequireRefusalExplained(*decoded.malformed, *decoded.text);
  YamlDocument document;
  if (const std::optional<Malformed> malformed = document.Parse(*decoded.text)) {
    Require(document.nodes().empty() && document.roots().empty(), "a refused document is empty");
    return RequireRefusalExplained(*malformed, *decoded.text);
  }
  const std::string_view flaw = YamlFlaw(document);
  Require(flaw.empty(), flaw);
  RequireTypesHold(document);
  ++Inputs().accepted;
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sluice::ReadYaml(sluice::ToBytes(data, size));
  return 0;
}
