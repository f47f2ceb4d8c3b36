#include "parser/events/json_objects.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr int kEnd = -1;
constexpr size_t kPieceBytes = 65'536;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Columns count code points, so bytes that continue one do not count.
void Advance(LineColumn& at, char c) {
  if (c == '\n') {
    ++at.line;
    at.column = 1;
  } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
    ++at.column;
  }
}

bool IsBlank(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Follows the braces and brackets of one value.
class Nesting {
 public:
  // Whether `c` is a brace that begins a line, and can only begin another object: the one before
  // was never closed.
  bool Tears(char c) const {
    if (c != '{' || !line_begins_ || in_string_ || depth_ == 0) return false;
    const bool in_list = (lists_ & 1) != 0;
    return last_ != ':' && last_ != '[' && !(last_ == ',' && in_list);
  }

  // False once the value is closed, or broken by the end of a line in a text.
  bool Take(char c) {
    if (in_string_) return TakeInString(c);
    if (IsBlank(c)) {
      line_begins_ = line_begins_ || c == '\n';
      return true;
    }
    line_begins_ = false;
    last_ = c;
    in_string_ = c == '"';
    if (c == '{' || c == '[') Open(c);
    if (c == '}' || c == ']') Close();
    return depth_ > 0;
  }

 private:
  bool TakeInString(char c) {
    if (c == '\n') return false;
    if (escaped_) {
      escaped_ = false;
    } else {
      escaped_ = c == '\\';
      in_string_ = c != '"';
    }
    return true;
  }
  void Open(char c) {
    ++depth_;
    lists_ = (lists_ << 1) | (c == '[' ? 1U : 0U);
  }
  void Close() {
    --depth_;
    lists_ >>= 1;
  }

  uint64_t depth_ = 0;
  uint64_t lists_ = 0;  // a bit for each of the innermost levels: whether it is a list
  char last_ = 0;       // but blanks
  bool line_begins_ = false;
  bool in_string_ = false;
  bool escaped_ = false;
};
static_assert(kMaxEventDepth <= 64);

std::string Where(std::string_view path, LineColumn at) {
  return absl::StrCat(Abseil(path), ":", at.line, ":", at.column, ": ");
}

}  // namespace

absl::Status JsonError(std::string_view path, const JsonText& text, size_t offset,
                       std::string_view what) {
  LineColumn at = text.at;
  for (const char c : text.text.substr(0, std::min(offset, text.text.size()))) Advance(at, c);
  return absl::InvalidArgumentError(absl::StrCat(Where(path, at), Abseil(what)));
}

// The next byte, or kEnd.
int JsonObjects::Peek() {
  if (used_ == piece_.size()) {
    piece_.resize(kPieceBytes);
    in_.read(piece_.data(), kPieceBytes);
    piece_.resize(static_cast<size_t>(std::max<std::streamsize>(in_.gcount(), 0)));
    used_ = 0;
    if (!begun_ && piece_.starts_with(kByteOrderMark)) used_ = kByteOrderMark.size();
    begun_ = true;
  }
  return used_ < piece_.size() ? static_cast<unsigned char>(piece_[used_]) : kEnd;
}

void JsonObjects::Skip() { Advance(at_, piece_[used_++]); }

absl::Status JsonObjects::ReadError() const {
  if (!in_.bad()) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(path_, ": cannot be read to its end"));
}

absl::StatusOr<std::optional<JsonText>> JsonObjects::Next() {
  int c = Peek();
  for (; IsBlank(c); c = Peek()) Skip();
  if (c == kEnd) {
    if (absl::Status status = ReadError(); !status.ok()) return status;
    return std::nullopt;
  }
  if (c != '{') {
    stopped_ = Stopped::kAtNoObject;
    return absl::InvalidArgumentError(absl::StrCat(
        Where(path_, at_), "an event is a JSON object, {...}; give one event a line, in UTF-8"));
  }
  JsonText text{.at = at_};
  object_.clear();
  Nesting nesting;
  for (bool open = true; open; c = Peek()) {
    text.too_long = object_.size() == kMaxEventBytes;
    text.torn = c != kEnd && nesting.Tears(static_cast<char>(c));
    if (c == kEnd || text.too_long || text.torn) {
      text.complete = false;
      break;
    }
    object_ += static_cast<char>(c);
    open = nesting.Take(static_cast<char>(c));
    Skip();
  }
  if (absl::Status status = ReadError(); !status.ok()) return status;
  if (text.too_long) stopped_ = Stopped::kWithinObject;
  text.text = object_;
  return text;
}

void JsonObjects::Recover() {
  if (stopped_ == Stopped::kNot) return;
  const bool within = stopped_ == Stopped::kWithinObject;
  stopped_ = Stopped::kNot;
  for (int c = Peek(); c != kEnd; c = Peek()) {
    if (within && at_.column == 1 && c == '{') return;
    Skip();
    if (!within && c == '\n') return;
  }
}

}  // namespace sluice
