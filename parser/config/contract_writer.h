// Writes contracts as `sluice.v1.Contract` in protobuf text form, for people to read and review.

#ifndef SLUICE_PARSER_CONFIG_CONTRACT_WRITER_H_
#define SLUICE_PARSER_CONFIG_CONTRACT_WRITER_H_

#include <string>
#include <string_view>

#include "schema/proto/contract.pb.h"

namespace sluice {

// The whole file: the line that names the message, `comment` (lines without their '#'; may be
// empty), then every field that is set, in the order of contract.proto, one field of a type a line.
// The same contract always gives the same bytes, and `ReadContract` reads them back.
std::string WriteContract(const v1::Contract& contract, std::string_view comment);

// The name such a file goes by: "sysmon-4.22.textproto".
std::string ContractFileName(const v1::Contract& contract);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_CONTRACT_WRITER_H_
