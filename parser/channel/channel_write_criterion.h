// What the format can hold of a criterion: for channel_write*.cc only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_CRITERION_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_CRITERION_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "parser/channel/channel_write_condition.h"
#include "schema/content.h"

namespace sluice {

// The number that the format gives an operator; 0 for kUnknown.
uint8_t ChannelOperator(Operator op);

// Why the operator, flags, time part and operands of a criterion do not stand together. `flags`
// becomes those that the file has: `cased` is left out where no text is compared.
std::optional<ChannelProblem> CheckChannelCriterion(const Content& content,
                                                    const Criterion& criterion, uint8_t* flags);

// Why a text cannot be a string of the file: it is too long, or not UTF-8. `what` names it.
std::optional<ChannelProblem> CheckChannelText(std::string_view text, Place place,
                                               std::string_view what);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_CRITERION_H_
