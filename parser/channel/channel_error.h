// What is wrong with a channel file: the rule of docs/channel-format.md that is broken, and where.
//
// Freestanding: no exceptions, no heap, no library.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_ERROR_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_ERROR_H_

#include <cstdint>

#include "parser/channel/channel_format.h"

namespace sluice {

// Each says how `found` and `bound` of a ChannelError are meant.
enum class ChannelErrorCode : uint8_t {
  kOk,         // nothing is wrong
  kTooShort,   // of `bound` bytes that must be there, only `found` are
  kPastLimit,  // `found` is past the limit `bound` (channel_limits.h)
  kNotMagic,   // does not begin as a channel file; `found` is the position of the first wrong byte
  kUnknownVersion,   // version `found`; this reader takes `bound`
  kNotFileSize,      // the header says `found` bytes, there are `bound`
  kChecksum,         // the file says `found`, its bytes give `bound`
  kNotZero,          // `found` where zero must be
  kNotANumber,       // `found` is above 2^31 - 1
  kTooSmall,         // `found` is below `bound`
  kUnknownValue,     // `found` is past the last value that is defined, `bound`
  kSectionOrder,     // section id `found` stands after `bound`, and is not above it
  kUnknownSection,   // critical section id `found`
  kWrongLength,      // `found` bytes, where the count makes it `bound`
  kPastEnd,          // needs `found` bytes, `bound` remain
  kLeftOver,         // `found` bytes are left where none may be
  kMissing,          // section `found` is absent, and `bound` items are needed
  kNotAllowed,       // section `found` is there, and may not be
  kWrongCount,       // `found` items, where `bound` are needed
  kNotAllItems,      // the last end `found` is not the number of items that are there, `bound`
  kDescends,         // the end `found` is below the one before it, `bound`
  kPastItems,        // the end `found` is past the items that are there, `bound`
  kNotBelow,         // the position `found` is not below the number of items, `bound`
  kNotAscending,     // the item is below the one before it in the order of the page
  kTwice,            // the item equals the one before it
  kWrongFlags,       // flags `found`; only those of the mask `bound` may be set
  kWrongOperator,    // operator `found` does not exist, or not in this dialect
  kWrongOperands,    // `found` operands, where the operator takes `bound` (with some: 1)
  kWrongTimePart,    // time part `found` with an operator that takes none
  kAnyField,         // no field, where a position is needed
  kNotByIndex,       // a type that is not declared, in a file that binds by index
  kUnused,           // no criterion uses the field of a type that is not declared
  kFingerprint,      // the file says `found`, the type gives `bound`
  kNotUtf8,          // the byte at the offset, `found`, begins no character of UTF-8
  kSplitCharacter,   // the end `found` stands within a character
  kAllEmpty,         // a section of names, all of them empty
  kFirstUse,         // the condition uses criterion `found` before `bound`
  kCriterionUnused,  // the condition uses `found` of `bound` criteria
  kStackEmpty,       // the token takes `found` results, there are `bound`
  kResults,          // the condition leaves `found` results, not `bound`
  kNotAChain,        // the token follows upon an equal one
  kAsWithout,        // the condition says what no condition says
  kOverlap,          // begins at criterion `found`, before the end of the last group, `bound`
};

struct ChannelError {
  ChannelErrorCode code = ChannelErrorCode::kOk;
  // "header", "section table", "checksum", or an item of a section ("criterion"); and its field
  // ("operands end"). Names of channel_format.h; they live forever.
  const char* structure = "";
  const char* field = "";
  uint32_t item = channel::kNone;  // position of the item in its section
  // "criterion 3 of instance 7": what the item belongs to, its position in its section, and the
  // item's position there. A string belongs to the item that it is a name or an operand of. ""
  // where there is no such thing.
  const char* owner_structure = "";
  uint32_t owner = channel::kNone;
  uint32_t item_of_owner = channel::kNone;
  uint32_t offset = 0;  // in the file: of the field, or of the byte that is wrong
  uint32_t size = 0;    // in bytes
  uint64_t found = 0;
  uint64_t bound = 0;

  bool ok() const { return code == ChannelErrorCode::kOk; }
};

// The rule that is broken, without the numbers: "is not below the number of items". Lives forever.
const char* ChannelErrorText(ChannelErrorCode code);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_ERROR_H_
