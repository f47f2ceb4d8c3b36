#include "parser/sigma/sigma_regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "parser/sigma/sigma_regex_ambiguity.h"
#include "parser/sigma/sigma_regex_class.h"
#include "schema/limits.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using ErrorKind = SigmaRegexError::Kind;
using Feature = SigmaRegexFeature;

constexpr int64_t kPatternMemory = int64_t{1} << 20;
constexpr uint32_t kMaxRepetition = 65'535;  // in PCRE

// A piece that says nothing about the words it matches.
RegexSummary Opaque(bool nullable) {
  RegexSummary out;
  out.nullable = nullable;
  out.consumes = true;
  return out;
}

// Hashes of all slices of a pattern, each in constant time.
class SliceHashes {
 public:
  explicit SliceHashes(std::string_view text) : sums_(text.size() + 1), powers_(text.size() + 1) {
    powers_[0] = 1;
    for (size_t i = 0; i < text.size(); ++i) {
      sums_[i + 1] = sums_[i] * kBase + static_cast<uint8_t>(text[i]) + 1;
      powers_[i + 1] = powers_[i] * kBase;
    }
  }
  uint64_t Of(size_t begin, size_t end) const {
    return sums_[end] - sums_[begin] * powers_[end - begin];
  }

 private:
  static constexpr uint64_t kBase = 0x9E3779B97F4A7C15;
  std::vector<uint64_t> sums_;
  std::vector<uint64_t> powers_;
};

// The whole pattern, or an open group.
struct Group {
  enum class Kind { kPlain, kLook, kAtomic, kOpaque } kind = Kind::kPlain;
  size_t open = 0;
  size_t begin = 0;  // of the current alternative
  RegexSummary sequence;
  std::optional<RegexSummary> alternatives;   // those that have ended
  std::unordered_map<uint64_t, Place> texts;  // of the same, by their hash
};

class RegexScanner {
 public:
  RegexScanner(std::string_view pattern, bool ignore_case)
      : pattern_(pattern), hashes_(pattern), fold_(ignore_case || pattern.starts_with("(?i")) {
    references_.fill(pattern.size());
  }

  SigmaRegexReport Scan() {
    groups_.emplace_back();
    while (at_ < pattern_.size() && !report_.error) Step();
    if (!report_.error && groups_.size() > 1) {
      Fail(ErrorKind::kGroupOpen, groups_.back().open, 1);
    }
    if (!report_.error) CheckReferences();
    // With (?x), blanks and comments are no part of the pattern: what was found in them is not
    // there.
    if (extended_) {
      report_.explosive.reset();
      report_.error.reset();
    }
    return std::move(report_);
  }

  // RE2 may know all that the pattern uses.
  bool re2() const { return re2_; }

 private:
  std::string_view Rest() const { return pattern_.substr(at_); }

  void Step() {
    switch (pattern_[at_]) {
      case '(':
        return Open();
      case ')':
        return Close();
      case '|':
        Flush();
        EndAlternative();
        ++at_;
        groups_.back().begin = at_;
        return;
      case '*':
        return Quantify(0, kNoUpperBound, 1);
      case '+':
        return Quantify(1, kNoUpperBound, 1);
      case '?':
        return Quantify(0, 1, 1);
      case '{':
        return ReadRepetition();
      case '[':
        return ReadClass();
      case '\\':
        return ReadEscape();
      case '.':
        return SetAtom(CharacterSummary(RegexDot(false)), 1);
      case '^':
      case '$':
        return SetAtom({}, 1);
      default:
        return ReadLiteral();
    }
  }

  void ReadLiteral() {
    const std::optional<CodePoint> point = DecodeWtf8(pattern_.substr(at_, 4));
    RegexSet set;
    if (point && point->value < kRegexOther) set.set(point->value);
    SetAtom(CharacterSummary(Fold(set)), point ? point->length : 1);
  }

  void ReadClass() {
    const std::optional<RegexAtom> atom = ReadRegexClass(Rest());
    if (!atom) return Fail(ErrorKind::kClassOpen, at_, 1);
    SetAtom(CharacterSummary(Fold(atom->set)), atom->length);
  }

  void ReadEscape() {
    if (Rest().size() < 2) return Fail(ErrorKind::kTrailingBackslash, at_, 1);
    RegexAtom atom = ReadRegexEscape(Rest());
    switch (atom.kind) {
      case RegexAtom::Kind::kCharacter:
        return SetAtom(CharacterSummary(Fold(atom.set)), atom.length);
      case RegexAtom::Kind::kAssertion:
        return SetAtom({}, atom.length);
      case RegexAtom::Kind::kBackReference:
        NoteReference(atom.length);
        Note(Feature::kBackReference, atom.length, /*re2=*/false);
        return SetAtom(Opaque(true), atom.length);
      case RegexAtom::Kind::kUnsupported:
        if (Rest()[1] == 'Q') {
          atom.length = std::min(pattern_.find("\\E", at_), pattern_.size() - 2) + 2 - at_;
        }
        Note(Feature::kEscape, atom.length, /*re2=*/true);
        return SetAtom(Opaque(true), atom.length);
    }
  }

  // {2}, {2,}, {2,5}; anything else is text.
  void ReadRepetition() {
    const char* at = pattern_.data() + at_ + 1;
    const char* const end = pattern_.data() + pattern_.size();
    uint32_t least = 0;
    const auto [after_least, error] = std::from_chars(at, end, least);
    bool too_many = error == std::errc::result_out_of_range || least > kMaxRepetition;
    if ((error != std::errc() && !too_many) || after_least == end) return ReadLiteral();
    at = after_least;
    uint32_t most = least;
    if (*at == ',') {
      most = kNoUpperBound;
      ++at;
      const auto [after_most, most_error] = std::from_chars(at, end, most);
      too_many |= after_most != at && most > kMaxRepetition;
      at = after_most;
    }
    if (at == end || *at != '}') return ReadLiteral();
    const auto length = static_cast<size_t>(at + 1 - (pattern_.data() + at_));
    if (too_many)
      return Fail(ErrorKind::kBadRepetition, at_, length, "repeated more than 65535 times");
    if (least > most) return Fail(ErrorKind::kBadRepetition, at_, length);
    Quantify(least, most, length);
  }

  void Quantify(uint32_t least, uint32_t most, size_t length) {
    const bool twice = quantified_ && pattern_[at_] != '{';
    if (!atom_ || twice) return Fail(ErrorKind::kNothingToRepeat, at_, length);
    const size_t begin = atom_begin_;
    if (IsExplosive(*atom_, most) && !report_.explosive) {
      report_.explosive = ToPlace(begin, at_ + length - begin);
    }
    atom_ = Repeat(*atom_, least, most);
    at_ += length;
    quantified_ = true;
    if (Rest().starts_with('?')) {
      ++at_;
    } else if (Rest().starts_with('+')) {
      Note(Feature::kPossessive, 1, /*re2=*/false);
      atom_ = Opaque(atom_->nullable);
      ++at_;
    }
  }

  void SetAtom(const RegexSummary& atom, size_t length) {
    Flush();
    atom_ = atom;
    atom_begin_ = at_;
    at_ += length;
  }

  void Flush() {
    RegexSummary& sequence = groups_.back().sequence;
    if (atom_) sequence = Concatenate(sequence, *atom_);
    atom_.reset();
    quantified_ = false;
  }

  void EndAlternative() {
    Group& group = groups_.back();
    RegexSummary ended = std::exchange(group.sequence, RegexSummary());
    const Place place = ToPlace(group.begin, at_ - group.begin);
    const auto [it, added] = group.texts.emplace(hashes_.Of(group.begin, at_), place);
    if (!added && ended.consumes &&
        pattern_.substr(it->second.offset, it->second.length) ==
            pattern_.substr(place.offset, place.length)) {
      ended.ambiguous = true;
    }
    group.alternatives = group.alternatives ? Alternate(*group.alternatives, ended) : ended;
  }

  void Open() {
    Flush();
    Group group{.open = at_};
    size_t length = 1;
    if (!Rest().starts_with("(?")) {
      ++captures_;
    } else if (!ReadHead(group, length)) {
      return;
    }
    at_ += length;
    if (groups_.size() > kMaxSigmaRegexDepth) return Fail(ErrorKind::kTooDeep, group.open, 1);
    group.begin = at_;
    groups_.push_back(std::move(group));
  }

  void Close() {
    if (groups_.size() == 1) return Fail(ErrorKind::kGroupUnopened, at_, 1);
    Flush();
    EndAlternative();
    const Group group = std::move(groups_.back());
    groups_.pop_back();
    RegexSummary summary = *group.alternatives;
    if (group.kind == Group::Kind::kLook) summary = {};
    if (group.kind == Group::Kind::kAtomic) summary = Opaque(summary.nullable);
    if (group.kind == Group::Kind::kOpaque) summary = Opaque(true);
    ++at_;
    atom_ = summary;
    atom_begin_ = group.open;
  }

  // What stands behind "(?". False when it is no group: it has been read.
  bool ReadHead(Group& group, size_t& length) {
    struct Head {
      std::string_view text;
      Group::Kind kind;
      std::optional<Feature> feature;
    };
    static constexpr Head kHeads[] = {
        {"(?:", Group::Kind::kPlain, std::nullopt},
        {"(?=", Group::Kind::kLook, Feature::kLookAhead},
        {"(?!", Group::Kind::kLook, Feature::kLookAhead},
        {"(?<=", Group::Kind::kLook, Feature::kLookBehind},
        {"(?<!", Group::Kind::kLook, Feature::kLookBehind},
        {"(?>", Group::Kind::kAtomic, Feature::kAtomic},
        {"(?(", Group::Kind::kOpaque, Feature::kConditional},
        {"(?|", Group::Kind::kPlain, Feature::kBranchReset},
    };
    for (const Head& head : kHeads) {
      if (!Rest().starts_with(head.text)) continue;
      length = head.text.size();
      group.kind = head.kind;
      // The condition is a group of its own.
      if (head.feature == Feature::kConditional) --length;
      if (head.feature) Note(*head.feature, length, /*re2=*/false);
      return true;
    }
    return ReadNamed(length) || ReadFlags(length);
  }

  bool ReadNamed(size_t& length) {
    for (const std::string_view head : {"(?P<", "(?<", "(?'"}) {
      if (!Rest().starts_with(head)) continue;
      const size_t end = pattern_.find(head.back() == '<' ? '>' : '\'', at_ + head.size());
      length = std::min(end, pattern_.size() - 1) + 1 - at_;
      ++captures_;
      Note(Feature::kNamedGroup, length, /*re2=*/head == "(?P<");
      return true;
    }
    return false;
  }

  // (?i), (?i:...), comments, references and recursion. False when it has been read to its ')'.
  bool ReadFlags(size_t& length) {
    const size_t end = std::min(Rest().find_first_not_of("imsxnJU-^", 2), Rest().size());
    const bool flags = end < Rest().size() && (Rest()[end] == ')' || Rest()[end] == ':');
    if (flags) {
      const bool extended = Rest().substr(0, end).find('x') != std::string_view::npos;
      extended_ |= extended;
      Note(Feature::kInlineFlags, end + 1, /*re2=*/!extended);
      length = end + 1;
      if (Rest()[end] == ':') return true;
      at_ += length;
      return false;
    }
    const size_t close = Rest().find(')');
    if (close == std::string_view::npos) {
      Fail(ErrorKind::kGroupOpen, at_, 1);
      return false;
    }
    const Feature feature = Rest().starts_with("(?#")    ? Feature::kComment
                            : Rest().starts_with("(?P=") ? Feature::kBackReference
                                                         : Feature::kRecursion;
    Note(feature, close + 1, /*re2=*/false);
    if (feature == Feature::kComment) {
      at_ += close + 1;
    } else {
      SetAtom(Opaque(true), close + 1);
    }
    return false;
  }

  RegexSet Fold(const RegexSet& set) const { return fold_ ? FoldCase(set) : set; }

  static Place ToPlace(size_t offset, size_t length) {
    return {static_cast<uint32_t>(offset), static_cast<uint32_t>(length)};
  }

  // `re2` says that RE2 may know it.
  void Note(Feature feature, size_t length, bool re2) {
    re2_ &= re2;
    for (const SigmaRegexReport::Outside& outside : report_.outside) {
      if (outside.feature == feature) return;
    }
    report_.outside.push_back({feature, ToPlace(at_, length)});
  }

  void Fail(ErrorKind kind, size_t offset, size_t length, std::string message = "") {
    report_.error = SigmaRegexError{kind, ToPlace(offset, length), std::move(message)};
  }

  // \1 to \9 refer to groups, of which there may be as many as opened; what is longer can be a
  // character.
  void NoteReference(size_t length) {
    const char digit = Rest()[1];
    if (length != 2 || digit < '1' || digit > '9') return;
    size_t& first = references_[static_cast<size_t>(digit - '1')];
    first = std::min(first, at_);
  }

  void CheckReferences() {
    for (size_t group = captures_; group < references_.size(); ++group) {
      if (references_[group] >= pattern_.size()) continue;
      return Fail(ErrorKind::kDoesNotCompile, references_[group], 2,
                  "reference to a group that is not there");
    }
  }

  std::string_view pattern_;
  SliceHashes hashes_;
  bool fold_;
  bool re2_ = true;
  bool extended_ = false;
  size_t at_ = 0;
  SigmaRegexReport report_;
  std::vector<Group> groups_;
  size_t captures_ = 0;  // at most this many groups are captured
  // Where \1 to \9 first stand; behind the pattern where they do not.
  std::array<size_t, 9> references_;
  std::optional<RegexSummary> atom_;  // what a quantifier would repeat
  size_t atom_begin_ = 0;
  bool quantified_ = false;
};

// Where RE2's complaint stands. It gives a slice of the pattern, not its offset.
Place PlaceOf(std::string_view pattern, std::string_view slice) {
  const size_t found = slice.empty() ? std::string_view::npos : pattern.find(slice);
  if (found == std::string_view::npos) return {0, static_cast<uint32_t>(pattern.size())};
  return {static_cast<uint32_t>(found), static_cast<uint32_t>(slice.size())};
}

bool IsAscii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<uint8_t>(c) >= 0x80; });
}

// A code point by its number, or a class of Unicode.
bool NamesCodePoints(std::string_view pattern) {
  for (const std::string_view sign : {"\\x", "\\p", "\\P"}) {
    if (pattern.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

void Compile(std::string_view pattern, bool ignore_case, SigmaRegexReport& report) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemory);
  options.set_case_sensitive(!ignore_case);
  // Whether these compile does not depend on it, and '.' takes one instruction in place of eight.
  if (IsAscii(pattern) && !NamesCodePoints(pattern)) {
    options.set_encoding(RE2::Options::EncodingLatin1);
  }
  const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
  report.compiled = compiled.ok();
  if (compiled.ok()) {
    report.cost = compiled.ProgramSize();
    return;
  }
  // PCRE takes larger ones, and escapes that RE2 does not know.
  const bool not_checked = compiled.error_code() == RE2::ErrorPatternTooLarge ||
                           compiled.error_code() == RE2::ErrorRepeatSize ||
                           compiled.error_code() == RE2::ErrorRepeatOp || !report.outside.empty();
  if (not_checked) return;
  report.error = SigmaRegexError{ErrorKind::kDoesNotCompile, PlaceOf(pattern, compiled.error_arg()),
                                 compiled.error()};
}

}  // namespace

SigmaRegexReport CheckSigmaRegex(std::string_view pattern, bool ignore_case) {
  SigmaRegexReport report;
  const auto fail = [&](ErrorKind kind, size_t offset) {
    report.error = SigmaRegexError{kind, {static_cast<uint32_t>(offset), 0}, ""};
  };
  if (pattern.size() > kMaxSigmaRegexBytes) {
    fail(ErrorKind::kTooLong, kMaxSigmaRegexBytes);
  } else if (const size_t valid = ValidUtf8Prefix(pattern); valid < pattern.size()) {
    fail(ErrorKind::kNotUtf8, valid);
  } else {
    RegexScanner scanner(pattern, ignore_case);
    report = scanner.Scan();
    report.cost = static_cast<int64_t>(pattern.size());
    if (!report.error && scanner.re2()) Compile(pattern, ignore_case, report);
  }
  return report;
}

}  // namespace sluice
