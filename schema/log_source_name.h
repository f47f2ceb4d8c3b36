// The name of a log source as a template type.

#ifndef SLUICE_SCHEMA_LOG_SOURCE_NAME_H_
#define SLUICE_SCHEMA_LOG_SOURCE_NAME_H_

#include <string>
#include <string_view>

namespace sluice {

// What a rule says under `logsource`; empty where it says nothing.
struct LogSourceParts {
  std::string_view product;
  std::string_view category;
  std::string_view service;
  bool empty() const { return product.empty() && category.empty() && service.empty(); }
};

// product/category/service without what is not given: "windows/process_creation",
// "windows/security", "windows". Without a product "*" stands for it: "*/proxy"; "*" alone is any
// log source. A-Z are folded to a-z, '/' in a part is written "%2f", '%' "%25".
std::string LogSourceName(const LogSourceParts& source);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_LOG_SOURCE_NAME_H_
