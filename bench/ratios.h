// Ratios of contenders: what the benchmarks report in place of bare times.
//
// A row compares one contender with another, both measured in the same run and in random order,
// each by the least of its repetitions: whatever else the machine does can only add time.
//
//   Ratios ratios;
//   ratios.Measure("blob, ours", bytes, [] { ... });
//   ratios.Measure("blob, read and SHA-256", bytes, [] { ... });
//   ratios.Compare("blob", "blob, ours", "blob, read and SHA-256", 4.0);
//   return ratios.Run(argc, argv);

#ifndef SLUICE_BENCH_RATIOS_H_
#define SLUICE_BENCH_RATIOS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sluice {

class Ratios {
 public:
  // Registers a contender. `bytes` is what one call works through: contenders are compared by their
  // CPU time for each byte.
  void Measure(const std::string& name, uint64_t bytes, std::function<void()> work);

  // The same for work outside this process: `work` gives the CPU time that it took, in seconds.
  void MeasureProcess(const std::string& name, std::function<double()> work);

  // A row of the table: `ours` against `peer`, held to `limit`.
  void Compare(const std::string& what, const std::string& ours, const std::string& peer,
               double limit);

  // A row that holds a size, measured already, to a limit; both in bytes.
  void Bound(const std::string& what, uint64_t bytes, uint64_t limit);

  // Runs everything, prints the table, and returns the exit code: 1 when a ratio is over its limit
  // or could not be measured. Takes Google Benchmark's flags.
  int Run(int argc, char** argv);

 private:
  struct Row {
    std::string what;
    std::string ours;
    std::string peer;
    double limit;
  };

  bool Print(const Row& row, const std::map<std::string, double>& seconds) const;

  struct SizeRow {
    std::string what;
    uint64_t bytes;
    uint64_t limit;
  };

  std::map<std::string, uint64_t> bytes_;
  std::vector<SizeRow> sizes_;
  std::vector<Row> rows_;
};

}  // namespace sluice

#endif  // SLUICE_BENCH_RATIOS_H_
