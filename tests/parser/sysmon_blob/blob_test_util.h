// What the tests of the blob reader share.

#ifndef SLUICE_TESTS_PARSER_SYSMON_BLOB_BLOB_TEST_UTIL_H_
#define SLUICE_TESTS_PARSER_SYSMON_BLOB_BLOB_TEST_UTIL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/sysmon_blob.pb.h"
#include "parser/reader.h"
#include "schema/contract.h"
#include "schema/self_contract.h"

namespace sluice {

// The description in protobuf text form; fails the test when it does not parse.
corpus::SysmonBlob ParseBlob(std::string_view text);
// The bytes of that description.
std::string BuildBlob(std::string_view text);

// Reads the bytes; names come from `TestContracts()`.
ReadResult ReadBlob(std::string bytes);
// Options with the contracts of one sensor of binary version 15: ProcessCreate (1) with the fields
// RuleName, UtcTime and Image, and a nameless event 4.
const ReadOptions& TestOptions();

uint32_t Get32(std::string_view bytes, size_t at);
void Set32(std::string* bytes, size_t at, uint32_t value);

// Fails the test unless every index and range of the content is in bounds and every place is inside
// the file.
void ExpectConsistent(const Content& content);

// Two sound blobs of at most 4 KB that have every kind of record between them.
std::string SmallBlob();  // groups, several events
std::string PlainBlob();  // no groups

// The paths of the real blobs; empty without the shared data.
std::vector<std::string> RealBlobs();
std::string ReadFile(const std::string& path);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_SYSMON_BLOB_BLOB_TEST_UTIL_H_
