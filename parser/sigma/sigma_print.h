// Writes Sigma content back as YAML, from the model: canonical, without the comments, anchors and
// layout of the file it came from. docs/sigma.md, "Printing", says how.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_PRINT_H_
#define SLUICE_PARSER_SIGMA_SIGMA_PRINT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "schema/content.h"
#include "schema/place.h"

namespace sluice {

// A document that says something that the model does not hold.
struct SigmaUnprintable {
  uint32_t instance = 0;  // in Content::instances()
  Place place;            // of what is not held, in Content::text()
  std::string why;        // "this value has no meaning under its modifiers"
};

struct SigmaPrint {
  std::string text;  // every document of the content; empty when one is refused
  // One for each document that cannot be printed, with the first thing that stands against it.
  std::vector<SigmaUnprintable> refused;

  bool ok() const { return refused.empty(); }
};

// `content` must be of kind "sigma". What is printed reads back, with the same placeholders, as
// content of the same meaning (`SameMeaning`), and printing that gives the same text. A rule that
// is incomplete is printed when the model holds all of it: one whose condition does not parse, say.
// Linear in the content.
SigmaPrint PrintSigma(const Content& content);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_PRINT_H_
