// SL593 field-name-spelling
//
// A field that sensors have under a name that is spelt differently, or that the rule itself spells
// in two ways.
//
// Names of fields are compared exactly. `Commandline` is no field of Sysmon, so the criterion never
// matches. Names that other products give to the same thing, as `NewProcessName` for `Image`, are
// pointed out too: the log source says whose names are to be used.
//
//   Commandline|contains: 'whoami'      # CommandLine
//
// Fix: spell the field as the sensor does; `sluice contract show sysmon@4.90` lists the names.
// `lint --fix` does where only case, '_' or '-' differ.
//
// Source: Sigma specification 2.1.0, "Field names"; Sysmon's manifests.

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_spelling.h"
#include "schema/sigma_values.h"
#include "schema/text.h"

namespace sluice {

extern const Rule kSL593;

namespace {

struct OtherName {
  std::string_view used;
  std::string_view meant;
};
// What Windows' own events, Defender, ECS and others call what Sysmon has.
constexpr OtherName kOtherNames[] = {
    {"NewProcessName", "Image"},
    {"ProcessName", "Image"},
    {"ProcessPath", "Image"},
    {"FolderPath", "Image"},
    {"process.executable", "Image"},
    {"process.command_line", "CommandLine"},
    {"ProcessCommandLine", "CommandLine"},
    {"ParentProcessName", "ParentImage"},
    {"ParentProcess", "ParentImage"},
    {"InitiatingProcessFileName", "ParentImage"},
    {"InitiatingProcessCommandLine", "ParentCommandLine"},
    {"SubjectUserName", "User"},
    {"Username", "User"},
    {"AccountName", "User"},
    {"FileName", "TargetFilename"},
    {"FilePath", "TargetFilename"},
    {"TargetFile", "TargetFilename"},
    {"DestinationAddress", "DestinationIp"},
    {"dst_ip", "DestinationIp"},
    {"RemoteIP", "DestinationIp"},
    {"src_ip", "SourceIp"},
    {"dst_port", "DestinationPort"},
    {"DestPort", "DestinationPort"},
    {"RemotePort", "DestinationPort"},
    {"DestinationHost", "DestinationHostname"},
    {"ObjectName", "TargetObject"},
    {"RegistryKey", "TargetObject"},
    {"RegistryPath", "TargetObject"},
    {"Imphash", "Hashes"},
    {"md5", "Hashes"},
    {"sha1", "Hashes"},
    {"sha256", "Hashes"},
    {"Query", "QueryName"},
    {"dns_query", "QueryName"},
    {"ImagePath", "ImageLoaded"},
    {"AccessMask", "GrantedAccess"},
};

std::string_view OtherNameFor(const Bound& bound, uint32_t type, std::string_view name) {
  for (const OtherName& other : kOtherNames) {
    if (!EqualsIgnoreCase(other.used, name)) continue;
    return SuppliedName(bound, type, [&other](std::string_view one) { return one == other.meant; });
  }
  return {};
}

void Suggest(const RuleInput& in, Reporter& out, const Instance& instance,
             const Criterion& criterion, std::string_view meant, bool only_spelling) {
  Finding* f = out.Report(kSL593, criterion.field_place, &instance, &criterion);
  if (f == nullptr) return;
  if (!only_spelling) f->severity = Severity::kNote;
  const std::string_view name = in.content.field(criterion).name;
  SayValue(in, criterion, *f, kNeverMatches,
           Cat("sensors have no field ", Quoted(name), " for ",
               TypeLabel(in.content, instance.type), ", but ", Quoted(meant)),
           "use the name that the sensor gives the field");
  const Place place = criterion.field_place;
  if (only_spelling && in.content.text().substr(place.offset, place.length) == name) {
    f->fix.push_back({place, std::string(meant)});
  }
}

// For each field: an earlier one of the same type whose name differs in case only; kNone mostly.
class Variants {
 public:
  explicit Variants(const Content& content) : fields_(content.fields()) {
    constexpr size_t kFew = 64;
    if (fields_.size() > kFew) {
      FindMany();
      return;
    }
    for (uint32_t i = 1; i < fields_.size(); ++i) {
      for (uint32_t j = 0; j < i; ++j) {
        if (fields_[i].name.size() == fields_[j].name.size() && Vary(j, i)) Add(i, j);
      }
    }
  }

  bool empty() const { return earlier_.empty(); }
  uint32_t Of(uint32_t field) const { return earlier_.empty() ? kNone : earlier_[field]; }

 private:
  bool Vary(uint32_t a, uint32_t b) const {
    return fields_[a].type == fields_[b].type && fields_[a].name != fields_[b].name &&
           EqualsIgnoreCase(fields_[a].name, fields_[b].name);
  }

  void Add(uint32_t field, uint32_t earlier) {
    if (earlier_.empty()) earlier_.assign(fields_.size(), kNone);
    if (earlier_[field] == kNone) earlier_[field] = earlier;
  }

  void FindMany() {
    absl::flat_hash_map<std::string, uint32_t> seen;
    for (uint32_t i = 0; i < fields_.size(); ++i) {
      const auto [at, added] =
          seen.try_emplace(Cat(fields_[i].type, "|", Lowercase(fields_[i].name)), i);
      if (!added && Vary(at->second, i)) Add(i, at->second);
    }
  }

  std::span<const FieldRef> fields_;
  std::vector<uint32_t> earlier_;
};

void CheckVariant(const RuleInput& in, Reporter& out, const Instance& instance,
                  const Criterion& criterion, const Variants& variants) {
  const uint32_t earlier = variants.Of(criterion.field);
  if (earlier == kNone) return;
  // Where a sensor has one of the two, the other one has been reported.
  const bool known =
      in.self.field(criterion.field).supplied.any() || in.self.field(earlier).supplied.any();
  if (known) return;
  Finding* f = out.Report(kSL593, criterion.field_place, &instance, &criterion);
  if (f == nullptr) return;
  SayValue(in, criterion, *f, "reads another field",
           Cat("the field ", Quoted(in.content.field(criterion).name), " is spelt ",
               Quoted(in.content.fields()[earlier].name), " elsewhere in the file"),
           "spell the field in one way");
}

void Check(const RuleInput& in, Reporter& out) {
  if (!IsSigmaFile(in.content)) return;
  const Variants variants(in.content);
  ForEachKey(in.content, [&](const Instance& instance, std::span<const Criterion> criteria) {
    const Criterion& criterion = criteria.front();
    if (IsKeyword(in.content, criterion)) return;
    const FieldBinding& field = in.self.field(criterion);
    const uint32_t type = in.content.field(criterion).type;
    if (field.missing.any() && field.supplied.none() && in.self.type(type).undescribed.none()) {
      const std::string_view name = in.content.field(criterion).name;
      const std::string_view spelt = SuppliedName(
          in.self, type, [name](std::string_view one) { return SpeltAlike(one, name); });
      if (!spelt.empty()) return Suggest(in, out, instance, criterion, spelt, true);
      const std::string_view other = OtherNameFor(in.self, type, name);
      if (!other.empty()) return Suggest(in, out, instance, criterion, other, false);
    }
    if (!variants.empty()) CheckVariant(in, out, instance, criterion, variants);
  });
}

}  // namespace

const Rule kSL593 = {
    {"SL593", "field-name-spelling", Severity::kWarning, Category::kHygiene,
     "a field is spelt in another way than sensors or the file spell it", kSigmaFiles},
    Check};

}  // namespace sluice
