#include "tests/engine/generate_channel.h"

#include <string>

#include "tests/engine/generate_text.h"

namespace sluice::naive {
namespace {

// docs/channel-format.md, "Criteria".
constexpr uint8_t kWildcard = 1, kEquals = 2, kContains = 3, kStartsWith = 4, kEndsWith = 5;
constexpr uint8_t kGlob = 6, kRegex = 7, kLess = 9, kGreaterOrEqual = 12;
constexpr uint8_t kNetwork = 13, kExists = 14, kIsNull = 15, kIsEmpty = 16, kFieldEquals = 17;
constexpr uint8_t kNegated = 1, kCased = 2, kDotAll = 8, kMultiLine = 16, kNumeric = 32;

class CriterionMaker {
 public:
  CriterionMaker(NaiveRandom& random, const NaiveType& type, std::vector<Hint>* hints)
      : random_(random), type_(type), hints_(*hints) {}

  void Make(NaiveCriterion* criterion) {
    if (criterion->op == kWildcard) return;
    name_ = criterion->field == kNaiveNone ? "" : type_.fields[criterion->field].name;
    // What compares fields needs one, and one to compare with.
    const bool fields = criterion->field != kNaiveNone;
    criterion->op = static_cast<uint8_t>(kEquals + random_.Below(fields ? 19 : 15));
    criterion->flags = random_.OneIn(5) ? kNegated : 0;
    criterion->time_part = 0;
    criterion->operands.clear();
    const uint8_t op = criterion->op;
    if (op == kIsNull || op == kIsEmpty) {
      if (op == kIsEmpty) AddHint("");
      return;
    }
    if (op == kExists) {
      criterion->operands = {OneOf(random_, {"true", "false"})};
      AddHint("x");
      return;
    }
    const bool numbers = (op >= kLess && op <= kGreaterOrEqual) || (op == kEquals && Half());
    if (numbers) {
      if (random_.OneIn(3)) criterion->time_part = static_cast<uint8_t>(1 + random_.Below(6));
      if (op == kEquals && criterion->time_part == 0) criterion->flags |= kNumeric;
    } else if (op != kNetwork) {
      if (random_.OneIn(3)) criterion->flags |= kCased;
    }
    if (op == kRegex) {
      if (Half()) criterion->flags |= kDotAll;
      if (Half()) criterion->flags |= kMultiLine;
    }
    for (uint32_t i = 1 + random_.Below(3); i > 0; --i) {
      criterion->operands.push_back(numbers ? NumberOf(*criterion) : TextOf(*criterion));
    }
  }

 private:
  bool Half() { return random_.OneIn(2); }
  void AddHint(const std::string& text) { hints_.push_back({EventField::kText, name_, text}); }

  std::string NumberOf(const NaiveCriterion& criterion) {
    if (criterion.time_part != 0) {
      AddHint(RandomDate(random_));
      return OneOf(random_, {"1", "2", "7", "8", "9", "10", "12"});
    }
    const std::string number = RandomNumber(random_);
    AddHint(LikeNumber(random_, number));
    return number;
  }

  std::string TextOf(const NaiveCriterion& criterion) {
    if (criterion.op == kNetwork) {
      const std::string network = RandomNetwork(random_);
      AddHint(AddressNear(random_, network));
      return network;
    }
    if (criterion.op == kRegex) {
      const GeneratedRegex regex = RandomRegex(random_);
      AddHint(regex.text);
      return regex.pattern;
    }
    if (criterion.op == kGlob) {
      const std::string glob = RandomValue(random_, 4);
      AddHint(Instantiate(random_, ReadPattern(glob)));
      return glob;
    }
    if (criterion.op >= kFieldEquals) {
      const std::string other = OneOf(random_, type_.fields).name;
      const std::string text = RandomText(random_, 2);
      hints_.push_back({EventField::kText, other, text});
      AddHint(Around(criterion.op - kFieldEquals + kEquals, InOtherCase(random_, text)));
      return other;
    }
    const std::string text = RandomText(random_, 3);
    AddHint(Around(criterion.op, InOtherCase(random_, text)));
    return text;
  }

  std::string Around(int op, std::string text) {
    if (op == kContains || op == kEndsWith) text = RandomText(random_, 1) + text;
    if (op == kContains || op == kStartsWith) text += RandomText(random_, 1);
    return text;
  }

  NaiveRandom& random_;
  const NaiveType& type_;
  std::vector<Hint>& hints_;
  std::string name_;
};

}  // namespace

GeneratedChannel RandomChannel(NaiveRandom& random) {
  GeneratedChannel made;
  do {
    made.channel = RandomNaive(&random);
  } while (made.channel.dialect == 1 || made.channel.instances.empty());
  made.channel.contracts.clear();
  // Those of the dialect channel, where types have to be declared, and fields to have names.
  for (NaiveType& type : made.channel.types) {
    if (made.channel.dialect == 0) type.declared = true;
    for (size_t i = 0; i < type.fields.size(); ++i) {
      if (type.declared) type.fields[i].name = "f" + std::to_string(i);
    }
  }
  made.hints.resize(made.channel.instances.size());
  for (const NaiveType& type : made.channel.types) {
    for (uint32_t i = type.first_instance; i < type.instances_end; ++i) {
      NaiveInstance& instance = made.channel.instances[i];
      instance.id = "i" + std::to_string(i);
      for (NaiveCriterion& criterion : instance.criteria) {
        CriterionMaker(random, type, &made.hints[i]).Make(&criterion);
      }
    }
  }
  return made;
}

}  // namespace sluice::naive
