// No event allocates once others like it have been run.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/run_content.h"

namespace {
uint64_t allocations = 0;
}  // namespace

void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  try {
    return operator new(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace sluice {
namespace {

TEST(EngineAllocation, NoneOnceWarm) {
  std::string detection;
  for (int i = 0; i < 50; ++i) {
    absl::StrAppend(&detection, "s", i, ":\n  f|contains: [abc", i, ", 'x*y?", i,
                    "']\n  g|endswith|cased: Z", i, "\nt", i, ":\n  h|re: 'q+", i,
                    "'\n  i: null\n  j|cidr: 10.0.0.0/8\n  k|gt: ", i, "\n");
  }
  absl::StrAppend(&detection, "k: [word, 'other*word']\n", "condition: 1 of s* or 1 of t* or k");
  for (const bool prefilter : {true, false}) {
    const Engine engine =
        MakeEngine(ReadContent("sigma", RuleOf(detection)), {.prefilter = prefilter});
    Scratch scratch(engine);
    Outcome outcome;
    const std::vector<Event> events = {
        {.types = {"windows/process_creation"},
         .fields = {Text("f", "XABC7"), Text("g", "endZ7"), Text("h", "qqq9"),
                    Text("j", "10.1.2.3"), Number("k", "40")}},
        {.types = {"windows/process_creation", "windows", "unheard/of/this/one/before"},
         .fields = {Text("f", "ГДЕ это"), Text("l", "a word"), Null("i")}},
        {.types = {"linux"}}};
    for (int i = 0; i < 3; ++i) {
      for (const Event& event : events) engine.Run(event, scratch, outcome);
    }
    const uint64_t before = allocations;
    uint64_t matches = 0;
    for (int i = 0; i < 100; ++i) {
      for (const Event& event : events) {
        engine.Run(event, scratch, outcome);
        matches += outcome.matches.size();
      }
    }
    EXPECT_EQ(allocations - before, 0u) << (prefilter ? "with" : "without") << " the prefilter";
    EXPECT_EQ(matches, 200u);
  }
}

}  // namespace
}  // namespace sluice
