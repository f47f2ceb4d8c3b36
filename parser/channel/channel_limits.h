// Every limit of the channel file (docs/channel-format.md, "Limits"). A reader refuses what is past
// one of them before it does any work for it.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_LIMITS_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_LIMITS_H_

#include <cstdint>

namespace sluice::channel {

inline constexpr uint32_t kMaxFileSize = uint32_t{256} << 20;  // bytes
inline constexpr uint32_t kMaxSections = 64;
inline constexpr uint32_t kMaxContracts = 4096;
inline constexpr uint32_t kMaxTypes = 4096;
inline constexpr uint32_t kMaxFieldsOfType = 1024;
inline constexpr uint32_t kMaxInstances = 1'000'000;
inline constexpr uint32_t kMaxCriteriaOfInstance = 65'536;
inline constexpr uint32_t kMaxOperandsOfCriterion = 65'536;
inline constexpr uint32_t kMaxTokensOfCondition = 262'144;
inline constexpr uint32_t kMaxConditionStack = 64;  // results: 64 bits hold them
inline constexpr uint32_t kMaxGroupsOfInstance = 65'536;
inline constexpr uint32_t kMaxSettings = 4096;
inline constexpr uint32_t kMaxStringBytes = uint32_t{1} << 20;  // of a string or a source's path
inline constexpr uint32_t kMaxSources = 1'000'000;

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_LIMITS_H_
