#include "gate/found_file.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "parser/config/settings_reader.h"
#include "parser/format.h"
#include "parser/text/proto_text.h"

namespace sluice {
namespace {

constexpr std::string_view kOwnMessages[] = {"sluice.v1.Settings", "sluice.v1.Fleet",
                                             "sluice.v1.Contract", "sluice.v1.Taxonomy",
                                             "sluice.v1.Placeholders"};

std::string_view Name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// "a" and "a/b" for "a/b/c".
template <typename Visit>
void ForEachFolder(std::string_view path, const Visit& visit) {
  for (size_t end = path.find('/'); end != std::string_view::npos; end = path.find('/', end + 1)) {
    visit(path.substr(0, end));
  }
}

bool SameFile(const std::string& a, const std::string& b) {
  std::error_code error;
  return !a.empty() && !b.empty() && std::filesystem::equivalent(a, b, error);
}

// The settings that `path` is, or stands in: those of a folder by that name cannot be read.
std::string_view SettingsOn(std::string_view path) {
  if (Name(path) == kSettingsFileName) return path;
  std::string_view found;
  ForEachFolder(path, [&](std::string_view folder) {
    if (Name(folder) == kSettingsFileName && found.empty()) found = folder;
  });
  return found;
}

// "" for what stands in the working directory.
std::string_view FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool Below(std::string_view path, const std::set<std::string, std::less<>>& folders) {
  bool below = folders.contains(std::string_view());
  ForEachFolder(path, [&](std::string_view folder) { below |= folders.contains(folder); });
  return below;
}

}  // namespace

bool IsOwnFile(std::string_view path, std::string_view bytes) {
  if (Name(path) == kSettingsFileName) return true;
  if (IsCalledXml(path)) return false;
  return std::ranges::find(kOwnMessages, ProtoMessageName(bytes)) != std::end(kOwnMessages);
}

void TakeOutOtherSettings(const std::string& in_use, std::vector<InputPath>& inputs,
                          std::vector<NotChecked>& not_checked) {
  std::set<std::string, std::less<>> settings;
  const auto add = [&](std::string_view path) {
    const std::string_view found = SettingsOn(path);
    if (!found.empty() && !settings.contains(found) && !SameFile(std::string(found), in_use)) {
      settings.emplace(found);
    }
  };
  for (const InputPath& input : inputs) {
    if (!input.folder.empty()) add(input.path);
  }
  // Links to nowhere and pipes.
  for (const NotChecked& entry : not_checked) {
    if (Name(entry.path) == kSettingsFileName) add(entry.path);
  }
  if (settings.empty()) return;
  std::set<std::string, std::less<>> folders;
  for (const std::string& path : settings) {
    folders.emplace(FolderOf(path));
    not_checked.push_back({path, "settings",
                           "they are not those of this run, so what is beside and below them was "
                           "not checked; lint that folder apart, or say which settings to use with "
                           "--settings or --no-settings",
                           true});
  }
  std::erase_if(inputs, [&](const InputPath& input) {
    return !input.folder.empty() && Below(input.path, folders);
  });
}

}  // namespace sluice
