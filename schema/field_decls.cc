#include "schema/field_decls.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "schema/text.h"

namespace sluice {

void ForEachAmbiguousFieldDecl(
    const Content& content,
    absl::FunctionRef<void(const TemplateType& type, const FieldDecl& field)> visit) {
  absl::flat_hash_set<absl::string_view> names;
  for (const TemplateType& type : content.types()) {
    if (!type.declared) continue;
    names.clear();
    for (const FieldDecl& field : content.field_decls(type)) {
      if (field.name.empty() || !names.insert(Abseil(field.name)).second) visit(type, field);
    }
  }
}

bool HasAmbiguousFieldDecl(const Content& content) {
  bool has = false;
  ForEachAmbiguousFieldDecl(content, [&](const TemplateType&, const FieldDecl&) { has = true; });
  return has;
}

}  // namespace sluice
