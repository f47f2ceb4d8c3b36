// The formats that Sluice reads. A new format is one reader in a folder of its own and one row in
// `format.cc`.

#ifndef SLUICE_PARSER_FORMAT_H_
#define SLUICE_PARSER_FORMAT_H_

#include <span>
#include <string_view>
#include <vector>

#include "parser/annotation.h"
#include "parser/reader.h"

namespace sluice {

struct Format {
  std::string_view kind;  // "sysmon-blob", as `--kind` takes it
  bool binary;
  // Whether the file is of this kind, judged by its bytes alone. Cheap: looks at the first
  // kilobytes.
  bool (*recognise)(std::string_view bytes);
  ReadResult (*read)(Bytes bytes, const ReadOptions& options);
  // In ascending order of offset, as far as the bytes make sense; nullptr for texts. With `around`,
  // at least those that touch these places and their neighbours; otherwise all.
  std::vector<Annotation> (*annotate)(std::string_view bytes, const ReadOptions& options,
                                      std::span<const Place> around);
};

std::span<const Format> Formats();

// By kind; nullptr when there is none.
const Format* FindFormat(std::string_view kind);

// The format that recognises the bytes; nullptr when none does.
const Format* RecogniseFormat(std::string_view bytes);

// Whether the name ends in ".xml", in any case.
bool IsCalledXml(std::string_view path);

// As `RecogniseFormat`, for a file that was found in a folder, and that nobody named. Source files
// and documents quote content: XML must begin with '<', or have a name that ends in ".xml", and
// Sigma's ends in ".yml" or ".yaml".
const Format* RecogniseFoundFormat(std::string_view path, std::string_view bytes);

}  // namespace sluice

#endif  // SLUICE_PARSER_FORMAT_H_
