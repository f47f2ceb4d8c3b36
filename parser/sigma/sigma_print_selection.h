// The selections of a rule, put together again from their criteria.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_PRINT_SELECTION_H_
#define SLUICE_PARSER_SIGMA_SIGMA_PRINT_SELECTION_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "parser/yaml/yaml_write.h"
#include "schema/content.h"

namespace sluice {

class SigmaSelectionPrinter {
 public:
  SigmaSelectionPrinter(const Content& content, YamlWriter& writer)
      : content_(content), writer_(writer) {}

  // Writes what stands under the name of a selection that is not empty. False, with nothing
  // written, when its criteria are not all that it says: a placeholder stands for no value.
  bool Print(const SigmaSelection& selection);

 private:
  // A key with its values, or plain values in a row.
  struct Item {
    uint32_t first;  // criterion
    uint32_t end;
  };
  // Where the items of one map begin; it ends with the next, or with the last item.
  using Groups = std::vector<size_t>;

  bool Parse(std::span<const ConditionToken> tokens);
  bool TakeItem(std::span<const ConditionToken>& tokens);
  bool TakeValue(std::span<const ConditionToken>& tokens, uint32_t item, uint32_t position);
  bool TakeMap(uint32_t count);
  std::span<const Item> ItemsOf(size_t group) const;

  const Written& WrittenOf(uint32_t criterion) const {
    return *content_.written(content_.criteria()[criterion]);
  }
  bool IsKeyword(const Item& item) const;
  bool IsPlainList(std::span<const Item> items) const;
  void PrintMap(std::span<const Item> items);
  void PrintValues(const Item& item);
  void PrintValue(const Written& written);

  const Content& content_;
  YamlWriter& writer_;
  std::vector<Item> items_;
  Groups groups_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_PRINT_SELECTION_H_
