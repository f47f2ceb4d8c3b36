#include "gate/compile_note.h"

#include "absl/strings/str_cat.h"
#include "schema/text.h"

namespace sluice {
namespace {

// "rule 1234", "ProcessCreate#2".
std::string NameOf(const Content& content, const Instance& instance) {
  const std::string name = InstanceName(content, instance);
  if (content.dialect() == Dialect::kSysmon) return name;
  return absl::StrCat(Abseil(Name(instance.role)), name.empty() ? "" : " ", name);
}

}  // namespace

CompileNote CompileNotes::Make(Place place, uint32_t instance, std::string_view why,
                               std::string_view rule) {
  CompileNote note{.path = path_,
                   .binary = content_.binary(),
                   .place = place,
                   .instance = {},
                   .why = std::string(why),
                   .rule = rule};
  if (!note.binary) {
    if (!lines_) lines_.emplace(content_.text());
    const LineColumn at = lines_->Locate(place.offset);
    note.line = at.line;
    note.column = at.column;
  }
  if (instance != kNone) note.instance = NameOf(content_, content_.instances()[instance]);
  return note;
}

}  // namespace sluice
