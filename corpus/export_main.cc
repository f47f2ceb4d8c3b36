// sluice_corpus_export DIR: writes the bytes of every case to DIR, as seeds for the fuzz targets.
//
// Run from the root of the source tree. Names are those of the cases, with the folder in front and
// an extension for the kind: `malformed-torn-blob.bin`. What can be compiled to a channel file
// stands there as such, too: `valid-workstation.compiled.channel`.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>

#include "corpus/case_builder.h"
#include "parser/channel/channel_writer.h"
#include "parser/format.h"

namespace sluice {
namespace {

const char* Extension(std::string_view kind) {
  if (kind == "sysmon-blob") return ".bin";
  if (kind == "channel") return ".channel";
  if (kind == "sysmon-xml") return ".xml";
  return kind == "content-text" ? ".textproto" : ".unknown";
}

std::string NameOf(const std::string& path, std::string_view kind) {
  std::filesystem::path relative = std::filesystem::path(path).lexically_relative("corpus");
  std::string name = relative.replace_extension(Extension(kind)).generic_string();
  std::ranges::replace(name, '/', '-');
  return name;
}

bool Write(const std::filesystem::path& to, const std::string& bytes) {
  std::ofstream out(to, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) std::fprintf(stderr, "%s: cannot be written\n", to.c_str());
  return static_cast<bool>(out);
}

// The channel file of content that can be one; nothing of what cannot, or is one.
bool ExportCompiled(const Format& format, const std::string& bytes, std::filesystem::path to) {
  if (format.kind == "channel") return true;
  const SelfContracts contracts(ContractSet::BuiltIn(), nullptr);
  const ReadResult read =
      format.read(std::make_shared<const std::string>(bytes), {.self_contracts = &contracts});
  if (!read.ok()) return true;
  const absl::StatusOr<std::string> channel =
      WriteChannel(read.content(), contracts.Of(read.content()).reference);
  return !channel.ok() || Write(to.replace_extension("compiled.channel"), *channel);
}

bool Export(const std::string& path, const std::string& folder) {
  const auto description = ReadCase(path);
  const auto bytes = description.ok() ? BuildCase(*description, path) : description.status();
  if (!bytes.ok()) {
    std::fprintf(stderr, "%s\n", bytes.status().ToString().c_str());
    return false;
  }
  const Format* format = RecogniseFormat(*bytes);
  std::string_view kind = description->kind();
  if (kind.empty() && format != nullptr) kind = format->kind;
  const std::filesystem::path to = std::filesystem::path(folder) / NameOf(path, kind);
  if (!Write(to, *bytes)) return false;
  return format == nullptr || ExportCompiled(*format, *bytes, to);
}

int Run(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::vector<std::string> cases = FindCases("corpus");
  if (error || cases.empty()) {
    std::fprintf(stderr, "no folder %s, or no corpus/ here\n", folder.c_str());
    return 2;
  }
  const auto exported = [&](const std::string& path) { return Export(path, folder); };
  return static_cast<size_t>(std::ranges::count_if(cases, exported)) == cases.size() ? 0 : 2;
}

}  // namespace
}  // namespace sluice

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: sluice_corpus_export DIR\n");
    return 2;
  }
  return sluice::Run(argv[1]);
}
