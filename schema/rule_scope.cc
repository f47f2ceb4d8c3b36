#include "schema/rule_scope.h"

#include "schema/sysmon.h"

namespace sluice {

bool IsOwnForm(const Content& content) {
  return content.kind() == "content-text" || content.kind() == "channel";
}

ContentClass ClassOf(const Content& content) {
  const bool copy = IsOwnForm(content);
  if (content.dialect() == Dialect::kSigma) {
    return copy ? ContentClass::kCompiledSigma : ContentClass::kSigma;
  }
  if (IsConfiguration(content)) {
    return copy ? ContentClass::kConfigurationText : ContentClass::kConfiguration;
  }
  if (IsBlob(content)) return copy ? ContentClass::kBlobText : ContentClass::kBlob;
  return content.binding() == Binding::kByIndex ? ContentClass::kChannelByIndex
                                                : ContentClass::kChannelByName;
}

}  // namespace sluice
