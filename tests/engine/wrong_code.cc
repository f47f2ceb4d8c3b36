// What must not compile, one thing at a time: nothing but a verifier makes what an engine takes.
// wrong_code.sh defines which.

#include <utility>

#include "engine/engine.h"
#include "schema/content.h"
#include "schema/verified_content.h"

namespace sluice {

#if defined(RIGHT)
bool Run(Content content) {
  Verification verified = Verify(std::move(content), ContractSet::BuiltIn());
  return verified.ok() && Engine::Make(*std::move(verified.content)).ok();
}
#elif defined(ENGINE_OF_CONTENT)
bool Run(Content content) { return Engine::Make(std::move(content)).ok(); }
#elif defined(ENGINE_BY_HAND)
Engine Run() { return Engine(); }
#elif defined(VERIFIED_OF_CONTENT)
VerifiedContent Run(Content content) { return VerifiedContent(std::move(content)); }
#elif defined(VERIFIED_OUT_OF_NOTHING)
VerifiedContent Run() { return VerifiedContent(); }
#elif defined(VERIFIED_WITHOUT_VERIFIER)
VerifiedContent Run(Content content) {
  return VerifiedContent(std::make_unique<VerifiedContent::State>(std::move(content)));
}
#elif defined(VERIFIED_CHANGED)
void Run(VerifiedContent& verified, Content other) { verified.content() = std::move(other); }
#elif defined(VERIFIED_TWICE)
VerifiedContent Run(const VerifiedContent& verified) { return verified; }
#endif

}  // namespace sluice
