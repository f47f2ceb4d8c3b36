#include "parser/channel/channel_error.h"

namespace sluice {

const char* ChannelErrorText(ChannelErrorCode code) {
  using Code = ChannelErrorCode;
  switch (code) {
    case Code::kOk:
      return "is as it should be";
    case Code::kTooShort:
      return "is not whole";
    case Code::kPastLimit:
      return "is past the limit";
    case Code::kNotMagic:
      return "is not that of a channel file";
    case Code::kUnknownVersion:
      return "is not one that this reader takes";
    case Code::kNotFileSize:
      return "is not the number of bytes that are there";
    case Code::kChecksum:
      return "is not that of the bytes before it";
    case Code::kNotZero:
      return "is not zero";
    case Code::kNotANumber:
      return "takes more than 31 bits";
    case Code::kTooSmall:
      return "is less than the least that is allowed";
    case Code::kUnknownValue:
      return "is past the last value that there is";
    case Code::kSectionOrder:
      return "is not above the one before it";
    case Code::kUnknownSection:
      return "is critical, and not one that this reader knows";
    case Code::kWrongLength:
      return "is not what the count makes it";
    case Code::kPastEnd:
      return "is more than what remains of the file";
    case Code::kLeftOver:
      return "ends before the checksum";
    case Code::kMissing:
      return "lacks a section that is needed";
    case Code::kNotAllowed:
      return "has a section that may not be there";
    case Code::kWrongCount:
      return "is not the number that is needed";
    case Code::kNotAllItems:
      return "is the last, and not the number of items";
    case Code::kDescends:
      return "is below the one before it";
    case Code::kPastItems:
      return "is past the number of items";
    case Code::kNotBelow:
      return "is not below the number of items";
    case Code::kNotAscending:
      return "is not in ascending order";
    case Code::kTwice:
      return "is there twice";
    case Code::kWrongFlags:
      return "has a flag that may not be set";
    case Code::kWrongOperator:
      return "does not exist, or not in this dialect";
    case Code::kWrongOperands:
      return "makes a number of operands that the operator does not take";
    case Code::kWrongTimePart:
      return "stands with an operator that takes none";
    case Code::kAnyField:
      return "must be a position";
    case Code::kNotByIndex:
      return "says not declared, and the file binds by index";
    case Code::kUnused:
      return "is used by no criterion";
    case Code::kFingerprint:
      return "is not that of the type";
    case Code::kNotUtf8:
      return "is not UTF-8";
    case Code::kSplitCharacter:
      return "stands within a character";
    case Code::kAllEmpty:
      return "has a section of names that are all empty";
    case Code::kFirstUse:
      return "uses a criterion before the one before it";
    case Code::kCriterionUnused:
      return "is the last, and not all criteria are used";
    case Code::kStackEmpty:
      return "takes more results than there are";
    case Code::kResults:
      return "is the last, and does not leave one result";
    case Code::kNotAChain:
      return "follows upon its like";
    case Code::kAsWithout:
      return "ends a condition that says no more than none";
    case Code::kOverlap:
      return "is before the end of the group before it";
  }
  return "";
}

}  // namespace sluice
