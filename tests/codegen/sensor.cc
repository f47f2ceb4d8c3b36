// The sensor of sensor.c in C++17; the same macros make it a wrong one. And these:
//   FOREIGN  a field of another template type stands in the table
//   NARROW   a value is set that has more bits than the field

#include <array>
#include <cinttypes>
#include <cstdio>
#include <string_view>

#include "acme.h"

namespace {

using acme_contract::NamedPipe;
using sluice_codegen::At;
using sluice_codegen::ValueType;

using Reader = std::string_view (*)();
std::string_view Nothing() { return ""; }
std::string_view Detail() { return "detail"; }

#ifdef MOVED
constexpr auto kEleventh = At<NamedPipe::kAccess, ValueType::kHex32>(&Nothing);
constexpr auto kTwelfth = At<NamedPipe::kPipe, ValueType::kString>(&Nothing);
#else
constexpr auto kEleventh = At<NamedPipe::kPipe, ValueType::kString>(&Nothing);
constexpr auto kTwelfth = At<NamedPipe::kAccess, ValueType::kHex32>(&Nothing);
#endif
#ifdef RETYPED
constexpr ValueType kParentIdType = ValueType::kUint64;
#else
constexpr ValueType kParentIdType = ValueType::kUint32;
#endif
#ifdef FOREIGN
struct Other {
  enum field : std::size_t { kEvent = 0 };
};
constexpr auto kFirst = At<Other::kEvent, ValueType::kUint16>(&Nothing);
#else
constexpr auto kFirst = At<NamedPipe::kEvent, ValueType::kUint16>(&Nothing);
#endif

// The table by its entries.
constexpr std::array kReaders = sluice_codegen::MakeSupply<NamedPipe, Reader>(
    kFirst, At<NamedPipe::kTime, ValueType::kTime>(&Nothing),
    At<NamedPipe::kProcessGuid, ValueType::kGuid>(&Nothing),
    At<NamedPipe::kProcessId, ValueType::kUint32>(&Nothing),
    At<NamedPipe::kProcessStart, ValueType::kUint64>(&Nothing),
    At<NamedPipe::kImage, ValueType::kString>(&Nothing),
    At<NamedPipe::kCommandLine, ValueType::kString>(&Nothing),
    At<NamedPipe::kUser, ValueType::kString>(&Nothing),
    At<NamedPipe::kElevated, ValueType::kBoolean>(&Nothing),
    At<NamedPipe::kIntegrity, ValueType::kHex32>(&Nothing),
    At<NamedPipe::kLogonId, ValueType::kHex64>(&Nothing), kEleventh, kTwelfth,
    At<NamedPipe::kOffset, ValueType::kInt64>(&Nothing),
    At<NamedPipe::kRemote, ValueType::kIp>(&Nothing),
    At<NamedPipe::kParentGuid, ValueType::kGuid>(&Nothing),
    At<NamedPipe::kParentId, kParentIdType>(&Nothing),
    At<NamedPipe::kParentImage, ValueType::kString>(&Nothing),
    At<NamedPipe::kParentCommandLine, ValueType::kString>(&Nothing),
    At<NamedPipe::kParentUser, ValueType::kString>(&Nothing)
#ifndef SHORT_LIST
        ,
    At<NamedPipe::kDetail, ValueType::kUnknown>(&Detail)
#endif
);

// The same, declared in its own way.
constexpr int kOffsets[] = {0,  2,  10, 26, 30, 38, 46, 54, 62,  63,
#ifndef SHORT_ARRAY
                            67,
#endif
#ifdef LONG_ARRAY
                            69,
#endif
                            75, 83, 87, 95, 96, 97, 98, 99, 100, 101};
SLUICE_CHECK_SUPPLY(NamedPipe, kOffsets);
SLUICE_CHECK_SUPPLY(NamedPipe, kReaders);

#ifdef OLD_COUNT
constexpr int kOwnCount = 20;
#else
constexpr int kOwnCount = 21;
#endif
SLUICE_CHECK_COUNT(NamedPipe, kOwnCount);
SLUICE_CHECK_COUNT(acme_contract::Heartbeat, 0);

#ifdef OLD_INDEX
constexpr int kOwnPipe = 10;
#else
constexpr int kOwnPipe = 11;
#endif
#ifdef OLD_TYPE
SLUICE_CHECK_FIELD(NamedPipe, kPipe, kOwnPipe, kGuid);
#else
SLUICE_CHECK_FIELD(NamedPipe, kPipe, kOwnPipe, kString);
#endif

#ifdef POINTER
[[maybe_unused]] bool Evaluate(const char* values[kOwnCount]) {
  SLUICE_CHECK_SUPPLY(NamedPipe, values);
  return values[0] != nullptr;
}
#endif

// Says what does not hold, and how often.
int failures = 0;
void Expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  ++failures;
}
#define EXPECT(condition) Expect(condition, #condition)

void CheckAccessors() {
  sluice_codegen::Supply<NamedPipe> event;
  EXPECT(event.Get<NamedPipe::kPipe>() == nullptr);
  event.Set<NamedPipe::kPipe>("\\pipe\\a");
  event.Set<NamedPipe::kProcessId>(4294967295u);
  event.Set<NamedPipe::kOffset>(-1);
  event.Set<NamedPipe::kElevated>(true);
#ifdef NARROW
  event.Set<NamedPipe::kParentId>(std::uint64_t{1});
#endif
  EXPECT(*event.Get<NamedPipe::kPipe>() == "\\pipe\\a");
  EXPECT(*event.Get<NamedPipe::kProcessId>() == 4294967295u);
  EXPECT(*event.Get<NamedPipe::kOffset>() == -1);
  EXPECT(*event.Get<NamedPipe::kElevated>());
  EXPECT(event.Get<NamedPipe::kDetail>() == nullptr);
  EXPECT(std::holds_alternative<std::string_view>(event.values()[kOwnPipe]));
}

}  // namespace

int main() {
  constexpr auto& types = acme_contract::types;
  static_assert(types.size() == 2 && types[0].name == "NamedPipe" && types[0].id == 4);
  static_assert(types[0].count == 21 && types[0].fields[kOwnPipe].name == "pipe");
  static_assert(types[1].name == "Heartbeat" && types[1].count == 0);
  static_assert(acme_contract::contract == "acme@7.11");
  EXPECT(kReaders[NamedPipe::kDetail]() == "detail");
  EXPECT(kReaders[0]().empty());
  EXPECT(kOffsets[20] == 101);
  CheckAccessors();
  std::printf("%016" PRIX64 "\n", NamedPipe::fingerprint);
  return failures == 0 ? 0 : 1;
}
