// What dumps and excerpts call the items of a channel file, and what its numbers mean in words.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_NAMES_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "parser/channel/channel_outline.h"

namespace sluice {

// Names of items by their positions in their sections, also those of a broken file. They count from
// 1, as messages do. Safe to print.
class ChannelNames {
 public:
  explicit ChannelNames(const ChannelOutline* outline) : outline_(*outline) {}

  std::string Contract(uint32_t contract) const;    // contract 1 "sysmon@4.50"
  std::string Type(uint32_t type) const;            // type 1 "NamedPipe"
  std::string Field(uint32_t field) const;          // field 21 of type 1 "NamedPipe"
  std::string Instance(uint32_t instance) const;    // instance 7 "1006"
  std::string TypeOf(uint32_t instance) const;      // type 1 "NamedPipe"; "" when it has none
  std::string Criterion(uint32_t criterion) const;  // criterion 4 of instance 7 "1006"
  std::string Token(uint32_t token) const;          // token 3 of instance 7 "1006"
  std::string Group(uint32_t group) const;          // group 1 of instance 7 "1006"
  std::string Use(uint32_t string) const;           // id of instance 7; "of nothing"

  // What a criterion reads: "20 = security_descriptor", "any field".
  std::string FieldRead(uint32_t criterion, uint32_t field) const;

 private:
  // `what` and the position of an item in the one that owns it, and the name of that.
  std::string Owned(std::string_view what, uint32_t item, channel::Section owners,
                    channel::Field end) const;

  const ChannelOutline& outline_;
};

// In words: "2 = sigma"; "9 = unknown" for what the page does not define.
std::string ChannelMagicMeaning(std::string_view bytes);
std::string ChannelDialectMeaning(uint32_t value);
std::string ChannelBindingMeaning(uint32_t value);
std::string ChannelSectionMeaning(uint32_t id);
std::string ChannelTypeFlagsMeaning(uint32_t flags);
std::string ChannelValueTypeMeaning(uint32_t value);
std::string ChannelOperatorMeaning(uint32_t value);
std::string ChannelFlagsMeaning(uint32_t flags);
std::string ChannelTimePartMeaning(uint32_t value);
std::string ChannelTokenMeaning(uint32_t token);
std::string ChannelDefaultMeaning(uint32_t value);
std::string ChannelCombineMeaning(uint32_t value);

// `text` in quotation marks, safe to print.
std::string ChannelQuoted(std::string_view text, size_t limit);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_NAMES_H_
