#include "engine/decimal.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace sluice {
namespace {

// Exponents past this are cut to it: no text that is compared is as long.
constexpr int64_t kMaxExponent = int64_t{1} << 40;

size_t CountDigits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

// The exponent of ten behind a number, 0 where nothing is; nullopt for anything else.
std::optional<int64_t> Exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || CountDigits(text) != text.size()) return std::nullopt;
  int64_t exponent = 0;
  for (const char c : text) exponent = std::min(exponent * 10 + (c - '0'), kMaxExponent);
  return negative ? -exponent : exponent;
}

// Gives the digits of a number one by one, without its point, and zeros without end.
class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}
  bool done() const { return text_.empty(); }
  char Next() {
    if (text_.starts_with('.')) text_.remove_prefix(1);
    if (text_.empty()) return '0';
    const char digit = text_[0];
    text_.remove_prefix(1);
    return digit;
  }

 private:
  std::string_view text_;
};

}  // namespace

Decimal::Decimal(uint64_t value) {
  if (value == 0) return;
  const auto end = std::to_chars(own_.data(), own_.data() + own_.size(), value).ptr;
  power_ = end - own_.data();
  owned_ = static_cast<uint8_t>(power_);
  while (own_[owned_ - 1u] == '0') --owned_;
}

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) {
    uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return Decimal(value);
  }
  Decimal out;
  out.negative_ = text.starts_with('-');
  if (out.negative_ || text.starts_with('+')) text.remove_prefix(1);
  const std::string_view all = text;
  const size_t whole = CountDigits(text);
  text.remove_prefix(whole);
  const bool point = text.starts_with('.');
  if (point) text.remove_prefix(1);
  const size_t fraction = point ? CountDigits(text) : 0;
  text.remove_prefix(fraction);
  if (whole + fraction == 0) return std::nullopt;
  const std::optional<int64_t> exponent = Exponent(text);
  if (!exponent) return std::nullopt;
  const std::string_view written = all.substr(0, all.size() - text.size());
  const size_t first = written.find_first_not_of("0.");
  if (first == std::string_view::npos) return Decimal();
  out.digits_ = written.substr(first, written.find_last_not_of("0.") + 1 - first);
  const auto offset = static_cast<int64_t>(first);
  const auto at = static_cast<int64_t>(whole);
  // Behind the point, the point itself stands between.
  out.power_ = (first < whole ? at - offset : at + 1 - offset) + *exponent;
  return out;
}

std::strong_ordering Decimal::CompareMagnitude(const Decimal& other) const {
  if (power_ != other.power_) return power_ <=> other.power_;
  Digits a(digits());
  Digits b(other.digits());
  while (!a.done() || !b.done()) {
    const std::strong_ordering order = a.Next() <=> b.Next();
    if (order != 0) return order;
    // What is left of the longer one does not end in 0.
    if (a.done() != b.done()) return b.done() <=> a.done();
  }
  return std::strong_ordering::equal;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const auto sign = [](const Decimal& d) { return d.digits().empty() ? 0 : d.negative_ ? -1 : 1; };
  if (sign(a) != sign(b)) return sign(a) <=> sign(b);
  if (sign(a) == 0) return std::strong_ordering::equal;
  return sign(a) > 0 ? a.CompareMagnitude(b) : b.CompareMagnitude(a);
}

}  // namespace sluice
