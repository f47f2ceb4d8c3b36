// What rules about the metadata of Sigma rules share: what stands outside of `detection`.

#ifndef SLUICE_SCHEMA_SIGMA_METADATA_H_
#define SLUICE_SCHEMA_SIGMA_METADATA_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/content.h"
#include "schema/finding.h"
#include "schema/rule.h"
#include "schema/sigma.h"

namespace sluice {

inline bool IsScalar(const Attribute& attribute) {
  return attribute.kind != AttributeKind::kMap && attribute.kind != AttributeKind::kList;
}

// A value that is there and says nothing: null, or a text without anything in it.
inline bool IsBlank(const Attribute& attribute) {
  return IsScalar(attribute) && (attribute.kind == AttributeKind::kNull || attribute.value.empty());
}

// The attribute when it holds a scalar that is not blank; nullptr otherwise.
const Attribute* ScalarOf(const Content& content, const Instance& instance, std::string_view key);

// Reports every rule without the attribute `key`, and every correlation and filter if `all`.
void ReportMissing(const RuleInput& in, Reporter& out, const Rule& rule, std::string_view key,
                   bool all, std::string_view effect, std::string_view help);

// Reports each item of the lists under `key` that an earlier one of the same instance repeats.
// Linear. `key` must hold lists of scalars.
void ReportRepeatedItems(const RuleInput& in, Reporter& out, const Rule& rule,
                         std::string_view key);

// "a", "b" or "c".
std::string AnyOf(std::span<const std::string_view> words);

// The one of `words` that `text` is but for letter case, blanks around it, or one letter more,
// less, other or changed with its neighbour; empty for none. Stricter than `Closest`: it is put
// right.
std::string_view NearWord(std::string_view text, std::span<const std::string_view> words);

// 8-4-4-4-12 hexadecimal digits.
bool IsUuid(std::string_view text);

// A text of the form YYYY-MM-DD, be there such a day or not.
struct SigmaDate {
  int year = 0;
  int month = 0;
  int day = 0;
  friend auto operator<=>(const SigmaDate&, const SigmaDate&) = default;
};
std::optional<SigmaDate> ReadSigmaDate(std::string_view text);
bool Exists(const SigmaDate& date);

// Edits that put `replacement`, which needs no quotes, in place of the value. None where the file
// has the value in another form than it stands in the model.
std::vector<Edit> ReplaceValue(const Content& content, const Attribute& attribute,
                               std::string replacement);

// Edits that take the line of a list's item away. None where it shares the line with anything else.
std::vector<Edit> RemoveItem(const Content& content, const Attribute& item);

// Edits that put `place` in single quotes. None where that could mean anything else.
std::vector<Edit> PutInQuotes(const Content& content, Place place);

// Calls `visit(tag, instance)` for the tags that are text.
template <typename Visit>
void ForEachTag(const Content& content, Visit visit) {
  ForEachDocument(content, [&](const Instance& instance) {
    ForEachItem(content, instance, "tags", [&](const Attribute& tag) {
      if (IsScalar(tag) && !IsBlank(tag)) visit(tag, instance);
    });
  });
}

// What follows `space` and '.' in a tag, be it in capitals; empty for a tag of another namespace.
std::string_view InNamespace(std::string_view tag, std::string_view space);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_METADATA_H_
