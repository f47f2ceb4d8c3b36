// Walks the tokens of protobuf text as the parser does. It stays inside any text; what it takes for
// a token where the parser refuses the text means nothing. For proto_text*.cc only.

#ifndef SLUICE_PARSER_TEXT_PROTO_TEXT_SCANNER_H_
#define SLUICE_PARSER_TEXT_PROTO_TEXT_SCANNER_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace sluice {

// A cursor. Past the end it stands still and sees '\0'.
class ProtoTextScanner {
 public:
  explicit ProtoTextScanner(std::string_view text, uint32_t at = 0) : text_(text), at_(at) {}

  static bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

  uint32_t at() const { return at_; }
  bool Done() const { return at_ >= text_.size(); }
  char Peek() const { return Done() ? '\0' : text_[at_]; }

  // White space and comments.
  void SkipBlanks() {
    while (!Done() && (IsBlank(Peek()) || Peek() == '#')) {
      if (Peek() == '#') {
        SkipComment();
      } else {
        ++at_;
      }
    }
  }

  // A name, a number or a word; empty when something else stands here.
  std::string_view TakeWord() {
    const uint32_t begin = at_;
    while (IsWordByte(Peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // One string, which ends with its line at the latest, or one byte of anything else.
  void SkipToken() {
    const char quote = Peek();
    if (!Done()) ++at_;
    if (quote != '"' && quote != '\'') return;
    while (!Done() && Peek() != quote && Peek() != '\n') {
      at_ += Peek() == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2 : 1;
    }
    if (Peek() == quote) ++at_;
  }

  // A scalar value: adjacent strings, or a word that may have a sign.
  void SkipScalar() {
    const auto at_string = [&] { return Peek() == '"' || Peek() == '\''; };
    if (!at_string()) {
      if (Peek() == '-') SkipToken();
      SkipBlanks();
      if (TakeWord().empty()) SkipToken();
      return;
    }
    while (at_string()) {
      SkipToken();
      SkipBlanks();
    }
  }

 private:
  // For the parser a comment ends with its line, or before a NUL, which it refuses.
  void SkipComment() {
    const std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
    at_ += static_cast<uint32_t>(std::min(line.find('\0'), line.size()));
  }

  static bool IsWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '+';
  }

  std::string_view text_;
  uint32_t at_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_PROTO_TEXT_SCANNER_H_
