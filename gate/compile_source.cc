#include "gate/compile_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gate/file.h"
#include "schema/digest.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPathLimit = 4096;

absl::Status Gone(const std::string& path, const std::error_code& error) {
  return absl::AbortedError(
      absl::StrCat(Printable(path, kPathLimit), ": cannot be read any more: ", error.message()));
}

// The folder as the system knows it, without links, "." and "..". (std::filesystem::canonical takes
// three times as long, and there can be many folders.)
absl::StatusOr<fs::path> RealFolder(const fs::path& folder) {
  const std::unique_ptr<char, void (*)(void*)> real(
      realpath(folder.empty() ? "." : folder.c_str(), nullptr), &std::free);
  if (real == nullptr) return Gone(folder.string(), {errno, std::generic_category()});
  return fs::path(real.get());
}

// Names files from the compile root. Neighbours mostly are in one folder, which is looked up once.
class RelativeNames {
 public:
  explicit RelativeNames(fs::path root) : root_(std::move(root)) {}

  // A link to a file keeps its own name: it is a file of the folder that it is in.
  absl::StatusOr<std::string> Of(const std::string& path) {
    const size_t name = path.rfind('/') + 1;  // 0 where there is none
    const std::string folder = path.substr(0, name);
    if (!known_ || folder != folder_) {
      absl::StatusOr<fs::path> real = RealFolder(folder);
      if (!real.ok()) return real.status();
      folder_ = folder;
      const std::string below = real->lexically_relative(root_).generic_string();
      below_ = below == "." ? "" : below + "/";
      known_ = true;
    }
    return below_ + path.substr(name);
  }

 private:
  fs::path root_;
  std::string folder_;  // of the file that was named last
  std::string below_;   // the same from the root, with '/' behind
  bool known_ = false;
};

absl::StatusOr<fs::path> FolderOf(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return RealFolder(path);
  return RealFolder(fs::path(path).parent_path());
}

// What both are in, or one of them where the other is in it.
fs::path Common(const fs::path& a, const fs::path& b) {
  fs::path common;
  const auto [end, ignored] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  for (auto part = a.begin(); part != end; ++part) common /= *part;
  return common;
}

absl::StatusOr<fs::path> CompileRoot(const std::vector<std::string>& paths) {
  std::optional<fs::path> root;
  for (const std::string& path : paths) {
    absl::StatusOr<fs::path> folder = FolderOf(path);
    if (!folder.ok()) return folder.status();
    root = root ? Common(*root, *folder) : *std::move(folder);
  }
  return root.value_or(fs::path());
}

absl::Status CheckNames(const std::vector<CompileSource>& sources) {
  for (size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].relative.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(Printable(sources[i].path, kPathLimit),
                       ": is the name of a folder, and the compiled file names its sources; give "
                       "the name of a file"));
    }
    if (ValidUtf8Prefix(sources[i].relative) != sources[i].relative.size()) {
      return absl::InvalidArgumentError(
          absl::StrCat(Printable(sources[i].path, kPathLimit),
                       ": its name is not UTF-8, and the compiled file names "
                       "it; rename it"));
    }
    if (i == 0 || sources[i].relative != sources[i - 1].relative) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(Printable(sources[i].path, kPathLimit), ": is the same file as ",
                     Printable(sources[i - 1].path, kPathLimit), "; name it once"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<CompileSource>> CompileSources(const std::vector<std::string>& paths,
                                                          const Results& results) {
  absl::StatusOr<fs::path> root = CompileRoot(paths);
  if (!root.ok()) return root.status();
  RelativeNames names(*std::move(root));
  std::vector<CompileSource> sources;
  for (size_t i = 0; i < results.inputs.size(); ++i) {
    const InputResult& input = results.inputs[i];
    if (input.kind.empty()) continue;
    absl::StatusOr<std::string> relative = names.Of(input.path);
    if (!relative.ok()) return relative.status();
    sources.push_back({.input = static_cast<uint32_t>(i),
                       .path = input.path,
                       .relative = *std::move(relative),
                       .sha256 = input.sha256,
                       .format = FindFormat(input.kind),
                       .bytes = nullptr});
  }
  std::ranges::sort(sources, {}, &CompileSource::relative);
  if (absl::Status status = CheckNames(sources); !status.ok()) return status;
  return sources;
}

absl::StatusOr<std::vector<CompileSource>> StandardInputSource(const Results& results,
                                                               Bytes bytes) {
  std::vector<CompileSource> sources;
  if (results.inputs.empty() || results.inputs.front().kind.empty()) return sources;
  const InputResult& input = results.inputs.front();
  sources.push_back({.input = 0,
                     .path = input.path,
                     .relative = input.path.substr(input.path.rfind('/') + 1),
                     .sha256 = input.sha256,
                     .format = FindFormat(input.kind),
                     .bytes = std::move(bytes)});
  if (absl::Status status = CheckNames(sources); !status.ok()) return status;
  return sources;
}

absl::StatusOr<Content> ReadSource(const CompileSource& source, const ReadOptions& options) {
  const auto aborted = [&](std::string_view why) {
    return absl::AbortedError(absl::StrCat(Printable(source.path, kPathLimit), ": ", Abseil(why)));
  };
  Bytes bytes = source.bytes;
  if (bytes == nullptr) {
    absl::StatusOr<Bytes> read = ReadFile(source.path);
    if (!read.ok()) return aborted(Standard(read.status().message()));
    bytes = *std::move(read);
  }
  if (Sha256Hex(*bytes) != source.sha256) {
    return aborted("changed while it was compiled; run it again");
  }
  ReadResult read = source.format->read(std::move(bytes), options);
  if (!read.ok()) return aborted("does not parse any more");
  return std::move(read).TakeContent();
}

}  // namespace sluice
