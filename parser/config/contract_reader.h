// Reads contracts that users bring: `sluice.v1.Contract` in protobuf text form (docs/contracts.md).
//
//   ContractSet contracts = ContractSet::BuiltIn();
//   absl::StatusOr<OwnedContracts> mine = LoadContracts("contracts/acme", &contracts);
//   if (!mine.ok()) return mine.status();
//   // `contracts` views what `mine` owns.
//
// Every error is kInvalidArgument and reads "path:line:column: what is wrong and what to do".

#ifndef SLUICE_PARSER_CONFIG_CONTRACT_READER_H_
#define SLUICE_PARSER_CONFIG_CONTRACT_READER_H_

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "parser/config/taxonomy_reader.h"
#include "schema/contract.h"

namespace sluice {

// The first line of a file that `LoadContracts` takes.
inline constexpr std::string_view kContractFirstLine = "# proto-message: sluice.v1.Contract";
inline constexpr std::string_view kTaxonomyFirstLine = "# proto-message: sluice.v1.Taxonomy";

// A contract together with what it views. Stays where it was made, since the view points into it.
class OwnedContract {
 public:
  OwnedContract(const OwnedContract&) = delete;
  OwnedContract& operator=(const OwnedContract&) = delete;

  // `contract`, which must outlive it, with other log sources.
  static std::unique_ptr<OwnedContract> WithLogSources(
      const Contract& contract, std::shared_ptr<const OwnedTaxonomy> taxonomy);

  const Contract& contract() const { return contract_; }
  void SetLogSources(std::shared_ptr<const OwnedTaxonomy> taxonomy);
  // Those of another contract, which must outlive it.
  void ViewLogSources(std::span<const LogSource> sources) { contract_.log_sources = sources; }

 private:
  friend class ContractAssembler;
  OwnedContract() = default;

  Contract contract_;
  std::deque<std::string> strings_;  // a deque never moves its elements
  std::deque<std::vector<ContractField>> fields_;
  std::vector<ContractType> types_;
  std::vector<std::string_view> aliases_;
  std::vector<std::string_view> operators_;
  std::vector<std::string_view> options_;
  std::vector<uint32_t> format_versions_;
  std::shared_ptr<const OwnedTaxonomy> taxonomy_;
};

using OwnedContracts = std::vector<std::unique_ptr<OwnedContract>>;

// Reads one contract. `path` only names it in errors. Refused, each with its place: text that is
// not of the message; no sensor or version; an unknown dialect, platform or value type; an operator
// that is neither Sluice's nor "DIALECT.NAME"; a type id or, in one type, a field name that stands
// twice (names differ by case, as sensors compare them); an undescribed type with fields; more
// types or fields than docs/limits.md allows.
absl::StatusOr<std::unique_ptr<OwnedContract>> ReadContract(std::string_view text,
                                                            std::string_view path);

// Reads every `*.textproto` directly in the folder `dir` that begins with `kContractFirstLine` or
// `kTaxonomyFirstLine`, in order of name, and adds them to `set`: each contract replaces that of
// the same sensor and version that is there. A taxonomy holds for all contracts of its sensor; its
// log sources replace those of the same name. Errors: those of `ReadContract` and `ReadTaxonomy`; a
// folder that cannot be listed or has nothing in it; two files with one sensor and version; two
// taxonomies of one sensor, or one of a sensor that has no contract, or with an event that none of
// its contracts has. After an error `set` is as it was. The result must outlive `set`.
absl::StatusOr<OwnedContracts> LoadContracts(const std::string& dir, ContractSet* set);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_CONTRACT_READER_H_
