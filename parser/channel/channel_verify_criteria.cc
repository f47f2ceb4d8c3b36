#include "parser/channel/channel_lanes.h"
#include "parser/channel/channel_verify.h"

namespace sluice {
namespace {

using channel::AnyOf;
using channel::kLanes;
using channel::Lanes;
using channel::Load32;
using channel::LoadLanes;
using channel::Operator;
using channel::SetLane;
using channel::Signed;
using channel::SignedLanes;

// The operator, flags, time part and zero byte of a criterion as one number, and its fields.
constexpr uint32_t kFlagsAt = 8, kTimePartAt = 16;
// Added to the number, it carries into a bit of its own for time part 7, the only one of three bits
// that does not exist.
constexpr uint32_t kTimePartStep = uint32_t{1} << kTimePartAt, kTimePartCarry = kTimePartStep << 3;

// What an operator takes, for tests without branches.
struct Takes {
  uint32_t forbidden;      // bits of the number
  uint32_t operands;       // at least
  uint32_t more_operands;  // so many above `operands` at most
  uint32_t any_field;      // 1: takes no field, too
};

struct Operators {
  Takes of[256];
};

// No number of operands is right for an operator that is not there.
constexpr Takes kNothing = {0xFFFFFFFF, 0x80000000, 0, 0};

constexpr Takes TakesOf(const channel::OperatorFormat& row, bool sysmon) {
  const uint32_t allowed =
      0xFF | uint32_t{row.flags} << kFlagsAt | (row.time_part ? uint32_t{7} << kTimePartAt : 0);
  const bool some = row.operands == channel::OperandCount::kSome;
  return {~allowed, row.operands == channel::OperandCount::kNo ? uint32_t{0} : 1,
          some ? channel::kMaxOperandsOfCriterion - 1 : 0,
          !sysmon && row.first != Operator::kWildcard};
}

constexpr Operators MakeOperators(bool sysmon) {
  Operators operators = {};
  for (Takes& takes : operators.of) takes = kNothing;
  for (const channel::OperatorFormat& row : channel::kOperators) {
    if (!(sysmon ? row.sysmon : row.others)) continue;
    for (uint32_t i = static_cast<uint8_t>(row.first); i <= static_cast<uint8_t>(row.last); ++i) {
      operators.of[i] = TakesOf(row, sysmon);
    }
  }
  return operators;
}

constexpr uint64_t kAllUsed = 0x0101010101010101;  // 8 fields

constexpr Operators kSysmonOperators = MakeOperators(true);
constexpr Operators kOtherOperators = MakeOperators(false);

// Most criteria have one of a few operators that take the same: they are looked at kLanes together.
struct Common {
  uint32_t first;  // operators
  uint32_t count;
  uint32_t flags;
  uint32_t most_operands;  // and at least 1
};

constexpr Common kSysmonCommon = {64, 16, channel::criterion::kEnvironment, 1};
constexpr Common kOtherCommon = {static_cast<uint32_t>(Operator::kEquals), 7, channel::kText,
                                 channel::kMaxOperandsOfCriterion};

// Whether all of them take that at least.
constexpr bool AreCommon(const Operators& operators, const Common& common) {
  for (uint32_t number = common.first; number < common.first + common.count; ++number) {
    const Takes& takes = operators.of[number];
    if ((takes.forbidden & (0xFF | common.flags << kFlagsAt)) != 0 || takes.operands != 1 ||
        takes.more_operands != common.most_operands - 1) {
      return false;
    }
  }
  return true;
}
static_assert(AreCommon(kSysmonOperators, kSysmonCommon));
static_assert(AreCommon(kOtherOperators, kOtherCommon));

constexpr uint32_t kStride = 12;
constexpr uint32_t kMostAlone = 64;
constexpr uint32_t kFew = 16;  // fewer are done sooner one by one

// kLanes criteria that follow upon another, as the numbers that they are, three each: what is left
// of it, after the end of the one before is taken away from an end of operands, is below a bound.
class CommonCriteria {
 public:
  CommonCriteria(const Common& common, uint32_t fields) {
    const Column field = {0, 0xFFFFFFFF, 0, fields};
    const Column number = {0, ~(common.flags << kFlagsAt), common.first, common.count};
    const Column end = {0xFFFFFFFF, 0xFFFFFFFF, 1, common.most_operands};
    const Column columns[3] = {field, number, end};
    for (uint32_t i = 0; i < 3 * kLanes; ++i) {
      const Column& column = columns[i % 3];
      const uint32_t part = i / kLanes, lane = i % kLanes;
      SetLane(&before_[part], lane, column.before);
      SetLane(&bits_[part], lane, column.bits);
      SetLane(&least_[part], lane, column.least + kSign);
      SetLane(&below_[part], lane, column.below + kSign);
    }
  }

  // Whether something is not as it is in most; `at` is the first.
  bool AreNot(const uint8_t* at) const {
    return AnyOf(Wrong(at, 0) | Wrong(at, 1) | Wrong(at, 2)) != 0;
  }

 private:
  struct Column {
    uint32_t before;  // the bits that are taken away
    uint32_t bits;    // that are looked at
    uint32_t least;
    uint32_t below;  // so many from there
  };
  static constexpr uint32_t kSign = 0x80000000;  // to compare as signed

  SignedLanes Wrong(const uint8_t* at, uint32_t part) const {
    at += size_t{4} * kLanes * part;
    const Lanes before = LoadLanes(at - kStride) & before_[part];
    const Lanes value = ((LoadLanes(at) - before) & bits_[part]) - least_[part];
    return Signed(value) >= Signed(below_[part]);
  }

  Lanes before_[3], bits_[3], least_[3], below_[3];
};

}  // namespace

bool ChannelVerifier::Criteria() {
  namespace layout = channel::type;
  uint32_t begin = 0, end = 0;
  for (uint32_t i = 0; i < Count(Section::kTypes); ++i, begin = end) {
    const uint8_t* type = At(Section::kTypes, i);
    const uint32_t instances = Load32(type + layout::kInstancesEnd.offset);
    if (instances > 0) {
      end = Value(Section::kInstances, instances - 1, channel::instance::kCriteriaEnd);
    }
    const bool declared = (type[layout::kFlags.offset] & layout::kDeclared) != 0;
    if (declared && begin == end) continue;
    if (!CriteriaOfType(view_.types()[i], {begin, end})) return false;
  }
  return true;
}

// All criteria of one type, which bounds their fields.
bool ChannelVerifier::CriteriaOfType(const ChannelType& type, ChannelRange criteria) {
  namespace layout = channel::criterion;
  const Takes* operators = (Is(channel::Dialect::kSysmon) ? kSysmonOperators : kOtherOperators).of;
  const uint32_t fields = type.fields.size();
  uint8_t used[channel::kMaxFieldsOfType + 8];  // one past the fields for what is none of them
  for (uint32_t i = 0; i < fields; ++i) used[i] = 0;
  for (uint32_t i = fields; i < fields + 8; ++i) used[i] = 1;
  const uint8_t* at = At(Section::kCriteria, criteria.begin);
  uint32_t before = criteria.begin == 0 ? 0 : Load32(at - kStride + layout::kOperandsEnd.offset);
  uint32_t bad = 0, ends = 0, carry = 0;
  const auto look = [&](uint32_t count) {
    for (; count > 0; --count, at += kStride) {
      const uint32_t field = Load32(at + layout::kField.offset);
      const uint32_t number = Load32(at + layout::kOperator.offset);
      const uint32_t end = Load32(at + layout::kOperandsEnd.offset);
      const Takes& takes = operators[number & 0xFF];
      // No field is the largest number: one more is 0.
      bad |= field + takes.any_field >= fields + takes.any_field;
      bad |= number & takes.forbidden;
      carry |= number + kTimePartStep;
      bad |= end - before - takes.operands > takes.more_operands;
      used[field < fields ? field : fields] = 1;
      ends |= end;
      before = end;
    }
  };
  uint32_t left = criteria.size();
  if (left < kFew) {
    look(left);
    left = 0;
  } else if (criteria.begin == 0) {
    look(1);
    --left;
  }
  uint32_t next = kLanes;  // criteria that are looked at one by one, when some are not common
  if (left >= kLanes) {
    const CommonCriteria common(Is(channel::Dialect::kSysmon) ? kSysmonCommon : kOtherCommon,
                                fields);
    while (left >= kLanes) {
      if (common.AreNot(at)) {
        // Looked at for nothing: less often where others were before.
        const uint32_t count = left < next ? left : next;
        look(count);
        left -= count;
        if (next < kMostAlone) next *= 2;
        continue;
      }
      next = kLanes;
      for (uint32_t i = 0; i < kLanes; ++i) used[Load32(at + kStride * i)] = 1;
      at += kStride * kLanes;
      left -= kLanes;
      before = Load32(at - kStride + layout::kOperandsEnd.offset);
      ends |= before;
    }
  }
  look(left);
  if ((bad | ends >> 31 | (carry & kTimePartCarry)) != 0) {
    for (uint32_t i = criteria.begin; i < criteria.end; ++i) {
      if (!Criterion(type, i)) return false;
    }
  }
  return type.declared || AllUsed(type, used);
}

// `used` has 1 for each field that is, and behind them as often as makes their number a multiple
// of 8.
bool ChannelVerifier::AllUsed(const ChannelType& type, const uint8_t* used) {
  uint64_t all = kAllUsed;
  for (uint32_t i = 0; i < type.fields.size(); i += 8) all &= channel::Load64(used + i);
  for (uint32_t i = 0; all != kAllUsed && i < type.fields.size(); ++i) {
    if (used[i] != 0) continue;
    return Fail(Code::kUnused, Section::kFields, type.fields.begin + i, channel::field::kValueType,
                i, 0);
  }
  return true;
}

// One criterion, to say what is wrong with it.
bool ChannelVerifier::Criterion(const ChannelType& type, uint32_t index) {
  namespace layout = channel::criterion;
  constexpr Section kCriteria = Section::kCriteria;
  const bool sysmon = Is(channel::Dialect::kSysmon);
  const ChannelCriterion criterion = view_.criteria()[index];
  const auto number = static_cast<uint8_t>(criterion.op);
  const channel::OperatorFormat* row = channel::FindOperator(number);
  if (row == nullptr || !(sysmon ? row->sysmon : row->others)) {
    return Fail(Code::kWrongOperator, kCriteria, index, layout::kOperator, number, 0);
  }
  const uint32_t fields = type.fields.size();
  if (criterion.field == channel::kNone) {
    if (sysmon || criterion.op == Operator::kWildcard) {
      return Fail(Code::kAnyField, kCriteria, index, layout::kField, criterion.field, fields);
    }
  } else if (criterion.field >= fields) {
    return Fail(Code::kNotBelow, kCriteria, index, layout::kField, criterion.field, fields);
  }
  if ((criterion.flags & ~row->flags) != 0) {
    return Fail(Code::kWrongFlags, kCriteria, index, layout::kFlags, criterion.flags, row->flags);
  }
  if (!AtMost(kCriteria, index, layout::kTimePart, channel::kLastTimePart) ||
      !Zero(kCriteria, index, layout::kZero)) {
    return false;
  }
  if (criterion.time_part != channel::TimePart::kWhole && !row->time_part) {
    return Fail(Code::kWrongTimePart, kCriteria, index, layout::kTimePart,
                static_cast<uint8_t>(criterion.time_part), 0);
  }
  return Operands(criterion, *row);
}

bool ChannelVerifier::Operands(const ChannelCriterion& criterion,
                               const channel::OperatorFormat& row) {
  constexpr Section kCriteria = Section::kCriteria;
  constexpr const Field& kEnd = channel::criterion::kOperandsEnd;
  const ChannelRange operands = criterion.operands;
  const uint32_t count = operands.size(), index = criterion.index;
  const uint32_t all = view_.strings_.count - view_.strings_.operands;
  if (operands.end < operands.begin) {
    return Fail(Code::kDescends, kCriteria, index, kEnd, operands.end, operands.begin);
  }
  if (operands.end > all) {
    return Fail(Code::kPastItems, kCriteria, index, kEnd, operands.end, all);
  }
  const uint32_t needed = row.operands == channel::OperandCount::kNo ? 0 : 1;
  const bool some = row.operands == channel::OperandCount::kSome;
  if (count < needed || (count > needed && !some)) {
    return Fail(Code::kWrongOperands, kCriteria, index, kEnd, count, needed);
  }
  if (count > channel::kMaxOperandsOfCriterion) {
    return Fail(Code::kPastLimit, kCriteria, index, kEnd, count, channel::kMaxOperandsOfCriterion);
  }
  return true;
}

}  // namespace sluice
