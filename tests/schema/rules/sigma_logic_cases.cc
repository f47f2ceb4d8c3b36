// The logic of Sigma detections: selections beside one another, keys of one map, values that a
// field never has.

#include <string>
#include <utility>
#include <vector>

#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;
constexpr Severity kNote = Severity::kNote;

// A rule in which `rule` finds something on this line; the detection begins on line 17.
RuleCase Speaks(std::string rule, std::string shows, const std::string& detection, uint32_t line,
                std::string effect, Severity severity) {
  return {.rule = std::move(rule),
          .shows = std::move(shows),
          .text = SigmaRule(detection),
          .expected = Expected{line, kSigmaId, std::move(effect), {}, severity}};
}

RuleCase Silent(std::string rule, std::string shows, const std::string& detection) {
  return {.rule = std::move(rule), .shows = std::move(shows), .text = SigmaRule(detection)};
}

// `rule` over another log source: `product` in the place of windows, `category` or `service` in
// that of the category.
std::string Over(std::string rule, const std::string& product, const std::string& second) {
  const std::string from = "  category: process_creation\n  product: windows\n";
  return rule.replace(rule.find(from), from.size(), second + "\n  product: " + product + "\n");
}

std::string Over(const std::string& second, const std::string& detection) {
  return Over(SigmaRule(detection), "windows", "  " + second);
}

// The same over a log source that no contract describes.
RuleCase SpeaksOverAws(std::string rule, std::string shows, const std::string& detection,
                       uint32_t line, std::string effect, Severity severity) {
  RuleCase one =
      Speaks(std::move(rule), std::move(shows), detection, line, std::move(effect), severity);
  one.text = Over(std::move(one.text), "aws", "  service: cloudtrail");
  return one;
}

// Two selections over `condition`: `a` on line 18, `b` on line 20, the condition on line 21.
std::string Two(const std::string& a, const std::string& b, const std::string& condition) {
  return "  a:\n    " + a + "\n  b:\n    " + b + "\n  condition: " + condition + "\n";
}

std::string One(const std::string& key) {
  return "  selection:\n    " + key + "\n  condition: selection\n";
}

const char* const kCmd = "Image|endswith: '\\cmd.exe'";
const char* const kExe = "Image|endswith: '.exe'";
const char* const kNet = "Image|endswith: '\\net.exe'";
const char* const kWho = "CommandLine|contains: whoami";

std::vector<RuleCase> SelectionCases() {
  return {
      Speaks("SL600", "a selection that is not named", Two(kCmd, kWho, "a"), 19, "has no effect",
             kWarning),
      Speaks("SL600", "left out of them",
             "  a:\n    Image: x\n  _b:\n    Image: y\n  condition: 1 of them\n", 19,
             "has no effect", kWarning),
      Silent("SL600", "covered by a pattern", Two(kCmd, kWho, "1 of b* or a")),
      Silent("SL600", "nothing is said of a broken condition", Two(kCmd, kWho, "a or c")),

      Speaks("SL601", "the same key twice", Two(kCmd, kCmd, "a or b"), 19, "tests the same again",
             kWarning),
      Speaks(
          "SL601", "in another order and case",
          "  a:\n    Image: x\n    User: y\n  b:\n    User: Y\n    Image: X\n  condition: a or b\n",
          20, "tests the same again", kWarning),
      Silent("SL601", "another field", Two(kCmd, "ParentImage|endswith: '\\cmd.exe'", "a or b")),
      Silent("SL601", "case that counts", Two("Image|cased: x", "Image|cased: X", "a or b")),

      Speaks("SL602", "the narrower of two alternatives", Two(kCmd, kExe, "a or b"), 17,
             "changes nothing", kWarning),
      Speaks("SL602", "by a pattern", Two(kExe, kCmd, "1 of *"), 19, "changes nothing", kWarning),
      Speaks("SL602", "the wider of two that must hold", Two(kCmd, kExe, "a and b"), 19,
             "changes nothing", kWarning),
      Speaks("SL602", "a filter that another covers",
             "  s:\n    User: x\n" + Two(kCmd, kExe, "s and not 1 of a and not b"), 19,
             "takes nothing out", kNote),
      Speaks("SL602", "a filter that nothing satisfies with the selection",
             Two(kCmd, kNet, "a and not b"), 19, "takes nothing out", kNote),
      Silent("SL602", "a filter that takes something out", Two(kExe, kCmd, "a and not b")),
      Silent("SL602", "two alternatives", Two(kCmd, kNet, "a or b")),
      Silent("SL602", "not beside one another",
             "  s:\n    User: x\n" + Two(kCmd, kExe, "(s and a) or b")),

      Speaks("SL603", "a filter that takes out everything", Two(kCmd, kExe, "a and not b"), 21,
             "never matches", kError),
      Speaks("SL603", "the same selection", Two(kCmd, kWho, "a and not a and b"), 21,
             "never matches", kError),
      Speaks("SL603", "two that exclude one another", Two(kCmd, kNet, "all of them"), 21,
             "never matches", kError),
      Speaks("SL603", "by De Morgan", Two(kCmd, kExe, "not (not a or b)"), 21, "never matches",
             kError),
      Speaks("SL603", "in a part of the condition",
             "  s:\n    User: x\n" + Two(kCmd, kExe, "s or (a and not b)"), 23, "never matches",
             kWarning),
      Speaks("SL603", "one value of several",
             Two("Image|endswith: ['\\cmd.exe', '\\sh.exe']", kCmd, "a and not b"), 18,
             "never matches", kWarning),
      SpeaksOverAws("SL603", "fields that may hold lists", Two(kCmd, kNet, "a and b"), 21,
                    "never matches", kWarning),
      SpeaksOverAws("SL603", "a filter that takes out everything, lists too",
                    Two(kCmd, kExe, "a and not b"), 21, "never matches", kError),
      Speaks("SL603", "a filter of what is different",
             Two("Image: x", "Image|neq: y", "a and not b"), 21, "never matches", kError),
      Speaks("SL603", "filters that leave nothing",
             Two("Image|exists: true", "Image|exists: false", "not a and not b"), 21,
             "never matches", kError),
      SpeaksOverAws("SL603", "a filter of what is different, where there may be several",
                    Two("Image: x", "Image|neq: y", "a and not b"), 21, "never matches", kWarning),
      Silent("SL603", "different from the same", Two("Image: x", "Image|neq: x", "a and not b")),
      Silent("SL603", "a filter that takes out some", Two(kExe, kCmd, "a and not b")),
      Silent("SL603", "a filter that asks for more",
             "  a:\n    Image|endswith: ['\\cmd.exe', '\\sh.exe']\n  b:\n    Image|endswith: "
             "'\\cmd.exe'\n    User: x\n  condition: a and not b\n"),
      Silent("SL603", "alternatives", Two(kCmd, kExe, "a or not b")),

      Speaks("SL612", "or its own opposite", Two(kCmd, kWho, "a or not a or b"), 21,
             "always matches", kError),
      Speaks("SL612", "not the wider one", Two(kCmd, kExe, "not a or b"), 21, "always matches",
             kError),
      Speaks("SL612", "two filters with OR", Two(kCmd, kNet, "not a or not b"), 21,
             "always matches", kError),
      Speaks("SL612", "in a part of the condition", Two(kCmd, kNet, "a and (not a or not b)"), 21,
             "always matches", kWarning),
      SpeaksOverAws("SL612", "fields that may hold lists", Two(kCmd, kNet, "not a or not b"), 21,
                    "always matches", kWarning),
      SpeaksOverAws("SL612", "not the wider one, lists too", Two(kCmd, kExe, "not a or b"), 21,
                    "always matches", kError),
      Speaks("SL612", "different from two", Two("Image|neq: x", "Image|neq: y", "a or b"), 21,
             "always matches", kError),
      Speaks("SL612", "there or not", Two("Image|exists: true", "Image|exists: false", "1 of them"),
             21, "always matches", kError),
      SpeaksOverAws("SL612", "different from two, where there may be several",
                    Two("Image|neq: x", "Image|neq: y", "a or b"), 21, "always matches", kWarning),
      Silent("SL612", "different from two at once", Two("Image|neq: x", "Image|neq: y", "a and b")),
      Silent("SL612", "two filters with AND", Two(kCmd, kNet, "not a and not b")),
      Silent("SL612", "not the narrower one", Two(kCmd, kExe, "a or not b")),

      Speaks("SL613", "nothing but a filter", "  filter:\n    Image: x\n  condition: not filter\n",
             19, "matches nearly every event", kWarning),
      Speaks("SL613", "an alternative", Two(kCmd, kWho, "a or not b"), 21,
             "matches nearly every event", kWarning),
      Speaks("SL613", "an alternative of one of several",
             "  s:\n    User: x\n" + Two(kCmd, kWho, "s or not 1 of a*"), 23,
             "matches nearly every event", kWarning),
      Speaks("SL613", "by De Morgan", Two(kCmd, kWho, "not (a and not b)"), 21,
             "matches nearly every event", kWarning),
      Speaks("SL613", "one of several, deeper",
             "  s:\n    User: x\n" + Two(kCmd, kWho, "(s or not a) and not b"), 23,
             "matches nearly every event", kWarning),
      Speaks("SL613", "of what is different", One("User|neq: SYSTEM"), 18,
             "matches nearly every event", kWarning),
      Silent("SL613", "a selection and a filter", Two(kCmd, kWho, "a and not b")),
      Silent("SL613", "a selection beside alternatives with a filter",
             "  s:\n    User: x\n" + Two(kCmd, kWho, "s and (a or not b)")),
      Silent("SL613", "what must not be different", "  s:\n    User|neq: x\n  condition: not s\n"),
      Silent("SL613", "a value and what is different",
             "  s:\n    User: x\n    Image|neq: y\n  condition: s\n"),
      Silent("SL613", "not null", "  s:\n    Image: null\n  condition: not s\n"),

      Speaks("SL615", "all of them",
             "  selection:\n    Image: x\n  filter_main:\n    User: y\n  condition: all of them\n",
             19, "matches what it should leave out", kNote),
      Silent("SL615", "negated",
             "  selection:\n    Image: x\n  filter_main:\n    User: y\n  condition: selection and "
             "not filter_main\n"),

      Speaks("SL616", "two letters in the wrong order",
             "  selectoin_a:\n    Image: x\n  condition: selectoin_a\n", 17,
             "is left out of patterns", kNote),
      Speaks("SL616", "a letter too few", "  fiter:\n    Image: x\n  condition: fiter\n", 17,
             "is left out of patterns", kNote),
      Silent("SL616", "another word",
             "  select:\n    Image: x\n  selections_2:\n    User: x\n  condition: all of sel*\n"),
  };
}

std::vector<RuleCase> MapCases() {
  const auto map = [](const std::string& first, const std::string& second) {
    return "  selection:\n    " + first + "\n    " + second + "\n  condition: selection\n";
  };
  return {
      Speaks("SL604", "two endings", map(kCmd, "Image: 'C:\\a.exe'"), 19, "never matches", kError),
      Speaks("SL604", "numbers that leave nothing", map("ProcessId|gt: 10", "ProcessId|lt: 10"), 19,
             "never matches", kError),
      Speaks("SL604", "null and a value", map("Image: null", kCmd), 19, "never matches", kError),
      Speaks("SL604", "absent and a value", map("Image|exists: false", kCmd), 19, "never matches",
             kError),
      Speaks("SL604", "values under all", One("Image|endswith|all: ['\\a.exe', '\\b.exe']"), 18,
             "never matches", kError),
      Speaks("SL604", "lists without a pair", map("Image|endswith: [a, b]", "Image: [xc, xd]"), 19,
             "never matches", kError),
      {.rule = "SL604",
       .shows = "a field that may hold a list",
       .text = Over(SigmaRule(map("x|endswith: a", "x: b")), "aws", "  service: cloudtrail"),
       .expected = Expected{19, kSigmaId, "never matches", {}, kWarning}},
      Speaks("SL604", "a value and its opposite", map(kExe, "Image|endswith|neq: 'exe'"), 19,
             "never matches", kError),
      Speaks("SL604", "networks apart",
             map("SourceIp|cidr: 10.0.0.0/8", "SourceIp|cidr|all: [192.168.0.0/16, 0.0.0.0/0]"), 19,
             "never matches", kError),
      Speaks("SL604", "no address", map("SourceIp|cidr: 10.0.0.0/8", "SourceIp: localhost"), 19,
             "never matches", kError),
      Speaks("SL604", "an address of another network",
             map("SourceIp|cidr: 10.0.0.0/8", "SourceIp: 192.168.0.1"), 19, "never matches",
             kError),
      Silent("SL604", "an address of IPv4 in one of IPv6",
             map("SourceIp|cidr: 10.0.0.0/8", "SourceIp: '::ffff:10.0.0.1'")),
      Silent("SL604", "what some take for an address",
             map("SourceIp|cidr: 10.0.0.0/8", "SourceIp: '010.0.0.1'")),
      Silent("SL604", "different from a part", map(kExe, "Image|endswith|neq: 'cmd.exe'")),
      Silent("SL604", "a beginning and an ending", map("Image|startswith: 'C:\\'", kCmd)),
      Silent("SL604", "lists with a pair", map("Image|endswith: [a, b]", "Image: [xc, xb]")),
      Silent("SL604", "a range", map("ProcessId|gte: 10", "ProcessId|lte: 10")),
      Silent("SL604", "empty or null", map("Image: ''", "Image|exists: true")),
      Silent("SL604", "letters that fold beyond ASCII", map("Image|cased: 'é'", "Image: 'É'")),

      Speaks("SL605", "a part of the other", map(kCmd, "Image|contains: 'cmd'"), 19,
             "changes nothing", kNote),
      Speaks("SL605", "the first by the second", map("Image|contains: 'cmd'", kCmd), 18,
             "changes nothing", kNote),
      Speaks("SL605", "that it is there", map(kCmd, "Image|exists: true"), 19, "changes nothing",
             kNote),
      Speaks("SL605", "a wider range", map("ProcessId|lt: 5", "ProcessId|lte: 5"), 19,
             "changes nothing", kNote),
      Speaks("SL605", "the network of an address",
             map("SourceIp: 10.1.2.3", "SourceIp|cidr: 10.0.0.0/8"), 19, "changes nothing", kNote),
      Speaks("SL605", "different from another", map(kCmd, "Image|endswith|neq: '\\sh.exe'"), 19,
             "changes nothing", kNote),
      Silent("SL605", "what begins as addresses do",
             map("SourceIp|startswith: 10.1.2.", "SourceIp|cidr: [10.1.2.0/24, 10.2.0.0/16]")),
      {.rule = "SL605",
       .shows = "different from another, where there may be several",
       .text = Over(SigmaRule(map("x: a", "x|neq: b")), "aws", "  service: cloudtrail")},
      Silent("SL605", "not a part", map(kCmd, "Image|contains: 'cmdx'")),
      Silent("SL605", "one of a list only",
             map("Image|endswith: ['cmd', 'sh']", "Image|contains: 'cmd'")),
      Silent("SL605", "case counts in the other", map(kCmd, "Image|contains|cased: 'CMD'")),
  };
}

// Alternatives of one selection; its first key stands on line 18.
std::vector<RuleCase> AlternativeCases() {
  const auto maps = [](const std::string& first, const std::string& second) {
    return "  selection:\n    - " + first + "\n    - " + second + "\n  condition: selection\n";
  };
  return {
      Speaks("SL636", "different from one of two", One("User|neq|all: [SYSTEM, root]"), 18,
             "always matches", kWarning),
      Speaks("SL636", "in a list of maps", maps("User|neq: SYSTEM", "User|neq: root"), 19,
             "always matches", kWarning),
      Speaks("SL636", "there or not", maps("User|exists: true", "User|exists: false"), 19,
             "always matches", kWarning),
      Silent("SL636", "different from all", One("User|neq: [SYSTEM, root]")),
      Silent("SL636", "endings of one text", One("User|endswith|neq|all: [t, root]")),
      Silent("SL636", "another field", maps("User|neq: SYSTEM", "Image|neq: root")),
      Silent("SL636", "with more to hold",
             maps("User|neq: SYSTEM", "User|neq: root\n      Image: x")),
      {.rule = "SL636",
       .shows = "a field that may have several values",
       .text = Over(SigmaRule(One("x|neq|all: [a, b]")), "aws", "  service: cloudtrail")},
  };
}

std::vector<RuleCase> ValueCases() {
  const auto network = [](const std::string& key) {
    return Over("category: network_connection", One(key));
  };
  const auto registry = [](const std::string& key) {
    return Over("category: registry_set", One(key));
  };
  const auto speaks = [](std::string rule, std::string shows, std::string text) {
    return RuleCase{.rule = std::move(rule),
                    .shows = std::move(shows),
                    .text = std::move(text),
                    .expected = Expected{18, kSigmaId, "never matches", {}, kWarning}};
  };
  const auto silent = [](std::string rule, std::string shows, std::string text) {
    return RuleCase{.rule = std::move(rule), .shows = std::move(shows), .text = std::move(text)};
  };
  return {
      speaks("SL606", "a slash in a path", SigmaRule(One("Image|endswith: '/cmd.exe'"))),
      silent("SL606", "in a command line", SigmaRule(One("CommandLine|contains: '/c'"))),
      silent(
          "SL606", "on Linux",
          Over(SigmaRule(One("Image|endswith: '/sh'")), "linux", "  category: process_creation")),
      speaks("SL607", "the user's keys", registry("TargetObject|startswith: 'HKCU\\Software'")),
      speaks("SL607", "in full", registry("TargetObject|startswith: 'HKEY_LOCAL_MACHINE\\'")),
      silent("SL607", "as Sysmon writes it", registry("TargetObject|startswith: 'HKLM\\Software'")),
      silent("SL607", "another name", registry("TargetObject|startswith: 'HKCUx'")),
      speaks("SL608", "a file name alone", SigmaRule(One("Image: 'cmd.exe'"))),
      speaks("SL608", "without a drive", SigmaRule(One("Image|startswith: '\\Windows\\'"))),
      silent("SL608", "an ending", SigmaRule(One(kCmd))),
      silent("SL608", "a kernel process", SigmaRule(One("Image: 'System'"))),
      silent("SL608", "a share", SigmaRule(One("Image|startswith: '\\\\\\\\'"))),
      silent("SL608", "a device", SigmaRule(One("Image|startswith: '\\Device\\'"))),
      speaks("SL609", "no such port", network("DestinationPort: 84443")),
      speaks("SL609", "above all ports", network("DestinationPort|gt: 65535")),
      speaks("SL609", "a negative process", network("ProcessId: -1")),
      silent("SL609", "the last port", network("DestinationPort: 65535")),
      silent("SL609", "not beyond", network("DestinationPort|lte: 65535")),
      speaks("SL610", "no truth value", network("Initiated: 'yes'")),
      speaks("SL610", "no integrity level", SigmaRule(One("IntegrityLevel: 'Administrator'"))),
      speaks("SL610", "another event's type", registry("EventType: CreateKey")),
      speaks("SL610", "the type of another pipe event",
             Over("category: pipe_created", One("EventType|contains: Delete"))),
      speaks("SL610", "a service for a port", network("DestinationPort: https")),
      speaks("SL610", "a name for an identifier", SigmaRule(One("ProcessGuid: explorer"))),
      silent("SL610", "the event's type", registry("EventType: setvalue")),
      silent("SL610", "of several events",
             Over("category: registry_event", One("EventType: DeleteKey"))),
      silent("SL610", "a port as text", network("DestinationPort: '443'")),
      silent("SL610", "an identifier without braces",
             SigmaRule(One("ProcessGuid: 'ABCDEF01-0000-0000-0000-000000000000'"))),
      silent("SL610", "a name where a host has one", network("DestinationHostname: https")),
      speaks("SL638", "of a number", SigmaRule(One("ProcessId|hour: 3"))),
      speaks("SL638", "of a path", SigmaRule(One("Image|hour|gte: 3"))),
      silent("SL638", "of a time", SigmaRule(One("UtcTime|hour: 3"))),
      silent("SL638", "of a field that nobody describes",
             Over("service: security", One("ProcessId|hour: 3"))),
      silent("SL610", "a truth value", network("Initiated: true")),
      silent("SL610", "an identifier", SigmaRule(One("IntegrityLevel: 'S-1-16-12288'"))),
      speaks("SL611", "another event", SigmaRule(One("EventID: 3"))),
      silent("SL611", "the event", SigmaRule(One("EventID: 1"))),
      silent("SL611", "a log that nobody describes",
             Over("service: security", One("EventID: 4688"))),
      {.rule = "SL614",
       .shows = "a backslash",
       .text = SigmaRule(One("Image|contains: '\\'")),
       .expected = Expected{18, kSigmaId, "always matches", {}, kWarning}},
      {.rule = "SL614",
       .shows = "every port",
       .text = network("DestinationPort|gte: 0"),
       .expected = Expected{18, kSigmaId, "always matches", {}, kWarning}},
      silent("SL614", "every port but one", network("DestinationPort|gt: 0")),
      silent("SL614", "in a filter", SigmaRule(Two(kWho, "Image|contains: '\\'", "a and not b"))),
      silent("SL614", "a folder", SigmaRule(One("Image|contains: '\\a'"))),
  };
}

std::vector<RuleCase> LogSourceCases() {
  const std::string rule = SigmaRule(One(kCmd));
  const auto note = [](std::string id, std::string shows, std::string text, uint32_t line,
                       std::string effect) {
    return RuleCase{.rule = std::move(id),
                    .shows = std::move(shows),
                    .text = std::move(text),
                    .expected = Expected{line, kSigmaId, std::move(effect), {}, kNote}};
  };
  return {
      note("SL617", "no such category", Over(rule, "windows", "  category: process_createion"), 14,
           "is found by no pipeline"),
      note("SL617", "no such product", Over(rule, "wimdows", "  category: process_creation"), 15,
           "is found by no pipeline"),
      {.rule = "SL617", .shows = "a service", .text = Over(rule, "windows", "  service: security")},
      {.rule = "SL617", .shows = "one that a contract has", .text = rule},
      note("SL618", "a product alone", Over(rule, "linux", "  definition: any"), 15,
           "is asked of every log of the product"),
      {.rule = "SL618", .shows = "and a service", .text = Over(rule, "linux", "  service: sshd")},
      note("SL619", "nothing is counted",
           SigmaRule("  selection:\n    Image: x\n  timeframe: 5m\n  condition: selection\n"), 19,
           "has no effect"),
      {.rule = "SL619", .shows = "no timeframe", .text = rule},
  };
}

// grid@1 takes Sigma rules of three criteria.
std::vector<RuleCase> LimitCases() {
  const auto grid = [](const std::string& key) {
    return Over(SigmaRule(One(key)), "grid", "  category: process");
  };
  const Expected refused{18, kSigmaId, "refuses the file", {"grid@1"}, kError};
  return {
      {.rule = "SL207",
       .shows = "every value of a list counts",
       .text = grid("Image: [a, b, c, d]"),
       .fleet = {"grid@1"},
       .expected = refused},
      {.rule = "SL207",
       .shows = "and all that a value stands for",
       .text = grid("Image|windash|contains: ' -a'"),
       .fleet = {"grid@1"},
       .expected = refused},
      {.rule = "SL207",
       .shows = "as many as there is room for",
       .text = grid("Image: [a, b, c]"),
       .fleet = {"grid@1"}},
  };
}

// Two selections, asked for by a condition on line 19.
std::vector<RuleCase> SeveralOfCases() {
  const auto condition = [](const std::string& text) {
    return SigmaRule("  one: {Image: a}\n  two: {Image: b}\n  condition: " + text + "\n");
  };
  return {{.rule = "SL635",
           .shows = "two of two",
           .text = condition("2 of them"),
           .expected = Expected{19, kSigmaId, "is refused by Sigma tools", {}, Severity::kWarning}},
          {.rule = "SL635", .shows = "one of two", .text = condition("1 of them")},
          {.rule = "SL635", .shows = "any of two", .text = condition("any of them")},
          {.rule = "SL635", .shows = "all of two", .text = condition("all of them")}};
}

}  // namespace

std::vector<RuleCase> SigmaLogicCases() {
  std::vector<RuleCase> all;
  for (const auto& cases : {SelectionCases(), MapCases(), AlternativeCases(), ValueCases(),
                            LogSourceCases(), LimitCases(), SeveralOfCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

}  // namespace sluice
