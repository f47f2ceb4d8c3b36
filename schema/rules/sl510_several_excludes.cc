// SL510 several-excludes
//
// An event has several records, and all of them are onmatch="exclude".
//
// One such record logs what it does not match. With two or more records, an event that none of them
// matches is dropped: nothing of that event is logged at all any more.
//
//   <DnsQuery onmatch="exclude"> ... </DnsQuery>
//   <DnsQuery onmatch="exclude"> ... </DnsQuery>     <!-- nothing is logged now -->
//
// Fix: put all conditions into one record.
//
// Source: Sysmon rule blob, section 6.2 (step 3).

#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL510;

namespace {

struct Records {
  uint32_t excluding = 0;
  bool including = false;
  const Instance* second = nullptr;
};

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon || content.instances().size() < 2) return;
  const std::vector<uint32_t> classes = RecordClasses(content);
  std::vector<Records> by_class(content.types().size());
  for (const Instance& instance : content.instances()) {
    Records& records = by_class[classes[instance.type]];
    if (!DefaultIncludes(content, in.self, instance)) {
      records.including = true;
    } else if (++records.excluding == 2) {
      records.second = &instance;
    }
  }
  for (const Records& records : by_class) {
    if (records.excluding < 2 || records.including) continue;
    if (Finding* f = out.Report(kSL510, records.second->place, records.second)) {
      Say(*f, "drops what no record matches",
          Cat(TypeLabel(content, records.second->type), " has ", records.excluding,
              " records, all of them onmatch=\"exclude\": what none of them matches is dropped "
              "too"),
          "put their conditions into one record");
    }
  }
}

}  // namespace

const Rule kSL510 = {
    {"SL510", "several-excludes", Severity::kWarning, Category::kHygiene,
     "several records of one event, all exclude: unmatched events are lost", kSysmonContent},
    Check};

}  // namespace sluice
