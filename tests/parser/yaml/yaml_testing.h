// What the tests of the YAML reader share.

#ifndef SLUICE_TESTS_PARSER_YAML_YAML_TESTING_H_
#define SLUICE_TESTS_PARSER_YAML_YAML_TESTING_H_

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "fuzz/yaml_property.h"
#include "parser/yaml/yaml_document.h"
#include "schema/text.h"

namespace sluice {

// Fails the test when `text`, which must outlive the document, is refused or breaks a promise.
inline YamlDocument ParseYaml(std::string_view text) {
  YamlDocument document;
  const std::optional<Malformed> malformed = document.Parse(text);
  EXPECT_FALSE(malformed) << Printable(text) << "\n"
                          << malformed->structure << ": " << malformed->message << " at "
                          << malformed->place.offset;
  EXPECT_EQ(YamlFlaw(document), "") << Printable(text);
  return document;
}

// Fails the test when `text` is accepted, or refused without a reason.
inline Malformed RefusedYaml(std::string_view text) {
  YamlDocument document;
  const std::optional<Malformed> malformed = document.Parse(text);
  EXPECT_TRUE(malformed) << Printable(text);
  if (!malformed) return {};
  EXPECT_TRUE(document.nodes().empty() && document.roots().empty());
  EXPECT_NE(malformed->structure, "");
  EXPECT_NE(malformed->message, "");
  EXPECT_LE(malformed->place.end(), text.size());
  return *malformed;
}

// The bytes of a place.
inline std::string_view At(std::string_view text, Place place) {
  return text.substr(place.offset, place.length);
}

inline std::string Repeat(std::string_view what, size_t times) {
  std::string out;
  out.reserve(what.size() * times);
  for (size_t i = 0; i < times; ++i) out += what;
  return out;
}

// All nodes of a document in one line: scalars as their style's sign and value, [..] and {..}
// around what stands below collections, *N for an alias to node N, a tag in <> before.
inline std::string Shape(const YamlDocument& document) {
  constexpr std::string_view kSigns[] = {"", "'", "\"", "|", ">"};
  std::string out;
  std::vector<std::pair<uint32_t, char>> open;
  const auto close = [&](uint32_t i) {
    for (; !open.empty() && open.back().first <= i; open.pop_back()) out += open.back().second;
  };
  for (uint32_t i = 0; i < document.nodes().size(); ++i) {
    close(i);
    const YamlNode& node = document.node(i);
    if (i > 0 && out.back() != '[' && out.back() != '{') out += ' ';
    if (!node.tag.empty()) absl::StrAppend(&out, "<", Abseil(node.tag), ">");
    if (node.kind == YamlKind::kScalar) {
      out += kSigns[static_cast<size_t>(node.style)];
      out += node.value;
    } else if (node.kind == YamlKind::kAlias) {
      absl::StrAppend(&out, "*", node.target);
    } else {
      const bool list = node.kind == YamlKind::kSequence;
      out += list ? '[' : '{';
      open.emplace_back(node.end, list ? ']' : '}');
    }
  }
  close(static_cast<uint32_t>(document.nodes().size()));
  return out;
}

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_YAML_YAML_TESTING_H_
