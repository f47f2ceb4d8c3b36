// SL541 title-too-long
//
// The title has more characters than Sigma allows, 256; or, as a note, more than 110, which the
// views of most consoles cut.
//
//   title: Suspicious Execution Of A Program That ... And Writes A File To A Folder That ...
//
// Fix: say what the rule finds; why and how belong to the description.
//
// Source: Sigma specification 2.1.0, Sigma rules, "title".

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL541;

namespace {

constexpr size_t kMostLetters = 256;
constexpr size_t kLettersInALine = 110;

size_t CodePoints(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* title = ScalarOf(in.content, instance, "title");
    if (title == nullptr || title->value.size() <= kLettersInALine) return;
    const size_t letters = CodePoints(title->value);
    if (letters <= kLettersInALine) return;
    Finding* f = out.Report(kSL541, title->place, &instance);
    if (f == nullptr) return;
    const bool over = letters > kMostLetters;
    if (!over) f->severity = Severity::kNote;
    Say(*f, over ? kRefusedByTools : "is cut in lists of alerts",
        Cat("the title has ", letters, " characters"),
        Cat("write at most ", over ? kMostLetters : kLettersInALine));
  });
}

}  // namespace

const Rule kSL541 = {
    {"SL541", "title-too-long", Severity::kWarning, Category::kHygiene,
     "a title that does not fit into a line, or is longer than Sigma allows", kSigmaFiles},
    Check};

}  // namespace sluice
