// The cases of SL120, SL121 and SL122.

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr Severity kWarning = Severity::kWarning;

std::string Options(const std::string& options) {
  return absl::StrCat("<Sysmon schemaversion=\"4.50\">\n", options, "<EventFiltering/></Sysmon>");
}

RuleCase Option(std::string rule, std::string shows, const std::string& options,
                std::optional<Expected> expected = {}) {
  return {.rule = std::move(rule),
          .shows = std::move(shows),
          .text = Options(options),
          .expected = std::move(expected)};
}

// SL122 about an option that stands on line 2, and what follows it.
RuleCase ListOption(std::string shows, const std::string& options, const std::string& records,
                    std::optional<Expected> expected = {}) {
  return {.rule = "SL122",
          .shows = std::move(shows),
          .text = absl::StrCat("<Sysmon schemaversion=\"4.50\">\n", options, "\n<EventFiltering>\n",
                               records, "\n</EventFiltering></Sysmon>"),
          .expected = std::move(expected)};
}

std::vector<RuleCase> ListOptionCases() {
  const std::string option = "<NetworkConnect>a.exe,b.exe</NetworkConnect>";
  const auto record = [](const std::string& on_match) {
    return absl::StrCat("<NetworkConnect ", on_match, "><Image>c</Image></NetworkConnect>");
  };
  const Expected refused = {4, "NetworkConnect#1", "refuses the record"};
  const Expected added = {2, "", "adds a record of NetworkConnect", {}, kWarning};
  const Expected taken = {2, "", "puts conditions into every NetworkConnect record", {}, kWarning};
  return {
      ListOption("a record that excludes", option, record("onmatch=\"exclude\""), refused),
      ListOption("a record that keeps the rest", option, record("default=\"include\""), refused),
      ListOption("nothing takes the list", option, record("onmatch=\"exclude\""), added),
      ListOption("a record that includes", option, record("onmatch=\"include\""), taken),
      ListOption("the event's own default", option, record("onmatch=\"?\""), taken),
      ListOption("no record", option, "", added),
      ListOption("a record of another event", "<imageload>a.dll</imageload>",
                 record("onmatch=\"exclude\""),
                 Expected{2, "", "adds a record of ImageLoad", {}, kWarning}),
      ListOption("behind an option that nobody knows", "<Nothing/>" + option,
                 record("onmatch=\"exclude\"")),
      ListOption("other options", "<DnsLookup>True</DnsLookup>", record("onmatch=\"exclude\"")),
  };
}

}  // namespace

std::vector<RuleCase> OptionCases() {
  const auto hashes = [](const std::string& value) {
    return absl::StrCat("<HashAlgorithms>", value, "</HashAlgorithms>");
  };
  const Expected refused = {2, "", "takes no such value"};
  const Expected nothing = {2, "", "has no value to apply"};
  std::vector<RuleCase> all = {
      Option("SL120", "an algorithm that is none", hashes("md5,sha-256"), refused),
      Option("SL120", "a list with semicolons", hashes("md5;sha256"), refused),
      Option("SL120", "an empty item", hashes("md5,"), refused),
      Option("SL120", "no algorithm", hashes(""), nothing),
      Option("SL120", "an algorithm twice", hashes("md5,SHA1,MD5"),
             Expected{2, "", "counts it once", {}, kWarning}),
      Option("SL120", "all and one more", hashes("*,md5"),
             Expected{2, "", "counts it once", {}, kWarning}),
      Option("SL120", "a blank", hashes("md5, sha1"),
             Expected{2, "", "may not know the name", {}, kWarning}),
      Option("SL120", "algorithms", hashes("md5,SHA1,Sha256,IMPHASH")),
      Option("SL120", "all algorithms", hashes("*")),
      Option("SL120", "neither word", "<DnsLookup>no</DnsLookup>", refused),
      Option("SL120", "a word that is needed", "<dnslookup/>", nothing),
      Option("SL120", "a word that need not be there", "<CheckRevocation>1</CheckRevocation>",
             refused),
      Option("SL120", "a blank before a word", "<DnsLookup> False</DnsLookup>",
             Expected{2, "", "may not know the word", {}, kWarning}),
      Option("SL120", "either word in any case",
             "<DnsLookup>FALSE</DnsLookup><CheckRevocation>true</CheckRevocation>"
             "<CopyOnDeletePE/>"),
      Option("SL120", "a value that is not read", "<CaptureClipboard>False</CaptureClipboard>",
             Expected{2, "", "ignores the value", {}, kWarning}),
      Option("SL120", "no value where none is read", "<CaptureClipboard/>"),
      Option("SL120", "a folder without a name", "<ArchiveDirectory></ArchiveDirectory>", nothing),
      Option("SL121", "another value", "<DnsLookup>True</DnsLookup>\n<dnsLookup>False</dnsLookup>",
             Expected{3, "", "uses one of the values"}),
      Option("SL121", "the same value", "<CheckRevocation/>\n<CheckRevocation/>",
             Expected{3, "", "counts it once", {}, kWarning}),
      Option("SL121", "two options", "<CheckRevocation/><DnsLookup>True</DnsLookup>"),
  };
  std::ranges::move(ListOptionCases(), std::back_inserter(all));
  return all;
}

}  // namespace sluice
