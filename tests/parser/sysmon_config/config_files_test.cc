// The real configurations, beside the blobs that Sysmon compiled them to.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schema/utf.h"
#include "tests/parser/sysmon_config/config_testing.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

std::vector<std::filesystem::path> Configs() { return SharedFiles("sysmon/pairs", ".xml"); }

uint32_t U32(std::string_view blob, size_t offset) {
  uint32_t value = 0;
  EXPECT_LE(offset + sizeof(value), blob.size());
  if (offset + sizeof(value) <= blob.size()) std::memcpy(&value, &blob[offset], sizeof(value));
  return value;
}

struct Counts {
  uint32_t records = 0;
  uint32_t conditions = 0;
  uint32_t in_groups = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};

// Walks the chains of a blob (Sysmon rule blob, section 1).
Counts CountBlob(std::string_view blob) {
  Counts counts{.records = U32(blob, 4)};
  size_t event = U32(blob, 16);
  for (uint32_t i = 0; i < counts.records; ++i) {
    size_t condition = U32(blob, event + 20);
    for (uint32_t n = U32(blob, event + 16); n > 0; --n) {
      ++counts.conditions;
      if (U32(blob, condition + 528) != 0) ++counts.in_groups;
      condition = U32(blob, condition + 520);
    }
    event = U32(blob, event + 12);
  }
  return counts;
}

Counts CountConfig(const Content& content) {
  Counts counts{.records = static_cast<uint32_t>(content.instances().size()),
                .conditions = static_cast<uint32_t>(content.criteria().size())};
  for (const Criterion& criterion : content.criteria()) {
    if (criterion.group != kNone) ++counts.in_groups;
  }
  return counts;
}

// Decodes a value as it stands in a file, with nothing of the reader's in it.
std::string DecodeRaw(std::string_view raw, bool cdata) {
  static const std::map<std::string_view, std::string_view> kEntities = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\r') {
      if (i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
      out += '\n';
      continue;
    }
    const size_t end = raw.find(';', i);
    if (cdata || raw[i] != '&' || end == std::string_view::npos) {
      out += raw[i];
      continue;
    }
    const std::string entity(raw.substr(i + 1, end - i - 1));
    if (entity.starts_with("#")) {
      const bool hex = entity.starts_with("#x");
      AppendWtf8(
          static_cast<uint32_t>(std::stoul(entity.substr(hex ? 2 : 1), nullptr, hex ? 16 : 10)),
          &out);
    } else if (kEntities.contains(entity)) {
      out += kEntities.at(entity);
    } else {
      out += raw[i];
      continue;
    }
    i = end;
  }
  return out;
}

TEST(ConfigFiles, AllAreRecognisedAndRead) {
  const auto files = Configs();
  SLUICE_NEED_SHARED(files);
  EXPECT_GE(files.size(), 100u);
  for (const auto& file : files) {
    const Bytes bytes = Slurp(file);
    EXPECT_TRUE(LooksLikeSysmonConfig(*bytes)) << file;
    const ReadResult result = ReadSysmonConfig(bytes, {});
    ASSERT_TRUE(result.ok()) << file << ": " << result.malformed().message;
    EXPECT_TRUE(result.content().metadata().has_schema_version) << file;
  }
}

TEST(ConfigFiles, TheManifestIsNoConfiguration) {
  const auto files = SharedFiles("sysmon", "manifest.xml");
  SLUICE_NEED_SHARED(files);
  EXPECT_FALSE(LooksLikeSysmonConfig(*Slurp(files[0])));
}

TEST(ConfigFiles, BlobsAreNoConfigurations) {
  const auto files = SharedFiles("sysmon/pairs", ".bin");
  SLUICE_NEED_SHARED(files);
  for (const auto& file : files) EXPECT_FALSE(LooksLikeSysmonConfig(*Slurp(file))) << file;
}

TEST(ConfigFiles, CountsAreThoseOfTheCompiledBlobs) {
  const auto files = Configs();
  SLUICE_NEED_SHARED(files);
  size_t compared = 0;
  for (const auto& file : files) {
    const std::string blob_path = file.string() + ".bin";
    if (!std::filesystem::exists(blob_path)) continue;
    const Content content = MustRead(*Slurp(file));
    const Counts expected = CountBlob(*Slurp(blob_path));
    const Counts found = CountConfig(content);
    EXPECT_EQ(found.records, expected.records) << file;
    EXPECT_EQ(found.conditions, expected.conditions) << file;
    EXPECT_EQ(found.in_groups, expected.in_groups) << file;
    ++compared;
  }
  EXPECT_GE(compared, 100u);
}

TEST(ConfigFiles, PlacesPointAtWhatTheyClaim) {
  const auto files = Configs();
  SLUICE_NEED_SHARED(files);
  for (const auto& file : files) {
    SCOPED_TRACE(file);
    const Content content = MustRead(*Slurp(file));
    const std::string_view text = content.text();
    for (const Criterion& criterion : content.criteria()) {
      EXPECT_EQ(At(content, criterion.field_place), content.field(criterion).name);
      EXPECT_EQ(At(content, criterion.operator_place), criterion.operator_text);
      EXPECT_EQ(DecodeRaw(At(content, criterion.name_place), false), criterion.name);
      EXPECT_EQ(text[criterion.place.offset], '<');
      EXPECT_EQ(text[criterion.place.end() - 1], '>');
      const Operand& operand = content.operands(criterion)[0];
      const bool cdata = text.substr(0, operand.place.offset).ends_with("<![CDATA[");
      EXPECT_EQ(DecodeRaw(At(content, operand.place), cdata), operand.text);
      EXPECT_GE(operand.place.offset, criterion.place.offset);
      EXPECT_LE(operand.place.end(), criterion.place.end());
    }
    for (const Instance& instance : content.instances()) {
      EXPECT_TRUE(
          At(content, instance.place).starts_with(Join({"<", content.type(instance).name})));
    }
  }
}

}  // namespace
}  // namespace sluice
