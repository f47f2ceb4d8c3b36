// Sigma rules of any size.

#include <functional>

#include "bench/generate.h"

namespace sluice {
namespace {

std::string Number(size_t i) {
  const std::string digits = std::to_string(i);
  return std::string(digits.size() < 7 ? 7 - digits.size() : 0, '0') + digits;
}

std::string Head(size_t i) {
  return "title: Program " + Number(i) +
         " Started By An Office Program\n"
         "id: 3f2b8c1e-5d4a-4b6f-9a7e-00000" +
         Number(i) +
         "\n"
         "status: test\n"
         "description: Detects a program that an office program starts.\n"
         "references:\n  - https://example.com/" +
         Number(i) +
         "\n"
         "author: Jo Example\ndate: 2024-05-01\n"
         "tags:\n  - attack.execution\n  - attack.t1059.003\n"
         "logsource:\n  category: process_creation\n  product: windows\n";
}

constexpr char kTail[] = "falsepositives:\n  - Administrators who test macros\nlevel: high\n";

std::string Rule(const std::string& detection) {
  return Head(0) + "detection:\n" + detection + kTail;
}

// `line(i)` for i = 0, 1, ... until that is about `bytes` long.
std::string Lines(size_t bytes, const std::function<std::string(size_t)>& line) {
  std::string out;
  for (size_t i = 0; out.size() < bytes; ++i) out += line(i);
  return out;
}

std::string Values(size_t bytes, const std::string& key, const std::string& before,
                   const std::string& after) {
  return Rule(
      "  s:\n    " + key + ":\n" +
      Lines(bytes, [&](size_t i) { return "      - '" + before + Number(i) + after + "'\n"; }) +
      "  condition: s\n");
}

std::string Repeat(std::string_view text, size_t bytes) {
  return Lines(bytes, [&](size_t) { return std::string(text); });
}

}  // namespace

std::string OrdinaryRules(size_t bytes) {
  std::string out;
  for (size_t i = 0; out.size() < bytes; ++i) {
    if (i > 0) out += "---\n";
    out += Head(i) +
           "detection:\n"
           "  selection:\n"
           "    ParentImage|endswith:\n      - '\\winword.exe'\n      - '\\excel.exe'\n"
           "    Image|endswith: '\\program" +
           Number(i) +
           ".exe'\n"
           "    CommandLine|contains|all:\n      - ' -first '\n      - ' -second" +
           Number(i) +
           " '\n"
           "  filter:\n    CurrentDirectory|startswith: 'C:\\Program Files\\Vendor" +
           Number(i) +
           "\\'\n"
           "  condition: selection and not filter\n" +
           kTail;
  }
  return out;
}

void AddRules(size_t bytes, std::vector<Adversary>& all) {
  const auto add = [&](const char* name, std::string text, bool refused = false) {
    all.push_back({name, "sigma", std::move(text), refused});
  };
  add("values of one field", Values(bytes, "CommandLine|contains", "a value of a list ", ""));
  add("values that differ in their ends",
      Values(bytes, "CommandLine|endswith", "", "\\program.exe"));
  add("values with wildcards", Values(bytes, "CommandLine", "*a?b*", "*"));
  add("regular expressions", Values(bytes, "CommandLine|re", "program.{1,5}", "[a-f]+x$"), true);
  add("fields",
      Rule("  s:\n" +
           Lines(bytes, [](size_t i) { return "    Field" + Number(i) + ": 'value'\n"; }) +
           "  condition: s\n"));
  add("selections", Rule(Lines(bytes,
                               [](size_t i) {
                                 return "  s" + Number(i) + ":\n    Image|endswith: '\\a.exe'\n";
                               }) +
                         "  condition: 1 of them\n"));
  add("maps in a list",
      Rule("  s:\n" + Lines(bytes, [](size_t i) { return "    - Image: 'a" + Number(i) + "'\n"; }) +
           "  condition: s\n"));
  add("keywords",
      Rule("  s:\n" + Lines(bytes, [](size_t i) { return "    - 'keyword" + Number(i) + "'\n"; }) +
           "  condition: s\n"));
  add("tags", Head(0) + "fields:\n" + Lines(bytes, [](size_t i) {
                return "  - attack.t" + Number(i) + "\n";
              }) + "detection:\n  s: {Image: a}\n  condition: s\n");
  add("keys that repeat", Rule("  s:\n" + Repeat("    A: 1\n", bytes) + "  condition: s\n"));
  add("parentheses", Rule("  s: {Image: a}\n  condition: " + Repeat("(s) and ", bytes) + "s\n"),
      true);
  add("brackets", Rule("  s: " + Repeat("[", bytes)), true);
  add("documents", Repeat("---\na: b\n", bytes), true);
  add("comments",
      Rule("  s: {Image: a}\n  condition: s\n") + Repeat("# sluice:ignore SL530 x\n", bytes));
}

}  // namespace sluice
