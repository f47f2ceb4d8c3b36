// SL526 redundant-parentheses
//
// Parentheses in a condition that change nothing: around one name, around all of it, doubled, or
// around a chain inside a chain of the same operator.
//
// They suggest a structure that is not there. Those that only repeat a precedence, `(a and b) or
// c`, are welcome.
//
//   condition: (selection) and (not filter)
//
// Fix: remove them.
//
// Source: Sigma specification 2.1.0, "Condition".

#include <algorithm>
#include <optional>

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL526;

namespace {

constexpr std::string_view kBlanks = " \t";

bool IsNameCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-' || c == '*';
}

// Whether a condition may begin with this text when it is not in quotes: not where YAML would take
// it for a list item, or one word of it for a number, a truth value or null.
bool IsPlainText(std::string_view text) {
  if (text.empty() || text[0] == '-') return false;
  if (text.find_first_of(kBlanks) != std::string_view::npos) return true;
  constexpr std::string_view kNoText[] = {"null", "true", "false", "yes", "no",
                                          "on",   "off",  "y",     "n"};
  const bool digit = text[0] >= '0' && text[0] <= '9';
  return !digit && std::ranges::none_of(kNoText, [&](std::string_view word) {
    return EqualsIgnoreCase(word, text);
  });
}

// Looks for line breaks, each stretch of the text once: pairs stand in one another.
class LineBreaks {
 public:
  explicit LineBreaks(std::string_view text) : text_(text) { SeekFrom(0); }

  bool IsIn(Place place) {
    if (place.offset < begin_) {
      const size_t found = text_.substr(0, begin_).find_first_of("\r\n", place.offset);
      if (found != std::string_view::npos) next_ = found;
      begin_ = place.offset;
    } else if (place.offset > next_) {
      SeekFrom(place.offset);
    }
    return next_ < place.end();
  }

 private:
  void SeekFrom(size_t begin) {
    begin_ = begin;
    next_ = std::min(text_.find_first_of("\r\n", begin), text_.size());
  }

  const std::string_view text_;
  // There is no line break from the one to the other, where there is one, or the end.
  size_t begin_ = 0;
  size_t next_ = 0;
};

// Removes both parentheses with the blanks inside of them; a word before or behind stays apart.
void Remove(const Content& content, Place place, LineBreaks& breaks, Finding& finding) {
  const std::string_view text = TextAt(content, place);
  if (text.size() < 3 || text.front() != '(' || text.back() != ')') return;
  // The place of what was decoded is all of the condition, and folded lines are decoded.
  if (breaks.IsIn(place)) return;
  const size_t begin = text.find_first_not_of(kBlanks, 1);
  const size_t end = text.find_last_not_of(kBlanks, text.size() - 2) + 1;
  if (begin >= end || !IsPlainText(text.substr(begin, end - begin))) return;
  const std::string_view all = content.text();
  const bool word_before = place.offset > 0 && IsNameCharacter(all[place.offset - 1]);
  const bool word_behind = place.end() < all.size() && IsNameCharacter(all[place.end()]);
  const Place opening{place.offset, static_cast<uint32_t>(begin)};
  const Place closing{static_cast<uint32_t>(place.offset + end),
                      static_cast<uint32_t>(text.size() - end)};
  finding.fix = {{opening, word_before ? " " : ""}, {closing, word_behind ? " " : ""}};
}

void Check(const RuleInput& in, Reporter& out) {
  std::optional<LineBreaks> breaks;
  ReportIrregularities(in, out, kSL526, IrregularityKind::kSigmaRedundantParentheses,
                       [&](Finding& f, const Irregularity& i) {
                         Say(f, "changes nothing", "the parentheses change nothing", "remove them");
                         if (!breaks) breaks.emplace(in.content.text());
                         Remove(in.content, i.place, *breaks, f);
                       });
}

}  // namespace

const Rule kSL526 = {{"SL526", "redundant-parentheses", Severity::kNote, Category::kHygiene,
                      "parentheses that change nothing", kSigmaFiles},
                     Check};

}  // namespace sluice
