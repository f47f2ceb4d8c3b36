// What is wrong with a channel file, in words.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_EXPLAIN_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_EXPLAIN_H_

#include "parser/channel/channel_error.h"
#include "parser/reader.h"

namespace sluice {

// `error` must not be ok(). Items are counted from 1: "criterion 3 of instance 7", "field 21 is not
// below the number of items, 20".
Malformed ExplainChannelError(const ChannelError& error);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_EXPLAIN_H_
