#include "parser/channel/channel_explain.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace sluice {
namespace {

using Code = ChannelErrorCode;

bool SaysFound(Code code) {
  switch (code) {
    case Code::kMissing:
    case Code::kNotAllowed:
    case Code::kNotAscending:
    case Code::kTwice:
    case Code::kAnyField:
    case Code::kNotByIndex:
    case Code::kUnused:
    case Code::kAllEmpty:
    case Code::kNotAChain:
    case Code::kAsWithout:
      return false;
    default:
      return true;
  }
}

// Where the bound is not in the text already.
bool SaysBound(Code code) {
  switch (code) {
    case Code::kNotMagic:
    case Code::kNotZero:
    case Code::kNotANumber:
    case Code::kUnknownSection:
    case Code::kLeftOver:
    case Code::kWrongOperator:
    case Code::kWrongTimePart:
    case Code::kNotUtf8:
    case Code::kSplitCharacter:
      return false;
    default:
      return SaysFound(code);
  }
}

std::string Structure(const ChannelError& error) {
  const std::string out = error.structure;
  if (error.owner != channel::kNone && error.item_of_owner != channel::kNone) {
    return absl::StrCat(out, " ", error.item_of_owner + 1, " of ", error.owner_structure, " ",
                        error.owner + 1);
  }
  return error.item == channel::kNone ? out : absl::StrCat(out, " ", error.item + 1);
}

}  // namespace

Malformed ExplainChannelError(const ChannelError& error) {
  std::string message = error.field;
  if (SaysFound(error.code)) {
    absl::StrAppend(&message, message.empty() ? "" : " ", error.found);
  }
  absl::StrAppend(&message, message.empty() ? "" : " ", ChannelErrorText(error.code));
  if (SaysBound(error.code)) absl::StrAppend(&message, ", ", error.bound);
  return {{error.offset, error.size}, Structure(error), std::move(message)};
}

}  // namespace sluice
