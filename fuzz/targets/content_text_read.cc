// Any bytes read as text form are consistent content or an explained refusal.

#include "fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sluice::ReadAnyBytes("content-text", data, size);
  return 0;
}
