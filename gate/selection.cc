#include "gate/selection.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "schema/text.h"

namespace sluice {
namespace {

bool Matches(const Rule& rule, std::string_view selector) {
  if (EqualsIgnoreCase(rule.info.name, selector)) return true;
  // "SL2" selects every SL2xx; the letters alone select nothing.
  return selector.size() >= 3 &&
         EqualsIgnoreCase(rule.info.id.substr(0, selector.size()), selector);
}

bool MatchesAny(const Rule& rule, const std::vector<std::string>& selectors) {
  return std::ranges::any_of(selectors, [&](const std::string& s) { return Matches(rule, s); });
}

absl::Status CheckKnown(const std::vector<std::string>& selectors) {
  for (const std::string& selector : selectors) {
    if (std::ranges::any_of(Rules(), [&](const Rule* r) { return Matches(*r, selector); }))
      continue;
    return absl::InvalidArgumentError(absl::StrCat("no rule is called \"", Printable(selector),
                                                   "\"; `sluice rules` lists them all"));
  }
  return absl::OkStatus();
}

absl::Status CheckIgnored(const std::vector<std::string>& ignore) {
  for (const Rule* rule : Rules()) {
    if (rule->info.category == Category::kMalformed && MatchesAny(*rule, ignore)) {
      return absl::InvalidArgumentError(absl::StrCat(
          std::string(rule->info.id), " cannot be ignored: a malformed file is never a pass"));
    }
  }
  return absl::OkStatus();
}

// "the text form of channel content", "sysmon-blob files".
std::string KindText(const Content& content) {
  if (content.kind() != "content-text") return absl::StrCat(std::string(content.kind()), " files");
  return absl::StrCat("the text form of ", std::string(Name(content.dialect())), " content");
}

}  // namespace

absl::StatusOr<Selection> Selection::Make(std::vector<std::string> select,
                                          std::vector<std::string> ignore) {
  absl::Status status = CheckKnown(select);
  status.Update(CheckKnown(ignore));
  status.Update(CheckIgnored(ignore));
  if (!status.ok()) return status;
  Selection selection;
  bool any_asked_for = false;
  for (const Rule* rule : Rules()) {
    const bool named = MatchesAny(*rule, select);
    const bool always = rule->info.category == Category::kMalformed;
    const bool wanted = (named || select.empty()) && !MatchesAny(*rule, ignore);
    if (always || wanted) selection.rules_.push_back(rule);
    any_asked_for |= wanted && (named || !always);
  }
  if (!any_asked_for) {
    return absl::InvalidArgumentError(
        "every rule that is selected is ignored too, so nothing would be checked");
  }
  selection.select_ = std::move(select);
  return selection;
}

bool Selection::SpeaksOf(const Content& content, bool fleet,
                         std::vector<NotChecked>& silent) const {
  const ContentClass kind = ClassOf(content);
  bool any = select_.empty();
  const size_t before = silent.size();
  for (const std::string& selector : select_) {
    bool named = false;
    bool speaks = false;
    bool would_speak = false;
    for (const Rule* rule : rules_) {
      if (!Matches(*rule, selector)) continue;
      named = true;
      speaks |= rule->info.scope.SpeaksOf(kind, fleet);
      would_speak |= rule->info.scope.SpeaksOf(kind, /*fleet=*/true);
    }
    any |= speaks;
    // All that it names may be ignored as well: then nobody wants it.
    if (speaks || !named) continue;
    silent.push_back({"", Printable(selector),
                      would_speak ? "it says nothing without a fleet"
                                  : absl::StrCat("it says nothing about ", KindText(content)),
                      false});
  }
  for (size_t i = before; !any && i < silent.size(); ++i) silent[i].requested = true;
  return any;
}

bool Selection::AsksForFleet() const {
  return !select_.empty() && std::ranges::any_of(rules_, [&](const Rule* rule) {
    return rule->info.scope.needs_fleet() && MatchesAny(*rule, select_);
  });
}

}  // namespace sluice
