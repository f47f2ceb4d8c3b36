// The fingerprint of a template type's layout (docs/channel-format.md, "Types and fields"), for all
// who have the type at hand and not in a file: the writer, and what a sensor is built with.
// `ChannelVerifier` computes it over the bytes of a file.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_FINGERPRINT_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_FINGERPRINT_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "schema/value_type.h"

namespace sluice {

struct ChannelLayoutField {
  std::string_view name;
  ValueType type = ValueType::kUnknown;
};

// Of a declared type with these fields, in the order of supply. `id` is kNone where the type has
// none, `version` 0.
uint64_t ChannelFingerprint(std::string_view name, uint32_t id, uint32_t version,
                            std::span<const ChannelLayoutField> fields);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_FINGERPRINT_H_
