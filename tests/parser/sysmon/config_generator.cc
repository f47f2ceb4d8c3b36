#include "tests/parser/sysmon/config_generator.h"

#include "tests/parser/sysmon/naive_text.h"

namespace naive {
namespace {

constexpr const char* kVersions[] = {"4.50", "4.70", "4.90",  "4.10", "4.1",   "4.00",    "4.22",
                                     " 4.5", "+4.3", "45e-1", "4.5x", "10.25", "65535.99"};
constexpr const char* kOddVersions[] = {"3.40", "", "abc", "0", "0.5", "65536", "1e9", "-4.5"};
constexpr const char* kSound[] = {"\\cmd.exe",
                                  "C:\\Windows\\",
                                  "a;b;c",
                                  "x",
                                  " lead",
                                  "trail ",
                                  "&lt;b&gt;",
                                  "&amp;",
                                  "&quot;&apos;",
                                  "\xC3\xA9",
                                  "\xF0\x9F\x94\x92",
                                  "&#x1F512;",
                                  "&#13;",
                                  "&#10;",
                                  "\r\n",
                                  "\n",
                                  "\t",
                                  "%TEMP%",
                                  "&#1;",
                                  "&#x20;",
                                  "\xEF\xBF\xBE",
                                  "\xE2\x80\xAE",
                                  "]]&gt;",
                                  "-"};
constexpr const char* kOddTexts[] = {"&bogus;",        "&amp",          "& ",       "&#0;",
                                     "\xFF",           "\xED\xA0\x80",  "&#xD800;", "&#xZ;",
                                     "\xC3",           "<!-- c -->",    "<?p i?>",  "<b/>",
                                     "<![CDATA[<&]]>", "<![CDATA[ ]]>", ">"};
constexpr const char* kGroupRelations[] = {"or", "and", "OR", "And", "", "oder"};

std::string Repeat(std::string_view text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

std::string ConfigGenerator::AnyCase(std::string word) {
  const uint32_t how = Below(10);
  if (how < 7) return word;
  for (char& c : word) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter && (how == 7 || Chance(50))) c = static_cast<char>(c ^ 0x20);
  }
  return word;
}

std::string ConfigGenerator::Space() {
  constexpr const char* kSpaces[] = {"", "", "\n  ", " ", "\r\n", "<!-- a < b & c -->", "\t"};
  if (!plain_ && Chance(2)) return "stray text";
  return Pick(kSpaces);
}

std::string ConfigGenerator::Text() {
  std::string text;
  for (uint32_t i = Below(4); i > 0; --i) {
    text += !plain_ && Chance(12) ? Pick(kOddTexts) : Pick(kSound);
  }
  if (Chance(3)) text += Repeat(Pick(kSound), Below(40));
  return text;
}

std::string ConfigGenerator::AttributeText() {
  std::string text;
  for (const char c : Text()) {
    if (c != '<' && c != '"') text += c;
  }
  return text;
}

std::string ConfigGenerator::Name() {
  const uint32_t how = Below(40);
  if (how < 8) return "";
  if (how < 16) return "T1059";
  if (how < 24) return AttributeText();
  if (how == 24) return Repeat("n", 127);
  if (how == 25) return Repeat("n", 126) + "\xF0\x9F\x94\x92";
  if (how == 26) return Repeat("n", 128);
  if (how == 27) return Repeat("n", 255);
  if (how == 28) return Repeat("\xC3\xA9", 127) + "n";
  if (how == 29 && !plain_) return Repeat("n", 256);
  if (how == 30 && !plain_) return Repeat("\xC3\xA9", 128);
  return "name=" + std::to_string(Below(4));
}

// ` name="..."` and another attribute, in either order, each mostly there.
std::string ConfigGenerator::Attributes(bool name, const char* other, const std::string& value) {
  const std::string first = name && Chance(40) ? " name=\"" + Name() + "\"" : "";
  std::string second = Chance(80) ? std::string(" ") + other + "='" + value + "'" : "";
  if (!plain_ && Chance(2)) second += std::string(" ") + other + "='or'";
  if (!plain_ && Chance(2)) second += " unknown = 'x'";
  return Chance(50) ? first + second : second + first;
}

std::string ConfigGenerator::Relation() {
  return plain_ ? (Chance(50) ? "or" : "and") : Pick(kGroupRelations);
}

std::string ConfigGenerator::Condition(const EventType& type, uint32_t depth) {
  std::string field = type.fields[Below(static_cast<uint32_t>(type.fields.size()))];
  if (!plain_ && Chance(1)) field = Chance(50) ? "Bogus" : AnyCase(field);
  std::string condition = AnyCase(build_.conditions[Below(16)]);
  if (Chance(5)) condition.clear();
  if (!plain_ && Chance(2)) condition = "is like";
  const std::string start = "<" + field + Attributes(true, "condition", condition);
  if (Chance(5)) return start + "/>";
  std::string value = Text();
  if (Chance(5)) value = "<![CDATA[" + std::string(Chance(50) ? " <&> " : "\r ") + "]]>" + value;
  if (!plain_ && depth < 3 && Chance(2)) value += Event(depth + 1);
  return start + ">" + value + "</" + field + ">";
}

std::string ConfigGenerator::Rule(const EventType& type, uint32_t depth) {
  const std::string name = AnyCase("Rule");
  std::string rule = "<" + name + Attributes(true, "groupRelation", Relation()) + ">";
  for (uint32_t i = Below(4); i > 0; --i) rule += Space() + Condition(type, depth);
  if (!plain_ && depth < 3 && Chance(2)) rule += Event(depth + 1);
  return rule + "</" + name + ">";
}

std::string ConfigGenerator::OnMatch() {
  constexpr const char* kOdd[] = {"",
                                  " onmatch=''",
                                  " onmatch='both'",
                                  " default='x'",
                                  " onmatch='include' default='include'",
                                  " OnMatch='include'",
                                  " onmatch='include' onmatch='exclude'",
                                  " onmatch='include\xFF'"};
  if (!plain_ && Chance(6)) return Pick(kOdd);
  const std::string word = AnyCase(Chance(60) ? "include" : "exclude");
  return std::string(Chance(85) ? " onmatch=\"" : " default=\"") + word + "\"";
}

std::string ConfigGenerator::Event(uint32_t depth) {
  const EventType* type = nullptr;
  while (type == nullptr || type->name.empty()) {
    type = &build_.types[Below(static_cast<uint32_t>(build_.types.size()))];
    if (Chance(25)) type = &build_.types[11 + Below(11)];  // mostly of a series
  }
  std::string name = type->name;
  if (!plain_ && Chance(2)) name = Chance(50) ? "Unknown" : AnyCase(name);
  std::string event = "<" + name + OnMatch() + ">";
  for (uint32_t i = Below(5); i > 0; --i) {
    event += Space() + (Chance(25) ? Rule(*type, depth) : Condition(*type, depth));
  }
  if (!plain_ && depth < 3 && Chance(2)) event += Event(depth + 1);
  return event + Space() + "</" + name + ">";
}

std::string ConfigGenerator::Filtering() {
  std::string filtering = "<EventFiltering>";
  for (uint32_t i = Below(6); i > 0; --i) {
    filtering += Space();
    const uint32_t how = Below(10);
    if (how < 6) {
      filtering += Event(0);
    } else if (how < 9) {
      const std::string name = AnyCase("RuleGroup");
      filtering += "<" + name + Attributes(true, "groupRelation", Relation()) + ">";
      for (uint32_t n = Below(3); n > 0; --n) filtering += Event(0) + Space();
      filtering += "</" + name + ">";
    } else if (!plain_) {
      filtering += "<Around>" + Event(0) + "</Around>";
    }
  }
  return filtering + "</EventFiltering>";
}

std::string ConfigGenerator::Options() {
  constexpr const char* kLists[] = {"a.exe", "a.exe,b.exe", "a,,b,c", "x\xC3\xA9.exe,y", " a , b "};
  constexpr const char* kOthers[] = {"<HashAlgorithms>sha256</HashAlgorithms>",
                                     "<CheckRevocation/>", "<DnsLookup>False</DnsLookup>"};
  std::string options;
  if (Chance(10)) options += Pick(kOthers);
  if (!plain_ && Chance(3)) options += "<Bogus/>";
  if (Chance(4)) options += std::string("<ImageLoad>") + Pick(kLists) + "</ImageLoad>";
  if (Chance(4)) options += std::string("<NetworkConnect>") + Pick(kLists) + "</NetworkConnect>";
  return options;
}

std::string ConfigGenerator::Encode(const std::string& text) {
  const uint32_t how = plain_ ? Below(6) : Below(8);
  if (how == 0) return "\xEF\xBB\xBF" + text;
  if (how == 1) return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text;
  if ((how == 2 || how == 3) && Cut(text) == text) {
    std::string wide = how == 2 ? "\xFF\xFE" : "";
    for (const uint16_t unit : Units(text)) {
      wide += static_cast<char>(unit & 0xFF);
      wide += static_cast<char>(unit >> 8);
    }
    return wide;
  }
  if (how == 4) return "<!-- - --><!DOCTYPE Sysmon [<!ENTITY bogus 'x'>]>" + text;
  if (how == 6) return "<?xml version='1.0' encoding='Iso-8859-1' ?>" + text;
  if (how == 7) return " \n<?xml version='1.0' encoding='windows-1252'?>" + text;
  return text;
}

std::string ConfigGenerator::Next() {
  plain_ = Chance(40);
  const char* version = Chance(97) ? Pick(kVersions) : Pick(kOddVersions);
  std::string text = "<Sysmon" +
                     (Chance(99) ? std::string(" schemaversion=\"") + version + "\"" : "") + ">" +
                     Space();
  const std::string options = Options();
  if (Chance(70)) text += options;
  text += Filtering();
  if (Chance(10)) text += Filtering();
  text += "</Sysmon>";
  return Encode(text);
}

}  // namespace naive
