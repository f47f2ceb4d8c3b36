// SL616 selection-name-misspelt
//
// A selection whose name is one letter away from "selection", "filter" or "keywords".
//
// Patterns such as `1 of selection_*` leave it out without a word.
//
//   selectoin_parent:
//     ParentImage|endswith: '\winword.exe'
//
// Fix: correct the name here and in the condition.
//
// Source: SigmaHQ rule conventions (names of selections and filters).

#include <algorithm>
#include <array>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/text.h"

namespace sluice {

extern const Rule kSL616;

namespace {

constexpr std::array<std::string_view, 3> kNames = {"selection", "filter", "keywords"};

// The letters in front: "selection" of "selection_img" and of "selection1".
std::string_view Stem(std::string_view name) {
  return name.substr(0, std::min(name.find_first_of("_-0123456789"), name.size()));
}

// Whether one letter too many, too few, another one, or two in the wrong order make the difference.
bool IsOneOff(std::string_view text, std::string_view name) {
  const size_t most = std::min(text.size(), name.size());
  size_t front = 0;
  while (front < most && text[front] == name[front]) ++front;
  size_t back = 0;
  while (back < most - front && text[text.size() - 1 - back] == name[name.size() - 1 - back])
    ++back;
  const size_t left = text.size() - front - back;
  const size_t right = name.size() - front - back;
  if (left == 2 && right == 2) {
    return text[front] == name[front + 1] && text[front + 1] == name[front];
  }
  return left <= 1 && right <= 1 && left + right > 0;
}

// The name that was meant; empty when it is right, or another one. "selections" and "keyword" are
// other ones.
std::string_view Meant(std::string_view stem) {
  for (const std::string_view name : kNames) {
    if (stem.size() + 1 < name.size() || stem.size() > name.size() + 1) continue;
    if (stem == name || stem.starts_with(name) || name.starts_with(stem)) continue;
    if (IsOneOff(stem, name)) return name;
  }
  return {};
}

void Check(const RuleInput& in, Reporter& out) {
  if (!IsSigmaFile(in.content)) return;
  for (const Instance& instance : in.content.instances()) {
    for (const SigmaSelection& selection : in.content.selections(instance)) {
      const std::string_view meant = Meant(Stem(selection.name));
      if (meant.empty()) continue;
      Finding* f = out.Report(kSL616, selection.name_place, &instance);
      if (f == nullptr) continue;
      Say(*f, "is left out of patterns",
          Cat("the name ", Quoted(selection.name), " is nearly ", Quoted(meant)),
          "correct the name here and in the condition");
    }
  }
}

}  // namespace

const Rule kSL616 = {{"SL616", "selection-name-misspelt", Severity::kNote, Category::kHygiene,
                      "a selection whose name is nearly one of the usual ones", kSigmaFiles},
                     Check};

}  // namespace sluice
