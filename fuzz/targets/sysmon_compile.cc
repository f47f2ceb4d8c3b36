// A Sysmon configuration compiled as Sysmon compiles it is a blob that is read; a blob that prints
// as a configuration is what that configuration compiles to.

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "fuzz/property.h"
#include "parser/sysmon/blob_writer.h"
#include "parser/sysmon/config_print.h"
#include "parser/sysmon/config_reader.h"
#include "schema/contract.h"

namespace sluice {
namespace {

// The blob for a sensor version, "" when it is refused or has no rules.
std::string Compile(const Content& content, std::string_view target) {
  const ContractSet& contracts = ContractSet::BuiltIn();
  BlobTarget to{.contract = contracts.Find(target), .contracts = &contracts};
  const absl::StatusOr<BlobWriteResult> written =
      WriteSysmonBlob(content, to, BlobMode::kCompatible);
  Require(written.ok(), written.status().ToString());
  Require(written->ok() || written->bytes.empty(), "what is refused has no bytes");
  const size_t size = content.text().size();
  for (const Refused& refused : written->refused) {
    Require(!refused.why.empty(), "a refusal has a reason");
    Require(uint64_t{refused.place.offset} + refused.place.length <= size, "a refusal has a place");
  }
  return written->bytes;
}

ReadResult ReadConfig(const std::string& text) {
  return ReadSysmonConfig(std::make_shared<const std::string>(text), BuiltInReadOptions());
}

void CheckBlob(const uint8_t* data, size_t size) {
  const ReadResult read = ReadAnyBytes("sysmon-blob", data, size);
  if (!read.ok()) return;
  const ConfigPrint print = PrintSysmonConfig(read.content(), BuiltInReadOptions());
  if (!print.ok()) return;
  const ReadResult back = ReadConfig(print.text);
  Require(back.ok(), "a configuration that is printed reads back");
  const std::string_view blob(reinterpret_cast<const char*>(data), size);
  const bool same = Compile(back.content(), "sysmon@4.90") == blob ||
                    Compile(back.content(), "sysmon@4.70") == blob;
  Require(same || read.content().instances().empty(),
          "it compiles to the blob it was printed from");
}

void CheckConfig(const uint8_t* data, size_t size) {
  const ReadResult read = ReadAnyBytes("sysmon-xml", data, size);
  if (!read.ok()) return;
  for (const char* target : {"sysmon@4.70", "sysmon@4.90"}) {
    const std::string blob = Compile(read.content(), target);
    if (blob.empty()) continue;
    const auto* bytes = reinterpret_cast<const uint8_t*>(blob.data());
    Require(ReadAnyBytes("sysmon-blob", bytes, blob.size()).ok(), "a blob that is written is read");
    CheckBlob(bytes, blob.size());
  }
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (sluice::FindFormat("sysmon-blob")->recognise(*sluice::ToBytes(data, size))) {
    sluice::CheckBlob(data, size);
  } else {
    sluice::CheckConfig(data, size);
  }
  return 0;
}
