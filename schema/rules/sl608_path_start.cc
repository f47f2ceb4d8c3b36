// SL608 path-start
//
// A value that has to be a whole path, or its beginning, and is none.
//
// Paths of files begin with a drive, or with `\\`. A bare file name, or a path that begins at the
// root of some drive, is equal to no path and begins none.
//
//   Image: 'cmd.exe'
//   TargetFilename|startswith: '\Windows\Temp\'
//   Image|startswith: ':\Program Files'
//
// Fix: use `endswith` with `\` before a file name, `contains` for folders.
//
// Source: Windows naming of files, paths and namespaces; Sysmon's events.

#include <algorithm>
#include <array>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_fields.h"
#include "schema/text.h"

namespace sluice {

extern const Rule kSL608;

namespace {

// `\` and one more that is none: not a network path, and not a device.
bool BeginsAtRoot(std::string_view text) {
  if (text.size() < 2 || text[0] != '\\' || text[1] == '\\') return false;
  for (const std::string_view object :
       {"\\Device\\", "\\??\\", "\\SystemRoot\\", "\\DosDevices\\"}) {
    const size_t size = std::min(object.size(), text.size());
    if (EqualsIgnoreCase(text.substr(0, size), object.substr(0, size))) return false;
  }
  return true;
}

// A name with the ending of a program, and no folder: "System" and "Registry" are none.
bool IsBareFile(std::string_view text) {
  if (text.size() < 5 || text.find_first_of("\\/:") != std::string_view::npos) return false;
  constexpr std::array<std::string_view, 5> kEndings = {".exe", ".dll", ".sys", ".com", ".scr"};
  return std::ranges::any_of(kEndings, [&](std::string_view ending) {
    return EqualsIgnoreCase(text.substr(text.size() - ending.size()), ending);
  });
}

bool IsNoPath(Operator op, std::string_view text) {
  const bool starts = op == Operator::kStartsWith;
  if (!starts && op != Operator::kEquals) return false;
  return BeginsAtRoot(text) || text.starts_with(":\\") || (!starts && IsBareFile(text));
}

void Report(const RuleInput& in, Reporter& out, const Instance& instance,
            const Criterion& criterion) {
  Finding* f = out.Report(kSL608, in.content.operands(criterion)[0].place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = FieldLabel(in.content, in.self, criterion);
  Say(*f, kNeverMatches,
      Cat(f->field, " holds a whole path, which ",
          criterion.op == Operator::kEquals ? "is never " : "never begins with ",
          Quoted(in.content.written(criterion)->value)),
      "use endswith for a file name, with '\\' before it, and contains for folders");
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!IsWindowsSensorRule(in, instance)) return;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      if (!IsPathText(criterion) || criterion.operands.size() != 1) continue;
      if (!IsNoPath(criterion.op, in.content.operand_text(criterion))) continue;
      if (HoldsPath(in.content.field(criterion).name)) Report(in, out, instance, criterion);
    }
  });
}

}  // namespace

const Rule kSL608 = {{"SL608", "path-start", Severity::kWarning, Category::kHygiene,
                      "a value that has to be a whole path, or begin one, and cannot", kSigmaFiles},
                     Check};

}  // namespace sluice
