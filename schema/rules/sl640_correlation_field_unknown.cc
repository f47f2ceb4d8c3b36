// SL640 correlation-field-unknown
//
// A correlation groups by a field, or takes the values of one, that the events of its rules have
// not.
//
// The rules are those of the same file, and their log source one that a contract describes. A name
// under `aliases` stands for other fields.
//
//   correlation:
//     rules: [failed_logon]
//     group-by: [Usr]                 # User
//
// Fix: write the field as the sensor names it, or give it as an alias.
//
// Source: Sigma specification 2.1.0, Sigma correlation rules, "group-by", "aliases", "condition".

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"
#include "schema/sigma_spelling.h"

namespace sluice {

extern const Rule kSL640;

namespace {

constexpr size_t kMaxLookups = 4096;  // of a field in a log source, in one file

class Checker {
 public:
  Checker(const RuleInput& in, Reporter& out) : in_(in), content_(in.content), out_(out) {
    for (const Instance& instance : content_.instances()) {
      if (instance.role != InstanceRole::kRule) continue;
      if (!instance.id.empty()) types_.try_emplace(Lowercase(instance.id), instance.type);
      const Attribute* name = ScalarOf(content_, instance, "name");
      if (name != nullptr) types_.try_emplace(std::string(name->value), instance.type);
    }
  }

  void CheckCorrelation(const Instance& instance) {
    if (types_.empty() || !FindTypes(instance)) return;
    FindAliases(instance);
    for (const Attribute& attribute : content_.attributes(instance)) {
      const bool field =
          attribute.key == "correlation.group-by" || attribute.key == "correlation.condition.field";
      if (!field || !IsScalar(attribute) || IsBlank(attribute)) continue;
      if (!aliases_.contains(std::string(attribute.value))) CheckField(instance, attribute);
    }
  }

  bool exhausted() const { return lookups_ >= kMaxLookups; }

 private:
  // The log sources of the rules. False unless all of them are known.
  bool FindTypes(const Instance& instance) {
    log_sources_.clear();
    for (const Attribute& attribute : content_.attributes(instance)) {
      if (attribute.key != "correlation.rules" || !IsScalar(attribute)) continue;
      auto found = types_.find(std::string(attribute.value));
      if (found == types_.end()) found = types_.find(Lowercase(attribute.value));
      if (found == types_.end() || !IsDescribed(found->second)) return false;
      // Contracts describe some dozens.
      if (std::ranges::find(log_sources_, found->second) == log_sources_.end()) {
        log_sources_.push_back(found->second);
      }
    }
    return !log_sources_.empty();
  }

  bool IsDescribed(uint32_t type) const {
    return type != kNone && in_.self.type(type).supported.any() &&
           in_.self.type(type).undescribed.none();
  }

  void FindAliases(const Instance& instance) {
    constexpr std::string_view kPrefix = "correlation.aliases.";
    aliases_.clear();
    for (const Attribute& attribute : content_.attributes(instance)) {
      if (!attribute.key.starts_with(kPrefix)) continue;
      aliases_.insert(std::string(attribute.key.substr(kPrefix.size())));
    }
  }

  void CheckField(const Instance& instance, const Attribute& field) {
    for (const uint32_t type : log_sources_) {
      if (++lookups_ >= kMaxLookups) return;
      const auto is = [&](std::string_view one) { return one == field.value; };
      if (!SuppliedName(in_.self, type, is).empty()) continue;
      const std::string_view meant = SuppliedName(
          in_.self, type, [&](std::string_view one) { return SpeltAlike(one, field.value); });
      Finding* f = out_.Report(kSL640, field.place, &instance);
      if (f == nullptr) return;
      f->field = Printable(field.value);
      Say(*f, "finds nothing to compare",
          Cat("events of ", TypeLabel(content_, type), " have no field ", Quoted(field.value),
              meant.empty() ? "" : ", but ", meant.empty() ? "" : Quoted(meant)),
          "write the field as the sensor names it, or give it as an alias");
      return;
    }
  }

  const RuleInput& in_;
  const Content& content_;
  Reporter& out_;
  // The log sources of the file's rules, by id in lower case and by name.
  absl::flat_hash_map<std::string, uint32_t> types_;
  // Of one correlation.
  std::vector<uint32_t> log_sources_;
  absl::flat_hash_set<std::string> aliases_;
  size_t lookups_ = 0;
};

void Check(const RuleInput& in, Reporter& out) {
  const bool any = IsSigmaFile(in.content) &&
                   std::ranges::any_of(in.content.instances(), [](const Instance& instance) {
                     return instance.role == InstanceRole::kCorrelation;
                   });
  if (!any) return;
  Checker checker(in, out);
  for (const Instance& instance : in.content.instances()) {
    if (instance.role == InstanceRole::kCorrelation && !checker.exhausted()) {
      checker.CheckCorrelation(instance);
    }
  }
  if (checker.exhausted()) {
    out.NotChecked("fields that correlations group by (SL640)", "there are too many",
                   /*requested=*/true);
  }
}

}  // namespace

const Rule kSL640 = {{"SL640", "correlation-field-unknown", Severity::kWarning, Category::kHygiene,
                      "a correlation groups by a field that its events have not", kSigmaFiles},
                     Check};

}  // namespace sluice
