// A rich rule, damaged in every way that one cut or one byte can.

#include <gtest/gtest.h>

#include <string>

#include "fuzz/property.h"
#include "parser/sigma/sigma_reader.h"
#include "tests/parser/sigma/sigma_testing.h"

namespace sluice {
namespace {

constexpr std::string_view kRich =
    "title: A rule  # with a comment\n"
    "id: 5f0d2d6e-0000-4000-8000-000000000001\n"
    "related:\n  - id: 5f0d2d6e-0000-4000-8000-000000000002\n    type: derived\n"
    "logsource: {product: windows, category: process_creation}\n"
    "detection:\n"
    "  selection_a: &a\n"
    "    Image|endswith: ['\\cmd.exe', \"\\\\p\\x77sh.exe\"]\n"
    "    CommandLine|windash|contains|all: [' -a', ' -b']\n"
    "    EventID: 0x10\n    User: null\n"
    "  selection_b:\n    - *a\n    - A|re|i: '^(a|b)+$'\n      B|cidr: 10.0.0.0/8\n"
    "  _keywords:\n    - one\n    - |\n      two\n"
    "  condition:\n    - 1 of selection_* and not _keywords\n    - (all of them)\n"
    "---\ncorrelation: {type: event_count}\n";

void RequireSound(const std::string& text) {
  const ReadResult result = ReadSigmaText(text);
  if (result.ok()) {
    RequireConsistent(result.content());
  } else {
    RequireExplained(result, false, text.size());
  }
}

TEST(SigmaDamage, TheRuleItselfIsWhole) {
  const Content content = SigmaContent(std::string(kRich));
  ASSERT_EQ(content.instances().size(), 2u);
  EXPECT_FALSE(content.instances()[0].incomplete);
  RequireConsistent(content);
}

TEST(SigmaDamage, EveryTruncation) {
  for (size_t size = 0; size < kRich.size(); ++size) {
    RequireSound(std::string(kRich.substr(0, size)));
  }
}

TEST(SigmaDamage, EveryByteInPlaceOfEvery) {
  for (size_t at = 0; at < kRich.size(); ++at) {
    for (const char c : {'\0', '\n', '\t', '"', '\'', ':', '*', '[', '}', '|', '-', '\xFF'}) {
      std::string text(kRich);
      text[at] = c;
      RequireSound(text);
    }
  }
}

TEST(SigmaDamage, EveryLineLeftOutOrTwice) {
  for (size_t begin = 0; begin < kRich.size();) {
    const size_t end = kRich.find('\n', begin) + 1;
    const std::string before(kRich.substr(0, begin));
    const std::string line(kRich.substr(begin, end - begin));
    const std::string after(kRich.substr(end));
    RequireSound(before + after);
    RequireSound(before + line + line + after);
    begin = end;
  }
}

}  // namespace
}  // namespace sluice
