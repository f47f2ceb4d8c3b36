// Any bytes read as Sigma are consistent content or an explained refusal, and what is marked as
// whole has nothing fatal in it.

#include "fuzz/property.h"
#include "parser/sigma/sigma_reader.h"

namespace sluice {
namespace {

// A rule is incomplete exactly when something fatal is recorded of it.
void RequireFatalMarked(const Content& content) {
  size_t fatal = 0;
  for (const Irregularity& irregularity : content.irregularities()) {
    if (!irregularity.fatal) continue;
    ++fatal;
    Require(irregularity.instance < content.instances().size(), "what is fatal has its instance");
    Require(content.instances()[irregularity.instance].incomplete, "what is fatal is marked");
  }
  for (const Instance& instance : content.instances()) {
    Require(!instance.incomplete || fatal > 0, "what is incomplete says why");
    Require(
        instance.incomplete || instance.role != InstanceRole::kRule || !instance.condition.empty(),
        "a whole rule has a condition");
  }
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sluice::ReadResult result = sluice::ReadSigma(sluice::ToBytes(data, size), {});
  ++(result.ok() ? sluice::Inputs().accepted : sluice::Inputs().refused);
  if (!result.ok()) {
    sluice::RequireExplained(result, false, size);
    return 0;
  }
  sluice::RequireConsistent(result.content());
  sluice::RequireFatalMarked(result.content());
  return 0;
}
