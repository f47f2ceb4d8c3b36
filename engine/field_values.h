// The fields that content reads, and their values in one event.

#ifndef SLUICE_ENGINE_FIELD_VALUES_H_
#define SLUICE_ENGINE_FIELD_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/work.h"
#include "schema/event.h"

namespace sluice {

// Gives every distinct field name that content reads a slot.
class FieldPlan {
 public:
  // The slot of `name`, which must outlive the plan; a new one when there is none.
  uint32_t Add(std::string_view name);
  // kNone when there is none.
  uint32_t Find(std::string_view name) const {
    if (quick_.empty()) return kNone;
    const Quick& quick = quick_[QuickHash(name) >> quick_shift_];
    if (quick.slot == kNone) return kNone;
    return quick.name == name ? quick.slot : FindSlowly(name);
  }
  size_t size() const { return slots_.size(); }

 private:
  // Most names of an event are found, or known not to be there, with one look here. What has its
  // place taken by another name is in `slots_` alone.
  struct Quick {
    std::string_view name;
    uint32_t slot = kNone;
  };
  static uint64_t QuickHash(std::string_view name);
  void AddQuickly(std::string_view name, uint32_t slot);
  uint32_t FindSlowly(std::string_view name) const;

  absl::flat_hash_map<absl::string_view, uint32_t> slots_;
  std::vector<Quick> quick_;
  int quick_shift_ = 64;
};

inline uint64_t FieldPlan::QuickHash(std::string_view name) {
  uint64_t first = 0;
  uint64_t last = 0;
  if (name.size() >= sizeof(first)) {
    std::memcpy(&first, name.data(), sizeof(first));
    std::memcpy(&last, name.data() + name.size() - sizeof(last), sizeof(last));
  } else if (name.size() >= sizeof(uint32_t)) {
    std::memcpy(&first, name.data(), sizeof(uint32_t));
    std::memcpy(&last, name.data() + name.size() - sizeof(uint32_t), sizeof(uint32_t));
  } else {
    for (const char c : name) first = first << 8 | static_cast<unsigned char>(c);
  }
  const uint64_t hash = (first * 0x9E3779B97F4A7C15) ^ (last + name.size());
  return (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
}

// The values of one event after another. Each is folded at most once, when it is first asked for
// so. Part of a scratch: its memory is kept.
class FieldValues {
 public:
  // `event` and what it views must last as long as it is asked about.
  void Load(const FieldPlan& plan, const Event& event);

  std::span<const EventField> fields() const { return event_->fields; }
  // The position of a slot's field in the event; kNone when the event has none.
  uint32_t FieldOf(uint32_t slot) const { return field_of_[slot]; }
  // The slot of a field of the event; kNone when no content reads it.
  uint32_t SlotOf(uint32_t field) const { return slot_of_[field]; }
  // nullptr when the event has no such field.
  const EventField* Value(uint32_t slot) const {
    return field_of_[slot] == kNone ? nullptr : &event_->fields[field_of_[slot]];
  }

  // The text of a field of the event, letters folded. Takes a unit a byte the first time; false
  // when there is no more.
  bool Folded(uint32_t field, Work& work, std::string_view* out);

 private:
  const Event* event_ = nullptr;
  std::vector<uint32_t> field_of_;        // by slot
  std::vector<uint32_t> slot_of_;         // by field of the event
  std::vector<std::string_view> folded_;  // by field of the event; data() is nullptr before
  std::vector<char> buffer_;              // of what folding changes
  size_t buffered_ = 0;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_FIELD_VALUES_H_
