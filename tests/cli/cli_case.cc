#include "tests/cli/cli_case.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteAll(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

bool AppendHex(const std::string& token, std::string& out) {
  const std::vector<std::string> parts = absl::StrSplit(token, '*');
  int byte = 0;
  int count = 1;
  if (!absl::SimpleHexAtoi(parts[0], &byte) || parts[0].size() != 2) return false;
  if (parts.size() > 1 && !absl::SimpleAtoi(parts[1], &count)) return false;
  out.append(static_cast<size_t>(count), static_cast<char>(byte));
  return true;
}

bool ParseHex(const std::string& text, std::string& out) {
  for (const auto line : absl::StrSplit(text, '\n')) {
    const auto bytes = line.substr(0, line.find('#'));
    for (const auto token : absl::StrSplit(bytes, ' ', absl::SkipEmpty())) {
      if (!AppendHex(std::string(token), out)) return false;
    }
  }
  return true;
}

bool ApplySection(const std::string& title, const std::string& body, CliCase& out,
                  std::string& error) {
  const std::vector<std::string> words = absl::StrSplit(title, ' ');
  if (words[0] == "file" && words.size() == 2) {
    out.files.emplace_back(words[1], body);
  } else if (words[0] == "hex" && words.size() == 2) {
    out.files.emplace_back(words[1], "");
    if (ParseHex(body, out.files.back().second)) return true;
    error = "not hexadecimal bytes: " + words[1];
    return false;
  } else if (title == "run") {
    out.script = body;
  } else if (words[0] == "exit" && words.size() == 2) {
    if (absl::SimpleAtoi(words[1], &out.exit_code)) return true;
    error = "not an exit code: " + words[1];
    return false;
  } else if (title == "stdout") {
    out.expected_stdout = body;
  } else if (title == "stderr") {
    out.expected_stderr = body;
  } else {
    error = "no such section: " + title;
    return false;
  }
  return true;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines =
      absl::StrSplit(absl::string_view(text.data(), text.size()), '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// `{*}` is the wildcard; goes back to the last one only.
bool LineMatches(std::string_view pattern, std::string_view text) {
  constexpr std::string_view kAny = "{*}";
  size_t p = 0, t = 0, retry_p = std::string_view::npos, retry_t = 0;
  while (t < text.size() || p < pattern.size()) {
    if (pattern.substr(p).starts_with(kAny)) {
      p += kAny.size();
      retry_p = p;
      retry_t = t;
    } else if (p < pattern.size() && t < text.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (retry_p != std::string_view::npos && retry_t < text.size()) {
      p = retry_p;
      t = ++retry_t;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

bool MatchesPattern(std::string_view pattern, std::string_view actual) {
  const std::vector<std::string> want = Lines(pattern);
  const std::vector<std::string> got = Lines(actual);
  size_t w = 0, g = 0, retry_w = std::string::npos, retry_g = 0;
  while (g < got.size() || w < want.size()) {
    if (w < want.size() && want[w] == "...") {
      retry_w = ++w;
      retry_g = g;
    } else if (w < want.size() && g < got.size() && LineMatches(want[w], got[g])) {
      ++w;
      ++g;
    } else if (retry_w != std::string::npos && retry_g < got.size()) {
      w = retry_w;
      g = ++retry_g;
    } else {
      return false;
    }
  }
  return true;
}

bool ParseCliCase(std::string_view text, CliCase& out, std::string& error) {
  for (const std::string& line : Lines(text)) {
    if (absl::StartsWith(line, "--- ")) {
      out.sections.emplace_back(line.substr(4), "");
    } else {
      absl::StrAppend(out.sections.empty() ? &out.comment : &out.sections.back().second, line,
                      "\n");
    }
  }
  for (const auto& [title, body] : out.sections) {
    if (!ApplySection(title, body, out, error)) return false;
  }
  if (out.comment.empty()) error = "the first line must say what the case shows";
  if (out.script.empty()) error = "there is nothing to run";
  return error.empty();
}

CliOutcome RunCliCase(const CliCase& test, const std::string& command, const std::string& root) {
  std::string folder = (fs::temp_directory_path() / "sluice-cli-XXXXXX").string();
  CliOutcome outcome;
  if (mkdtemp(folder.data()) == nullptr) return outcome;
  const fs::path base = folder;
  fs::create_directories(base / "work");
  for (const auto& [name, bytes] : test.files) WriteAll(base / "work" / name, bytes);
  const std::string path = fs::path(command).parent_path().string();
  WriteAll(base / "script",
           absl::StrCat("unset NO_COLOR\nexport PATH='", path, "':\"$PATH\" ROOT='", root,
                        "' TERM=xterm\ncd '", folder, "/work' || exit 99\n", test.script));
  const int status = std::system(absl::StrCat("timeout 120 sh '", folder, "/script' >'", folder,
                                              "/out' 2>'", folder, "/err' </dev/null")
                                     .c_str());
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  outcome.standard_output = ReadAll(base / "out");
  outcome.standard_error = ReadAll(base / "err");
  std::error_code ignored;
  fs::remove_all(base, ignored);
  return outcome;
}

// `actual`, with the patterns of the lines of `expected` that still match one of its lines in
// order.
std::string KeepPatterns(std::string_view expected, std::string_view actual) {
  const std::vector<std::string> want = Lines(expected);
  std::string text;
  size_t next = 0;
  for (const std::string& line : Lines(actual)) {
    const auto match = std::find_if(want.begin() + next, want.end(), [&](const std::string& w) {
      return w != "..." && LineMatches(w, line);
    });
    if (match != want.end()) next = static_cast<size_t>(match - want.begin()) + 1;
    absl::StrAppend(&text, match != want.end() ? *match : line, "\n");
  }
  return text;
}

std::string Blessed(const CliCase& test, const CliOutcome& outcome) {
  std::string text = test.comment;
  for (const auto& [title, body] : test.sections) {
    if (title == "stdout" || title == "stderr" || absl::StartsWith(title, "exit ")) continue;
    absl::StrAppend(&text, "--- ", title, "\n", body);
  }
  absl::StrAppend(&text, "--- exit ", outcome.exit_code, "\n");
  const auto stream = [&](const char* title, const std::string& expected,
                          const std::string& actual) {
    const std::string body =
        MatchesPattern(expected, actual) ? expected : KeepPatterns(expected, actual);
    if (!body.empty()) absl::StrAppend(&text, "--- ", title, "\n", body);
  };
  stream("stdout", test.expected_stdout, outcome.standard_output);
  stream("stderr", test.expected_stderr, outcome.standard_error);
  return text;
}

}  // namespace sluice
