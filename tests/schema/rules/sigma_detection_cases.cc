// Values, modifiers and fields of Sigma's detections.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr Severity kNote = Severity::kNote;
constexpr Severity kWarning = Severity::kWarning;
constexpr const char* kPresent = "matches every event that has the field";
constexpr const char* kNothing = "adds nothing";
constexpr const char* kNever = "never matches";
constexpr const char* kAlways = "always matches";
constexpr const char* kText = "compares as text";

// A rule with the selection of these lines, the first of which is line 18.
std::string Selection(const std::string& lines) {
  return SigmaRule(absl::StrCat("  selection:\n", lines, "  condition: selection\n"));
}

// The same over another category of log source.
std::string Selection(const std::string& category, const std::string& lines) {
  std::string rule = Selection(lines);
  const std::string from = "process_creation";
  return rule.replace(rule.find(from), from.size(), category);
}

RuleCase Fires(std::string rule, std::string shows, std::string text, uint32_t line,
               std::string effect, Severity severity) {
  return {.rule = std::move(rule),
          .shows = std::move(shows),
          .text = std::move(text),
          .expected = Expected{line, kSigmaId, std::move(effect), {}, severity}};
}

RuleCase Silent(std::string rule, std::string shows, std::string text) {
  return {.rule = std::move(rule), .shows = std::move(shows), .text = std::move(text)};
}

std::vector<RuleCase> Wildcards() {
  return {
      Fires("SL580", "a lone wildcard", Selection("    User: '*'\n"), 18, kPresent, kNote),
      Fires("SL580", "under contains", Selection("    User|contains: '*'\n"), 18, kPresent, kNote),
      Fires("SL580", "as a keyword", Selection("    - 'a keyword'\n    - '*'\n"), 19, kAlways,
            kWarning),
      Silent("SL580", "exists", Selection("    User|exists: true\n")),
      Silent("SL580", "with a letter", Selection("    User: '*a'\n")),
      Silent("SL580", "as text", Selection("    User: '\\*'\n")),
      Fires("SL581", "contains nothing", Selection("    CommandLine|contains: ''\n"), 18, kPresent,
            kWarning),
      Fires("SL581", "any text", Selection("    CommandLine|re: '.*'\n"), 18, kPresent, kWarning),
      Fires("SL581", "any address",
            Selection("network_connection", "    DestinationIp|cidr: '0.0.0.0/0'\n"), 18, kPresent,
            kWarning),
      Silent("SL581", "an empty value", Selection("    CommandLine: ''\n")),
      Silent("SL581", "any but an empty text", Selection("    CommandLine|re: '.+'\n")),
      Silent("SL581", "half of all addresses",
             Selection("network_connection", "    DestinationIp|cidr: '128.0.0.0/1'\n")),
      Fires("SL582", "on both sides", Selection("    CommandLine|contains: '*whoami*'\n"), 18,
            kNothing, kNote),
      Fires("SL582", "before an end", Selection("    Image|endswith: '*\\cmd.exe'\n"), 18, kNothing,
            kNote),
      Fires("SL582", "behind a backslash", Selection("    Image|startswith: 'C:\\\\*'\n"), 18,
            kNothing, kNote),
      Fires("SL582", "in a keyword", Selection("    - 'some'\n    - '*other'\n"), 19, kNothing,
            kNote),
      Silent("SL582", "at the other end", Selection("    CommandLine|endswith: 'whoami*'\n")),
      Silent("SL582", "an escaped star", Selection("    CommandLine|contains: 'whoami \\*'\n")),
      Silent("SL582", "inside", Selection("    CommandLine|contains: 'who*ami'\n")),
      Fires("SL583", "a star for endswith", Selection("    Image: '*\\cmd.exe'\n"), 18,
            "can be written with a modifier", kNote),
      Fires("SL583", "all of a list",
            Selection("    Image:\n      - '*\\a.exe'\n      - '*\\b.exe'\n"), 19,
            "can be written with a modifier", kNote),
      Silent("SL583", "a list of several shapes",
             Selection("    Image:\n      - '*\\a.exe'\n      - 'C:\\b.exe'\n")),
      Silent("SL583", "a star inside", Selection("    Image: '*\\cmd*.exe'\n")),
      Silent("SL583", "a modifier", Selection("    Image|endswith: '\\cmd.exe'\n")),
      Fires("SL584", "two stars", Selection("    CommandLine|contains: 'a**b'\n"), 18, kNothing,
            kWarning),
      Fires("SL584", "behind an escaped one", Selection("    CommandLine|contains: 'a\\***b'\n"),
            18, kNothing, kWarning),
      Silent("SL584", "one of them escaped", Selection("    CommandLine|contains: 'a\\**b'\n")),
      Silent("SL584", "in a regular expression", Selection("    CommandLine|re: 'a\\**b'\n")),
      Fires("SL585", "a folder that nobody has", Selection("    Image: 'C:\\Users\\*\\a.exe'\n"),
            18, kNever, kWarning),
      Fires("SL585", "a folder in a command line",
            Selection("    CommandLine|contains: '\\Users\\*\\Temp'\n"), 18,
            "compares the wildcard as text", kNote),
      Silent("SL585", "an escaped backslash", Selection("    Image: 'C:\\Users\\\\*\\a.exe'\n")),
      Silent("SL585", "the host of a share", Selection("    ShareName: '\\\\\\*\\IPC$'\n")),
      Silent("SL585", "all files in a command line",
             Selection("    CommandLine|contains: 'del C:\\Temp\\*'\n")),
  };
}

std::vector<RuleCase> Lists() {
  const auto list = [](const std::string& key, const std::vector<std::string>& values) {
    std::string lines = absl::StrCat("    ", key, ":\n");
    for (const std::string& value : values) absl::StrAppend(&lines, "      - '", value, "'\n");
    return Selection(lines);
  };
  std::vector<std::string> many;
  for (int i = 100; i < 200; ++i) many.push_back(absl::StrCat("name", i, "end"));
  std::vector<std::string> twice = many;
  twice.push_back("name150end");
  std::vector<std::string> covered = many;
  covered.push_back("a name150ending");
  return {
      Fires("SL586", "the same value", list("User", {"jo", "al", "jo"}), 21, kNothing, kWarning),
      Fires("SL586", "in a long list", list("User", twice), 119, kNothing, kWarning),
      Silent("SL586", "another value", list("User", {"jo", "al", "joe"})),
      Silent("SL586", "a long list", list("User", many)),
      Silent("SL586", "another case", list("User", {"jo", "Jo"})),
      Silent("SL586", "a number and its text", Selection("    User:\n      - 12\n      - '12'\n")),
      Fires("SL587", "another case", list("User", {"jo", "Jo"}), 20, kNothing, kWarning),
      Silent("SL587", "where case matters", list("User|cased", {"jo", "Jo"})),
      Silent("SL587", "in regular expressions", list("User|re", {"jo+", "Jo+"})),
      Silent("SL587", "in encoded values",
             list("CommandLine|base64offset|contains", {"whoami", "Whoami"})),
      Fires("SL588", "a part", list("CommandLine|contains", {"foobar", "foo"}), 19, kNothing,
            kNote),
      Fires("SL588", "in another case", list("CommandLine|contains", {"foo", "a FOOBAR"}), 20,
            kNothing, kNote),
      Fires("SL588", "in a long list", list("CommandLine|contains", covered), 119, kNothing, kNote),
      Fires("SL588", "the wider of all", list("CommandLine|contains|all", {"foobar", "foo"}), 20,
            kNothing, kNote),
      Fires("SL588", "a longer end", list("Image|endswith", {"cmd.exe", "\\cmd.exe"}), 20, kNothing,
            kNote),
      Fires("SL588", "a longer beginning",
            list("Image|startswith", {"C:\\Windows", "C:\\Windows\\a"}), 20, kNothing, kNote),
      Fires("SL588", "a plain value", list("Image", {"*\\cmd.exe", "C:\\cmd.exe"}), 20, kNothing,
            kNote),
      Fires("SL588", "a pattern", list("CommandLine|contains", {"foobar", "a*foobar*b"}), 20,
            kNothing, kNote),
      Silent("SL588", "no part", list("CommandLine|contains", {"foobar", "fob"})),
      Silent("SL588", "an end inside", list("Image|endswith", {"cmd.exe", "cmd.exe.exe2"})),
      Silent("SL588", "a beginning inside", list("Image|startswith", {"C:\\Win", "XC:\\Windows"})),
      Silent("SL588", "where case matters", list("CommandLine|contains|cased", {"foo", "FOOBAR"})),
      Silent("SL588", "the same value", list("CommandLine|contains", {"foo", "FOO"})),
      Silent("SL588", "an end and a beginning", list("Image", {"*abc", "abc*"})),
      Silent("SL588", "a long list", list("CommandLine|contains", many)),
  };
}

std::vector<RuleCase> Characters() {
  const std::string kBlank = "compares the white space too";
  const std::string kHidden = "compares a character that nobody sees";
  return {
      Fires("SL589", "a port", Selection("network_connection", "    DestinationPort: '445'\n"), 18,
            kText, kNote),
      Silent("SL589", "without quotes",
             Selection("network_connection", "    DestinationPort: 445\n")),
      Silent("SL589", "a text", Selection("    User: '445'\n")),
      Silent("SL589", "the beginning of a number",
             Selection("network_connection", "    DestinationPort|startswith: '44'\n")),
      Fires("SL590", "behind the end", Selection("    Image|endswith: '\\cmd.exe '\n"), 18, kBlank,
            kWarning),
      Fires("SL590", "before the beginning", Selection("    Image: ' C:\\cmd.exe'\n"), 18, kBlank,
            kWarning),
      Fires("SL590", "a block", Selection("    CommandLine|contains: |\n      whoami\n"), 18,
            kBlank, kWarning),
      Silent("SL590", "a block without its last line break",
             Selection("    CommandLine|contains: |-\n      whoami\n")),
      Silent("SL590", "a word", Selection("    CommandLine|contains: ' -e '\n")),
      Silent("SL590", "a user agent", Selection("proxy", "    c-useragent: ' Mozilla/1 '\n")),
      Silent("SL590", "an open end", Selection("    Image|endswith: ' a.exe'\n")),
      Silent("SL590", "a command line", Selection("    CommandLine|endswith: ' -e '\n")),
      Fires("SL591", "a no-break space", Selection("    CommandLine|contains: 'net\u00a0user'\n"),
            18, kHidden, kWarning),
      Fires("SL591", "a zero width space", Selection("    Image|endswith: '\\cmd.exe\u200b'\n"), 18,
            kHidden, kWarning),
      Silent("SL591", "an escape", Selection("    CommandLine|contains: \"a\\u202eb\"\n")),
      Silent("SL591", "nothing but that", Selection("    CommandLine|contains: '\u202e'\n")),
      Silent("SL591", "letters", Selection("    CommandLine|contains: 'caf\u00e9'\n")),
      Silent("SL591", "an emoji",
             Selection("    CommandLine|contains: 'a \U0001F468\u200d\U0001F469'\n")),
      Fires("SL597", "digits", Selection("    CommandLine|contains: 'port=[0-9]+'\n"), 18, kText,
            kNote),
      Fires("SL597", "a whole line", Selection("    CommandLine: '^cmd$'\n"), 18, kText, kNote),
      Silent("SL597", "with re", Selection("    CommandLine|re: 'port=[0-9]+'\n")),
      Silent("SL597", "a path", Selection("    Image|endswith: '\\d\\w.exe'\n")),
      Silent("SL597", "an account", Selection("    User|endswith: '$'\n")),
  };
}

std::vector<RuleCase> Fields() {
  return {
      Fires("SL592", "a blank", Selection("    ' Image|endswith': '\\cmd.exe'\n"), 18, kNever,
            kWarning),
      Fires("SL592", "a wildcard", Selection("    'Comm*': 'whoami'\n"), 18, kNever, kWarning),
      Fires("SL592", "a zero width space", Selection("    'Image\u200b|endswith': '\\cmd.exe'\n"),
            18, kNever, kWarning),
      Silent("SL592", "a name with dots", Selection("    requestParameters.user-id: 'x'\n")),
      Silent("SL592", "a blank inside", Selection("    'Source Name': 'x'\n")),
      Fires("SL593", "another case", Selection("    Commandline|contains: 'whoami'\n"), 18, kNever,
            kWarning),
      Fires("SL593", "an underscore", Selection("    command_line|contains: 'whoami'\n"), 18,
            kNever, kWarning),
      Fires("SL593", "another product's name",
            Selection("    NewProcessName|endswith: '\\a.exe'\n"), 18, kNever, kNote),
      Fires("SL593", "two spellings", Selection("    MyField: 'a'\n    myField|contains: 'b'\n"),
            19, "reads another field", kWarning),
      Silent("SL593", "as the sensor has it", Selection("    CommandLine|contains: 'whoami'\n")),
      Silent("SL593", "a field that nobody knows", Selection("    Whatever|contains: 'whoami'\n")),
      Silent("SL593", "another log source",
             Selection("webserver", "    NewProcessName|endswith: '\\a.exe'\n")),
      Fires("SL594", "a folder for temporary files",
            Selection("    Image|startswith: '%TEMP%\\'\n"), 18, kNever, kWarning),
      Silent("SL594", "in a command line", Selection("    CommandLine|contains: '%TEMP%\\'\n")),
      Silent("SL594", "a percent sign", Selection("    Image|endswith: '\\100% a %.exe'\n")),
      Fires("SL595", "keywords in a map",
            Selection("    User: 'jo'\n    '|all':\n      - 'one'\n      - 'two'\n"), 19,
            "is refused by Sigma tools", kWarning),
      Silent("SL595", "keywords alone", Selection("    '|all':\n      - 'one'\n      - 'two'\n")),
      Fires("SL596", "two letters", Selection("    - 'nc'\n    - 'mimikatz'\n"), 18,
            "matches nearly every event", kWarning),
      Silent("SL596", "three letters", Selection("    - 'ncx'\n    - 'mimikatz'\n")),
      Silent("SL596", "beside others", Selection("    '|all':\n      - 'nc'\n      - 'listen'\n")),
      Silent("SL596", "in a field", Selection("    CommandLine|contains: 'nc'\n")),
  };
}

std::vector<RuleCase> Expressions() {
  const std::string kNeedless = "costs more than plain text";
  const std::string md5 = "d41d8cd98f00b204e9800998ecf8427e";
  const auto hash = [](const std::string& key, const std::string& value) {
    return Selection(absl::StrCat("    ", key, ": '", value, "'\n"));
  };
  return {
      Fires("SL598", "a part", Selection("    CommandLine|re: '.*mimikatz.*'\n"), 18, kNeedless,
            kNote),
      Fires("SL598", "an end", Selection("    Image|re: '\\\\cmd\\.exe$'\n"), 18, kNeedless, kNote),
      Silent("SL598", "a dot", Selection("    Image|re: '\\\\cmd.exe$'\n")),
      Silent("SL598", "a class", Selection("    CommandLine|re: '\\smimikatz'\n")),
      Silent("SL598", "an escaped end", Selection("    CommandLine|re: 'a+b\\$'\n")),
      Silent("SL598", "anything", Selection("    CommandLine|re: '.*'\n")),
      Fires("SL599", "a digit too few", hash("Hashes|contains", "MD5=" + md5.substr(1)), 18,
            "compares part of a hash", kNote),
      Fires("SL599", "another algorithm", hash("Hashes|endswith", "SHA256=" + md5), 18, kNever,
            kWarning),
      Fires("SL599", "a digit too many", hash("Hashes|contains", "MD5=" + md5 + "0"), 18, kNever,
            kWarning),
      Fires("SL599", "a letter", hash("md5", "x" + md5.substr(1)), 18, kNever, kWarning),
      Silent("SL599", "as it should be", hash("Hashes|contains", "MD5=" + md5)),
      Silent("SL599", "several hashes", hash("Hashes|contains", "MD5=" + md5 + ",SHA1=")),
      Silent("SL599", "another field", hash("CommandLine|contains", "MD5=" + md5.substr(1))),
  };
}

std::vector<RuleCase> Numbers() {
  constexpr const char* kOther = "is read as another number";
  return {
      Fires("SL637", "an octal number", Selection("    CommandLine: 012\n"), 18, kOther, kWarning),
      Fires("SL637", "a hexadecimal number", Selection("    LogonId: 0x3e7\n"), 18, kOther,
            kWarning),
      Fires("SL637", "digits with a gap", Selection("    ProcessId: 1_000\n"), 18, kOther,
            kWarning),
      Fires("SL637", "a time", Selection("    CommandLine:\n      - 12\n      - 12:30\n"), 20,
            kOther, kWarning),
      Fires("SL637", "a binary number", Selection("    ProcessId: -0b11\n"), 18, kOther, kWarning),
      Silent("SL637", "decimal digits", Selection("    ProcessId: 120\n")),
      Silent("SL637", "zero", Selection("    ProcessId: 0\n")),
      Silent("SL637", "a fraction", Selection("    ProcessId|lt: 0.12\n")),
      Silent("SL637", "in quotes", Selection("    CommandLine: '012'\n")),
      Silent("SL637", "text with digits", Selection("    CommandLine: 089\n")),
  };
}

}  // namespace

std::vector<RuleCase> SigmaDetectionCases() {
  std::vector<RuleCase> all;
  for (auto cases : {Wildcards(), Lists(), Characters(), Fields(), Expressions(), Numbers()}) {
    for (RuleCase& one : cases) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace sluice
