#include "parser/sigma/sigma_transforms.h"

#include <algorithm>
#include <optional>

#include "parser/sigma/sigma_value.h"
#include "schema/limits.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr uint64_t kBytesForEach = 64;

constexpr std::string_view kDashes[] = {"-", "/", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95"};
constexpr size_t kLongestDash = 3;

size_t DashLength(std::string_view text) {
  for (const std::string_view dash : kDashes) {
    if (text.starts_with(dash)) return dash.size();
  }
  return 0;
}

bool IsNameCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-' || c == '.';
}

// A value cut up: texts[0] choice texts[1] choice ... texts[n], where choices[i] is what may stand
// between texts i and i + 1.
struct Choices {
  std::vector<std::string_view> texts;
  std::vector<const std::vector<std::string>*> choices;
};

// How many combinations there are; nullopt when they are too many.
std::optional<uint64_t> Count(const Choices& value) {
  uint64_t count = 1;
  for (const std::vector<std::string>* choice : value.choices) {
    if (choice->empty()) return 0;
  }
  for (const std::vector<std::string>* choice : value.choices) {
    if (choice->size() > kMaxSigmaExpansions / count) return std::nullopt;
    count *= choice->size();
  }
  return count;
}

uint64_t LongestCombination(const Choices& value) {
  uint64_t bytes = 0;
  for (const std::string_view text : value.texts) bytes += text.size();
  for (const std::vector<std::string>* choice : value.choices) {
    bytes += std::ranges::max(*choice, {}, &std::string::size).size();
  }
  return bytes;
}

std::string Combination(const Choices& value, uint64_t number) {
  // The last choice varies fastest.
  std::vector<size_t> digits(value.choices.size());
  for (size_t i = digits.size(); i-- > 0; number /= value.choices[i]->size()) {
    digits[i] = number % value.choices[i]->size();
  }
  std::string out(value.texts[0]);
  for (size_t i = 0; i < digits.size(); ++i) {
    out += (*value.choices[i])[digits[i]];
    out += value.texts[i + 1];
  }
  return out;
}

SigmaTransformError Reserve(const Choices& value, SigmaBudget& budget) {
  const std::optional<uint64_t> count = Count(value);
  if (count == 0) return SigmaTransformError::kOk;
  const bool fits = count && budget.Take(*count, *count * LongestCombination(value));
  return fits ? SigmaTransformError::kOk : SigmaTransformError::kTooMany;
}

// All of them, which `Reserve` has let pass.
std::vector<std::string> Combinations(const Choices& value) {
  std::vector<std::string> globs;
  const uint64_t count = Count(value).value_or(0);
  for (uint64_t i = 0; i < count; ++i) globs.push_back(NormalizeGlob(Combination(value, i)));
  return globs;
}

void AppendByte(uint8_t byte, std::string* glob) {
  if (byte == '*' || byte == '?' || byte == '\\') *glob += '\\';
  AppendWtf8(byte, glob);
}

void AppendUnit(uint32_t unit, Utf16Form form, std::string* glob) {
  const auto high = static_cast<uint8_t>(unit >> 8);
  const auto low = static_cast<uint8_t>(unit);
  AppendByte(form == Utf16Form::kBigEndian ? high : low, glob);
  AppendByte(form == Utf16Form::kBigEndian ? low : high, glob);
}

}  // namespace

SigmaBudget::SigmaBudget() : bytes(kMaxSigmaExpandedBytes) {}

bool SigmaBudget::Take(uint64_t texts, uint64_t text_bytes) {
  const uint64_t wanted = texts * kBytesForEach + text_bytes;
  if (wanted > bytes) return false;
  bytes -= wanted;
  return true;
}

SigmaExpansion ExpandDashes(std::string_view glob, SigmaBudget& budget) {
  static const std::vector<std::string> dashes(std::begin(kDashes), std::end(kDashes));
  Choices value;
  size_t begin = 0;
  for (size_t at = 0; at < glob.size();) {
    const size_t dash = DashLength(glob.substr(at, kLongestDash));
    if (dash > 0) {
      value.texts.push_back(glob.substr(begin, at - begin));
      value.choices.push_back(&dashes);
      begin = at + dash;
    }
    at += dash > 0 ? dash : 1;
  }
  value.texts.push_back(glob.substr(begin));
  if (value.choices.empty()) return {{std::string(glob)}, SigmaTransformError::kNoDash, ""};
  const SigmaTransformError error = Reserve(value, budget);
  if (error != SigmaTransformError::kOk) return {{}, error, ""};
  return {Combinations(value), error, ""};
}

std::vector<SigmaPlaceholder> FindPlaceholders(std::string_view text) {
  std::vector<SigmaPlaceholder> found;
  for (size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at)) {
    size_t end = at + 1;
    while (end < text.size() && IsNameCharacter(text[end])) ++end;
    if (end < text.size() && text[end] == '%' && end > at + 1) {
      found.push_back({text.substr(at + 1, end - at - 1),
                       {static_cast<uint32_t>(at), static_cast<uint32_t>(end + 1 - at)}});
      ++end;
    }
    // A '%' that ends no name can still begin one.
    at = end;
  }
  return found;
}

SigmaExpansion ExpandPlaceholders(std::string_view glob, const SigmaPlaceholders& values,
                                  SigmaBudget& budget) {
  const std::vector<SigmaPlaceholder> placeholders = FindPlaceholders(glob);
  if (placeholders.empty()) {
    return {{std::string(glob)}, SigmaTransformError::kNoPlaceholder, ""};
  }
  Choices value;
  size_t begin = 0;
  for (const SigmaPlaceholder& placeholder : placeholders) {
    const std::vector<std::string>* texts = values ? values(placeholder.name) : nullptr;
    if (texts == nullptr) {
      return {{}, SigmaTransformError::kUndefined, std::string(placeholder.name)};
    }
    value.texts.push_back(glob.substr(begin, placeholder.place.offset - begin));
    value.choices.push_back(texts);
    begin = placeholder.place.end();
  }
  value.texts.push_back(glob.substr(begin));
  // Before any value is decoded: one can stand for a million placeholders.
  const SigmaTransformError error = Reserve(value, budget);
  if (error != SigmaTransformError::kOk) return {{}, error, ""};
  std::vector<std::vector<std::string>> decoded;
  decoded.reserve(value.choices.size());
  for (const std::vector<std::string>*& choice : value.choices) {
    decoded.emplace_back();
    for (const std::string& text : *choice) decoded.back().push_back(DecodeSigmaValue(text).glob);
    choice = &decoded.back();
  }
  return {Combinations(value), SigmaTransformError::kOk, ""};
}

std::string ToUtf16(std::string_view glob, Utf16Form form) {
  std::string out;
  if (form == Utf16Form::kByteOrderMark) AppendUnit(0xFEFF, form, &out);
  for (size_t at = 0; at < glob.size();) {
    const size_t length = GlobCharacterLength(glob.substr(at));
    const std::string_view character = glob.substr(at, length);
    at += length;
    if (character == "*" || character == "?") {
      out += character;
      continue;
    }
    const bool escape = character[0] == '\\';
    const std::optional<CodePoint> point = DecodeWtf8(character.substr(escape ? 1 : 0));
    uint32_t code = point ? point->value : 0xFFFD;
    if (code >= 0x10000) {
      code -= 0x10000;
      AppendUnit(0xD800 + (code >> 10), form, &out);
      code = 0xDC00 + (code & 0x3FF);
    }
    AppendUnit(code, form, &out);
  }
  return out;
}

std::string HeldBytes(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const std::optional<CodePoint> point = DecodeWtf8(text.substr(0, 4));
    bytes += point ? static_cast<char>(point->value) : text[0];
    text.remove_prefix(point ? point->length : 1);
  }
  return bytes;
}

std::string Base64(std::string_view bytes) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t at = 0; at < bytes.size(); at += 3) {
    const size_t n = std::min<size_t>(3, bytes.size() - at);
    uint32_t bits = 0;
    for (size_t i = 0; i < 3; ++i) {
      bits = bits << 8 | (i < n ? static_cast<uint8_t>(bytes[at + i]) : 0U);
    }
    for (size_t i = 0; i < 4; ++i) {
      out += i <= n ? kAlphabet[bits >> (18 - 6 * i) & 63] : '=';
    }
  }
  return out;
}

std::array<std::string, 3> Base64Offsets(std::string_view bytes) {
  // Characters that hold bits of what stands before, and of what stands behind (with the padding).
  constexpr size_t kBefore[] = {0, 2, 3};
  constexpr size_t kBehind[] = {0, 3, 2};
  std::array<std::string, 3> out;
  for (size_t shift = 0; shift < 3; ++shift) {
    std::string padded(shift, ' ');
    padded += bytes;
    const std::string encoded = Base64(padded);
    const size_t cut = kBefore[shift] + kBehind[padded.size() % 3];
    if (encoded.size() > cut) out[shift] = encoded.substr(kBefore[shift], encoded.size() - cut);
  }
  return out;
}

}  // namespace sluice
