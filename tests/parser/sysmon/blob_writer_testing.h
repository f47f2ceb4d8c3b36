// What the tests of the blob writer share.

#ifndef SLUICE_TESTS_PARSER_SYSMON_BLOB_WRITER_TESTING_H_
#define SLUICE_TESTS_PARSER_SYSMON_BLOB_WRITER_TESTING_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "corpus/sysmon_blob.pb.h"
#include "corpus/sysmon_blob_builder.h"
#include "parser/sysmon/blob_reader.h"
#include "parser/sysmon/blob_writer.h"
#include "parser/sysmon/config_reader.h"
#include "schema/contract.h"
#include "schema/self_contract.h"

namespace sluice {

inline const SelfContracts& AllContracts() {
  static const SelfContracts* const contracts = new SelfContracts(ContractSet::BuiltIn(), nullptr);
  return *contracts;
}

inline const Contract& Target(std::string_view version) {
  const Contract* const contract = ContractSet::BuiltIn().Find("sysmon", version);
  EXPECT_NE(contract, nullptr) << version;
  return *contract;
}

inline Content ReadXml(std::string xml) {
  ReadResult result = ReadSysmonConfig(std::make_shared<const std::string>(std::move(xml)),
                                       {.self_contracts = &AllContracts()});
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.malformed().message);
  if (!result.ok()) return ReadXml("<Sysmon/>");
  return std::move(result).TakeContent();
}

inline BlobWriteResult Write(const Content& content, BlobMode mode = BlobMode::kCompatible,
                             std::string_view version = "4.70") {
  absl::StatusOr<BlobWriteResult> written = WriteSysmonBlob(
      content, {.contract = &Target(version), .contracts = &ContractSet::BuiltIn()}, mode);
  EXPECT_TRUE(written.ok()) << written.status();
  return written.ok() ? *std::move(written) : BlobWriteResult();
}

// A configuration of schema 4.50 with this inside `<Sysmon>`, or inside its EventFiltering.
inline std::string Sysmon(std::string_view inside) {
  return "<Sysmon schemaversion=\"4.50\">" + std::string(inside) + "</Sysmon>";
}
inline std::string Rules(std::string_view inside) {
  return Sysmon("<EventFiltering>" + std::string(inside) + "</EventFiltering>");
}

// The bytes of a blob by its description, with the header of a 4.50 configuration and sysmon@4.70.
inline std::string Blob(std::string_view description) {
  corpus::SysmonBlob blob;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "binary_major: 15 schema_version: '4.50' " + std::string(description), &blob))
      << description;
  return BuildSysmonBlob(blob);
}

// A blob as its description, to say in which way two differ.
inline std::string Describe(const std::string& bytes) {
  if (bytes.empty()) return "no blob";
  const ReadResult read = ReadSysmonBlob(std::make_shared<const std::string>(bytes), {});
  if (!read.ok()) return read.malformed().structure + ": " + read.malformed().message;
  return DescribeSysmonBlob(read.content()).DebugString();
}

inline std::string Describe(const BlobWriteResult& result) {
  std::string all;
  for (const Refused& refused : result.refused) {
    all += "refused at " + std::to_string(refused.place.offset) + " " + std::string(refused.rule) +
           ": " + refused.why + "\n";
  }
  for (const Refused& refused : result.tolerated) {
    all += "tolerated at " + std::to_string(refused.place.offset) + " " +
           std::string(refused.rule) + ": " + refused.why + "\n";
  }
  return all;
}

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_SYSMON_BLOB_WRITER_TESTING_H_
