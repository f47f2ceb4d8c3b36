// Writes compiled Sigma, a channel file or its text form, as Sigma rules: one for each instance.
// docs/sigma.md, "Printing", says what comes back of a rule and what does not.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_PRINT_COMPILED_H_
#define SLUICE_PARSER_SIGMA_SIGMA_PRINT_COMPILED_H_

#include "parser/sigma/sigma_print.h"
#include "schema/content.h"

namespace sluice {

// `content` is of the dialect sigma, and of another kind than "sigma". Each document has the
// title, the id, the log source and a detection that means the same; compiled again, it gives the
// same criteria and the same condition. Refused are, with their place in `content`: types that are
// no log sources; criteria and conditions that no rule can say. Linear in the content.
SigmaPrint PrintCompiledSigma(const Content& content);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_PRINT_COMPILED_H_
