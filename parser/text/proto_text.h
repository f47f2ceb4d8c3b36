// Reads protobuf text messages from untrusted bytes: the text form of content, fleets, contracts
// and settings. One way in, with every limit set, and nothing written to stderr.
//
//   google::protobuf::TextFormat::ParseInfoTree tree;
//   v1::Fleet fleet;
//   if (auto error = ParseProtoText(text, kMaxConfigBytes, &fleet, &tree)) {
//     const LineColumn at = LineTable(text).Locate(error->place.offset);
//     ...
//   }
//   const ProtoTextPlaces places(text);
//   const std::vector<Place> sensors = places.All(&tree, sensor_field, fleet.sensor_size());

#ifndef SLUICE_PARSER_TEXT_PROTO_TEXT_H_
#define SLUICE_PARSER_TEXT_PROTO_TEXT_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/place.h"

namespace sluice {

using ProtoTextTree = google::protobuf::TextFormat::ParseInfoTree;

// Why a text did not parse: the first error only, since what follows it is noise.
struct ProtoTextError {
  Place place;              // in the text that was given
  std::string message;      // one sentence, printable
  bool over_limit = false;  // not read, since that would cost too much
};

// `bytes` without a UTF-8 byte order mark at its beginning.
std::string_view WithoutByteOrderMark(std::string_view bytes);

// The message that a text says it is: its first line is `# proto-message: sluice.v1.Content`. Empty
// when the first line says nothing of the kind. A byte order mark, blanks at the line's end and CR
// LF are tolerated.
std::string_view ProtoMessageName(std::string_view bytes);

// Parses `text` (without byte order mark) into `message`, which must be empty, and fills `tree`,
// which may be nullptr. Refuses: more than `max_bytes`; bytes that are not UTF-8; a CR outside of
// strings that no LF follows, which ends a line for editors and no comment for the parser; more
// than kMaxTextFormMessages messages or kMaxTextFormDepth nested ones; unknown fields and
// extensions; a singular field given twice, also where the first value is the default; numbers out
// of range; and `string` fields that escapes made invalid UTF-8 (`bytes` fields take any bytes).
// Linear time. `message` holds nothing of use after an error.
std::optional<ProtoTextError> ParseProtoText(std::string_view text, uint64_t max_bytes,
                                             google::protobuf::Message* message,
                                             ProtoTextTree* tree);

// The parts of that which a text read in pieces needs one by one.

// The first byte that is not UTF-8.
std::optional<ProtoTextError> CheckProtoTextUtf8(std::string_view text);

// The first CR outside of strings that no LF follows.
std::optional<ProtoTextError> CheckProtoTextLineEnds(std::string_view text);

// What the parser refuses in a text within the limits: whole top-level fields. `message` may come
// from an arena, and is cleared first.
std::optional<ProtoTextError> ParseProtoTextFields(std::string_view text,
                                                   google::protobuf::Message* message,
                                                   ProtoTextTree* tree);

// The first `string` field of a parsed text that escapes made invalid UTF-8.
std::optional<ProtoTextError> CheckProtoTextStrings(const google::protobuf::Message& message,
                                                    const ProtoTextTree& tree,
                                                    std::string_view text);

// Where the fields of a parsed text stand. The parser counts lines at LF alone, and columns in
// bytes with a tab going to the next multiple of 8; this turns them into byte ranges of the text.
// Building takes one pass; finding a place takes a binary search. The text must outlive it.
class ProtoTextPlaces {
 public:
  // `base` is added to every offset: where the text begins in the file that it is a piece of.
  explicit ProtoTextPlaces(std::string_view text, uint32_t base = 0);

  // A field: from its name to the end of its value; of a repeated one, the first value. Length 0 at
  // the text's beginning when the text does not have the field, or `tree` is nullptr.
  Place Of(const ProtoTextTree* tree, const google::protobuf::FieldDescriptor* field) const;

  // The `count` values of a repeated field, in order. An item of the short form `f: [a, b]` is only
  // itself, without the field's name.
  std::vector<Place> All(const ProtoTextTree* tree, const google::protobuf::FieldDescriptor* field,
                         int count) const;

  // The offset of the parser's line and column, both from 0.
  uint32_t Offset(int line, int column) const;

 private:
  // Both without the base.
  uint32_t OffsetInText(int line, int column) const;
  Place RangeOf(const google::protobuf::TextFormat::ParseLocationRange& range) const;
  Place InFile(Place place) const { return {place.offset + base_, place.length}; }

  std::string_view text_;
  uint32_t base_;
  struct Line {
    uint32_t begin;
    bool tabs;  // without, columns are bytes
  };
  std::vector<Line> lines_;
  // The parser's column at every kStride-th byte of lines with tabs: bounds the scan on a long one.
  std::vector<uint32_t> columns_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_PROTO_TEXT_H_
