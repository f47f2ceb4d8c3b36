// Whether a file is Sigma, by its top-level keys.

#include <algorithm>
#include <string>

#include "parser/sigma/sigma_reader.h"
#include "schema/byte_set.h"
#include "schema/limits.h"

namespace sluice {
namespace {

struct Keys {
  bool title = false;
  bool rule = false;   // detection, logsource
  bool other = false;  // correlation, filter, action
};

// UTF-16 with a byte order mark as its low bytes, which are enough to know ASCII by.
std::string Narrow(std::string_view bytes, size_t low) {
  std::string text;
  for (size_t i = 2; i + 1 < bytes.size(); i += 2) {
    text += bytes[i + 1 - low] == '\0' ? bytes[i + low] : '?';
  }
  return text;
}

// The key at the left margin of a line, without quotes; empty when there is none.
std::string_view KeyOf(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  if (colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\t' &&
      line[colon + 1] != '\r') {
    return {};
  }
  std::string_view key = line.substr(0, colon);
  while (key.ends_with(' ')) key.remove_suffix(1);
  const bool quoted = key.size() > 1 && (key[0] == '"' || key[0] == '\'') && key.back() == key[0];
  return quoted ? key.substr(1, key.size() - 2) : key;
}

void Look(std::string_view line, Keys& keys) {
  const std::string_view key = KeyOf(line);
  keys.title |= key == "title";
  keys.rule |= key == "detection" || key == "logsource";
  keys.other |= key == "correlation" || key == "filter" || key == "action";
}

constexpr ByteSet kFirst("tdlcfa\"'");  // of the keys, and quotes

// What stands before an LF: one line, or several that end in CR alone.
void LookAtLines(std::string_view text, Keys& keys) {
  while (!text.empty()) {
    const bool key = kFirst.Has(text[0]);
    const size_t end = std::min(text.find('\r'), text.size());
    if (key) Look(text.substr(0, end), keys);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool HasKeys(std::string_view text) {
  Keys keys;
  const bool returns = text.find('\r') != std::string_view::npos;
  while (!text.empty() && !keys.rule) {
    // A line that ends in CR alone is rare: it is looked at with the next.
    const size_t end = std::min(text.find('\n'), text.size());
    if (returns || kFirst.Has(text[0])) LookAtLines(text.substr(0, end), keys);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return keys.rule || (keys.title && keys.other);
}

}  // namespace

bool LooksLikeSigma(std::string_view bytes) {
  bytes = bytes.substr(0, kMaxYamlBytes);
  if (bytes.starts_with("\xFF\xFE")) return HasKeys(Narrow(bytes, 0));
  if (bytes.starts_with("\xFE\xFF")) return HasKeys(Narrow(bytes, 1));
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return HasKeys(bytes);
}

}  // namespace sluice
