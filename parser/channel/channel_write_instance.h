// Adds the instances of one content to a draft: for channel_write*.cc only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_INSTANCE_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_INSTANCE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/channel/channel_draft.h"
#include "parser/channel/channel_write_condition.h"
#include "parser/channel/channel_write_types.h"
#include "parser/channel/channel_writer.h"
#include "schema/content.h"
#include "schema/place.h"

namespace sluice {

class ChannelInstanceWriter {
 public:
  // `sources` are the positions in the draft of the content's own sources; without any, `source` is
  // that of the content itself, or kNone.
  ChannelInstanceWriter(const Content& content, const Contract* reference,
                        std::vector<uint32_t> sources, uint32_t source, ChannelTypeTable& types,
                        ChannelConditionWriter& condition, ChannelDraft& draft);

  // The draft is as it was where there is a problem.
  std::optional<ChannelProblem> Add(const Instance& instance);
  // A declared type that no instance uses.
  std::optional<ChannelProblem> AddType(uint32_t type);

 private:
  using Problem = std::optional<ChannelProblem>;
  // How long the arrays of the draft are.
  struct Mark {
    size_t types, fields, instances, criteria, operands, condition, groups, pool;
  };

  Mark MarkNow() const;
  void ShrinkTo(const Mark& mark, uint32_t type);

  Problem Check(const Instance& instance) const;
  Problem FindType(uint32_t type);
  Problem AddParts(const Instance& instance, uint32_t type);
  Problem AddCriteria(const Instance& instance, uint32_t type);
  Problem AddCriterion(const Criterion& criterion, uint32_t type);
  Problem FindField(const Criterion& criterion, uint32_t type, uint32_t* position);
  Problem AddGroups(const Instance& instance);
  Problem AddText(std::string_view text, Place place, std::string_view what, Range* out);
  Problem CheckSize(Place place) const;
  template <typename Item>
  Origin OriginOf(const Item& item);

  const Content& content_;
  const Contract* reference_;
  const std::vector<uint32_t> sources_;
  const uint32_t source_;
  ChannelTypeTable& types_;
  ChannelConditionWriter& condition_;
  ChannelDraft& draft_;
  std::optional<LineTable> lines_;
  std::vector<uint32_t> type_positions_;  // in the draft, by type of the content
};

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_INSTANCE_H_
