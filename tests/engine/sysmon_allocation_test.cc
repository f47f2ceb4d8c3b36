// Running Sysmon content takes no memory for an event once others like it have been run.

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "tests/engine/sysmon_engine_testing.h"

namespace {
std::atomic<uint64_t> allocations;
}  // namespace

void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace sluice {
namespace {

constexpr char kConfig[] =
    "<Sysmon schemaversion=\"4.50\"><EventFiltering>"
    "<RuleGroup groupRelation=\"or\"><DnsQuery onmatch=\"include\">"
    "<QueryName name=\"n\" condition=\"contains any\">a;b;;c</QueryName>"
    "<QueryName condition=\"less than\">B</QueryName><Rule groupRelation=\"and\">"
    "<Image condition=\"image\">i</Image><Image condition=\"not end with\">X</Image></Rule>"
    "</DnsQuery></RuleGroup><DnsQuery onmatch=\"exclude\"><User>u</User></DnsQuery>"
    "</EventFiltering></Sysmon>";

TEST(SysmonAllocationTest, NothingIsAllocatedForAnEventLikeOthersBefore) {
  const EngineOptions options{.trace = true};
  SysmonEngine engine = EngineOf(ContentOfXml(kConfig), {}, options);
  const std::string values[] = {"", "A", "\xC3\x89z", std::string(5000, 'Q'), "\xFF"};
  std::vector<Event> events;
  for (const std::string& name : values) {
    for (const std::string& image : values) {
      events.push_back({.id = 22, .types = {}, .fields = {{"QueryName", name}, {"Image", image}}});
    }
  }
  const auto run = [&] {
    uint64_t included = 0;
    for (const Event& event : events) included += engine.Run(event).sysmon.include ? 1 : 0;
    return included;
  };
  EXPECT_GT(run(), 0);
  const uint64_t before = allocations;
  EXPECT_GT(before, 0);
  const uint64_t included = run();
  EXPECT_EQ(allocations, before);
  EXPECT_GT(included, 0);
  EXPECT_LT(included, events.size());
}

}  // namespace
}  // namespace sluice
