#include "engine/date_part.h"

#include <algorithm>
#include <chrono>

namespace sluice {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads a date from the left.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }

  bool Take(std::string_view one_of) {
    if (text_.empty() || one_of.find(text_[0]) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }

  // Exactly `digits` digits.
  std::optional<uint32_t> Number(size_t digits) {
    if (text_.size() < digits) return std::nullopt;
    uint32_t value = 0;
    for (size_t i = 0; i < digits; ++i) {
      if (!IsDigit(text_[i])) return std::nullopt;
      value = value * 10 + static_cast<uint32_t>(text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return value;
  }

  // Two digits below `limit`.
  std::optional<uint32_t> Below(uint32_t limit) {
    const std::optional<uint32_t> value = Number(2);
    return value && *value < limit ? value : std::nullopt;
  }

  bool Digits() {
    const size_t count = std::min(text_.find_first_not_of("0123456789"), text_.size());
    text_.remove_prefix(count);
    return count > 0;
  }

 private:
  std::string_view text_;
};

struct Time {
  uint32_t hour = 0;
  uint32_t minute = 0;
};

// From the hour to the end. A leap second is one.
std::optional<Time> ReadTime(Reader& in) {
  const std::optional<uint32_t> hour = in.Below(24);
  if (!hour || !in.Take(":")) return std::nullopt;
  const std::optional<uint32_t> minute = in.Below(60);
  if (!minute) return std::nullopt;
  if (in.Take(":")) {
    if (!in.Below(61)) return std::nullopt;
    if (in.Take(".,") && !in.Digits()) return std::nullopt;
  }
  if (!in.done() && !in.Take("Zz")) {
    if (!in.Take("+-") || !in.Below(24)) return std::nullopt;
    in.Take(":");
    if (!in.done() && !in.Below(60)) return std::nullopt;
  }
  return in.done() ? std::optional<Time>({*hour, *minute}) : std::nullopt;
}

// The Thursday of a week says which year it belongs to.
uint32_t IsoWeek(std::chrono::sys_days day) {
  using namespace std::chrono;  // NOLINT: its literals and types
  const auto from_monday = days(weekday(day).iso_encoding() - 1);
  const sys_days thursday = day - from_monday + days(3);
  const sys_days first = sys_days(year_month_day(thursday).year() / January / 1);
  return static_cast<uint32_t>((thursday - first).count() / 7 + 1);
}

}  // namespace

std::optional<uint32_t> DatePart(std::string_view text, TimePart part) {
  Reader in(text);
  const std::optional<uint32_t> year = in.Number(4);
  if (!year || !in.Take("-")) return std::nullopt;
  const std::optional<uint32_t> month = in.Number(2);
  if (!month || !in.Take("-")) return std::nullopt;
  const std::optional<uint32_t> day = in.Number(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day));
  if (!date.ok()) return std::nullopt;
  std::optional<Time> time;
  if (!in.done()) {
    if (!in.Take("Tt ")) return std::nullopt;
    time = ReadTime(in);
    if (!time) return std::nullopt;
  }
  switch (part) {
    case TimePart::kMinute:
      return time ? std::optional(time->minute) : std::nullopt;
    case TimePart::kHour:
      return time ? std::optional(time->hour) : std::nullopt;
    case TimePart::kDay:
      return day;
    case TimePart::kWeek:
      return IsoWeek(std::chrono::sys_days(date));
    case TimePart::kMonth:
      return month;
    case TimePart::kYear:
      return year;
    case TimePart::kWhole:
      break;
  }
  return std::nullopt;
}

}  // namespace sluice
