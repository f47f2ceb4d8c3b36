#include "parser/text/content_text_pieces.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

google::protobuf::ArenaOptions Blocks() {
  google::protobuf::ArenaOptions options;
  options.start_block_size = 64 << 10;
  options.max_block_size = 1 << 20;
  return options;
}

}  // namespace

ContentTextPiece::ContentTextPiece() : arena_(Blocks()) {}

std::optional<ProtoTextError> ContentTextPiece::Load(std::string_view text) {
  arena_.Reset();
  content_ = google::protobuf::Arena::CreateMessage<v1::Content>(&arena_);
  tree_.emplace();
  return ParseProtoTextFields(text, content_, &*tree_);
}

// Looks for the first error, piece by piece.
class ContentTextPieces::Checker {
 public:
  // Strings are looked at with `strings` only.
  Checker(std::string_view text, bool strings) : text_(text), strings_(strings) {}

  // What the parser refuses in the piece at `place`.
  std::optional<ProtoTextError> Check(Place place);
  const std::optional<ProtoTextError>& not_utf8() const { return not_utf8_; }

 private:
  // What makes the parser see that a field is given once more; the values do not matter. Each ends
  // in a separator, so that it takes nothing of what follows.
  std::string GivenBefore() const {
    return absl::StrCat(dialect_ ? "dialect: \"-\"; " : "", binding_ ? "binding: \"-\"; " : "",
                        metadata_ ? "metadata { }; " : "");
  }

  const std::string_view text_;
  const bool strings_;
  ContentTextPiece piece_;
  std::optional<ProtoTextError> not_utf8_;
  // Given, and not with the default.
  bool dialect_ = false;
  bool binding_ = false;
  bool metadata_ = false;
};

std::optional<ProtoTextError> ContentTextPieces::Checker::Check(Place place) {
  std::string_view text = text_.substr(place.offset, place.length);
  const std::string before = GivenBefore();
  std::string joined;
  if (!before.empty()) text = joined = absl::StrCat(before, Abseil(text));
  const auto in_file = [&](ProtoTextError error) {
    error.place.offset += place.offset - static_cast<uint32_t>(before.size());
    return error;
  };
  if (auto error = piece_.Load(text)) {
    error = in_file(*std::move(error));
    // An error at the end of a piece is one at the byte behind it.
    error->place.length = error->place.offset < text_.size() ? 1 : 0;
    return error;
  }
  const v1::Content& content = piece_.content();
  dialect_ = dialect_ || !content.dialect().empty();
  binding_ = binding_ || !content.binding().empty();
  metadata_ = metadata_ || content.has_metadata();
  if (!strings_ || not_utf8_) return std::nullopt;
  if (auto error = CheckProtoTextStrings(content, piece_.tree(), text)) not_utf8_ = in_file(*error);
  return std::nullopt;
}

ContentTextPieces::ContentTextPieces(std::string_view text, uint32_t piece_bytes)
    : keys_(v1::Content::descriptor()), text_(text) {
  ProtoTextFields fields(keys_, text);
  while (const std::optional<ProtoTextFields::Field> field = fields.Next()) {
    Add(*field, piece_bytes);
  }
  rest_ = fields.AtEnd() ? static_cast<uint32_t>(text.size()) : fields.at();
  over_limit_ = fields.over_limit();
  given_twice_ = fields.given_twice();
  uses_index_ = fields.Saw(
      v1::Criterion::descriptor()->FindFieldByNumber(v1::Criterion::kFieldIndexFieldNumber));
}

void ContentTextPieces::Add(const ProtoTextFields::Field& field, uint32_t piece_bytes) {
  const int number = field.key->field->number();
  if (!first_[number]) first_[number] = field.place;
  if (pieces_.empty() || field.place.end() - pieces_.back().place.offset > piece_bytes) {
    pieces_.push_back({field.place});
    taken_.push_back(0);
  }
  Piece& piece = pieces_.back();
  piece.place.length = field.place.end() - piece.place.offset;
  piece.fields |= uint32_t{1} << number;
}

std::string_view ContentTextPieces::Only(const Piece& piece, int number,
                                         std::string* scratch) const {
  const std::string_view text = text_.substr(piece.place.offset, piece.place.length);
  if (piece.fields == uint32_t{1} << number) return text;
  // Lines stay: places are found by them.
  scratch->resize(text.size());
  std::ranges::transform(text, scratch->begin(), [](char c) { return c == '\n' ? c : ' '; });
  ProtoTextFields fields(keys_, text);
  while (const std::optional<ProtoTextFields::Field> field = fields.Next()) {
    if (field->key->field->number() != number) continue;
    const std::string_view kept = text.substr(field->place.offset, field->place.length);
    std::ranges::copy(kept, scratch->begin() + field->place.offset);
  }
  return *scratch;
}

std::optional<ProtoTextError> ContentTextPieces::FirstError() const {
  Checker checker(text_, /*strings=*/sound());
  for (size_t i = 0; i < pieces_.size(); ++i) {
    if ((pieces_[i].fields & ~(taken_[i] | taken_everywhere_)) == 0) continue;
    if (auto error = checker.Check(pieces_[i].place)) return error;
  }
  if (rest_ == text_.size()) return given_twice_ ? given_twice_ : checker.not_utf8();
  // Its error is at its beginning or in its first field.
  const uint64_t length = std::min<uint64_t>(text_.size() - rest_, 2 * kMaxTextFormFieldBytes);
  if (auto error = checker.Check({rest_, static_cast<uint32_t>(length)})) return error;
  return ProtoTextError{{rest_, 1}, "is not a field"};
}

}  // namespace sluice
