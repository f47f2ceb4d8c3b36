// Which content a rule has anything to say about.
//
// Every rule states it in its row of the catalogue, so that a rule which is asked for by name and
// says nothing of a file is reported as not checked rather than as passed:
//
//   const Rule kSL515 = {{"SL515", ..., kBlobFiles}, Check};
//   const Rule kSL201 = {{"SL201", ..., WithFleet(kAnyContent)}, Check};

#ifndef SLUICE_SCHEMA_RULE_SCOPE_H_
#define SLUICE_SCHEMA_RULE_SCOPE_H_

#include <cstddef>
#include <cstdint>

#include "schema/content.h"

namespace sluice {

// Content as far as rules tell it apart: by format, dialect and binding.
enum class ContentClass : uint8_t {
  kConfiguration,  // a Sysmon configuration itself
  // Its text form, or a channel file of it: they have nothing of what the sensor drops.
  kConfigurationText,
  kBlob,      // a Sysmon rule blob itself
  kBlobText,  // its text form, or a channel file of it
  kChannelByIndex,
  kChannelByName,
  kSigma,          // Sigma rules themselves
  kCompiledSigma,  // in a channel file, or its text form: without how they were written
};
inline constexpr size_t kContentClasses = 8;

ContentClass ClassOf(const Content& content);

// Content in one of Sluice's own forms, a channel file or the text form: what the sensor's own
// format says beside the model is not in it.
bool IsOwnForm(const Content& content);

// A set of content classes.
class ContentClasses {
 public:
  constexpr ContentClasses() = default;
  constexpr ContentClasses(ContentClass one)  // NOLINT: one class is a set of it
      : bits_(uint32_t{1} << static_cast<unsigned>(one)) {}

  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool contains(ContentClass one) const {
    return (bits_ & ContentClasses(one).bits_) != 0;
  }
  friend constexpr ContentClasses operator|(ContentClasses a, ContentClasses b) {
    a.bits_ |= b.bits_;
    return a;
  }

 private:
  uint32_t bits_ = 0;
};

inline constexpr ContentClasses kConfigurationFiles = ContentClass::kConfiguration;
inline constexpr ContentClasses kConfigurations =
    kConfigurationFiles | ContentClass::kConfigurationText;
inline constexpr ContentClasses kBlobFiles = ContentClass::kBlob;
inline constexpr ContentClasses kBlobs = kBlobFiles | ContentClass::kBlobText;
inline constexpr ContentClasses kSysmonContent = kConfigurations | kBlobs;
inline constexpr ContentClasses kChannelByIndex = ContentClass::kChannelByIndex;
inline constexpr ContentClasses kChannelContent = kChannelByIndex | ContentClass::kChannelByName;
inline constexpr ContentClasses kSigmaFiles = ContentClass::kSigma;
inline constexpr ContentClasses kSigmaContent = kSigmaFiles | ContentClass::kCompiledSigma;
// What sensors load as it is: its template types are closed.
inline constexpr ContentClasses kLoadedContent = kSysmonContent | kChannelContent;
inline constexpr ContentClasses kAnyContent = kLoadedContent | kSigmaContent;

// What a rule can find anything in: with sensors to ask, and without.
struct RuleScope {
  constexpr RuleScope() = default;
  constexpr RuleScope(ContentClasses always)  // NOLINT: most rules need no fleet
      : RuleScope(always, always) {}
  constexpr RuleScope(ContentClasses with, ContentClasses without)
      : with_fleet(with), without_fleet(without) {}

  // False for a rule that cannot find anything in such content, whatever is in it.
  constexpr bool SpeaksOf(ContentClass content, bool fleet) const {
    return (fleet ? with_fleet : without_fleet).contains(content);
  }
  // True for a rule that finds nothing without a fleet in content of any class.
  constexpr bool needs_fleet() const { return without_fleet.empty(); }

  ContentClasses with_fleet;
  ContentClasses without_fleet;
};

// The scope of a rule that speaks of sensors alone.
constexpr RuleScope WithFleet(ContentClasses classes) { return {classes, ContentClasses()}; }

}  // namespace sluice

#endif  // SLUICE_SCHEMA_RULE_SCOPE_H_
