// What the fuzz targets share: a way to fail, and what holds for whatever a reader gives back.
//
// A target holds one property. It is one file in `fuzz/targets/` with one function,
// `LLVMFuzzerTestOneInput`, which the preset `fuzz` links with libFuzzer and every other preset
// with `fuzz/smoke_main.cc`, as an ordinary test. docs/fuzzing.md says how to run and how to add
// one.

#ifndef SLUICE_FUZZ_PROPERTY_H_
#define SLUICE_FUZZ_PROPERTY_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parser/format.h"
#include "parser/reader.h"
#include "schema/content.h"
#include "schema/self_contract.h"

// The entry that libFuzzer and the smoke test call; each target defines it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace sluice {

// How many inputs since the start of the program came through as content, and how many were
// refused. The smoke tests use it to prove that their seeds reach both ways.
struct Tally {
  uint64_t accepted = 0;
  uint64_t refused = 0;
};
Tally& Inputs();

// Ends the program with `what` on standard error unless `holds`: libFuzzer keeps the input.
void Require(bool holds, std::string_view what);

// The input as readers take it.
Bytes ToBytes(const uint8_t* data, size_t size);

// Reading with the built-in contracts.
const ReadOptions& BuiltInReadOptions();

// Requires what every `Content` promises: all indices and ranges inside the arrays they point to,
// and all places inside the file (a binary) or its decoded text.
void RequireConsistent(const Content& content);

// Requires a reason and a place inside the file of `size` bytes, or inside the decoded text.
void RequireExplained(const ReadResult& result, bool binary, size_t size);

// Reads `data` as `kind`, and requires content that is consistent or a refusal that is explained.
// Counts in `Inputs()`. `kind` must be one of `Formats()`.
ReadResult ReadAnyBytes(std::string_view kind, const uint8_t* data, size_t size);

// Requires that `content` printed as text form reads back as content of the same meaning, and that
// printing that gives the same text again.
void RequirePrintsAndReadsBack(const Content& content);

}  // namespace sluice

#endif  // SLUICE_FUZZ_PROPERTY_H_
