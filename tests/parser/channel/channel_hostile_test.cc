// Hostile bytes: cut, flipped, and every number at every boundary. What the embedded reader takes,
// the naive one takes too; what it refuses, it refuses with a place in the file; and it never takes
// more than linear time.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/channel/channel_view.h"
#include "tests/parser/channel/channel_bytes.h"
#include "tests/parser/channel/naive_channel_view.h"
#include "tests/parser/channel/naive_channel_writer.h"

namespace sluice {
namespace {

ChannelError Open(std::string_view bytes) {
  ChannelView view;
  return OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view);
}

std::vector<std::string> SmallFiles() {
  return {channel_test::ToBytes(channel_test::SmallChannel()),
          channel_test::ToBytes(channel_test::SmallSysmon()),
          channel_test::ToBytes(channel_test::SmallSigma())};
}

// What is wrong with how these bytes are taken; empty if nothing is.
std::string Wrong(std::string_view bytes) {
  bool accepted = false;
  if (std::string wrong = Disagreement(bytes, &accepted); !wrong.empty()) return wrong;
  const ChannelError error = Open(bytes);
  if (error.ok()) return "";
  if (std::string_view(error.structure).empty()) return "the refusal names no structure";
  if (std::string_view(ChannelErrorText(error.code)).empty()) return "the refusal gives no reason";
  const bool inside = error.offset <= bytes.size() && error.size <= bytes.size() - error.offset;
  return inside ? "" : "the refusal is not in the file";
}

TEST(ChannelHostile, EveryTruncationIsRefused) {
  for (const std::string& file : SmallFiles()) {
    ASSERT_TRUE(Open(file).ok());
    for (size_t length = 0; length < file.size(); ++length) {
      std::string bytes = file.substr(0, length);
      EXPECT_FALSE(Open(bytes).ok()) << length;
      EXPECT_EQ(Wrong(bytes), "") << length;
      RepairNaive(true, &bytes);
      EXPECT_FALSE(Open(bytes).ok()) << length << ", repaired";
      EXPECT_EQ(Wrong(bytes), "") << length << ", repaired";
    }
  }
}

TEST(ChannelHostile, WhatIsNoChannelFileIsRefusedInPlace) {
  for (const size_t size : {0, 1, 3, 7, 8, 24, 28, 31, 32, 40, 4096}) {
    for (const char byte : {'\0', '<', '\x89', '\xFF'}) {
      const std::string bytes(size, byte);
      EXPECT_FALSE(Open(bytes).ok()) << size;
      EXPECT_EQ(Wrong(bytes), "") << size;
    }
  }
}

TEST(ChannelHostile, EveryFlippedBitIsRefused) {
  for (const std::string& file : SmallFiles()) {
    for (size_t bit = 0; bit < 8 * file.size(); ++bit) {
      std::string bytes = file;
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
      EXPECT_FALSE(Open(bytes).ok()) << bit;
      EXPECT_EQ(Wrong(bytes), "") << bit;
      if (bit < 8 * (file.size() - 4)) {
        RepairNaive(false, &bytes);
        EXPECT_EQ(Wrong(bytes), "") << bit << ", repaired";
      }
    }
  }
}

TEST(ChannelHostile, EveryByteThatIsPutInIsRefused) {
  for (const std::string& file : SmallFiles()) {
    for (size_t at = 0; at <= file.size(); ++at) {
      for (const size_t count : {1, 4}) {
        std::string bytes = file;
        bytes.insert(at, count, '\0');
        EXPECT_FALSE(Open(bytes).ok()) << at;
        EXPECT_EQ(Wrong(bytes), "") << at;
        RepairNaive(true, &bytes);
        EXPECT_EQ(Wrong(bytes), "") << at << ", repaired";
      }
    }
  }
}

TEST(ChannelHostile, EveryNumberAtEveryBoundary) {
  std::vector<uint32_t> values;
  for (const uint32_t edge :
       {0U, 64U, 256U, 1024U, 4096U, 65536U, 262144U, 1000000U, 1048576U, 268435456U, 0x10000000U,
        0x20000000U, 0x30000000U, 0x40000203U, 0x50000000U, 0x7FFFFFFFU, 0x80000000U}) {
    values.insert(values.end(), {edge - 1, edge, edge + 1});
  }
  for (const std::string& file : SmallFiles()) {
    for (size_t at = 0; at + 8 <= file.size(); at += 4) {
      const uint32_t now = GetNaiveNumber(at, file);
      values.insert(values.end(), {now - 1, now + 1});
      for (const uint32_t value : values) {
        std::string bytes = file;
        SetNaiveNumber(at, value, &bytes);
        RepairNaive(false, &bytes);
        EXPECT_EQ(Wrong(bytes), "") << value << " at " << at;
      }
      values.resize(values.size() - 2);
    }
  }
}

TEST(ChannelHostile, EveryNumberBecomesEveryOther) {
  for (const std::string& file : SmallFiles()) {
    for (size_t at = 12; at + 8 <= file.size(); at += 4) {
      for (size_t from = 12; from + 8 <= file.size(); from += 4) {
        std::string bytes = file;
        SetNaiveNumber(at, GetNaiveNumber(from, file), &bytes);
        RepairNaive(false, &bytes);
        ASSERT_EQ(Wrong(bytes), "") << from << " to " << at;
      }
    }
  }
}

TEST(ChannelHostile, SectionsDoubledMissingAndInAnotherOrder) {
  for (const std::string& file : SmallFiles()) {
    const std::vector<NaiveSectionBytes> sections = SplitNaive(file);
    const auto refused = [&](const std::vector<NaiveSectionBytes>& changed) {
      const std::string bytes = JoinNaive(file, changed);
      EXPECT_EQ(Wrong(bytes), "");
      return !Open(bytes).ok();
    };
    for (size_t i = 0; i < sections.size(); ++i) {
      std::vector<NaiveSectionBytes> doubled = sections;
      doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), sections[i]);
      EXPECT_TRUE(refused(doubled)) << sections[i].id;
      std::vector<NaiveSectionBytes> missing = sections;
      missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_TRUE(refused(missing)) << sections[i].id;
      for (size_t j = 0; j < i; ++j) {
        std::vector<NaiveSectionBytes> swapped = sections;
        std::swap(swapped[i], swapped[j]);
        EXPECT_TRUE(refused(swapped)) << sections[i].id << " and " << sections[j].id;
      }
    }
  }
}

TEST(ChannelHostile, ForeignSectionsAreSkippedWhenOptional) {
  for (const std::string& file : SmallFiles()) {
    for (const uint32_t id : {0U, 14U, 127U, 132U, 200U, 0x7FFFFFFFU, 0x80000000U}) {
      std::vector<NaiveSectionBytes> sections = SplitNaive(file);
      sections.push_back({.id = id, .count = 7, .data = "whatever"});
      std::sort(sections.begin(), sections.end(),
                [](const auto& a, const auto& b) { return a.id < b.id; });
      const std::string bytes = JoinNaive(file, sections);
      EXPECT_EQ(Wrong(bytes), "") << id;
      EXPECT_EQ(Open(bytes).ok(), id >= 128 && id <= 0x7FFFFFFFU) << id;
    }
  }
}

// Files of about `scale` thousand bytes that make one rule as dear as it gets.
struct Shape {
  const char* name;
  std::function<std::string(uint32_t scale)> build;
  bool valid = true;
};

std::string LongNames(uint32_t scale) {
  channel_test::Model model;
  for (uint32_t i = 0; i < 64; ++i) {
    channel_test::Type type;
    type.name = std::string(size_t{16} * scale, 'x') + static_cast<char>('0' + i);
    model.types.push_back(type);
  }
  return channel_test::ToBytes(model);
}

std::string EmptyRecords(uint32_t scale) {
  channel_test::Model model;
  model.dialect = 1;
  model.types.resize(1);
  model.types[0].instances.resize(size_t{40} * scale);
  return channel_test::ToBytes(model);
}

std::string Conditions(uint32_t scale) {
  channel_test::Model model;
  model.types.resize(1);
  model.types[0].fields.push_back({.name = "f", .value_type = 1});
  channel_test::Instance instance;
  for (uint32_t i = 0; i < 64; ++i) {
    instance.criteria.emplace_back().operands = {""};
    instance.condition.push_back(i);
  }
  instance.condition.push_back(4U << 28 | 2U << 8 | 64U);
  model.types[0].instances.assign(scale, instance);
  return channel_test::ToBytes(model);
}

std::string UndeclaredFields(uint32_t scale) {
  channel_test::Model model;
  model.binding = 1;
  for (uint32_t i = 0; i < scale / 16 + 1; ++i) {
    channel_test::Type& type = model.types.emplace_back();
    type.name = std::to_string(100'000 + i);
    type.flags = 0;
    channel_test::Instance& instance = type.instances.emplace_back();
    for (uint32_t field = 0; field < 1024; ++field) {
      type.fields.push_back({.name = std::to_string(10'000 + field), .value_type = 0});
      instance.criteria.emplace_back().operands = {""};
      instance.criteria.back().field = 1023 - field;
    }
  }
  return channel_test::ToBytes(model);
}

std::string BrokenAtTheEnd(uint32_t scale) {
  std::string bytes = channel_test::ToBytes(channel_test::ManyInstances(5 * scale));
  std::vector<NaiveSectionBytes> sections = SplitNaive(bytes);
  sections[1].data[sections[1].count - 1] = '\xFF';
  return JoinNaive(bytes, sections);
}

double SecondsToOpen(const std::string& bytes) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const ChannelError error = Open(bytes);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    best = std::min(best, took.count() + (error.item == 1 ? 1e-12 : 0));
  }
  return best;
}

TEST(ChannelHostile, TimeIsLinear) {
  const Shape shapes[] = {{"long names", LongNames},
                          {"empty records", EmptyRecords},
                          {"conditions", Conditions},
                          {"undeclared fields", UndeclaredFields},
                          {"broken at the end", BrokenAtTheEnd, false}};
  constexpr uint32_t kScale = 64;
  for (const Shape& shape : shapes) {
    const std::string small = shape.build(kScale);
    const std::string large = shape.build(8 * kScale);
    EXPECT_EQ(Open(small).ok(), shape.valid) << shape.name;
    EXPECT_EQ(Open(large).ok(), shape.valid) << shape.name;
    const double per_byte = SecondsToOpen(small) / static_cast<double>(small.size());
    const double per_byte_of_large = SecondsToOpen(large) / static_cast<double>(large.size());
    EXPECT_LT(per_byte_of_large, 4 * per_byte) << shape.name << ", " << large.size() << " bytes";
  }
}

}  // namespace
}  // namespace sluice
