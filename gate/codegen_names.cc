#include "gate/codegen_names.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "parser/channel/channel_crc32c.h"

namespace sluice {
namespace {

// Compilers take more; a header that people read does not need it.
constexpr size_t kLongestWord = 48;

// Letters, digits and single '_' between them: nothing that C or C++ reserves. Empty when there is
// no letter or digit in `name`.
std::string Word(std::string_view name) {
  std::string word;
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      word += c;
    } else if (!word.empty() && word.back() != '_') {
      word += '_';
    }
    if (word.size() == kLongestWord) break;
  }
  if (word.ends_with('_')) word.pop_back();
  return word;
}

// "process_id" as "ProcessId", and "ERROR", which could be a macro, as "Error".
std::string Camel(std::string_view word) {
  const bool shouted = std::ranges::none_of(
      word, [](char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); });
  std::string camel;
  bool first = true;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c != '_') {
      camel += first ? absl::ascii_toupper(byte) : shouted ? absl::ascii_tolower(byte) : c;
    }
    first = c == '_';
  }
  return camel;
}

// A name on its way to an identifier.
struct Wish {
  std::string before;  // what always stands before it
  std::string word;
  std::string suffix;  // what tells it from others of the same word
  bool exact;          // `word` is how the contract has it
};

// The words with which no two wishes are the same. Among equal ones the only exact one keeps its
// word and the others get their suffix, whatever order they have: a word must not pass from one
// field to another because the contract lists them in another order.
std::vector<std::string> Resolve(const std::vector<Wish>& wishes) {
  struct Group {
    size_t size = 0;
    size_t exact = 0;
  };
  absl::flat_hash_map<std::string, Group> groups;  // by word
  for (const Wish& wish : wishes) {
    Group& group = groups[wish.before + wish.word];
    ++group.size;
    group.exact += wish.exact ? 1 : 0;
  }
  std::vector<std::string> words(wishes.size());
  absl::flat_hash_set<std::string> used;
  absl::flat_hash_map<std::string, int> numbers;  // the last of each word that needed one
  for (const bool suffixed : {false, true}) {
    for (size_t i = 0; i < wishes.size(); ++i) {
      const Wish& wish = wishes[i];
      const Group group = groups[wish.before + wish.word];
      const bool keeps = group.size == 1 || (wish.exact && group.exact == 1);
      if (keeps == suffixed) continue;
      const std::string word = keeps ? wish.word : absl::StrCat(wish.word, "_", wish.suffix);
      words[i] = word;
      // Only names made for it get here twice.
      while (!used.insert(wish.before + words[i]).second) {
        int& number = numbers.try_emplace(wish.before + word, 1).first->second;
        words[i] = absl::StrCat(word, "_", ++number);
      }
    }
  }
  return words;
}

Wish WishFor(const ContractType& type, CodegenLanguage language, std::string_view before) {
  std::string word = Word(type.name);
  const bool c = language == CodegenLanguage::kC;
  const std::string suffix = absl::StrCat(type.id);
  if (word.empty()) word = absl::StrCat("type_", type.id);
  if (!c) word = Camel(word);
  // C has no scopes, so the sensor stands before it.
  if (!c && absl::ascii_isdigit(static_cast<unsigned char>(word.front()))) word.insert(0, "T");
  const bool exact = word == type.name;
  return {std::string(before), std::move(word), suffix, exact};
}

Wish WishFor(const ContractField& field, CodegenLanguage language, std::string_view before) {
  std::string word = Word(field.name);
  if (word.empty()) word = "field";
  const bool c = language == CodegenLanguage::kC;
  if (!c) word = Camel(word);
  const bool exact = word == field.name;
  if (!c) word.insert(0, "k");
  const auto* bytes = reinterpret_cast<const uint8_t*>(field.name.data());
  return {std::string(before), std::move(word),
          absl::StrFormat("%08X", channel::Crc32c(bytes, field.name.size())), exact};
}

std::string SensorWord(const Contract& contract, CodegenLanguage language) {
  std::string word = Word(contract.sensor);
  // Its own prefix belongs to what all headers share.
  const bool taken = word.empty() ||
                     absl::ascii_isdigit(static_cast<unsigned char>(word.front())) ||
                     absl::AsciiStrToLower(word).starts_with("sluice");
  if (taken) word.insert(0, "sensor_");
  return language == CodegenLanguage::kC ? word : word + "_contract";
}

}  // namespace

CodegenNames MakeCodegenNames(const Contract& contract, CodegenLanguage language) {
  const bool c = language == CodegenLanguage::kC;
  CodegenNames names{.sensor = SensorWord(contract, language), .types = {}};
  std::vector<Wish> types;
  for (const ContractType& type : contract.types) types.push_back(WishFor(type, language, ""));
  for (std::string& word : Resolve(types)) {
    names.types.push_back({c ? absl::StrCat(names.sensor, "_", word) : std::move(word), {}});
  }
  std::vector<Wish> fields;
  for (size_t i = 0; i < contract.types.size(); ++i) {
    const std::string before = names.types[i].type + (c ? "_" : "::");
    for (const ContractField& field : contract.types[i].fields) {
      fields.push_back(WishFor(field, language, before));
    }
  }
  const std::vector<std::string> words = Resolve(fields);
  auto next = words.begin();
  for (size_t i = 0; i < contract.types.size(); ++i) {
    const auto end = next + static_cast<std::ptrdiff_t>(contract.types[i].fields.size());
    names.types[i].fields.assign(next, end);
    next = end;
  }
  return names;
}

std::string CodegenLiteral(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isprint(byte) && c != '"' && c != '\\' && c != '?') {
      literal += c;
    } else {
      absl::StrAppendFormat(&literal, "\\%03o", byte);
    }
  }
  return literal + "\"";
}

std::string CodegenComment(std::string_view text) {
  constexpr std::string_view kSigns = " _-.:@+/()";
  std::string comment(text.substr(0, 80));
  for (char& c : comment) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && kSigns.find(c) == kSigns.npos)
      c = '.';
  }
  return comment;
}

}  // namespace sluice
