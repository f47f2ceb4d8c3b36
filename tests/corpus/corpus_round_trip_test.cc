// Whatever a reader accepts prints as text that reads back the same: the corpus, and real content.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "corpus/case_builder.h"
#include "parser/format.h"
#include "parser/sigma/sigma_print.h"
#include "parser/text/content_text.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

// How a kind prints; "" for what cannot be printed.
std::string Print(const Content& content) {
  return content.kind() == "sigma" ? PrintSigma(content).text : PrintContentText(content);
}

// False when the bytes are no content, or cannot be printed: there is nothing to compare.
bool CheckRoundTrip(const Format& format, Bytes bytes) {
  const SelfContracts contracts(ContractSet::BuiltIn(), nullptr);
  const ReadOptions options{.self_contracts = &contracts};
  const ReadResult read = format.read(std::move(bytes), options);
  if (!read.ok()) return false;
  const std::string text = Print(read.content());
  if (text.empty()) return false;
  const Format* printed = RecogniseFormat(text);
  EXPECT_NE(printed, nullptr) << text;
  if (printed == nullptr) return true;
  const ReadResult back = printed->read(std::make_shared<const std::string>(text), options);
  EXPECT_TRUE(back.ok()) << back.malformed().structure << ": " << back.malformed().message;
  if (!back.ok()) return true;
  EXPECT_TRUE(SameMeaning(read.content(), back.content()));
  EXPECT_EQ(read.content().metadata().schema_rank, back.content().metadata().schema_rank);
  EXPECT_EQ(Print(back.content()), text);
  return true;
}

TEST(RoundTrip, Corpus) {
  size_t printed = 0;
  for (const std::string& path : FindCases("corpus")) {
    SCOPED_TRACE(path);
    const auto description = ReadCase(path);
    ASSERT_TRUE(description.ok()) << description.status();
    const auto bytes = BuildCase(*description, path);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    const Format* format = RecogniseFormat(*bytes);
    if (format == nullptr) continue;
    printed += CheckRoundTrip(*format, std::make_shared<const std::string>(*bytes));
  }
  EXPECT_GT(printed, 50);
}

TEST(RoundTrip, RealContent) {
  size_t printed = 0;
  for (const char* ending : {".xml", ".bin"}) {
    for (const std::filesystem::path& path : SharedFiles("sysmon/pairs", ending)) {
      SCOPED_TRACE(path);
      const auto bytes = Slurp(path);
      const Format* format = RecogniseFormat(*bytes);
      ASSERT_NE(format, nullptr);
      EXPECT_TRUE(CheckRoundTrip(*format, bytes));
      ++printed;
    }
  }
  if (printed == 0) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
  EXPECT_GE(printed, 240);
}

}  // namespace
}  // namespace sluice
