// Reading a channel file takes no memory: every allocation of the process is counted while files of
// every dialect, and broken ones, are opened and walked through.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>

#include "parser/channel/channel_view.h"
#include "tests/parser/channel/channel_bytes.h"

#if defined(__SANITIZE_ADDRESS__)
#define SLUICE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLUICE_ASAN 1
#endif
#endif

#ifdef SLUICE_ASAN
// As <sanitizer/allocator_interface.h> has it, which not every compiler comes with.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void*, size_t),
                                                         void (*)(const volatile void*));
#endif

namespace {
std::atomic<uint64_t> allocations;
}  // namespace

#ifndef SLUICE_ASAN
// In place of the library's; operator new calls malloc.
extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* old, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* old, size_t size) {
  ++allocations;
  return __libc_realloc(old, size);
}
void* memalign(size_t alignment, size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }
}
#endif

namespace sluice {
namespace {

// Counts from when it is made.
class Allocations {
 public:
  Allocations() {
#ifdef SLUICE_ASAN
    static const int installed = __sanitizer_install_malloc_and_free_hooks(
        [](const volatile void*, size_t) { ++allocations; }, [](const volatile void*) {});
    EXPECT_NE(installed, 0);
#endif
    before_ = allocations;
  }
  uint64_t count() const { return allocations - before_; }

 private:
  uint64_t before_;
};

// Everything that the view gives out, summed so that it is really asked for.
uint64_t Walk(const ChannelView& view) {
  uint64_t sum = view.content_version() + view.schema_version().size;
  for (const ChannelContract contract : view.contracts()) sum += contract.sensor.size;
  for (const ChannelType type : view.types()) {
    for (const ChannelField field : view.fields(type)) sum += field.name.size;
    for (const ChannelInstance instance : view.instances(type)) {
      for (const ChannelToken token : view.condition(instance)) sum += token.criterion;
      for (const ChannelCriterion criterion : view.criteria(instance)) {
        for (const ChannelText operand : view.operands(criterion)) sum += operand.size;
      }
    }
  }
  for (const ChannelSetting setting : view.settings()) sum += setting.value.size;
  for (const ChannelRecord record : view.records()) {
    for (const ChannelGroup group : view.groups(record)) sum += group.name.size;
  }
  for (const ChannelText name : view.criterion_names()) sum += name.size;
  for (const ChannelSourceFile source : view.sources()) sum += source.path.size;
  for (const ChannelOrigin origin : view.instance_origins()) sum += origin.line;
  for (const ChannelOrigin origin : view.criterion_origins()) sum += origin.line;
  return sum;
}

// What opening `file`, and walking through it, allocates.
uint64_t AllocatesToRead(const std::string& file, bool valid) {
  const Allocations allocated;
  ChannelView view;
  const ChannelError error =
      OpenChannel(reinterpret_cast<const uint8_t*>(file.data()), file.size(), &view);
  const uint64_t sum = Walk(view);
  const uint64_t count = allocated.count();
  EXPECT_EQ(error.ok(), valid);
  EXPECT_EQ(sum > 0, valid);
  return count;
}

TEST(ChannelAllocationTest, AllocationsAreCounted) {
  const Allocations allocated;
  void* volatile by_malloc = malloc(8);
  void* volatile by_new = ::operator new(8);
  const uint64_t count = allocated.count();
  free(by_malloc);
  ::operator delete(by_new);
  EXPECT_EQ(count, 2u);
}

TEST(ChannelAllocationTest, FilesOfEveryDialectTakeNone) {
  for (const channel_test::Model& model :
       {channel_test::SmallChannel(), channel_test::SmallSysmon(), channel_test::SmallSigma(),
        channel_test::ManyInstances(4000)}) {
    EXPECT_EQ(AllocatesToRead(channel_test::ToBytes(model), true), 0u);
  }
}

TEST(ChannelAllocationTest, RefusingTakesNone) {
  std::string file = channel_test::ToBytes(channel_test::ManyInstances(100));
  EXPECT_EQ(AllocatesToRead(file.substr(0, file.size() / 2), false), 0u);
  file[file.size() / 2] ^= 1;
  EXPECT_EQ(AllocatesToRead(file, false), 0u);
  channel_test::Model wrong = channel_test::ManyInstances(100);
  wrong.types[0].instances[99].criteria[4].field = 20;
  EXPECT_EQ(AllocatesToRead(channel_test::ToBytes(wrong), false), 0u);
}

}  // namespace
}  // namespace sluice
