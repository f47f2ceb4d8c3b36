// SL517 list-in-single-value
//
// An operand looks like a list, and the condition takes no list.
//
// Only `is any`, `contains any`, `contains all`, `excludes any` and `excludes all` split their
// operand at ';'. The others compare it as it stands, semicolons and all:
//
//   <CommandLine condition="contains">unload;detach</CommandLine>   <!-- looks for "unload;detach"
//   -->
//
// Fix: `contains any` (or `contains all`, `is any`, `excludes any`) for a list; for `begin with`,
// `end with` and `image` one condition for each value. An operand with blanks around a ';', or with
// nothing on one side of it, is taken for code and not for a list.
//
// Source: Sysmon rule blob, section 7.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL517;

namespace {

// Enough to tell: a list that goes on like this is one.
constexpr size_t kItemsLookedAt = 16;

bool IsWord(std::string_view item) {
  return !item.empty() && item.front() != ' ' && item.back() != ' ' &&
         item.find_first_of("()\"'=") == std::string_view::npos;
}

bool LooksLikeList(std::string_view operand) {
  if (operand.find(';') == std::string_view::npos) return false;
  const std::vector<std::string_view> items = ListItems(operand, kItemsLookedAt);
  return std::ranges::all_of(items, IsWord);
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (!IsSysmon(criterion.op) || TakesList(criterion.op) || criterion.operands.empty()) return;
    const Operand& operand = in.content.operands(criterion).front();
    if (!LooksLikeList(operand.text)) return;
    Finding* f = out.Report(kSL517, operand.place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, "compares the whole text",
        Cat(OperatorLabel(criterion), " takes no list: ", Quoted(operand.text), " on ", f->field,
            " of ", TypeLabel(in.content, instance.type), " is one value"),
        "use a condition that takes a list, or one condition for each value");
  });
}

}  // namespace

const Rule kSL517 = {{"SL517", "list-in-single-value", Severity::kWarning, Category::kHygiene,
                      "an operand with ';' for a condition that takes no list", kSysmonContent},
                     Check};

}  // namespace sluice
