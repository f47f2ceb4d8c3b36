// The reader that sensors embed and the naive one, which is written from the page alone, take the
// same bytes and read the same values. Beside the tests, where the naive reader is.

#include <cstdint>
#include <string>

#include "fuzz/channel_seal.h"
#include "fuzz/property.h"
#include "tests/parser/channel/naive_channel_view.h"

namespace sluice {
namespace {

void Check(const std::string& bytes) {
  bool accepted = false;
  const std::string wrong = Disagreement(bytes, &accepted);
  Require(wrong.empty(), wrong);
  ++(accepted ? Inputs().accepted : Inputs().refused);
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sluice::Check(std::string(reinterpret_cast<const char*>(data), size));
  sluice::Check(sluice::SealChannel(data, size));
  return 0;
}
