#include "tests/parser/channel/naive_channel.h"

#include <map>
#include <utility>

#include "tests/parser/channel/naive_channel_checks.h"

namespace sluice {
namespace {

constexpr uint32_t kLargest = 0x7FFFFFFF;

struct NaiveSection {
  uint32_t count = 0;
  std::string_view data;
};

uint32_t NumberAt(std::string_view bytes, size_t at, size_t width) {
  uint32_t value = 0;
  for (size_t i = 0; i < width; ++i) {
    value |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  }
  return value;
}

// The sections of the page by id, with the size of an item; the file says no other critical ones.
const std::map<uint32_t, uint32_t>& ItemSizes() {
  static const auto* const sizes = new std::map<uint32_t, uint32_t>{
      {1, 4},  {2, 1},  {3, 4},   {4, 32}, {5, 4},    {6, 8},   {7, 12},   {8, 4},   {9, 8},
      {10, 0}, {11, 8}, {12, 16}, {13, 0}, {128, 36}, {129, 1}, {130, 12}, {131, 12}};
  return *sizes;
}

class NaiveReader {
 public:
  NaiveReader(std::string_view bytes, std::string* why) : bytes_(bytes), why_(why) {}

  std::optional<NaiveChannel> Read() {
    if (!Header() || !Table() || !Strings() || !Contracts() || !Types() || !Instances() ||
        !Sysmon() || !Origins()) {
      return std::nullopt;
    }
    if (std::string why = GiveNaiveStrings(strings_, &channel_); !why.empty()) {
      Fail(std::move(why));
      return std::nullopt;
    }
    if (std::string why = CheckNaive(channel_); !why.empty()) {
      Fail(std::move(why));
      return std::nullopt;
    }
    return std::move(channel_);
  }

 private:
  bool Fail(std::string why) {
    if (why_->empty()) {
      *why_ = std::move(why);
    }
    return false;
  }

  bool Has(uint32_t id) const { return sections_.contains(id); }
  uint32_t Count(uint32_t id) const { return Has(id) ? sections_.at(id).count : 0; }

  uint32_t Raw(uint32_t id, size_t item, size_t offset, size_t width) const {
    return NumberAt(sections_.at(id).data, item * ItemSizes().at(id) + offset, width);
  }

  bool Number(uint32_t id, size_t item, size_t offset, uint32_t* value) {
    *value = Raw(id, item, offset, 4);
    return *value <= kLargest || Fail("a number above 31 bits");
  }

  bool NumberOrNone(uint32_t id, size_t item, size_t offset, uint32_t* value) {
    return Raw(id, item, offset, 4) == kNaiveNone ? (*value = kNaiveNone, true)
                                                  : Number(id, item, offset, value);
  }

  bool Zero(uint32_t id, size_t item, size_t offset, size_t size) {
    for (size_t i = 0; i < size; ++i) {
      if (Raw(id, item, offset + i, 1) != 0) {
        return Fail("a byte that must be zero");
      }
    }
    return true;
  }

  // An end that closes a range beginning at `*from`, of at most `most` items; `*from` moves on.
  bool Range(uint32_t id, size_t item, size_t offset, uint32_t most, uint32_t* from,
             uint32_t* size) {
    uint32_t end = 0;
    if (!Number(id, item, offset, &end)) {
      return false;
    }
    if (end < *from) {
      return Fail("an end before its beginning");
    }
    *size = end - *from;
    *from = end;
    return *size <= most || Fail("a range past its limit");
  }

  bool Header();
  bool Table();
  bool Section(size_t at, uint32_t count, std::string_view data);
  bool SectionLimits();
  bool SplitStrings(uint32_t ends, uint32_t text, std::vector<std::string>* strings);
  bool Strings();
  bool Contracts();
  bool Types();
  bool Type(uint32_t item, uint32_t* fields, uint32_t* instances);
  bool Instances();
  bool Criterion(uint32_t item, const NaiveType& type, uint32_t* operands,
                 NaiveCriterion* criterion);
  bool Sysmon();
  bool Record(uint32_t item, uint32_t* groups, NaiveInstance* instance);
  bool Group(uint32_t item, uint32_t criteria, uint32_t* free, NaiveGroup* group);
  bool Origins();
  bool Origin(uint32_t id, uint32_t item, NaiveOrigin* origin);

  std::string_view bytes_;
  std::string* why_;
  std::map<uint32_t, NaiveSection> sections_;
  std::vector<std::string> strings_;
  NaiveChannel channel_;
};

bool NaiveReader::Header() {
  if (bytes_.size() < 28 + 4 || bytes_.size() > 268435456) {
    return Fail("too short or too long");
  }
  if (bytes_.substr(0, 8) != std::string_view("\x89SLC\r\n\x1a\n", 8)) {
    return Fail("magic");
  }
  if (NumberAt(bytes_, 8, 2) != 0 || NumberAt(bytes_, 10, 2) != 1) {
    return Fail("version");
  }
  if (NumberAt(bytes_, 12, 4) != bytes_.size()) {
    return Fail("file size");
  }
  const size_t end = bytes_.size() - 4;
  if (NumberAt(bytes_, end, 4) != NaiveCrc32c(bytes_.substr(0, end))) {
    return Fail("checksum");
  }
  channel_.content_version = NumberAt(bytes_, 16, 4);
  channel_.dialect = static_cast<uint8_t>(bytes_[20]);
  channel_.binding = static_cast<uint8_t>(bytes_[21]);
  if (channel_.content_version < 1 || channel_.content_version > kLargest) {
    return Fail("content version");
  }
  if (channel_.dialect > 2 || channel_.binding > 1 || NumberAt(bytes_, 22, 2) != 0) {
    return Fail("dialect, binding, or what follows them");
  }
  return true;
}

bool NaiveReader::Table() {
  const uint64_t count = NumberAt(bytes_, 24, 4);
  const uint64_t end = bytes_.size() - 4;
  if (count > 64 || 28 + 12 * count > end) {
    return Fail("section count");
  }
  uint64_t data = 28 + 12 * count;
  for (uint64_t i = 0; i < count; ++i) {
    const size_t at = 28 + 12 * i;
    const uint64_t length = NumberAt(bytes_, at + 8, 4);
    if (i > 0 && NumberAt(bytes_, at, 4) <= NumberAt(bytes_, at - 12, 4)) {
      return Fail("section ids do not ascend");
    }
    if (length % 4 != 0 || length > end - data) {
      return Fail("section length");
    }
    if (!Section(at, NumberAt(bytes_, at + 4, 4), bytes_.substr(data, length))) {
      return false;
    }
    data += length;
  }
  return data == end ? SectionLimits() : Fail("bytes between the sections and the checksum");
}

bool NaiveReader::Section(size_t at, uint32_t count, std::string_view data) {
  const uint32_t id = NumberAt(bytes_, at, 4);
  if (id > kLargest || count < 1 || count > kLargest) {
    return Fail("section id or count");
  }
  if (!ItemSizes().contains(id)) {
    return id >= 128 || Fail("unknown critical section");
  }
  const uint64_t used = uint64_t{count} * ItemSizes().at(id);
  if ((used + 3) / 4 * 4 != data.size()) {
    return Fail("section length is not its count of items");
  }
  for (const char byte : data.substr(used)) {
    if (byte != 0) {
      return Fail("filling");
    }
  }
  sections_[id] = {.count = count, .data = data};
  return true;
}

bool NaiveReader::SectionLimits() {
  const std::map<uint32_t, uint32_t> most = {{3, 4096}, {4, 4096},  {6, 1000000},
                                             {9, 1},    {10, 4096}, {128, 1000000}};
  for (const auto& [id, limit] : most) {
    if (Count(id) > limit) {
      return Fail("too many items in a section");
    }
  }
  return true;
}

bool NaiveReader::SplitStrings(uint32_t ends, uint32_t text, std::vector<std::string>* strings) {
  uint32_t from = 0;
  for (uint32_t i = 0; i < Count(ends); ++i) {
    const uint32_t begin = from;
    uint32_t size = 0;
    if (!Range(ends, i, 0, 1048576, &from, &size)) {
      return false;
    }
    if (from > Count(text)) {
      return Fail("a string past the bytes");
    }
    strings->emplace_back(size == 0 ? "" : sections_.at(text).data.substr(begin, size));
    if (!NaiveIsUtf8(strings->back())) {
      return Fail("not UTF-8");
    }
  }
  return from == Count(text) || Fail("bytes of no string");
}

bool NaiveReader::Strings() { return SplitStrings(1, 2, &strings_); }

bool NaiveReader::Contracts() {
  for (uint32_t i = 0; i < Count(3); ++i) {
    channel_.contracts.emplace_back();
    if (!Number(3, i, 0, &channel_.contracts.back().rank)) {
      return false;
    }
  }
  return true;
}

bool NaiveReader::Types() {
  uint32_t fields = 0;
  uint32_t instances = 0;
  for (uint32_t i = 0; i < Count(4); ++i) {
    if (!Type(i, &fields, &instances)) {
      return false;
    }
  }
  return (fields == Count(5) && instances == Count(6)) || Fail("fields or instances of no type");
}

bool NaiveReader::Type(uint32_t item, uint32_t* fields, uint32_t* instances) {
  NaiveType& type = channel_.types.emplace_back();
  const uint32_t flags = Raw(4, item, 8, 1);
  if (!NumberOrNone(4, item, 0, &type.id) || !Number(4, item, 4, &type.version) ||
      !Zero(4, item, 9, 3)) {
    return false;
  }
  if (flags > 3) {
    return Fail("flags of a type");
  }
  type.declared = (flags & 1) != 0;
  type.open = (flags & 2) != 0;
  type.fingerprint = uint64_t{Raw(4, item, 28, 4)} << 32 | Raw(4, item, 24, 4);
  type.first_instance = *instances;
  uint32_t count = 0;
  uint32_t field = *fields;
  if (!Range(4, item, 16, 1024, fields, &count) ||
      !Range(4, item, 20, 1000000, instances, &type.instances_end)) {
    return false;
  }
  type.instances_end = *instances;
  if (Raw(4, item, 12, 4) != count || *fields > Count(5) || *instances > Count(6)) {
    return Fail("a range of a type");
  }
  for (; field < *fields; ++field) {
    type.fields.push_back({.name = {}, .value_type = static_cast<uint8_t>(Raw(5, field, 0, 1))});
    if (type.fields.back().value_type > 11 || !Zero(5, field, 1, 3)) {
      return Fail("a field");
    }
  }
  return true;
}

bool NaiveReader::Instances() {
  uint32_t criterion = 0;
  uint32_t token = 0;
  uint32_t operands = 0;
  size_t type = 0;
  for (uint32_t i = 0; i < Count(6); ++i) {
    while (i >= channel_.types[type].instances_end) {
      ++type;
    }
    NaiveInstance& instance = channel_.instances.emplace_back();
    uint32_t criteria = 0;
    uint32_t tokens = 0;
    if (!Range(6, i, 0, 65536, &criterion, &criteria) || !Range(6, i, 4, 262144, &token, &tokens)) {
      return false;
    }
    if (criterion > Count(7) || token > Count(8)) {
      return Fail("a range of an instance");
    }
    if (channel_.dialect == 1 ? tokens != 0 : criteria == 0) {
      return Fail("a condition in the dialect sysmon, or no criteria in another");
    }
    for (uint32_t at = criterion - criteria; at < criterion; ++at) {
      if (!Criterion(at, channel_.types[type], &operands, &instance.criteria.emplace_back())) {
        return false;
      }
    }
    for (uint32_t at = token - tokens; at < token; ++at) {
      instance.condition.push_back(Raw(8, at, 0, 4));
    }
  }
  return (criterion == Count(7) && token == Count(8)) || Fail("criteria or tokens of no instance");
}

bool NaiveReader::Criterion(uint32_t item, const NaiveType& type, uint32_t* operands,
                            NaiveCriterion* criterion) {
  criterion->op = static_cast<uint8_t>(Raw(7, item, 4, 1));
  criterion->flags = static_cast<uint8_t>(Raw(7, item, 5, 1));
  criterion->time_part = static_cast<uint8_t>(Raw(7, item, 6, 1));
  uint32_t count = 0;
  if (!NumberOrNone(7, item, 0, &criterion->field) || !Zero(7, item, 7, 1) ||
      !Range(7, item, 8, 65536, operands, &count)) {
    return false;
  }
  if (*operands > strings_.size()) {
    return Fail("more operands than strings");
  }
  criterion->operands.resize(count);
  if (criterion->field == kNaiveNone) {
    if (channel_.dialect == 1 || criterion->op == 1) {
      return Fail("any field, where a position must stand");
    }
  } else if (criterion->field >= type.fields.size()) {
    return Fail("a field that the type does not list");
  }
  return true;
}

bool NaiveReader::Sysmon() {
  channel_.has_sysmon = channel_.dialect == 1;
  if (!channel_.has_sysmon) {
    return (!Has(9) && !Has(10) && !Has(11) && !Has(12) && !Has(13)) ||
           Fail("a section of Sysmon's in another dialect");
  }
  if (Count(9) != 1 || Count(11) != Count(6)) {
    return Fail("Sysmon's sections are not there");
  }
  if (!NumberOrNone(9, 0, 0, &channel_.schema_rank) || !Number(9, 0, 4, &channel_.binary_version)) {
    return false;
  }
  channel_.settings.resize(Count(10));
  uint32_t groups = 0;
  for (uint32_t i = 0; i < Count(11); ++i) {
    if (!Record(i, &groups, &channel_.instances[i])) {
      return false;
    }
  }
  channel_.has_criterion_names = Has(13);
  if (Has(13) && Count(13) != Count(7)) {
    return Fail("criterion names are not as many as criteria");
  }
  return groups == Count(12) || Fail("groups of no record");
}

bool NaiveReader::Record(uint32_t item, uint32_t* groups, NaiveInstance* instance) {
  instance->record_default = static_cast<uint8_t>(Raw(11, item, 0, 1));
  instance->record_combine = static_cast<uint8_t>(Raw(11, item, 1, 1));
  uint32_t count = 0;
  if (!Zero(11, item, 2, 2) || !Range(11, item, 4, 65536, groups, &count)) {
    return false;
  }
  if (instance->record_default > 2 || instance->record_combine > 1 || *groups > Count(12)) {
    return Fail("a record");
  }
  uint32_t free = 0;
  for (uint32_t at = *groups - count; at < *groups; ++at) {
    if (!Group(at, static_cast<uint32_t>(instance->criteria.size()), &free,
               &instance->groups.emplace_back())) {
      return false;
    }
  }
  return true;
}

bool NaiveReader::Group(uint32_t item, uint32_t criteria, uint32_t* free, NaiveGroup* group) {
  group->combine = static_cast<uint8_t>(Raw(12, item, 12, 1));
  if (!Number(12, item, 0, &group->id) || !Number(12, item, 4, &group->first_criterion) ||
      !Number(12, item, 8, &group->criteria) || !Zero(12, item, 13, 3)) {
    return false;
  }
  if (group->combine > 1) {
    return Fail("combination of a group");
  }
  if (group->first_criterion < *free || group->first_criterion > criteria ||
      group->criteria > criteria - group->first_criterion) {
    return Fail("criteria of a group");
  }
  *free = group->first_criterion + group->criteria;
  return true;
}

bool NaiveReader::Origins() {
  if (!Has(128) && !Has(129) && !Has(130) && !Has(131)) {
    return true;
  }
  if (!Has(128) || !Has(129) || Count(130) != Count(6) || Count(131) != Count(7)) {
    return Fail("some of the sections of origins only, or not one for each");
  }
  std::vector<std::string> paths;
  if (!SplitStrings(128, 129, &paths)) {
    return false;
  }
  for (uint32_t i = 0; i < paths.size(); ++i) {
    if (paths[i].empty() || (i > 0 && paths[i] <= paths[i - 1])) {
      return Fail("a path is empty, or paths do not ascend");
    }
    channel_.sources.push_back(
        {.path = paths[i], .sha256 = std::string(sections_.at(128).data.substr(36 * i + 4, 32))});
  }
  uint32_t item = 0;
  for (uint32_t i = 0; i < channel_.instances.size(); ++i) {
    if (!Origin(130, i, &channel_.instances[i].origin)) {
      return false;
    }
    for (NaiveCriterion& criterion : channel_.instances[i].criteria) {
      if (!Origin(131, item++, &criterion.origin)) {
        return false;
      }
    }
  }
  return true;
}

bool NaiveReader::Origin(uint32_t id, uint32_t item, NaiveOrigin* origin) {
  if (!Number(id, item, 0, &origin->source) || !Number(id, item, 4, &origin->line) ||
      !Number(id, item, 8, &origin->column)) {
    return false;
  }
  if (origin->source >= channel_.sources.size()) {
    return Fail("an origin in no source");
  }
  return origin->line == 0 || origin->column >= 1 || Fail("column 0 of a line");
}

}  // namespace

std::optional<NaiveChannel> ReadNaive(std::string_view bytes, std::string* why) {
  why->clear();
  return NaiveReader(bytes, why).Read();
}

}  // namespace sluice
