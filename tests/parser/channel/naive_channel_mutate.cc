#include "tests/parser/channel/naive_channel_mutate.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "tests/parser/channel/naive_channel_writer.h"

namespace sluice {
namespace {

// Numbers at which something begins to be wrong: of 31 and 32 bits, and every limit of the page.
uint32_t Boundary(NaiveRandom* random) {
  static const std::vector<uint32_t> values = {
      0,     1,      2,       3,       64,        128,        256,        1024,       4096,
      65536, 262144, 1000000, 1048576, 268435456, 0x10000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
  return values[random->Below(values.size())] + random->Below(3) - 1;
}

template <typename T>
T* AnyOf(std::vector<T>* items, NaiveRandom* random) {
  return items->empty() ? nullptr : &(*items)[random->Below(items->size())];
}

class ContentMutator {
 public:
  ContentMutator(NaiveChannel channel, NaiveRandom* random)
      : channel_(std::move(channel)), random_(*random) {}

  std::string Mutate() {
    switch (random_.Below(6)) {
      case 0:
        File();
        break;
      case 1:
        Type();
        break;
      case 2:
        Record();
        break;
      case 3:
        Origin();
        break;
      default:
        Instance();
    }
    return WriteNaive(channel_);
  }

 private:
  uint8_t Byte() {
    return static_cast<uint8_t>(random_.OneIn(4) ? random_.Next() : random_.Below(33));
  }

  void File() {
    switch (random_.Below(6)) {
      case 0:
        channel_.content_version = Boundary(&random_);
        break;
      case 1:
        channel_.dialect = static_cast<uint8_t>(random_.Below(4));
        break;
      case 2:
        channel_.binding = static_cast<uint8_t>(random_.Below(3));
        break;
      case 3:
        channel_.has_sysmon = !channel_.has_sysmon;
        break;
      case 4:
        channel_.has_criterion_names = !channel_.has_criterion_names;
        break;
      default:
        if (NaiveContract* contract = AnyOf(&channel_.contracts, &random_)) {
          contract->rank = Boundary(&random_);
          channel_.contracts.push_back(*contract);
        }
    }
  }

  void Type() {
    NaiveType* type = AnyOf(&channel_.types, &random_);
    if (type == nullptr) {
      return;
    }
    switch (random_.Below(7)) {
      case 0:
        type->id = Boundary(&random_);
        break;
      case 1:
        type->version = Boundary(&random_);
        break;
      case 2:
        type->declared = !type->declared;
        break;
      case 3:
        type->fields.push_back({.name = "zz", .value_type = 0});
        break;
      case 4:
        type->instances_end = Boundary(&random_);
        break;
      case 5:
        std::swap(*type, channel_.types.front());
        break;
      default:
        if (NaiveField* field = AnyOf(&type->fields, &random_)) {
          field->value_type = Byte() % 16;
          std::swap(*field, type->fields.front());
        }
    }
  }

  void Record() {
    NaiveInstance* instance = AnyOf(&channel_.instances, &random_);
    NaiveGroup* group = instance == nullptr ? nullptr : AnyOf(&instance->groups, &random_);
    if (instance == nullptr) {
      return;
    }
    switch (random_.Below(group == nullptr ? 3 : 7)) {
      case 0:
        instance->record_default = Byte() % 4;
        break;
      case 1:
        instance->record_combine = Byte() % 3;
        break;
      case 2:
        instance->groups.push_back({.id = Boundary(&random_), .name = "g"});
        break;
      case 3:
        group->first_criterion = random_.OneIn(3) ? Boundary(&random_) : random_.Below(4);
        break;
      case 4:
        group->criteria = random_.OneIn(3) ? Boundary(&random_) : random_.Below(4);
        break;
      case 5:
        group->combine = Byte() % 3;
        break;
      default:
        std::swap(*group, instance->groups.front());
    }
  }

  void Origin() {
    NaiveInstance* instance = AnyOf(&channel_.instances, &random_);
    if (instance == nullptr || channel_.sources.empty()) {
      return;
    }
    NaiveCriterion* criterion = AnyOf(&instance->criteria, &random_);
    NaiveOrigin* origin = criterion == nullptr ? &instance->origin : &criterion->origin;
    switch (random_.Below(5)) {
      case 0:
        origin->source = random_.Below(4) + (random_.OneIn(4) ? Boundary(&random_) : 0);
        break;
      case 1:
        origin->line = Boundary(&random_);
        break;
      case 2:
        origin->column = Boundary(&random_);
        break;
      case 3:
        std::swap(channel_.sources.front().path, channel_.sources.back().path);
        break;
      default:
        channel_.sources.pop_back();
    }
  }

  void Instance() {
    NaiveInstance* instance = AnyOf(&channel_.instances, &random_);
    if (instance == nullptr) {
      return;
    }
    NaiveCriterion* criterion = AnyOf(&instance->criteria, &random_);
    if (criterion == nullptr || random_.OneIn(2)) {
      Condition(instance);
      return;
    }
    switch (random_.Below(7)) {
      case 0:
        criterion->field = random_.OneIn(3) ? Boundary(&random_) : random_.Below(6);
        break;
      case 1:
        criterion->op = static_cast<uint8_t>(random_.OneIn(4) ? 60 + random_.Below(24) : Byte());
        break;
      case 2:
        criterion->flags = static_cast<uint8_t>(1U << random_.Below(8));
        break;
      case 3:
        criterion->time_part = Byte() % 9;
        break;
      case 4:
        criterion->operands.resize(random_.Below(4));
        break;
      case 5:
        criterion->operands.emplace_back("\xED\xA0\x80");
        break;
      default:
        instance->criteria.pop_back();
    }
  }

  void Condition(NaiveInstance* instance) {
    std::vector<uint32_t>& tokens = instance->condition;
    const uint32_t value =
        random_.OneIn(2) ? random_.Below(4) : 256 * random_.Below(5) + random_.Below(6);
    const uint32_t kind = random_.Below(6);
    const uint32_t token = kind << 28 | (kind > 0 && kind < 4 && !random_.OneIn(8) ? 0 : value);
    const size_t at = random_.Below(tokens.size() + 1);
    const auto place = tokens.begin() + static_cast<std::ptrdiff_t>(at);
    if (at == tokens.size() || random_.OneIn(4)) {
      tokens.insert(place, token);
    } else if (random_.OneIn(4)) {
      tokens.erase(place);
    } else if (random_.OneIn(4)) {
      tokens[at] = token;
    } else if (random_.OneIn(3)) {
      tokens.insert(place, tokens[at]);
    } else {
      std::swap(tokens[at], tokens[(at + 1) % tokens.size()]);
    }
  }

  NaiveChannel channel_;
  NaiveRandom& random_;
};

class SectionMutator {
 public:
  SectionMutator(std::string_view file, NaiveRandom* random)
      : file_(file), sections_(SplitNaive(file)), random_(*random) {}

  std::string Mutate() {
    if (NaiveSectionBytes* section = AnyOf(&sections_, &random_)) {
      switch (random_.Below(6)) {
        case 0:
          Order(section);
          break;
        case 1:
          section->id = NewId();
          break;
        case 2:
          section->count += random_.Below(3) - 1;
          break;
        case 3:
          section->data.append(4, '\0');
          break;
        case 4:
          Strings();
          break;
        default:
          Items(section);
      }
    } else {
      sections_.push_back({.id = NewId(), .count = 1, .data = "12345678"});
    }
    return JoinNaive(file_, sections_);
  }

 private:
  uint32_t NewId() {
    static const std::vector<uint32_t> ids = {0,   14,  15,         127,        132,       133,
                                              200, 999, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
    return random_.OneIn(2) ? random_.Below(14) : ids[random_.Below(ids.size())];
  }

  void Order(NaiveSectionBytes* section) {
    const auto at = sections_.begin() + (section - sections_.data());
    switch (random_.Below(4)) {
      case 0:
        std::iter_swap(at, sections_.begin() + random_.Below(sections_.size()));
        break;
      case 1:
        sections_.insert(at, NaiveSectionBytes(*section));
        break;
      case 2:
        sections_.erase(at);
        break;
      default:
        sections_.push_back({.id = NewId(), .count = Boundary(&random_), .data = "12345678"});
        std::sort(sections_.begin(), sections_.end(),
                  [](const auto& a, const auto& b) { return a.id < b.id; });
    }
  }

  // Doubles, removes or moves an item; its count and length follow.
  void Items(NaiveSectionBytes* section) {
    static const std::map<uint32_t, size_t> sizes = {{1, 4},   {3, 4},    {4, 32},   {5, 4},
                                                     {6, 8},   {7, 12},   {8, 4},    {11, 8},
                                                     {12, 16}, {128, 36}, {130, 12}, {131, 12}};
    const auto found = sizes.find(section->id);
    if (found == sizes.end()) {
      return;
    }
    const size_t size = found->second;
    const size_t at = random_.Below(section->count) * size;
    const std::string item = section->data.substr(at, size);
    if (random_.OneIn(3)) {
      section->data.insert(at, item);
      ++section->count;
      return;
    }
    section->data.erase(at, size);
    --section->count;
    if (random_.OneIn(2)) {
      section->data.insert(random_.Below(section->count + 1) * size, item);
      ++section->count;
    }
  }

  // Gives one string to another place: those between move by one.
  void Strings() {
    if (sections_.size() < 2 || sections_[1].id != 2) {
      return;
    }
    std::vector<std::string> strings;
    uint32_t from = 0;
    for (uint32_t i = 0; i < sections_[0].count; ++i) {
      const uint32_t end = GetNaiveNumber(4 * size_t{i}, sections_[0].data);
      strings.push_back(sections_[1].data.substr(from, end - from));
      from = end;
    }
    std::swap(*AnyOf(&strings, &random_), *AnyOf(&strings, &random_));
    std::string bytes;
    for (uint32_t i = 0; i < strings.size(); ++i) {
      bytes += strings[i];
      SetNaiveNumber(4 * size_t{i}, static_cast<uint32_t>(bytes.size()), &sections_[0].data);
    }
    sections_[1].data.replace(0, bytes.size(), bytes);
  }

  std::string_view file_;
  std::vector<NaiveSectionBytes> sections_;
  NaiveRandom& random_;
};

void MutateWord(std::string* file, NaiveRandom* random) {
  const size_t words = file->size() / 4;
  const size_t at = 4 * random->Below(words);
  const uint32_t value = GetNaiveNumber(at, *file);
  const uint32_t other = GetNaiveNumber(4 * random->Below(words), *file);
  const uint32_t values[] = {value + 1, value - 1, other, Boundary(random), Boundary(random)};
  SetNaiveNumber(at, values[random->Below(5)], file);
}

void MutateByte(std::string* file, NaiveRandom* random) {
  const size_t at = random->Below(file->size());
  const uint32_t byte = static_cast<unsigned char>((*file)[at]);
  const uint32_t values[] = {byte ^ 1U << random->Below(8), byte + 1, byte - 1, 0, 0x80, 0xFF};
  (*file)[at] = static_cast<char>(values[random->Below(6)]);
}

}  // namespace

std::string MutateContent(const NaiveChannel& channel, NaiveRandom* random) {
  const std::string before = WriteNaive(channel);
  std::string after = before;
  for (int tries = 0; tries < 8 && after == before; ++tries) {
    after = ContentMutator(channel, random).Mutate();
  }
  return after;
}

std::string MutateBytes(std::string file, NaiveRandom* random) {
  switch (random->Below(8)) {
    case 0:
    case 1:
      MutateWord(&file, random);
      break;
    case 2:
    case 3:
      MutateByte(&file, random);
      break;
    case 4:
      file.resize(random->OneIn(2) ? random->Below(file.size()) : file.size() - 4);
      break;
    case 5:
      file.insert(4 * random->Below(file.size() / 4), 4, static_cast<char>(random->Below(2)));
      break;
    default:
      file = SectionMutator(file, random).Mutate();
  }
  if (!random->OneIn(16)) {
    RepairNaive(!random->OneIn(8), &file);
  }
  return file;
}

}  // namespace sluice
