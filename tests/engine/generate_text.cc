#include "tests/engine/generate_text.h"

#include <algorithm>
#include <cstdio>

namespace sluice::naive {
namespace {

const std::vector<std::string>& Pieces() {
  static const std::vector<std::string> pieces = {
      "a",      "b",          "B",      "ab",     "cmd",    ".exe",   "\\",         "\\",
      "-",      "/",          " ",      "1",      "0",      "%",      "'",          ":",
      "s",      "k",          "K",      "i",      "I",      "\u017f", "\u212a",     "\u0131",
      "\u0130", "\u00e9",     "\u00c9", "\u00df", "\u1e9e", "\u03c3", "\u03c2",     "\u03a3",
      "\u042f", "\u044f",     "\u20ac", "\u2014", "\u2013", "\u2015", "\U00010400", "\U00010428",
      "=",      "+",          ".",      "\t",     "#",      "\u00b5", "\u03bc",     "x",
      "y",      "powershell", "\u212b", "\u00e5"};
  return pieces;
}

// Each folds to the same as the others of its row.
const std::vector<Units>& SameLetters() {
  static const std::vector<Units> rows = {U"s\u017fS",
                                          U"k\u212aK",
                                          U"\u00e5\u212b\u00c5",
                                          U"\u00df\u1e9e",
                                          U"\u03c3\u03c2\u03a3",
                                          U"\u00b5\u03bc\u039c",
                                          U"\u044f\u042f",
                                          U"\u00e9\u00c9",
                                          U"\U00010400\U00010428",
                                          U"-/\u2013\u2014\u2015"};
  return rows;
}

char32_t Another(NaiveRandom& random, char32_t c) {
  for (const Units& row : SameLetters()) {
    if (row.find(c) != Units::npos) return row[random.Below(row.size())];
  }
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter ? c ^ 0x20 : c;
}

class RegexMaker {
 public:
  explicit RegexMaker(NaiveRandom& random) : random_(random) {}

  GeneratedRegex Either(int depth) {
    GeneratedRegex made = Sequence(depth);
    for (uint32_t i = random_.OneIn(4) ? 1 + random_.Below(2) : 0; i > 0; --i) {
      const GeneratedRegex other = Sequence(depth);
      made.pattern += "|" + other.pattern;
      if (random_.OneIn(2)) made.text = other.text;
    }
    return made;
  }

 private:
  GeneratedRegex Sequence(int depth) {
    GeneratedRegex made;
    for (uint32_t i = 1 + random_.Below(3); i > 0; --i) {
      GeneratedRegex atom = Atom(depth);
      if (random_.OneIn(3)) Quantify(&atom);
      made.pattern += atom.pattern;
      made.text += atom.text;
    }
    return made;
  }

  void Quantify(GeneratedRegex* atom) {
    static const std::vector<std::pair<std::string, std::pair<int, int>>> kinds = {
        {"*", {0, 3}},     {"+", {1, 3}},      {"?", {0, 1}},  {"{2}", {2, 2}},
        {"{1,3}", {1, 3}}, {"{2,}", {2, 4}},   {"*?", {0, 3}}, {"+?", {1, 3}},
        {"??", {0, 1}},    {"{0,2}?", {0, 2}}, {"{0}", {0, 0}}};
    const auto& [suffix, counts] = OneOf(random_, kinds);
    std::string text;
    for (int i = counts.first + static_cast<int>(random_.Below(
                                    static_cast<size_t>(counts.second - counts.first) + 1));
         i > 0; --i) {
      text += atom->text;
    }
    *atom = {"(?:" + atom->pattern + ")" + suffix, text};
  }

  GeneratedRegex Atom(int depth) {
    static const std::vector<GeneratedRegex> leaves = {{".", "b"},
                                                       {".*", " x "},
                                                       {"[abc]", "c"},
                                                       {"[^abc]", "x"},
                                                       {"[a-k]", "K"},
                                                       {"[^a-k]", "\u212a"},
                                                       {"\\d", "7"},
                                                       {"\\w", "k"},
                                                       {"\\s", " "},
                                                       {"\\s", "\v"},
                                                       {"\\D", "\u20ac"},
                                                       {"\\W", "\u017f"},
                                                       {"\\S", "y"},
                                                       {"[\\d.-]", "."},
                                                       {"[\\\\/]", "\\"},
                                                       {"[\u03c3x]", "\u03a3"},
                                                       {"\\.", "."},
                                                       {"\\\\", "\\"},
                                                       {"\\x41", "A"},
                                                       {"\\x{212a}", "k"},
                                                       {"\\*", "*"},
                                                       {"\\n", "\n"},
                                                       {"[^\\n]", "\t"},
                                                       {"\\b", ""},
                                                       {"^", ""},
                                                       {"$", ""},
                                                       {"$", "\n"},
                                                       {"[^\\w]", "-"},
                                                       {"(?i)s", "\u017f"},
                                                       {"(?i:K)", "\u212a"},
                                                       {"[[]", "["},
                                                       {"[]a]", "]"},
                                                       {"\u00df", "\u1e9e"},
                                                       {"-", "-"},
                                                       {"[\\]\\-]", "-"},
                                                       {"(?s).", "\n"},
                                                       {"[A-Z]", "\u017f"},
                                                       {"[\U00010400-\U00010427]", "\U00010428"}};
    if (depth > 0 && random_.OneIn(4)) {
      GeneratedRegex inner = Either(depth - 1);
      inner.pattern = OneOf(random_, {"(", "(?:"}) + inner.pattern + ")";
      return inner;
    }
    if (random_.OneIn(2)) return OneOf(random_, leaves);
    const std::string text = OneOf(random_, {"a", "b", "ab", "cmd", "s", "K", "1", "\u00e9", "x"});
    return {text, random_.OneIn(4) ? InOtherCase(random_, text) : text};
  }

  NaiveRandom& random_;
};

}  // namespace

std::string OneOf(NaiveRandom& random, std::initializer_list<const char*> all) {
  return all.begin()[random.Below(all.size())];
}

std::string RandomText(NaiveRandom& random, size_t pieces) {
  std::string text;
  for (size_t i = random.Below(pieces + 1); i > 0; --i) text += OneOf(random, Pieces());
  return text;
}

std::string RandomValue(NaiveRandom& random, size_t pieces) {
  std::string text;
  for (size_t i = 1 + random.Below(pieces); i > 0; --i) {
    text += random.OneIn(4) ? OneOf(random, {"*", "?", "\\*", "\\?", "\\\\", "\\\\*", "\\\\\\*",
                                             "**", "\\", "\\\\?", "?*", "\\a"})
                            : OneOf(random, Pieces());
  }
  return text;
}

std::string InOtherCase(NaiveRandom& random, std::string_view text) {
  Units units = Decode(text);
  for (char32_t& c : units) {
    if (random.OneIn(3)) c = Another(random, c);
  }
  return Encode(units);
}

std::string Instantiate(NaiveRandom& random, const Pattern& pattern) {
  Units units;
  for (const Glyph& glyph : pattern) {
    if (glyph.kind == Glyph::kLiteral) {
      units += glyph.c;
    } else if (glyph.kind == Glyph::kAnyOne) {
      units += Decode(OneOf(random, {"x", "*", "\\", "\u20ac", "\xff", "\n", "\U00010400"}));
    } else {
      units += Decode(RandomText(random, 3));
    }
  }
  const std::string text = Encode(units);
  return random.OneIn(2) ? InOtherCase(random, text) : text;
}

std::string Mutate(NaiveRandom& random, std::string text) {
  const size_t at = random.Below(text.size() + 1);
  switch (random.Below(9)) {
    case 0:
      return text.substr(0, at);
    case 1:
      return text.insert(at, OneOf(random, Pieces()));
    case 2:
      return text.erase(at, 1);
    case 3:
      return text.insert(at, OneOf(random, {"\xff", "\x80", "\xe2\x82", "\xed\xa0\x80"}));
    case 4:
      return text + OneOf(random, {"\n", "\v", "\r\n"});
    case 5:
      return OneOf(random, {" ", "*", "\\", "x"}) + text;
    case 6:
      return InOtherCase(random, text);
    case 7:
      return text + OneOf(random, {" ", "*", "\\", "x", "?"});
    default: {
      if (at < text.size()) text[at] = static_cast<char>(random.Below(256));
      return text;
    }
  }
}

std::string RandomNumber(NaiveRandom& random) {
  return OneOf(random, {"0",
                        "1",
                        "7",
                        "8",
                        "9",
                        "10",
                        "11",
                        "12",
                        "-1",
                        "-10",
                        "4625",
                        "99",
                        "100",
                        "1.5",
                        "10.5",
                        "-0.5",
                        "18446744073709551615",
                        "18446744073709551616",
                        "2024",
                        "16"});
}

std::string LikeNumber(NaiveRandom& random, std::string_view number) {
  const std::string text(number);
  switch (random.Below(14)) {
    case 0:
      return text.find('.') == std::string::npos ? text + ".0" : text + "0";
    case 1:
      return text[0] == '-' ? text : "0" + text;
    case 2:
      return text + "e0";
    case 3:
      return text + "0e-1";
    case 4:
      return " " + text;
    case 5:
      return text + OneOf(random, {"0", "1", ".", "x", " ", ".0001", "e", "e1"});
    case 6:
      return RandomNumber(random);
    case 7:
      return text[0] == '-' ? text : "+" + text;
    case 8:
      return text.starts_with('-') ? text.substr(1) : "-" + text;
    case 9:
      return OneOf(random, {"0xa", "0xA", "0x10", "0X7", "0x", "0xg", "-0x1"});
    default:
      return text;
  }
}

std::string RandomDate(NaiveRandom& random) {
  char date[16];
  std::snprintf(date, sizeof date, "%04u-%02u-%02u", 1990 + random.Below(40), 1 + random.Below(12),
                1 + random.Below(31));
  std::string text = date;
  if (random.OneIn(3)) {
    text = OneOf(random, {"2024-02-29", "2023-02-29", "2021-01-03", "2024-12-30", "2007-10-09",
                          "2024-13-01", "0001-01-01", "1999-12-31", "2024-2-29", "2024-00-10"});
  }
  if (random.OneIn(6)) return text;
  text += OneOf(random, {"T", " ", " ", "t", "  "});
  text += OneOf(random, {"07:08", "00:00", "23:59", "24:00", "10:10", "7:08", "10:60"});
  if (random.OneIn(5)) return text;
  text += OneOf(random, {":09", ":00", ":60", ":61", ""});
  if (random.OneIn(2)) text += OneOf(random, {".061", ".1234567", ".", ",5"});
  return text + OneOf(random, {"", "", "Z", "+02:00", "-0500", "+24:00", "x"});
}

std::string RandomNetwork(NaiveRandom& random) {
  return OneOf(random, {"10.0.0.0/8", "192.168.1.0/24", "192.168.1.128/25", "0.0.0.0/0",
                        "127.0.0.1/32", "172.16.0.0/12", "::1/128", "fe80::/10", "fc00::/7",
                        "2001:db8::/33", "::/0", "::ffff:0:0/96"});
}

std::string AddressNear(NaiveRandom& random, std::string_view network) {
  if (random.OneIn(4)) {
    return OneOf(random, {"10.255.255.255",
                          "11.0.0.0",
                          "192.168.1.127",
                          "192.168.1.128",
                          "172.31.255.255",
                          "172.32.0.0",
                          "fe80::1%eth0",
                          "febf::",
                          "fec0::",
                          "2001:db8:7fff::1",
                          "2001:db8:8000::1",
                          "::ffff:10.0.0.1",
                          "010.0.0.1",
                          "10.0.0",
                          "10.0.0.1 ",
                          "10.0.0.256",
                          "::1",
                          "0:0:0:0:0:0:0:1",
                          "::",
                          "FE80::A",
                          "10.0.0.1/8",
                          ""});
  }
  const size_t slash = network.find('/');
  return std::string(network.substr(0, slash));
}

GeneratedRegex RandomRegex(NaiveRandom& random) {
  GeneratedRegex made = RegexMaker(random).Either(2);
  if (random.OneIn(4)) made.pattern = "^" + made.pattern;
  if (random.OneIn(4)) made.pattern += "$";
  return made;
}

}  // namespace sluice::naive
