// Channel files whose content breaks docs/channel-format.md: order, sections and counts that do not
// agree. What the reader says, and where.

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "parser/channel/channel_view.h"
#include "tests/parser/channel/channel_bytes.h"

namespace sluice {
namespace {

using channel_test::kNone;
using channel_test::Model;
using channel_test::OffsetOf;
using channel_test::RawFile;
using channel_test::SmallChannel;
using channel_test::SmallSigma;
using channel_test::SmallSysmon;
using channel_test::ToBytes;
using channel_test::ToRaw;
using Code = ChannelErrorCode;

ChannelError Open(const std::string& bytes) {
  ChannelView view;
  return OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view);
}

// A file that is whole but for what the change breaks in its content.
struct Change {
  const char* what;
  Model (*model)();
  std::function<void(Model*)> change;
  Code code;
  const char* structure;
  uint32_t section;  // of the error, and where in it
  uint32_t offset;
};

const Change kChanges[] = {
    {"contracts twice", SmallChannel, [](Model* m) { m->contracts[1] = m->contracts[0]; },
     Code::kTwice, "contract", 3, 4},
    {"contracts by name", SmallChannel, [](Model* m) { m->contracts[1].sensor = "falcom"; },
     Code::kNotAscending, "contract", 3, 4},
    {"contracts by version", SmallChannel,
     [](Model* m) {
       m->contracts[1] = {"falcon", "7.1", 710};
     },
     Code::kNotAscending, "contract", 3, 4},
    {"types twice", SmallChannel, [](Model* m) { m->types[1].name = "Ipc", m->types[1].id = 9; },
     Code::kTwice, "type", 4, 32},
    {"types by name", SmallChannel, [](Model* m) { m->types[1].name = "Ip"; }, Code::kNotAscending,
     "type", 4, 32},
    {"types by id", SmallChannel,
     [](Model* m) { m->types[1].name = "Ipc", m->types[0].id = kNone; }, Code::kNotAscending,
     "type", 4, 32},
    {"fields twice", SmallSigma, [](Model* m) { m->types[0].fields[1].name = "CommandLine"; },
     Code::kTwice, "field", 5, 4},
    {"fields by name", SmallSigma, [](Model* m) { m->types[0].fields[1].name = "Action"; },
     Code::kNotAscending, "field", 5, 4},
    {"an undeclared type without instances", SmallSigma,
     [](Model* m) { m->types.push_back({.name = "x", .flags = 0}); }, Code::kTooSmall, "type", 4,
     52},
    {"all criteria, by a condition", SmallSigma,
     [](Model* m) {
       m->types[0].instances[0].condition = {0, 1, 1u << 28, 2, 1u << 28};
     },
     Code::kAsWithout, "condition token", 8, 16},
    {"the only criterion, by a condition", SmallSigma,
     [](Model* m) {
       m->types[0].instances[0].criteria = {{.field = 0, .op = 15}};
       m->types[0].fields.pop_back();
       m->types[0].instances[0].condition = {0};
     },
     Code::kAsWithout, "condition token", 8, 0},
    {"two results", SmallSigma,
     [](Model* m) {
       m->types[0].instances[0].condition = {0, 1, 2u << 28, 2};
     },
     Code::kResults, "condition token", 8, 12},
    {"sources twice", SmallChannel, [](Model* m) { m->sources[1].path = "a/ipc.txt"; },
     Code::kTwice, "source", 128, 36},
    {"a source without a path", SmallChannel, [](Model* m) { m->sources[0].path = ""; },
     Code::kTooSmall, "source", 128, 0},
    {"an exists without an operand", SmallSigma,
     [](Model* m) { m->types[0].instances[0].criteria[2] = {.field = 0, .op = 14}; },
     Code::kWrongOperands, "criterion", 7, 32},
    {"an exists with two operands", SmallSigma,
     [](Model* m) {
       m->types[0].instances[0].criteria[2] = {.field = 0, .op = 14, .operands = {"true", "x"}};
     },
     Code::kWrongOperands, "criterion", 7, 32},
    {"a position in an instance of another type", SmallChannel,
     [](Model* m) { m->types[1].instances = {{.criteria = {{.field = 1, .op = 1}}}}; },
     Code::kNotBelow, "criterion", 7, 60},
};

TEST(ChannelContent, Order) {
  for (const Change& change : kChanges) {
    SCOPED_TRACE(change.what);
    Model model = change.model();
    change.change(&model);
    const std::string bytes = ToBytes(model);
    const ChannelError error = Open(bytes);
    EXPECT_EQ(error.code, change.code) << ChannelErrorText(error.code);
    EXPECT_STREQ(error.structure, change.structure);
    EXPECT_EQ(error.offset, OffsetOf(bytes, change.section) + change.offset);
  }
}

// Sections that must be there, or must not be.
void ExpectWithout(const Model& model, uint32_t id, Code code) {
  SCOPED_TRACE(testing::Message() << "without section " << id);
  RawFile raw = ToRaw(model);
  std::erase_if(raw.sections, [id](const auto& section) { return section.id == id; });
  EXPECT_EQ(Open(ToBytes(raw)).code, code);
}

TEST(ChannelContent, SectionsThatAreNeeded) {
  ExpectWithout(SmallChannel(), 1, Code::kNotAllowed);  // strings: the bytes have no owner
  ExpectWithout(SmallChannel(), 2, Code::kNotAllItems);
  ExpectWithout(SmallChannel(), 3, Code::kWrongCount);
  ExpectWithout(SmallChannel(), 4, Code::kNotAllowed);
  ExpectWithout(SmallChannel(), 5, Code::kNotAllItems);
  ExpectWithout(SmallChannel(), 7, Code::kNotAllowed);  // the origins of criteria
  ExpectWithout(SmallChannel(), 8, Code::kNotAllItems);
  ExpectWithout(SmallChannel(), 128, Code::kNotAllowed);
  ExpectWithout(SmallChannel(), 129, Code::kMissing);
  ExpectWithout(SmallChannel(), 130, Code::kMissing);
  ExpectWithout(SmallChannel(), 131, Code::kMissing);
  ExpectWithout(SmallSysmon(), 9, Code::kMissing);
  ExpectWithout(SmallSysmon(), 10, Code::kWrongCount);
  ExpectWithout(SmallSysmon(), 11, Code::kMissing);
  ExpectWithout(SmallSysmon(), 12, Code::kNotAllItems);
  ExpectWithout(SmallSysmon(), 13, Code::kWrongCount);
}

void ExpectWith(const Model& model, channel_test::RawSection section, Code code) {
  SCOPED_TRACE(testing::Message() << "with section " << section.id);
  RawFile raw = ToRaw(model);
  size_t at = 0;
  while (at < raw.sections.size() && raw.sections[at].id < section.id) ++at;
  raw.sections.insert(raw.sections.begin() + static_cast<long>(at), std::move(section));
  EXPECT_EQ(Open(ToBytes(raw)).code, code);
}

TEST(ChannelContent, SectionsThatMayNotBeThere) {
  const std::string word(4, '\0');
  ExpectWith(SmallChannel(), {9, 1, word + word, {}}, Code::kNotAllowed);
  ExpectWith(SmallChannel(), {10, 1, "", {}}, Code::kNotAllowed);
  ExpectWith(SmallChannel(), {11, 2, word + word + word + word, {}}, Code::kNotAllowed);
  ExpectWith(SmallChannel(), {12, 1, word + word + word + word, {}}, Code::kNotAllowed);
  ExpectWith(SmallChannel(), {13, 5, "", {}}, Code::kNotAllowed);
  ExpectWith(SmallSysmon(), {8, 1, word, {}}, Code::kNotAllowed);
  ExpectWith(Model(), {5, 1, word, {}}, Code::kNotAllowed);
  ExpectWith(Model(), {6, 1, word + word, {}}, Code::kNotAllowed);
  ExpectWith(Model(), {2, 1, word, {}}, Code::kNotAllowed);
  ExpectWith(Model(), {1, 1, word, {}}, Code::kNotAllowed);
  ExpectWith(Model(), {129, 1, word, {}}, Code::kNotAllowed);
}

TEST(ChannelContent, CountsThatMustAgree) {
  RawFile raw = ToRaw(SmallSysmon());
  raw.Find(9)->count = 2;
  raw.Find(9)->bytes += raw.Find(9)->bytes;
  EXPECT_EQ(Open(ToBytes(raw)).code, Code::kWrongCount);
  raw = ToRaw(SmallSysmon());
  raw.Find(13)->count = 2;
  EXPECT_EQ(Open(ToBytes(raw)).code, Code::kWrongCount);
  raw = ToRaw(SmallSysmon());
  raw.Find(10)->count = 3;
  EXPECT_EQ(Open(ToBytes(raw)).code, Code::kWrongCount);
}

TEST(ChannelContent, NamesOfCriteriaAreNotAllEmpty) {
  Model model = SmallSysmon();
  model.types[0].instances[0].criteria[0].name = "T";
  RawFile raw = ToRaw(model);
  // The criterion names follow the names of the groups: the only name is its one byte.
  const std::string ends = raw.Find(1)->bytes;
  const uint32_t first = static_cast<uint32_t>(ends.size() / 4 - 3 - 3);
  const uint32_t end = channel_test::Get32(ends, 4 * first);
  channel_test::Put32(&raw.Find(1)->bytes, 4 * (first - 1), end);
  EXPECT_EQ(Open(ToBytes(raw)).code, Code::kAllEmpty);
}

}  // namespace
}  // namespace sluice
