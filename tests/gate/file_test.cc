#include "gate/file.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "schema/limits.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  FileTest() {
    folder_ =
        fs::temp_directory_path() / ("sluice_file_test." + std::to_string(getpid()) + "." +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  ~FileTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  void Write(const std::string& name, const std::string& bytes) const {
    fs::create_directories(fs::path(Path(name)).parent_path());
    std::ofstream(Path(name), std::ios::binary) << bytes;
  }

  fs::path folder_;
  std::vector<NotChecked> not_checked_;
};

TEST_F(FileTest, ReadsAllBytes) {
  const std::string bytes(100'000, '\0');
  Write("zeros", bytes);
  const auto read = ReadFile(Path("zeros"));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(**read, bytes);
}

TEST_F(FileTest, ReadsAnEmptyFile) {
  Write("empty", "");
  const auto read = ReadFile(Path("empty"));
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE((*read)->empty());
}

TEST_F(FileTest, ReadsFilesThatDoNotStateTheirSize) {
  const auto read = ReadFile("/proc/self/status");
  ASSERT_TRUE(read.ok());
  EXPECT_NE((*read)->find("Pid:"), std::string::npos);
}

TEST_F(FileTest, MissingFileAndFolderAreErrors) {
  EXPECT_FALSE(ReadFile(Path("missing")).ok());
  EXPECT_FALSE(ReadFile(folder_.string()).ok());
}

TEST_F(FileTest, RefusesASparseFileFromItsSize) {
  Write("sparse", "x");
  fs::resize_file(Path("sparse"), kMaxFileBytes + 1);
  EXPECT_EQ(ReadFile(Path("sparse")).status().code(), absl::StatusCode::kResourceExhausted);
}

// Some are endless, some wait for ever: none is read at all.
TEST_F(FileTest, RefusesDevicesAndSockets) {
  for (const char* device : {"/dev/zero", "/dev/null", "/dev/tty"}) {
    EXPECT_FALSE(ReadFile(device).ok()) << device;
  }
  EXPECT_EQ(ReadFile("/dev/zero").status().code(), absl::StatusCode::kInvalidArgument);
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  ASSERT_LT(Path("s").size(), sizeof(address.sun_path));
  Path("s").copy(address.sun_path, sizeof(address.sun_path) - 1);
  ASSERT_EQ(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_FALSE(ReadFile(Path("s")).ok());
  close(listener);
}

// As `<(...)` of a shell gives it: the writer may take its time.
TEST_F(FileTest, ReadsAPipeUntilItsWriterIsDone) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  std::jthread writer([&] {
    for (const char* part : {"one ", "two"}) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      EXPECT_GT(write(ends[1], part, std::strlen(part)), 0);
    }
    close(ends[1]);
  });
  const auto read = ReadFile("/dev/fd/" + std::to_string(ends[0]));
  close(ends[0]);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(**read, "one two");
}

TEST_F(FileTest, APipeThatNobodyWritesToDoesNotBlock) {
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  const auto read = ReadFile(Path("pipe"));
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE((*read)->empty());
}

TEST_F(FileTest, ExpandsFoldersSortedAndEachPathOnce) {
  Write("b/two.xml", "");
  Write("a.xml", "");
  const auto inputs = ExpandPaths({folder_.string(), Path("a.xml")}, not_checked_);
  ASSERT_EQ(inputs.size(), 2u);
  EXPECT_EQ(inputs[0].path, Path("a.xml"));
  EXPECT_TRUE(inputs[0].folder.empty()) << "a path that is named as well counts as named";
  EXPECT_EQ(inputs[1].path, Path("b/two.xml"));
  EXPECT_EQ(inputs[1].folder, folder_.string());
  EXPECT_TRUE(not_checked_.empty());
}

TEST_F(FileTest, NamedPathsStayWhatTheyAre) {
  Write("t/a.xml", "");
  const auto inputs = NamedPaths({Path("t/a.xml"), Path("t"), Path("t//a.xml"), Path("missing")});
  ASSERT_EQ(inputs.size(), 3u);
  EXPECT_EQ(inputs[0].path, Path("missing"));
  EXPECT_EQ(inputs[1].path, Path("t"));
  EXPECT_EQ(inputs[2].path, Path("t/a.xml"));
  EXPECT_TRUE(inputs[2].folder.empty());
  EXPECT_TRUE(IsFolder(inputs[1].path));
  EXPECT_FALSE(IsFolder(inputs[2].path));
  EXPECT_FALSE(IsFolder(inputs[0].path));
}

TEST_F(FileTest, AFileIsAskedForByEveryNamedFolderAboveIt) {
  Write("t/sub/a.xml", "");
  const std::vector<std::string> paths = {Path("t"), Path("t/sub"), Path("t/"),
                                          Path("t/sub/a.xml")};
  const auto inputs = ExpandPaths(paths, not_checked_);
  ASSERT_EQ(inputs.size(), 1u);
  EXPECT_TRUE(inputs[0].folder.empty());
  const std::vector<std::string>& asked_by = inputs[0].asked_by;
  EXPECT_TRUE(std::is_permutation(asked_by.begin(), asked_by.end(), paths.begin(), paths.end()));
}

TEST_F(FileTest, APathIsOneHoweverItIsWritten) {
  Write("t/a.xml", "");
  ASSERT_EQ(mkfifo(Path("t/pipe").c_str(), 0600), 0);
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  const auto inputs = ExpandPaths({"t/.", ".//t", "t", Path("t"), "./t/a.xml"}, not_checked_);
  fs::current_path(before);
  ASSERT_EQ(inputs.size(), 1u);
  EXPECT_EQ(inputs[0].path, "./t/a.xml");
  EXPECT_EQ(inputs[0].asked_by.size(), 5u);
  EXPECT_EQ(not_checked_.size(), 1u);
}

// "link/.." is the folder above the link's target.
TEST_F(FileTest, APathBehindALinkIsAnother) {
  Write("real/below/b.xml", "");
  Write("real/a.xml", "");
  Write("a.xml", "");
  fs::create_directory_symlink(Path("real/below"), Path("link"));
  EXPECT_EQ(ExpandPaths({Path("a.xml"), Path("link/../a.xml")}, not_checked_).size(), 2u);
}

TEST_F(FileTest, DoesNotFollowLinksToFolders) {
  Write("a.xml", "");
  fs::create_directory_symlink(folder_, Path("loop"));
  const auto inputs = ExpandPaths({folder_.string()}, not_checked_);
  EXPECT_EQ(inputs.size(), 1u);
  ASSERT_EQ(not_checked_.size(), 1u);
  EXPECT_FALSE(not_checked_[0].requested);
}

TEST_F(FileTest, SaysWhichFolderIsTooDeep) {
  fs::path deep = folder_;
  for (uint32_t i = 0; i <= kMaxFolderDepth; ++i) deep /= "d";
  fs::create_directories(deep);
  ExpandPaths({folder_.string()}, not_checked_);
  ASSERT_EQ(not_checked_.size(), 1u);
  EXPECT_TRUE(not_checked_[0].requested);
}

TEST_F(FileTest, ListsWhatIsNoRegularFile) {
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  EXPECT_TRUE(ExpandPaths({folder_.string()}, not_checked_).empty());
  ASSERT_EQ(not_checked_.size(), 1u);
  EXPECT_FALSE(not_checked_[0].requested);
}

}  // namespace
}  // namespace sluice
