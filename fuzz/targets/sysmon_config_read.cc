// Any bytes read as a Sysmon configuration are consistent content or an explained refusal.

#include "fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sluice::ReadAnyBytes("sysmon-xml", data, size);
  return 0;
}
