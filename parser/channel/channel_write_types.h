// The template types of a channel file that is being written: for channel_write*.cc only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_TYPES_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_TYPES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "parser/channel/channel_draft.h"
#include "parser/channel/channel_write_condition.h"
#include "schema/content.h"
#include "schema/contract.h"

namespace sluice {

class ChannelTypeTable {
 public:
  ChannelTypeTable(Binding binding, ChannelDraft& draft) : binding_(binding), draft_(draft) {}

  // The position in the draft of a type of the content, which is added on its first use. Every step
  // returns a problem where the format cannot hold it; the draft is as it was then.
  std::optional<ChannelProblem> Find(const Content& content, const TemplateType& type,
                                     const Contract* reference, uint32_t* position);

  // The position of a field among those of a type of the draft; of one that declares nothing it is
  // added on its first use.
  std::optional<ChannelProblem> FindField(const FieldRef& field, Place place, uint32_t type,
                                          uint32_t* position);

  // Takes back what was added since there were `types` types, and `fields` fields of this one.
  void Shrink(size_t types, uint32_t type, size_t fields);

 private:
  std::optional<ChannelProblem> Declare(const Content& content, const TemplateType& type,
                                        const Contract* reference, ChannelDraft::Type& out) const;
  std::optional<ChannelProblem> DeclareByReference(const TemplateType& type,
                                                   const Contract* reference,
                                                   ChannelDraft::Type& out) const;
  static std::optional<ChannelProblem> Check(const ChannelDraft::Type& type, Place place);

  const Binding binding_;
  ChannelDraft& draft_;
  absl::flat_hash_map<std::pair<std::string, uint32_t>, uint32_t> types_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_TYPES_H_
