#include "engine/regex_literals.h"

#include <algorithm>
#include <utility>

#include "schema/text.h"

namespace sluice {
namespace {

// Shorter ones stand nearly everywhere.
constexpr size_t kShortest = 2;

bool IsWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (AsciiLower(c) >= 'a' && AsciiLower(c) <= 'z') || c == '_';
}

class Reader {
 public:
  explicit Reader(std::string_view pattern) : pattern_(pattern) {}

  std::vector<std::string> Read() {
    while (at_ < pattern_.size()) {
      if (!ReadOne()) return {};
    }
    if (!EndAlternative()) return {};
    return std::move(literals_);
  }

 private:
  // Reads one part of the pattern; false where nothing is known of all of it.
  bool ReadOne() {
    const char c = pattern_[at_];
    switch (c) {
      case '|':
        ++at_;
        return EndAlternative();
      case '(':
        // Flags in the middle change what follows.
        if (pattern_.substr(at_).starts_with("(?") && !pattern_.substr(at_).starts_with("(?:")) {
          return false;
        }
        EndRun();
        return SkipGroup();
      case '[':
        EndRun();
        return SkipClass();
      case '*':
      case '?':
      case '{':
        // What stands before may be absent.
        if (!run_.empty()) run_.pop_back();
        EndRun();
        return SkipQuantifier();
      case '+':
        EndRun();
        ++at_;
        return true;
      case '.':
      case '^':
      case '$':
      case ')':
        EndRun();
        ++at_;
        return true;
      case '\\':
        return ReadEscape();
      default:
        Add(c);
        ++at_;
        return true;
    }
  }

  void Add(char c) {
    if (static_cast<signed char>(c) < 0) return EndRun();
    run_ += AsciiLower(c);
  }

  bool ReadEscape() {
    if (at_ + 1 >= pattern_.size()) return false;
    const char c = pattern_[at_ + 1];
    at_ += 2;
    if (static_cast<signed char>(c) < 0) return false;
    if (!IsWordCharacter(c)) {
      Add(c);
      return true;
    }
    EndRun();
    // One that goes on behind its letter ends what is known.
    return std::string_view("dDwWsSbBAzntrfva").find(c) != std::string_view::npos;
  }

  // False for a '{' that is no quantifier: what it begins is not looked into.
  bool SkipQuantifier() {
    if (pattern_[at_] != '{') {
      ++at_;
      return true;
    }
    at_ = pattern_.find_first_not_of("0123456789,", at_ + 1);
    return at_ != std::string_view::npos && pattern_[at_++] == '}';
  }

  bool SkipClass() {
    ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == '^') ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == ']') ++at_;
    while (at_ < pattern_.size() && pattern_[at_] != ']') {
      if (pattern_.substr(at_).starts_with("[:")) {
        const size_t end = pattern_.find(":]", at_ + 2);
        if (end == std::string_view::npos) return false;
        at_ = end + 2;
      } else {
        at_ += pattern_[at_] == '\\' ? 2 : 1;
      }
    }
    ++at_;
    return at_ <= pattern_.size();
  }

  bool SkipGroup() {
    size_t depth = 0;
    while (at_ < pattern_.size()) {
      const char c = pattern_[at_];
      if (c == '[') {
        if (!SkipClass()) return false;
        continue;
      }
      if (c == '\\') {
        // Quoted text may have parentheses.
        if (pattern_.substr(at_).starts_with("\\Q")) return false;
        at_ += 2;
        continue;
      }
      if (c == '(') {
        const std::string_view rest = pattern_.substr(at_);
        if (rest.starts_with("(?") && !rest.starts_with("(?:")) return false;
        ++depth;
      }
      ++at_;
      if (c == ')' && --depth == 0) return true;
    }
    return false;
  }

  void EndRun() {
    if (run_.size() > longest_.size()) longest_ = run_;
    run_.clear();
  }

  bool EndAlternative() {
    EndRun();
    if (longest_.size() < kShortest) return false;
    literals_.push_back(std::exchange(longest_, {}));
    return true;
  }

  std::string_view pattern_;
  size_t at_ = 0;
  std::string run_;
  std::string longest_;  // of the alternative
  std::vector<std::string> literals_;
};

}  // namespace

std::vector<std::string> RegexLiterals(std::string_view pattern) { return Reader(pattern).Read(); }

}  // namespace sluice
