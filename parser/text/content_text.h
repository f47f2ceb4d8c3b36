// The text form of content: protobuf text of `sluice.v1.Content` (schema/proto/content.proto).
// docs/content-text.md describes it for people who write it.
//
// It holds everything that the content model holds, except irregularities (what a file said and the
// model has no room for), places, and what Sigma rules say beside their criteria and conditions. So
// for every content `c` from any reader but that of Sigma, `ReadContentText(PrintContentText(c))`
// is ok() and means the same as `c`.

#ifndef SLUICE_PARSER_TEXT_CONTENT_TEXT_H_
#define SLUICE_PARSER_TEXT_CONTENT_TEXT_H_

#include <string>
#include <string_view>

#include "parser/reader.h"
#include "schema/content.h"

namespace sluice {

// The first line of every file of this kind.
inline constexpr std::string_view kContentTextHeader = "# proto-message: sluice.v1.Content";

// Whether the first line says so; a byte order mark is tolerated.
bool LooksLikeContentText(std::string_view bytes);

// Reads the text form. Places count in the text without its byte order mark: an instance, a type, a
// criterion and its parts each stand where their field does, name included (`operator: "equals"`).
//
// The file is parsed in pieces of whole instances, so what is in memory beside the content is one
// piece. Malformed, with the place: what is not the text of that message (see ParseProtoText), a
// field of more than kMaxTextFormFieldBytes, and what the model cannot hold: an unknown dialect or
// value type, keys of another dialect, sources or sensor versions out of order, origins that are
// not there or name no source, a type that is declared twice or named ambiguously, a criterion
// without a field or an operator, `criterion` and `part` in one instance, and a condition that
// reads past its criteria or its stack, or leaves more than one result. An unknown operator is
// content: rules report it.
ReadResult ReadContentText(Bytes bytes, const ReadOptions& options);

// The canonical text of `content`: equal contents have equal texts. Ends in a line end; takes time
// linear in the content.
std::string PrintContentText(const Content& content);

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_CONTENT_TEXT_H_
