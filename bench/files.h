// Files and processes for the benchmarks.

#ifndef SLUICE_BENCH_FILES_H_
#define SLUICE_BENCH_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// The real Sysmon files of the shared data (SLUICE_SHARED_DATA, otherwise ../shared/data beside the
// source tree) whose names end in `ending`, sorted; empty when the data is not there.
std::vector<std::string> SharedFiles(std::string_view ending);

// The real Sigma rules of the shared data, in all of its folders, sorted; empty without it.
std::vector<std::string> SharedRules();

// A file that lives as long as the program, for contenders that read it.
class ScratchFile {
 public:
  ScratchFile(std::string_view name, std::string_view bytes);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Runs a program to its end, its output thrown away, and gives the CPU time that it took, in
// seconds. Ends the benchmark when the program cannot be run or exits with another code than
// `exit_code`.
double CpuSecondsOf(const std::vector<std::string>& command, int exit_code);

// Runs a program likewise, and gives what it took at most, in bytes of resident memory.
uint64_t PeakMemoryOf(const std::vector<std::string>& command, int exit_code);

// The sum of the sizes of files, in bytes.
uint64_t SizeOf(const std::vector<std::string>& paths);

}  // namespace sluice

#endif  // SLUICE_BENCH_FILES_H_
