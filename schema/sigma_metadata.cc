#include "schema/sigma_metadata.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "schema/byte_set.h"
#include "schema/rule_text.h"

namespace sluice {
namespace {

// Up to this many, items are compared with one another rather than put into a set.
constexpr size_t kFewItems = 24;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) {
  static constexpr ByteSet kHexDigits("0123456789abcdefABCDEF");
  return kHexDigits.Has(c);
}

std::string_view TextAt(const Content& content, Place place) {
  const std::string_view text = content.text();
  if (place.offset > text.size() || place.length > text.size() - place.offset) return {};
  return text.substr(place.offset, place.length);
}

// Texts that were seen, few of them or many.
class Seen {
 public:
  // False when it is there already.
  bool Add(std::string_view text) {
    if (!many_.empty()) return many_.insert(text).second;
    const auto known = std::span(few_).first(count_);
    if (std::ranges::find(known, text) != known.end()) return false;
    if (count_ < kFewItems) {
      few_[count_++] = text;
      return true;
    }
    many_.insert(few_.begin(), few_.end());
    return many_.insert(text).second;
  }

 private:
  std::array<std::string_view, kFewItems> few_;
  size_t count_ = 0;
  absl::flat_hash_set<std::string_view> many_;
};

bool SameLetters(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return AsciiLower(x) == AsciiLower(y); });
}

// One letter more, less or other, or two neighbours changed.
bool OneSlip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t same = 0;
  while (same < a.size() && AsciiLower(a[same]) == AsciiLower(b[same])) ++same;
  a.remove_prefix(same);
  b.remove_prefix(same);
  if (a.size() < b.size()) return SameLetters(a, b.substr(1));
  if (a.empty() || SameLetters(a.substr(1), b.substr(1))) return true;
  return a.size() > 1 && AsciiLower(a[0]) == AsciiLower(b[1]) &&
         AsciiLower(a[1]) == AsciiLower(b[0]) && SameLetters(a.substr(2), b.substr(2));
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

const Attribute* ScalarOf(const Content& content, const Instance& instance, std::string_view key) {
  const Attribute* found = content.attribute(instance, key);
  return found != nullptr && IsScalar(*found) && !IsBlank(*found) ? found : nullptr;
}

void ReportMissing(const RuleInput& in, Reporter& out, const Rule& rule, std::string_view key,
                   bool all, std::string_view effect, std::string_view help) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (!all && instance.role != InstanceRole::kRule) return;
    if (in.content.attribute(instance, key) != nullptr) return;
    if (Finding* f = out.Report(rule, DocumentPlace(in.content, instance), &instance)) {
      Say(*f, effect, Cat("the ", Name(instance.role), " has no ", Quoted(key)), help);
    }
  });
}

void ReportRepeatedItems(const RuleInput& in, Reporter& out, const Rule& rule,
                         std::string_view key) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    Seen seen;
    ForEachItem(in.content, instance, key, [&](const Attribute& item) {
      if (!IsScalar(item) || IsBlank(item) || seen.Add(item.value)) return;
      Finding* f = out.Report(rule, item.place, &instance);
      if (f == nullptr) return;
      f->fix = RemoveItem(in.content, item);
      Say(*f, "says nothing new", Cat(Quoted(item.value), " stands twice under ", Quoted(key)),
          "remove one of the two");
    });
  });
}

std::string AnyOf(std::span<const std::string_view> words) {
  std::string all;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) all += i + 1 == words.size() ? " or " : ", ";
    all += Quoted(words[i]);
  }
  return all;
}

std::string_view NearWord(std::string_view text, std::span<const std::string_view> words) {
  text = Trimmed(text);
  for (const std::string_view word : words) {
    if (EqualsIgnoreCase(text, word)) return word;
  }
  for (const std::string_view word : words) {
    if (OneSlip(text, word)) return word;
  }
  return {};
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !IsHex(text[i])) return false;
  }
  return true;
}

std::optional<SigmaDate> ReadSigmaDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (const size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!IsDigit(text[i])) return std::nullopt;
  }
  const auto number = [&](size_t begin, size_t end) {
    int value = 0;
    for (size_t i = begin; i < end; ++i) value = value * 10 + (text[i] - '0');
    return value;
  };
  return SigmaDate{number(0, 4), number(5, 7), number(8, 10)};
}

bool Exists(const SigmaDate& date) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1) return false;
  const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  return date.day <= kDays[date.month - 1] + (leap && date.month == 2 ? 1 : 0);
}

std::vector<Edit> ReplaceValue(const Content& content, const Attribute& attribute,
                               std::string replacement) {
  const std::string_view written = TextAt(content, attribute.place);
  if (written == attribute.value) return {{attribute.place, std::move(replacement)}};
  const bool quoted = written.size() >= 2 && written.size() == attribute.value.size() + 2 &&
                      (written.front() == '\'' || written.front() == '"') &&
                      written.substr(1, attribute.value.size()) == attribute.value;
  if (!quoted) return {};
  const auto length = static_cast<uint32_t>(attribute.value.size());
  return {{{attribute.place.offset + 1, length}, std::move(replacement)}};
}

std::vector<Edit> RemoveItem(const Content& content, const Attribute& item) {
  const std::string_view text = content.text();
  size_t begin = item.place.offset;
  size_t end = item.place.end();
  if (begin > text.size() || end > text.size()) return {};
  // In a block of text a comment may stand.
  if (TextAt(content, item.place).find('\n') != std::string_view::npos) return {};
  while (begin > 0 && text[begin - 1] == ' ') --begin;
  if (begin == 0 || text[begin - 1] != '-') return {};
  --begin;
  while (begin > 0 && text[begin - 1] == ' ') --begin;
  if (begin > 0 && text[begin - 1] != '\n') return {};
  while (end < text.size() && text[end] == ' ') ++end;
  if (end < text.size() && text[end] == '\r') ++end;
  if (end < text.size() && text[end] != '\n') return {};
  if (end < text.size()) ++end;
  return {{{static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)}, ""}};
}

std::vector<Edit> PutInQuotes(const Content& content, Place place) {
  const std::string_view written = TextAt(content, place);
  if (written.empty() || written.find_first_of("#\n\r'\"{}[]&*!|>?") != std::string_view::npos) {
    return {};
  }
  // Behind a key or a dash: neither in a list of its line, nor behind a tag that says another type.
  size_t before = place.offset;
  while (before > 0 && content.text()[before - 1] == ' ') --before;
  const char last = before > 0 ? content.text()[before - 1] : '\0';
  if (last != ':' && last != '-') return {};
  return {{place, Cat("'", written, "'")}};
}

std::string_view InNamespace(std::string_view tag, std::string_view space) {
  if (tag.size() <= space.size() || tag[space.size()] != '.') return {};
  if (!EqualsIgnoreCase(tag.substr(0, space.size()), space)) return {};
  return tag.substr(space.size() + 1);
}

}  // namespace sluice
