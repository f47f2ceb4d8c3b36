// sluice print: Sigma rules as YAML, any other content in Sluice's own text form.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/sigma/sigma_print.h"
#include "parser/text/content_text.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/input.h"
#include "tools/output.h"
#include "tools/suggest.h"

namespace sluice {
namespace {

constexpr std::string_view kForms[] = {"sigma", "text"};

struct Flags {
  InputFlags input;
  std::string to;
  std::string output;
};

// What `--to` must not say, before the file is read; "" when it is fine.
std::string FormProblem(const std::string& to) {
  if (to.empty() || to == "sigma" || to == "text") return "";
  return absl::StrCat("--to: there is no form \"", Printable(to),
                      "\"; it is sigma for Sigma rules, text for all else", Suggestion(to, kForms));
}

int PrintAsSigma(const Flags& flags, const Content& content) {
  const std::string path = Printable(flags.input.path, 4096);
  if (content.kind() != "sigma") {
    return FailAt(absl::StrCat(path, ": --to sigma prints Sigma rules, and this is ",
                               Abseil(content.kind()), ": print it with --to text"));
  }
  const SigmaPrint print = PrintSigma(content);
  if (print.ok()) return FinishOutput(flags.output, print.text, kExitOk);
  const LineTable lines(content.text());
  for (const SigmaUnprintable& refused : print.refused) {
    const LineColumn at = lines.Locate(refused.place.offset);
    const Instance& instance = content.instances()[refused.instance];
    const std::string name = InstanceName(content, instance);
    FailAt(absl::StrCat(path, ":", at.line, ":", at.column, ": ", Abseil(Name(instance.role)),
                        name.empty() ? "" : " ", name, " cannot be printed: ", refused.why));
  }
  return kExitNotChecked;
}

int Print(const Flags& flags) {
  if (const std::string problem = FormProblem(flags.to); !problem.empty()) return Fail(problem);
  std::vector<std::string> inputs = flags.input.placeholders;
  inputs.push_back(flags.input.path);
  if (absl::Status status = CheckOutput(flags.output, inputs); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const absl::StatusOr<Input> input = LoadInput(flags.input);
  if (!input.ok()) return FailAt(Standard(input.status().message()));
  const ReadResult read = input->format->read(input->bytes, input->options());
  if (!read.ok()) return FailMalformed(*input);
  const bool rules = read.content().kind() == "sigma";
  if (flags.to == "sigma" || (flags.to.empty() && rules)) {
    return PrintAsSigma(flags, read.content());
  }
  if (rules) {
    return FailAt(absl::StrCat(Printable(flags.input.path, 4096),
                               ": Sigma rules have no text form: print them with --to sigma"));
  }
  return FinishOutput(flags.output, PrintContentText(read.content()), kExitOk);
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  DeclareInputFlags(app, flags->input);
  DeclarePlaceholders(app, flags->input);
  app.add_option("--to", flags->to,
                 "Print in this form: sigma (the only one for Sigma rules) or text (for all else)")
      ->option_text("FORM");
  app.add_option("-o,--output", flags->output, "Write to this file")->option_text("FILE");
  return [flags] { return Print(*flags); };
}

}  // namespace

extern const Command kPrintCommand;
const Command kPrintCommand = {"print", "print content in its text form, Sigma rules as YAML",
                               "sluice print rules.bin\n"
                               "  sluice print rules.xml -o rules.textproto\n"
                               "  sluice print rule.yml --to sigma",
                               SetUp};

}  // namespace sluice
