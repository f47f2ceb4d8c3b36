// Contents for tests of the channel file's writer, and what a written file says.

#ifndef SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_TESTING_H_
#define SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_TESTING_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "parser/channel/channel_reader.h"
#include "parser/sigma/sigma_reader.h"
#include "parser/text/content_text.h"
#include "schema/text.h"

namespace sluice {

inline Content Text(const std::string& body) {
  const std::string text = absl::StrCat(Abseil(kContentTextHeader), "\n", body);
  ReadResult read = ReadContentText(std::make_shared<const std::string>(text), {});
  EXPECT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message;
  return std::move(read).TakeContent();
}

inline Content Sigma(const std::string& text) {
  ReadResult read = ReadSigma(std::make_shared<const std::string>(text), {});
  EXPECT_TRUE(read.ok()) << read.malformed().message;
  return std::move(read).TakeContent();
}

inline Content Written(const absl::StatusOr<std::string>& bytes) {
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  ReadResult read = ReadChannel(std::make_shared<const std::string>(bytes.value_or("")), {});
  EXPECT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message;
  return std::move(read).TakeContent();
}

inline constexpr char kRule[] = R"(title: One
id: 11111111-1111-4111-8111-111111111111
logsource: { product: windows, category: process_creation }
detection:
  selection:
    Image|endswith: ['\a.exe', '\b.exe']
    User: null
  condition: not selection
)";

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_TESTING_H_
