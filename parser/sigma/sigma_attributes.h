// What a Sigma document says outside of its selections, as attributes of its instance.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_ATTRIBUTES_H_
#define SLUICE_PARSER_SIGMA_SIGMA_ATTRIBUTES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "parser/sigma/sigma_context.h"

namespace sluice {

class SigmaAttributes {
 public:
  explicit SigmaAttributes(SigmaContext& context) : context_(context) {}

  // Adds the value of a key, and all that stands in it, to the open instance. `path` is the
  // attribute's key, `key_place` that of the last key in it. Linear in what it visits, through
  // aliases too, within the context's steps.
  void Add(std::string_view path, Place key_place, uint32_t value);

  // Adds the value alone: a list or map without what stands in it. The node that an alias leads to.
  uint32_t AddOne(std::string_view path, Place key_place, uint32_t value, bool item = false);

  // The keys that repeat in a mapping are irregularities: `fatal` ones, and `detection` and
  // `logsource` anyway.
  void AddRepeatedKeys(uint32_t mapping, bool fatal);

  // "parent.key"; ".key" when that is over kMaxSigmaPathBytes, and `key` when that is, too. `key`
  // must last as long as the content.
  std::string_view Path(std::string_view parent, std::string_view key);

 private:
  struct Frame {
    uint32_t at;   // the next key or item
    uint32_t end;  // behind the last
    bool map;
    std::string_view path;
    Place key_place;
  };
  void Visit(std::string_view path, Place key_place, uint32_t value, bool item);
  void Step();

  SigmaContext& context_;
  std::vector<Frame> frames_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_ATTRIBUTES_H_
