#include "parser/text/proto_text_fields.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

ProtoTextError OverLimit(uint32_t offset, std::string message) {
  return {{offset, 0}, std::move(message), /*over_limit=*/true};
}

}  // namespace

ProtoTextKeys::ProtoTextKeys(const Descriptor* root) {
  std::vector<const Descriptor*> found = {root};
  for (size_t m = 0; m < found.size(); ++m) {
    std::vector<Key>& keys = messages_.emplace_back();
    keys.reserve(found[m]->field_count());
    for (int f = 0; f < found[m]->field_count(); ++f) {
      const FieldDescriptor* field = found[m]->field(f);
      uint32_t inside = kScalar;
      if (const Descriptor* message = field->message_type(); message != nullptr) {
        const auto known = std::ranges::find(found, message);
        inside = static_cast<uint32_t>(known - found.begin());
        if (known == found.end()) found.push_back(message);
      }
      keys.push_back({field->name(), field, inside, size_++, field->is_repeated()});
    }
  }
}

const ProtoTextKeys::Key* ProtoTextKeys::Find(uint32_t message, std::string_view name) const {
  for (const Key& key : messages_[message]) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

ProtoTextFields::ProtoTextFields(const ProtoTextKeys& keys, std::string_view text)
    : keys_(keys), scan_(text), open_{{ProtoTextKeys::kRoot}}, seen_(keys.size()) {}

std::optional<ProtoTextFields::Field> ProtoTextFields::Next() {
  if (stopped_) return std::nullopt;
  scan_.SkipBlanks();
  begin_ = scan_.at();
  messages_ = 0;
  if (scan_.Done()) return std::nullopt;
  const ProtoTextKeys::Key* key = TakeField();
  bool whole = key != nullptr;
  while (whole && open_.size() > 1) whole = Step();
  if (!whole || !IsWithinBytes()) {
    stopped_ = true;
    return std::nullopt;
  }
  uint32_t end = scan_.at();
  scan_.SkipBlanks();
  if (scan_.Peek() == ',' || scan_.Peek() == ';') {
    scan_.SkipToken();
    end = scan_.at();
  }
  return Field{key, {begin_, end - begin_}};
}

bool ProtoTextFields::Step() {
  scan_.SkipBlanks();
  if (scan_.Done() || !IsWithinBytes()) return false;
  const char c = scan_.Peek();
  if (c == '}' || c == '>' || c == ']') {
    scan_.SkipToken();
    open_.pop_back();
    return true;
  }
  if (c == ',' || c == ';') {
    scan_.SkipToken();
    return true;
  }
  if (open_.back().list) return TakeValue(open_.back().message, /*repeated=*/false);
  return TakeField() != nullptr;
}

const ProtoTextKeys::Key* ProtoTextFields::TakeField() {
  Open& open = open_.back();
  const uint32_t begin = scan_.at();
  const ProtoTextKeys::Key* key = keys_.Find(open.message, scan_.TakeWord());
  if (key == nullptr) return nullptr;
  NoteTwice(*key, begin, open);
  seen_[key->number] = key->field;
  scan_.SkipBlanks();
  if (scan_.Peek() == ':') scan_.SkipToken();
  scan_.SkipBlanks();
  return TakeValue(key->inside, key->repeated) ? key : nullptr;
}

void ProtoTextFields::NoteTwice(const ProtoTextKeys::Key& key, uint32_t begin, Open& open) {
  const uint64_t bit = uint64_t{1} << (key.field->index() % 64);
  if (!key.repeated && (open.seen & bit) != 0 && !given_twice_) {
    given_twice_ = {{begin, static_cast<uint32_t>(key.name.size())},
                    absl::StrCat("field \"", Abseil(key.name), "\" is given twice")};
  }
  open.seen |= bit;
}

bool ProtoTextFields::TakeValue(uint32_t inside, bool repeated) {
  // A list can stand inside of each message.
  constexpr size_t kMaxOpen = 2 * kMaxTextFormDepth + 1;
  const char c = scan_.Peek();
  const bool list = c == '[';
  const bool message = c == '{' || c == '<';
  if (!list && !message) {
    scan_.SkipScalar();
    return true;
  }
  if (list ? !repeated : inside == ProtoTextKeys::kScalar) return false;
  if (message && ++messages_ > kMaxTextFormMessages) {
    over_limit_ = OverLimit(
        scan_.at(), absl::StrCat("more than ", kMaxTextFormMessages, " messages in one field"));
    return false;
  }
  scan_.SkipToken();
  open_.push_back({inside, list});
  return open_.size() <= kMaxOpen;
}

bool ProtoTextFields::IsWithinBytes() {
  if (scan_.at() - begin_ <= kMaxTextFormFieldBytes) return true;
  over_limit_ =
      OverLimit(begin_, absl::StrCat("a field of more than ", kMaxTextFormFieldBytes, " bytes"));
  return false;
}

bool ProtoTextFields::Saw(const FieldDescriptor* field) const {
  return std::ranges::find(seen_, field) != seen_.end();
}

}  // namespace sluice
