#include "parser/channel/channel_view.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/parser/channel/channel_bytes.h"

namespace sluice {
namespace {

using channel_test::Model;
using channel_test::RawFile;
using channel_test::ToBytes;
using channel_test::ToRaw;

ChannelError Open(const std::string& bytes, ChannelView* view) {
  return OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), view);
}

std::string Text(ChannelText text) { return std::string(text.data, text.size); }

void ExpectOrigin(const ChannelOrigin& there, const channel_test::Origin& wanted) {
  EXPECT_EQ(there.source, wanted.source);
  EXPECT_EQ(there.line, wanted.line);
  EXPECT_EQ(there.column, wanted.column);
}

void ExpectCriterion(const ChannelView& view, const ChannelCriterion& there,
                     const channel_test::Criterion& wanted) {
  EXPECT_EQ(there.field, wanted.field);
  EXPECT_EQ(static_cast<uint8_t>(there.op), wanted.op);
  EXPECT_EQ(there.flags, wanted.flags);
  EXPECT_EQ(static_cast<uint8_t>(there.time_part), wanted.time_part);
  std::vector<std::string> operands;
  for (const ChannelText operand : view.operands(there)) operands.push_back(Text(operand));
  EXPECT_EQ(operands, wanted.operands);
  const auto names = view.criterion_names();
  EXPECT_EQ(names.empty() ? "" : Text(names[there.index]), wanted.name);
  const auto origins = view.criterion_origins();
  if (!origins.empty()) ExpectOrigin(origins[there.index], wanted.origin);
}

void ExpectCondition(const ChannelView& view, const ChannelInstance& there,
                     const std::vector<uint32_t>& wanted) {
  std::vector<uint32_t> tokens;
  for (const ChannelToken token : view.condition(there)) {
    tokens.push_back(token.kind == channel::TokenKind::kAtLeast
                         ? channel::token::AtLeast(token.at_least, token.of)
                         : channel::token::Make(token.kind, token.criterion));
  }
  EXPECT_EQ(tokens, wanted);
}

void ExpectRecord(const ChannelView& view, const ChannelRecord& there,
                  const channel_test::Instance& wanted) {
  EXPECT_EQ(static_cast<uint8_t>(there.when_nothing_matches), wanted.when_nothing_matches);
  EXPECT_EQ(static_cast<uint8_t>(there.combine), wanted.combine);
  const auto groups = view.groups(there);
  ASSERT_EQ(groups.size(), wanted.groups.size());
  for (uint32_t i = 0; i < groups.size(); ++i) {
    EXPECT_EQ(groups[i].id, wanted.groups[i].id);
    EXPECT_EQ(Text(groups[i].name), wanted.groups[i].name);
    EXPECT_EQ(groups[i].criteria.begin, wanted.groups[i].first);
    EXPECT_EQ(groups[i].criteria.size(), wanted.groups[i].count);
    EXPECT_EQ(static_cast<uint8_t>(groups[i].combine), wanted.groups[i].combine);
  }
}

void ExpectInstance(const ChannelView& view, const ChannelInstance& there,
                    const channel_test::Instance& wanted) {
  EXPECT_EQ(Text(there.id), wanted.id);
  EXPECT_EQ(Text(there.name), wanted.name);
  const auto criteria = view.criteria(there);
  ASSERT_EQ(criteria.size(), wanted.criteria.size());
  for (uint32_t i = 0; i < criteria.size(); ++i) {
    ExpectCriterion(view, criteria[i], wanted.criteria[i]);
  }
  ExpectCondition(view, there, wanted.condition);
  const auto records = view.records();
  if (!records.empty()) ExpectRecord(view, records[there.index], wanted);
  const auto origins = view.instance_origins();
  if (!origins.empty()) ExpectOrigin(origins[there.index], wanted.origin);
}

void ExpectType(const ChannelView& view, const ChannelType& there,
                const channel_test::Type& wanted) {
  EXPECT_EQ(Text(there.name), wanted.name);
  EXPECT_EQ(there.id, wanted.id);
  EXPECT_EQ(there.version, wanted.version);
  EXPECT_EQ(there.declared, (wanted.flags & 1) != 0);
  EXPECT_EQ(there.open, (wanted.flags & 2) != 0);
  EXPECT_EQ(there.fingerprint, there.declared ? Fingerprint(wanted) : 0);
  const auto fields = view.fields(there);
  ASSERT_EQ(fields.size(), wanted.fields.size());
  for (uint32_t i = 0; i < fields.size(); ++i) {
    EXPECT_EQ(Text(fields[i].name), wanted.fields[i].name);
    EXPECT_EQ(static_cast<uint8_t>(fields[i].value_type), wanted.fields[i].value_type);
  }
  const auto instances = view.instances(there);
  ASSERT_EQ(instances.size(), wanted.instances.size());
  for (uint32_t i = 0; i < instances.size(); ++i) {
    ExpectInstance(view, instances[i], wanted.instances[i]);
  }
}

void ExpectModel(const ChannelView& view, const Model& wanted) {
  EXPECT_EQ(view.content_version(), wanted.content_version);
  EXPECT_EQ(static_cast<uint8_t>(view.dialect()), wanted.dialect);
  EXPECT_EQ(static_cast<uint8_t>(view.binding()), wanted.binding);
  ASSERT_EQ(view.contracts().size(), wanted.contracts.size());
  for (uint32_t i = 0; i < wanted.contracts.size(); ++i) {
    EXPECT_EQ(Text(view.contracts()[i].sensor), wanted.contracts[i].sensor);
    EXPECT_EQ(Text(view.contracts()[i].version), wanted.contracts[i].version);
    EXPECT_EQ(view.contracts()[i].rank, wanted.contracts[i].rank);
  }
  ASSERT_EQ(view.types().size(), wanted.types.size());
  for (uint32_t i = 0; i < wanted.types.size(); ++i) {
    ExpectType(view, view.types()[i], wanted.types[i]);
  }
  EXPECT_EQ(view.schema_rank(), wanted.schema_rank);
  EXPECT_EQ(view.binary_version(), wanted.binary_version);
  EXPECT_EQ(Text(view.schema_version()), wanted.schema_version);
  ASSERT_EQ(view.settings().size(), wanted.settings.size());
  for (uint32_t i = 0; i < wanted.settings.size(); ++i) {
    EXPECT_EQ(Text(view.settings()[i].name), wanted.settings[i].name);
    EXPECT_EQ(Text(view.settings()[i].value), wanted.settings[i].value);
  }
  ASSERT_EQ(view.sources().size(), wanted.sources.size());
  for (uint32_t i = 0; i < wanted.sources.size(); ++i) {
    EXPECT_EQ(Text(view.sources()[i].path), wanted.sources[i].path);
    EXPECT_EQ(view.sources()[i].sha256[0], wanted.sources[i].sha256[0]);
  }
}

class ChannelViewShows : public testing::TestWithParam<Model> {};

TEST_P(ChannelViewShows, WhatWasWritten) {
  const std::string bytes = ToBytes(GetParam());
  ChannelView view;
  const ChannelError error = Open(bytes, &view);
  ASSERT_TRUE(error.ok()) << error.structure << " " << error.field << " " << error.offset;
  ExpectModel(view, GetParam());
}

// At any alignment, and with nothing behind it that could be read.
TEST_P(ChannelViewShows, AtEveryAlignment) {
  const std::string bytes = ToBytes(GetParam());
  for (size_t start = 0; start < 16; ++start) {
    const std::vector<char> exact = [&] {
      std::vector<char> there(start, '\xA5');
      there.insert(there.end(), bytes.begin(), bytes.end());
      return there;
    }();
    ChannelView view;
    const auto* data = reinterpret_cast<const uint8_t*>(exact.data()) + start;
    ASSERT_TRUE(OpenChannel(data, bytes.size(), &view).ok()) << start;
    ExpectModel(view, GetParam());
  }
}

TEST_P(ChannelViewShows, NothingOfATruncatedFile) {
  const std::string bytes = ToBytes(GetParam());
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::vector<uint8_t> exact(bytes.begin(), bytes.begin() + static_cast<long>(size));
    ChannelView view;
    const ChannelError error = OpenChannel(exact.data(), size, &view);
    ASSERT_FALSE(error.ok()) << size;
    ASSERT_LE(error.offset, size);
    ASSERT_EQ(view.size(), 0u);
    ASSERT_TRUE(view.types().empty());
  }
}

TEST_P(ChannelViewShows, NothingOfAFileWithAFlippedBit) {
  std::string bytes = ToBytes(GetParam());
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    ChannelView view;
    ASSERT_FALSE(Open(bytes, &view).ok()) << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
  }
}

// A sensor that goes through everything that a view gives out.
uint64_t Visit(const ChannelView& view) {
  uint64_t sum = 0;
  const auto add = [&sum](ChannelText text) {
    for (uint32_t i = 0; i < text.size; ++i) sum += static_cast<uint8_t>(text.data[i]);
  };
  for (const ChannelType type : view.types()) {
    add(type.name);
    for (const ChannelField field : view.fields(type)) add(field.name);
    for (const ChannelInstance instance : view.instances(type)) {
      add(instance.id);
      for (const ChannelCriterion criterion : view.criteria(instance)) {
        if (criterion.field != channel::kNone) add(view.fields(type)[criterion.field].name);
        for (const ChannelText operand : view.operands(criterion)) add(operand);
      }
      uint64_t results = 0;
      for (const ChannelToken token : view.condition(instance)) {
        if (token.kind == channel::TokenKind::kCriterion) {
          add(view.operands(view.criteria(instance)[token.criterion]).size() > 0 ? instance.id
                                                                                 : instance.name);
        }
        results += token.of;
      }
      sum += results;
    }
  }
  for (const ChannelRecord record : view.records()) {
    for (const ChannelGroup group : view.groups(record)) add(group.name);
  }
  for (const ChannelText name : view.criterion_names()) add(name);
  for (const ChannelOrigin origin : view.criterion_origins())
    add(view.sources()[origin.source].path);
  return sum;
}

// Every byte at its borders, with a checksum that is right: refused at a place in the file, or
// accepted, and then everything that is given out lies in it (the sanitizers watch).
TEST_P(ChannelViewShows, OnlyWhatIsInTheFile) {
  const std::string bytes = ToBytes(GetParam());
  int refused = 0;
  for (size_t at = 0; at + 4 < bytes.size(); ++at) {
    for (const int value : {0x00, 0x01, 0x7F, 0x80, 0xC3, 0xFE, 0xFF}) {
      std::string broken = bytes;
      broken[at] = static_cast<char>(value);
      channel_test::Seal(&broken);
      const std::vector<uint8_t> exact(broken.begin(), broken.end());
      ChannelView view;
      const ChannelError error = OpenChannel(exact.data(), exact.size(), &view);
      if (error.ok()) {
        Visit(view);
      } else {
        ++refused;
        ASSERT_LE(error.offset, exact.size()) << at;
        ASSERT_STRNE(error.structure, "") << at;
        ASSERT_EQ(view.size(), 0u) << at;
      }
    }
  }
  EXPECT_GT(refused, 1000);
}

INSTANTIATE_TEST_SUITE_P(EachDialect, ChannelViewShows,
                         testing::Values(channel_test::SmallChannel(), channel_test::SmallSysmon(),
                                         channel_test::SmallSigma()));

TEST(ChannelView, OfNothingIsEmpty) {
  const ChannelView view;
  EXPECT_EQ(view.size(), 0u);
  EXPECT_TRUE(view.types().empty());
  EXPECT_TRUE(view.instances().empty());
  EXPECT_EQ(view.schema_version().size, 0u);
  EXPECT_EQ(view.schema_rank(), channel::kNone);
}

TEST(ChannelView, SmallestFileHasNoSection) {
  const std::string bytes = ToBytes(Model());
  EXPECT_EQ(bytes.size(), 32u);
  ChannelView view;
  EXPECT_TRUE(Open(bytes, &view).ok());
  EXPECT_EQ(view.section_count(), 0u);
  EXPECT_TRUE(view.types().empty());
}

TEST(ChannelView, SkipsOptionalSectionsThatItDoesNotKnow) {
  RawFile raw = ToRaw(channel_test::SmallChannel());
  raw.sections.push_back({200, 77, std::string("\xFF\xFF\xFF\xFF\0\0\0\0", 8), {}});
  raw.sections.push_back({0x7FFFFFFF, 1, "", {}});
  const std::string bytes = ToBytes(raw);
  ChannelView view;
  ASSERT_TRUE(Open(bytes, &view).ok());
  ExpectModel(view, channel_test::SmallChannel());
  ASSERT_EQ(view.section_count(), raw.sections.size());
  const ChannelSection unknown = view.section_at(view.section_count() - 2);
  EXPECT_EQ(unknown.id, 200u);
  EXPECT_EQ(unknown.count, 77u);
  EXPECT_EQ(unknown.offset, bytes.size() - 12);
  EXPECT_EQ(unknown.length, 8u);
}

TEST(ChannelView, SaysWhereThingsStand) {
  const std::string bytes = ToBytes(channel_test::SmallChannel());
  ChannelView view;
  ASSERT_TRUE(Open(bytes, &view).ok());
  const uint32_t criteria = channel_test::OffsetOf(bytes, 7);
  EXPECT_EQ(view.section(channel::Section::kCriteria).offset, criteria);
  EXPECT_EQ(view.section(channel::Section::kCriteria).count, 5u);
  EXPECT_EQ(view.OffsetOf(channel::Section::kCriteria, 2), criteria + 24);
  EXPECT_EQ(view.OffsetOf(view.types()[0].name), bytes.find("Ipc"));
  EXPECT_EQ(view.section(channel::Section::kSysmon).count, 0u);
}

// A file that nobody would write by hand.
TEST(ChannelView, ShowsManyInstances) {
  const Model model = channel_test::ManyInstances(3000);
  const std::string bytes = ToBytes(model);
  ChannelView view;
  ASSERT_TRUE(Open(bytes, &view).ok());
  ExpectModel(view, model);
}

}  // namespace
}  // namespace sluice
