#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr char kDrops[] = "drops the record and every later ProcessCreate record";
constexpr Severity kWarning = Severity::kWarning;

std::string Ipc(const std::string& criterion) {
  return Channel(absl::StrCat("instance { id: \"1\" template_type: \"IPC\"\n  criterion { ",
                              criterion, " } }"));
}

std::vector<RuleCase> FieldCases() {
  return {
      {.rule = "SL101",
       .shows = "a name that no version has",
       .text = Process("<Comandline condition=\"is\">a</Comandline>"),
       .expected = Expected{3, "ProcessCreate#1", kDrops}},
      {.rule = "SL101",
       .shows = "names are case sensitive",
       .text = Process("<image condition=\"is\">a</image>"),
       .expected = Expected{3, "ProcessCreate#1", kDrops}},
      {.rule = "SL101",
       .shows = "a name that only the newest version has",
       .text = Process("<ParentUser condition=\"is\">a</ParentUser>")},
      {.rule = "SL101",
       .shows = "an index past the list of every build",
       .text = Blob(15,
                    "instance { template_type: \"ProcessCreate\" template_type_id: 1\n"
                    "  criterion { field_index: 22 operator: \"sysmon.is\" operand: \"a\" } }"),
       .expected = Expected{5, "ProcessCreate#1", "never matches"}},
      {.rule = "SL101",
       .shows = "the last index of a build",
       .text = Blob(15,
                    "instance { template_type: \"ProcessCreate\" template_type_id: 1\n"
                    "  criterion { field_index: 21 operator: \"sysmon.is\" operand: \"a\" } }")},
      {.rule = "SL101",
       .shows = "an index past the declared fields",
       .text = Ipc("field_index: 3 operator: \"equals\" operand: \"a\""),
       .expected = Expected{7, "1", "reads out of bounds"}},
      {.rule = "SL101",
       .shows = "the last declared field",
       .text = Ipc("field_index: 2 operator: \"equals\" operand: \"1\"")},
      {.rule = "SL107",
       .shows = "fields of two registry events",
       .text = Config("<RegistryEvent onmatch=\"include\">\n"
                      "<Details condition=\"is\">a</Details><NewName condition=\"is\">b</NewName>\n"
                      "</RegistryEvent>"),
       .expected =
           Expected{2, "RegistryEvent#1", "drops the record and every later RegistryEvent record"}},
      {.rule = "SL107",
       .shows = "fields of one registry event",
       .text = Config("<RegistryEvent onmatch=\"include\">\n"
                      "<Details condition=\"is\">a</Details>"
                      "<TargetObject condition=\"is\">b</TargetObject>\n</RegistryEvent>")},
  };
}

std::vector<RuleCase> OperatorCases() {
  return {
      {.rule = "SL102",
       .shows = "a condition that nobody knows",
       .text = Process("<Image condition=\"starts with\">a</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "refuses the file"}},
      {.rule = "SL102",
       .shows = "our own name for a condition",
       .text = Process("<Image condition=\"contains_any\">a</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "refuses the file"}},
      {.rule = "SL102",
       .shows = "a condition that only new versions know",
       .text = Process("<Image condition=\"Not Begin With\">abcd</Image>")},
      {.rule = "SL102",
       .shows = "a number that no build knows",
       .text = Blob(15,
                    "instance { template_type: \"ProcessCreate\" template_type_id: 1\n"
                    "  criterion { field_index: 4 operator: \"17\" operand: \"a\" } }"),
       .expected = Expected{5, "ProcessCreate#1", "abandons the record"}},
      {.rule = "SL102",
       .shows = "a numeric order on text",
       .text = Ipc("field_index: 0 operator: \"less\" operand: \"5\""),
       .expected = Expected{7, "1", "refuses the file"}},
      {.rule = "SL102",
       .shows = "a network on a number",
       .text = Ipc("field_index: 2 operator: \"ip_network\" operand: \"10.0.0.0/8\""),
       .expected = Expected{7, "1", "refuses the file"}},
      {.rule = "SL102",
       .shows = "a numeric order on a number",
       .text = Ipc("field_index: 2 operator: \"less\" operand: \"5\"")},
  };
}

std::vector<RuleCase> OperandCases() {
  return {
      {.rule = "SL103",
       .shows = "a list in a port",
       .text = Config("<NetworkConnect onmatch=\"include\">\n"
                      "<DestinationPort condition=\"is\">80,443</DestinationPort>\n"
                      "</NetworkConnect>"),
       .expected = Expected{3, "NetworkConnect#1", "never matches"}},
      {.rule = "SL103",
       .shows = "an item that is no port",
       .text = Config("<NetworkConnect onmatch=\"include\">\n"
                      "<DestinationPort condition=\"is any\">80;65536</DestinationPort>\n"
                      "</NetworkConnect>"),
       .expected = Expected{3, "NetworkConnect#1", "never equals the value"}},
      {.rule = "SL103",
       .shows = "a boolean that is always different",
       .text = Config("<NetworkConnect onmatch=\"include\">\n"
                      "<Initiated condition=\"is not\">yes</Initiated>\n</NetworkConnect>"),
       .expected = Expected{3, "NetworkConnect#1", "always matches"}},
      {.rule = "SL103",
       .shows = "leading zeros",
       .text = Config("<ProcessAccess onmatch=\"include\">\n"
                      "<GrantedAccess condition=\"is\">0x0040</GrantedAccess>\n</ProcessAccess>"),
       .expected = Expected{3, "ProcessAccess#1", "never matches", {}, kWarning}},
      {.rule = "SL103",
       .shows = "a GUID without braces",
       .text = Process("<ProcessGuid>01234567-89ab-cdef-0123-456789abcdef</ProcessGuid>"),
       .expected = Expected{3, "ProcessCreate#1", "never matches"}},
      {.rule = "SL103",
       .shows = "values that the fields have",
       .text = Config("<NetworkConnect onmatch=\"include\"><Initiated>TRUE</Initiated>\n"
                      "<DestinationPort condition=\"is any\">80;443;-</DestinationPort>"
                      "<ProcessGuid>{01234567-89ab-cdef-0123-456789abcdef}</ProcessGuid>"
                      "<SourcePort condition=\"contains\">80</SourcePort></NetworkConnect>\n"
                      "<ProcessAccess onmatch=\"include\"><GrantedAccess>0X1F0</GrantedAccess>"
                      "</ProcessAccess>")},
      {.rule = "SL103",
       .shows = "a pattern that does not compile",
       .text = Ipc("field_index: 0 operator: \"regex\" operand: \"a(\""),
       .expected = Expected{7, "1", "refuses the file"}},
      {.rule = "SL103",
       .shows = "two operands where one is taken",
       .text = Ipc("field_index: 0 operator: \"exists\" operand: \"true\" operand: \"true\""),
       .expected = Expected{7, "1", "refuses the file"}},
      {.rule = "SL103",
       .shows = "an alternative that is no number",
       .text = Ipc("field_index: 2 operator: \"less\" operand: \"1\" operand: \"b\""),
       .expected = Expected{7, "1", "refuses the file"}},
      {.rule = "SL103",
       .shows = "alternatives",
       .text = Ipc("field_index: 0 operator: \"equals\" operand: \"a\" operand: \"b\"")},
      {.rule = "SL103",
       .shows = "a number that is none",
       .text = Ipc("field_index: 2 operator: \"less\" operand: \"1e3\""),
       .expected = Expected{7, "1", "refuses the file"}},
      {.rule = "SL103",
       .shows = "a value past the field's type",
       .text = Ipc("field_index: 2 operator: \"equals\" operand: \"65536\""),
       .expected = Expected{7, "1", "never matches"}},
      {.rule = "SL103",
       .shows = "the same negated",
       .text = Ipc("field_index: 2 operator: \"equals\" operand: \"-1\" negated: true"),
       .expected = Expected{7, "1", "always matches"}},
      {.rule = "SL103",
       .shows = "the same by name",
       .text = Ipc("field_name: \"Port\" operator: \"equals\" operand: \"http\""),
       .expected = Expected{7, "1", "never matches"}},
      {.rule = "SL103",
       .shows = "leading zeros of a declared number",
       .text = Ipc("field_index: 2 operator: \"equals\" operand: \"080\""),
       .expected = Expected{7, "1", "never matches", {}, kWarning}},
      {.rule = "SL103",
       .shows = "an item of another type",
       .text = Ipc("field_index: 2 operator: \"in_list\" operand: [\"80\", \"\"]"),
       .expected = Expected{7, "1", "never equals the value"}},
      {.rule = "SL103",
       .shows = "values of the declared type",
       .text = Ipc("field_index: 2 operator: \"in_list\" operand: [\"0\", \"65535\"]")},
      {.rule = "SL103",
       .shows = "a prefix longer than the address",
       .text = Ipc("field_index: 0 operator: \"ip_network\" operand: \"10.0.0.0/33\""),
       .expected = Expected{7, "1", "refuses the file"}},
      {.rule = "SL103",
       .shows = "networks",
       .text =
           Channel("instance { id: \"1\" template_type: \"IPC\"\n"
                   "criterion { field_index: 0 operator: \"ip_network\" operand: \"fe80::/10\" }"
                   "criterion { field_index: 1 operator: \"regex\" operand: \"a(b|c)\" }"
                   "criterion { field_index: 2 operator: \"less\" operand: \"-1.5\" }"
                   "criterion { field_index: 2 operator: \"wildcard\" } }")},
  };
}

// A value that a field of this type never has, or one that it has.
RuleCase Typed(const std::string& type, const std::string& value, bool never) {
  RuleCase one = {
      .rule = "SL103",
      .shows = absl::StrCat(value, " in ", type),
      .text = absl::StrCat("# proto-message: sluice.v1.Content\n"
                           "template_type { name: \"T\" field { name: \"f\" type: \"",
                           type,
                           "\" } }\ninstance { id: \"1\" template_type: \"T\"\n"
                           "criterion { field_index: 0 operator: \"equals\" operand: \"",
                           value, "\" } }\n")};
  if (never) one.expected = Expected{4, "1", "never matches"};
  return one;
}

std::vector<RuleCase> TypedCases() {
  const std::string guid = "{01234567-89AB-cdef-0123-456789abcdef}";
  return {
      Typed("boolean", "maybe", true),     Typed("boolean", "True", false),
      Typed("uint32", "4294967296", true), Typed("uint32", "4294967295", false),
      Typed("int64", "-", true),           Typed("int64", "-5", false),
      Typed("hex32", "zz", true),          Typed("hex32", "0x123456789", true),
      Typed("hex32", "0x1f", false),       Typed("guid", "zz", true),
      Typed("guid", guid, false),          Typed("ip", "10.0.0.0/8", true),
      Typed("ip", "fe80::1", false),       Typed("string", "%", false),
      Typed("time", "yesterday", false),
  };
}

RuleCase Network(std::string shows, const std::string& field, const std::string& condition,
                 const std::string& operand, const std::string& effect) {
  RuleCase one = {
      .rule = "SL103",
      .shows = std::move(shows),
      .text = Config(absl::StrCat("<NetworkConnect onmatch=\"include\">\n<", field, " condition=\"",
                                  condition, "\">", operand, "</", field, ">\n</NetworkConnect>"))};
  if (!effect.empty()) one.expected = Expected{3, "NetworkConnect#1", effect};
  return one;
}

std::vector<RuleCase> AddressCases() {
  constexpr char kNever[] = "never matches";
  constexpr char kAlways[] = "always matches";
  constexpr char kItem[] = "never finds the value";
  const std::string ip = "DestinationIp";
  return {
      Network("a network", "SourceIp", "is", "10.0.0.0/8", kNever),
      Network("the beginning of an address", ip, "is", "192.168.", kNever),
      Network("a number that is too large", ip, "is not", "10.0.0.256", kAlways),
      Network("a name", ip, "image", "localhost", kNever),
      Network("an item that is a network", ip, "is any", "10.0.0.1;10.0.0.0/8",
              "never equals the value"),
      Network("a network as a beginning", ip, "begin with", "10.0.0.0/8", kNever),
      Network("a star", ip, "excludes", "10.*", kAlways),
      Network("a network in a list", ip, "contains any", "10.;172.16.0.0/12", kItem),
      Network("a network in a list of exclusions", ip, "excludes any", "10.;172.16.0.0/12", kItem),
      Network("all of a list", ip, "contains all", "10.;x", kNever),
      Network("not all of a list", ip, "excludes all", "10.;x", kAlways),
      Network("a port range", "DestinationPort", "contains", "80x", kNever),
      Network("a port past the last", "DestinationPort", "is", "65536", kNever),
      Network("an address", ip, "is", "192.168.0.1", ""),
      Network("an address of six", ip, "is any", "::1;fe80:0:0:0:0:0:0:1;-;FE80::A", ""),
      Network("beginnings", ip, "begin with", "fe80:0:0:0", ""),
      Network("a missing address", ip, "contains", "-", ""),
      Network("a variable", ip, "is", "%MYIP%", ""),
      Network("a name in a field of names", "DestinationHostname", "is", "a/b", ""),
  };
}

std::vector<RuleCase> StructureCases() {
  return {
      {.rule = "SL001",
       .shows = "markup that does not end",
       .text = "<Sysmon schemaversion=\"4.50\">\n<EventFiltering",
       .expected = Expected{2, "", "nothing in the file is believed"}},
      {.rule = "SL001", .shows = "content", .text = Process("<Image>a</Image>")},
      {.rule = "SL002",
       .shows = "parentheses past the limit",
       .text = SigmaRule(
           "  s: {Image: a}\n  condition: " + std::string(kMaxSigmaConditionDepth + 1, '(') + "s" +
           std::string(kMaxSigmaConditionDepth + 1, ')') + "\n"),
       .expected = Expected{18, "", "is not checked", {}, Severity::kNote}},
      {.rule = "SL002",
       .shows = "parentheses at the limit",
       .text =
           SigmaRule("  s: {Image: a}\n  condition: " + std::string(kMaxSigmaConditionDepth, '(') +
                     "s" + std::string(kMaxSigmaConditionDepth, ')') + "\n")},
      {.rule = "SL104",
       .shows = "an event that no version has",
       .text = Config("<ProcessCreated onmatch=\"include\"/>"),
       .expected = Expected{2, "ProcessCreated#1", "ignores the record"}},
      {.rule = "SL104",
       .shows = "an event that only some versions have",
       .text = Config("<FileDelete onmatch=\"include\"/><FileExecutableDetected "
                      "onmatch=\"include\"/><eBPFEvent onmatch=\"include\"/>")},
      {.rule = "SL104",
       .shows = "an id that no build of the version has",
       .text = Blob(15, "instance { template_type_id: 99 }"),
       .expected = Expected{4, "event 99#1", "refuses the file"}},
      {.rule = "SL104",
       .shows = "an id that is never evaluated",
       .text = Blob(15, "instance { template_type_id: 4097 }")},
      {.rule = "SL104",
       .shows = "a type that is not declared",
       .text = Channel("instance { id: \"1\" template_type: \"LSA\" }"),
       .expected = Expected{6, "1", "ignores the record"}},
      {.rule = "SL105",
       .shows = "an id twice",
       .text = Channel("instance { id: \"1\" template_type: \"IPC\" }\n"
                       "instance { id: \"1\" template_type: \"IPC\" }"),
       .expected = Expected{7, "1", "keeps one of them"}},
      {.rule = "SL105",
       .shows = "two ids",
       .text = Channel("instance { id: \"1\" template_type: \"IPC\" }\n"
                       "instance { id: \"01\" template_type: \"IPC\" }")},
      {.rule = "SL106",
       .shows = "an instance without criteria",
       .text = Channel("instance { id: \"1\" template_type: \"IPC\" }"),
       .expected = Expected{6, "1", "always matches"}},
      {.rule = "SL106",
       .shows = "a Rule without conditions",
       .text = Process("<Image>a</Image>\n<Rule></Rule>"),
       .expected = Expected{4, "ProcessCreate#1", "ignores the group"}},
      {.rule = "SL106",
       .shows = "an event without conditions that logs all",
       .text = Config("<DnsQuery onmatch=\"exclude\"/>"),
       .expected = Expected{2, "DnsQuery#1", "logs every event of the type", {}, Severity::kNote}},
      {.rule = "SL106",
       .shows = "an event without conditions that logs nothing",
       .text = Config("<DnsQuery onmatch=\"include\"/>"),
       .expected = Expected{2, "DnsQuery#1", "logs no event of the type", {}, Severity::kNote}},
      {.rule = "SL106",
       .shows = "a Rule with a condition",
       .text = Process("<Rule><Image>a</Image></Rule>")},
  };
}

std::vector<RuleCase> VersionCases() {
  return {
      {.rule = "SL108",
       .shows = "no schema version",
       .text = "<Sysmon>\n<EventFiltering/></Sysmon>",
       .expected = Expected{1, "", "refuses the file"}},
      {.rule = "SL108",
       .shows = "a word for a version",
       .text = "<Sysmon schemaversion=\"v4.50\"><EventFiltering/></Sysmon>",
       .expected = Expected{1, "", "refuses the file"}},
      {.rule = "SL108",
       .shows = "a version below the lowest",
       .text = "<Sysmon schemaversion=\"3.40\"><EventFiltering/></Sysmon>",
       .expected = Expected{1, "", "sensors from 4.0 on refuse it", {}, kWarning}},
      {.rule = "SL108",
       .shows = "the same does not say what SL209 says of each sensor",
       .text = "<Sysmon schemaversion=\"3.40\"><EventFiltering/></Sysmon>",
       .fleet = {"sysmon@4.90"}},
      {.rule = "SL108",
       .shows = "a version with something behind it",
       .text = "<Sysmon schemaversion=\"4.50b\"><EventFiltering/></Sysmon>",
       .expected = Expected{1, "", "reads another version", {}, kWarning}},
      {.rule = "SL108",
       .shows = "the lowest version",
       .text = "<Sysmon schemaversion=\"4.0\"><EventFiltering/></Sysmon>"},
  };
}

std::vector<RuleCase> MarkupCases() {
  return {
      {.rule = "SL109",
       .shows = "no onmatch",
       .text = Config("<DnsQuery/>"),
       .expected = Expected{2, "DnsQuery#1", "ignores the record"}},
      {.rule = "SL109",
       .shows = "both",
       .text = Config("<DnsQuery onmatch=\"include\" default=\"include\"/>"),
       .expected = Expected{2, "DnsQuery#1", "ignores the record"}},
      {.rule = "SL109",
       .shows = "a typing error",
       .text = Config("<DnsQuery onmatch=\"exlude\"/>"),
       .expected = Expected{2, "DnsQuery#1", "uses the event's own default"}},
      {.rule = "SL109",
       .shows = "either in any case",
       .text = Config("<DnsQuery default=\"Include\"/><FileCreate onmatch=\"EXCLUDE\"/>")},
      {.rule = "SL110",
       .shows = "a misspelt condition",
       .text = Process("<Image contition=\"is\">a</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "ignores the attribute"}},
      {.rule = "SL110",
       .shows = "all that is read",
       .text = Process("<Image condition=\"is\" name=\"n\">a</Image>")},
      {.rule = "SL111",
       .shows = "an element in a value",
       .text = Process("<Image>a<User/></Image>"),
       .expected = Expected{3, "ProcessCreate#1", "ignores the element"}},
      {.rule = "SL111",
       .shows = "a second root",
       .text = Config("") + "<Other/>",
       .expected = Expected{4, "", "ignores the element"}},
      {.rule = "SL111",
       .shows = "a document type",
       .text = "<!DOCTYPE Sysmon>\n" + Config(""),
       .expected = Expected{1, "", "ignores the document type", {}, kWarning}},
      {.rule = "SL111", .shows = "conditions", .text = Process("<Image>a</Image><User>b</User>")},
      {.rule = "SL112",
       .shows = "neither word",
       .text =
           Config("<RuleGroup groupRelation=\"any\"><DnsQuery onmatch=\"include\"/></RuleGroup>"),
       .expected = Expected{2, "", "reads it as and"}},
      {.rule = "SL112",
       .shows = "the words in any case",
       .text =
           Config("<RuleGroup groupRelation=\"OR\"><DnsQuery onmatch=\"include\"/></RuleGroup>")},
  };
}

std::vector<RuleCase> ValueCases() {
  const std::string name255(255, 'n');
  return {
      {.rule = "SL113",
       .shows = "a comment in a value",
       .text = Process("<Image>a<!-- x -->b</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "reads the first part only"}},
      {.rule = "SL113",
       .shows = "text between conditions",
       .text = Process("stray <Image>a</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "ignores the text", {}, kWarning}},
      {.rule = "SL113",
       .shows = "a comment beside values",
       .text = Process("<!-- x --><Image>a</Image><!-- y -->")},
      {.rule = "SL114",
       .shows = "a byte that is not UTF-8",
       .text = Process("<Image>J\xf6rg</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "reads the first part only"}},
      {.rule = "SL114", .shows = "UTF-8", .text = Process("<Image>J\xc3\xb6rg</Image>")},
      {.rule = "SL115",
       .shows = "an entity of HTML",
       .text = Process("<Image>caf&eacute;</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "keeps it as written"}},
      {.rule = "SL115",
       .shows = "the entities of XML",
       .text = Process("<Image>&amp;&#233;</Image>")},
      {.rule = "SL116",
       .shows = "a name of 256 bytes",
       .text = Process(absl::StrCat("<Image name=\"x", name255, "\">a</Image>")),
       .expected = Expected{3, "ProcessCreate#1", "refuses the file"}},
      {.rule = "SL116",
       .shows = "a name of 255 bytes",
       .text = Process(absl::StrCat("<Image name=\"", name255, "\">a</Image>"))},
      {.rule = "SL117",
       .shows = "a condition twice",
       .text = Process("<Image condition=\"is\" condition=\"contains\">a</Image>"),
       .expected = Expected{3, "ProcessCreate#1", "uses the first one"}},
      {.rule = "SL117", .shows = "once", .text = Process("<Image condition=\"is\">a</Image>")},
      {.rule = "SL118",
       .shows = "an encoding that is not honoured",
       .text = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n" + Config(""),
       .expected = Expected{1, "", "ignores the encoding", {}, kWarning}},
      {.rule = "SL118",
       .shows = "one that is",
       .text = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n" + Config("")},
      {.rule = "SL119",
       .shows = "a misspelt option",
       .text = "<Sysmon schemaversion=\"4.50\">\n<HashAlgorithm>md5</HashAlgorithm>\n"
               "<EventFiltering/></Sysmon>",
       .expected = Expected{2, "", "ignores it and every later option"}},
      {.rule = "SL119",
       .shows = "options",
       .text = "<Sysmon schemaversion=\"4.50\">\n<HashAlgorithms>md5</HashAlgorithms>"
               "<CheckRevocation/><EventFiltering/></Sysmon>"},
      {.rule = "SL119",
       .shows = "both spellings of an option",
       .text = "<Sysmon schemaversion=\"4.50\"><CopyOnDeletePE>True</CopyOnDeletePE>"
               "<CopyOnDelete_PE/><EventFiltering/></Sysmon>"},
  };
}

}  // namespace

std::vector<RuleCase> InvalidCases() {
  std::vector<RuleCase> all;
  for (const auto& cases : {FieldCases(), OperatorCases(), OperandCases(), StructureCases(),
                            VersionCases(), MarkupCases(), ValueCases(), OptionCases(),
                            AddressCases(), TypedCases(), ChannelFileCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

}  // namespace sluice
