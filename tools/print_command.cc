// sluice print: Sigma rules as YAML, Sysmon content as a configuration, any other content and these
// in Sluice's own text form.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "parser/sigma/sigma_print.h"
#include "parser/sigma/sigma_print_compiled.h"
#include "parser/sysmon/config_print.h"
#include "parser/text/content_text.h"
#include "schema/field_decls.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/input.h"
#include "tools/output.h"
#include "tools/suggest.h"

namespace sluice {
namespace {

constexpr std::string_view kForms[] = {"content-text", "sigma", "sysmon-xml"};

struct Flags {
  InputFlags input;
  std::string to;
  std::string output;
};

// What `--to` must not say, before the file is read; "" when it is fine.
std::string FormProblem(const std::string& to) {
  if (to.empty()) return "";
  for (const std::string_view form : kForms) {
    if (form == to) return "";
  }
  return absl::StrCat("--to: there is no form \"", Printable(to),
                      "\"; it is sigma for Sigma rules, sysmon-xml for Sysmon content, ",
                      "content-text for all but Sigma rules", Suggestion(to, kForms));
}

// "rules.xml:12:5", "rules.bin:0x1a4+4".
class Places {
 public:
  Places(const Flags& flags, const Content& content)
      : path_(Printable(flags.input.path, 4096)),
        binary_(content.binary()),
        lines_(content.text()) {}

  std::string At(Place place) const {
    if (binary_) return absl::StrFormat("%s:0x%x+%u", path_, place.offset, place.length);
    const LineColumn at = lines_.Locate(place.offset);
    return absl::StrCat(path_, ":", at.line, ":", at.column);
  }

 private:
  std::string path_;
  bool binary_;
  LineTable lines_;
};

int PrintAsSigma(const Flags& flags, const Content& content) {
  if (content.dialect() != Dialect::kSigma) {
    return FailAt(absl::StrCat(Printable(flags.input.path, 4096),
                               ": --to sigma prints Sigma rules, and this is ",
                               Abseil(content.kind()), ": print it with --to content-text"));
  }
  const bool rules = content.kind() == "sigma";
  const SigmaPrint print = rules ? PrintSigma(content) : PrintCompiledSigma(content);
  if (print.ok()) return FinishOutput(flags.output, print.text, kExitOk);
  const Places places(flags, content);
  for (const SigmaUnprintable& refused : print.refused) {
    const Instance& instance = content.instances()[refused.instance];
    const std::string name = InstanceName(content, instance);
    FailAt(absl::StrCat(places.At(refused.place), ": ", Abseil(Name(instance.role)),
                        name.empty() ? "" : " ", name, " cannot be printed: ", refused.why));
  }
  return kExitNotChecked;
}

int PrintAsConfig(const Flags& flags, const Content& content, const ReadOptions& options) {
  if (content.dialect() != Dialect::kSysmon) {
    return FailAt(absl::StrCat(
        Printable(flags.input.path, 4096), ": --to sysmon-xml prints Sysmon content, and this is ",
        Abseil(content.kind()), " of the dialect ", Abseil(Name(content.dialect()))));
  }
  const ConfigPrint print = PrintSysmonConfig(content, options);
  if (print.ok()) return FinishOutput(flags.output, print.text, kExitOk);
  const Places places(flags, content);
  for (const ConfigUnprintable& refused : print.refused) {
    const std::string name = refused.instance == kNone
                                 ? "this"
                                 : InstanceName(content, content.instances()[refused.instance]);
    FailAt(absl::StrCat(places.At(refused.place), ": ", name,
                        " cannot be printed as a configuration: ", refused.why));
  }
  return kExitNotChecked;
}

int PrintAsText(const Flags& flags, const Content& content) {
  if (!HasAmbiguousFieldDecl(content)) {
    return FinishOutput(flags.output, PrintContentText(content), kExitOk);
  }
  const Places places(flags, content);
  ForEachAmbiguousFieldDecl(content, [&](const TemplateType& type, const FieldDecl& field) {
    FailAt(absl::StrCat(places.At(field.place), ": template type \"", Printable(type.name),
                        "\" cannot be printed: ",
                        field.name.empty() ? "it declares a field without a name"
                                           : absl::StrCat("it declares the field \"",
                                                          Printable(field.name), "\" twice")));
  });
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
  const ReadOptions options = input->options();
  const ReadResult read = input->format->read(input->bytes, options);
  if (!read.ok()) return FailMalformed(*input);
  const bool rules = read.content().kind() == "sigma";
  if (flags.to == "sigma" || (flags.to.empty() && rules)) {
    return PrintAsSigma(flags, read.content());
  }
  if (flags.to == "sysmon-xml") return PrintAsConfig(flags, read.content(), options);
  if (rules) {
    return FailAt(absl::StrCat(Printable(flags.input.path, 4096),
                               ": Sigma rules have no text form: print them with --to sigma"));
  }
  return PrintAsText(flags, read.content());
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  DeclareInputFlags(app, flags->input);
  DeclarePlaceholders(app, flags->input);
  app.add_option("--to", flags->to,
                 "Print in this form: content-text, sysmon-xml (only Sysmon content), or\n"
                 "sigma (only Sigma rules, and they in no other)")
      ->option_text("FORM");
  app.add_option("-o,--output", flags->output, "Write to this file")->option_text("FILE");
  return [flags] { return Print(*flags); };
}

}  // namespace

extern const Command kPrintCommand;
const Command kPrintCommand = {"print", "print content as text, Sysmon XML or Sigma YAML",
                               "sluice print rules.bin\n"
                               "  sluice print rules.bin --to sysmon-xml -o rules.xml\n"
                               "  sluice print rules.xml -o rules.textproto\n"
                               "  sluice print rule.yml --to sigma",
                               SetUp};

}  // namespace sluice
