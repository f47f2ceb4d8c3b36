#include "parser/yaml/yaml_marks.h"

#include <cstring>

namespace sluice {
namespace {

constexpr size_t kWord = sizeof(uint64_t);

bool AsciiWord(const char* at) {
  uint64_t word;
  std::memcpy(&word, at, kWord);
  return (word & 0x8080808080808080) == 0;
}

size_t AsciiPrefix(std::string_view text) {
  size_t at = 0;
  while (text.size() - at >= kWord && AsciiWord(text.data() + at)) at += kWord;
  while (at < text.size() && static_cast<uint8_t>(text[at]) < 0x80) ++at;
  return at;
}

bool Continues(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

}  // namespace

size_t YamlBreakAt(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\n' || text[at] == '\r') return 1;
  if (static_cast<uint8_t>(text[at]) < 0x80) return 0;
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\xC2\x85")) return 2;
  return rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9" ? 3 : 0;
}

size_t YamlBreakBefore(std::string_view text, size_t end) {
  for (size_t length = 1; length <= 3 && length <= end; ++length) {
    if (YamlBreakAt(text, end - length) == length) return length;
  }
  return 0;
}

size_t YamlLineEnd(std::string_view text, size_t at) {
  while (at < text.size() && YamlBreakAt(text, at) == 0) ++at;
  return at;
}

YamlMarks::YamlMarks(std::string_view text)
    : text_(text), ascii_(AsciiPrefix(text)), index_(ascii_), offset_(ascii_) {}

uint32_t YamlMarks::Advance(size_t index) {
  while (index < index_) {
    do --offset_;
    while (offset_ > 0 && Continues(text_[offset_]));
    --index_;
  }
  while (index_ < index && offset_ < text_.size()) {
    if (index - index_ >= kWord && text_.size() - offset_ >= kWord &&
        AsciiWord(text_.data() + offset_)) {
      offset_ += kWord;
      index_ += kWord;
      continue;
    }
    do ++offset_;
    while (offset_ < text_.size() && Continues(text_[offset_]));
    ++index_;
  }
  return static_cast<uint32_t>(offset_);
}

}  // namespace sluice
