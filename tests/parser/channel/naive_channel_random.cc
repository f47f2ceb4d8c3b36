#include "tests/parser/channel/naive_channel_random.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace sluice {
namespace {

constexpr uint32_t kAnd = 1U << 28, kOr = 2U << 28, kNot = 3U << 28, kAtLeast = 4U << 28;

class Generator {
 public:
  explicit Generator(NaiveRandom* random) : random_(*random) {}

  NaiveChannel Channel() {
    channel_.content_version = random_.OneIn(4) ? 0x7FFFFFFF : 1 + random_.Below(100);
    channel_.dialect = static_cast<uint8_t>(random_.Below(3));
    channel_.binding = static_cast<uint8_t>(random_.Below(2));
    channel_.has_sysmon = channel_.dialect == 1;
    Contracts();
    channel_.types.resize(random_.Below(4));
    for (NaiveType& type : channel_.types) {
      Type(&type);
    }
    std::sort(channel_.types.begin(), channel_.types.end(), Before);
    channel_.types.erase(std::unique(channel_.types.begin(), channel_.types.end(), Same),
                         channel_.types.end());
    for (NaiveType& type : channel_.types) {
      InstancesOf(&type);
    }
    if (channel_.has_sysmon) {
      Sysmon();
    }
    if (random_.OneIn(2)) {
      Origins();
    }
    return std::move(channel_);
  }

 private:
  static bool Before(const NaiveType& a, const NaiveType& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  }
  static bool Same(const NaiveType& a, const NaiveType& b) { return !Before(a, b); }

  std::string Text() {
    static const std::vector<std::string> texts = {"",
                                                   "a",
                                                   "Image",
                                                   "CommandLine",
                                                   "4.50",
                                                   "\x7f",
                                                   "\n",
                                                   "\xc3\xa9",
                                                   "\xe6\x97\xa5\xe6\x9c\xac",
                                                   "\xf0\x9f\x98\x80",
                                                   "\xc2\x80",
                                                   "b",
                                                   "\\pipe\\*?x",
                                                   "\xed\x9f\xbf",
                                                   "\xee\x80\x80",
                                                   "\xf4\x8f\xbf\xbf"};
    if (random_.OneIn(16)) {
      return std::string(1, '\0');
    }
    return random_.OneIn(40) ? std::string(random_.Below(90), 'x')
                             : texts[random_.Below(texts.size())];
  }

  uint32_t SmallOrLargest() { return random_.OneIn(5) ? 0x7FFFFFFF : random_.Below(500); }
  uint32_t SmallOrNone() { return random_.OneIn(3) ? kNaiveNone : SmallOrLargest(); }

  void Contracts() {
    std::set<std::tuple<std::string, uint32_t, std::string>> contracts;
    for (uint32_t i = random_.Below(3); i > 0; --i) {
      contracts.emplace(Text(), random_.Below(3), Text());
    }
    for (const auto& [name, rank, version] : contracts) {
      channel_.contracts.push_back({.name = name, .version = version, .rank = rank});
    }
  }

  void Type(NaiveType* type) {
    type->name = Text();
    type->id = SmallOrNone();
    type->version = SmallOrLargest();
    type->declared = channel_.binding == 0 || random_.OneIn(2);
    type->open = random_.OneIn(2);
    std::set<std::string> names;
    for (uint32_t i = random_.Below(5); i > 0; --i) {
      names.insert(Text());
    }
    for (const std::string& name : names) {
      type->fields.push_back({.name = name, .value_type = 0});
    }
    if (!type->declared) {
      return;
    }
    for (NaiveField& field : type->fields) {
      field.value_type = static_cast<uint8_t>(random_.Below(12));
      field.name = random_.OneIn(3) ? Text() : field.name;
    }
  }

  void InstancesOf(NaiveType* type) {
    type->first_instance = static_cast<uint32_t>(channel_.instances.size());
    for (uint32_t i = random_.Below(3) + (type->declared ? 0 : 1); i > 0; --i) {
      Instance(*type);
    }
    type->instances_end = static_cast<uint32_t>(channel_.instances.size());
    if (!type->declared) {
      LeaveOutUnused(type);
    }
  }

  void Instance(const NaiveType& type) {
    NaiveInstance& instance = channel_.instances.emplace_back();
    instance.id = Text();
    instance.name = Text();
    uint32_t criteria = 0;
    if (channel_.has_sysmon) {
      criteria = type.fields.empty() ? 0 : random_.Below(4);
    } else if (random_.OneIn(2)) {
      criteria = 1 + random_.Below(4);
    } else {
      criteria = Condition(&instance.condition);
    }
    for (uint32_t i = 0; i < criteria; ++i) {
      instance.criteria.push_back(Criterion(type));
    }
    if (channel_.has_sysmon) {
      Record(&instance);
    }
  }

  NaiveCriterion Criterion(const NaiveType& type) {
    constexpr uint8_t kText = 3;
    static const std::map<uint32_t, uint8_t> flags = {{2, kText | 32}, {7, kText | 8 | 16},
                                                      {9, 1},          {10, 1},
                                                      {11, 1},         {12, 1},
                                                      {13, 1},         {14, 1},
                                                      {15, 1},         {16, 1}};
    NaiveCriterion criterion;
    const bool fields = !type.fields.empty();
    criterion.field = fields ? random_.Below(type.fields.size()) : kNaiveNone;
    if (fields && random_.OneIn(6)) {
      criterion.op = 1;
      return criterion;
    }
    if (channel_.has_sysmon) {
      criterion.op = static_cast<uint8_t>(64 + random_.Below(16));
      criterion.flags = random_.OneIn(4) ? 4 : 0;
      criterion.operands = {Text()};
      return criterion;
    }
    criterion.field = random_.OneIn(6) ? kNaiveNone : criterion.field;
    criterion.op = static_cast<uint8_t>(2 + random_.Below(19));
    const auto taken = flags.find(criterion.op);
    criterion.flags =
        static_cast<uint8_t>(random_.Below(64)) & (taken == flags.end() ? kText : taken->second);
    if ((criterion.op == 2 || (criterion.op >= 9 && criterion.op <= 12)) && random_.OneIn(2)) {
      criterion.time_part = static_cast<uint8_t>(random_.Below(7));
    }
    const bool none = criterion.op == 15 || criterion.op == 16;
    criterion.operands.resize(none ? 0 : criterion.op == 14 ? 1 : 1 + random_.Below(3));
    for (std::string& operand : criterion.operands) {
      operand = Text();
    }
    return criterion;
  }

  // Gives how many criteria the condition uses; none if it would say what no condition says.
  uint32_t Condition(std::vector<uint32_t>* tokens) {
    uint32_t used = 0;
    Expression(3, 0, &used, tokens);
    std::vector<uint32_t> all = {0};
    for (uint32_t i = 1; i < used; ++i) {
      all.insert(all.end(), {i, kAnd});
    }
    if (*tokens == all) {
      tokens->clear();
    }
    return used;
  }

  // Never ends with the token `without`.
  void Expression(int depth, uint32_t without, uint32_t* used, std::vector<uint32_t>* tokens) {
    const uint32_t kinds[] = {kAnd, kOr, kNot, kAtLeast};
    const uint32_t kind = kinds[random_.Below(4)];
    if (depth == 0 || kind == without || random_.OneIn(3)) {
      const bool again = *used > 0 && random_.OneIn(5);
      tokens->push_back(again ? random_.Below(*used) : (*used)++);
      return;
    }
    uint32_t operands = kind == kNot ? 1 : 2 + random_.Below(3);
    if (kind == kAtLeast) {
      ++operands;
    }
    for (uint32_t i = 0; i < operands; ++i) {
      Expression(depth - 1, kind == kAtLeast ? 0 : kind, used, tokens);
      if (i > 0 && (kind == kAnd || kind == kOr)) {
        tokens->push_back(kind);
      }
    }
    if (kind == kNot) {
      tokens->push_back(kNot);
    } else if (kind == kAtLeast) {
      tokens->push_back(kAtLeast | (2 + random_.Below(operands - 2)) << 8 | operands);
    }
  }

  void LeaveOutUnused(NaiveType* type) {
    std::map<uint32_t, uint32_t> position;
    std::vector<NaiveField> fields;
    const auto instances = channel_.instances.begin();
    for (auto at = instances + type->first_instance; at != channel_.instances.end(); ++at) {
      for (const NaiveCriterion& criterion : at->criteria) {
        position[criterion.field] = kNaiveNone;
      }
    }
    for (auto& [field, now] : position) {
      if (field != kNaiveNone) {
        now = static_cast<uint32_t>(fields.size());
        fields.push_back(type->fields[field]);
      }
    }
    for (auto at = instances + type->first_instance; at != channel_.instances.end(); ++at) {
      for (NaiveCriterion& criterion : at->criteria) {
        criterion.field = position[criterion.field];
      }
    }
    type->fields = std::move(fields);
  }

  void Record(NaiveInstance* instance) {
    instance->record_default = static_cast<uint8_t>(random_.Below(3));
    instance->record_combine = static_cast<uint8_t>(random_.Below(2));
    const auto criteria = static_cast<uint32_t>(instance->criteria.size());
    uint32_t free = 0;
    for (uint32_t i = random_.Below(3); i > 0; --i) {
      NaiveGroup& group = instance->groups.emplace_back();
      group.id = SmallOrLargest();
      group.first_criterion = free + random_.Below(criteria - free + 1);
      group.criteria = random_.Below(criteria - group.first_criterion + 1);
      group.combine = static_cast<uint8_t>(random_.Below(2));
      group.name = Text();
      free = group.first_criterion + group.criteria;
    }
  }

  void Sysmon() {
    channel_.schema_rank = SmallOrNone();
    channel_.binary_version = SmallOrLargest();
    channel_.schema_version = Text();
    channel_.settings.resize(random_.Below(3));
    for (NaiveSetting& setting : channel_.settings) {
      setting = {.name = Text(), .value = Text()};
    }
    const bool names = random_.OneIn(2);
    for (NaiveInstance& instance : channel_.instances) {
      for (NaiveCriterion& criterion : instance.criteria) {
        criterion.name = names ? Text() : "";
        channel_.has_criterion_names |= !criterion.name.empty();
      }
    }
  }

  void Origins() {
    const std::set<std::string> paths = {Text() + "/r.yml", Text() + "/s/" + Text(),
                                         "z\xc3\xa9.yml"};
    for (const std::string& path : paths) {
      std::string digest(32, '\0');
      std::generate(digest.begin(), digest.end(),
                    [this] { return static_cast<char>(random_.Below(256)); });
      channel_.sources.push_back({.path = path, .sha256 = digest});
    }
    for (NaiveInstance& instance : channel_.instances) {
      instance.origin = Origin();
      for (NaiveCriterion& criterion : instance.criteria) {
        criterion.origin = Origin();
      }
    }
  }

  NaiveOrigin Origin() {
    const uint32_t line = random_.OneIn(3) ? 0 : 1 + random_.Below(50);
    return {.source = random_.Below(channel_.sources.size()),
            .line = line,
            .column = line == 0 ? SmallOrLargest() : 1 + random_.Below(9)};
  }

  NaiveRandom& random_;
  NaiveChannel channel_;
};

}  // namespace

NaiveChannel RandomNaive(NaiveRandom* random) { return Generator(random).Channel(); }

}  // namespace sluice
