// Turns a draft into the bytes of a channel file: for channel_write*.cc only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_BYTES_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_BYTES_H_

#include <string>

#include "absl/status/statusor.h"
#include "parser/channel/channel_draft.h"
#include "parser/channel/channel_writer.h"

namespace sluice {

// Types and fields get their order here. Errors as those of `ChannelAssembler::Finish`.
absl::StatusOr<std::string> EncodeChannel(const ChannelOptions& options, const ChannelDraft& draft);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_BYTES_H_
