// A content text as pieces that are parsed one by one, so that the parser's trees of a large file
// never stand in memory together: for content_text_*.cc only.

#ifndef SLUICE_PARSER_TEXT_CONTENT_TEXT_PIECES_H_
#define SLUICE_PARSER_TEXT_CONTENT_TEXT_PIECES_H_

#include <google/protobuf/arena.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/text/proto_text.h"
#include "parser/text/proto_text_fields.h"
#include "schema/place.h"
#include "schema/proto/content.pb.h"

namespace sluice {

// A piece holds this many bytes, or one field that is longer. Its trees fit into a cache.
inline constexpr uint32_t kContentTextPieceBytes = 64 << 10;

// What is parsed at present. Loading the next gives the memory back.
class ContentTextPiece {
 public:
  ContentTextPiece();

  // Fields of v1::Content; see `ParseProtoTextFields`.
  std::optional<ProtoTextError> Load(std::string_view text);

  const v1::Content& content() const { return *content_; }
  const ProtoTextTree& tree() const { return *tree_; }

 private:
  google::protobuf::Arena arena_;
  v1::Content* content_ = nullptr;
  std::optional<ProtoTextTree> tree_;
};

class ContentTextPieces {
 public:
  // Consecutive fields of v1::Content.
  struct Piece {
    Place place;
    uint32_t fields = 0;  // those in it: bit N for field number N
  };
  // The field numbers of v1::Content are below this.
  static constexpr int kFieldNumbers = 32;

  // One pass over `text`, which is UTF-8 and must outlive it.
  ContentTextPieces(std::string_view text, uint32_t piece_bytes);

  const std::vector<Piece>& pieces() const { return pieces_; }
  // Where a field stands first; nullopt when the text does not have it.
  const std::optional<Place>& First(int number) const { return first_[number]; }
  // Whether some criterion has a `field_index`.
  bool uses_index() const { return uses_index_; }
  // A field is too large to be parsed.
  const std::optional<ProtoTextError>& over_limit() const { return over_limit_; }
  // No field is given twice, and nothing stands between them: only the pieces can have errors.
  bool sound() const { return !given_twice_ && rest_ == text_.size(); }

  // The text of a piece with every other field than this one blank. It may stand in `scratch`.
  std::string_view Only(const Piece& piece, int number, std::string* scratch) const;

  // The content took the fields with this number: of one piece, or wherever they stand. What it
  // took has no error of its own.
  void MarkTaken(size_t piece, int number) { taken_[piece] |= uint32_t{1} << number; }
  void MarkTaken(int number) { taken_everywhere_ |= uint32_t{1} << number; }

  // The first error of the text as such, in the order in which `ParseProtoText` looks for them:
  // what the parser refuses, a field given twice, a `string` that is not UTF-8. Parses every piece
  // that was not taken whole.
  std::optional<ProtoTextError> FirstError() const;

 private:
  class Checker;
  void Add(const ProtoTextFields::Field& field, uint32_t piece_bytes);

  ProtoTextKeys keys_;
  std::string_view text_;
  std::vector<Piece> pieces_;
  std::vector<uint32_t> taken_;  // by piece, as Piece::fields
  uint32_t taken_everywhere_ = 0;
  std::array<std::optional<Place>, kFieldNumbers> first_;  // by field number
  std::optional<ProtoTextError> over_limit_;
  std::optional<ProtoTextError> given_twice_;
  uint32_t rest_ = 0;  // what stands from here on is no whole field
  bool uses_index_ = false;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_CONTENT_TEXT_PIECES_H_
