#include "absl/strings/str_cat.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr Severity kWarning = Severity::kWarning;
constexpr char kProcess[] = "ProcessCreate#1";

RuleCase Silent(std::string rule, std::string shows, std::string text) {
  return {.rule = std::move(rule), .shows = std::move(shows), .text = std::move(text)};
}

RuleCase Warns(std::string rule, std::string shows, std::string text, uint32_t line,
               std::string instance, std::string effect) {
  RuleCase one = Silent(std::move(rule), std::move(shows), std::move(text));
  one.expected = Expected{line, std::move(instance), std::move(effect), {}, kWarning};
  return one;
}

RuleCase Fails(std::string rule, std::string shows, std::string text, uint32_t line,
               std::string instance, std::string effect) {
  RuleCase one = Silent(std::move(rule), std::move(shows), std::move(text));
  one.expected = Expected{line, std::move(instance), std::move(effect)};
  return one;
}

RuleCase Notes(std::string rule, std::string shows, std::string text, uint32_t line,
               std::string instance, std::string effect) {
  RuleCase one = Silent(std::move(rule), std::move(shows), std::move(text));
  one.expected = Expected{line, std::move(instance), std::move(effect), {}, Severity::kNote};
  return one;
}

std::string Image(const std::string& condition, const std::string& operand) {
  return absl::StrCat("<Image condition=\"", condition, "\">", operand, "</Image>\n");
}

std::vector<RuleCase> ListCases() {
  constexpr char kRest[] = "takes the rest of the list as one item";
  constexpr char kFinds[] = "finds the empty item in every value";
  return {
      Fails("SL501", "a trailing semicolon in contains any", Process(Image("contains any", "a;b;")),
            3, kProcess, "always matches"),
      Fails("SL501", "a trailing semicolon in excludes any", Process(Image("excludes any", "a;b;")),
            3, kProcess, "never matches"),
      Fails("SL501", "a trailing semicolon in contains all", Process(Image("contains all", "a;b;")),
            3, kProcess, kFinds),
      Fails("SL501", "two semicolons", Process(Image("contains any", "a;;b")), 3, kProcess, kRest),
      Fails("SL501", "a leading semicolon", Process(Image("excludes all", ";a")), 3, kProcess,
            kRest),
      Warns("SL501", "is any", Process(Image("is any", "a;;b")), 3, kProcess,
            "ignores the empty item"),
      Silent("SL501", "a list", Process(Image("contains any", "a;b"))),
      Silent("SL501", "not a list", Process(Image("contains", "a;;b;"))),
      Warns("SL503", "contains nothing", Process(Image("contains", "")), 3, kProcess,
            "always matches"),
      Warns("SL503", "is not nothing", Process(Image("is not", "")), 3, kProcess, "always matches"),
      Warns("SL503", "contains any of nothing", Process(Image("contains any", "")), 3, kProcess,
            "always matches"),
      Silent("SL503", "is nothing", Process(Image("is", ""))),
      Silent("SL503", "a semicolon is another rule", Process(Image("contains any", "a;"))),
      Warns("SL504", "is nothing", Process(Image("is", "")), 3, kProcess, "never matches"),
      Warns("SL504", "is any of nothing", Process(Image("is any", ";;")), 3, kProcess,
            "never matches"),
      Warns("SL504", "excludes nothing", Process(Image("excludes", "")), 3, kProcess,
            "never matches"),
      Silent("SL504", "is a missing value", Process(Image("is", "-"))),
      Warns("SL512", "a blank before an item", Process(Image("contains any", "a; b")), 3, kProcess,
            "compares the white space too"),
      Warns("SL512", "a line break", Process(Image("is", "a\n")), 3, kProcess,
            "compares the white space too"),
      Notes("SL512", "a word", Process(Image("contains", " -enc ")), 3, kProcess,
            "compares the white space too"),
      Silent("SL512", "a blank inside", Process(Image("contains any", "a b;c d"))),
      Warns("SL513", "an order on numbers",
            Config("<NetworkConnect onmatch=\"include\">\n"
                   "<DestinationPort condition=\"more than\">1024</DestinationPort>\n"
                   "</NetworkConnect>"),
            3, "NetworkConnect#1", "compares as text"),
      Warns("SL513", "an order on addresses",
            Config("<NetworkConnect onmatch=\"include\">\n"
                   "<SourceIp condition=\"less than\">10.1.0.0</SourceIp>\n</NetworkConnect>"),
            3, "NetworkConnect#1", "compares as text"),
      Silent("SL513", "an order on text", Process(Image("more than", "m"))),
      Warns("SL517", "a list for a single value", Process(Image("contains", "a.exe;b.exe")), 3,
            kProcess, "compares the whole text"),
      Warns("SL517", "a list of ends", Process(Image("end with", "a;b;c")), 3, kProcess,
            "compares the whole text"),
      Silent("SL517", "a condition that takes a list", Process(Image("contains any", "a;b"))),
      Silent("SL517", "code", Process(Image("contains", "$a = 1; iex $b"))),
      Silent("SL517", "a separator alone", Process(Image("end with", "x;"))),
  };
}

std::vector<RuleCase> CriterionCases() {
  const std::string rule_and = "<Rule groupRelation=\"and\">";
  const std::string rule_or = "<Rule groupRelation=\"or\">";
  return {
      Fails("SL502", "two values", Process(Image("is not", "aaaa") + Image("is not", "bbbb")), 4,
            kProcess, "always matches"),
      Fails("SL502", "two beginnings",
            Process(Image("not begin with", "aa") + Image("not begin with", "ab")), 4, kProcess,
            "always matches"),
      Fails("SL502", "a value that does not end so",
            Process(Image("is not", "a.exe") + Image("not end with", ".dll")), 4, kProcess,
            "always matches"),
      Silent("SL502", "one value twice",
             Process(Image("is not", "aaaa") + Image("is not", "AAAA"))),
      Silent("SL502", "a beginning of the other",
             Process(Image("not begin with", "ab") + Image("not begin with", "a"))),
      Silent("SL502", "two fields",
             Process(Image("is not", "aaaa") + "<User condition=\"is not\">bbbb</User>")),
      Silent("SL502", "in a group",
             Process("<Rule groupRelation=\"and\">" + Image("is not", "a") + Image("is not", "b") +
                     "</Rule>")),
      Fails("SL502", "a value and its negation",
            Process(Image("is", "aaaa") + Image("is not", "AAAA")), 4, kProcess, "always matches"),
      Fails("SL502", "a negation and its value",
            Process(Image("is not", "aaaa") + Image("is", "bbbb") + Image("is", "aaaa")), 5,
            kProcess, "always matches"),
      Fails("SL502", "in an OR record", ProcessOr(Image("is not", "a") + Image("is not", "b")), 4,
            kProcess, "always matches"),
      Fails("SL502", "in an OR group",
            Process(rule_or + "\n" + Image("is not", "a") + Image("is not", "b") + "</Rule>"), 5,
            kProcess, "always matches"),
      Silent("SL502", "a value and another negation",
             Process(Image("is", "aaaa") + Image("is not", "bbbb"))),
      Silent("SL502", "a variable", ProcessOr(Image("is not", "%a%") + Image("is not", "b"))),
      Silent("SL502", "one value twice in an OR record",
             ProcessOr(Image("is not", "a") + Image("is not", "A"))),
      Silent("SL502", "two groups",
             ProcessOr(rule_or + Image("is not", "a") + "</Rule>" + rule_or + Image("is not", "b") +
                       "</Rule>")),
      Warns("SL504", "two values in an AND group",
            Process(rule_and + "\n" + Image("is", "a") + Image("is", "b") + "</Rule>"), 5, kProcess,
            "never matches"),
      Warns("SL504", "a value and its negation in an AND group",
            Process(rule_and + "\n" + Image("is not", "a") + Image("is", "A") + "</Rule>"), 5,
            kProcess, "never matches"),
      Silent("SL504", "one value twice in an AND group",
             Process(rule_and + Image("is", "a") + Image("is", "A") + "</Rule>")),
      Silent("SL504", "two values in an OR group",
             Process(rule_or + Image("is", "a") + Image("is", "b") + "</Rule>")),
      Silent("SL504", "two values in an AND record", Process(Image("is", "a") + Image("is", "b"))),
      Warns("SL505", "in another case", ProcessOr(Image("is", "abc") + Image("is", "ABC")), 4,
            kProcess, "never decides"),
      Silent("SL505", "another operand", ProcessOr(Image("is", "abc") + Image("is", "abd"))),
      Silent("SL505", "another operator", ProcessOr(Image("is", "abc") + Image("image", "abc"))),
      Silent("SL505", "another group",
             ProcessOr(Image("is", "abc") + rule_or + Image("is", "abc") + "</Rule>")),
      Notes("SL506", "a longer beginning",
            ProcessOr(Image("begin with", "C:\\Windows\\") +
                      Image("begin with", "c:\\windows\\System32\\")),
            4, kProcess, "adds nothing"),
      Notes("SL506", "a longer end",
            ProcessOr(Image("end with", "\\cmd.exe") + Image("is", "C:\\CMD.EXE")), 4, kProcess,
            "adds nothing"),
      Notes("SL506", "the wider one behind it",
            ProcessOr(Image("contains", "a temp b") + Image("contains", "temp")), 3, kProcess,
            "adds nothing"),
      Notes("SL506", "in a group",
            Process("<User>u</User>" + rule_or + "\n" + Image("contains", "temp") +
                    Image("image", "xtemp") + "</Rule>"),
            5, kProcess, "adds nothing"),
      Silent("SL506", "a name of its own",
             ProcessOr("<Image name=\"n\" condition=\"contains\">a temp b</Image>" +
                       Image("contains", "temp"))),
      Silent("SL506", "another field",
             ProcessOr(Image("contains", "temp") +
                       "<CommandLine condition=\"contains\">a temp b</CommandLine>")),
      Silent("SL506", "all have to hold",
             Process("<Rule groupRelation=\"and\">" + Image("contains", "temp") +
                     Image("contains", "a temp b") + "</Rule>")),
      Silent("SL506", "negative ones",
             ProcessOr(Image("excludes", "temp") + Image("excludes", "a temp b"))),
      Silent("SL506", "the end of a beginning",
             ProcessOr(Image("begin with", "temp") + Image("begin with", "a temp"))),
  };
}

// An exclude record on line 2 and an include record whose conditions begin on line 3.
std::string Excluded(const std::string& relation, const std::string& excluding,
                     const std::string& including) {
  return Config(absl::StrCat("<RuleGroup groupRelation=\"", relation,
                             "\"><ProcessCreate onmatch=\"exclude\">", excluding,
                             "</ProcessCreate><ProcessCreate onmatch=\"include\">\n", including,
                             "\n</ProcessCreate></RuleGroup>"));
}

// On one line.
std::string In(const std::string& field, const std::string& condition, const std::string& operand) {
  return absl::StrCat("<", field, " condition=\"", condition, "\">", operand, "</", field, ">");
}

std::vector<RuleCase> ExcludedCases() {
  constexpr char kSecond[] = "ProcessCreate#2";
  constexpr char kNever[] = "never decides";
  const std::string end = In("Image", "end with", "\\a.exe");
  const std::string user = In("User", "is", "u");
  const std::string path = In("Image", "is", "C:\\x\\A.EXE");
  const std::string all = "<Rule groupRelation=\"and\">";
  const std::string any = "<Rule groupRelation=\"or\">";
  const std::string close = "</Rule>";
  const auto wider = [&](std::string shows, const std::string& relation,
                         const std::string& excluding, const std::string& including) {
    return Warns("SL508", std::move(shows), Excluded(relation, excluding, including), 3, kSecond,
                 kNever);
  };
  const auto silent = [&](std::string shows, const std::string& relation,
                          const std::string& excluding, const std::string& including) {
    return Silent("SL508", std::move(shows), Excluded(relation, excluding, including));
  };
  return {
      wider("a wider end", "or", end, path),
      wider("a wider part", "or", In("Image", "contains", "temp"), In("Image", "image", "xtemp")),
      wider("in an AND group", "or", end, all + path + user + close),
      wider("in an AND record", "and", end, path + user),
      wider("several on one field of an AND record", "and", end + In("Image", "is", "b"), path),
      wider("an OR group alone", "and", any + end + user + close, path),
      wider("an OR group in an OR record", "or", user + any + end + close, path),
      wider("an AND group of one", "or", all + end + close, path),
      wider("a list as it stands", "or", In("Image", "contains any", "a;b"),
            In("Image", "contains any", "A;B")),
      silent("a narrower end", "or", path, end),
      silent("another field", "or", In("CommandLine", "end with", "\\a.exe"), path),
      silent("two fields in an AND record", "and", end + user, path),
      silent("a group beside it in an AND record", "and", end + all + user + close, path),
      silent("two in an AND group", "or", all + end + user + close, path),
      silent("a negation", "or", In("Image", "excludes", "temp"), path),
      silent("a negation of it", "or", end, In("Image", "is not", "C:\\x\\a.exe")),
      silent("a variable", "or", In("Image", "contains", "%temp%"), In("Image", "is", "x%temp%y")),
      silent("a record that is dropped", "or", end + "<Imag>a</Imag>", path),
      Silent("SL508", "another event",
             Config("<ProcessTerminate onmatch=\"exclude\">" + end +
                    "</ProcessTerminate><ProcessCreate onmatch=\"include\">" + path +
                    "</ProcessCreate>")),
      Silent("SL508", "a field that stands elsewhere in the other event",
             Config("<RegistryEvent onmatch=\"exclude\">" + user +
                    "</RegistryEvent><RegistryEvent onmatch=\"include\">" + user +
                    In("Details", "is", "d") + "</RegistryEvent>")),
  };
}

std::vector<RuleCase> RecordCases() {
  const std::string exclude_a = "<DnsQuery onmatch=\"exclude\"><Image>a</Image></DnsQuery>\n";
  const std::string include_a = "<DnsQuery onmatch=\"include\"><Image>a</Image></DnsQuery>\n";
  const std::string exclude_all =
      "<DnsQuery onmatch=\"exclude\"><Image condition=\"contains\"></Image></DnsQuery>\n";
  const std::string exclude_some =
      "<DnsQuery onmatch=\"exclude\"><Image condition=\"contains\"/>"
      "<QueryName>b</QueryName></DnsQuery>\n";
  const auto exclude_either = [](const std::string& rule, const std::string& second) {
    return absl::StrCat("<DnsQuery onmatch=\"exclude\">", rule,
                        "<QueryName condition=\"is not\">a</QueryName><", second,
                        " condition=\"is not\">b</", second, ">", rule.empty() ? "" : "</Rule>",
                        "</DnsQuery>\n");
  };
  const auto either = [](const std::string& records) {
    return Config(absl::StrCat("<RuleGroup groupRelation=\"or\">\n", records, "</RuleGroup>"));
  };
  const std::string user = "<User condition=\"is\">u</User>";
  const auto registry = [](const std::string& conditions) {
    return Config(
        absl::StrCat("<RegistryEvent onmatch=\"include\">\n", conditions, "\n</RegistryEvent>"));
  };
  RuleCase partial = Warns("SL509", "on the sensors that have it", registry(user), 3,
                           "RegistryEvent#1", "never matches events 13, 14");
  partial.fleet = {"sysmon@4.70", "sysmon@4.81", "sysmon@4.90"};
  partial.expected->sensors = {"sysmon@4.81", "sysmon@4.90"};
  const std::string named(128, 'n');
  return {
      Warns("SL507", "an exclude record behind it that matches all",
            either(include_a + exclude_all), 3, "DnsQuery#1", "never matches"),
      Warns("SL507", "an exclude record of two negations",
            either(include_a + exclude_either("", "QueryName")), 3, "DnsQuery#1", "never matches"),
      Warns("SL507", "an AND record of two negations on one field",
            Config(include_a + exclude_either("", "QueryName")), 2, "DnsQuery#1", "never matches"),
      Warns("SL507", "an OR group of two negations",
            Config(include_a + exclude_either("<Rule groupRelation=\"or\">", "QueryName")), 2,
            "DnsQuery#1", "never matches"),
      Silent("SL507", "an AND group of two negations",
             Config(include_a + exclude_either("<Rule groupRelation=\"and\">", "QueryName"))),
      Silent("SL507", "negations on two fields", either(include_a + exclude_either("", "Image"))),
      Silent("SL507", "an AND record with more to match", Config(include_a + exclude_some)),
      Silent("SL507", "another event",
             either(exclude_all + "<FileCreate onmatch=\"include\"><Image>a</Image></FileCreate>")),
      Warns("SL508", "the same condition", either(include_a + exclude_a), 3, "DnsQuery#1",
            "never decides"),
      Warns("SL508", "the only condition of an AND record", Config(include_a + exclude_a), 2,
            "DnsQuery#1", "never decides"),
      Silent("SL508", "another operand",
             either(exclude_a + "<DnsQuery onmatch=\"include\"><Image>b</Image></DnsQuery>")),
      Warns("SL509", "a user of the registry", registry(user), 3, "RegistryEvent#1",
            "never matches events 13, 14"),
      partial,
      Warns("SL509", "a name of WMI",
            Config("<WmiEvent onmatch=\"include\">\n<Name>a</Name></WmiEvent>"), 3, "WmiEvent#1",
            "never matches event 20"),
      Warns("SL509", "in a blob",
            Blob(18,
                 "instance { template_type: \"RegistryEvent\" template_type_id: 13\n"
                 "criterion { field_index: 8 operator: \"sysmon.is\" operand: \"a\" } }"),
            5, "RegistryEvent#1", "never matches event 12"),
      Silent("SL509", "a field at one place", registry("<TargetObject>a</TargetObject>")),
      Silent("SL509", "a field of one event", registry("<Details>a</Details>")),
      Warns("SL510", "two exclude records",
            Config(exclude_a + "<DnsQuery onmatch=\"exclude\"><Image>b</Image></DnsQuery>"), 3,
            "DnsQuery#2", "drops what no record matches"),
      Silent("SL510", "one of each", Config(exclude_a + include_a)),
      Silent("SL510", "two events",
             Config(exclude_a + "<FileCreate onmatch=\"exclude\"><Image>b</Image></FileCreate>")),
      Warns("SL511", "a name of 128 units",
            Process(absl::StrCat("<Rule name=\"", named, "\"><Image>a</Image></Rule>")), 3,
            kProcess, "cuts the name"),
      Silent("SL511", "a name of 127 units",
             Process(absl::StrCat("<Rule name=\"", named.substr(1), "\"><Image>a</Image></Rule>"))),
      Warns("SL514", "a number that moved",
            Blob(9,
                 "instance { template_type: \"ProcessCreate\" template_type_id: 1\n"
                 "criterion { field_index: 4 operator: \"sysmon.begin_with\" operand: \"a\" } }"),
            5, kProcess, "may use another condition"),
      Silent("SL514", "a number that never moved",
             Blob(9,
                  "instance { template_type: \"ProcessCreate\" template_type_id: 1\n"
                  "criterion { field_index: 4 operator: \"sysmon.contains\" operand: \"a\" } }")),
      Silent("SL514", "a stable version",
             Blob(15,
                  "instance { template_type: \"ProcessCreate\" template_type_id: 1\n"
                  "criterion { field_index: 4 operator: \"sysmon.begin_with\" operand: \"a\" } }")),
      Warns("SL515", "bytes before the first record", BlobWithHole(), 0, "", "never reads them"),
      Silent("SL515", "a text", Process(Image("is", "a"))),
      Warns("SL516", "a copy", Config(include_a + include_a), 3, "DnsQuery#2", "never decides"),
      Silent("SL516", "the opposite", Config(include_a + exclude_a)),
      Silent("SL516", "grouped otherwise",
             Config(include_a +
                    "<DnsQuery onmatch=\"include\"><Rule><Image>a</Image></Rule></DnsQuery>")),
  };
}

}  // namespace

std::vector<RuleCase> HygieneCases() {
  std::vector<RuleCase> all;
  for (const auto& cases : {ListCases(), CriterionCases(), ExcludedCases(), RecordCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

}  // namespace sluice
