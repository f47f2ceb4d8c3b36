// The top-level fields of a protobuf text, found without parsing it: for texts too large to be
// parsed at once, and for what the parser does not check. For parser/text only.
//
//   const ProtoTextKeys keys(v1::Content::descriptor());
//   ProtoTextFields fields(keys, text);
//   while (const auto field = fields.Next()) { ... field->place ... }
//   if (!fields.AtEnd()) { ... the text from fields.at() on has an error, or is over a limit ... }

#ifndef SLUICE_PARSER_TEXT_PROTO_TEXT_FIELDS_H_
#define SLUICE_PARSER_TEXT_PROTO_TEXT_FIELDS_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/text/proto_text.h"
#include "parser/text/proto_text_scanner.h"

namespace sluice {

// The keys of a message and of all messages inside it.
class ProtoTextKeys {
 public:
  static constexpr uint32_t kRoot = 0;
  static constexpr uint32_t kScalar = 0xFFFFFFFF;

  struct Key {
    std::string_view name;
    const google::protobuf::FieldDescriptor* field;
    uint32_t inside;  // the message that its values are, or kScalar
    uint32_t number;  // among all keys, from 0
    bool repeated;
  };

  explicit ProtoTextKeys(const google::protobuf::Descriptor* root);

  // nullptr when the message has no such key.
  const Key* Find(uint32_t message, std::string_view name) const;
  uint32_t size() const { return size_; }

 private:
  std::vector<std::vector<Key>> messages_;
  uint32_t size_ = 0;
};

// Walks over any text in UTF-8, in linear time, with a stack of at most twice kMaxTextFormDepth.
// Where the parser accepts a text, the fields are exactly those that it sees. Otherwise its first
// error lies in one of the fields, or at the place where the walk stops.
class ProtoTextFields {
 public:
  struct Field {
    const ProtoTextKeys::Key* key;
    Place place;  // from the name to the separator after the value, where there is one
  };

  // Both must outlive it.
  ProtoTextFields(const ProtoTextKeys& keys, std::string_view text);

  // The next field; nullopt at the end of the text, and where it stops.
  std::optional<Field> Next();

  // Everything up to the end of the text was a field, or nothing.
  bool AtEnd() const { return !stopped_ && scan_.Done(); }
  // Where the next field begins, or the one that the walk stopped in.
  uint32_t at() const { return begin_; }
  // It stopped since one field has more than kMaxTextFormFieldBytes or kMaxTextFormMessages.
  const std::optional<ProtoTextError>& over_limit() const { return over_limit_; }
  // The first singular field that is given twice. The parser only sees it where the first value is
  // not the default.
  const std::optional<ProtoTextError>& given_twice() const { return given_twice_; }
  // Whether the key was met, at any depth.
  bool Saw(const google::protobuf::FieldDescriptor* field) const;

 private:
  // One open message, or one open list of messages or scalars.
  struct Open {
    uint32_t message;
    bool list = false;
    uint64_t seen = 0;  // by index of the field
  };

  // Each returns false where the walk stops.
  bool Step();
  const ProtoTextKeys::Key* TakeField();
  bool TakeValue(uint32_t inside, bool repeated);
  bool IsWithinBytes();
  void NoteTwice(const ProtoTextKeys::Key& key, uint32_t begin, Open& open);

  const ProtoTextKeys& keys_;
  ProtoTextScanner scan_;
  std::vector<Open> open_;
  std::vector<const google::protobuf::FieldDescriptor*> seen_;  // by number of the key
  std::optional<ProtoTextError> over_limit_;
  std::optional<ProtoTextError> given_twice_;
  uint32_t begin_ = 0;
  uint32_t messages_ = 0;  // of this field
  bool stopped_ = false;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_PROTO_TEXT_FIELDS_H_
