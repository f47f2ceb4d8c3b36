// The `sluice` command: finds the subcommand that argv names, sets up that one only, and runs it.

#include <algorithm>
#include <csignal>
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

std::string FirstLine(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

std::string HelpWithExample() {
  return absl::StrCat(ShortHelp(), "\nexample: ", FirstLine(Commands().front()->example), "\n");
}

std::string LongHelp() {
  std::string help = absl::StrCat(
      "sluice ", std::string(kVersion),
      ": checks security-sensor content against every sensor version that will load it\n\n",
      ShortHelp(), "\nexamples:\n");
  for (const Command* command : Commands()) {
    absl::StrAppend(&help, "  ", FirstLine(command->example), "\n");
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

// The subcommand that was named, in a command that has some.
CLI::App& Innermost(CLI::App& app) {
  CLI::App* innermost = &app;
  while (!innermost->get_subcommands().empty()) innermost = innermost->get_subcommands().back();
  return *innermost;
}

// Flags that were meant to be others, or what the parser says.
std::string Explain(CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& innermost = Innermost(app);
  for (const std::string& word : app.remaining(/*recurse=*/true)) {
    if (!word.starts_with("-") || word.size() < 2) continue;
    const std::string flag = word.substr(0, word.find('='));
    std::vector<std::string> names;
    for (const CLI::Option* option : innermost.get_options()) {
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

// What stands in a flag's place and says nothing is a mistake, an unset variable of a script most
// likely, and never the same as no flag. "{}" is the parser's own word for an empty list.
std::string EmptyValue(CLI::App& app) {
  for (const CLI::Option* option : Innermost(app).get_options()) {
    const bool list = option->get_items_expected_max() > 1;
    for (const std::string& value : option->results()) {
      if (value.empty() || (list && value == "{}")) return option->get_name();
    }
  }
  return "";
}

// "--fleet" of "--fleet=", which would take the next word for its value.
std::string FlagWithoutValue(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") break;
    if (word.starts_with("--") && word.ends_with('=')) return word.substr(0, word.size() - 1);
  }
  return "";
}

int FailEmpty(const CLI::App& app, const Command& command, const std::string& option) {
  return Fail(absl::StrCat(std::string(command.name), ": ", option,
                           " is given an empty value; give it one or leave it out (",
                           app.get_name(), " -h lists the options)"));
}

// Usage and options, of a subcommand where one was named, without its examples.
std::string UsageOf(CLI::App& app, CLI::App& innermost, CLI::AppFormatMode mode) {
  app.description("");
  innermost.description("");
  innermost.footer("");
  std::string help = app.help("", mode);
  while (help.ends_with('\n')) help.pop_back();
  return help.substr(std::min(help.find_first_not_of('\n'), help.size())) + "\n";
}

// With `all`, what it is for in front and every example; otherwise the first of them.
std::string HelpOf(const Command& command, CLI::App& app, bool all) {
  CLI::App& innermost = Innermost(app);
  const std::string examples = innermost.get_footer();
  if (!all) {
    const std::string usage = UsageOf(app, innermost, CLI::AppFormatMode::Normal);
    return absl::StrCat(usage, "\nexample: ", FirstLine(examples), "\n");
  }
  const std::string verb = &innermost == &app ? "" : absl::StrCat(" ", innermost.get_name());
  const std::string title = absl::StrCat("sluice ", std::string(command.name), verb, ": ",
                                         innermost.get_description(), "\n\n");
  const std::string usage = UsageOf(app, innermost, CLI::AppFormatMode::All);
  return absl::StrCat(title, usage, "\nexamples:\n  ", examples, "\n");
}

int Run(const Command& command, int argc, char** argv) {
  const std::string name = absl::StrCat("sluice ", std::string(command.name));
  CLI::App app(std::string(command.summary), name);
  // Before the command's own flags: its subcommands inherit these.
  app.set_help_flag("-h", "Print usage and options");
  app.set_help_all_flag("--help", "Print the same with examples");
  const std::function<int()> run = command.set_up(app);
  // After the subcommands are made: they would inherit it.
  app.footer(std::string(command.example));
  std::vector<std::string> words(argv + 2, argv + argc);
  if (const std::string flag = FlagWithoutValue(words); !flag.empty()) {
    return FailEmpty(app, command, flag);
  }
  try {
    // The parser takes the words from the last to the first.
    std::ranges::reverse(words);
    app.parse(words);
  } catch (const CLI::CallForAllHelp&) {
    return FinishOutput("", HelpOf(command, app, /*all=*/true), kExitOk);
  } catch (const CLI::CallForHelp&) {
    return FinishOutput("", HelpOf(command, app, /*all=*/false), kExitOk);
  } catch (const CLI::ParseError& error) {
    return Fail(absl::StrCat(std::string(command.name), ": ", Explain(app, error), " (", name,
                             " -h lists the options)"));
  }
  if (const std::string option = EmptyValue(app); !option.empty()) {
    return FailEmpty(app, command, option);
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
  if (word == "-h" || word == "help") return FinishOutput("", HelpWithExample(), kExitOk);
  if (word == "--help") return FinishOutput("", LongHelp(), kExitOk);
  const auto found = std::ranges::find(Commands(), word, &Command::name);
  if (found == Commands().end()) return UnknownCommand(word);
  return Run(**found, argc, argv);
}

}  // namespace
}  // namespace sluice

int main(int argc, char** argv) {
  // Output past the size limit of a file is an error of the write then, and not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  sluice::KeepFreedMemory();
  try {
    return sluice::Main(argc, argv);
  } catch (const std::bad_alloc&) {
    return sluice::Fail("out of memory: nothing is known about the content");
  } catch (const std::exception& error) {
    return sluice::Fail(std::string("internal error, please report it: ") + error.what());
  }
}
