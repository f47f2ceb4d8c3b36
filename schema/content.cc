#include "schema/content.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "schema/text.h"

namespace sluice {
namespace {

template <typename T, typename Same>
bool SameEach(std::span<const T> a, std::span<const T> b, Same same) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool SameType(const TemplateType& a, const TemplateType& b) {
  return a.name == b.name && a.id == b.id && a.declared == b.declared && a.open == b.open &&
         a.fields == b.fields && a.version == b.version;
}

bool SameFieldDecl(const FieldDecl& a, const FieldDecl& b) {
  return a.name == b.name && a.type == b.type;
}

bool SameField(const FieldRef& a, const FieldRef& b) {
  return a.type == b.type && a.kind == b.kind && a.index == b.index && a.name == b.name;
}

bool SameCriterion(const Criterion& a, const Criterion& b) {
  return a.field == b.field && a.op == b.op && a.flags == b.flags && a.group == b.group &&
         a.time_part == b.time_part && a.operands == b.operands && a.name == b.name &&
         (a.op != Operator::kUnknown || a.operator_text == b.operator_text);
}

bool SameGroup(const Group& a, const Group& b) {
  return a.combine == b.combine && a.criteria == b.criteria && a.id == b.id && a.name == b.name;
}

bool SameInstance(const Instance& a, const Instance& b) {
  return a.type == b.type && a.ordinal == b.ordinal && a.id == b.id && a.name == b.name &&
         a.criteria == b.criteria && a.groups == b.groups && a.condition == b.condition &&
         a.attributes == b.attributes && a.selections == b.selections && a.role == b.role &&
         a.incomplete == b.incomplete && a.record_default == b.record_default &&
         a.combine == b.combine;
}

bool SameAttribute(const Attribute& a, const Attribute& b) {
  return a.key == b.key && a.value == b.value && a.kind == b.kind && a.item == b.item;
}

bool SameSelection(const SigmaSelection& a, const SigmaSelection& b) {
  return a.name == b.name && a.criteria == b.criteria && a.condition == b.condition &&
         a.keywords == b.keywords && a.uses == b.uses;
}

bool SameWritten(const Written& a, const Written& b) {
  return a.value == b.value && a.item == b.item && a.position == b.position && a.type == b.type &&
         a.in_list == b.in_list;
}

// How criteria were written, of contents with the same criteria: quotes aside.
bool SameWriting(const Content& a, const Content& b) {
  for (size_t i = 0; i < a.criteria().size(); ++i) {
    const Written* one = a.written(a.criteria()[i]);
    const Written* other = b.written(b.criteria()[i]);
    if ((one == nullptr) != (other == nullptr)) return false;
    if (one != nullptr && !SameWritten(*one, *other)) return false;
  }
  return true;
}

bool SameToken(const ConditionToken& a, const ConditionToken& b) {
  return a.kind == b.kind && a.value == b.value && a.n == b.n;
}

bool SameSetting(const Setting& a, const Setting& b) {
  return a.name == b.name && a.value == b.value;
}

bool SameMetadata(const Metadata& a, const Metadata& b) {
  return a.has_schema_version == b.has_schema_version && a.schema_version == b.schema_version &&
         a.binary_major == b.binary_major && a.binary_minor == b.binary_minor &&
         a.format_version == b.format_version && a.content_version == b.content_version;
}

}  // namespace

std::string_view Name(Dialect dialect) {
  constexpr std::string_view kNames[] = {"channel", "sysmon", "sigma"};
  return kNames[static_cast<size_t>(dialect)];
}

std::string_view Name(InstanceRole role) {
  constexpr std::string_view kNames[] = {"rule", "correlation", "filter", "fragment", "other"};
  return kNames[static_cast<size_t>(role)];
}

const Attribute* Content::attribute(const Instance& instance, std::string_view key) const {
  for (const Attribute& attribute : attributes(instance)) {
    if (!attribute.item && attribute.key == key) return &attribute;
  }
  return nullptr;
}

std::string InstanceName(const Content& content, const Instance& instance,
                         const Criterion* criterion) {
  if (content.dialect() != Dialect::kSysmon) {
    return Printable(instance.id.empty() ? instance.name : instance.id);
  }
  const TemplateType& type = content.type(instance);
  const std::string_view name =
      criterion != nullptr && !criterion->name.empty() ? criterion->name : instance.name;
  std::string out = type.name.empty() ? absl::StrCat("event ", type.id) : Printable(type.name);
  absl::StrAppend(&out, "#", instance.ordinal);
  if (!name.empty()) absl::StrAppend(&out, "/", Printable(name));
  return out;
}

bool SameMeaning(const Content& a, const Content& b) {
  return a.dialect() == b.dialect() && a.binding() == b.binding() &&
         SameMetadata(a.metadata(), b.metadata()) && SameEach(a.types(), b.types(), SameType) &&
         SameEach(a.field_decls(), b.field_decls(), SameFieldDecl) &&
         SameEach(a.fields(), b.fields(), SameField) &&
         SameEach(a.instances(), b.instances(), SameInstance) &&
         SameEach(a.criteria(), b.criteria(), SameCriterion) &&
         std::ranges::equal(a.operands(), b.operands()) &&
         SameEach(a.groups(), b.groups(), SameGroup) &&
         SameEach(a.condition(), b.condition(), SameToken) &&
         SameEach(a.settings(), b.settings(), SameSetting) &&
         std::ranges::equal(a.built_for(), b.built_for()) &&
         SameEach(a.attributes(), b.attributes(), SameAttribute) &&
         SameEach(a.selections(), b.selections(), SameSelection) && SameWriting(a, b);
}

}  // namespace sluice
