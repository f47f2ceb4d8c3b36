#include "schema/rule_scope.h"

#include "schema/sysmon.h"

namespace sluice {

ContentClass ClassOf(const Content& content) {
  const bool is_text = content.kind() == "content-text";
  if (content.dialect() == Dialect::kSigma) return ContentClass::kSigma;
  if (IsConfiguration(content)) {
    return is_text ? ContentClass::kConfigurationText : ContentClass::kConfiguration;
  }
  if (IsBlob(content)) return is_text ? ContentClass::kBlobText : ContentClass::kBlob;
  return content.binding() == Binding::kByIndex ? ContentClass::kChannelByIndex
                                                : ContentClass::kChannelByName;
}

}  // namespace sluice
