#include "gate/suppression.h"

#include <algorithm>
#include <iterator>

#include "schema/limits.h"
#include "schema/rule_text.h"

namespace sluice {
namespace {

constexpr std::string_view kMark = "sluice:";
constexpr std::string_view kIgnore = "sluice:ignore";
constexpr size_t kReasonLimit = 200;

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool IsLetterOrDigit(char c) {
  const char lower = AsciiLower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// What is said about suppressions.
constexpr std::string_view kAboutSuppressions[] = {"SL630", "SL631", "SL632", "SL633"};

bool CannotBeSuppressed(const RuleInfo& rule) {
  return rule.category == Category::kMalformed ||
         std::ranges::find(kAboutSuppressions, rule.id) != std::end(kAboutSuppressions);
}

// A text that is read from its beginning, and where in the file that stands.
struct Rest {
  std::string_view text;
  uint32_t offset = 0;

  void Skip(size_t bytes) {
    text.remove_prefix(bytes);
    offset += static_cast<uint32_t>(bytes);
  }
  // ASCII letters in any case.
  bool Begins(std::string_view with) const {
    return EqualsIgnoreCase(text.substr(0, with.size()), with);
  }
  void SkipBlanks() {
    size_t blanks = 0;
    while (blanks < text.size() && IsBlank(text[blanks])) ++blanks;
    Skip(blanks);
  }
  bool TakeComma() {
    SkipBlanks();
    const bool comma = text.starts_with(',');
    if (comma) Skip(1);
    return comma;
  }
};

}  // namespace

// Reads the comments of one file, one after another.
class Suppressions::Parser {
 public:
  Parser(const Content& content, const LineTable& lines, Suppressions& out)
      : text_(content.text()), lines_(lines), out_(out) {}

  void Read(Place comment) {
    Rest rest{text_.substr(comment.offset, comment.length), comment.offset};
    rest.Skip(std::min(rest.text.find_first_not_of('#'), rest.text.size()));
    rest.SkipBlanks();
    if (!rest.Begins(kIgnore)) {
      // In the middle of a comment the words are quoted, or out of place: both are harmless, but
      // the second would be a surprise. In capitals the tool's name alone is a word like another.
      const bool out_of_place = Lowercase(rest.text).find(kIgnore) != std::string::npos;
      if (out_of_place || rest.text.starts_with(kMark)) Broken(comment);
      return;
    }
    rest.Skip(kIgnore.size());
    const bool whole_file = rest.Begins("-file");
    if (whole_file) rest.Skip(5);
    if (rest.text.empty() || !IsBlank(rest.text.front())) return Broken(comment);
    ReadNames(comment, rest, whole_file);
  }

 private:
  void Say(std::string_view rule, Place place, std::string message) {
    if (out_.problems_.size() < kMaxSuppressions) {
      out_.problems_.push_back({rule, place, std::move(message)});
    }
  }

  void Broken(Place comment) {
    Say("SL632", comment, "the comment looks as if it suppressed findings, and has another form");
  }

  // "SL580, name-of-rule reason"
  void ReadNames(Place comment, Rest rest, bool whole_file) {
    std::vector<Suppression> named;
    do {
      rest.SkipBlanks();
      const size_t size = std::min(rest.text.find_first_of(" \t,:"), rest.text.size());
      const Place place{rest.offset, static_cast<uint32_t>(size)};
      if (size == 0) return Broken(comment);
      ReadName(rest.text.substr(0, size), place, named);
      rest.Skip(size);
    } while (rest.TakeComma());
    const size_t begin = rest.text.find_first_not_of(" \t:-");
    rest.Skip(std::min(begin, rest.text.size()));
    if (std::ranges::none_of(rest.text, IsLetterOrDigit)) {
      return Say("SL631", comment, "a finding is suppressed without a word on why");
    }
    Add(comment, named, rest.text, whole_file);
  }

  void ReadName(std::string_view name, Place place, std::vector<Suppression>& named) {
    if (names_ == kMaxSuppressions) return TooMany(place);
    ++names_;
    const Rule* rule = FindRule(name);
    if (rule == nullptr) {
      Say("SL632", place, Cat("no rule is called ", Quoted(name)));
    } else if (CannotBeSuppressed(rule->info)) {
      Say("SL633", place, Cat("findings of ", Quoted(name), " cannot be suppressed"));
    } else {
      named.push_back({.rule = rule, .place = place});
    }
  }

  void TooMany(Place place) {
    if (too_many_) return;
    too_many_ = true;
    Say("SL632", place, Cat("a file has room for ", kMaxSuppressions, " suppressions"));
  }

  void Add(Place comment, std::vector<Suppression>& named, std::string_view reason,
           bool whole_file) {
    if (named.empty()) return;
    const uint32_t own_line = lines_.Locate(comment.offset).line;
    const uint32_t line = whole_file ? 0 : LineOf(comment, own_line);
    const std::string printable = Printable(reason, kReasonLimit);
    for (Suppression& suppression : named) {
      suppression.line = line;
      suppression.comment_line = own_line;
      suppression.reason = printable;
      out_.Add(std::move(suppression));
    }
  }

  // The line that a comment is about: its own where something stands before it, otherwise the
  // next that is neither a comment nor blank.
  uint32_t LineOf(Place comment, uint32_t own_line) {
    const uint32_t begin = lines_.LineOffset(own_line);
    const std::string_view before = text_.substr(begin, comment.offset - begin);
    if (!std::ranges::all_of(before, IsBlank)) return own_line;
    // Between an earlier comment and the line it is about stand comments only.
    if (comment.offset >= next_begin_) FindNext(comment.end());
    return next_line_;
  }

  void FindNext(size_t at) {
    while (at < text_.size()) {
      const size_t first = text_.find_first_not_of(" \t\r\n", at);
      if (first == std::string_view::npos || text_[first] != '#') {
        at = std::min(first, text_.size());
        break;
      }
      at = std::min(text_.find_first_of("\r\n", first), text_.size());
    }
    next_begin_ = static_cast<uint32_t>(at);
    next_line_ = lines_.Locate(next_begin_).line;
  }

  std::string_view text_;
  const LineTable& lines_;
  Suppressions& out_;
  uint32_t next_begin_ = 0;  // what the last comment on a line of its own is about
  uint32_t next_line_ = 0;
  size_t names_ = 0;
  bool too_many_ = false;
};

Suppressions::Suppressions(const Content& content, const LineTable& lines) {
  Parser parser(content, lines, *this);
  for (const Place comment : content.comments()) parser.Read(comment);
}

void Suppressions::Add(Suppression suppression) {
  const std::pair key(suppression.line, &suppression.rule->info);
  by_line_.try_emplace(key, static_cast<uint32_t>(suppressions_.size()));
  suppressions_.push_back(std::move(suppression));
}

const Suppression* Suppressions::Take(const RuleInfo& rule, uint32_t line) {
  // That of the line first: it is the one that speaks of the place.
  for (const uint32_t where : {line, uint32_t{0}}) {
    const auto found = by_line_.find({where, &rule});
    if (found == by_line_.end()) continue;
    Suppression& suppression = suppressions_[found->second];
    suppression.used = true;
    return &suppression;
  }
  return nullptr;
}

void Suppressions::ReportProblems(std::span<const Rule* const> rules, Reporter& out) const {
  for (const Problem& problem : problems_) {
    const Rule* rule = FindRule(problem.rule);
    if (std::ranges::find(rules, rule) == rules.end()) continue;
    Finding* f = out.Report(*rule, problem.place);
    if (f == nullptr) continue;
    std::string_view help = "write it as # sluice:ignore SL580 reason in words";
    if (problem.rule == "SL631") help = "say why behind the rules, in words";
    if (problem.rule == "SL633") help = "correct what is found, and remove the rule from here";
    Say(*f, "suppresses nothing", problem.message, help);
  }
}

std::vector<const Suppression*> Suppressions::Unused(std::span<const std::string> ran) const {
  std::vector<const Suppression*> unused;
  for (const Suppression& suppression : suppressions_) {
    const std::string_view id = suppression.rule->info.id;
    if (!suppression.used && std::ranges::binary_search(ran, id)) unused.push_back(&suppression);
  }
  return unused;
}

void ReportUnused(std::span<const Suppression* const> unused, Reporter& out) {
  const Rule& rule = *FindRule("SL630");
  for (const Suppression* suppression : unused) {
    Finding* f = out.Report(rule, suppression->place);
    if (f == nullptr) continue;
    const std::string where =
        suppression->line == 0 ? std::string("in this file") : Cat("on line ", suppression->line);
    const RuleInfo& named = suppression->rule->info;
    Say(*f, "suppresses nothing", Cat(named.name, " finds nothing ", where),
        "remove the rule from the comment, or put the comment where the finding is");
  }
}

}  // namespace sluice
