// What Sysmon's conditions mean, as far as rules need it without running them.
// Source: the rule blob facts, sections 6 and 7.

#ifndef SLUICE_SCHEMA_SYSMON_H_
#define SLUICE_SCHEMA_SYSMON_H_

#include <string_view>
#include <vector>

#include "schema/binding.h"
#include "schema/content.h"
#include "schema/contract.h"

namespace sluice {

// The operand of a list condition split at ';', empty items included. At most `limit` items: the last
// then holds the rest.
std::vector<std::string_view> ListItems(std::string_view operand, size_t limit = 100'000);

// Whether a list has an empty item: then the item is the whole rest of the operand from there, and at
// the end it is an item that occurs in every value.
enum class EmptyItem : uint8_t { kAbsent, kInside, kTrailing };
EmptyItem FindEmptyItem(std::string_view operand);

// What a condition does on every value that an event can have: values are never empty, since a missing
// one is "-".
enum class Verdict : uint8_t { kDepends, kAlways, kNever };
Verdict ConditionVerdict(Operator op, std::string_view operand);

// True for the conditions that are the negation of another.
bool IsNegative(Operator op);

// The event that a record compiles to on this sensor: the first of the series that has every field of
// the record (section 5.2, step 6); nullptr when none has them all, or the type is not there.
const ContractType* ResolveEvent(const Content& content, const Bound& bound,
                                 const Contract& contract, const Instance& instance);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SYSMON_H_
