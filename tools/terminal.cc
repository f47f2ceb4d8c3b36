#include "tools/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace sluice {
namespace {

constexpr std::chrono::milliseconds kBetweenUpdates(100);

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

bool IsTerminal(int fd) { return isatty(fd) == 1; }

bool UseColor(int fd) {
  return IsTerminal(fd) && Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
}

ProgressLine::ProgressLine(bool terminal, std::FILE* out, std::chrono::milliseconds patience)
    : terminal_(terminal), out_(out), next_(Clock::now() + patience) {}

void ProgressLine::Update(size_t done, size_t total) {
  if (!terminal_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kBetweenUpdates;
  shown_ = true;
  std::fprintf(out_, "\r\033[K%zu of %zu files", done, total);
  std::fflush(out_);
}

void ProgressLine::Wipe() {
  if (!shown_) return;
  shown_ = false;
  std::fputs("\r\033[K", out_);
  std::fflush(out_);
}

}  // namespace sluice
