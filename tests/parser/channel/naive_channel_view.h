#ifndef SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_VIEW_H_
#define SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_VIEW_H_

#include <string>
#include <string_view>

#include "parser/channel/channel_view.h"
#include "tests/parser/channel/naive_channel.h"

namespace sluice {

// All that a view gives out, as the naive reader holds it.
NaiveChannel NaiveOf(const ChannelView& view);

// What the two readers do not agree on, for these bytes; empty if they agree. `*accepted` says
// whether both take them.
std::string Disagreement(std::string_view bytes, bool* accepted);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_VIEW_H_
