#include "engine/sysmon_text.h"

#include <algorithm>
#include <optional>

#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr std::string_view kMissing = "-";

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string_view SysmonOperand(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  size_t length = ValidUtf8Prefix(text);
  while (length < text.size()) {
    const std::optional<CodePoint> next = DecodeWtf8(text.substr(length));
    if (!next) break;
    length += next->length;
  }
  return text.substr(0, length);
}

std::string_view SysmonValue(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  return text.substr(0, ValidUtf8Prefix(text));
}

void AppendWide(std::string_view text, std::u16string* out) {
  while (!text.empty()) {
    const std::optional<CodePoint> next = DecodeWtf8(text);
    if (!next) return;
    text.remove_prefix(next->length);
    if (next->value < 0x10000) {
      *out += static_cast<char16_t>(next->value);
    } else {
      *out += static_cast<char16_t>(0xD800 + ((next->value - 0x10000) >> 10));
      *out += static_cast<char16_t>(0xDC00 + (next->value & 0x3FF));
    }
  }
}

void SysmonValues::Load(const FieldPlan& plan, const Event& event) {
  fields_.Load(plan, event);
  values_.assign(plan.size(), {});
  room_ = kMissing.size() * plan.size();
  for (uint32_t slot = 0; slot < plan.size(); ++slot) {
    if (const EventField* field = fields_.Value(slot)) room_ += field->text.size();
  }
  // Views into the buffers last as long as the event.
  if (buffer_.size() < room_) buffer_.resize(room_);
  buffered_ = 0;
  wide_buffer_.clear();
}

bool SysmonValues::Get(uint32_t slot, Work& work, std::string_view* out) {
  Value& value = values_[slot];
  if (value.text.data() == nullptr) {
    const EventField* field = fields_.Value(slot);
    std::string_view text = field == nullptr ? std::string_view() : field->text;
    if (!work.Take(text.size())) return false;
    text = text.empty() ? kMissing : SysmonValue(text);
    if (std::ranges::any_of(text, IsUpper)) {
      char* const to = buffer_.data() + buffered_;
      std::ranges::transform(text, to, AsciiLower);
      buffered_ += text.size();
      text = {to, text.size()};
    }
    value.text = text;
  }
  *out = value.text;
  return true;
}

bool SysmonValues::Get(uint32_t slot, Work& work, std::u16string_view* out) {
  Value& value = values_[slot];
  if (value.wide.data() == nullptr) {
    std::string_view text;
    if (!Get(slot, work, &text) || !work.Take(text.size())) return false;
    // A unit takes at least one byte, so all values fit.
    if (wide_buffer_.capacity() < room_) wide_buffer_.reserve(room_);
    const size_t begin = wide_buffer_.size();
    AppendWide(text, &wide_buffer_);
    value.wide = std::u16string_view(wide_buffer_).substr(begin);
  }
  *out = value.wide;
  return true;
}

}  // namespace sluice
