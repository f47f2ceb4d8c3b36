// Reads Sigma: rules, correlations and filters, as many documents as a file holds.
// docs/sigma.md says how each thing is read.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_READER_H_
#define SLUICE_PARSER_SIGMA_SIGMA_READER_H_

#include <string_view>

#include "parser/reader.h"

namespace sluice {

// Whether a text has the keys of Sigma in its first `kMaxYamlBytes`: `detection` or `logsource` at
// the left margin, or `title` with `correlation`, `filter` or `action`.
bool LooksLikeSigma(std::string_view bytes);

// Malformed: what is no YAML, and a file without a document. Over a limit: the limits of YAML, and
// those of Sigma in schema/limits.h. Everything else is content: each document is an instance, with
// what is wrong with it as irregularities. In time linear in the text, with what aliases repeat.
// Source: Sigma specification 2.1.0.
ReadResult ReadSigma(Bytes bytes, const ReadOptions& options);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_READER_H_
