// The words that Sigma's taxonomy, and SigmaHQ's rules, use in log sources.

#ifndef SLUICE_SCHEMA_SIGMA_LOG_SOURCES_H_
#define SLUICE_SCHEMA_SIGMA_LOG_SOURCES_H_

#include <string_view>

namespace sluice {

// ASCII letters in any case. Source: Sigma specification 2.1.0, taxonomy appendix (log sources),
// and the log source guides of SigmaHQ.
bool IsKnownProduct(std::string_view product);
bool IsKnownCategory(std::string_view category);
bool IsKnownService(std::string_view service);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_LOG_SOURCES_H_
