#include "engine/glob.h"

#include <algorithm>
#include <cstring>

#include "engine/fold.h"
#include "engine/text_search.h"

namespace sluice {

Glob::Glob(std::string_view pattern) {
  parts_.emplace_back();
  const auto last = [&]() -> std::vector<Piece>& { return parts_.back().pieces; };
  open_start_ = pattern.starts_with('*');
  for (size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    open_end_ = c == '*';
    if (c == '*') {
      if (!last().empty()) parts_.emplace_back();
    } else if (c == '?') {
      if (last().empty() || !last().back().text.empty()) last().emplace_back();
      ++last().back().ones;
      ++parts_.back().size;
    } else {
      const bool escape = c == '\\' && at + 1 < pattern.size() &&
                          std::string_view("*?\\").find(pattern[at + 1]) != std::string_view::npos;
      if (escape) ++at;
      if (last().empty() || last().back().ones > 0) last().emplace_back();
      last().back().text += pattern[at];
      ++parts_.back().size;
    }
  }
  if (last().empty() && parts_.size() > 1) parts_.pop_back();
}

std::string_view Glob::LongestText() const {
  std::string_view longest;
  for (const Part& part : parts_) {
    for (const Piece& piece : part.pieces) {
      if (piece.text.size() > longest.size()) longest = piece.text;
    }
  }
  return longest;
}

std::optional<size_t> Glob::MatchAt(const Part& part, std::string_view text, size_t at,
                                    Work& work) {
  if (!work.Take(part.size + 1)) return std::nullopt;
  for (const Piece& piece : part.pieces) {
    if (text.size() - at < piece.text.size() ||
        std::memcmp(text.data() + at, piece.text.data(), piece.text.size()) != 0) {
      return std::nullopt;
    }
    at += piece.text.size();
    for (uint32_t i = 0; i < piece.ones; ++i) {
      if (at == text.size()) return std::nullopt;
      at += FirstCharacter(text.substr(at));
    }
  }
  return at;
}

std::optional<size_t> Glob::MatchEnd(const Part& part, std::string_view text, Work& work) {
  if (!work.Take(part.size + 1)) return std::nullopt;
  for (auto piece = part.pieces.rbegin(); piece != part.pieces.rend(); ++piece) {
    if (!text.ends_with(piece->text)) return std::nullopt;
    text.remove_suffix(piece->text.size());
    for (uint32_t i = 0; i < piece->ones; ++i) {
      if (text.empty()) return std::nullopt;
      text.remove_suffix(LastCharacter(text));
    }
  }
  return text.size();
}

std::optional<size_t> Glob::Find(const Part& part, std::string_view text, size_t at, Work& work) {
  if (part.pieces.empty()) return at;
  const std::string_view first = part.pieces.front().text;
  while (text.size() - at >= part.size) {
    if (!first.empty()) {
      const size_t found = FindText(text.substr(at), first);
      const size_t passed = found == std::string_view::npos ? text.size() - at : found;
      if (!work.Take(passed) || found == std::string_view::npos) return std::nullopt;
      at += found;
    }
    if (const std::optional<size_t> end = MatchAt(part, text, at, work)) return end;
    if (work.exhausted() || at == text.size()) return std::nullopt;
    at += FirstCharacter(text.substr(at));
  }
  return std::nullopt;
}

bool Glob::Matches(std::string_view text, Work& work) const {
  size_t begin = 0;
  size_t part = 0;
  if (!open_start_) {
    const std::optional<size_t> end = MatchAt(parts_[0], text, 0, work);
    if (!end) return false;
    // Without any `*`, it is all of the text.
    if (parts_.size() == 1 && !open_end_) return *end == text.size();
    begin = *end;
    part = 1;
  }
  const size_t last = parts_.size() - (open_end_ ? 0 : 1);
  for (; part < last; ++part) {
    const std::optional<size_t> end = Find(parts_[part], text, begin, work);
    if (!end) return false;
    begin = *end;
  }
  if (open_end_) return true;
  const std::optional<size_t> start = MatchEnd(parts_.back(), text, work);
  return start && *start >= begin;
}

}  // namespace sluice
