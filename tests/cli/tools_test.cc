#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/lint_fix.h"
#include "tools/output.h"
#include "tools/suggest.h"
#include "tools/terminal.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

class OutputTest : public testing::Test {
 protected:
  OutputTest() {
    std::string folder = (fs::temp_directory_path() / "sluice-output-XXXXXX").string();
    folder_ = mkdtemp(folder.data());
  }
  ~OutputTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string Read(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  size_t Files() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(OutputTest, WritesAWholeFileAndLeavesNothingBeside) {
  ASSERT_TRUE(WriteOutput(Path("report"), "one\n").ok());
  ASSERT_TRUE(WriteOutput(Path("report"), "two\n").ok());
  EXPECT_EQ(Read(Path("report")), "two\n");
  EXPECT_EQ(Files(), 1u);
}

TEST_F(OutputTest, KeepsThePermissionsOfTheFileItReplaces) {
  ASSERT_TRUE(WriteOutput(Path("report"), "one").ok());
  ASSERT_EQ(chmod(Path("report").c_str(), 0640), 0);
  ASSERT_TRUE(WriteOutput(Path("report"), "two").ok());
  EXPECT_EQ(fs::status(Path("report")).permissions(), fs::perms(0640));
}

TEST_F(OutputTest, FollowsALink) {
  ASSERT_TRUE(WriteOutput(Path("real"), "one").ok());
  fs::create_symlink("real", Path("link"));
  ASSERT_TRUE(WriteOutput(Path("link"), "two").ok());
  EXPECT_TRUE(fs::is_symlink(Path("link")));
  EXPECT_EQ(Read(Path("real")), "two");
}

TEST_F(OutputTest, SaysWhatCannotBeWritten) {
  fs::create_directory(Path("folder"));
  EXPECT_FALSE(WriteOutput(Path("folder"), "x").ok());
  EXPECT_FALSE(WriteOutput(Path("missing/report"), "x").ok());
  EXPECT_FALSE(WriteOutput("/dev/full", "x").ok());
  EXPECT_TRUE(WriteOutput("/dev/null", "x").ok());
  EXPECT_EQ(Files(), 1u);
}

TEST_F(OutputTest, LeavesNothingWhenASignalEndsTheWriting) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // The limit stops the write half way, where the signal comes.
    const rlimit limit = {1024, 1024};
    std::signal(SIGXFSZ, [](int) { raise(SIGTERM); });
    setrlimit(RLIMIT_FSIZE, &limit);
    _exit(WriteOutput(Path("report"), std::string(4096, 'x')).ok() ? 0 : 2);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
  EXPECT_EQ(WTERMSIG(status), SIGTERM);
  EXPECT_EQ(Files(), 0u);
}

TEST_F(OutputTest, AfterTheWritingSignalsAreAsTheyWere) {
  struct sigaction action;
  std::signal(SIGINT, SIG_IGN);
  ASSERT_TRUE(WriteOutput(Path("report"), "one").ok());
  ASSERT_EQ(sigaction(SIGINT, nullptr, &action), 0);
  EXPECT_EQ(action.sa_handler, SIG_IGN);
  std::signal(SIGINT, SIG_DFL);
  ASSERT_EQ(sigaction(SIGTERM, nullptr, &action), 0);
  EXPECT_EQ(action.sa_handler, SIG_DFL);
}

TEST_F(OutputTest, AnInputIsNoOutput) {
  ASSERT_TRUE(WriteOutput(Path("rules"), "one").ok());
  fs::create_symlink("rules", Path("link"));
  fs::create_hard_link(Path("rules"), Path("hard"));
  for (const char* name : {"rules", "link", "hard", "./rules"}) {
    EXPECT_FALSE(CheckOutput(Path(name), {Path("other"), Path("rules")}).ok()) << name;
  }
  EXPECT_TRUE(CheckOutput(Path("new"), {Path("rules")}).ok());
  EXPECT_TRUE(CheckOutput("", {Path("rules"), ""}).ok());
  EXPECT_TRUE(CheckOutput("/dev/null", {"/dev/null"}).ok());
}

std::string Shown(ProgressLine& progress, std::FILE* file) {
  progress.Update(3, 10);
  progress.Wipe();
  std::rewind(file);
  char buffer[256] = {};
  const size_t size = std::fread(buffer, 1, sizeof buffer - 1, file);
  return std::string(buffer, size);
}

TEST(ProgressLineTest, ShowsOnATerminalOnceItTakesLong) {
  std::FILE* file = std::tmpfile();
  ProgressLine progress(true, file, std::chrono::milliseconds(0));
  const std::string shown = Shown(progress, file);
  EXPECT_NE(shown.find("3 of 10 files"), std::string::npos);
  EXPECT_TRUE(shown.ends_with("\r\033[K")) << "the line is wiped at the end";
  std::fclose(file);
}

TEST(ProgressLineTest, ShowsNothingBeforeThat) {
  std::FILE* file = std::tmpfile();
  ProgressLine progress(true, file, std::chrono::hours(1));
  EXPECT_EQ(Shown(progress, file), "");
  std::fclose(file);
}

TEST(ProgressLineTest, ShowsNothingWithoutATerminal) {
  std::FILE* file = std::tmpfile();
  ProgressLine progress(false, file, std::chrono::milliseconds(0));
  EXPECT_EQ(Shown(progress, file), "");
  std::fclose(file);
}

// A terminal of our own: what `UseColor` says of it depends on the environment only.
class ColorTest : public testing::Test {
 protected:
  void SetUp() override {
    main_ = posix_openpt(O_RDWR | O_NOCTTY);
    ASSERT_GE(main_, 0);
    ASSERT_EQ(grantpt(main_), 0);
    ASSERT_EQ(unlockpt(main_), 0);
    terminal_ = open(ptsname(main_), O_RDWR | O_NOCTTY);
    ASSERT_GE(terminal_, 0);
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
  }
  void TearDown() override {
    close(terminal_);
    close(main_);
    unsetenv("NO_COLOR");
  }
  int main_ = -1;
  int terminal_ = -1;
};

TEST_F(ColorTest, IsForTerminals) {
  EXPECT_TRUE(UseColor(terminal_));
  const int null = open("/dev/null", O_WRONLY);
  EXPECT_FALSE(UseColor(null));
  close(null);
}

TEST_F(ColorTest, HonoursNoColor) {
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(UseColor(terminal_)) << "an empty NO_COLOR does not count";
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(UseColor(terminal_));
}

TEST_F(ColorTest, IsNotForDumbTerminals) {
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(UseColor(terminal_));
}

TEST(SuggestTest, FindsWhatWasMeant) {
  const std::vector<std::string_view> known = {"lint", "print", "dump", "rules"};
  EXPECT_EQ(Closest("lnit", known), "lint");
  EXPECT_EQ(Closest("lxxt", known), "") << "two changes are too many for four letters";
  EXPECT_EQ(Closest("lin", known), "lint");
  EXPECT_EQ(Closest("LINT", known), "lint");
  EXPECT_EQ(Closest("prnit", known), "print");
  EXPECT_EQ(Closest("nonsense", known), "");
  EXPECT_EQ(Closest(std::string(100'000, 'a'), known), "");
}

TEST(SuggestTest, VersionsOfAKnownSensorAreComparedAsNumbers) {
  const std::vector<std::string_view> known = {"sysmon@4.0",  "sysmon@4.1",  "sysmon@4.22",
                                               "sysmon@4.23", "sysmon@4.90", "sysmon@15.15",
                                               "sysmon@9.0"};
  EXPECT_EQ(ClosestSensor("sysmon@4.91", known), "sysmon@4.90");
  EXPECT_EQ(ClosestSensor("sysmon@4.89", known), "sysmon@4.90");
  EXPECT_EQ(ClosestSensor("sysmon@4.24", known), "sysmon@4.23");
  EXPECT_EQ(ClosestSensor("sysmon@4.9", known), "sysmon@4.90");
  EXPECT_EQ(ClosestSensor("Sysmon@4.90", known), "sysmon@4.90");
  EXPECT_EQ(ClosestSensor("sysmon@4.23x", known), "sysmon@4.23");
  EXPECT_EQ(ClosestSensor("sysmon@15.2", known), "sysmon@15.15");
  EXPECT_EQ(ClosestSensor("sysmon@99", known), "");
  EXPECT_EQ(ClosestSensor("sysmon@nan", known), "");
}

TEST(SuggestTest, OtherSensorsAreComparedByTheirLetters) {
  const std::vector<std::string_view> known = {"sysmon@4.1", "sysmon@4.90", "acme@1.2.3",
                                               "acme@beta"};
  EXPECT_EQ(ClosestSensor("sysmn@4.90", known), "sysmon@4.90");
  EXPECT_EQ(ClosestSensor("acme@1.2.4", known), "acme@1.2.3");
  EXPECT_EQ(ClosestSensor("acme@betta", known), "acme@beta");
  EXPECT_EQ(ClosestSensor("sysmon", known), "");
  EXPECT_EQ(ClosestSensor("", known), "");
  EXPECT_EQ(ClosestSensor("@", known), "");
}

class WriteFixesTest : public OutputTest {
 protected:
  // A plan that makes "after" of the file `name`, which has these bytes.
  FixPlan PlanFor(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name)) << bytes;
    FixPlan plan;
    plan.files.push_back({.path = Path(name),
                          .before = std::make_shared<const std::string>("before"),
                          .after = "after",
                          .findings = 2});
    return plan;
  }
};

TEST_F(WriteFixesTest, WritesWhatWasPlanned) {
  FixPlan plan = PlanFor("a", "before");
  EXPECT_EQ(WriteFixes(plan), 2u);
  EXPECT_EQ(Read(Path("a")), "after");
  EXPECT_TRUE(plan.refused.empty());
}

TEST_F(WriteFixesTest, LeavesAFileThatHasChangedMeanwhile) {
  FixPlan plan = PlanFor("a", "before, and more");
  EXPECT_EQ(WriteFixes(plan), 0u);
  EXPECT_EQ(Read(Path("a")), "before, and more");
  ASSERT_EQ(plan.refused.size(), 1u);
  EXPECT_EQ(plan.refused[0].path, Path("a"));
  EXPECT_TRUE(plan.refused[0].requested);
}

TEST_F(WriteFixesTest, RefusesAFileThatHasGone) {
  FixPlan plan = PlanFor("a", "before");
  fs::remove(Path("a"));
  EXPECT_EQ(WriteFixes(plan), 0u);
  EXPECT_FALSE(fs::exists(Path("a")));
  EXPECT_EQ(plan.refused.size(), 1u);
}

TEST_F(WriteFixesTest, TheOthersAreStillWritten) {
  FixPlan plan = PlanFor("a", "changed");
  plan.files.push_back(PlanFor("b", "before").files[0]);
  EXPECT_EQ(WriteFixes(plan), 2u);
  EXPECT_EQ(Read(Path("b")), "after");
}

}  // namespace
}  // namespace sluice
