// Declared fields that cannot be told from others of their template type by name: an earlier one
// has the same name, or there is none.
//
// Only channel files can say so: the text form and writers refuse it.

#ifndef SLUICE_SCHEMA_FIELD_DECLS_H_
#define SLUICE_SCHEMA_FIELD_DECLS_H_

#include "absl/functional/function_ref.h"
#include "schema/content.h"

namespace sluice {

// Calls `visit` with each of them, and its template type, in order.
void ForEachAmbiguousFieldDecl(
    const Content& content,
    absl::FunctionRef<void(const TemplateType& type, const FieldDecl& field)> visit);

bool HasAmbiguousFieldDecl(const Content& content);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_FIELD_DECLS_H_
