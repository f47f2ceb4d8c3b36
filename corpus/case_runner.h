// Lints the cases of the corpus and compares what is found with what they say must be.

#ifndef SLUICE_CORPUS_CASE_RUNNER_H_
#define SLUICE_CORPUS_CASE_RUNNER_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "corpus/case.pb.h"
#include "schema/results.h"

namespace sluice {

// Reads, builds and lints the case at `path`. OK when the findings and the exit are as the case
// says; otherwise the message lists what is missing, what is too many, and everything that was
// found.
absl::Status RunCase(const std::string& path);

// Compares results with what must be found, as `RunCase` does.
absl::Status Compare(const corpus::Expect& expect, const Results& results);

}  // namespace sluice

#endif  // SLUICE_CORPUS_CASE_RUNNER_H_
