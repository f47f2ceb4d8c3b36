#include <yaml.h>

#include <algorithm>
#include <utility>

#include "tests/engine/naive_sigma.h"
#include "tests/engine/naive_sigma_values.h"

// Reads one rule with libyaml.

namespace sluice::naive {
namespace {

bool OneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

// YAML 1.1, as far as rules go: plain scalars without quotes are what they look like.
YamlValue ReadScalar(const yaml_node_t& node) {
  YamlValue value;
  value.text.assign(reinterpret_cast<const char*>(node.data.scalar.value), node.data.scalar.length);
  if (node.data.scalar.style != YAML_PLAIN_SCALAR_STYLE) return value;
  const std::string_view text = value.text;
  const std::string_view digits = text.substr(text.starts_with('-') || text.starts_with('+'));
  if (OneOf(text, {"", "~", "null", "Null", "NULL"})) {
    value.kind = YamlValue::kNull;
  } else if (OneOf(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    value.kind = YamlValue::kBoolean;
  } else if (digits.starts_with("0x") && digits.size() > 2 && digits.size() < 18 &&
             digits.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos) {
    value.kind = YamlValue::kNumber;
    value.text =
        (text[0] == '-' ? "-" : "") + std::to_string(std::stoull(std::string(digits), nullptr, 16));
  } else if (ReadNumber(text) && (digits.size() == 1 || digits[0] != '0' || digits[1] == '.')) {
    value.kind = YamlValue::kNumber;
    if (text[0] == '+') value.text.erase(0, 1);
  }
  return value;
}

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

// '*' is any run of characters, all else itself.
bool NameMatches(std::string_view pattern, std::string_view name) {
  Pattern glyphs;
  for (const char32_t c : Decode(pattern)) {
    glyphs.push_back({c == '*' ? Glyph::kAnyRun : Glyph::kLiteral, c});
  }
  return Matches(glyphs, Decode(name), true);
}

class ConditionReader {
 public:
  ConditionReader(std::string_view text, const std::vector<Selection>& selections)
      : selections_(selections) {
    std::string word;
    for (const char c : text) {
      const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if ((space || c == '(' || c == ')') && !word.empty()) {
        words_.push_back(std::exchange(word, ""));
      }
      if (c == '(' || c == ')') {
        words_.emplace_back(1, c);
      } else if (!space) {
        word += c;
      }
    }
    if (!word.empty()) words_.push_back(word);
  }

  std::optional<Condition> Read() {
    Condition condition = Chain(Condition::kOr);
    if (at_ != words_.size()) wrong_ = true;
    return wrong_ ? std::nullopt : std::optional(std::move(condition));
  }

 private:
  std::string Peek(size_t ahead = 0) const {
    return at_ + ahead < words_.size() ? words_[at_ + ahead] : "";
  }
  bool Take(std::string_view word) {
    if (Lower(Peek()) != word) return false;
    ++at_;
    return true;
  }

  Condition Chain(Condition::Kind kind) {
    Condition chain;
    chain.kind = kind;
    do {
      chain.children.push_back(kind == Condition::kOr ? Chain(Condition::kAnd) : Not());
    } while (!wrong_ && Take(kind == Condition::kOr ? "or" : "and"));
    return chain;
  }

  Condition Not() {
    if (!Take("not")) return Operand();
    Condition inverse;
    inverse.kind = Condition::kNot;
    inverse.children.push_back(Not());
    return inverse;
  }

  Condition Operand() {
    if (Take("(")) {
      Condition inner = Chain(Condition::kOr);
      if (!Take(")")) wrong_ = true;
      return inner;
    }
    const std::string word = Lower(Peek());
    if (Lower(Peek(1)) == "of" && OneOf(word, {"1", "any", "all"})) return Quantified(word);
    const std::string name = Peek();
    ++at_;
    Condition one;
    for (size_t i = 0; i < selections_.size(); ++i) {
      if (selections_[i].name == name) return one.selection = i, one;
    }
    wrong_ = true;
    return one;
  }

  Condition Quantified(const std::string& quantifier) {
    at_ += 2;
    const std::string pattern = Peek();
    ++at_;
    const bool them = Lower(pattern) == "them";
    Condition chain;
    chain.kind = quantifier == "all" ? Condition::kAnd : Condition::kOr;
    for (size_t i = 0; i < selections_.size(); ++i) {
      const std::string& name = selections_[i].name;
      if (!(them ? !name.starts_with('_') : NameMatches(pattern, name))) continue;
      chain.children.emplace_back().selection = i;
    }
    if (chain.children.empty()) wrong_ = true;
    return chain;
  }

  const std::vector<Selection>& selections_;
  std::vector<std::string> words_;
  size_t at_ = 0;
  bool wrong_ = false;
};

// Throws nothing; the first thing that has no meaning is kept in `*why`.
class RuleReader {
 public:
  RuleReader(yaml_document_t& document, const Placeholders& placeholders, bool re2,
             std::string* why)
      : document_(document), placeholders_(placeholders), re2_(re2), why_(why) {}

  std::optional<Rule> Read() {
    const yaml_node_t* root = yaml_document_get_root_node(&document_);
    const yaml_node_t* detection = root == nullptr ? nullptr : ChildOf(*root, "detection");
    if (detection == nullptr || detection->type != YAML_MAPPING_NODE) return Wrong("detection");
    Rule rule;
    if (const yaml_node_t* source = ChildOf(*root, "logsource")) rule.type = TypeOf(*source);
    const yaml_node_t* condition = nullptr;
    for (const auto& [name, node] : PairsOf(*detection)) {
      if (name == "condition") {
        condition = node;
      } else if (name != "timeframe") {
        rule.selections.push_back({name, {}});
        if (!ReadSelection(*node, rule.selections.back())) return std::nullopt;
      }
    }
    if (condition == nullptr || !ReadConditions(*condition, rule)) return Wrong("condition");
    return rule;
  }

 private:
  std::nullopt_t Wrong(std::string_view what) {
    if (why_->empty()) *why_ = what;
    return std::nullopt;
  }

  std::vector<std::pair<std::string, const yaml_node_t*>> PairsOf(const yaml_node_t& map) {
    std::vector<std::pair<std::string, const yaml_node_t*>> pairs;
    for (auto* p = map.data.mapping.pairs.start; p < map.data.mapping.pairs.top; ++p) {
      const yaml_node_t* key = yaml_document_get_node(&document_, p->key);
      if (key->type != YAML_SCALAR_NODE) continue;
      pairs.emplace_back(std::string(reinterpret_cast<const char*>(key->data.scalar.value),
                                     key->data.scalar.length),
                         yaml_document_get_node(&document_, p->value));
    }
    return pairs;
  }

  std::vector<const yaml_node_t*> ItemsOf(const yaml_node_t& list) {
    std::vector<const yaml_node_t*> items;
    for (auto* i = list.data.sequence.items.start; i < list.data.sequence.items.top; ++i) {
      items.push_back(yaml_document_get_node(&document_, *i));
    }
    return items;
  }

  const yaml_node_t* ChildOf(const yaml_node_t& map, std::string_view wanted) {
    if (map.type != YAML_MAPPING_NODE) return nullptr;
    for (const auto& [name, node] : PairsOf(map)) {
      if (name == wanted) return node;
    }
    return nullptr;
  }

  std::string TypeOf(const yaml_node_t& source) {
    std::string type = "*";
    for (const char* key : {"product", "category", "service"}) {
      const yaml_node_t* node = ChildOf(source, key);
      if (node == nullptr || node->type != YAML_SCALAR_NODE) continue;
      const std::string text = Lower(ReadScalar(*node).text);
      type = std::string_view(key) == "product" ? text : type + "/" + text;
    }
    return type;
  }

  // Entries of a map, under one selection or in a list of maps.
  bool ReadMap(const yaml_node_t& map, Selection& selection) {
    std::vector<Entry> entries;
    for (const auto& [key, node] : PairsOf(map)) {
      const auto values = ValuesOf(*node);
      if (!values) return Wrong("nested"), false;
      auto entry =
          MakeEntry(key, *values, node->type == YAML_SEQUENCE_NODE, placeholders_, re2_, why_);
      if (!entry) return false;
      entries.push_back(*std::move(entry));
    }
    if (entries.empty()) return Wrong("empty map"), false;
    selection.any_of.push_back(std::move(entries));
    return true;
  }

  std::optional<std::vector<YamlValue>> ValuesOf(const yaml_node_t& node) {
    std::vector<const yaml_node_t*> nodes = {&node};
    if (node.type == YAML_SEQUENCE_NODE) nodes = ItemsOf(node);
    std::vector<YamlValue> values;
    for (const yaml_node_t* item : nodes) {
      if (item->type != YAML_SCALAR_NODE) return std::nullopt;
      values.push_back(ReadScalar(*item));
    }
    return values;
  }

  bool ReadKeyword(const yaml_node_t& node, Selection& selection) {
    auto entry = MakeEntry(std::nullopt, {ReadScalar(node)}, false, placeholders_, re2_, why_);
    if (!entry) return false;
    selection.any_of.push_back({*std::move(entry)});
    return true;
  }

  bool ReadSelection(const yaml_node_t& node, Selection& selection) {
    if (node.type == YAML_MAPPING_NODE) return ReadMap(node, selection);
    if (node.type == YAML_SCALAR_NODE) return ReadKeyword(node, selection);
    for (const yaml_node_t* item : ItemsOf(node)) {
      const bool read = item->type == YAML_MAPPING_NODE  ? ReadMap(*item, selection)
                        : item->type == YAML_SCALAR_NODE ? ReadKeyword(*item, selection)
                                                         : false;
      if (!read) return Wrong("a list in a list"), false;
    }
    return !selection.any_of.empty();
  }

  bool ReadConditions(const yaml_node_t& node, Rule& rule) {
    const auto texts = ValuesOf(node);
    if (!texts || texts->empty()) return false;
    rule.condition.kind = Condition::kOr;
    for (const YamlValue& text : *texts) {
      auto one = ConditionReader(text.text, rule.selections).Read();
      if (!one) return false;
      rule.condition.children.push_back(*std::move(one));
    }
    return true;
  }

  yaml_document_t& document_;
  const Placeholders& placeholders_;
  bool re2_;
  std::string* why_;
};

}  // namespace

std::optional<Rule> ReadRule(std::string_view yaml, const Placeholders& placeholders,
                             std::string* why, bool re2) {
  why->clear();
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(yaml.data()),
                               yaml.size());
  std::optional<Rule> rule;
  yaml_document_t document;
  if (yaml_parser_load(&parser, &document) != 0) {
    rule = RuleReader(document, placeholders, re2, why).Read();
    yaml_document_delete(&document);
  } else {
    *why = "no YAML";
  }
  yaml_parser_delete(&parser);
  return rule;
}

}  // namespace sluice::naive
