// A sample to a channel file, by docs/channel-format.md. It is quick and checks nothing.

#include <array>
#include <map>
#include <string_view>

#include "bench/generate_channel.h"
#include "parser/channel/channel_crc32c.h"

namespace sluice {
namespace {

void Word(std::string& out, uint64_t word) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(word >> shift);
}

uint32_t Crc32c(const std::string& bytes) {
  return channel::Crc32c(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

uint64_t Fingerprint(const SampleType& type) {
  if (!type.declared) return 0;
  std::string names = type.name, items;
  Word(names, channel::kNone);
  Word(names, 0);
  for (const std::string& field : type.fields) {
    names += field;
    Word(items, field.size());
    Word(items, 0);
  }
  return uint64_t{Crc32c(items)} << 32 | Crc32c(names);
}

class Encoder {
 public:
  explicit Encoder(const Sample& sample)
      : sample_(sample), sysmon_(sample.dialect == channel::Dialect::kSysmon) {}

  std::string Encode() {
    for (const SampleType& type : sample_.types) String(type.name);
    for (const SampleType& type : sample_.types) Fields(type);
    for (const SampleType& type : sample_.types) {
      for (const SampleInstance& instance : type.instances) Instance(instance);
      Type(type);
    }
    if (sysmon_) Sysmon();
    EachCriterion([this](const SampleCriterion& criterion) { Criterion(criterion); });
    Sources();
    return File();
  }

 private:
  struct Section {
    uint32_t count = 0;
    std::string bytes;
  };

  // The next item of a section.
  std::string& Item(uint32_t id) {
    Section& section = sections_[id];
    ++section.count;
    return section.bytes;
  }
  uint32_t Count(uint32_t id) { return sections_[id].count; }

  template <typename F>
  void EachInstance(F f) {
    for (const SampleType& type : sample_.types) {
      for (const SampleInstance& instance : type.instances) f(instance);
    }
  }

  template <typename F>
  void EachCriterion(F f) {
    EachInstance([&](const SampleInstance& instance) {
      for (const SampleCriterion& criterion : instance.criteria) f(criterion);
    });
  }

  void Bytes(uint32_t id, std::string_view text) {
    sections_[id].bytes += text;
    sections_[id].count += static_cast<uint32_t>(text.size());
  }

  void String(std::string_view text) {
    Bytes(2, text);
    Word(Item(1), Count(2));
  }

  void Fields(const SampleType& type) {
    for (const std::string& field : type.fields) {
      Word(Item(5), 0);
      String(field);
    }
  }

  // After the instances of the type.
  void Type(const SampleType& type) {
    fields_ += static_cast<uint32_t>(type.fields.size());
    const uint64_t print = Fingerprint(type);
    std::string& item = Item(4);
    for (const uint64_t word : {uint64_t{channel::kNone}, uint64_t{0},
                                uint64_t{type.declared ? 3u : 2u}, uint64_t{type.fields.size()},
                                uint64_t{fields_}, uint64_t{Count(6)}, print, print >> 32}) {
      Word(item, word);
    }
  }

  void Instance(const SampleInstance& instance) {
    String(instance.id);
    String(instance.name);
    criteria_ += static_cast<uint32_t>(instance.criteria.size());
    for (const uint32_t token : instance.condition) Word(Item(8), token);
    std::string& item = Item(6);
    Word(item, criteria_);
    Word(item, Count(8));
  }

  void Sysmon() {
    std::string& sysmon = Item(9);
    Word(sysmon, channel::kNone);
    Word(sysmon, 0);
    String("");
    EachInstance([this](const SampleInstance& instance) {
      for (uint32_t i = 0; i < instance.groups; ++i) {
        Item(12).append(16, '\0');
        String("");
      }
      std::string& record = Item(11);
      Word(record, 0);
      Word(record, Count(12));
    });
  }

  void Criterion(const SampleCriterion& criterion) {
    for (const std::string& operand : criterion.operands) String(operand);
    operands_ += static_cast<uint32_t>(criterion.operands.size());
    std::string& item = Item(7);
    Word(item, criterion.field);
    Word(item, static_cast<uint32_t>(criterion.op) | uint32_t{criterion.flags} << 8);
    Word(item, operands_);
  }

  void Sources() {
    for (const std::string& path : sample_.sources) {
      Bytes(129, path);
      std::string& item = Item(128);
      Word(item, Count(129));
      item.append(32, '\0');
    }
    if (sample_.sources.empty()) return;
    const auto origin = [this](uint32_t id) {
      std::string& item = Item(id);
      for (const uint32_t word : {0u, 1u, 1u}) Word(item, word);
    };
    EachInstance([&](const SampleInstance&) { origin(130); });
    EachCriterion([&](const SampleCriterion&) { origin(131); });
  }

  std::string File() {
    std::string table, body;
    uint32_t sections = 0;
    for (auto& [id, section] : sections_) {
      if (section.count == 0) continue;
      ++sections;
      section.bytes.resize((section.bytes.size() + 3) / 4 * 4);
      for (const uint64_t word : {uint64_t{id}, uint64_t{section.count}, section.bytes.size()}) {
        Word(table, word);
      }
      body += section.bytes;
    }
    std::string out(reinterpret_cast<const char*>(channel::kMagic), sizeof channel::kMagic);
    Word(out, channel::kMajor | channel::kMinor << 16);
    Word(out, channel::header::kSize + table.size() + body.size() + channel::kChecksumSize);
    Word(out, 1);  // content version
    Word(out, static_cast<uint32_t>(sample_.dialect) |
                  static_cast<uint32_t>(channel::Binding::kByName) << 8);
    Word(out, sections);
    out += table;
    out += body;
    Word(out, Crc32c(out));
    return out;
  }

  const Sample& sample_;
  const bool sysmon_;
  std::map<uint32_t, Section> sections_;
  uint32_t fields_ = 0, criteria_ = 0, operands_ = 0;  // so far
};

}  // namespace

std::string ChannelBytes(const Sample& sample) { return Encoder(sample).Encode(); }

}  // namespace sluice
