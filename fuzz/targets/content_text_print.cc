// Text form that is accepted prints, reads back with the same meaning, and prints the same again.

#include "fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sluice::ReadResult result = sluice::ReadAnyBytes("content-text", data, size);
  if (result.ok()) sluice::RequirePrintsAndReadsBack(result.content());
  return 0;
}
