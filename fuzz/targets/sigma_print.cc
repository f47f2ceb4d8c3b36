// Sigma that is accepted prints as YAML, which reads back with the same meaning and prints the same
// again; or it is refused with a place and a reason, which a complete rule gives by its size alone.

#include "parser/sigma/sigma_print.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/property.h"
#include "parser/sigma/sigma_reader.h"

namespace sluice {
namespace {

const std::vector<std::string>* Placeholder(std::string_view name) {
  static const std::vector<std::string> admins = {"root", "adm*", ""};
  return name == "admins" ? &admins : nullptr;
}

void RequireRefusalExplained(const Content& content, const SigmaPrint& print) {
  Require(print.text.empty(), "a refusal prints nothing");
  for (const SigmaUnprintable& refused : print.refused) {
    Require(refused.instance < content.instances().size(), "a refusal has its document");
    Require(refused.place.offset <= content.text().size() &&
                refused.place.length <= content.text().size() - refused.place.offset,
            "a refusal has a place in the text");
    const bool size = refused.why.find("too ") != std::string::npos;
    Require(size || content.instances()[refused.instance].incomplete,
            "a complete rule of bounded size is printed");
  }
  ++Inputs().refused;
}

void ReadAndPrint(Bytes bytes) {
  const ReadOptions options{.placeholders = &Placeholder};
  const ReadResult read = ReadSigma(std::move(bytes), options);
  if (!read.ok()) {
    ++Inputs().refused;
    return;
  }
  const SigmaPrint print = PrintSigma(read.content());
  if (!print.ok()) return RequireRefusalExplained(read.content(), print);
  ++Inputs().accepted;
  const ReadResult back = ReadSigma(std::make_shared<const std::string>(print.text), options);
  Require(back.ok(), "what is printed reads back");
  Require(SameMeaning(read.content(), back.content()), "what is printed means the same");
  Require(PrintSigma(back.content()).text == print.text, "printing again gives the same text");
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sluice::ReadAndPrint(sluice::ToBytes(data, size));
  return 0;
}
