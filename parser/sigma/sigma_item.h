// A key of a detection map with its values, or a run of keywords: criteria and the tokens that
// combine them.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_ITEM_H_
#define SLUICE_PARSER_SIGMA_SIGMA_ITEM_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "parser/sigma/sigma_apply.h"
#include "parser/sigma/sigma_context.h"

namespace sluice {

class SigmaItemReader {
 public:
  explicit SigmaItemReader(SigmaContext& context) : context_(context) {}

  // Reads `values`, nodes that `SigmaContext::Follow` has given, under the key `key`, or as
  // keywords for kNoYamlNode. Adds criteria of template type `type`, and tokens that leave one
  // value on the stack, whatever is wrong.
  void Read(uint32_t type, uint32_t key, std::string_view key_text,
            std::span<const uint32_t> values, bool in_list);

 private:
  void AddProblems(std::span<const SigmaProblem> problems, bool of_key);
  // The tests from `begin` to `end`, which come from one value; leaves one value on the stack.
  void AddValue(std::span<const SigmaTest> tests);
  void AddCriterion(uint32_t position, Criterion criterion);
  void AddCombination(uint32_t count, Combine combine);
  bool ReadPlain();
  void CheckRegex(const SigmaTest& test);
  void AddOperands(const SigmaTest& test);
  Place WholePlace(uint32_t value) const;

  SigmaContext& context_;
  // Of the item that is read.
  uint32_t type_ = 0;
  uint32_t key_node_ = kNoYamlNode;
  std::string_view key_text_;
  std::string_view modifiers_;
  Place field_place_;
  Place operator_place_;
  uint32_t field_ = 0;
  uint32_t first_ = 0;  // its first criterion
  bool in_list_ = false;
  SigmaKey key_;
  std::span<const uint32_t> nodes_;
  std::vector<SigmaScalar> scalars_;
  std::vector<Operand> operands_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_ITEM_H_
