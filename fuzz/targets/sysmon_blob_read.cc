// Any bytes read as a Sysmon rule blob are consistent content or an explained refusal, and can be
// annotated: in ascending order, inside the file.

#include <cstdint>
#include <vector>

#include "fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using sluice::Annotation;
  using sluice::Require;
  sluice::ReadAnyBytes("sysmon-blob", data, size);
  const sluice::Bytes bytes = sluice::ToBytes(data, size);
  uint32_t last = 0;
  const std::vector<Annotation> annotations =
      sluice::FindFormat("sysmon-blob")->annotate(*bytes, sluice::BuiltInReadOptions(), {});
  for (const Annotation& annotation : annotations) {
    Require(annotation.place.offset >= last, "annotations ascend");
    Require(uint64_t{annotation.place.offset} + annotation.place.length <= size,
            "annotations stay inside the file");
    last = annotation.place.offset;
  }
  return 0;
}
