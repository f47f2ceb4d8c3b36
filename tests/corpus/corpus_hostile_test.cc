// Every truncation of every corpus file, and every flipped bit of those up to 4 KB: content or
// SL001, never more, never less.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "corpus/case_builder.h"
#include "gate/lint.h"
#include "parser/format.h"

#ifndef SLUICE_HOSTILE_STRIDE
#define SLUICE_HOSTILE_STRIDE 1
#endif

namespace sluice {
namespace {

constexpr size_t kStride = SLUICE_HOSTILE_STRIDE;
constexpr size_t kMaxFlipped = 4096;

struct File {
  std::string path;
  std::string kind;
  std::string bytes;
};

std::vector<File> CorpusFiles() {
  std::vector<File> files;
  for (const std::string& path : FindCases("corpus")) {
    const auto description = ReadCase(path);
    if (!description.ok()) continue;  // corpus_test says so
    auto bytes = BuildCase(*description, path);
    if (!bytes.ok()) continue;
    const Format* format = RecogniseFormat(*bytes);
    std::string kind = description->kind();
    if (kind.empty()) kind = format != nullptr ? format->kind : "sysmon-blob";
    files.push_back({path, kind, *std::move(bytes)});
  }
  return files;
}

// Why this is not one of the two answers that any bytes must get; empty when it is.
std::string Wrong(const std::string& kind, std::string bytes) {
  LintOptions options;
  options.kind = kind;
  const auto results =
      LintBytes("hostile", std::make_shared<const std::string>(std::move(bytes)), options);
  if (!results.ok()) return results.status().ToString();
  const int exit = ExitCode(*results, FailOn::kError, false);
  if (exit != 0 && exit != 1) return "exit " + std::to_string(exit);
  const auto malformed = [](const Finding& f) { return f.rule->id == "SL001"; };
  const auto count = std::ranges::count_if(results->findings, malformed);
  // Of a malformed file nothing but SL001 is checked.
  const bool is_content = results->checked.size() == 1 && results->checked[0].rules->size() > 1;
  if (count == 1 && !is_content && results->findings.size() == 1 && exit == 1) return "";
  if (count == 0 && is_content) return "";
  return "neither content nor one SL001";
}

void CheckFile(const File& file, std::vector<std::string>& wrong) {
  const auto check = [&](std::string bytes, const char* what, size_t at) {
    const std::string why = Wrong(file.kind, std::move(bytes));
    if (!why.empty() && wrong.size() < 10) {
      wrong.push_back(file.path + ": " + what + " " + std::to_string(at) + ": " + why);
    }
  };
  for (size_t length = 0; length < file.bytes.size(); length += kStride) {
    check(file.bytes.substr(0, length), "cut to", length);
  }
  if (file.bytes.size() > kMaxFlipped) return;
  for (size_t bit = 0; bit < file.bytes.size() * 8; bit += kStride) {
    std::string flipped = file.bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    check(std::move(flipped), "bit", bit);
  }
}

TEST(CorpusHostile, EveryTruncationAndEveryBit) {
  const std::vector<File> files = CorpusFiles();
  ASSERT_GT(files.size(), 0);
  std::vector<std::vector<std::string>> wrong(files.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < files.size(); i = next++) CheckFile(files[i], wrong[i]);
  };
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < std::max(1U, std::thread::hardware_concurrency()); ++t) {
    threads.emplace_back(work);
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& of_file : wrong) {
    for (const std::string& why : of_file) ADD_FAILURE() << why;
  }
}

// A file of zeros, as was seen in the field after torn writes.
TEST(CorpusHostile, Zeros) {
  for (const Format& format : Formats()) {
    for (const size_t size : {0, 1, 8, 24, 4096}) {
      EXPECT_EQ(Wrong(std::string(format.kind), std::string(size, '\0')), "")
          << format.kind << " " << size;
    }
  }
}

}  // namespace
}  // namespace sluice
