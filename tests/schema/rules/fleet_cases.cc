#include "absl/strings/str_cat.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr Severity kWarning = Severity::kWarning;

std::string Instance(const std::string& criteria) {
  return absl::StrCat("instance { id: \"1\" template_type: \"IPC\"\n", criteria, " }\n");
}

std::string Criterion(int field, const std::string& op, const std::string& operand) {
  return absl::StrCat("  criterion { field_index: ", field, " operator: \"", op, "\" operand: \"",
                      operand, "\" }\n");
}

std::string Wildcard(int field) {
  return absl::StrCat("  criterion { field_index: ", field, " operator: \"wildcard\" }\n");
}

std::string ProcessBlob(int major, int field, const std::string& op) {
  return Blob(major,
              absl::StrCat("instance { template_type: \"ProcessCreate\" template_type_id: 1\n",
                           Criterion(field, op, "abcd"), "}"));
}

std::string EventBlob(int major, const std::string& id) {
  return Blob(major, absl::StrCat("instance { template_type_id: ", id, " }"));
}

std::vector<RuleCase> FieldCases() {
  const std::string parent_user = Process("<ParentUser condition=\"is\">a</ParentUser>");
  return {
      {.rule = "SL201",
       .shows = "a name that older sensors have not",
       .text = parent_user,
       .fleet = {"sysmon@4.60", "sysmon@4.70", "sysmon@4.80"},
       .expected = Expected{3,
                            "ProcessCreate#1",
                            "drops the record and every later ProcessCreate record",
                            {"sysmon@4.60", "sysmon@4.70"}}},
      {.rule = "SL201",
       .shows = "sensors that have it",
       .text = parent_user,
       .fleet = {"sysmon@4.80", "sysmon@4.90"}},
      {.rule = "SL201",
       .shows = "an index past the list",
       .text = ProcessBlob(16, 22, "sysmon.is"),
       .fleet = {"sysmon@4.70", "sysmon@4.80"},
       .assume_loaded = true,
       .expected = Expected{5, "ProcessCreate#1", "never matches", {"sysmon@4.70"}}},
      {.rule = "SL201",
       .shows = "the third of two fields",
       .text = Channel(Instance(Criterion(2, "equals", "1"))),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{7, "1", "reads out of bounds", {"acme@1"}}},
      {.rule = "SL201",
       .shows = "a wildcard reads nothing",
       .text = Channel(Instance(Criterion(0, "equals", "a") + Wildcard(2))),
       .fleet = {"acme@1", "acme@2"}},
      {.rule = "SL202",
       .shows = "only a wildcard reaches the third field",
       .text = Channel(Instance(Criterion(0, "equals", "a") + Wildcard(2))),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{5, "", "would read out of bounds", {"acme@1"}}},
      {.rule = "SL202",
       .shows = "no instance at all",
       .text = Channel(""),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{5, "", "would read out of bounds", {"acme@1"}}},
      {.rule = "SL202",
       .shows = "bound by name",
       .text = Channel(Instance("criterion { field_name: \"Port\" operator: \"wildcard\" }")),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{5, "", "would never match", {"acme@1"}}},
      {.rule = "SL202",
       .shows = "what is read is not latent",
       .text = Channel(Instance(Criterion(2, "equals", "1"))),
       .fleet = {"acme@1", "acme@2"}},
      {.rule = "SL202", .shows = "all fields supplied", .text = Channel(""), .fleet = {"acme@2"}},
  };
}

std::vector<RuleCase> MovedCases() {
  return {
      {.rule = "SL203",
       .shows = "fields that changed places",
       .text = Channel(Instance(Criterion(1, "equals", "a"))),
       .fleet = {"acme@2", "acme@3"},
       .expected = Expected{7, "1", "reads Port instead of Path", {"acme@3"}}},
      {.rule = "SL203",
       .shows = "another spelling",
       .text = Channel(Instance(Criterion(0, "equals", "a"))),
       .fleet = {"acme@2", "acme@5"},
       .expected = Expected{7, "1", "reads PIPE instead of Pipe", {"acme@5"}, kWarning}},
      {.rule = "SL203",
       .shows = "a field inserted in the middle",
       .text = ProcessBlob(16, 10, "sysmon.is"),
       .fleet = {"sysmon@4.1", "sysmon@4.22", "sysmon@4.80"},
       .assume_loaded = true,
       .expected = Expected{5,
                            "ProcessCreate#1",
                            "reads CurrentDirectory instead of CommandLine",
                            {"sysmon@4.1"}}},
      {.rule = "SL203",
       .shows = "an index that is no field of the content",
       .text = Channel(Instance(Criterion(3, "equals", "a"))),
       .fleet = {"acme@7"}},
      {.rule = "SL203",
       .shows = "the same field",
       .text = Channel(Instance(Criterion(0, "equals", "a"))),
       .fleet = {"acme@2", "acme@3"}},
      {.rule = "SL204",
       .shows = "a number that is a text",
       .text = Channel(Instance(Criterion(2, "equals", "1"))),
       .fleet = {"acme@2", "acme@4"},
       .expected = Expected{7, "1", "supplies string instead of uint16", {"acme@4"}}},
      {.rule = "SL204",
       .shows = "the same by name",
       .text = Channel(Instance("criterion { field_name: \"Port\" operator: \"equals\" "
                                "operand: \"1\" }")),
       .fleet = {"acme@2", "acme@4"},
       .expected = Expected{7, "1", "supplies string instead of uint16", {"acme@4"}}},
      {.rule = "SL204",
       .shows = "an address that Sysmon's manifest calls a string",
       .text = Blob(78, absl::StrCat("instance { template_type: \"Net\" template_type_id: 3\n",
                                     Criterion(0, "sysmon.is", "10.0.0.1"), "}")),
       .fleet = {"parked@3", "parked@4"}},
      {.rule = "SL204",
       .shows = "another field of it",
       .text = Channel(Instance(Criterion(1, "equals", "a"))),
       .fleet = {"acme@2", "acme@4"}},
  };
}

std::vector<RuleCase> TypeCases() {
  const std::string ebpf = Config("<eBPFEvent onmatch=\"include\"><Image>a</Image></eBPFEvent>");
  const std::string detected =
      Config("<FileDeleteDetected onmatch=\"include\"><Image>a</Image></FileDeleteDetected>");
  return {
      {.rule = "SL205",
       .shows = "a condition that came later",
       .text = Process("<Image condition=\"contains any\">a;b</Image>"),
       .fleet = {"sysmon@4.21", "sysmon@4.22"},
       .expected = Expected{3, "ProcessCreate#1", "refuses the file", {"sysmon@4.21"}}},
      {.rule = "SL205",
       .shows = "a condition that all know",
       .text = Process("<Image condition=\"contains\">a;b</Image>"),
       .fleet = {"sysmon@4.21", "sysmon@4.22"}},
      {.rule = "SL205",
       .shows = "a number that came later",
       .text = ProcessBlob(15, 4, "sysmon.not_begin_with"),
       .fleet = {"sysmon@4.60", "sysmon@4.70"},
       .assume_loaded = true,
       .expected = Expected{5, "ProcessCreate#1", "abandons the record", {"sysmon@4.60"}}},
      {.rule = "SL205",
       .shows = "an operator of a channel",
       .text = Channel(Instance(Criterion(0, "regex", "a+"))),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{7, "1", "refuses the file", {"acme@1"}}},
      {.rule = "SL206",
       .shows = "an event that older sensors have not",
       .text = detected,
       .fleet = {"sysmon@4.22", "sysmon@4.90"},
       .expected = Expected{2, "FileDeleteDetected#1", "ignores the record", {"sysmon@4.22"}}},
      {.rule = "SL206",
       .shows = "another platform",
       .text = ebpf,
       .fleet = {"sysmon@4.90/windows"},
       .expected = Expected{2, "eBPFEvent#1", "ignores the record", {"sysmon@4.90"}}},
      {.rule = "SL206",
       .shows = "an id above the highest",
       .text = Blob(15, "instance { template_type: \"FileDeleteDetected\" template_type_id: 26\n" +
                            Criterion(0, "sysmon.is", "a") + "}"),
       .fleet = {"sysmon@4.22", "sysmon@4.70"},
       .assume_loaded = true,
       .expected = Expected{4, "FileDeleteDetected#1", "refuses the file", {"sysmon@4.22"}}},
      {.rule = "SL206", .shows = "the platform", .text = ebpf, .fleet = {"sysmon@4.90/linux"}},
      {.rule = "SL206",
       .shows = "an undescribed event is not checked",
       .text = Config("<FileExecutableDetected onmatch=\"include\"/>"),
       .fleet = {"sysmon@4.90"}},
  };
}

std::vector<RuleCase> EventCases() {
  constexpr char kNever[] = "never evaluates the record";
  const std::string ebpf = Config("<eBPFEvent onmatch=\"include\"><Image>a</Image></eBPFEvent>");
  return {
      {.rule = "SL211",
       .shows = "a fleet without platforms",
       .text = ebpf,
       .fleet = {"sysmon@4.90"},
       .expected =
           Expected{2, "", "ignores the record on other platforms", {"sysmon@4.90"}, kWarning}},
      {.rule = "SL211", .shows = "a fleet with them", .text = ebpf, .fleet = {"sysmon@4.90/linux"}},
      {.rule = "SL213",
       .shows = "fields of two events",
       .text = Config("<Pair onmatch=\"include\">\n<A>a</A><B>b</B></Pair>"),
       .fleet = {"parked@1", "parked@2"},
       .expected =
           Expected{2, "Pair#1", "drops the record and every later Pair record", {"parked@1"}}},
      {.rule = "SL213",
       .shows = "fields of one event",
       .text = Config("<RegistryEvent onmatch=\"include\">\n<Details>a</Details>"
                      "<Image>b</Image></RegistryEvent>"),
       .fleet = {"sysmon@4.70", "sysmon@4.90"}},
      {.rule = "SL214",
       .shows = "an id that nothing reads",
       .text = Config("<Parked onmatch=\"include\"><Image>a</Image></Parked>"),
       .fleet = {"parked@1"},
       .expected = Expected{2, "Parked#1", kNever, {"parked@1"}, kWarning}},
      {.rule = "SL214",
       .shows = "an id with a bit of the second table",
       .text = EventBlob(15, "4097"),
       .fleet = {"sysmon@4.60", "sysmon@4.70"},
       .expected = Expected{4, "event 4097#1", kNever, {"sysmon@4.70"}, kWarning}},
      {.rule = "SL214",
       .shows = "the same without a fleet",
       .text = EventBlob(15, "4097"),
       .expected = Expected{4, "event 4097#1", kNever, {}, kWarning}},
      {.rule = "SL214",
       .shows = "a negative id",
       .text = EventBlob(15, "2147483648"),
       .fleet = {"sysmon@4.70"},
       .expected = Expected{4, "event 2147483648#1", kNever, {"sysmon@4.70"}, kWarning}},
      {.rule = "SL214",
       .shows = "an event that is never filtered",
       .text = EventBlob(15, "255"),
       .fleet = {"sysmon@4.70"},
       .expected = Expected{4, "event 255#1", kNever, {"sysmon@4.70"}, kWarning}},
      {.rule = "SL214",
       .shows = "the same of the state, without a fleet",
       .text = EventBlob(15, "4"),
       .expected = Expected{4, "event 4#1", kNever, {}, kWarning}},
      {.rule = "SL214",
       .shows = "the same of the configuration",
       .text = EventBlob(15, "16"),
       .expected = Expected{4, "event 16#1", kNever, {}, kWarning}},
      {.rule = "SL214", .shows = "an event that is filtered", .text = EventBlob(15, "15")},
      {.rule = "SL214",
       .shows = "an id above the second table's bits",
       .text = EventBlob(15, "65536"),
       .fleet = {"sysmon@4.70"}},
      {.rule = "SL206",
       .shows = "an id that no sensor evaluates",
       .text = EventBlob(15, "4097"),
       .fleet = {"sysmon@4.70"}},
      {.rule = "SL206",
       .shows = "a negative id",
       .text = EventBlob(15, "2147483648"),
       .fleet = {"sysmon@4.70"}},
      {.rule = "SL104",
       .shows = "an id above the second table's bits",
       .text = EventBlob(15, "65536"),
       .fleet = {"sysmon@4.70"},
       .expected = Expected{4, "event 65536#1", "refuses the file"}},
      {.rule = "SL206",
       .shows = "an id above the highest of the platform",
       .text = EventBlob(18, "100"),
       .fleet = {"sysmon@4.90/windows"},
       .expected = Expected{4, "event 100#1", "refuses the file", {"sysmon@4.90"}}},
      {.rule = "SL211",
       .shows = "an id above the highest of the other platforms",
       .text = EventBlob(18, "100"),
       .fleet = {"sysmon@4.90"},
       .expected =
           Expected{4, "", "refuses the file on other platforms", {"sysmon@4.90"}, kWarning}},
      {.rule = "SL214",
       .shows = "an id that is read",
       .text = Config("<Read onmatch=\"include\"><Image>a</Image></Read>"),
       .fleet = {"parked@1"}},
  };
}

std::vector<RuleCase> FileCases() {
  std::string four;
  for (int i = 1; i <= 4; ++i) {
    four +=
        absl::StrCat("instance { id: \"", i, "\" template_type: \"IPC\" criterion { field_index: ",
                     "0 operator: \"equals\" operand: \"a\" } }\n");
  }
  const std::string three = four.substr(0, four.rfind("instance"));
  return {
      {.rule = "SL207",
       .shows = "a fourth instance",
       .text = Channel(four),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{9, "4", "refuses the file", {"acme@1"}}},
      {.rule = "SL207",
       .shows = "a third criterion",
       .text = Channel(Instance(Criterion(0, "equals", "a") + Criterion(1, "equals", "b") +
                                Criterion(0, "contains", "c"))),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{9, "1", "refuses the file", {"acme@1"}}},
      {.rule = "SL207",
       .shows = "more bytes than fit",
       .text = Channel("#" + std::string(2000, '.')),
       .fleet = {"acme@1", "acme@2"},
       .expected = Expected{6, "", "refuses the file", {"acme@1"}}},
      {.rule = "SL207",
       .shows = "a long name",
       .text = Config("<Read onmatch=\"include\">\n<Image name=\"" + std::string(21, 'n') +
                      "\">a</Image></Read>"),
       .fleet = {"parked@1", "sysmon@4.90"},
       .expected = Expected{3, "Read#1", "refuses the file", {"parked@1"}}},
      {.rule = "SL207", .shows = "three instances", .text = Channel(three), .fleet = {"acme@1"}},
  };
}

std::vector<RuleCase> VersionCases() {
  const std::string options =
      "<Sysmon schemaversion=\"4.50\">\n<DnsLookup>False</DnsLookup>\n"
      "<EventFiltering/></Sysmon>";
  return {
      {.rule = "SL208",
       .shows = "a version without a contract",
       .text = Process("<Image>a</Image>"),
       .fleet = {"sysmon@99.9"},
       .expected = Expected{0, "", "not checked", {"sysmon@99.9"}, Severity::kNote}},
      {.rule = "SL208",
       .shows = "a version with one",
       .text = Process("<Image>a</Image>"),
       .fleet = {"sysmon@4.90"}},
      {.rule = "SL209",
       .shows = "another binary version",
       .text = ProcessBlob(15, 4, "sysmon.is"),
       .fleet = {"sysmon@4.60", "sysmon@4.70"},
       .expected = Expected{3, "", "refuses the file", {"sysmon@4.60"}}},
      {.rule = "SL209",
       .shows = "a binary version that nobody knows",
       .text = ProcessBlob(77, 4, "sysmon.is"),
       .expected = Expected{3, "", "refuses the file"}},
      {.rule = "SL209",
       .shows = "another format version",
       .text = Channel(""),
       .fleet = {"acme@2", "acme@6"},
       .expected = Expected{2, "", "refuses the file", {"acme@6"}}},
      {.rule = "SL209",
       .shows = "the binary version",
       .text = ProcessBlob(15, 4, "sysmon.is"),
       .fleet = {"sysmon@4.70"}},
      {.rule = "SL209",
       .shows = "without the guard",
       .text = ProcessBlob(15, 4, "sysmon.is"),
       .fleet = {"sysmon@4.60", "sysmon@4.70"},
       .assume_loaded = true},
      {.rule = "SL210",
       .shows = "an option that came later",
       .text = options,
       .fleet = {"sysmon@4.1", "sysmon@4.90"},
       .expected = Expected{2, "", "ignores it and every later option", {"sysmon@4.1"}}},
      {.rule = "SL210", .shows = "an option it knows", .text = options, .fleet = {"sysmon@4.90"}},
      {.rule = "SL210",
       .shows = "an option as Sysmon's documentation spells it",
       .text = "<Sysmon schemaversion=\"4.50\">\n<CopyOnDeletePE>True</CopyOnDeletePE>"
               "<CopyOnDeleteSIDs>S-1-1-0</CopyOnDeleteSIDs><EventFiltering/></Sysmon>",
       .fleet = {"sysmon@4.30", "sysmon@4.90"}},
      {.rule = "SL212",
       .shows = "newer than every sensor",
       .text = Process("<Image>a</Image>"),
       .fleet = {"sysmon@4.22", "sysmon@4.40"},
       .expected =
           Expected{
               1, "", "loads it as its own version", {"sysmon@4.22", "sysmon@4.40"}, kWarning}},
      {.rule = "SL212",
       .shows = "one sensor is as new",
       .text = Process("<Image>a</Image>"),
       .fleet = {"sysmon@4.22", "sysmon@4.50"}},
  };
}

}  // namespace

std::vector<RuleCase> FleetCases() {
  std::vector<RuleCase> all;
  for (const auto& cases :
       {FieldCases(), MovedCases(), TypeCases(), EventCases(), FileCases(), VersionCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

}  // namespace sluice
