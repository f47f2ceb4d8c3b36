// What is done only when a person is looking.

#ifndef SLUICE_TOOLS_TERMINAL_H_
#define SLUICE_TOOLS_TERMINAL_H_

#include <chrono>
#include <cstddef>
#include <cstdio>

namespace sluice {

bool IsTerminal(int fd);

// Whether to colour what goes to `fd`: a terminal, not a "dumb" one, and NO_COLOR is unset or empty
// (https://no-color.org).
bool UseColor(int fd);

// One line that says how far a run is, rewritten in place and wiped at the end. Nothing is printed
// when `out` is no terminal, nor before `patience` has passed.
class ProgressLine {
 public:
  explicit ProgressLine(bool terminal, std::FILE* out = stderr,
                        std::chrono::milliseconds patience = std::chrono::seconds(1));
  ~ProgressLine() { Wipe(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // `done` of `total` files. Cheap: prints at most ten times a second.
  void Update(size_t done, size_t total);
  void Wipe();

 private:
  using Clock = std::chrono::steady_clock;

  bool terminal_;
  std::FILE* out_;
  Clock::time_point next_;
  bool shown_ = false;
};

}  // namespace sluice

#endif  // SLUICE_TOOLS_TERMINAL_H_
