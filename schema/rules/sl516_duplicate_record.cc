// SL516 duplicate-record
//
// Two records of one event are equal in everything.
//
// The second one never decides, and the count matters: with more than one record an event that none
// of them matches is dropped, whatever their defaults say.
//
// Fix: remove the copy.
//
// Source: Sysmon rule blob, section 6.2; Cloudflare, 18 November 2025 (duplicate rows).

#include <algorithm>
#include <vector>

#include "schema/criterion_key.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL516;

namespace {

// Positions of groups in their own instance, so that two instances can be compared.
uint32_t GroupPosition(const Instance& instance, const Criterion& criterion) {
  return criterion.group == kNone ? kNone : criterion.group - instance.groups.begin;
}

// What can be told of a record without reading its criteria.
uint64_t ShapeHash(const Instance& instance) {
  uint64_t hash = MixHash(instance.type, static_cast<uint64_t>(instance.record_default));
  hash = MixHash(hash, static_cast<uint64_t>(instance.combine));
  return MixHash(MixHash(hash, instance.groups.size()), instance.criteria.size());
}

uint64_t RecordHash(const Content& content, const Instance& instance) {
  uint64_t hash = ShapeHash(instance);
  for (const Criterion& criterion : content.criteria(instance)) {
    hash = MixHash(hash, TestHash(content, criterion));
    hash = MixHash(hash, FoldedHash(criterion.name));
    hash = MixHash(hash, GroupPosition(instance, criterion));
  }
  return hash;
}

bool SameRecord(const Content& content, const Instance& a, const Instance& b) {
  if (a.type != b.type || a.record_default != b.record_default || a.combine != b.combine)
    return false;
  const bool same_groups =
      std::ranges::equal(content.groups(a), content.groups(b), [](const Group& x, const Group& y) {
        return x.combine == y.combine && x.name == y.name && x.criteria.size() == y.criteria.size();
      });
  return same_groups && std::ranges::equal(content.criteria(a), content.criteria(b),
                                           [&](const Criterion& x, const Criterion& y) {
                                             return SameTest(content, x, y) && x.name == y.name &&
                                                    GroupPosition(a, x) == GroupPosition(b, y);
                                           });
}

// The records whose shape another has too: few, in most files.
std::vector<uint32_t> Alike(const Content& content) {
  KeyTable shapes(content.instances().size());
  std::vector<bool> alike(content.instances().size());
  for (uint32_t i = 0; i < content.instances().size(); ++i) {
    const uint32_t first = shapes.FindOrAdd(ShapeHash(content.instances()[i]), i);
    if (first != kNone) alike[first] = alike[i] = true;
  }
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < alike.size(); ++i) {
    if (alike[i]) found.push_back(i);
  }
  return found;
}

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon || content.instances().size() < 2) return;
  const std::vector<uint32_t> alike = Alike(content);
  KeyTable table(alike.size());
  for (const uint32_t i : alike) {
    const Instance& instance = content.instances()[i];
    const uint32_t first = table.FindOrAdd(RecordHash(content, instance), i);
    if (first == kNone || !SameRecord(content, content.instances()[first], instance)) continue;
    if (Finding* f = out.Report(kSL516, instance.place, &instance)) {
      Say(*f, "never decides",
          Cat("an earlier record of ", TypeLabel(content, instance.type), " is equal to this one"),
          "remove the copy");
    }
  }
}

}  // namespace

const Rule kSL516 = {{"SL516", "duplicate-record", Severity::kWarning, Category::kHygiene,
                      "two records of one event are equal in everything", kSysmonContent},
                     Check};

}  // namespace sluice
