#include "tests/parser/channel/channel_bytes.h"

#include <algorithm>

namespace sluice::channel_test {
namespace {

uint32_t RoundUp(size_t size) { return static_cast<uint32_t>((size + 3) & ~size_t{3}); }

// Strings, or paths: one after another, and their ends.
struct Pool {
  std::string bytes;
  std::vector<uint32_t> ends;

  void Add(std::string_view text) {
    bytes += text;
    ends.push_back(static_cast<uint32_t>(bytes.size()));
  }
  std::string Padded() const {
    return bytes + std::string(RoundUp(bytes.size()) - bytes.size(), 0);
  }
};

class Encoder {
 public:
  explicit Encoder(const Model& model) : model_(model) {}

  RawFile Encode() {
    raw_.content_version = model_.content_version;
    raw_.dialect = model_.dialect;
    raw_.binding = model_.binding;
    Contracts();
    Types();
    Instances();
    Criteria();
    if (model_.dialect == 1) Sysmon();
    if (!model_.sources.empty()) Sources();
    Strings();
    std::sort(raw_.sections.begin(), raw_.sections.end(),
              [](const RawSection& a, const RawSection& b) { return a.id < b.id; });
    return std::move(raw_);
  }

 private:
  void Section(uint32_t id, size_t count, std::string bytes) {
    if (count > 0)
      raw_.sections.push_back({id, static_cast<uint32_t>(count), std::move(bytes), {}});
  }

  template <typename F>
  void EachInstance(F f) {
    for (const Type& type : model_.types) {
      for (const Instance& instance : type.instances) f(instance);
    }
  }

  template <typename F>
  void EachCriterion(F f) {
    EachInstance([&](const Instance& instance) {
      for (const Criterion& criterion : instance.criteria) f(criterion);
    });
  }

  void Contracts() {
    std::string bytes;
    for (const Contract& contract : model_.contracts) Append32(&bytes, contract.rank);
    Section(3, model_.contracts.size(), std::move(bytes));
  }

  void Types() {
    std::string types, fields;
    uint32_t field_count = 0, instance_count = 0;
    for (const Type& type : model_.types) {
      field_count += static_cast<uint32_t>(type.fields.size());
      instance_count += static_cast<uint32_t>(type.instances.size());
      const uint64_t print = (type.flags & 1) != 0 ? Fingerprint(type) : 0;
      for (const uint32_t word :
           {type.id, type.version, uint32_t{type.flags}, static_cast<uint32_t>(type.fields.size()),
            field_count, instance_count, static_cast<uint32_t>(print),
            static_cast<uint32_t>(print >> 32)}) {
        Append32(&types, word);
      }
      for (const Field& field : type.fields) Append32(&fields, field.value_type);
    }
    Section(4, model_.types.size(), std::move(types));
    Section(5, field_count, std::move(fields));
  }

  void Instances() {
    std::string instances, condition;
    uint32_t count = 0, criteria = 0, tokens = 0;
    EachInstance([&](const Instance& instance) {
      ++count;
      criteria += static_cast<uint32_t>(instance.criteria.size());
      tokens += static_cast<uint32_t>(instance.condition.size());
      Append32(&instances, criteria);
      Append32(&instances, tokens);
      for (const uint32_t token : instance.condition) Append32(&condition, token);
    });
    Section(6, count, std::move(instances));
    Section(8, tokens, std::move(condition));
  }

  void Criteria() {
    std::string criteria;
    uint32_t count = 0, operands = 0;
    EachCriterion([&](const Criterion& criterion) {
      ++count;
      operands += static_cast<uint32_t>(criterion.operands.size());
      named_ = named_ || !criterion.name.empty();
      Append32(&criteria, criterion.field);
      Append32(&criteria, uint32_t{criterion.op} | uint32_t{criterion.flags} << 8 |
                              uint32_t{criterion.time_part} << 16);
      Append32(&criteria, operands);
    });
    if (named_) Section(13, count, "");
    Section(7, count, std::move(criteria));
  }

  void Sysmon() {
    std::string sysmon, records, groups;
    Append32(&sysmon, model_.schema_rank);
    Append32(&sysmon, model_.binary_version);
    Section(9, 1, std::move(sysmon));
    Section(10, model_.settings.size(), "");
    uint32_t count = 0, group_count = 0;
    EachInstance([&](const Instance& instance) {
      ++count;
      group_count += static_cast<uint32_t>(instance.groups.size());
      Append32(&records, uint32_t{instance.when_nothing_matches} | uint32_t{instance.combine} << 8);
      Append32(&records, group_count);
      for (const Group& group : instance.groups) {
        for (const uint32_t word : {group.id, group.first, group.count, uint32_t{group.combine}}) {
          Append32(&groups, word);
        }
      }
    });
    Section(11, count, std::move(records));
    Section(12, group_count, std::move(groups));
  }

  void Sources() {
    std::string sources;
    Pool paths;
    for (const Source& source : model_.sources) {
      paths.Add(source.path);
      Append32(&sources, paths.ends.back());
      sources.append(source.sha256.begin(), source.sha256.end());
    }
    Section(128, model_.sources.size(), std::move(sources));
    Section(129, paths.bytes.size(), paths.Padded());
    std::string instances, criteria;
    EachInstance([&](const Instance& instance) { Add(instance.origin, &instances); });
    EachCriterion([&](const Criterion& criterion) { Add(criterion.origin, &criteria); });
    const size_t instance_count = instances.size() / 12, criterion_count = criteria.size() / 12;
    Section(130, instance_count, std::move(instances));
    Section(131, criterion_count, std::move(criteria));
  }

  static void Add(const Origin& origin, std::string* bytes) {
    Append32(bytes, origin.source);
    Append32(bytes, origin.line);
    Append32(bytes, origin.column);
  }

  void Strings() {
    Pool pool;
    for (const Contract& contract : model_.contracts) {
      pool.Add(contract.sensor);
      pool.Add(contract.version);
    }
    for (const Type& type : model_.types) pool.Add(type.name);
    for (const Type& type : model_.types) {
      for (const Field& field : type.fields) pool.Add(field.name);
    }
    EachInstance([&](const Instance& instance) {
      pool.Add(instance.id);
      pool.Add(instance.name);
    });
    if (model_.dialect == 1) SysmonStrings(&pool);
    if (named_) EachCriterion([&](const Criterion& criterion) { pool.Add(criterion.name); });
    EachCriterion([&](const Criterion& criterion) {
      for (const std::string& operand : criterion.operands) pool.Add(operand);
    });
    std::string ends;
    for (const uint32_t end : pool.ends) Append32(&ends, end);
    Section(1, pool.ends.size(), std::move(ends));
    Section(2, pool.bytes.size(), pool.Padded());
  }

  void SysmonStrings(Pool* pool) {
    pool->Add(model_.schema_version);
    for (const Setting& setting : model_.settings) {
      pool->Add(setting.name);
      pool->Add(setting.value);
    }
    EachInstance([&](const Instance& instance) {
      for (const Group& group : instance.groups) pool->Add(group.name);
    });
  }

  const Model& model_;
  bool named_ = false;
  RawFile raw_;
};

}  // namespace

RawSection* RawFile::Find(uint32_t id) {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [id](const RawSection& section) { return section.id == id; });
  return found == sections.end() ? nullptr : &*found;
}

RawFile ToRaw(const Model& model) { return Encoder(model).Encode(); }

std::string ToBytes(const RawFile& raw) {
  std::string bytes = raw.magic;
  bytes.resize(28);
  Put16(&bytes, 8, raw.major);
  Put16(&bytes, 10, raw.minor);
  Put32(&bytes, 16, raw.content_version);
  Put8(&bytes, 20, raw.dialect);
  Put8(&bytes, 21, raw.binding);
  Put16(&bytes, 22, raw.zero);
  Put32(&bytes, 24, raw.section_count.value_or(static_cast<uint32_t>(raw.sections.size())));
  for (const RawSection& section : raw.sections) {
    Append32(&bytes, section.id);
    Append32(&bytes, section.count);
    Append32(&bytes, section.length.value_or(static_cast<uint32_t>(section.bytes.size())));
  }
  for (const RawSection& section : raw.sections) bytes += section.bytes;
  bytes += raw.after;
  Put32(&bytes, 12, raw.file_size.value_or(static_cast<uint32_t>(bytes.size() + 4)));
  Append32(&bytes, raw.checksum.value_or(Crc32c(bytes)));
  return bytes;
}

std::string ToBytes(const Model& model) { return ToBytes(ToRaw(model)); }

uint32_t OffsetOf(std::string_view bytes, uint32_t id) {
  const uint32_t count = Get32(bytes, 24);
  uint32_t offset = 28 + 12 * count;
  for (uint32_t i = 0; i < count; ++i) {
    if (Get32(bytes, 28 + 12 * i) == id) return offset;
    offset += Get32(bytes, 28 + 12 * i + 8);
  }
  return 0;
}

void Put8(std::string* bytes, size_t offset, uint8_t value) {
  (*bytes)[offset] = static_cast<char>(value);
}

void Put16(std::string* bytes, size_t offset, uint16_t value) {
  for (size_t i = 0; i < 2; ++i) Put8(bytes, offset + i, static_cast<uint8_t>(value >> 8 * i));
}

void Put32(std::string* bytes, size_t offset, uint32_t value) {
  for (size_t i = 0; i < 4; ++i) Put8(bytes, offset + i, static_cast<uint8_t>(value >> 8 * i));
}

void Put64(std::string* bytes, size_t offset, uint64_t value) {
  for (size_t i = 0; i < 8; ++i) Put8(bytes, offset + i, static_cast<uint8_t>(value >> 8 * i));
}

uint32_t Get32(std::string_view bytes, size_t offset) {
  uint32_t value = 0;
  for (size_t i = 4; i-- > 0;) value = value << 8 | static_cast<uint8_t>(bytes[offset + i]);
  return value;
}

void Append32(std::string* bytes, uint32_t value) {
  bytes->resize(bytes->size() + 4);
  Put32(bytes, bytes->size() - 4, value);
}

void Seal(std::string* bytes) {
  const size_t end = bytes->size() - 4;
  Put32(bytes, end, Crc32c(std::string_view(*bytes).substr(0, end)));
}

uint32_t Crc32c(std::string_view bytes) {
  static const std::array<uint32_t, 256> kOfByte = [] {
    std::array<uint32_t, 256> table = {};
    for (uint32_t byte = 0; byte < 256; ++byte) {
      table[byte] = byte;
      for (int bit = 0; bit < 8; ++bit) {
        table[byte] = table[byte] >> 1 ^ ((table[byte] & 1) != 0 ? 0x82F63B78 : 0);
      }
    }
    return table;
  }();
  uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) crc = crc >> 8 ^ kOfByte[(crc ^ static_cast<uint8_t>(byte)) & 0xFF];
  return ~crc;
}

uint64_t Fingerprint(const Type& type) {
  std::string names = type.name, items;
  Append32(&names, type.id);
  Append32(&names, type.version);
  for (const Field& field : type.fields) {
    names += field.name;
    Append32(&items, static_cast<uint32_t>(field.name.size()));
    Append32(&items, field.value_type);
  }
  return uint64_t{Crc32c(items)} << 32 | Crc32c(names);
}

Model SmallChannel() {
  Model model;
  model.content_version = 7;
  model.contracts = {{"falcon", "7.10", 710}, {"falcon", "7.11", 711}};
  const Instance plain{
      .id = "41",
      .name = "pipe",
      .criteria = {{.field = 0, .op = 1, .origin = {0, 3, 5}},
                   {.field = 1, .op = 2, .flags = 2, .operands = {"svc", "sv\xC3\xA7"}}},
      .origin = {0, 2, 1}};
  // (0 or 1) and not 2
  const Instance nested{.id = "42",
                        .criteria = {{.field = 2, .op = 9, .time_part = 2, .operands = {"22"}},
                                     {.field = kNone, .op = 7, .flags = 8, .operands = {"a.*b"}},
                                     {.field = 0, .op = 16, .flags = 1}},
                        .condition = {0, 1, 2u << 28, 2, 3u << 28, 1u << 28},
                        .origin = {1, 9, 4}};
  model.types = {{.name = "Ipc",
                  .id = 9,
                  .version = 2,
                  .fields = {{"Pipe", 1}, {"Account", 1}, {"Seen", 11}},
                  .instances = {plain, nested}},
                 {.name = "Spare", .id = 10, .version = 1, .fields = {{"Path", 1}}}};
  model.sources = {{"a/ipc.txt", {1, 2, 3}}, {"b.txt", {4}}};
  return model;
}

Model SmallSysmon() {
  Model model;
  model.dialect = 1;
  model.binding = 1;
  model.schema_rank = 450;
  model.schema_version = "4.50";
  model.settings = {{"HashAlgorithms", "*"}, {"DnsLookup", "False"}};
  model.contracts = {{"sysmon", "4.50", 450}};
  const Instance grouped{
      .id = "ProcessCreate#1",
      .criteria = {{.field = 0, .op = 64, .operands = {"cmd.exe"}, .name = "T1059"},
                   {.field = 1, .op = 66, .flags = 4, .operands = {"%TEMP%"}},
                   {.field = 1, .op = 79, .operands = {"x"}}},
      .when_nothing_matches = 1,
      .combine = 1,
      .groups = {{1, 0, 2, 1, "both"}, {2, 2, 0, 0, ""}, {3, 2, 1, 0, ""}}};
  model.types = {{.name = "ProcessCreate",
                  .flags = 0,
                  .fields = {{"CommandLine", 0}, {"Image", 0}},
                  .instances = {grouped, {.id = "ProcessCreate#2"}}}};
  model.sources = {{"sysmon.xml", {9}}};
  return model;
}

Model SmallSigma() {
  Model model;
  model.dialect = 2;
  model.binding = 1;
  const Instance rule{.id = "5f1abf38-0000-4000-8000-000000000001",
                      .name = "K\xC3\xBChn \xF0\x9F\x98\x80",
                      .criteria = {{.field = 1, .op = 5, .operands = {"\\cmd.exe", "\\pwsh.exe"}},
                                   {.field = 0, .op = 3, .flags = 1, .operands = {" -enc "}},
                                   {.field = kNone, .op = 3, .operands = {"mimikatz"}}},
                      .condition = {0, 1, 2, 4u << 28 | (256 * 2 + 3)}};
  model.types = {{.name = "windows/process_creation",
                  .flags = 2,
                  .fields = {{"CommandLine", 0}, {"Image", 0}},
                  .instances = {rule}}};
  return model;
}

Model ManyInstances(uint32_t instances) {
  Model model;
  model.dialect = 2;
  model.binding = 1;
  Type type{.name = "windows/process_creation", .flags = 2};
  for (uint32_t i = 0; i < 20; ++i) type.fields.push_back({"Field" + std::to_string(100 + i), 0});
  uint32_t serial = 0;
  for (uint32_t i = 0; i < instances; ++i) {
    Instance instance{.id = "rule-" + std::to_string(100'000'000 + i)};
    for (uint32_t c = 0; c < 5; ++c, ++serial) {
      std::string operand = "\\operand-" + std::to_string(1'000'000'000 + serial);
      instance.criteria.push_back({.field = serial % 20,
                                   .op = static_cast<uint8_t>(2 + serial % 4),
                                   .operands = {std::move(operand)}});
    }
    type.instances.push_back(std::move(instance));
  }
  model.types.push_back(std::move(type));
  return model;
}

}  // namespace sluice::channel_test
