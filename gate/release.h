// Runs the rules that look across the files of a run, once all of them have been read.

#ifndef SLUICE_GATE_RELEASE_H_
#define SLUICE_GATE_RELEASE_H_

#include <span>
#include <vector>

#include "gate/file_reporter.h"
#include "schema/rule.h"

namespace sluice {

// Whether any of the rules looks across files: otherwise `FileResults::instances` is not needed.
bool LooksAcrossFiles(std::span<const Rule* const> rules);

// Adds what `check_release` of the rules finds to the files that it stands in, in order, with
// totals and fingerprints; suppressed findings are taken out. Uses up `FileResults::instances`.
// What is found depends on the order of `files` only. With `excerpts` the files of findings are
// read again; one that has changed since gets none.
void CheckRelease(std::span<const Rule* const> rules, bool excerpts,
                  std::vector<FileResults>& files);

}  // namespace sluice

#endif  // SLUICE_GATE_RELEASE_H_
