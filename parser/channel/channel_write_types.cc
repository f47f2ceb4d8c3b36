#include "parser/channel/channel_write_types.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_write_criterion.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Type = ChannelDraft::Type;
using Problem = std::optional<ChannelProblem>;

// The one type of the contract that content means; nullptr when there is none, or several.
const ContractType* FindIn(const Contract& contract, const TemplateType& type) {
  if (type.id != kNone) return contract.TypeById(type.id);
  const ContractType* found = nullptr;
  for (const ContractType& known : contract.types) {
    if (known.name.empty() || known.name != type.name) continue;
    if (found != nullptr) return nullptr;
    found = &known;
  }
  return found;
}

std::string Quoted(std::string_view name) { return absl::StrCat("\"", Printable(name), "\""); }

}  // namespace

// As sensors of `reference` have it.
Problem ChannelTypeTable::DeclareByReference(const TemplateType& type, const Contract* reference,
                                             Type& out) const {
  const ContractType* known = reference != nullptr ? FindIn(*reference, type) : nullptr;
  if (known == nullptr || known->undescribed) {
    return ChannelProblem{type.place, "nothing says which fields its template type has"};
  }
  out.declared = true;
  out.id = known->id;
  if (out.name.empty()) out.name = known->name;
  for (const ContractField& field : known->fields) {
    out.fields.push_back({std::string(field.name), field.type});
  }
  return std::nullopt;
}

Problem ChannelTypeTable::Declare(const Content& content, const TemplateType& type,
                                  const Contract* reference, Type& out) const {
  out = {.name = std::string(type.name),
         .id = type.id,
         .version = type.version,
         .declared = type.declared,
         .open = type.open};
  for (const FieldDecl& field : content.field_decls(type)) {
    out.fields.push_back({std::string(field.name), field.type});
  }
  if (type.declared || binding_ == Binding::kByName) return std::nullopt;
  return DeclareByReference(type, reference, out);
}

Problem ChannelTypeTable::Check(const Type& type, Place place) {
  if (type.id != kNone && type.id > channel::kMaxNumber) {
    return ChannelProblem{place, absl::StrCat("the type's id ", type.id, " is past 31 bits")};
  }
  if (type.version > channel::kMaxNumber) {
    return ChannelProblem{place, absl::StrCat("version ", type.version, " is past 31 bits")};
  }
  if (type.fields.size() > channel::kMaxFieldsOfType) {
    return ChannelProblem{place, absl::StrCat("the type has ", type.fields.size(),
                                              " fields, the limit is ", channel::kMaxFieldsOfType)};
  }
  if (Problem problem = CheckChannelText(type.name, place, "the type's name")) return problem;
  for (const ChannelDraft::Field& field : type.fields) {
    if (field.name.empty()) return ChannelProblem{place, "the type has a field without a name"};
    if (Problem problem = CheckChannelText(field.name, place, "a field's name")) return problem;
  }
  return std::nullopt;
}

Problem ChannelTypeTable::Find(const Content& content, const TemplateType& type,
                               const Contract* reference, uint32_t* position) {
  Type made;
  if (Problem problem = Declare(content, type, reference, made)) return problem;
  if (Problem problem = Check(made, type.place)) return problem;
  const auto [at, added] =
      types_.try_emplace(std::pair(made.name, made.id), static_cast<uint32_t>(draft_.types.size()));
  if (!added) {
    const Type& same = draft_.types[at->second];
    if (same.version == made.version && same.declared == made.declared && same.open == made.open &&
        (!made.declared || same.fields == made.fields)) {
      *position = at->second;
      return std::nullopt;
    }
    return ChannelProblem{type.place, absl::StrCat("the template type ", Quoted(type.name),
                                                   " is another one than that of this name and "
                                                   "id in content that was added before")};
  }
  for (uint32_t i = 0; i < made.fields.size(); ++i) {
    if (made.positions.try_emplace(made.fields[i].name, i).second) continue;
    types_.erase(at);
    return ChannelProblem{type.place, absl::StrCat("the type declares its field ",
                                                   Quoted(made.fields[i].name), " twice")};
  }
  if (draft_.types.size() >= channel::kMaxTypes) {
    types_.erase(at);
    return ChannelProblem{type.place,
                          absl::StrCat("more than ", channel::kMaxTypes, " template types")};
  }
  *position = at->second;
  draft_.types.push_back(std::move(made));
  return std::nullopt;
}

Problem ChannelTypeTable::FindField(const FieldRef& field, Place place, uint32_t type,
                                    uint32_t* position) {
  Type& in = draft_.types[type];
  if (field.kind == FieldKind::kIndex) {
    *position = field.index;
    if (field.index < in.fields.size()) return std::nullopt;
    return ChannelProblem{place, absl::StrCat("field ", field.index, " is not below its type's ",
                                              in.fields.size(), " fields")};
  }
  const auto found = in.positions.find(Abseil(field.name));
  if (found != in.positions.end()) {
    *position = found->second;
    return std::nullopt;
  }
  if (in.declared) {
    return ChannelProblem{
        place, absl::StrCat("its type does not declare the field ", Quoted(field.name),
                            in.open ? ", and though it is open, a channel file has a position for "
                                      "declared fields only"
                                    : "")};
  }
  if (in.fields.size() >= channel::kMaxFieldsOfType) {
    return ChannelProblem{place, absl::StrCat("its type would have more than ",
                                              channel::kMaxFieldsOfType, " fields")};
  }
  if (Problem problem = CheckChannelText(field.name, place, "the field's name")) return problem;
  *position = static_cast<uint32_t>(in.fields.size());
  in.positions.emplace(field.name, *position);
  in.fields.push_back({.name = std::string(field.name)});
  return std::nullopt;
}

void ChannelTypeTable::Shrink(size_t types, uint32_t type, size_t fields) {
  if (draft_.types.size() > types) {
    types_.erase(std::pair(draft_.types.back().name, draft_.types.back().id));
    draft_.types.pop_back();
    return;
  }
  Type& in = draft_.types[type];
  for (; in.fields.size() > fields; in.fields.pop_back()) in.positions.erase(in.fields.back().name);
}

}  // namespace sluice
