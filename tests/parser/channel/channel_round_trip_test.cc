// Binary to text to binary gives the same bytes, canonical text to binary to text the same text,
// and any content says the same after it was written and read.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "corpus/case_builder.h"
#include "parser/channel/channel_reader.h"
#include "parser/channel/channel_writer.h"
#include "parser/format.h"
#include "parser/text/content_text.h"
#include "schema/text.h"
#include "tests/parser/channel/channel_contents.h"
#include "tests/parser/channel/naive_channel_random.h"
#include "tests/parser/channel/naive_channel_writer.h"

namespace sluice {
namespace {

ReadResult Read(std::string bytes) {
  return ReadChannel(std::make_shared<const std::string>(std::move(bytes)), {});
}

ReadResult ReadText(std::string text) {
  return ReadContentText(std::make_shared<const std::string>(std::move(text)), {});
}

// Bytes to content to the same bytes; to text, back to the same content, and to the same bytes.
void ExpectKept(const std::string& bytes) {
  const ReadResult read = Read(bytes);
  ASSERT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message;
  const absl::StatusOr<std::string> again = WriteChannel(read.content());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(*again == bytes);
  const std::string text = PrintContentText(read.content());
  const ReadResult back = ReadText(text);
  ASSERT_TRUE(back.ok()) << back.malformed().structure << ": " << back.malformed().message << "\n"
                         << text;
  EXPECT_TRUE(SameMeaning(read.content(), back.content())) << text;
  EXPECT_EQ(PrintContentText(back.content()), text);
  const absl::StatusOr<std::string> written = WriteChannel(back.content());
  ASSERT_TRUE(written.ok()) << written.status() << "\n" << text;
  EXPECT_TRUE(*written == bytes) << text;
}

// Whether no declared type has a field without a name, or two of one name.
bool DeclaresWell(const NaiveChannel& channel) {
  for (const NaiveType& type : channel.types) {
    std::set<std::string> names;
    if (!type.declared) continue;
    for (const NaiveField& field : type.fields) {
      if (field.name.empty() || !names.insert(field.name).second) return false;
    }
  }
  return true;
}

TEST(ChannelRoundTrip, RandomFiles) {
  NaiveRandom random(4);
  int kept = 0;
  for (int i = 0; i < 10'000; ++i) {
    SCOPED_TRACE(i);
    const NaiveChannel channel = RandomNaive(&random);
    if (!DeclaresWell(channel)) continue;
    ExpectKept(WriteNaive(channel));
    if (testing::Test::HasFailure()) return;
    ++kept;
  }
  EXPECT_GT(kept, 2000);
}

// The instances by type and id, in their order; conditions by what they match.
std::multimap<std::string, std::string> Said(const Content& content) {
  std::multimap<std::string, std::string> said;
  for (const Instance& instance : content.instances()) {
    const TemplateType& type = content.type(instance);
    std::string what = absl::StrCat(Abseil(instance.id), " ", Abseil(instance.name), " ",
                                    type.version, type.declared, type.open);
    if (content.dialect() == Dialect::kSysmon) {
      absl::StrAppend(&what, static_cast<int>(instance.record_default),
                      static_cast<int>(instance.combine));
      for (const Criterion& criterion : content.criteria(instance)) {
        absl::StrAppend(&what, " ", CriterionKey(content, criterion));
      }
      for (const Group& group : content.groups(instance)) {
        absl::StrAppend(&what, " ", group.criteria.begin - instance.criteria.begin, "+",
                        group.criteria.size(), " ", group.id, Abseil(group.name));
      }
    } else {
      for (uint32_t salt = 0; salt < 64; ++salt) {
        what += Matches(content, instance, salt) ? '1' : '0';
      }
    }
    said.emplace(absl::StrCat(Abseil(type.name), "#", type.id), what);
  }
  return said;
}

TEST(ChannelRoundTrip, RandomContentsSayTheSame) {
  NaiveRandom random(291);
  for (int i = 0; i < 6000; ++i) {
    SCOPED_TRACE(i);
    const auto dialect = static_cast<Dialect>(random.Below(3));
    const auto binding = static_cast<Binding>(random.Below(2));
    const Content content = RandomContent(dialect, binding, random);
    const absl::StatusOr<std::string> bytes = WriteChannel(content);
    ASSERT_TRUE(bytes.ok()) << bytes.status() << PrintContentText(content);
    const ReadResult read = Read(*bytes);
    ASSERT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message << "\n"
                           << PrintContentText(content);
    EXPECT_EQ(Said(content), Said(read.content())) << PrintContentText(content);
    ExpectKept(*bytes);
    // Its own text gives the same bytes, too.
    const ReadResult text = ReadText(PrintContentText(content));
    ASSERT_TRUE(text.ok()) << text.malformed().message << PrintContentText(content);
    EXPECT_TRUE(WriteChannel(text.content()).value() == *bytes);
    if (testing::Test::HasFailure()) return;
  }
}

// Every case that a channel file can hold.
TEST(ChannelRoundTrip, Corpus) {
  const SelfContracts contracts(ContractSet::BuiltIn(), nullptr);
  const ReadOptions options{.self_contracts = &contracts};
  size_t written = 0;
  for (const std::string& path : FindCases("corpus")) {
    SCOPED_TRACE(path);
    const auto description = ReadCase(path);
    ASSERT_TRUE(description.ok()) << description.status();
    const auto bytes = BuildCase(*description, path);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    const Format* format = RecogniseFormat(*bytes);
    if (format == nullptr) continue;
    const ReadResult read = format->read(std::make_shared<const std::string>(*bytes), options);
    if (!read.ok()) continue;
    const Contract* reference = contracts.Of(read.content()).reference;
    const absl::StatusOr<std::string> channel = WriteChannel(read.content(), reference);
    if (!channel.ok()) continue;
    ExpectKept(*channel);
    ++written;
  }
  EXPECT_GT(written, 60);
}

}  // namespace
}  // namespace sluice
