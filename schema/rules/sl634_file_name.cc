// SL634 file-name
//
// The file's name is not one that collections of Sigma rules take: 10 to 90 small letters, digits
// and underscores, and `.yml` behind them.
//
// Tools find rules by the ending, and some file systems do not tell large letters from small ones:
// a rule in `Office Shell.YAML` is left out by one tool, and overwritten by `office shell.yaml` in
// another. Content that comes from standard input has no name.
//
//   proc_creation_win_office_shell.yml
//
// Fix: rename the file.
//
// Source: Sigma specification 2.1.0, "File names"; SigmaHQ's conventions for rule files.

#include <algorithm>

#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL634;

namespace {

constexpr size_t kShortest = 10;
constexpr size_t kLongest = 90;
constexpr std::string_view kEnding = ".yml";

bool IsPlain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

// What is wrong with a name; empty when nothing is.
std::string_view Problem(std::string_view name) {
  if (!name.ends_with(kEnding)) return "does not end in '.yml'";
  name.remove_suffix(kEnding.size());
  if (!std::ranges::all_of(name, IsPlain)) {
    return "has other characters than small letters, digits and underscores";
  }
  if (name.size() < kShortest) return "is shorter than 10 characters";
  return name.size() > kLongest ? "is longer than 90 characters" : "";
}

void Check(const RuleInput& in, Reporter& out) {
  const std::string_view name = in.path.substr(in.path.rfind('/') + 1);
  if (name.find('.') == std::string_view::npos || in.content.instances().empty()) return;
  const std::string_view problem = Problem(name);
  if (problem.empty()) return;
  const Instance& first = in.content.instances().front();
  if (Finding* f = out.Report(kSL634, DocumentPlace(in.content, first), &first)) {
    Say(*f, "is missed by tools that look for rules",
        Cat("the file's name, ", Quoted(name), ", ", problem), "rename the file");
  }
}

}  // namespace

const Rule kSL634 = {{"SL634", "file-name", Severity::kNote, Category::kHygiene,
                      "the file's name is not one that rule collections take", kSigmaFiles},
                     Check};

}  // namespace sluice
