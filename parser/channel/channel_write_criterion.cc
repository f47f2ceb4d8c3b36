#include "parser/channel/channel_write_criterion.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

namespace layout = channel::criterion;

// The model numbers flags, time parts and shared operators as the format does.
static_assert(kNegated == layout::kNegated && kCased == layout::kCased &&
              kEnvironment == layout::kEnvironment && kFlagS == layout::kDotAll &&
              kFlagM == layout::kMultiLine && kNumeric == layout::kNumeric);
static_assert(static_cast<int>(Operator::kWildcard) ==
                  static_cast<int>(channel::Operator::kWildcard) &&
              static_cast<int>(Operator::kIpNetwork) ==
                  static_cast<int>(channel::Operator::kIpNetwork) &&
              static_cast<int>(Operator::kFieldEndsWith) ==
                  static_cast<int>(channel::Operator::kFieldEndsWith));
static_assert(static_cast<int>(TimePart::kYear) == static_cast<int>(channel::TimePart::kYear));
static_assert(static_cast<int>(ValueType::kTime) == static_cast<int>(channel::ValueType::kTime));
static_assert(static_cast<int>(Dialect::kSigma) == static_cast<int>(channel::Dialect::kSigma) &&
              static_cast<int>(Binding::kByName) == static_cast<int>(channel::Binding::kByName));
static_assert(static_cast<int>(Combine::kAnd) == static_cast<int>(channel::Combine::kAll) &&
              static_cast<int>(RecordDefault::kTypeDefault) ==
                  static_cast<int>(channel::RecordDefault::kOfType));

std::string FlagName(uint8_t flags) {
  if (flags & kNegated) return "negated";
  if (flags & kCased) return "cased";
  if (flags & kEnvironment) return "environment";
  if (flags & kFlagS) return "dot-all";
  return flags & kFlagM ? "multi-line" : "numeric";
}

std::string OperandsProblem(const channel::OperatorFormat& format, uint32_t count) {
  using channel::OperandCount;
  if (count > channel::kMaxOperandsOfCriterion) {
    return absl::StrCat("has ", count, " operands, the limit is ",
                        channel::kMaxOperandsOfCriterion);
  }
  if (format.operands == OperandCount::kNo && count != 0) return "takes no operand";
  if (format.operands == OperandCount::kOne && count != 1) {
    return absl::StrCat("takes one operand, there are ", count);
  }
  return format.operands == OperandCount::kSome && count == 0 ? "has no operand" : "";
}

}  // namespace

uint8_t ChannelOperator(Operator op) {
  if (!IsSysmon(op)) return static_cast<uint8_t>(op);
  return static_cast<uint8_t>(static_cast<int>(channel::Operator::kSysmonFirst) +
                              static_cast<int>(op) - static_cast<int>(Operator::kSysmonIs));
}

std::optional<ChannelProblem> CheckChannelCriterion(const Content& content,
                                                    const Criterion& criterion, uint8_t* flags) {
  const Place place =
      criterion.operator_place.length > 0 ? criterion.operator_place : criterion.place;
  if (criterion.op == Operator::kUnknown) {
    return ChannelProblem{
        place, absl::StrCat("there is no operator \"", Printable(criterion.operator_text), "\"")};
  }
  const channel::OperatorFormat& format = *channel::FindOperator(ChannelOperator(criterion.op));
  const std::string name = absl::StrCat("the operator ", Abseil(Info(criterion.op).name), " ");
  const bool sysmon = content.dialect() == Dialect::kSysmon;
  if (!(sysmon ? format.sysmon : format.others)) {
    return ChannelProblem{
        place, absl::StrCat(name, "is none of ", Abseil(Name(content.dialect())), " content")};
  }
  *flags = criterion.flags;
  if ((format.flags & kCased) == 0) *flags &= static_cast<uint8_t>(~kCased);
  if (const uint8_t more = *flags & ~format.flags; more != 0) {
    return ChannelProblem{place, absl::StrCat(name, "cannot be ", FlagName(more))};
  }
  if (criterion.time_part != TimePart::kWhole && !format.time_part) {
    return ChannelProblem{place, absl::StrCat(name, "takes no part of a time")};
  }
  const std::string operands = OperandsProblem(format, criterion.operands.size());
  if (!operands.empty()) return ChannelProblem{criterion.place, absl::StrCat(name, operands)};
  return std::nullopt;
}

std::optional<ChannelProblem> CheckChannelText(std::string_view text, Place place,
                                               std::string_view what) {
  if (text.size() > channel::kMaxStringBytes) {
    return ChannelProblem{place, absl::StrCat(Abseil(what), " has ", text.size(),
                                              " bytes, the limit is ", channel::kMaxStringBytes)};
  }
  if (ValidUtf8Prefix(text) == text.size()) return std::nullopt;
  return ChannelProblem{place, absl::StrCat(Abseil(what), " is not UTF-8: ", Printable(text))};
}

}  // namespace sluice
