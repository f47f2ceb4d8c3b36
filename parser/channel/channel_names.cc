#include "parser/channel/channel_names.h"

#include <optional>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "schema/operators.h"
#include "schema/text.h"

namespace sluice {
namespace {

using channel::Section;

constexpr size_t kNameLimit = 60;

struct FlagName {
  uint32_t flag;
  const char* name;
};

// "1 = negated"; a bit without a name is "unknown".
std::string Flags(uint32_t flags, std::span<const FlagName> names) {
  if (flags == 0) return "0 = none";
  std::string words;
  for (const FlagName& row : names) {
    if ((flags & row.flag) == 0) continue;
    absl::StrAppend(&words, words.empty() ? "" : ", ", row.name);
    flags &= ~row.flag;
  }
  if (flags != 0) absl::StrAppend(&words, words.empty() ? "" : ", ", "unknown ", flags);
  return words;
}

std::string OneOf(uint32_t value, std::span<const char* const> names) {
  return absl::StrCat(value, " = ", value < names.size() ? names[value] : "unknown");
}

// A name in quotation marks behind a number, when there is one.
std::string Named(std::string numbered, std::string_view name) {
  if (!name.empty()) absl::StrAppend(&numbered, " ", ChannelQuoted(name, kNameLimit));
  return numbered;
}

}  // namespace

std::string ChannelQuoted(std::string_view text, size_t limit) {
  return absl::StrCat("\"", Printable(text, limit), "\"");
}

std::string ChannelNames::Contract(uint32_t contract) const {
  const uint64_t first = outline_.StringOf(Section::kContracts, contract);
  const std::string name =
      absl::StrCat(Abseil(outline_.String(first)), "@", Abseil(outline_.String(first + 1)));
  return Named(absl::StrCat("contract ", contract + 1), name);
}

std::string ChannelNames::Type(uint32_t type) const {
  return Named(absl::StrCat("type ", type + 1),
               outline_.String(outline_.StringOf(Section::kTypes, type)));
}

std::string ChannelNames::Owned(std::string_view what, uint32_t item, Section owners,
                                channel::Field end) const {
  const std::optional<uint32_t> owner = outline_.OwnerOf(owners, end, item);
  if (!owner) return absl::StrCat(Abseil(what), " ", item + 1, " of nothing");
  const std::string name = owners == Section::kTypes ? Type(*owner) : Instance(*owner);
  return absl::StrCat(Abseil(what), " ", item - outline_.Begin(owners, *owner, end) + 1, " of ",
                      name);
}

std::string ChannelNames::Field(uint32_t field) const {
  return Owned("field", field, Section::kTypes, channel::type::kFieldsEnd);
}

std::string ChannelNames::Instance(uint32_t instance) const {
  const uint64_t id = outline_.StringOf(Section::kInstances, instance);
  const std::string_view text = outline_.String(id);
  return Named(absl::StrCat("instance ", instance + 1),
               text.empty() ? outline_.String(id + 1) : text);
}

std::string ChannelNames::TypeOf(uint32_t instance) const {
  const auto type = outline_.OwnerOf(Section::kTypes, channel::type::kInstancesEnd, instance);
  return type ? Type(*type) : "";
}

std::string ChannelNames::Criterion(uint32_t criterion) const {
  return Owned("criterion", criterion, Section::kInstances, channel::instance::kCriteriaEnd);
}

std::string ChannelNames::Token(uint32_t token) const {
  return Owned("token", token, Section::kInstances, channel::instance::kConditionEnd);
}

std::string ChannelNames::Group(uint32_t group) const {
  return Owned("group", group, Section::kRecords, channel::record::kGroupsEnd);
}

std::string ChannelNames::Use(uint32_t string) const {
  const std::optional<ChannelStringUse> use = outline_.UseOf(string);
  if (!use) return "of nothing";
  const uint32_t item = use->item;
  const bool second = use->nth == 1;
  switch (use->section) {
    case Section::kContracts:
      return absl::StrCat(second ? "version" : "name", " of contract ", item + 1);
    case Section::kTypes:
      return absl::StrCat("name of type ", item + 1);
    case Section::kFields:
      return absl::StrCat("name of ", Field(item));
    case Section::kInstances:
      return absl::StrCat(second ? "name" : "id", " of instance ", item + 1);
    case Section::kSysmon:
      return "schema version";
    case Section::kSettings:
      return absl::StrCat(second ? "value" : "name", " of setting ", item + 1);
    case Section::kGroups:
      return absl::StrCat("name of ", Group(item));
    case Section::kCriterionNames:
      return absl::StrCat("rule name of ", Criterion(item));
    default:
      return absl::StrCat("operand ", use->nth + 1, " of ", Criterion(item));
  }
}

std::string ChannelNames::FieldRead(uint32_t criterion, uint32_t field) const {
  if (field == channel::kNone) return "any field";
  const auto instance =
      outline_.OwnerOf(Section::kInstances, channel::instance::kCriteriaEnd, criterion);
  if (!instance) return absl::StrCat(field);
  const auto type = outline_.OwnerOf(Section::kTypes, channel::type::kInstancesEnd, *instance);
  if (!type) return absl::StrCat(field);
  const uint32_t begin = outline_.Begin(Section::kTypes, *type, channel::type::kFieldsEnd);
  const uint32_t end = outline_.Begin(Section::kTypes, *type + 1, channel::type::kFieldsEnd);
  const uint32_t count = end < begin ? 0 : end - begin;
  if (field >= count) return absl::StrCat(field, " = past the ", count, " fields of ", Type(*type));
  const uint64_t name = outline_.StringOf(Section::kFields, begin) + field;
  return absl::StrCat(field, " = ", Printable(outline_.String(name)));
}

std::string ChannelMagicMeaning(std::string_view bytes) {
  const std::string_view magic(reinterpret_cast<const char*>(channel::kMagic),
                               channel::header::kMagic.size);
  return bytes.starts_with(magic) ? "a channel file" : "not that of a channel file";
}

std::string ChannelDialectMeaning(uint32_t value) {
  constexpr const char* kNames[] = {"channel", "sysmon", "sigma"};
  return OneOf(value, kNames);
}

std::string ChannelBindingMeaning(uint32_t value) {
  constexpr const char* kNames[] = {"by index", "by name"};
  return OneOf(value, kNames);
}

std::string ChannelSectionMeaning(uint32_t id) {
  for (const channel::SectionFormat& section : channel::kSections) {
    if (section.id == id) return absl::StrCat(id, " = ", section.name);
  }
  return absl::StrCat(id, id < channel::kFirstOptionalSection ? " = unknown, and critical"
                                                              : " = unknown, to be skipped");
}

std::string ChannelTypeFlagsMeaning(uint32_t flags) {
  constexpr FlagName kNames[] = {{channel::type::kDeclared, "declared"},
                                 {channel::type::kOpen, "open"}};
  return Flags(flags, kNames);
}

std::string ChannelValueTypeMeaning(uint32_t value) {
  constexpr const char* kNames[] = {"not stated", "string", "boolean", "uint16", "uint32", "uint64",
                                    "int64",      "hex32",  "hex64",   "guid",   "ip",     "time"};
  return OneOf(value, kNames);
}

std::string ChannelOperatorMeaning(uint32_t value) {
  const channel::OperatorFormat* row = channel::FindOperator(static_cast<uint8_t>(value));
  if (row == nullptr) return absl::StrCat(value, " = unknown");
  const auto first = static_cast<uint32_t>(channel::Operator::kSysmonFirst);
  if (value < first) return absl::StrCat(value, " = ", row->name);
  const std::optional<Operator> op = SysmonOperator(value - first);
  return absl::StrCat(value, " = Sysmon's ",
                      op ? Abseil(Info(*op).as_written) : absl::string_view("unknown"));
}

std::string ChannelFlagsMeaning(uint32_t flags) {
  namespace criterion = channel::criterion;
  constexpr FlagName kNames[] = {
      {criterion::kNegated, "negated"},         {criterion::kCased, "cased"},
      {criterion::kEnvironment, "environment"}, {criterion::kDotAll, "dot-all"},
      {criterion::kMultiLine, "multi-line"},    {criterion::kNumeric, "numeric"}};
  return Flags(flags, kNames);
}

std::string ChannelTimePartMeaning(uint32_t value) {
  constexpr const char* kNames[] = {"whole value", "minute", "hour", "day",
                                    "week",        "month",  "year"};
  return OneOf(value, kNames);
}

std::string ChannelTokenMeaning(uint32_t token) {
  const uint32_t value = token & channel::token::kValueMask;
  switch (static_cast<channel::TokenKind>(token >> channel::token::kValueBits)) {
    case channel::TokenKind::kCriterion:
      return absl::StrCat(value, " = criterion ", value + 1);
    case channel::TokenKind::kAnd:
      return "and";
    case channel::TokenKind::kOr:
      return "or";
    case channel::TokenKind::kNot:
      return "not";
    case channel::TokenKind::kAtLeast:
      return absl::StrCat("at least ", value >> 8, " of ", value & 0xFF);
  }
  return "unknown";
}

std::string ChannelDefaultMeaning(uint32_t value) {
  constexpr const char* kNames[] = {"include", "exclude", "the type's own"};
  return OneOf(value, kNames);
}

std::string ChannelCombineMeaning(uint32_t value) {
  constexpr const char* kNames[] = {"any", "all"};
  return OneOf(value, kNames);
}

}  // namespace sluice
