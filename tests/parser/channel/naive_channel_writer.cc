#include "tests/parser/channel/naive_channel_writer.h"

#include <map>

#include "tests/parser/channel/naive_channel_checks.h"

namespace sluice {
namespace {

std::string Number(uint64_t value, size_t width = 4) {
  std::string bytes;
  for (size_t i = 0; i < width; ++i) {
    bytes += static_cast<char>(value >> (8 * i));
  }
  return bytes;
}

class NaiveWriter {
 public:
  explicit NaiveWriter(const NaiveChannel& channel) : channel_(channel) {}

  std::vector<NaiveSectionBytes> Sections() {
    for (const NaiveContract& contract : channel_.contracts) {
      Item(3, Number(contract.rank));
      Text(contract.name);
      Text(contract.version);
    }
    Types();
    Instances();
    if (channel_.has_sysmon) {
      Item(9, Number(channel_.schema_rank) + Number(channel_.binary_version));
      Text(channel_.schema_version);
    }
    for (const NaiveSetting& setting : channel_.settings) {
      Item(10, "");
      Text(setting.name);
      Text(setting.value);
    }
    Records();
    Criteria();
    Sources();
    std::vector<NaiveSectionBytes> sections;
    for (auto& [id, section] : sections_) {
      section.data.resize((section.data.size() + 3) / 4 * 4);
      sections.push_back(section);
    }
    return sections;
  }

 private:
  void Item(uint32_t id, const std::string& bytes) {
    NaiveSectionBytes& section = sections_[id];
    section.id = id;
    ++section.count;
    section.data += bytes;
  }

  void Bytes(uint32_t id, std::string_view text) {
    for (const char byte : text) {
      Item(id, std::string(1, byte));
    }
  }

  uint32_t Count(uint32_t id) const {
    const auto found = sections_.find(id);
    return found == sections_.end() ? 0 : found->second.count;
  }

  void Text(std::string_view text) {
    Bytes(2, text);
    Item(1, Number(Count(2)));
  }

  void Types() {
    for (const NaiveType& type : channel_.types) {
      Text(type.name);
    }
    for (const NaiveType& type : channel_.types) {
      for (const NaiveField& field : type.fields) {
        Item(5, Number(field.value_type));
        Text(field.name);
      }
      Item(4, Number(type.id) + Number(type.version) +
                  Number((type.declared ? 1U : 0U) + (type.open ? 2U : 0U)) +
                  Number(type.fields.size()) + Number(Count(5)) + Number(type.instances_end) +
                  Number(type.declared ? NaiveFingerprint(type) : 0, 8));
    }
  }

  void Instances() {
    uint32_t criteria = 0;
    for (const NaiveInstance& instance : channel_.instances) {
      Text(instance.id);
      Text(instance.name);
      criteria += static_cast<uint32_t>(instance.criteria.size());
      for (const uint32_t token : instance.condition) {
        Item(8, Number(token));
      }
      Item(6, Number(criteria) + Number(Count(8)));
      if (!channel_.sources.empty()) {
        Origin(130, instance.origin);
      }
    }
  }

  void Records() {
    for (const NaiveInstance& instance : channel_.instances) {
      for (const NaiveGroup& group : instance.groups) {
        Item(12, Number(group.id) + Number(group.first_criterion) + Number(group.criteria) +
                     Number(group.combine));
        Text(group.name);
      }
      if (channel_.has_sysmon) {
        Item(11,
             Number(instance.record_default + 256U * instance.record_combine) + Number(Count(12)));
      }
    }
  }

  void Criteria() {
    for (const NaiveInstance& instance : channel_.instances) {
      for (const NaiveCriterion& criterion : instance.criteria) {
        if (channel_.has_criterion_names) {
          Item(13, "");
          Text(criterion.name);
        }
      }
    }
    uint32_t operands = 0;
    for (const NaiveInstance& instance : channel_.instances) {
      for (const NaiveCriterion& criterion : instance.criteria) {
        for (const std::string& operand : criterion.operands) {
          Text(operand);
          ++operands;
        }
        Item(7, Number(criterion.field) + Number(criterion.op, 1) + Number(criterion.flags, 1) +
                    Number(criterion.time_part, 2) + Number(operands));
        if (!channel_.sources.empty()) {
          Origin(131, criterion.origin);
        }
      }
    }
  }

  void Origin(uint32_t id, const NaiveOrigin& origin) {
    Item(id, Number(origin.source) + Number(origin.line) + Number(origin.column));
  }

  void Sources() {
    for (const NaiveSource& source : channel_.sources) {
      Bytes(129, source.path);
      Item(128, Number(Count(129)) + source.sha256);
    }
  }

  const NaiveChannel& channel_;
  std::map<uint32_t, NaiveSectionBytes> sections_;
};

}  // namespace

std::string WriteNaive(const NaiveChannel& channel) {
  std::string header = std::string("\x89SLC\r\n\x1a\n", 8) + Number(0, 2) + Number(1, 2) +
                       Number(0) + Number(channel.content_version) + Number(channel.dialect, 1) +
                       Number(channel.binding, 1) + Number(0, 2) + Number(0);
  return JoinNaive(header, NaiveWriter(channel).Sections());
}

std::string JoinNaive(std::string_view file, const std::vector<NaiveSectionBytes>& sections) {
  std::string all(file.substr(0, 24));
  all += Number(sections.size());
  for (const NaiveSectionBytes& section : sections) {
    all += Number(section.id) + Number(section.count) + Number(section.data.size());
  }
  for (const NaiveSectionBytes& section : sections) {
    all += section.data;
  }
  all += Number(0);
  RepairNaive(true, &all);
  return all;
}

std::vector<NaiveSectionBytes> SplitNaive(std::string_view file) {
  std::vector<NaiveSectionBytes> sections(GetNaiveNumber(24, file));
  size_t data = 28 + 12 * sections.size();
  size_t at = 28;
  for (NaiveSectionBytes& section : sections) {
    section.id = GetNaiveNumber(at, file);
    section.count = GetNaiveNumber(at + 4, file);
    section.data = file.substr(data, GetNaiveNumber(at + 8, file));
    data += section.data.size();
    at += 12;
  }
  return sections;
}

void RepairNaive(bool size, std::string* file) {
  if (file->size() < 32) {
    return;
  }
  if (size) {
    SetNaiveNumber(12, static_cast<uint32_t>(file->size()), file);
  }
  const size_t end = file->size() - 4;
  SetNaiveNumber(end, NaiveCrc32c(std::string_view(*file).substr(0, end)), file);
}

void SetNaiveNumber(size_t at, uint32_t value, std::string* bytes) {
  bytes->replace(at, 4, Number(value));
}

uint32_t GetNaiveNumber(size_t at, std::string_view bytes) {
  uint32_t value = 0;
  for (size_t i = 4; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

}  // namespace sluice
