#include "tests/engine/generate_sigma.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "tests/engine/generate_text.h"

namespace sluice::naive {
namespace {

const std::vector<std::string>& FieldNames() {
  static const std::vector<std::string> names = {"Image", "CommandLine", "User",
                                                 "Port",  "Hashes",      "EventID"};
  return names;
}

// A text as YAML has it, quoted one way or another.
std::string Quoted(NaiveRandom& random, std::string_view text) {
  const bool control = std::ranges::any_of(text, [](char c) { return c >= 0 && c < ' '; });
  if (!control && !random.OneIn(3)) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
  }
  std::string out = "\"";
  for (const char c : text) {
    char hex[8];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c >= 0 && c < ' ') {
      std::snprintf(hex, sizeof hex, "\\x%02x", c);
      out += hex;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// One value: how YAML writes it, and what matches it.
struct Made {
  std::string yaml;
  std::vector<std::string> texts;
  EventField::Kind kind = EventField::kText;
};

class RuleMaker {
 public:
  RuleMaker(NaiveRandom& random, GeneratedRule* rule) : random_(random), rule_(*rule) {}

  void Make() {
    static const std::vector<std::pair<std::string, std::string>> sources = {
        {"{product: windows, category: process_creation}", "windows/process_creation"},
        {"{product: windows, category: registry_set}", "windows/registry_set"},
        {"{product: windows}", "windows"},
        {"{category: proxy}", "*/proxy"},
        {"{product: Windows, service: Sysmon}", "windows/sysmon"}};
    const auto& [source, type] = OneOf(random_, sources);
    rule_.type = type;
    rule_.yaml = "title: generated\nid: " + rule_.id + "\nlogsource: " + source + "\ndetection:\n";
    static const std::vector<std::string> names = {"selection", "sel_a", "sel_b", "filter_x",
                                                   "_hidden",   "_sel",  "Sel"};
    for (uint32_t i = 1 + random_.Below(3); i > 0; --i) {
      const std::string& name = OneOf(random_, names);
      if (std::ranges::count(names_, name) == 0) names_.push_back(name);
    }
    for (const std::string& name : names_) rule_.yaml += "    " + name + ":" + SelectionBody();
    rule_.yaml += "    condition:" + Conditions();
  }

 private:
  std::string SelectionBody() {
    switch (random_.Below(10)) {
      case 0: {
        std::string body = "\n";
        for (uint32_t i = 2 + random_.Below(2); i > 0; --i) body += "      - " + Map("        ");
        return body;
      }
      case 1: {
        std::string body = "\n";
        for (uint32_t i = 1 + random_.Below(3); i > 0; --i) body += "      - " + Keyword() + "\n";
        return body;
      }
      case 2:
        return "\n      " + KeywordMap();
      case 3:
        return "\n      - " + Keyword() + "\n      - " + Map("        ");
      case 4:
        return random_.OneIn(3) ? " " + Keyword() + "\n" : "\n      " + Map("      ");
      default:
        return "\n      " + Map("      ");
    }
  }

  // Entries; the first stands where the line has come to, the others after `indent`.
  std::string Map(const std::string& indent) {
    std::string body;
    std::vector<std::string> keys;
    for (uint32_t i = 1 + random_.Below(3); i > 0; --i) {
      std::string key;
      const std::string entry = MakeEntry(OneOf(random_, FieldNames()), &key);
      if (std::ranges::count(keys, key) > 0) continue;
      keys.push_back(key);
      body += (body.empty() ? "" : indent) + entry + "\n";
    }
    return body;
  }

  std::string Keyword() {
    if (random_.OneIn(6)) {
      const std::string number = OneOf(random_, {"4625", "10", "7"});
      AddHint("", {number, {"x" + number + "y"}});
      return number;
    }
    const Made made = TextValue({"contains"});
    AddHint("", made);
    return made.yaml;
  }

  // `'|all': [...]`, and modifiers of keywords.
  std::string KeywordMap() {
    std::string key;
    const std::string entry = MakeEntry("", &key);
    return entry + "\n";
  }

  void AddHint(const std::string& field, const Made& made) {
    for (const std::string& text : made.texts) rule_.hints.push_back({made.kind, field, text});
  }

  // The modifiers of a value, in an order that has a meaning.
  std::vector<std::string> ValueModifiers(bool keyword) {
    const std::string where = OneOf(random_, {"contains", "startswith", "endswith"});
    const std::string wide = OneOf(random_, {"wide", "utf16le", "utf16be", "utf16"});
    const std::string compare = OneOf(random_, {"lt", "lte", "gt", "gte"});
    const std::string part = OneOf(random_, {"minute", "hour", "day", "week", "month", "year"});
    switch (random_.Below(keyword ? 12 : 22)) {
      case 0:
      case 1:
        return {};
      case 2:
      case 3:
      case 4:
        return {where};
      case 5:
        return random_.OneIn(2) ? std::vector<std::string>{"windash", where}
                                : std::vector<std::string>{where, "windash"};
      case 6:
        return {OneOf(random_, {"base64", "base64offset"}), where};
      case 7:
        return {wide, OneOf(random_, {"base64", "base64offset"}), "contains"};
      case 8:
        return {"re"};
      case 9:
        return RegexModifiers();
      case 10:
        return {"expand", where};
      case 11:
        return {"windash"};
      case 12:
        return {"cidr"};
      case 13:
        return {compare};
      case 14:
        return {part};
      case 15:
        return {part, compare};
      case 16:
        return {"fieldref"};
      case 17:
        return random_.OneIn(2) ? std::vector<std::string>{"fieldref", where}
                                : std::vector<std::string>{where, "fieldref"};
      case 18:
        return {"exists"};
      case 19:
        return random_.OneIn(2) ? std::vector<std::string>{"windash", "base64"}
                                : std::vector<std::string>{"expand"};
      case 20:
        return {wide, where};
      default:
        return {};
    }
  }

  std::vector<std::string> RegexModifiers() {
    std::vector<std::string> modifiers = {"re"};
    for (const char* flag : {"i", "m", "s"}) {
      if (random_.OneIn(2)) modifiers.insert(modifiers.begin() + 1, flag);
    }
    return modifiers;
  }

  static bool Has(const std::vector<std::string>& modifiers, std::string_view one) {
    return std::ranges::find(modifiers, one) != modifiers.end();
  }

  static bool IsPart(const std::vector<std::string>& modifiers) {
    return std::ranges::any_of(modifiers, [](const std::string& modifier) {
      return modifier == "minute" || modifier == "hour" || modifier == "day" ||
             modifier == "week" || modifier == "month" || modifier == "year";
    });
  }

  // Puts `modifier` anywhere but between `re` and its flags.
  void Insert(std::vector<std::string>* modifiers, const std::string& modifier) {
    size_t at = random_.Below(modifiers->size() + 1);
    if (Has(*modifiers, "re")) at = random_.OneIn(2) ? 0 : modifiers->size();
    modifiers->insert(modifiers->begin() + static_cast<ptrdiff_t>(at), modifier);
  }

  std::string MakeEntry(const std::string& field, std::string* key) {
    std::vector<std::string> modifiers = ValueModifiers(field.empty());
    const bool exists = Has(modifiers, "exists");
    const std::vector<std::string> of_values = modifiers;
    const bool number = Has(modifiers, "lt") || Has(modifiers, "lte") || Has(modifiers, "gt") ||
                        Has(modifiers, "gte") || IsPart(modifiers);
    const bool all = !exists && random_.OneIn(field.empty() ? 2 : 6);
    const bool plain = !exists && !number && !Has(modifiers, "re") && !Has(modifiers, "cidr");
    if (plain && random_.OneIn(6)) Insert(&modifiers, "cased");
    if (all) Insert(&modifiers, "all");
    const bool turned = !exists && (!number || IsPart({modifiers.back()}));
    if (turned && random_.OneIn(8)) Insert(&modifiers, "neq");
    *key = field;
    for (const std::string& modifier : modifiers) *key += "|" + modifier;
    const uint32_t count = exists ? 1 : all ? 2 + random_.Below(2) : 1 + random_.Below(3);
    const bool list = count > 1 || random_.OneIn(5);
    std::string values;
    std::string together;
    for (uint32_t i = 0; i < count; ++i) {
      const Made made = Value(field, of_values, list);
      AddHint(field, made);
      if (!made.texts.empty()) together += made.texts[0];
      values += (i == 0 ? "" : ", ") + made.yaml;
    }
    if (all) rule_.hints.push_back({EventField::kText, field, together});
    const std::string written = field.empty() || random_.OneIn(4) ? "'" + *key + "'" : *key;
    return written + ": " + (list ? "[" + values + "]" : values);
  }

  Made Value(const std::string& field, const std::vector<std::string>& modifiers, bool list) {
    if (Has(modifiers, "re")) return RegexValue();
    if (Has(modifiers, "cidr")) {
      const std::string network = RandomNetwork(random_);
      return {Quoted(random_, network), {AddressNear(random_, network)}};
    }
    if (Has(modifiers, "exists")) return {OneOf(random_, {"true", "false"}), {"x"}};
    if (Has(modifiers, "fieldref")) return OtherField(field, modifiers);
    for (const char* part : {"minute", "hour", "day", "week", "month", "year"}) {
      if (!Has(modifiers, part)) continue;
      const std::string number = std::string_view(part) == "year"
                                     ? OneOf(random_, {"2024", "2007", "1999", "2020"})
                                     : OneOf(random_, {"1", "2", "7", "8", "9", "10", "12"});
      return {number, {RandomDate(random_)}};
    }
    for (const char* compare : {"lt", "lte", "gt", "gte"}) {
      if (Has(modifiers, compare)) return NumberValue();
    }
    if (modifiers.empty() && !field.empty()) {
      if (random_.OneIn(5)) return NumberValue();
      if (random_.OneIn(12)) return {"''", {""}};
      if (random_.OneIn(16) && !list) return {OneOf(random_, {"null", "~", ""}), {}};
      if (random_.OneIn(16)) return {"true", {"True"}, EventField::kBoolean};
    }
    return TextValue(modifiers);
  }

  Made NumberValue() {
    const std::string number = RandomNumber(random_);
    return {number,
            {LikeNumber(random_, number)},
            random_.OneIn(2) ? EventField::kNumber : EventField::kText};
  }

  Made RegexValue() {
    const GeneratedRegex regex = RandomRegex(random_);
    return {Quoted(random_, regex.pattern), {regex.text, "a" + regex.text + "\n"}};
  }

  Made OtherField(const std::string& field, const std::vector<std::string>& modifiers) {
    std::string other = OneOf(random_, FieldNames());
    if (other == field) other = "Other";
    const std::string text = RandomText(random_, 2);
    rule_.hints.push_back({EventField::kText, other, text});
    return {other, {Placed(InOtherCase(random_, text), modifiers)}};
  }

  std::string Placed(const std::string& text, const std::vector<std::string>& modifiers) {
    std::string out = text;
    if (Has(modifiers, "contains") || Has(modifiers, "endswith")) {
      out = RandomText(random_, 1) + out;
    }
    if (Has(modifiers, "contains") || Has(modifiers, "startswith")) out += RandomText(random_, 1);
    return out;
  }

  Made TextValue(const std::vector<std::string>& modifiers) {
    const bool base64 = Has(modifiers, "base64") || Has(modifiers, "base64offset");
    const std::string wide = Has(modifiers, "utf16be")                             ? "utf16be"
                             : Has(modifiers, "utf16")                             ? "utf16"
                             : Has(modifiers, "wide") || Has(modifiers, "utf16le") ? "wide"
                                                                                   : "";
    std::string raw;
    if (base64 || !wide.empty()) {
      do {
        raw = RandomText(random_, 4);
      } while (raw.empty());
    } else if (Has(modifiers, "windash")) {
      raw = RandomValue(random_, 2) + OneOf(random_, {"-a", "/ ", " -x", "\u2014"});
    } else {
      raw = RandomValue(random_, 4);
    }
    if (Has(modifiers, "expand")) {
      // No '%' but those of the placeholder.
      std::erase(raw, '%');
      if (random_.OneIn(2)) raw += "%name%";
      if (random_.OneIn(2)) raw = "%Two%" + raw;
    }
    const std::string yaml = Quoted(random_, raw);
    std::string expanded = raw;
    for (const auto& [name, values] : GeneratedPlaceholders()) {
      const size_t at = expanded.find("%" + name + "%");
      if (Has(modifiers, "expand") && at != std::string::npos) {
        expanded.replace(at, name.size() + 2, OneOf(random_, values));
      }
    }
    std::string text = Instantiate(random_, ReadPattern(expanded));
    if (base64 || !wide.empty()) text = EncodedText(ReadPattern(raw), wide, base64);
    return {yaml, {Placed(text, modifiers)}};
  }

  std::string EncodedText(const Pattern& pattern, const std::string& wide, bool base64) {
    std::string bytes;
    const auto put = [&](char32_t unit) {
      const char high = static_cast<char>(unit >> 8 & 0xFF);
      const char low = static_cast<char>(unit & 0xFF);
      bytes += wide == "utf16be" ? high : low;
      bytes += wide == "utf16be" ? low : high;
    };
    for (const Glyph& glyph : pattern) {
      if (wide.empty()) {
        bytes += Encode(Units(1, glyph.c));
      } else if (glyph.c < 0x10000) {
        put(glyph.c);
      } else {
        put(0xD7C0 + (glyph.c >> 10));
        put(0xDC00 | (glyph.c & 0x3FF));
      }
    }
    if (wide == "utf16") bytes.insert(0, "\xff\xfe");
    if (!base64) {
      Units units;
      for (const char c : bytes) units += static_cast<uint8_t>(c);
      return random_.OneIn(6) ? bytes : Encode(units);
    }
    if (random_.OneIn(2)) return Base64(bytes);
    return Base64(std::string(random_.Below(3), 'x') + bytes + std::string(random_.Below(4), 'y'));
  }

  std::string Conditions() {
    if (!random_.OneIn(8)) return " " + Expression(3) + "\n";
    std::string out = "\n";
    for (uint32_t i = 1 + random_.Below(3); i > 0; --i) {
      out += "      - " + Expression(2) + "\n";
    }
    return out;
  }

  std::string Expression(int depth) {
    switch (depth == 0 ? 9 : random_.Below(10)) {
      case 0:
        return Expression(depth - 1) + " and " + Expression(depth - 1);
      case 1:
        return Expression(depth - 1) + " or " + Expression(depth - 1);
      case 2:
        return "not " + Expression(depth - 1);
      case 3:
        return "(" + Expression(depth - 1) + ")";
      case 4:
        return OneOf(random_, {"1 of ", "all of ", "any of "}) + Names();
      case 5:
        return Expression(0) + OneOf(random_, {" and not ", " or not ", " AND ", " Or "}) +
               Expression(depth - 1);
      case 6:
        return OneOf(random_, {"1 of ", "all of "}) + std::string("them");
      default:
        return OneOf(random_, names_);
    }
  }

  std::string Names() {
    const std::string& name = OneOf(random_, names_);
    switch (random_.Below(5)) {
      case 0:
        return name.substr(0, 2) + "*";
      case 1:
        return "*" + name.substr(name.size() - 1);
      case 2:
        return "*" + name.substr(1, 2) + "*";
      case 3:
        return "sel*";
      default:
        return name;
    }
  }

  NaiveRandom& random_;
  GeneratedRule& rule_;
  std::vector<std::string> names_;
};

}  // namespace

const Placeholders& GeneratedPlaceholders() {
  static const Placeholders placeholders = {{"name", {"adm-*", "root", "a\\*b"}},
                                            {"Two", {"x?", "K"}}};
  return placeholders;
}

GeneratedRule RandomRule(NaiveRandom& random, uint32_t number) {
  GeneratedRule rule;
  char id[40];
  std::snprintf(id, sizeof id, "%08x-0000-4000-8000-000000000000", number);
  rule.id = id;
  RuleMaker(random, &rule).Make();
  return rule;
}

}  // namespace sluice::naive
