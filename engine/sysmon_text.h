// Texts as Sysmon compares them: up to a NUL or to the first byte that is no character, with A-Z as
// a-z (Sysmon rule blob, sections 5.1 and 6.4). That is how Sysmon for Linux does it; how Windows
// folds other letters is not known, so they are left alone everywhere.
//
// Sysmon compares UTF-16. As long as an operand has no unpaired surrogates, the same is found in
// bytes: a value never has any.

#ifndef SLUICE_ENGINE_SYSMON_TEXT_H_
#define SLUICE_ENGINE_SYSMON_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/field_values.h"
#include "engine/work.h"
#include "schema/content.h"
#include "schema/event.h"

namespace sluice {

// What the sensor gets of an operand: `text` is WTF-8 up to some byte.
std::string_view SysmonOperand(std::string_view text);

// What it gets of a value: UTF-8.
std::string_view SysmonValue(std::string_view text);

// WTF-8 to UTF-16, appended to `out`.
void AppendWide(std::string_view text, std::u16string* out);

// The values of one event after another, each made ready at most once. Part of a scratch: its
// memory is kept.
class SysmonValues {
 public:
  // `event` and what it views must last as long as it is asked about.
  void Load(const FieldPlan& plan, const Event& event);

  // nullptr when the event has no such field.
  const EventField* Field(uint32_t slot) const { return fields_.Value(slot); }

  // The value of a slot, letters folded; "-" for one that is missing or empty. Takes a unit a byte
  // the first time; false when there is no more.
  bool Get(uint32_t slot, Work& work, std::string_view* out);
  bool Get(uint32_t slot, Work& work, std::u16string_view* out);

 private:
  // Before it was asked for, data() is nullptr.
  struct Value {
    std::string_view text;
    std::u16string_view wide;
  };

  FieldValues fields_;
  std::vector<Value> values_;  // by slot
  size_t room_ = 0;            // bytes that all values of the event take at most
  std::string buffer_;         // of what folding changes
  size_t buffered_ = 0;
  std::u16string wide_buffer_;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_SYSMON_TEXT_H_
