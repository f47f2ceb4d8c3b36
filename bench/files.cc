#include "bench/files.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace sluice {
namespace {

namespace fs = std::filesystem;

fs::path SharedData() {
  const char* set = std::getenv("SLUICE_SHARED_DATA");
  return set != nullptr ? fs::path(set) : fs::path(SLUICE_SOURCE_DIR) / "../shared/data";
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(2);
}

}  // namespace

std::vector<std::string> SharedFiles(std::string_view ending) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(SharedData() / "sysmon/pairs", error)) {
    if (entry.path().string().ends_with(ending)) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

std::vector<std::string> SharedRules() {
  std::vector<std::string> paths;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(SharedData() / "sigma", error)) {
    // Beside the events of a regression test stands its description.
    if (entry.path().extension() == ".yml" && entry.path().filename() != "info.yml") {
      paths.push_back(entry.path().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

ScratchFile::ScratchFile(std::string_view name, std::string_view bytes)
    : path_(fs::temp_directory_path() / ("sluice-bench-" + std::to_string(getpid()) + "-") +=
            name) {
  std::ofstream out(path_, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) Fail("cannot write " + path_);
}

ScratchFile::~ScratchFile() { std::remove(path_.c_str()); }

namespace {

rusage UsageOf(const std::vector<std::string>& command, int exit_code) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Fail("cannot run " + command[0]);
  int status = 0;
  rusage usage = {};
  if (wait4(child, &status, 0, &usage) != child) Fail("lost " + command[0]);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != exit_code) {
    Fail(command[0] + " did not exit with " + std::to_string(exit_code));
  }
  return usage;
}

}  // namespace

double CpuSecondsOf(const std::vector<std::string>& command, int exit_code) {
  const rusage usage = UsageOf(command, exit_code);
  return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
}

uint64_t PeakMemoryOf(const std::vector<std::string>& command, int exit_code) {
  return static_cast<uint64_t>(UsageOf(command, exit_code).ru_maxrss) << 10;
}

uint64_t SizeOf(const std::vector<std::string>& paths) {
  uint64_t size = 0;
  for (const std::string& path : paths) size += fs::file_size(path);
  return size;
}

}  // namespace sluice
