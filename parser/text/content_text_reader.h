// How the text form is read: for content_text_*.cc only. `ReadContentText` is the way in.

#ifndef SLUICE_PARSER_TEXT_CONTENT_TEXT_READER_H_
#define SLUICE_PARSER_TEXT_CONTENT_TEXT_READER_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "parser/reader.h"
#include "parser/text/proto_text.h"
#include "schema/content_builder.h"
#include "schema/proto/content.pb.h"
#include "schema/text.h"

namespace sluice {

template <typename Message>
const google::protobuf::FieldDescriptor* FieldOf(int number) {
  return Message::descriptor()->FindFieldByNumber(number);
}

// Reads one file. Every step returns false once `malformed_` says why.
class ContentTextReader {
 public:
  explicit ContentTextReader(Bytes bytes);

  ReadResult Read();

 private:
  bool Parse();
  bool ReadHead();
  bool ReadDialect(Dialect* dialect);
  bool ReadBinding(Binding* binding);
  bool ReadMetadata();
  bool ReadTypes();
  bool ReadType(const v1::TemplateType& type, const ProtoTextTree* tree, Place place);
  bool ReadFieldDecls(const v1::TemplateType& type, const ProtoTextTree* tree,
                      std::vector<FieldDecl>& decls);
  bool ReadInstances();
  bool ReadInstance(const v1::Instance& instance, const ProtoTextTree* tree, Place place);
  bool ResolveType(const v1::Instance& instance, const ProtoTextTree* tree, Place whole,
                   uint32_t* type);
  bool ReadMatching(const v1::Instance& instance, const ProtoTextTree* tree, Instance& out);
  bool ReadParts(const v1::Instance& instance, const ProtoTextTree* tree);
  bool ReadGroup(const v1::Group& group, const ProtoTextTree* tree, Place place);
  bool ReadCriteria(const google::protobuf::RepeatedPtrField<v1::Criterion>& criteria,
                    const ProtoTextTree* tree, const google::protobuf::FieldDescriptor* field);
  bool ReadCriterion(const v1::Criterion& criterion, const ProtoTextTree* tree, Place place);
  bool ReadField(const v1::Criterion& criterion, const ProtoTextTree* tree, Criterion& out);
  bool ReadOperator(const v1::Criterion& criterion, const ProtoTextTree* tree, Criterion& out);
  bool ReadOperands(const v1::Criterion& criterion, const ProtoTextTree* tree,
                    std::vector<Operand>& operands);
  bool ReadCondition(const v1::Instance& instance, const ProtoTextTree* tree, uint32_t criteria);
  bool ReadToken(const v1::ConditionToken& token, const ProtoTextTree* tree, uint32_t criteria,
                 ConditionToken& out);
  bool ReadSettings();

  // Where a field of the message with this tree stands; nowhere for number 0, an unset `oneof`.
  template <typename Message>
  Place At(const ProtoTextTree* tree, int number) const {
    return number == 0 ? Place{} : places_->Of(tree, FieldOf<Message>(number));
  }

  // False, with the reason, when the message has one of these fields.
  template <typename Message>
  bool HasNone(const ProtoTextTree* tree, std::initializer_list<int> numbers) {
    for (const int number : numbers) {
      const google::protobuf::FieldDescriptor* field = FieldOf<Message>(number);
      if (tree == nullptr || tree->GetLocation(field, field->is_repeated() ? 0 : -1).line < 0)
        continue;
      return Fail(places_->Of(tree, field), absl::StrCat(field->name(), " is no key of ",
                                                         Abseil(Name(dialect_)), " content"));
    }
    return true;
  }

  // `value` as a view that lasts: into the text where its bytes stand as they are at the end of
  // `place`, otherwise into the content's arena.
  bool Take(const std::string& value, Place place, std::string_view* out);

  // Says why the file is malformed; always false.
  bool Fail(Place place, std::string message);
  // What is being read, counted from 1.
  std::string Structure() const;

  Bytes bytes_;
  Bytes text_;
  v1::Content content_;
  ProtoTextTree tree_;
  std::optional<ProtoTextPlaces> places_;
  std::optional<ContentBuilder> builder_;
  Malformed malformed_;
  Dialect dialect_ = Dialect::kChannel;
  Binding binding_ = Binding::kByName;
  uint32_t open_type_ = kNone;  // of the open instance, in Content::types()
  uint32_t type_ = 0;
  uint32_t instance_ = 0;
  uint32_t criterion_ = 0;
  uint32_t token_ = 0;
  uint64_t tokens_ = 0;  // of all conditions

  // Listed types by name and id; by name, and by id, alone: kNone when several share it.
  using TypeKey = std::pair<std::string, uint32_t>;
  absl::flat_hash_map<TypeKey, uint32_t> types_;
  absl::flat_hash_map<std::string, uint32_t> types_by_name_;
  absl::flat_hash_map<uint32_t, uint32_t> types_by_id_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_CONTENT_TEXT_READER_H_
