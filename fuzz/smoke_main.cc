// Runs a fuzz target as an ordinary test: over its seeds, over a few inputs that every reader must
// survive, and over some hundred mutations of the seeds. The mutations depend on nothing but the
// seeds, so a failure comes back on the next run; libFuzzer does the long search.
//
// Seeds are the files in SLUICE_FUZZ_SEEDS whose names end in one of SLUICE_FUZZ_ENDINGS.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/property.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxSeedBytes = 64 << 10;
constexpr int kMutations = 600;
constexpr uint64_t kMutatedBytes = 4 << 20;  // in all, so that large seeds do not take minutes

// Inputs of every kind at once: nothing, zeros, the start of each format and little more.
std::vector<std::string> BuiltInSeeds() {
  using namespace std::string_literals;
  return {
      ""s,
      "\0"s,
      std::string(4096, '\0'),
      std::string(4096, '\xff'),
      "\xef\xbb\xbf"s,
      "\xff\xfe<\0S\0y\0s\0m\0o\0n\0"s,
      "<"s,
      "<Sysmon schemaversion=\"4.50\"><EventFiltering/></Sysmon>"s,
      "<Sysmon schemaversion=\"4.50\"><EventFiltering><ProcessCreate onmatch=\"include\">"
      "<Image condition=\"contains any\">a;b</Image></ProcessCreate></EventFiltering></Sysmon>"s,
      "# proto-message: sluice.v1.Content\n"s,
      "# proto-message: sluice.v1.Content\ntemplate_type { name: \"T\" field { name: \"a\" } }\n"
      "instance { id: \"1\" template_type: \"T\" "
      "criterion { field_index: 0 operator: \"equals\" operand: \"x\" } }\n"s,
      "# proto-message: sluice.v1.Fleet\nsensor { name: \"sysmon\" version: \"4.22\" }\n"s,
      "# proto-message: sluice.v1.Settings\nfail_on: \"warning\"\n"s,
      "<manifest schemaversion=\"4.22\" binaryversion=\"9.0\"><events/></manifest>"s,
      // A blob of one event record without conditions.
      "\0\0\x0f\0\1\0\0\0\x18\0\0\0\x32\0\4\0\x18\0\0\0\0\0\0\0"
      "\1\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"s,
  };
}

bool HasSeedEnding(const fs::path& path) {
  std::istringstream endings(SLUICE_FUZZ_ENDINGS);
  for (std::string ending; endings >> ending;) {
    if (path.extension() == ending) return true;
  }
  return false;
}

std::vector<std::string> CorpusSeeds() {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(SLUICE_FUZZ_SEEDS)) {
    if (entry.is_regular_file() && entry.file_size() <= kMaxSeedBytes &&
        HasSeedEnding(entry.path())) {
      paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  std::vector<std::string> seeds;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return seeds;
}

void RunTarget(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

// A number below `bound`, which is not 0. Not a standard distribution: those differ between
// libraries.
size_t Below(std::mt19937& random, size_t bound) { return random() % bound; }

// Changes one to four places of the input: a bit, a 32-bit word, a piece removed, doubled, or put
// in from another seed.
std::string Mutate(std::string input, const std::string& other, std::mt19937& random) {
  for (size_t changes = 1 + Below(random, 2); changes > 0 && !input.empty(); --changes) {
    const size_t at = Below(random, input.size());
    const size_t most = Below(random, 4) == 0 ? 64 : 4;
    const size_t length = std::min(1 + Below(random, most), input.size() - at);
    switch (Below(random, 6)) {
      case 0:
        input[at] = static_cast<char>(input[at] ^ (1 << Below(random, 8)));
        break;
      case 1: {
        constexpr uint8_t kBytes[] = {0x00, 0x01, 0x08, 0x18, 0x7f, 0x80, 0xfe, 0xff};
        for (size_t i = at & ~size_t{3}; i < input.size() && i < (at & ~size_t{3}) + 4; ++i) {
          input[i] = static_cast<char>(kBytes[Below(random, std::size(kBytes))]);
        }
        break;
      }
      case 2:
        input.erase(at, length);
        break;
      case 3:
        input.insert(at, input.substr(at, length));
        break;
      case 4:
        input[at] = static_cast<char>(' ' + Below(random, 95));
        break;
      default:
        if (!other.empty()) input.insert(at, other.substr(Below(random, other.size()), length));
    }
  }
  return input;
}

TEST(FuzzSmoke, Seeds) {
  for (const std::string& seed : BuiltInSeeds()) RunTarget(seed);
  const std::vector<std::string> seeds = CorpusSeeds();
  EXPECT_FALSE(seeds.empty()) << "no seeds in " << SLUICE_FUZZ_SEEDS;
  for (const std::string& seed : seeds) RunTarget(seed);
  EXPECT_GT(Inputs().accepted, 0) << "no seed is accepted, so nothing is tried past the refusal";
  EXPECT_GT(Inputs().refused, 0) << "no seed is refused";
}

TEST(FuzzSmoke, Mutations) {
  std::vector<std::string> seeds = CorpusSeeds();
  std::ranges::copy(BuiltInSeeds(), std::back_inserter(seeds));
  std::mt19937 random(20240719);
  uint64_t bytes = 0;
  int runs = 0;
  for (; runs < kMutations && bytes < kMutatedBytes; ++runs) {
    const std::string& seed = seeds[Below(random, seeds.size())];
    const std::string input = Mutate(seed, seeds[Below(random, seeds.size())], random);
    bytes += input.size();
    RunTarget(input);
  }
  RecordProperty("runs", runs);
  RecordProperty("accepted", static_cast<int>(Inputs().accepted));
  RecordProperty("refused", static_cast<int>(Inputs().refused));
  EXPECT_GE(runs, 100) << "the seeds are too large for a few hundred mutations";
}

}  // namespace
}  // namespace sluice
