// SL532 modifier-without-effect
//
// `windash` at values without a dash or slash, or `expand` at values without a placeholder: none
// of the field's values is changed.
//
// The dash may have been lost, or the `%` around the name. A list in which some values have one is
// fine.
//
//   CommandLine|contains|windash: 'encodedcommand'        # '-encodedcommand'
//
// Fix: remove the modifier, or write the dash or the placeholder.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include <cstdint>
#include <span>

#include "absl/container/flat_hash_set.h"
#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL532;

namespace {

using Offsets = absl::flat_hash_set<uint32_t>;

// Where the values stand that `modifier` leaves as they are.
Offsets Unchanged(const Content& content, std::string_view modifier) {
  Offsets offsets;
  for (const Irregularity& i : content.irregularities()) {
    if (i.kind == IrregularityKind::kSigmaModifierNoEffect && i.detail == modifier) {
      offsets.insert(i.place.offset);
    }
  }
  return offsets;
}

// The modifier in the criterion's key, otherwise all of its modifiers.
Place PlaceOfModifier(const Content& content, const Criterion& criterion,
                      std::string_view modifier) {
  const size_t at = criterion.operator_text.find(modifier);
  const bool written = TextAt(content, criterion.operator_place) == criterion.operator_text;
  if (at == std::string_view::npos || !written) return criterion.operator_place;
  return {static_cast<uint32_t>(criterion.operator_place.offset + at),
          static_cast<uint32_t>(modifier.size())};
}

void ReportItem(const RuleInput& in, Reporter& out, const Instance& instance,
                const Criterion& criterion, std::string_view modifier) {
  const Place place = PlaceOfModifier(in.content, criterion, modifier);
  Finding* f = out.Report(kSL532, place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = FieldLabel(in.content, in.self, criterion);
  Say(*f, "changes nothing",
      Cat(Quoted(modifier), " leaves every value of ", f->field, " as it is"),
      modifier == "expand" ? "remove it, or write a placeholder such as '%name%'"
                           : "remove it, or write the dash that it is to vary");
  RemoveModifier(in.content,
                 {.kind = IrregularityKind::kSigmaModifierNoEffect,
                  .place = place,
                  .instance = IndexOf(in.content, instance),
                  .detail = modifier},
                 *f);
}

// The criteria of one key stand together.
void CheckInstance(const RuleInput& in, Reporter& out, const Instance& instance,
                   std::string_view modifier, const Offsets& unchanged) {
  const std::span<const Criterion> criteria = in.content.criteria(instance);
  for (size_t i = 0; i < criteria.size();) {
    const uint32_t item = in.content.written(criteria[i])->item;
    const size_t first = i;
    bool all = true;
    for (; i < criteria.size() && in.content.written(criteria[i])->item == item; ++i) {
      const auto operands = in.content.operands(criteria[i]);
      all = all && !operands.empty() && unchanged.contains(operands.front().place.offset);
    }
    if (all) ReportItem(in, out, instance, criteria[first], modifier);
  }
}

void Check(const RuleInput& in, Reporter& out) {
  for (const std::string_view modifier : {"windash", "expand"}) {
    const Offsets unchanged = Unchanged(in.content, modifier);
    if (unchanged.empty()) continue;
    ForEachCompleteRule(in.content, [&](const Instance& instance) {
      CheckInstance(in, out, instance, modifier, unchanged);
    });
  }
}

}  // namespace

const Rule kSL532 = {{"SL532", "modifier-without-effect", Severity::kNote, Category::kHygiene,
                      "`windash` or `expand` at values that it leaves as they are", kSigmaFiles},
                     Check};

}  // namespace sluice
