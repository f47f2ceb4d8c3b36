#include <algorithm>
#include <cstdio>

#include "tests/engine/generate_sigma.h"
#include "tests/engine/generate_text.h"

namespace sluice::naive {
namespace {

EventField Changed(NaiveRandom& random, EventField field) {
  switch (random.Below(14)) {
    case 0:
    case 1:
    case 2:
      field.text = Mutate(random, field.text);
      break;
    case 3:
      field.text = InOtherCase(random, field.text);
      break;
    case 4:
      field.text = "";
      break;
    case 5:
      field.text = RandomText(random, 5);
      break;
    case 6:
      if (random.OneIn(8)) {
        field.text = std::string(300 + random.Below(200), 'a') + field.text + RandomText(random, 3);
      }
      break;
    case 7:
      return {EventField::kNull, field.name, ""};
    case 8:
      field.text = RandomText(random, 2) + field.text + RandomText(random, 2);
      break;
    default:
      break;
  }
  if (field.kind != EventField::kText && !ReadNumber(field.text)) field.kind = EventField::kText;
  return field;
}

void Add(Event* event, EventField field) {
  const bool there = std::ranges::any_of(
      event->fields, [&](const EventField& other) { return other.name == field.name; });
  if (!there) event->fields.push_back(std::move(field));
}

}  // namespace

Event EventNear(NaiveRandom& random, std::string_view type, const std::vector<Hint>& hints) {
  Event event;
  const size_t slash = type.find('/');
  event.types = {std::string(type)};
  if (slash != std::string_view::npos) event.types.emplace_back(type.substr(0, slash));
  if (random.OneIn(20)) event.types = {"linux/process_creation", "linux"};
  if (random.OneIn(10)) event.types.emplace_back("linux/proxy");
  std::vector<Hint> order = hints;
  for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.Below(i)]);
  for (const Hint& hint : order) {
    if (random.OneIn(8)) continue;
    EventField field = random.OneIn(2) ? hint : Changed(random, hint);
    if (field.name.empty()) field.name = OneOf(random, {"Data", "User", "Message", "Image"});
    Add(&event, field);
  }
  if (random.OneIn(4)) Add(&event, {EventField::kText, "Extra", RandomText(random, 3)});
  if (random.OneIn(6)) Add(&event, {EventField::kText, "Image", RandomText(random, 3)});
  if (random.OneIn(200)) event.fields.clear();
  return event;
}

std::string Describe(const Event& event) {
  std::string out = "types:";
  for (const std::string& type : event.types) out += " " + type;
  for (const EventField& field : event.fields) {
    out += "\n  " + field.name + " (" + std::to_string(field.kind) + ") = \"";
    for (const char c : field.text) {
      char hex[8];
      const bool plain = c >= ' ' && c < 0x7f && c != '"';
      std::snprintf(hex, sizeof hex, plain ? "%c" : "\\x%02x", static_cast<uint8_t>(c));
      out += hex;
    }
    out += "\"";
  }
  return out + "\n";
}

}  // namespace sluice::naive
