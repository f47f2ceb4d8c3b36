// Conditions of a channel file as the content model has them: for channel_read*.cc only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_READ_CONDITION_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_READ_CONDITION_H_

#include <cstdint>
#include <vector>

#include "parser/channel/channel_view.h"
#include "schema/content_builder.h"

namespace sluice {

// Its memory serves the next condition again.
class ChannelConditionReader {
 public:
  explicit ChannelConditionReader(const ChannelView& view) : view_(view) {}

  // Adds the condition of an instance whose criteria begin at `first` in the content. A chain of
  // one operator becomes one token, which stands where the last of the chain does.
  void Read(const ChannelInstance& instance, uint32_t first, ContentBuilder& builder);

 private:
  void Take(const ConditionToken& token, uint32_t results);

  const ChannelView& view_;
  std::vector<ConditionToken> tokens_;
  std::vector<uint32_t> stack_;  // for each result the token that gives it
};

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_READ_CONDITION_H_
