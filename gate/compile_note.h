// Notes about places of one content, with lines where it is a text.

#ifndef SLUICE_GATE_COMPILE_NOTE_H_
#define SLUICE_GATE_COMPILE_NOTE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gate/compile.h"
#include "schema/content.h"
#include "schema/place.h"

namespace sluice {

class CompileNotes {
 public:
  // `content` must outlive it.
  CompileNotes(std::string path, const Content& content)
      : path_(std::move(path)), content_(content) {}

  // `instance` is in Content::instances(), or kNone. Lines are looked for at the first call.
  CompileNote Make(Place place, uint32_t instance, std::string_view why,
                   std::string_view rule = {});

 private:
  std::string path_;
  const Content& content_;
  std::optional<LineTable> lines_;
};

}  // namespace sluice

#endif  // SLUICE_GATE_COMPILE_NOTE_H_
