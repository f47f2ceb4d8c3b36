// What Sysmon's records and conditions mean, as far as rules need it without running them.
// Source: Sysmon rule blob, sections 5.2, 6 and 7.

#ifndef SLUICE_SCHEMA_SYSMON_H_
#define SLUICE_SCHEMA_SYSMON_H_

#include <array>
#include <string_view>
#include <vector>

#include "schema/binding.h"
#include "schema/content.h"
#include "schema/contract.h"

namespace sluice {

// A Sysmon configuration, which the sensor compiles by names; or its text form.
inline bool IsConfiguration(const Content& content) {
  return content.dialect() == Dialect::kSysmon && content.binding() == Binding::kByName;
}

// A compiled Sysmon rule blob, which the sensor reads by index; or its text form.
inline bool IsBlob(const Content& content) {
  return content.dialect() == Dialect::kSysmon && content.binding() == Binding::kByIndex;
}

// The operand of a list condition split at ';', empty items included. At most `limit` items: the
// last then holds the rest.
std::vector<std::string_view> ListItems(std::string_view operand, size_t limit = 100'000);

// Whether a list has an empty item: then the item is the whole rest of the operand from there, and
// at the end it is an item that occurs in every value.
enum class EmptyItem : uint8_t { kAbsent, kInside, kTrailing };
EmptyItem FindEmptyItem(std::string_view operand);

// True for the conditions whose operand is a list.
bool TakesList(Operator op);

// What a condition does on every value that an event can have: values are never empty, since a
// missing one is "-".
enum class Verdict : uint8_t { kDepends, kAlways, kNever };
Verdict ConditionVerdict(Operator op, std::string_view operand);

// True for the conditions that are the negation of another.
bool IsNegative(Operator op);

// A condition that settles, with an earlier one on the same field, what they say together: ORed,
// one of them always holds; ANDed, no value meets both.
struct Settled {
  uint32_t criterion;  // in Content::criteria(); the later of the two
  bool always;         // they are ORed
};

// The settled conditions of a record, at most one for each field of the record and of each group,
// in order. Conditions on one field are ORed in a record of either kind (section 6.3) and in an OR
// group. Looks at `is`, `begin with`, `end with` and their negations. Linear time.
std::vector<Settled> FindSettled(const Content& content, const Instance& instance);

// The event that a record compiles to on this sensor: the first of the series that has every field
// of the record (section 5.2, step 6); nullptr when none has them all, or the type is not there.
const ContractType* ResolveEvent(const Content& content, const Bound& bound,
                                 const Contract& contract, const Instance& instance);

// Whether events that the record does not match are logged. `bound` knows the default of the type,
// which holds where the record states none (section 5.2, step 4).
bool DefaultIncludes(const Content& content, const Bound& bound, const Instance& instance);

// The sensors whose word decides whether Sysmon content is valid at all, out of its self-contract.
// A configuration breaks when it does for every one of them; a blob when no build of its binary
// version accepts it, and then it is judged by the newest. Empty when nothing can be invalid.
SensorSet Judges(const Content& content, const Bound& self);

// The checked sensors whose contract lists options at all; and those of them that do not know this
// one (ASCII letters in any case).
SensorSet ListsOptions(const Bound& bound);
SensorSet WithoutOption(const Bound& bound, std::string_view option);

// For each template type the first one of the same class: types of one series count as one when the
// engine decides about an event (section 6.1).
std::vector<uint32_t> RecordClasses(const Content& content);

// How the template types that several events share (RegistryEvent by 12, 13 and 14) are bound. Made
// once for a content and a fleet; asking is a few set operations for each criterion.
class SeriesBinding {
 public:
  // The most events of one series.
  static constexpr size_t kMaxEvents = 4;

  SeriesBinding(const Content& content, const Bound& bound);

  // True when no type of the content is backed by several events: nothing else needs to be asked.
  bool empty() const { return is_series_.empty(); }
  bool IsSeries(uint32_t type) const { return !empty() && is_series_[type]; }

  // One set for each event of a series, in the order of `SeriesOf`.
  using EventSets = std::array<SensorSet, kMaxEvents>;

  // For each event of the series the sensors that compile the record for it: the first event that
  // has every field of the record (section 5.2, step 6). A blob's record has its own event, the
  // first.
  EventSets CompiledFor(const Instance& instance) const;

  // The sensors on which one event of the series has every field of the record.
  SensorSet Resolving(const Instance& instance) const;

  // The sensors on which two events of the series have the field at different places. A record is
  // compiled for one of them, so there it never matches the other's events (section 6.4).
  SensorSet Split(uint32_t field) const;

 private:
  // A field that some sensor has.
  struct Entry {
    EventSets having;  // the sensors whose event N has the field
    SensorSet split;
  };

  void FindSeries();
  void BindField(uint32_t field);
  const Entry* Find(uint32_t field) const {
    return entry_of_.empty() || entry_of_[field] == kNone ? nullptr : &entries_[entry_of_[field]];
  }

  const Content* content_;
  const Bound* bound_;
  std::vector<bool> is_series_;     // by type; empty when none is
  std::vector<uint32_t> entry_of_;  // by field; empty when there is no series
  std::vector<Entry> entries_;
};

// The events of the series that a type of the content belongs to on this sensor: in the sensor's
// own order for a type that is given by name; its own event first, then the others, for one given
// by id.
std::vector<const ContractType*> SeriesOf(const Content& content, const Bound& bound,
                                          const Contract& contract, uint32_t type);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SYSMON_H_
