// Content bound by index becomes the blob that it is.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "parser/sysmon/blob_writer.h"
#include "parser/text/content_text.h"
#include "tests/parser/sysmon/blob_writer_testing.h"

namespace sluice {
namespace {

Content ReadBlobBytes(const std::string& bytes) {
  ReadResult result = ReadSysmonBlob(std::make_shared<const std::string>(bytes), {});
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.malformed().message);
  if (!result.ok()) return ReadXml("<Sysmon/>");
  return std::move(result).TakeContent();
}

ReadResult ReadText(const std::string& text) {
  return ReadContentText(std::make_shared<const std::string>(text), {});
}

void ExpectComesBack(const std::string& bytes) {
  const Content content = ReadBlobBytes(bytes);
  const ReadResult text = ReadText(PrintContentText(content));
  ASSERT_TRUE(text.ok()) << text.malformed().message;
  for (const Content* same : {&content, &text.content()}) {
    const auto written = WriteIndexedSysmonBlob(*same);
    ASSERT_TRUE(written.ok()) << written.status();
    EXPECT_EQ(written->bytes == bytes, true)
        << Describe(*written) << Describe(written->bytes) << "instead of\n"
        << Describe(bytes);
  }
}

TEST(IndexedBlobWriter, GivesTheSameBytes) {
  for (const std::string_view blob :
       {"event { id: 1 }",
        "binary_minor: 3 event { id: 4294901760 default: 1 } event { id: 0 combine: 1 }",
        "event { id: 77 part { condition { field: 999 op: 77 text: 'x' } } part { condition {"
        " op: IS_ANY environment: true name: 'n' } } }",
        "event { id: 1 part { condition { op_word: 4294967295 } } }",
        "event { id: 1 part { group { id: 1 combine: 1 name: 'g' condition { text: 'a' }"
        " condition { text: 'b' } } } part { group { id: 2 } } part { condition { text: 'c' } }"
        " part { group { id: 7 condition { text: 'd' } } } }"
        "event { id: 2 part { group { id: 8 condition { text: 'a' } } } }",
        "event { id: 13 part { group { id: 3 condition { text: 'a' } } }"
        " part { group { id: 4 condition { text: 'b' } } } } first_aggregation: 0",
        "event { id: 1 part { condition { text: '\\355\\240\\200' name: '\\360\\237\\230\\200' } } "
        "}"}) {
    ExpectComesBack(Blob(blob));
  }
}

TEST(IndexedBlobWriter, KeepsAnySchemaVersion) {
  for (const uint32_t word : {0x00040032u, 0x00000000u, 0x00040005u, 0x00040100u, 0xFFFFFFFFu}) {
    ExpectComesBack(Blob("event { id: 1 } schema_version_word: " + std::to_string(word)));
  }
}

TEST(IndexedBlobWriter, KeepsTheHeaderOfTwoWords) {
  corpus::SysmonBlob blob;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "binary_major: 1 legacy_header: true event { id: 1 part { condition { text: 'x' } } "
      "part { group { id: 1 condition { text: 'y' } } } } event { id: 2 }",
      &blob));
  ExpectComesBack(BuildSysmonBlob(blob));
}

TEST(IndexedBlobWriter, NoRecordsGiveNoBlob) {
  const ReadResult text = ReadText(
      "# proto-message: sluice.v1.Content\ndialect: 'sysmon' metadata { binary_major: 15 }");
  ASSERT_TRUE(text.ok());
  const auto written = WriteIndexedSysmonBlob(text.content());
  ASSERT_TRUE(written.ok());
  EXPECT_TRUE(written->ok());
  EXPECT_TRUE(written->bytes.empty());
}

TEST(IndexedBlobWriter, RefusesWhatABlobCannotHold) {
  const std::string header =
      "# proto-message: sluice.v1.Content\ndialect: 'sysmon' binding: 'index'"
      " metadata { schema_version: '4.50' binary_major: 15 }"
      " template_type { name: 'ProcessCreate' id: 1 } template_type { name: 'Nameless' }";
  const std::string record = "instance { template_type: 'ProcessCreate' on_match: 'include' ";
  const std::string criterion = "criterion { field_index: 1 operator: 'sysmon.is' operand: 'x' ";
  const auto write = [&](const std::string& text) {
    const ReadResult read = ReadText(text);
    EXPECT_TRUE(read.ok()) << text << (read.ok() ? "" : read.malformed().message);
    const auto written = WriteIndexedSysmonBlob(read.content());
    return written.ok() && written->ok();
  };
  EXPECT_TRUE(write(header + record + criterion + "} }"));
  for (const std::string& text :
       {header + "instance { template_type: 'Nameless' on_match: 'include' }",
        header + "instance { template_type: 'ProcessCreate' }",
        header + record + "criterion { field_index: 1 operator: 'equals' operand: 'x' } }",
        header + record + "criterion { field_index: 1 operator: 'odd' operand: 'x' } }",
        header + record + "criterion { field_index: 1 operator: '4294967296' operand: 'x' } }",
        header + record + criterion + "operand: 'y' } }",
        header + record + criterion + "name: '\\000' } }",
        header + record + criterion + "name: '" + std::string(256, 'n') + "' } }",
        header + record + "part { group { name: '" + std::string(128, 'n') + "' } } }",
        header + record + "part { group { " + criterion + "} } } }",
        header + record + "part { group { id: 1 " + criterion + "} } } part { group { id: 1 " +
            criterion + "} } } }",
        "# proto-message: sluice.v1.Content\ndialect: 'sysmon' binding: 'index'"
        " metadata { binary_major: 15 } template_type { name: 'ProcessCreate' id: 1 } " +
            record + "}",
        "# proto-message: sluice.v1.Content\ndialect: 'sysmon' binding: 'index'"
        " metadata { binary_major: 1 schema_version: '4.50' }"
        " template_type { name: 'ProcessCreate' id: 1 } " +
            record + "}",
        "# proto-message: sluice.v1.Content\ndialect: 'sysmon' binding: 'index'"
        " metadata { binary_major: 65536 schema_version: '4.50' }"
        " template_type { name: 'ProcessCreate' id: 1 } " +
            record + "}"}) {
    EXPECT_FALSE(write(text)) << text;
  }
}

}  // namespace
}  // namespace sluice
