#include "parser/channel/channel_annotate.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_load.h"
#include "parser/channel/channel_names.h"
#include "parser/channel/channel_outline.h"
#include "schema/text.h"

namespace sluice {
namespace {

using channel::Field;
using channel::Section;

constexpr size_t kTextLimit = 200;

std::string Several(uint32_t number, const char* noun) {
  return absl::StrCat(number, " ", noun, number == 1 ? "" : "s");
}

class Annotator {
 public:
  explicit Annotator(std::string_view bytes) : outline_(bytes), names_(&outline_) {}

  // The units that touch [begin, end) and the one before and behind, without those that an earlier
  // call has given.
  void Around(uint32_t begin, uint32_t end) {
    if (outline_.size() == 0) return;
    uint32_t at = outline_.At(std::min(begin, outline_.size() - 1)).place.offset;
    if (at > 0) at = outline_.At(at - 1).place.offset;
    at = std::max(at, done_);
    while (at < outline_.size() && at < end) at = Unit(outline_.At(at));
    if (at < outline_.size()) Unit(outline_.At(at));
  }

  std::vector<Annotation> Take() && { return std::move(annotations_); }

 private:
  // Gives where the unit ends.
  uint32_t Unit(const ChannelUnit& unit);
  void Header();
  void TableEntry();
  void Item();
  void Type();
  void Criterion();
  void Record();
  void Group();
  void Source();
  void Origin();
  void String();
  std::string ChecksumMeaning() const;

  uint32_t Word(const Field& field) const;
  std::string_view Bytes(const Field& field) const {
    return outline_.bytes().substr(unit_.place.offset + field.offset, field.size);
  }
  // One annotation for the whole unit.
  void Whole(std::string structure, std::string field, std::string meaning);
  void Add(const Field& field, std::string meaning);
  void Add(const Field& field) { Add(field, absl::StrCat(Word(field))); }
  void AddOrNone(const Field& field) {
    Add(field, Word(field) == channel::kNone ? std::string("none") : absl::StrCat(Word(field)));
  }
  void AddZero(const Field& field);

  ChannelOutline outline_;
  ChannelNames names_;
  std::vector<Annotation> annotations_;
  uint32_t done_ = 0;
  // The unit at hand.
  ChannelUnit unit_;
  std::string structure_;
};

uint32_t Annotator::Unit(const ChannelUnit& unit) {
  using Kind = ChannelUnit::Kind;
  unit_ = unit;
  const char* const section = channel::FormatOf(unit.section).name;
  switch (unit.kind) {
    case Kind::kHeader:
      Header();
      break;
    case Kind::kTableEntry:
      TableEntry();
      break;
    case Kind::kItem:
      Item();
      break;
    case Kind::kString:
      String();
      break;
    case Kind::kFilling:
      Whole(absl::StrCat("end of the ", section), "filling", "zero bytes up to a multiple of 4");
      break;
    case Kind::kUnknown:
      Whole(absl::StrCat("section of entry ", unit.item + 1), "bytes", "not known, to be skipped");
      break;
    case Kind::kRest:
      Whole("no record", "bytes", absl::StrCat(unit.place.length, " bytes that belong to nothing"));
      break;
    case Kind::kChecksum:
      Whole("checksum", "CRC-32C", ChecksumMeaning());
  }
  done_ = unit.place.end();
  return done_;
}

void Annotator::Header() {
  namespace header = channel::header;
  if (unit_.place.length < header::kSize) {
    return Whole("header", "cut short", absl::StrCat("then the file ends; it has ", header::kSize));
  }
  structure_ = "header";
  Add(header::kMagic, ChannelMagicMeaning(outline_.bytes()));
  Add(header::kMajor);
  Add(header::kMinor);
  Add(header::kFileSize, absl::StrCat(Word(header::kFileSize), " bytes"));
  Add(header::kContentVersion);
  Add(header::kDialect, ChannelDialectMeaning(Word(header::kDialect)));
  Add(header::kBinding, ChannelBindingMeaning(Word(header::kBinding)));
  AddZero(header::kZero);
  Add(header::kSectionCount);
}

void Annotator::TableEntry() {
  namespace table = channel::table;
  structure_ = absl::StrCat("section table, entry ", unit_.item + 1);
  Add(table::kId, ChannelSectionMeaning(Word(table::kId)));
  Add(table::kCount, Several(Word(table::kCount), "item"));
  Add(table::kLength, Several(Word(table::kLength), "byte"));
}

void Annotator::Item() {
  const uint32_t item = unit_.item;
  switch (unit_.section) {
    case Section::kStringEnds:
      structure_ = "string ends";
      return Add({0, 4, "end"}, absl::StrCat(Word(channel::string::kEnd), ": string ", item + 1,
                                             ", ", names_.Use(item)));
    case Section::kContracts:
      structure_ = names_.Contract(item);
      return Add(channel::contract::kRank);
    case Section::kTypes:
      return Type();
    case Section::kFields:
      structure_ = names_.Field(item);
      Add(channel::field::kValueType, ChannelValueTypeMeaning(Word(channel::field::kValueType)));
      return AddZero(channel::field::kZero);
    case Section::kInstances: {
      const std::string type = names_.TypeOf(item);
      structure_ = absl::StrCat(names_.Instance(item), type.empty() ? "" : " of ", type);
      Add(channel::instance::kCriteriaEnd);
      return Add(channel::instance::kConditionEnd);
    }
    case Section::kCriteria:
      return Criterion();
    case Section::kCondition:
      structure_ = names_.Token(item);
      return Add(channel::token::kWord, ChannelTokenMeaning(Word(channel::token::kWord)));
    case Section::kSysmon: {
      structure_ = "sysmon";
      AddOrNone(channel::sysmon::kSchemaRank);
      const uint32_t version = Word(channel::sysmon::kBinaryVersion);
      return Add(channel::sysmon::kBinaryVersion,
                 absl::StrCat(version >> 16, ".", version & 0xFFFF));
    }
    case Section::kRecords:
      return Record();
    case Section::kGroups:
      return Group();
    case Section::kSources:
      return Source();
    case Section::kInstanceOrigins:
    case Section::kCriterionOrigins:
      return Origin();
    case Section::kStringBytes:
    case Section::kSourcePaths:
    case Section::kSettings:
    case Section::kCriterionNames:
      return;  // their units are strings, or nothing
  }
}

void Annotator::Type() {
  namespace type = channel::type;
  structure_ = names_.Type(unit_.item);
  AddOrNone(type::kId);
  Add(type::kVersion);
  Add(type::kFlags, ChannelTypeFlagsMeaning(Word(type::kFlags)));
  AddZero(type::kZero);
  Add(type::kFieldCount);
  Add(type::kFieldsEnd);
  Add(type::kInstancesEnd);
  const auto* fingerprint = reinterpret_cast<const uint8_t*>(Bytes(type::kFingerprint).data());
  Add(type::kFingerprint, absl::StrFormat("0x%016x", channel::Load64(fingerprint)));
}

void Annotator::Criterion() {
  namespace criterion = channel::criterion;
  structure_ = names_.Criterion(unit_.item);
  Add(criterion::kField, names_.FieldRead(unit_.item, Word(criterion::kField)));
  Add(criterion::kOperator, ChannelOperatorMeaning(Word(criterion::kOperator)));
  Add(criterion::kFlags, ChannelFlagsMeaning(Word(criterion::kFlags)));
  Add(criterion::kTimePart, ChannelTimePartMeaning(Word(criterion::kTimePart)));
  AddZero(criterion::kZero);
  Add(criterion::kOperandsEnd);
}

void Annotator::Record() {
  namespace record = channel::record;
  const std::string type = names_.TypeOf(unit_.item);
  structure_ =
      absl::StrCat("record of ", names_.Instance(unit_.item), type.empty() ? "" : " of ", type);
  Add(record::kDefault, ChannelDefaultMeaning(Word(record::kDefault)));
  Add(record::kCombine, ChannelCombineMeaning(Word(record::kCombine)));
  AddZero(record::kZero);
  Add(record::kGroupsEnd);
}

void Annotator::Group() {
  namespace group = channel::group;
  structure_ = names_.Group(unit_.item);
  Add(group::kId);
  Add(group::kFirstCriterion);
  Add(group::kCriteria);
  Add(group::kCombine, ChannelCombineMeaning(Word(group::kCombine)));
  AddZero(group::kZero);
}

void Annotator::Source() {
  namespace source = channel::source;
  structure_ = absl::StrCat("source ", unit_.item + 1, " ",
                            ChannelQuoted(outline_.Path(unit_.item), kTextLimit));
  Add(source::kPathEnd);
  Add(source::kSha256, absl::BytesToHexString(Abseil(Bytes(source::kSha256))));
}

void Annotator::Origin() {
  namespace origin = channel::origin;
  structure_ = absl::StrCat("origin of ", unit_.section == Section::kInstanceOrigins
                                              ? names_.Instance(unit_.item)
                                              : names_.Criterion(unit_.item));
  const uint32_t source = Word(origin::kSource);
  Add(origin::kSource,
      absl::StrCat(source, " = ", ChannelQuoted(outline_.Path(source), kTextLimit)));
  Add(origin::kLine);
  Add(origin::kColumn);
}

void Annotator::String() {
  const std::string text =
      ChannelQuoted(outline_.bytes().substr(unit_.place.offset, unit_.place.length), kTextLimit);
  if (unit_.section == Section::kSourcePaths) {
    return Whole("source paths", absl::StrCat("path of source ", unit_.item + 1), text);
  }
  Whole("strings", names_.Use(unit_.item), text);
}

std::string Annotator::ChecksumMeaning() const {
  const auto* bytes = reinterpret_cast<const uint8_t*>(outline_.bytes().data());
  const uint32_t said = channel::Load32(bytes + unit_.place.offset);
  const uint32_t is = channel::Crc32c(bytes, unit_.place.offset);
  if (said == is) return absl::StrFormat("0x%08x, as the bytes before it give it", said);
  return absl::StrFormat("0x%08x, but the bytes before it give 0x%08x", said, is);
}

uint32_t Annotator::Word(const Field& field) const {
  const auto* at = reinterpret_cast<const uint8_t*>(Bytes(field).data());
  return field.size == 1 ? *at : field.size == 2 ? channel::Load16(at) : channel::Load32(at);
}

void Annotator::Whole(std::string structure, std::string field, std::string meaning) {
  annotations_.push_back({unit_.place, std::move(structure), std::move(field), std::move(meaning)});
}

void Annotator::Add(const Field& field, std::string meaning) {
  annotations_.push_back({{unit_.place.offset + field.offset, field.size},
                          structure_,
                          field.name,
                          std::move(meaning)});
}

void Annotator::AddZero(const Field& field) {
  const bool zero = Bytes(field).find_first_not_of('\0') == std::string_view::npos;
  Add(field, zero ? "0" : "not 0, as it must be");
}

}  // namespace

std::vector<Annotation> AnnotateChannel(std::string_view bytes, const ReadOptions& /*options*/,
                                        std::span<const Place> around) {
  if (bytes.size() > channel::kMaxFileSize) return {};
  Annotator annotator(bytes);
  if (around.empty()) {
    annotator.Around(0, static_cast<uint32_t>(bytes.size()));
    return std::move(annotator).Take();
  }
  std::vector<Place> places(around.begin(), around.end());
  std::ranges::sort(places, {}, &Place::offset);
  for (const Place& place : places) annotator.Around(place.offset, place.end());
  return std::move(annotator).Take();
}

}  // namespace sluice
