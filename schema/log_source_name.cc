#include "schema/log_source_name.h"

#include "schema/text.h"

namespace sluice {
namespace {

void AddPart(std::string_view part, std::string& name) {
  for (const char c : part) {
    if (c == '/') {
      name += "%2f";
    } else if (c == '%') {
      name += "%25";
    } else {
      name += AsciiLower(c);
    }
  }
}

}  // namespace

std::string LogSourceName(const LogSourceParts& source) {
  std::string name;
  source.product.empty() ? static_cast<void>(name = "*") : AddPart(source.product, name);
  for (const std::string_view part : {source.category, source.service}) {
    if (part.empty()) continue;
    name += '/';
    AddPart(part, name);
  }
  return name;
}

}  // namespace sluice
