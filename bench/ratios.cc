#include "bench/ratios.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <utility>

namespace sluice {
namespace {

// Keeps the least CPU time of each benchmark's repetitions, in seconds for each iteration.
class LeastTimes : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred || run.run_type != Run::RT_Iteration) continue;
      const bool manual = run.run_name.time_type == "manual_time";
      const double total = manual ? run.real_accumulated_time : run.cpu_accumulated_time;
      const double seconds = total / static_cast<double>(run.iterations);
      const auto [at, added] = seconds_.try_emplace(run.run_name.function_name, seconds);
      if (!added && seconds < at->second) at->second = seconds;
    }
    std::fputc('.', stderr);
  }

  const std::map<std::string, double>& seconds() const { return seconds_; }

 private:
  std::map<std::string, double> seconds_;
};

// The time as people read it.
std::string Duration(double seconds) {
  char text[32];
  if (seconds >= 0.1) {
    std::snprintf(text, sizeof text, "%.2f s", seconds);
  } else if (seconds >= 1e-4) {
    std::snprintf(text, sizeof text, "%.2f ms", seconds * 1e3);
  } else {
    std::snprintf(text, sizeof text, "%.1f us", seconds * 1e6);
  }
  return text;
}

}  // namespace

void Ratios::Measure(const std::string& name, uint64_t bytes, std::function<void()> work) {
  bytes_[name] = bytes;
  benchmark::RegisterBenchmark(name.c_str(), [work = std::move(work)](benchmark::State& state) {
    for (auto _ : state) work();
  });
}

void Ratios::MeasureProcess(const std::string& name, std::function<double()> work) {
  bytes_[name] = 1;
  benchmark::RegisterBenchmark(name.c_str(), [work = std::move(work)](benchmark::State& state) {
    for (auto _ : state) state.SetIterationTime(work());
  })->UseManualTime();
}

void Ratios::Compare(const std::string& what, const std::string& ours, const std::string& peer,
                     double limit) {
  rows_.push_back({what, ours, peer, limit});
}

void Ratios::Bound(const std::string& what, uint64_t bytes, uint64_t limit) {
  sizes_.push_back({what, bytes, limit});
}

bool Ratios::Print(const Row& row, const std::map<std::string, double>& seconds) const {
  const auto ours = seconds.find(row.ours);
  const auto peer = seconds.find(row.peer);
  if (ours == seconds.end() || peer == seconds.end()) {
    std::printf("| %s | - | - | - | %.2f | not measured |\n", row.what.c_str(), row.limit);
    return false;
  }
  const double ratio = ours->second / static_cast<double>(bytes_.at(row.ours)) /
                       (peer->second / static_cast<double>(bytes_.at(row.peer)));
  const bool ok = ratio <= row.limit;
  std::printf("| %s | %s | %s | %.2f | %.2f | %s |\n", row.what.c_str(),
              Duration(ours->second).c_str(), Duration(peer->second).c_str(), ratio, row.limit,
              ok ? "ok" : "OVER");
  return ok;
}

int Ratios::Run(int argc, char** argv) {
  // Interleaved unless the caller says otherwise: flags later on the line win.
  std::vector<std::string> flags = {argv[0], "--benchmark_enable_random_interleaving=true",
                                    "--benchmark_repetitions=9", "--benchmark_min_time=0.2"};
  flags.insert(flags.end(), argv + 1, argv + argc);
  std::vector<char*> pointers;
  for (std::string& flag : flags) pointers.push_back(flag.data());
  int count = static_cast<int>(pointers.size());
  benchmark::Initialize(&count, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 2;

  LeastTimes times;
  benchmark::RunSpecifiedBenchmarks(&times);
  benchmark::Shutdown();
  std::fputc('\n', stderr);
  std::printf("| what | ours | peer | ratio | limit | |\n|---|---|---|---|---|---|\n");
  bool ok = true;
  for (const Row& row : rows_) ok &= Print(row, times.seconds());
  for (const SizeRow& row : sizes_) {
    constexpr double kMebibyte = 1 << 20;
    const double size = static_cast<double>(row.bytes) / kMebibyte;
    const double limit = static_cast<double>(row.limit) / kMebibyte;
    std::printf("| %s | %.1f MiB | - | - | %.0f MiB | %s |\n", row.what.c_str(), size, limit,
                size < limit ? "ok" : "OVER");
    ok &= size < limit;
  }
  return ok ? 0 : 1;
}

}  // namespace sluice
