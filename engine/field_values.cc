#include "engine/field_values.h"

#include <bit>

#include "engine/fold.h"
#include "schema/text.h"

namespace sluice {

uint32_t FieldPlan::Add(std::string_view name) {
  const auto [found, is_new] = slots_.emplace(Abseil(name), static_cast<uint32_t>(slots_.size()));
  if (is_new) AddQuickly(name, found->second);
  return found->second;
}

// Keeps eight places for each name, so that few share one.
void FieldPlan::AddQuickly(std::string_view name, uint32_t slot) {
  constexpr size_t kPlaces = 8;
  const auto put = [this](std::string_view added, uint32_t its_slot) {
    Quick& quick = quick_[QuickHash(added) >> quick_shift_];
    if (quick.slot == kNone) quick = {added, its_slot};
  };
  if (quick_.size() >= slots_.size() * kPlaces) return put(name, slot);
  quick_.assign(std::bit_ceil(slots_.size() * kPlaces * 2), {});
  quick_shift_ = 64 - std::countr_zero(quick_.size());
  for (const auto& [known, its_slot] : slots_) put(Standard(known), its_slot);
}

uint32_t FieldPlan::FindSlowly(std::string_view name) const {
  const auto found = slots_.find(Abseil(name));
  return found == slots_.end() ? kNone : found->second;
}

void FieldValues::Load(const FieldPlan& plan, const Event& event) {
  for (const uint32_t slot : slot_of_) {
    if (slot != kNone) field_of_[slot] = kNone;
  }
  field_of_.resize(plan.size(), kNone);
  event_ = &event;
  slot_of_.clear();
  folded_.assign(event.fields.size(), {});
  size_t room = 0;
  for (uint32_t i = 0; i < event.fields.size(); ++i) {
    uint32_t slot = plan.Find(event.fields[i].name);
    // Of equal names the first counts.
    if (slot != kNone && field_of_[slot] != kNone) slot = kNone;
    slot_of_.push_back(slot);
    if (slot != kNone) field_of_[slot] = i;
    room += MaxFoldedSize(event.fields[i].text.size());
  }
  // Views into it last as long as the event.
  if (buffer_.size() < room) buffer_.resize(room);
  buffered_ = 0;
}

bool FieldValues::Folded(uint32_t field, Work& work, std::string_view* out) {
  std::string_view& folded = folded_[field];
  if (folded.data() == nullptr) {
    const std::string_view text = event_->fields[field].text;
    if (!work.Take(text.size())) return false;
    if (text.empty()) {
      folded = std::string_view("");
    } else if (IsFolded(text)) {
      folded = text;
    } else {
      char* to = buffer_.data() + buffered_;
      folded = {to, Fold(text, to)};
      buffered_ += MaxFoldedSize(text.size());
    }
  }
  *out = folded;
  return true;
}

}  // namespace sluice
