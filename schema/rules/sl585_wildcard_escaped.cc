// SL585 wildcard-escaped
//
// A backslash before `*` in a path makes the star text.
//
// `C:\Users\*\Temp` asks for a folder that is called `*`. No file of Windows is called so: on a
// field that holds a path the criterion never matches. A command line may hold a star, so there it
// is a note, and only where the star stands as a folder (not as the host of a share: Windows writes
// `\\*\IPC$`).
//
//   Image: 'C:\Users\*\Downloads\a.exe'      # C:\Users\\*\Downloads\a.exe
//
// Fix: write `\\*`, a backslash and a wildcard. `lint --fix` does so in fields that hold paths.
//
// Source: Sigma specification 2.1.0, "Escaping".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_fields.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL585;

namespace {

// The first `\*` of the value; with `folder`, one that stands between folders.
std::string_view EscapedStar(std::string_view value, bool folder) {
  for (size_t at = value.find("\\*"); at != std::string_view::npos;
       at = value.find("\\*", at + 2)) {
    if (!IsEscaped(value, at + 1)) continue;
    const bool inside = at + 2 < value.size() && value[at + 2] == '\\';
    if (!folder || (inside && value.find_first_not_of('\\') < at)) return value.substr(at, 2);
  }
  return {};
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    if (!TestsText(criterion.op) || IsKeyword(in.content, criterion)) return;
    if (EscapedStar(written.value, false).empty()) return;
    const bool path = HoldsWindowsPath(in.content, criterion) && (criterion.flags & kNegated) == 0;
    const std::string_view star = EscapedStar(written.value, !path);
    if (star.empty()) return;
    const Place place = PartPlace(in.content, criterion, star);
    Finding* f = out.Report(kSL585, place, &instance, &criterion);
    if (f == nullptr) return;
    if (!path) f->severity = Severity::kNote;
    SayValue(in, criterion, *f, path ? kNeverMatches : "compares the wildcard as text",
             Cat("the backslash before '*' in ", ValueLabel(in.content, criterion),
                 " makes the star text"),
             "write two backslashes before the wildcard");
    if (path && InQuotes(in.content, written.value)) {
      f->fix.push_back({{place.offset, 1}, "\\\\"});
    }
  });
}

}  // namespace

const Rule kSL585 = {{"SL585", "wildcard-escaped", Severity::kWarning, Category::kHygiene,
                      "a backslash makes a wildcard in a path text", kSigmaFiles},
                     Check};

}  // namespace sluice
