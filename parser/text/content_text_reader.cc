#include "parser/text/content_text_reader.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "parser/text/content_text.h"
#include "parser/text/schema_rank.h"
#include "schema/limits.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr uint32_t kMaxContentVersion = 0x7FFFFFFF;  // as in a channel file

using google::protobuf::FieldDescriptor;

bool IsWtf8(std::string_view text) {
  text.remove_prefix(ValidUtf8Prefix(text));
  while (!text.empty()) {
    const std::optional<CodePoint> point = DecodeWtf8(text);
    if (!point) return false;
    text.remove_prefix(point->length);
  }
  return true;
}

}  // namespace

ContentTextReader::ContentTextReader(Bytes bytes, uint32_t piece_bytes)
    : bytes_(std::move(bytes)), piece_bytes_(piece_bytes) {
  const std::string_view text = WithoutByteOrderMark(*bytes_);
  text_ = text.size() == bytes_->size() ? bytes_ : std::make_shared<const std::string>(text);
}

ReadResult ContentTextReader::Read() {
  using C = v1::Content;
  if (!Split()) return ReadResult(std::move(malformed_), text_);
  const bool read = pieces_->sound() && ReadHead() &&
                    ReadPieces(C::kBuiltForFieldNumber, &ContentTextReader::ReadBuiltFor) &&
                    ReadPieces(C::kSourceFieldNumber, &ContentTextReader::ReadSources) &&
                    ReadPieces(C::kTemplateTypeFieldNumber, &ContentTextReader::ReadTypes) &&
                    ReadPieces(C::kInstanceFieldNumber, &ContentTextReader::ReadInstances) &&
                    ReadPieces(C::kSettingFieldNumber, &ContentTextReader::ReadSettings);
  if (read) return ReadResult(std::move(*builder_).Build());
  FindFirstError();
  return ReadResult(std::move(malformed_), text_);
}

bool ContentTextReader::Take(const std::string& value, Place place, std::string_view* out) {
  if (!IsWtf8(value)) return Fail(place, "the text is not UTF-8, surrogates allowed (WTF-8)");
  const std::string_view text = *text_;
  if (value.size() + 1 < place.length) {
    const std::string_view there = text.substr(place.end() - 1 - value.size(), value.size());
    if (there == value) {
      *out = there;
      return true;
    }
  }
  *out = value.empty() ? std::string_view() : builder_->Keep(value);
  return true;
}

bool ContentTextReader::Fail(Place place, std::string message) {
  malformed_ = {place, Structure(), std::move(message)};
  return false;
}

std::string ContentTextReader::Structure() const {
  std::string structure;
  if (token_ != 0) structure = absl::StrCat("condition token ", token_, " of ");
  if (criterion_ != 0) structure = absl::StrCat("criterion ", criterion_, " of ");
  if (instance_ != 0) return absl::StrCat(structure, "instance ", instance_);
  return type_ != 0 ? absl::StrCat("template type ", type_) : "content";
}

bool ContentTextReader::Split() {
  if (!LooksLikeContentText(*text_)) {
    const size_t line = std::min(text_->find_first_of("\r\n"), text_->size());
    return Fail({0, static_cast<uint32_t>(std::min<size_t>(line, 80))},
                absl::StrCat("the first line is not \"", Abseil(kContentTextHeader), "\""));
  }
  if (text_->size() > kMaxFileBytes) {
    Fail({}, absl::StrCat("has ", text_->size(), " bytes, the limit is ", kMaxFileBytes));
    malformed_.over_limit = true;
    return false;
  }
  if (auto error = CheckProtoTextUtf8(*text_)) return Fail(error->place, std::move(error->message));
  if (auto error = CheckProtoTextLineEnds(*text_)) {
    return Fail(error->place, std::move(error->message));
  }
  pieces_.emplace(*text_, piece_bytes_);
  if (!pieces_->over_limit()) return true;
  Fail(pieces_->over_limit()->place, pieces_->over_limit()->message);
  malformed_.over_limit = true;
  return false;
}

bool ContentTextReader::LoadFirst(int number) {
  const std::optional<Place>& place = pieces_->First(number);
  if (!place) return Load("", 0);
  return Load(std::string_view(*text_).substr(place->offset, place->length), place->offset);
}

bool ContentTextReader::Load(std::string_view text, uint32_t base) {
  places_.emplace(text, base);
  const auto error = loaded_.Load(text);
  return !error || Fail(error->place, error->message);
}

bool ContentTextReader::ReadPieces(int number, bool (ContentTextReader::*read)()) {
  const std::vector<ContentTextPieces::Piece>& pieces = pieces_->pieces();
  for (size_t i = 0; i < pieces.size(); ++i) {
    if ((pieces[i].fields >> number & 1) == 0) continue;
    const std::string_view text = pieces_->Only(pieces[i], number, &scratch_);
    if (!Load(text, pieces[i].place.offset) || !(this->*read)()) return false;
    pieces_->MarkTaken(i, number);
  }
  return true;
}

void ContentTextReader::FindFirstError() {
  auto error = pieces_->FirstError();
  if (error) malformed_ = {error->place, "content", std::move(error->message)};
}

bool ContentTextReader::ReadDialect(Dialect* dialect) {
  if (!LoadFirst(v1::Content::kDialectFieldNumber)) return false;
  const std::string& name = loaded_.content().dialect();
  *dialect = Dialect::kChannel;
  for (const Dialect known : {Dialect::kChannel, Dialect::kSysmon, Dialect::kSigma}) {
    if (name == Name(known)) *dialect = known;
  }
  if (name.empty() || name == Name(*dialect)) return true;
  return Fail(At<v1::Content>(&loaded_.tree(), v1::Content::kDialectFieldNumber),
              absl::StrCat("unknown dialect \"", Printable(name), "\": channel, sysmon or sigma"));
}

bool ContentTextReader::ReadBinding(Binding* binding) {
  if (!LoadFirst(v1::Content::kMetadataFieldNumber)) return false;
  const bool by_index = loaded_.content().metadata().binary_major() != 0 || pieces_->uses_index();
  if (!LoadFirst(v1::Content::kBindingFieldNumber)) return false;
  const std::string& name = loaded_.content().binding();
  *binding = (name.empty() ? by_index : name == "index") ? Binding::kByIndex : Binding::kByName;
  if (name.empty() || name == "index" || name == "name") return true;
  return Fail(At<v1::Content>(&loaded_.tree(), v1::Content::kBindingFieldNumber),
              absl::StrCat("unknown binding \"", Printable(name), "\": index or name"));
}

bool ContentTextReader::ReadHead() {
  if (!ReadDialect(&dialect_) || !ReadBinding(&binding_)) return false;
  builder_.emplace(dialect_, binding_, "content-text");
  builder_->SetText(bytes_, text_);
  if (!ReadMetadata()) return false;
  using C = v1::Content;
  for (const int number :
       {C::kDialectFieldNumber, C::kBindingFieldNumber, C::kMetadataFieldNumber}) {
    pieces_->MarkTaken(number);
  }
  return true;
}

bool ContentTextReader::ReadMetadata() {
  using M = v1::Metadata;
  if (!LoadFirst(v1::Content::kMetadataFieldNumber)) return false;
  const M& metadata = loaded_.content().metadata();
  const ProtoTextTree* tree = loaded_.content().has_metadata()
                                  ? loaded_.tree().GetTreeForNested(
                                        FieldOf<v1::Content>(v1::Content::kMetadataFieldNumber), -1)
                                  : nullptr;
  if (dialect_ != Dialect::kSysmon &&
      !HasNone<M>(tree, {M::kSchemaVersionFieldNumber, M::kSchemaRankFieldNumber,
                         M::kBinaryMajorFieldNumber, M::kBinaryMinorFieldNumber})) {
    return false;
  }
  Metadata& out = builder_->metadata();
  out.schema_version_place = At<M>(tree, M::kSchemaVersionFieldNumber);
  if (!Take(metadata.schema_version(), out.schema_version_place, &out.schema_version)) return false;
  const std::optional<uint32_t> rank = SchemaRank(out.schema_version);
  int64_t stated = rank ? int64_t{*rank} : -1;
  if (metadata.has_schema_rank()) stated = metadata.schema_rank();
  out.has_schema_version = stated >= 0;
  if (stated >= 0) out.schema_rank = static_cast<uint32_t>(stated);
  out.binary_major = metadata.binary_major();
  out.binary_minor = metadata.binary_minor();
  out.binary_version_place = At<M>(tree, M::kBinaryMajorFieldNumber);
  out.format_version = metadata.format_version();
  out.format_version_place = At<M>(tree, M::kFormatVersionFieldNumber);
  out.content_version = metadata.content_version();
  return out.content_version <= kMaxContentVersion ||
         Fail(At<M>(tree, M::kContentVersionFieldNumber),
              absl::StrCat("content_version is above ", kMaxContentVersion));
}

bool ContentTextReader::ReadTypes() {
  const FieldDescriptor* field = FieldOf<v1::Content>(v1::Content::kTemplateTypeFieldNumber);
  const std::vector<Place> at =
      places_->All(&loaded_.tree(), field, loaded_.content().template_type_size());
  for (int i = 0; i < loaded_.content().template_type_size(); ++i) {
    type_ = ++types_read_;
    if (!ReadType(loaded_.content().template_type(i), loaded_.tree().GetTreeForNested(field, i),
                  at[i]))
      return false;
  }
  type_ = 0;
  return true;
}

bool ContentTextReader::ReadType(const v1::TemplateType& type, const ProtoTextTree* tree,
                                 Place place) {
  using T = v1::TemplateType;
  const bool channel = dialect_ == Dialect::kChannel;
  if (!HasNone<T>(tree, {channel ? T::kDeclaredFieldNumber : T::kUndeclaredFieldNumber})) {
    return false;
  }
  const bool declared = channel ? !type.undeclared() : type.declared();
  if (!declared && !channel && !HasNone<T>(tree, {T::kFieldFieldNumber})) return false;
  TemplateType out{.id = type.has_id() ? type.id() : kNone,
                   .open = type.open(),
                   .version = type.version(),
                   .place = place};
  if (!Take(type.name(), At<T>(tree, T::kNameFieldNumber), &out.name)) return false;
  const auto [listed, added] = types_.try_emplace(TypeKey(Abseil(out.name), out.id));
  if (!added) return Fail(place, "the type is listed twice");
  std::vector<FieldDecl> decls;
  decls.reserve(type.field_size());
  if (!ReadFieldDecls(type, tree, decls)) return false;
  if (!declared && !decls.empty()) return Fail(place, "an undeclared type has no fields");
  const uint32_t index = declared ? builder_->DeclareType(out, decls) : builder_->Type(out);
  listed->second = index;
  const auto [named, first_named] = types_by_name_.try_emplace(Abseil(out.name), index);
  if (!first_named) named->second = kNone;
  if (!type.has_id()) return true;
  const auto [numbered, first_numbered] = types_by_id_.try_emplace(type.id(), index);
  if (!first_numbered) numbered->second = kNone;
  return true;
}

bool ContentTextReader::ReadFieldDecls(const v1::TemplateType& type, const ProtoTextTree* tree,
                                       std::vector<FieldDecl>& decls) {
  using F = v1::TemplateType::Field;
  const FieldDescriptor* field = FieldOf<v1::TemplateType>(v1::TemplateType::kFieldFieldNumber);
  const std::vector<Place> at = places_->All(tree, field, type.field_size());
  absl::flat_hash_set<absl::string_view> names;
  for (int i = 0; i < type.field_size(); ++i) {
    const F& decl = type.field(i);
    const ProtoTextTree* decl_tree = tree->GetTreeForNested(field, i);
    FieldDecl out{.place = at[i]};
    if (decl.name().empty()) return Fail(at[i], absl::StrCat("field ", i, " has no name"));
    if (type.field_size() > 1 && !names.insert(decl.name()).second) {
      return Fail(at[i], absl::StrCat("field \"", Printable(decl.name()), "\" is declared twice"));
    }
    if (!Take(decl.name(), At<F>(decl_tree, F::kNameFieldNumber), &out.name)) return false;
    if (!decl.type().empty()) {
      const std::optional<ValueType> value_type = ValueTypeByName(decl.type());
      if (!value_type) {
        return Fail(At<F>(decl_tree, F::kTypeFieldNumber),
                    absl::StrCat("unknown value type \"", Printable(decl.type()), "\""));
      }
      out.type = *value_type;
    }
    decls.push_back(out);
  }
  return true;
}

bool ContentTextReader::ReadSettings() {
  using S = v1::Setting;
  const FieldDescriptor* field = FieldOf<v1::Content>(v1::Content::kSettingFieldNumber);
  if (dialect_ != Dialect::kSysmon &&
      !HasNone<v1::Content>(&loaded_.tree(), {v1::Content::kSettingFieldNumber})) {
    return false;
  }
  const std::vector<Place> at =
      places_->All(&loaded_.tree(), field, loaded_.content().setting_size());
  for (int i = 0; i < loaded_.content().setting_size(); ++i) {
    const ProtoTextTree* tree = loaded_.tree().GetTreeForNested(field, i);
    Setting out{.place = at[i]};
    const S& setting = loaded_.content().setting(i);
    if (!Take(setting.name(), At<S>(tree, S::kNameFieldNumber), &out.name) ||
        !Take(setting.value(), At<S>(tree, S::kValueFieldNumber), &out.value)) {
      return false;
    }
    builder_->AddSetting(out);
  }
  return true;
}

bool LooksLikeContentText(std::string_view bytes) {
  // Not by the message's descriptor: building it costs a short process more than the check.
  constexpr std::string_view kMessage = "sluice.v1.Content";
  static_assert(kContentTextHeader.ends_with(kMessage));
  return ProtoMessageName(bytes) == kMessage;
}

ReadResult ReadContentText(Bytes bytes, const ReadOptions&) {
  return ContentTextReader(std::move(bytes)).Read();
}

}  // namespace sluice
