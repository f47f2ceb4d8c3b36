// How the text form is read: for content_text_*.cc only. `ReadContentText` is the way in.

#ifndef SLUICE_PARSER_TEXT_CONTENT_TEXT_READER_H_
#define SLUICE_PARSER_TEXT_CONTENT_TEXT_READER_H_

#include <google/protobuf/descriptor.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "parser/reader.h"
#include "parser/text/content_text_pieces.h"
#include "parser/text/proto_text.h"
#include "schema/content_builder.h"
#include "schema/proto/content.pb.h"
#include "schema/text.h"

namespace sluice {

template <typename Message>
const google::protobuf::FieldDescriptor* FieldOf(int number) {
  // By number: the look-up of a descriptor costs more than that of a place.
  static const auto fields = [] {
    std::array<const google::protobuf::FieldDescriptor*, 16> found = {};
    const google::protobuf::Descriptor* message = Message::descriptor();
    for (int i = 0; i < message->field_count(); ++i) {
      found.at(message->field(i)->number()) = message->field(i);
    }
    return found;
  }();
  return fields[number];
}

// Reads one file, piece by piece: the head, then the types, the instances and the settings,
// wherever they stand. Every step returns false once `malformed_` says why.
class ContentTextReader {
 public:
  // `piece_bytes` is there for tests.
  explicit ContentTextReader(Bytes bytes, uint32_t piece_bytes = kContentTextPieceBytes);

  ReadResult Read();

 private:
  bool Split();
  // Parses one field, or all fields of one kind in one piece, into `loaded_`.
  bool LoadFirst(int number);
  bool Load(std::string_view text, uint32_t base);
  // Calls `read` for every piece that has fields with this number, loaded.
  bool ReadPieces(int number, bool (ContentTextReader::*read)());
  // Puts the text's own first error in the place of what was found in some piece.
  void FindFirstError();

  bool ReadHead();
  bool ReadDialect(Dialect* dialect);
  bool ReadBinding(Binding* binding);
  bool ReadMetadata();
  bool ReadBuiltFor();  // of the loaded piece, as all that follow
  bool ReadSources();
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
  bool ReadTimePart(const v1::Criterion& criterion, const ProtoTextTree* tree, Criterion& out);
  // Of an instance or a criterion, which stands at `whole`.
  template <typename Message>
  bool ReadOrigin(const Message& message, const ProtoTextTree* tree, Place whole, Origin* out) {
    if (!message.has_origin()) {
      return sources_ == 0 || Fail(whole, "has no origin, and the content has sources");
    }
    return CheckOrigin(message.origin(), At<Message>(tree, Message::kOriginFieldNumber), out);
  }
  bool CheckOrigin(const v1::Origin& origin, Place place, Origin* out);
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
  const uint32_t piece_bytes_;
  std::optional<ContentTextPieces> pieces_;
  ContentTextPiece loaded_;
  std::optional<ProtoTextPlaces> places_;
  std::string scratch_;

  std::optional<ContentBuilder> builder_;
  Malformed malformed_;
  Dialect dialect_ = Dialect::kChannel;
  Binding binding_ = Binding::kByName;
  uint32_t open_type_ = kNone;  // of the open instance, in Content::types()
  uint32_t types_read_ = 0;
  uint32_t instances_read_ = 0;
  uint32_t type_ = 0;
  uint32_t instance_ = 0;
  uint32_t criterion_ = 0;
  uint32_t token_ = 0;
  uint64_t tokens_ = 0;  // of all conditions
  uint32_t sources_ = 0;
  std::string_view last_path_;  // of the sources
  std::optional<BuiltFor> last_built_for_;

  // Listed types by name and id; by name, and by id, alone: kNone when several share it. The names
  // are views that last.
  using TypeKey = std::pair<absl::string_view, uint32_t>;
  absl::flat_hash_map<TypeKey, uint32_t> types_;
  absl::flat_hash_map<absl::string_view, uint32_t> types_by_name_;
  absl::flat_hash_map<uint32_t, uint32_t> types_by_id_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_CONTENT_TEXT_READER_H_
