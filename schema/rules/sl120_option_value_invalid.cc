// SL120 option-value-invalid
//
// An option has a value that it does not take: a hash algorithm that Sysmon has not, neither True
// nor False where it has to be one of them, nothing where something is needed.
//
// HashAlgorithms takes MD5, SHA1, SHA256 and IMPHASH, separated by commas, or * for all of them.
// DnsLookup, CheckRevocation and CopyOnDeletePE are True or False. CaptureClipboard takes no value:
// it is on when it is there, whatever it says.
//
//   <HashAlgorithms>MD5;SHA-256</HashAlgorithms>     <!-- MD5,SHA256 -->
//
// A name that is there twice, or white space around one, is a warning.
//
// Fix: write one of the values that the option takes, or leave the option out for its default.
//
// Source: Sysmon's documentation, "Configuration Entries"; the options of its schema manifest
// (argument="required", "optional" or "none").

#include <algorithm>
#include <array>
#include <bitset>
#include <string>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL120;

namespace {

enum class Takes : uint8_t { kAlgorithms, kBoolean, kMaybeBoolean, kSomething, kNothing };

struct Option {
  std::string_view name;
  Takes takes;
};

constexpr Option kOptions[] = {
    {"HashAlgorithms", Takes::kAlgorithms},
    {"DnsLookup", Takes::kBoolean},
    {"CheckRevocation", Takes::kMaybeBoolean},
    {"CopyOnDeletePE", Takes::kMaybeBoolean},
    {"CopyOnDelete_PE", Takes::kMaybeBoolean},
    {"CaptureClipboard", Takes::kNothing},
    {"ArchiveDirectory", Takes::kSomething},
    {"DriverName", Takes::kSomething},
    {"FieldSizes", Takes::kSomething},
    {"PipeMonitoring", Takes::kSomething},
    {"ProcessAccess", Takes::kSomething},
    {"CopyOnDeleteSIDs", Takes::kSomething},
    {"CopyOnDelete_SIDs", Takes::kSomething},
    {"CopyOnDeleteExtensions", Takes::kSomething},
    {"CopyOnDelete_Extensions", Takes::kSomething},
    {"CopyOnDeleteProcesses", Takes::kSomething},
    {"CopyOnDelete_Processes", Takes::kSomething},
};

constexpr std::array<std::string_view, 5> kAlgorithms = {"*", "MD5", "SHA1", "SHA256", "IMPHASH"};

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t begin = std::min(text.find_first_not_of(kBlank), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

// What is wrong with a value; nothing when `effect` is empty.
struct Problem {
  std::string_view effect;
  std::string what;
  Severity severity = Severity::kError;
};

constexpr std::string_view kNotTaken = "takes no such value";

Problem ProblemOfAlgorithms(std::string_view value) {
  std::bitset<kAlgorithms.size()> seen;
  Problem lesser;
  for (size_t begin = 0; begin <= value.size();) {
    const size_t end = std::min(value.find(',', begin), value.size());
    const std::string_view name = value.substr(begin, end - begin);
    begin = end + 1;
    const auto found = std::ranges::find_if(kAlgorithms, [&](std::string_view algorithm) {
      return EqualsIgnoreCase(algorithm, Trim(name));
    });
    if (found == kAlgorithms.end()) {
      return {kNotTaken, Cat("there is no hash algorithm ", Quoted(name))};
    }
    const size_t index = static_cast<size_t>(found - kAlgorithms.begin());
    if (Trim(name).size() != name.size()) {
      lesser = {"may not know the name", Cat("white space around ", Quoted(Trim(name))),
                Severity::kWarning};
    } else if (seen[index]) {
      lesser = {"counts it once", Cat(Quoted(name), " is there twice"), Severity::kWarning};
    }
    seen.set(index);
  }
  const bool all_and_more = seen[0] && seen.count() > 1;
  if (lesser.effect.empty() && all_and_more) {
    return {"counts it once", "'*' stands for all the others", Severity::kWarning};
  }
  return lesser;
}

Problem ProblemOfBoolean(std::string_view value) {
  const std::string_view word = Trim(value);
  if (!EqualsIgnoreCase(word, "true") && !EqualsIgnoreCase(word, "false")) {
    return {kNotTaken, Cat(Quoted(value), " is neither True nor False")};
  }
  if (word.size() == value.size()) return {};
  return {"may not know the word", "white space around the value", Severity::kWarning};
}

Problem ProblemOf(Takes takes, std::string_view value) {
  const bool needed = takes != Takes::kNothing && takes != Takes::kMaybeBoolean;
  if (Trim(value).empty()) {
    return needed ? Problem{"has no value to apply", "the option has no value"} : Problem{};
  }
  switch (takes) {
    case Takes::kAlgorithms:
      return ProblemOfAlgorithms(value);
    case Takes::kBoolean:
    case Takes::kMaybeBoolean:
      return ProblemOfBoolean(value);
    case Takes::kNothing:
      if (EqualsIgnoreCase(Trim(value), "true")) return {};
      return {"ignores the value", Cat("the option takes no value, and has ", Quoted(value)),
              Severity::kWarning};
    case Takes::kSomething:
      return {};
  }
  return {};
}

void Check(const RuleInput& in, Reporter& out) {
  if (!IsConfiguration(in.content)) return;
  for (const Setting& setting : in.content.settings()) {
    const auto option = std::ranges::find_if(
        kOptions, [&](const Option& known) { return EqualsIgnoreCase(known.name, setting.name); });
    if (option == std::end(kOptions)) continue;  // SL119, or of another sensor
    const Problem problem = ProblemOf(option->takes, setting.value);
    if (problem.effect.empty()) continue;
    Finding* f = out.Report(kSL120, setting.place);
    if (f == nullptr) continue;
    f->severity = problem.severity;
    f->field = Printable(setting.name);
    Say(*f, problem.effect, Cat(f->field, ": ", problem.what),
        "write a value that the option takes, or leave the option out");
  }
}

}  // namespace

const Rule kSL120 = {{"SL120", "option-value-invalid", Severity::kError, Category::kInvalid,
                      "a setting has a value that it does not take", kConfigurations},
                     Check};

}  // namespace sluice
