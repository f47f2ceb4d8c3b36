// The one form that a condition has in a channel file: for channel_write*.cc only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_CONDITION_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_CONDITION_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "schema/content.h"

namespace sluice {

// Why the format cannot hold something.
struct ChannelProblem {
  Place place;
  std::string why;
};

// Brings conditions into their canonical form: criteria in the order of their first use, those that
// are not used left out, runs of one operator as chains to the left, nothing doubled, nothing of
// one operand. Takes linear time and no stack of calls; its memory serves the next condition again.
class ChannelConditionWriter {
 public:
  // `tokens` are postfix and leave one result; `criteria` are those of their instance.
  std::optional<ChannelProblem> Write(std::span<const ConditionToken> tokens, Range criteria);

  // The criteria that are used, as positions among those of the instance, in their new order.
  const std::vector<uint32_t>& criteria() const { return criteria_; }
  // As the file has them; empty: all of `criteria()` must match.
  const std::vector<uint32_t>& tokens() const { return tokens_; }

 private:
  using Kind = ConditionToken::Kind;
  // A result, and what it is made of.
  struct Node {
    Kind kind = Kind::kCriterion;
    uint32_t value = 0;  // kCriterion: position among those of the instance; kAtLeast: how many
    uint32_t operands = 0;
    uint32_t first = kNone;  // operand
    uint32_t last = kNone;
    uint32_t next = kNone;  // the next operand of the same node
    Place place;
  };
  // A node that is being written.
  struct Open {
    uint32_t node;
    uint32_t operand;  // the next one to write
    uint32_t written = 0;
  };

  // Each returns false once `problem_` says why.
  bool Read(const ConditionToken& token, Range criteria);
  bool Join(Kind kind, uint32_t value, uint32_t count, Place place);
  bool ReadAtLeast(const ConditionToken& token);
  bool WriteTree(uint32_t root);
  bool WriteToken(Kind kind, uint32_t value, uint32_t takes, Place place);
  bool EndOperand(Open& open);
  bool Fail(Place place, std::string why);

  void Negate(Place place);
  uint32_t Add(const Node& node);
  void Append(uint32_t operand, Node& to);
  uint32_t Position(uint32_t criterion);
  bool IsPlain() const;

  std::vector<Node> nodes_;
  std::vector<uint32_t> stack_;
  std::vector<Open> open_;
  std::vector<uint32_t> positions_;  // by old position; kNone where a criterion is not used yet
  std::vector<uint32_t> criteria_;
  std::vector<uint32_t> tokens_;
  uint32_t results_ = 0;
  std::optional<ChannelProblem> problem_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_WRITE_CONDITION_H_
