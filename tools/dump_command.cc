// sluice dump: the bytes of a binary with what each means.

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gate/excerpt.h"
#include "report/text_parts.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/input.h"
#include "tools/output.h"

namespace sluice {
namespace {

struct Flags {
  InputFlags input;
  std::string output;
  bool full = false;
};

class Dump {
 public:
  // With `full`, every byte is shown; otherwise the first few of each field.
  Dump(std::string_view bytes, const Malformed* malformed, bool full)
      : bytes_(bytes), malformed_(malformed), full_(full) {}

  void Header(std::string_view path, std::string_view kind) {
    absl::StrAppend(&out_, Printable(path, 4096), ": ", std::string(kind), ", ",
                    Counted(bytes_.size(), "byte"), "\n");
  }

  void Field(const Annotation& annotation) {
    Gap(annotation.place.offset);
    if (annotation.structure != structure_) Structure(annotation.structure);
    Rows(annotation.place, absl::StrCat(annotation.field, ": ", annotation.meaning));
    position_ = std::max(position_, annotation.place.end());
  }

  std::string Finish() && {
    Gap(static_cast<uint32_t>(bytes_.size()));
    // What is wrong can be that the file ends here.
    if (malformed_ != nullptr) Error(malformed_->place.offset, 0);
    return std::move(out_);
  }

 private:
  void Structure(std::string_view structure) {
    structure_ = structure;
    absl::StrAppend(&out_, "\n", Printable(structure_, 200), "\n");
  }

  // The bytes up to `end` that no annotation covers.
  void Gap(uint32_t end) {
    if (position_ >= end) return;
    Structure("of no record");
    const uint32_t length = end - position_;
    Rows({position_, length}, Counted(length, "byte"));
    position_ = end;
  }

  void Rows(Place place, std::string_view label) {
    for (uint32_t done = 0; done == 0 || (full_ && done < place.length); done += kHexRowBytes) {
      const uint32_t offset = place.offset + done;
      const uint32_t rest = place.length - done;
      std::string row =
          HexRow(Bytes(offset, full_ ? std::min<uint32_t>(kHexRowBytes, rest) : rest));
      if (done == 0) {
        row.resize(kHexRowWidth + 2, ' ');
        row += Printable(label, 160);
      }
      Row(offset, row);
      if (malformed_ == nullptr) continue;
      const uint32_t at = malformed_->place.offset;
      const uint32_t end = full_ ? offset + kHexRowBytes : place.end();
      if (at >= offset && at < end) Error(at, at - offset);
    }
  }

  std::string_view Bytes(uint32_t offset, uint32_t length) const {
    return offset < bytes_.size() ? bytes_.substr(offset, length) : std::string_view();
  }

  void Row(uint32_t offset, std::string_view text) {
    std::string gutter = HexOffset(offset);
    gutter.insert(0, gutter.size() < 10 ? 10 - gutter.size() : 0, ' ');
    absl::StrAppend(&out_, gutter, "  ", std::string(text), "\n");
  }

  // The error below the byte that has it, `column` bytes into the row above.
  void Error(uint32_t offset, uint32_t column) {
    const bool shown = column < kHexRowBytes;
    absl::StrAppend(&out_, std::string(12 + (shown ? 3 * column : 0), ' '), "^^ error: at ",
                    HexOffset(offset), ": ", Printable(malformed_->structure, 200), ": ",
                    Printable(malformed_->message, 2000), " [SL001 malformed]\n");
    malformed_ = nullptr;
  }

  std::string_view bytes_;
  const Malformed* malformed_;  // nullptr once it is printed
  bool full_;
  uint32_t position_ = 0;
  std::string structure_;
  std::string out_;
};

int RunDump(const Flags& flags) {
  if (absl::Status status = CheckOutput(flags.output, {flags.input.path}); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const absl::StatusOr<Input> input = LoadInput(flags.input);
  if (!input.ok()) return FailAt(Standard(input.status().message()));
  if (input->format->annotate == nullptr) {
    return FailAt(absl::StrCat(Printable(input->path, 4096), ": ", std::string(input->format->kind),
                               " is text; `sluice print` shows what is in it"));
  }
  if (input->bytes->size() > kMaxDumpBytes) {
    return FailAt(absl::StrCat(Printable(input->path, 4096), ": has ", input->bytes->size(),
                               " bytes, the limit of what is dumped is ", kMaxDumpBytes));
  }
  const ReadResult read = input->format->read(input->bytes, input->options());
  if (!read.ok() && read.malformed().over_limit) return FailMalformed(*input);
  Dump dump(*input->bytes, read.ok() ? nullptr : &read.malformed(), flags.full);
  dump.Header(input->path, input->format->kind);
  for (const Annotation& annotation :
       input->format->annotate(*input->bytes, input->options(), {})) {
    dump.Field(annotation);
  }
  return FinishOutput(flags.output, std::move(dump).Finish(), read.ok() ? kExitOk : kExitFindings);
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  DeclareInputFlags(app, flags->input);
  app.add_flag("--full", flags->full, "Show every byte, not only the first of each field");
  app.add_option("-o,--output", flags->output, "Write to this file")->option_text("FILE");
  return [flags] { return RunDump(*flags); };
}

}  // namespace

extern const Command kDumpCommand;
const Command kDumpCommand = {"dump", "print the bytes of a binary with what each means",
                              "sluice dump rules.bin\n"
                              "  sluice dump rules.bin --full -o rules.txt",
                              SetUp};

}  // namespace sluice
