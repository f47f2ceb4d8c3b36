#include "parser/yaml/yaml_problem.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

struct Words {
  std::string_view libyaml;
  std::string_view ours;
};

// By what libyaml was doing.
constexpr Words kStructures[] = {
    {"while parsing a block mapping", "mapping"},
    {"while parsing a block collection", "list"},
    {"while parsing a flow mapping", "mapping in braces"},
    {"while parsing a flow sequence", "list in brackets"},
    {"while parsing a block node", "value"},
    {"while parsing a flow node", "value"},
    {"while parsing a node", "tag"},
    {"while parsing a tag", "tag"},
    {"while scanning a tag", "tag"},
    {"while scanning an alias", "alias"},
    {"while scanning an anchor", "anchor"},
    {"while scanning a simple key", "key"},
    {"while scanning a quoted scalar", "quoted value"},
    {"while parsing a quoted scalar", "quoted value"},
    {"while scanning a plain scalar", "value without quotes"},
    {"while scanning a block scalar", "block value"},
    {"while scanning a directive", "directive"},
    {"while scanning a %YAML directive", "%YAML directive"},
    {"while scanning a %TAG directive", "%TAG directive"},
    {"while parsing a %TAG directive", "%TAG directive"},
    {"while scanning a tag directive", "%TAG directive"},
    {"while parsing a tag directive", "%TAG directive"},
};

constexpr Words kMessages[] = {
    {"mapping values are not allowed in this context",
     "':' stands where no key can: indent the line as the keys beside it, or put a value that "
     "holds "
     "': ' in quotes"},
    {"mapping keys are not allowed in this context",
     "'?' begins a key where none can stand: put a value that begins with it in quotes"},
    {"block sequence entries are not allowed in this context",
     "'-' begins a list item where none can stand: put the list on lines of its own"},
    {"did not find expected key",
     "a key is expected here: indent the line as the keys before it, and put a value that goes on "
     "behind its closing quote in quotes as a whole"},
    {"did not find expected '-' indicator",
     "'-' is expected here: indent the line as the list items before it"},
    {"could not find expected ':'",
     "a key without ':' before this: a key is followed by ':', stands on one line and has at most "
     "1024 characters"},
    {"did not find expected ',' or ']'", "it is not closed: ',' or ']' is expected here"},
    {"did not find expected ',' or '}'", "it is not closed: ',' or '}' is expected here"},
    {"did not find expected node content", "a value is expected here"},
    {"did not find expected <document start>",
     "something stands behind the end of the document: begin another with '---', or indent it"},
    {"found unexpected end of stream",
     "it is not closed: end it with the quote that it begins with"},
    {"found unexpected document indicator",
     "a document ends inside of it: end it with the quote that it begins with"},
    {"found unknown escape character",
     "'\\' and the character behind it mean nothing in double quotes: write '\\\\', or use single "
     "quotes"},
    {"found invalid Unicode character escape code",
     "the number behind '\\' is no character that can be written so"},
    {"did not find expected hexdecimal number",
     "'\\x' takes 2 hexadecimal digits, '\\u' 4 and '\\U' 8: write '\\\\' for a backslash, or use "
     "single quotes"},
    {"found a tab character that violates indentation", "a tab indents the line: use spaces"},
    {"found a tab character where an indentation space is expected",
     "a tab indents the line: use spaces"},
    {"found an indentation indicator equal to 0", "the indentation behind '|' or '>' is 1 to 9"},
    {"did not find expected comment or line break",
     "something else than a comment stands behind it on the line"},
    {"did not find expected alphabetic or numeric character",
     "its name is letters, digits, '-' and '_': put a value that begins with '*' or '&' in quotes"},
    {"found undefined tag handle",
     "its handle is not defined: put a value that begins with '!' in quotes"},
    {"did not find expected whitespace or line break", "a blank is expected behind it"},
    {"found unknown directive name",
     "only %YAML and %TAG are known: put a value that begins with '%' in quotes"},
    {"found incompatible YAML document", "only versions 1.1 and 1.2 of YAML are read"},
    {"did not find expected digit or '.' character", "the version is two numbers with '.' between"},
    {"control characters are not allowed",
     "a control character: write it with '\\x' in double quotes"},
};

template <size_t N>
std::string_view Lookup(const Words (&table)[N], std::string_view words,
                        std::string_view otherwise) {
  const Words* found = std::ranges::find(table, words, &Words::libyaml);
  return found != std::end(table) ? found->ours : otherwise;
}

std::string_view AsView(const char* words) { return words != nullptr ? words : ""; }

// The code point at `at`, or one byte of what is none; of length 0 at the end.
Place CharacterAt(std::string_view text, size_t at) {
  uint32_t length = 0;
  if (at < text.size()) {
    const std::optional<CodePoint> point = DecodeWtf8(text.substr(at));
    length = point ? point->length : 1;
  }
  return {static_cast<uint32_t>(std::min(at, text.size())), length};
}

// For "found character that cannot start any token".
std::string DescribeStart(std::string_view character) {
  if (character == "\t") return "a tab stands where a key or value begins: use spaces";
  return absl::StrCat("a value cannot begin with ", Abseil(character),
                      " without quotes: put it in quotes");
}

std::string Describe(std::string_view problem, std::string_view character) {
  if (problem == "found character that cannot start any token") return DescribeStart(character);
  if (character == std::string_view("\0", 1)) {
    return "a NUL: this is no text, or UTF-16 without a byte order mark";
  }
  return std::string(Lookup(kMessages, problem, problem));
}

Malformed DescribeUnreadable(const yaml_parser_t& parser, std::string_view text) {
  const Place place = CharacterAt(text, parser.problem_offset);
  const std::string_view problem = AsView(parser.problem);
  if (problem != "control characters are not allowed") {
    return YamlBroken({place.offset, 1}, "YAML",
                      "a byte that is not UTF-8: save the file as UTF-8");
  }
  return YamlBroken(place, "YAML", Describe(problem, text.substr(place.offset, place.length)));
}

}  // namespace

Malformed YamlBroken(Place place, std::string_view structure, std::string message) {
  return {place, std::string(structure), std::move(message)};
}

Malformed YamlOverLimit(Place place, std::string_view structure, std::string message) {
  return {place, std::string(structure), std::move(message), /*over_limit=*/true};
}

Malformed DescribeYamlProblem(const yaml_parser_t& parser, std::string_view text,
                              YamlMarks* marks) {
  if (parser.error == YAML_MEMORY_ERROR) {
    return YamlOverLimit({}, "YAML", "no memory is left to hold it");
  }
  if (parser.error == YAML_READER_ERROR) return DescribeUnreadable(parser, text);
  Place place = CharacterAt(text, marks->Offset(parser.problem_mark.index));
  const std::string_view context = AsView(parser.context);
  if (place.length == 0 && !context.empty()) {
    place = CharacterAt(text, marks->Offset(parser.context_mark.index));
  }
  return YamlBroken(place, Lookup(kStructures, context, "YAML"),
                    Describe(AsView(parser.problem), text.substr(place.offset, place.length)));
}

}  // namespace sluice
