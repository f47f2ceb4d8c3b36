// SL001 malformed
//
// The bytes do not parse, so nothing further in the file is believed.
//
// The message names the structure that broke, and the bound it broke: which record, at which
// offset, needs how many bytes where how few remain. In a text it gives the line and the column.
// Every other rule is silent about a malformed file.
//
// A sensor's own loader is often more lenient than this. That is the point: two readers that
// disagree about a file are how content that "passed" takes a machine down.
//
// Fix: correct a text that was written by hand at the place. Build any other file again, and
// compare its size and SHA-256 with what was built: files of zeros and files that stop in the
// middle are writes that never reached the disk.
//
// Source: Channel File 291 (files of zeros in the field), Malwarebytes 2013 (a packing tool
// corrupted the file, which shipped).

#include "schema/rule.h"

namespace sluice {

extern const Rule kSL001;
const Rule kSL001 = {
    {"SL001", "malformed", Severity::kError, Category::kMalformed,
     "the bytes do not parse; the message says which structure and which bound", kAnyContent},
    nullptr};

}  // namespace sluice
