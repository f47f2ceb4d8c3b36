// Generated headers and the compilers that tests try them with.

#ifndef SLUICE_TESTS_GATE_CODEGEN_TESTING_H_
#define SLUICE_TESTS_GATE_CODEGEN_TESTING_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/codegen.h"
#include "parser/config/contract_reader.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/shared_data.h"

namespace sluice {

struct Compiler {
  const char* command;
  CodegenLanguage language;
  bool runs;  // what it makes runs here

  std::string extension() const { return language == CodegenLanguage::kC ? ".c" : ".cc"; }
  std::string flags() const {
    return absl::StrCat(language == CodegenLanguage::kC ? "-std=c11" : "-std=c++17",
                        " -Wall -Wextra -Werror -pedantic -Wshadow");
  }
};

inline constexpr Compiler kCompilers[] = {
    {"gcc", CodegenLanguage::kC, true},
    {"clang", CodegenLanguage::kC, true},
    {"x86_64-w64-mingw32-gcc", CodegenLanguage::kC, false},
    {"g++", CodegenLanguage::kCpp, true},
    {"clang++", CodegenLanguage::kCpp, true},
    {"x86_64-w64-mingw32-g++", CodegenLanguage::kCpp, false},
};

struct Ran {
  bool ok;
  std::string said;  // on both streams
};

// Runs a command line of the shell.
inline Ran RunShell(const ScratchFolder& folder, const std::string& command) {
  const std::string log = (folder.path() / "log").string();
  const int code = std::system(absl::StrCat("(", command, ") > ", log, " 2>&1").c_str());
  return {code == 0, *Slurp(log)};
}

inline std::string Header(const Contract& contract, CodegenLanguage language) {
  const absl::StatusOr<std::string> header = GenerateHeader(contract, language);
  EXPECT_TRUE(header.ok()) << header.status();
  return header.value_or("");
}

// The contract of the sensors in tests/codegen/.
inline std::unique_ptr<OwnedContract> Acme() {
  const std::string path = "tests/codegen/acme-7.11.textproto";
  absl::StatusOr<std::unique_ptr<OwnedContract>> acme = ReadContract(*Slurp(path), path);
  EXPECT_TRUE(acme.ok()) << acme.status();
  return *std::move(acme);
}

// A contract of the sensor "hostile" with one template type for each list of field names. Views
// the names.
class NamedContract {
 public:
  explicit NamedContract(
      const std::vector<std::pair<std::string, std::vector<std::string>>>& types) {
    fields_.reserve(types.size());
    for (const auto& [name, fields] : types) {
      std::vector<ContractField>& list = fields_.emplace_back();
      for (const std::string& field : fields) list.push_back({.name = field});
      types_.push_back(
          {.name = name, .id = static_cast<uint32_t>(types_.size() + 1), .fields = list});
    }
    contract_.sensor = "hostile";
    contract_.version = "1";
    contract_.types = types_;
  }
  NamedContract(const NamedContract&) = delete;
  NamedContract& operator=(const NamedContract&) = delete;

  const Contract& contract() const { return contract_; }

 private:
  std::vector<std::vector<ContractField>> fields_;
  std::vector<ContractType> types_;
  Contract contract_;
};

}  // namespace sluice

#endif  // SLUICE_TESTS_GATE_CODEGEN_TESTING_H_
