// The `sluice` command: finds the subcommand that argv names, sets up that one only, and runs it.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gate/memory.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/output.h"
#include "tools/suggest.h"
#include "tools/version.h"

namespace sluice {
namespace {

std::string CommandTable() {
  size_t width = 0;
  for (const Command* command : Commands()) width = std::max(width, command->name.size());
  std::string table;
  for (const Command* command : Commands()) {
    absl::StrAppend(&table, "  ", std::string(command->name),
                    std::string(width + 2 - command->name.size(), ' '),
                    std::string(command->summary), "\n");
  }
  return table;
}

std::string ShortHelp() {
  return absl::StrCat("usage: sluice COMMAND [OPTIONS]\n\n", CommandTable(),
                      "\n  sluice COMMAND -h      usage and options of a command\n"
                      "  sluice COMMAND --help  the same, with what it is for and examples\n"
                      "  sluice --version       the version\n");
}

std::string LongHelp() {
  std::string help = absl::StrCat(
      "sluice ", std::string(kVersion),
      ": checks security-sensor content against every sensor version that will load it\n\n",
      ShortHelp(), "\nexamples:\n");
  for (const Command* command : Commands()) {
    const std::string_view example = command->example;
    absl::StrAppend(&help, "  ", std::string(example.substr(0, example.find('\n'))), "\n");
  }
  absl::StrAppend(&help, "\nexit: 0 all that was asked for was checked, and nothing was found; ",
                  "1 findings; 2 not checked\n");
  return help;
}

int UnknownCommand(std::string_view word) {
  std::vector<std::string_view> names;
  for (const Command* command : Commands()) names.push_back(command->name);
  const char* what = word.starts_with('-') ? "option" : "command";
  return Fail(absl::StrCat("there is no ", what, " \"", Printable(word), "\"",
                           Suggestion(word, names), " (sluice -h lists the commands)"));
}

// Flags that were meant to be others, or what the parser says.
std::string Explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* innermost = &app;
  while (!innermost->get_subcommands().empty()) innermost = innermost->get_subcommands().back();
  for (const std::string& word : app.remaining(/*recurse=*/true)) {
    if (!word.starts_with("-") || word.size() < 2) continue;
    const std::string flag = word.substr(0, word.find('='));
    std::vector<std::string> names;
    for (const CLI::Option* option : innermost->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    return absl::StrCat("there is no option \"", Printable(flag), "\"", Suggestion(flag, views));
  }
  // "--kind: 1 required TEXT missing".
  const std::string text = error.what();
  if (text.ends_with(" missing")) return text.substr(0, text.find(':')) + " needs a value";
  return text;
}

// Usage and options, of a subcommand where one was named.
std::string UsageOf(CLI::App& app, CLI::AppFormatMode mode) {
  app.description("");
  std::string help = app.help("", mode);
  while (help.ends_with('\n')) help.pop_back();
  return help + "\n";
}

std::string LongHelpOf(const Command& command, CLI::App& app) {
  return absl::StrCat("sluice ", std::string(command.name), ": ", std::string(command.summary),
                      "\n\n", UsageOf(app, CLI::AppFormatMode::All), "\nexamples:\n  ",
                      std::string(command.example), "\n");
}

int Run(const Command& command, int argc, char** argv) {
  const std::string name = absl::StrCat("sluice ", std::string(command.name));
  CLI::App app(std::string(command.summary), name);
  // Before the command's own flags: its subcommands inherit these.
  app.set_help_flag("-h", "Print usage and options");
  app.set_help_all_flag("--help", "Print the same with examples");
  const std::function<int()> run = command.set_up(app);
  try {
    // The parser takes the words from the last to the first.
    std::vector<std::string> words(argv + 2, argv + argc);
    std::ranges::reverse(words);
    app.parse(words);
  } catch (const CLI::CallForAllHelp&) {
    return FinishOutput("", LongHelpOf(command, app), kExitOk);
  } catch (const CLI::CallForHelp&) {
    return FinishOutput("", UsageOf(app, CLI::AppFormatMode::Normal), kExitOk);
  } catch (const CLI::ParseError& error) {
    return Fail(absl::StrCat(std::string(command.name), ": ", Explain(app, error), " (", name,
                             " -h lists the options)"));
  }
  return run();
}

int Main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs(ShortHelp().c_str(), stderr);
    return Fail("no command given");
  }
  const std::string_view word = argv[1];
  if (word == "--version") {
    return FinishOutput("", absl::StrCat("sluice ", std::string(kVersion), "\n"), kExitOk);
  }
  if (word == "-h" || word == "help") return FinishOutput("", ShortHelp(), kExitOk);
  if (word == "--help") return FinishOutput("", LongHelp(), kExitOk);
  const auto found = std::ranges::find(Commands(), word, &Command::name);
  if (found == Commands().end()) return UnknownCommand(word);
  return Run(**found, argc, argv);
}

}  // namespace
}  // namespace sluice

int main(int argc, char** argv) {
  sluice::KeepFreedMemory();
  try {
    return sluice::Main(argc, argv);
  } catch (const std::bad_alloc&) {
    return sluice::Fail("out of memory: nothing is known about the content");
  } catch (const std::exception& error) {
    return sluice::Fail(std::string("internal error, please report it: ") + error.what());
  }
}
