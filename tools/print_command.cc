// sluice print: any content in Sluice's own text form.

#include <memory>

#include "parser/text/content_text.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/input.h"
#include "tools/output.h"

namespace sluice {
namespace {

struct Flags {
  InputFlags input;
  std::string output;
};

int Print(const Flags& flags) {
  if (absl::Status status = CheckOutput(flags.output, {flags.input.path}); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const absl::StatusOr<Input> input = LoadInput(flags.input);
  if (!input.ok()) return FailAt(Standard(input.status().message()));
  const ReadResult read = input->format->read(input->bytes, input->options());
  if (!read.ok()) return FailMalformed(*input);
  return FinishOutput(flags.output, PrintContentText(read.content()), kExitOk);
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  DeclareInputFlags(app, flags->input);
  app.add_option("-o,--output", flags->output, "Write to this file")->option_text("FILE");
  return [flags] { return Print(*flags); };
}

}  // namespace

extern const Command kPrintCommand;
const Command kPrintCommand = {"print", "print content in Sluice's text form",
                               "sluice print rules.bin\n"
                               "  sluice print rules.xml -o rules.textproto",
                               SetUp};

}  // namespace sluice
