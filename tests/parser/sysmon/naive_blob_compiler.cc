#include "tests/parser/sysmon/naive_blob_compiler.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <pugixml.hpp>

#include "tests/parser/sysmon/naive_text.h"

namespace naive {
namespace {

constexpr uint32_t kNoOffset = 0xFFFFFFFF;

// The buffer that the compiler writes (section 5.3).
class Buffer {
 public:
  uint32_t size() const { return size_; }

  std::string Take() const { return bytes_.substr(0, size_); }

  // What an undo goes back to.
  struct Mark {
    uint32_t size;
    uint32_t event;
    uint32_t condition;
  };
  Mark AddEvent(uint32_t id, bool excludes, bool all, uint32_t binary, uint32_t schema) {
    const Mark mark{size_, event_, condition_};
    if (event_ != kNoOffset) {
      Set(event_ + 12, size_);
    } else {
      const uint32_t header[] = {binary, 0, 24, schema, 24, 0};
      Append(header, 6, 24);
    }
    const uint32_t record[] = {id, excludes, all, 0, 0, 0};
    event_ = size_;
    Append(record, 6, 24);
    Set(4, Get(4) + 1);
    condition_ = kNoOffset;
    return mark;
  }

  // Gives back the record's place, and nothing else.
  void Undo(const Mark& mark) {
    const uint32_t left = Get(4) - 1;
    size_ = mark.size;
    event_ = mark.event;
    condition_ = mark.condition;
    if (left == 0) {
      bytes_.clear();
      size_ = 0;
      event_ = kNoOffset;
    } else {
      Set(4, left);
    }
    while (!aggregations_.empty() && aggregations_.back() >= size_) aggregations_.pop_back();
  }

  void AddAggregation(std::string_view name, uint32_t id, bool all) {
    if (aggregation_ != kNoOffset) {
      Set(aggregation_ + 272, size_);
      const bool there = !aggregations_.empty() && aggregations_.back() == aggregation_;
      if (!there) strays_.push_back(aggregation_ + 272);
    } else {
      Set(20, size_);
    }
    aggregation_ = size_;
    aggregations_.push_back(size_);
    std::vector<uint16_t> units = Units(name);
    if (units.size() > 127) {
      units.resize(127);
      if (units.back() >= 0xD800 && units.back() < 0xDC00) units.pop_back();
    }
    std::string record(292, '\0');
    PutUnits(units, 0, &record);
    Put(264, id, &record);
    Put(280, all, &record);
    AppendBytes(record);
  }

  // `id` is that of the aggregation added last, or 0.
  void AddCondition(uint32_t field, std::string_view name, uint32_t number, std::string_view text,
                    uint32_t id, uint32_t extra_units) {
    if (condition_ != kNoOffset) Set(condition_ + 520, size_);
    if (id != 0) {
      if (Get(aggregation_ + 268) == 0) Set(aggregation_ + 268, size_);
      Set(aggregation_ + 276, Get(aggregation_ + 276) + 1);
    }
    if (Get(event_ + 20) == 0) Set(event_ + 20, size_);
    condition_ = size_;
    const std::vector<uint16_t> units = Units(text);
    const auto data = static_cast<uint32_t>(2 * (units.size() + 1 + extra_units));
    std::string record(537 + data, '\0');
    Put(0, field, &record);
    PutUnits(Units(name), 4, &record);
    Put(516, number, &record);
    Put(524, data, &record);
    Put(528, id, &record);
    Put(532, id != 0 ? aggregation_ : 0, &record);
    PutUnits(units, 536, &record);
    AppendBytes(record);
    Set(event_ + 16, Get(event_ + 16) + 1);
  }

  // Whether a link was written into a record that is not its own, or leads to no aggregation.
  bool IsCorrupt() const {
    for (const uint32_t stray : strays_) {
      if (stray < size_) return true;
    }
    if (size_ > 0 && !IsLink(Get(20))) return true;
    for (const uint32_t offset : aggregations_) {
      if (!IsLink(Get(offset + 272))) return true;
    }
    return false;
  }

 private:
  static void Put(size_t at, uint32_t value, std::string* record) {
    for (int i = 0; i < 4; ++i) (*record)[at + i] = static_cast<char>(value >> (8 * i));
  }
  static void PutUnits(const std::vector<uint16_t>& units, size_t at, std::string* record) {
    for (const uint16_t unit : units) {
      (*record)[at++] = static_cast<char>(unit & 0xFF);
      (*record)[at++] = static_cast<char>(unit >> 8);
    }
  }
  bool IsLink(uint32_t offset) const {
    return offset == 0 ||
           std::find(aggregations_.begin(), aggregations_.end(), offset) != aggregations_.end();
  }
  void Grow(size_t size) {
    if (bytes_.size() < size) bytes_.resize(size, '\0');
  }
  uint32_t Get(size_t at) const {
    uint32_t value = 0;
    for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes_[at + i]);
    return value;
  }
  void Set(size_t at, uint32_t value) {
    Grow(at + 4);
    Put(at, value, &bytes_);
  }
  void Append(const uint32_t* words, size_t count, size_t length) {
    std::string record(length, '\0');
    for (size_t i = 0; i < count; ++i) Put(4 * i, words[i], &record);
    AppendBytes(record);
  }
  // The slack keeps what is there.
  void AppendBytes(const std::string& record) {
    const size_t stored = (record.size() + 7) / 8 * 8;
    Grow(size_ + stored);
    std::erase_if(strays_, [&](uint32_t stray) {
      return stray >= size_ && stray + 4 <= size_ + record.size();
    });
    bytes_.replace(size_, record.size(), record);
    size_ += static_cast<uint32_t>(stored);
  }

  std::string bytes_;
  uint32_t size_ = 0;
  uint32_t event_ = kNoOffset;
  uint32_t condition_ = kNoOffset;
  uint32_t aggregation_ = kNoOffset;
  std::vector<uint32_t> aggregations_;  // those that are in the buffer
  std::vector<uint32_t> strays_;        // where links of others were written
};

struct ListOption {
  const char* event;
  bool given = false;
  bool consumed = false;
  std::vector<std::string> items;
};

std::string Value(pugi::xml_node element) { return Cut(element.child_value()); }

std::string Attribute(pugi::xml_node element, const char* name) {
  return Cut(element.attribute(name).value());
}

// Whether an attribute would be cut. That texts are cut is known of values alone.
bool HasCutAttribute(pugi::xml_node node) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (Cut(attribute.value()) != attribute.value()) return true;
  }
  for (const pugi::xml_node child : node.children()) {
    if (HasCutAttribute(child)) return true;
  }
  return false;
}

void Collect(pugi::xml_node node, const std::string& name, std::vector<pugi::xml_node>* found) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (name == child.name()) found->push_back(child);
    Collect(child, name, found);
  }
}

class Compiler {
 public:
  Compiler(const Build& build, Compiled* out) : build_(build), out_(*out) {}

  void Run(std::string_view file);

 private:
  using Series = std::vector<const EventType*>;

  void ReadOptions(pugi::xml_node sysmon);
  void CompileSeries(const Series& series, const std::vector<pugi::xml_node>& nodes);
  // False for "Incorrect field".
  bool CompileNode(const Series& series, pugi::xml_node node);
  bool AddChildren(const EventType& type, pugi::xml_node node, const std::string& inherited);
  // 0: added; 1: the type has no such field; 2: skipped.
  int AddCondition(const EventType& type, pugi::xml_node element, const std::string& inherited,
                   uint32_t id);
  void AddItems(const EventType& type, const ListOption& option);

  const Build& build_;
  Compiled& out_;
  Buffer buffer_;
  uint32_t schema_ = 0;
  uint32_t next_id_ = 0;
  ListOption options_[2] = {{"NetworkConnect", false, false, {}}, {"ImageLoad", false, false, {}}};
};

void Compiler::Run(std::string_view file) {
  const std::string text = Decode(file);
  pugi::xml_document document;
  if (!document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8)) {
    out_.why = "not XML";
    return;
  }
  const pugi::xml_node sysmon = document.child("Sysmon");
  const std::optional<uint32_t> schema = SchemaWord(sysmon.attribute("schemaversion").value());
  if (!sysmon || !schema) {
    out_.why = "schema version";
    return;
  }
  schema_ = *schema;
  out_.accepted = true;
  out_.unclear = HasCutAttribute(sysmon);
  ReadOptions(sysmon);
  for (size_t i = 0; i < build_.types.size();) {
    const std::string& name = build_.types[i].name;
    Series series;
    for (; i < build_.types.size() && build_.types[i].name == name; ++i) {
      series.push_back(&build_.types[i]);
    }
    if (name.empty()) continue;
    std::vector<pugi::xml_node> nodes;
    for (const pugi::xml_node filtering : sysmon.children("EventFiltering")) {
      Collect(filtering, name, &nodes);
    }
    CompileSeries(series, nodes);
  }
  int left = 0;
  for (ListOption& option : options_) {
    if (!option.given || option.consumed) continue;
    ++left;
    for (const EventType& type : build_.types) {
      if (type.name != option.event) continue;
      buffer_.AddEvent(type.id, !type.include, false, build_.binary_version, schema_);
      AddItems(type, option);
    }
  }
  if (left > 1) out_.unclear = true;
  out_.corrupt = buffer_.IsCorrupt();
  out_.blob = buffer_.Take();
}

void Compiler::ReadOptions(pugi::xml_node sysmon) {
  constexpr const char* kKnown[] = {"EventFiltering", "HashAlgorithms", "DnsLookup",
                                    "ArchiveDirectory", "CheckRevocation"};
  for (const pugi::xml_node child : sysmon.children()) {
    if (child.type() != pugi::node_element) continue;
    bool known = false;
    for (const char* name : kKnown) known |= std::strcmp(name, child.name()) == 0;
    for (ListOption& option : options_) {
      if (std::strcmp(option.event, child.name()) != 0) continue;
      known = true;
      if (option.given) out_.unclear = true;
      option.given = true;
      option.items = {""};
      const std::string value = Value(child);
      for (size_t i = 0; i < value.size(); ++i) {
        if (value[i] != ',') {
          option.items.back() += value[i];
        } else if (i + 1 < value.size() && value[i + 1] == ',') {
          option.items.back() += value[i++];
        } else {
          option.items.emplace_back();
        }
      }
      for (const std::string& item : option.items) out_.unclear |= item.empty();
    }
    if (!known) return;
  }
}

void Compiler::AddItems(const EventType& type, const ListOption& option) {
  uint32_t field = 0;
  while (type.fields[field] != "Image") ++field;
  for (const std::string& item : option.items) {
    const auto more = static_cast<uint32_t>(item.size() - Units(item).size());
    buffer_.AddCondition(field, "", 13, item, 0, more);
  }
}

void Compiler::CompileSeries(const Series& series, const std::vector<pugi::xml_node>& nodes) {
  for (const pugi::xml_node node : nodes) {
    if (!CompileNode(series, node)) return;
  }
}

bool Compiler::CompileNode(const Series& series, pugi::xml_node node) {
  bool all = schema_ > 0x0004000A;
  std::string inherited;
  const pugi::xml_node parent = node.parent();
  if (Same(parent.name(), "RuleGroup")) {
    const std::string relation = Attribute(parent, "groupRelation");
    if (!relation.empty()) all = !Same(relation, "or");
    inherited = Attribute(parent, "name");
  }
  const bool has_onmatch = !node.attribute("onmatch").empty();
  const bool has_default = !node.attribute("default").empty();
  if (has_onmatch == has_default) return true;
  const std::string word = Attribute(node, has_onmatch ? "onmatch" : "default");
  bool excludes = !series[0]->include;
  if (Same(word, "include")) excludes = has_onmatch;
  if (Same(word, "exclude")) excludes = !has_onmatch;
  ListOption* option = nullptr;
  for (ListOption& candidate : options_) {
    if (candidate.given && series[0]->name == candidate.event) option = &candidate;
  }
  if (option != nullptr && !excludes) {
    out_.unclear = true;
    return true;
  }
  const uint32_t ids = next_id_;
  for (const EventType* type : series) {
    const Buffer::Mark mark =
        buffer_.AddEvent(type->id, excludes, all, build_.binary_version, schema_);
    if (option != nullptr) {
      option->consumed = true;
      AddItems(*type, *option);
    }
    if (AddChildren(*type, node, inherited)) return true;
    buffer_.Undo(mark);
  }
  if (option != nullptr) out_.unclear = true;
  if (next_id_ != ids) out_.dropped_groups = true;
  return false;
}

bool Compiler::AddChildren(const EventType& type, pugi::xml_node node,
                           const std::string& inherited) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (!Same(child.name(), "Rule")) {
      if (AddCondition(type, child, inherited, 0) == 1) return false;
      continue;
    }
    const std::string own = Attribute(child, "name");
    const std::string relation = Attribute(child, "groupRelation");
    const uint32_t id = ++next_id_;
    buffer_.AddAggregation(own, id, !relation.empty() && !Same(relation, "or"));
    for (const pugi::xml_node element : child.children()) {
      if (element.type() != pugi::node_element) continue;
      const int added = AddCondition(type, element, own.empty() ? inherited : own, id);
      if (added == 1) return false;
      if (added == 2) break;
    }
  }
  return true;
}

int Compiler::AddCondition(const EventType& type, pugi::xml_node element,
                           const std::string& inherited, uint32_t id) {
  uint32_t field = 0;
  while (field < type.fields.size() && type.fields[field] != element.name()) ++field;
  if (field == type.fields.size()) return 1;
  std::string name = Attribute(element, "name");
  if (name.empty()) name = inherited;
  std::string condition = Attribute(element, "condition");
  if (condition.empty()) condition = "is";
  uint32_t number = 0;
  while (number < build_.conditions.size() && !Same(build_.conditions[number], condition)) {
    ++number;
  }
  if (number == build_.conditions.size() || name.size() > 255) return 2;
  buffer_.AddCondition(field, name, number, Value(element), id, 0);
  return 0;
}

}  // namespace

Build ParseBuild(std::string_view catalogue, uint32_t binary_version) {
  Build build{.binary_version = binary_version, .types = {}, .conditions = {}};
  std::string rows;
  for (const std::string& line : Split(catalogue, '\n')) {
    if (!line.empty()) rows += (line[0] == '|' ? "\n" : " ") + Trim(line);
  }
  for (const std::string& row : Split(rows, '\n')) {
    const std::vector<std::string> cells = Split(row, '|');
    if (cells.size() < 6) continue;
    EventType type{.id = static_cast<uint32_t>(std::stoul(Trim(cells[2]))),
                   .name = Trim(cells[3]),
                   .include = Trim(cells[4]) == "include",
                   .fields = {}};
    if (type.name == "-") type.name.clear();
    for (const std::string& field : Split(cells[5], ',')) type.fields.push_back(Trim(field));
    build.types.push_back(type);
  }
  for (const std::string& row : Split(kConditions, '\n')) {
    const std::vector<std::string> cells = Split(row, '|');
    if (cells.size() > 2) build.conditions.push_back(Trim(cells[2]));
  }
  return build;
}

Compiled Compile(std::string_view file, const Build& build) {
  Compiled compiled;
  Compiler(build, &compiled).Run(file);
  return compiled;
}

}  // namespace naive
