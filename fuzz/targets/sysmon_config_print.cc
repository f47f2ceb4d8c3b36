// A Sysmon configuration that is accepted prints as text form, which reads back with the same
// meaning.

#include "fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sluice::ReadResult result = sluice::ReadAnyBytes("sysmon-xml", data, size);
  if (result.ok()) sluice::RequirePrintsAndReadsBack(result.content());
  return 0;
}
