// SL512 white-space-around
//
// An operand, or an item of a list, begins or ends with white space.
//
// Sysmon trims nothing: the blank is part of what is compared. In `contains any` with "a; b" the
// second item is " b". A single `contains` or `excludes` with blanks around a word is a common way
// to ask for the whole word, and only a note.
//
//   <Image condition="end with">
//     \cmd.exe
//   </Image>                          <!-- ends with a line break -->
//
// Fix: remove the white space.
//
// Source: Sysmon rule blob, sections 5.1 and 7.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL512;

namespace {

bool IsWhite(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool WhiteAround(std::string_view text) {
  return !text.empty() && (IsWhite(text.front()) || IsWhite(text.back()));
}

// The first such item of a list; empty when there is none.
std::string_view ItemWhiteAround(std::string_view list) {
  // Most lists have none at all, and lists can be long.
  if (std::ranges::none_of(list, IsWhite)) return {};
  for (size_t begin = 0; begin <= list.size();) {
    const size_t end = std::min(list.find(';', begin), list.size());
    const std::string_view item = list.substr(begin, end - begin);
    if (WhiteAround(item)) return item;
    begin = end + 1;
  }
  return {};
}

// Blanks, and no line breaks or tabs, in a condition that looks for a part of the value.
bool AsksForWord(Operator op, std::string_view operand) {
  const bool part = op == Operator::kSysmonContains || op == Operator::kSysmonExcludes;
  return part && operand.find_first_of("\t\n\v\f\r") == std::string_view::npos &&
         operand.find_first_not_of(' ') != std::string_view::npos;
}

// Line breaks and tabs come from the layout of the file, and nobody means them. Blanks may be
// meant.
void Mend(const Content& content, Place place, std::string_view part, Finding& f) {
  constexpr std::string_view kWhite = " \t\n\v\f\r";
  if (part.find_first_of("\t\n\v\f\r") == std::string_view::npos) return;
  const size_t begin = part.find_first_not_of(kWhite);
  if (begin == std::string_view::npos || content.binary()) return;
  if (content.text().substr(place.offset, place.length) != part) return;
  const std::string_view bare = part.substr(begin, part.find_last_not_of(kWhite) + 1 - begin);
  f.fix.push_back({place, std::string(bare)});
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (criterion.operands.empty()) return;
    const Operand& operand = in.content.operands(criterion).front();
    const bool list = TakesList(criterion.op);
    const std::string_view part = list ? ItemWhiteAround(operand.text) : operand.text;
    if (!WhiteAround(part)) return;
    const Place place = PlaceOf(in.content, operand, part);
    Finding* f = out.Report(kSL512, place, &instance, &criterion);
    if (f == nullptr) return;
    if (AsksForWord(criterion.op, operand.text)) f->severity = Severity::kNote;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, "compares the white space too",
        Cat(OperatorLabel(criterion), " ", Quoted(operand.text), " on ", f->field, " of ",
            TypeLabel(in.content, instance.type), " has white space around ",
            list ? "an item" : "the value"),
        "remove the white space, unless it is meant");
    Mend(in.content, place, part, *f);
  });
}

}  // namespace

const Rule kSL512 = {{"SL512", "white-space-around", Severity::kWarning, Category::kHygiene,
                      "an operand or list item begins or ends with white space", kSysmonContent},
                     Check};

}  // namespace sluice
