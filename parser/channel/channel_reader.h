// Reads channel files (docs/channel-format.md) into the content model.
//
// The proof is `OpenChannel`'s, which sensors have as well (parser/channel/channel_view.h); what is
// here only says it in the model's words.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_READER_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_READER_H_

#include <string_view>

#include "parser/reader.h"

namespace sluice {

// Whether the bytes begin with the magic of the format. What does is a channel file, however
// broken.
bool LooksLikeChannel(std::string_view bytes);

// The content of a channel file, of the kind "channel", with the dialect and binding that its
// header says. Types, instances and criteria stand in the order of the file; runs of one operator
// in a condition are one token. Texts are views into the file. Places are byte ranges of the file:
// a type's, an instance's and a criterion's is its item, a field's, an operator's and a token's
// what stands for it there, a name's and an operand's the bytes of its string.
//
// Malformed when anything that the page says does not hold. Beside what a sensor can check without
// memory: the fields of a declared type have names, and no two the same.
//
// Takes linear time. Beside the file, memory is about ten times its size at most: the items of the
// model are larger than those of the file.
ReadResult ReadChannel(Bytes bytes, const ReadOptions& options);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_READER_H_
