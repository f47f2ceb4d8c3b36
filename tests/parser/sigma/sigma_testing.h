// What tests of the Sigma reader share: reading a text, and showing what came of it in short form.

#ifndef SLUICE_TESTS_PARSER_SIGMA_SIGMA_TESTING_H_
#define SLUICE_TESTS_PARSER_SIGMA_SIGMA_TESTING_H_

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "parser/sigma/sigma_reader.h"
#include "schema/content.h"
#include "schema/place.h"

namespace sluice {

inline ReadResult ReadSigmaText(std::string text, const ReadOptions& options = {}) {
  return ReadSigma(std::make_shared<const std::string>(std::move(text)), options);
}

// The content of a text that must be read.
inline Content SigmaContent(std::string text, const ReadOptions& options = {}) {
  ReadResult result = ReadSigmaText(std::move(text), options);
  if (!result.ok()) throw std::runtime_error(result.malformed().message);
  return std::move(result).TakeContent();
}

// A rule whose `detection` is `text`, which begins at line 7, column 1, with two blanks of its own.
inline std::string RuleWith(std::string_view text) {
  return "title: A rule\nid: 5f0d2d6e-0000-4000-8000-000000000001\n"
         "logsource:\n  product: windows\n  category: process_creation\ndetection:\n" +
         std::string(text);
}

// "Image ends_with \cmd.exe", "any contains a|b", "not Image equals a cased".
inline std::string Show(const Content& content, const Criterion& criterion) {
  const FieldRef& field = content.field(criterion);
  std::string out = (criterion.flags & kNegated) != 0 ? "not " : "";
  out += field.kind == FieldKind::kAny ? "any" : std::string(field.name);
  out += " " + std::string(Info(criterion.op).name);
  const char* separator = " ";
  for (const Operand& operand : content.operands(criterion)) {
    out += separator + std::string(operand.text);
    separator = "|";
  }
  if ((criterion.flags & kCased) != 0) out += " cased";
  if ((criterion.flags & kFlagS) != 0) out += " s";
  if ((criterion.flags & kFlagM) != 0) out += " m";
  if ((criterion.flags & kNumeric) != 0) out += " numeric";
  return out;
}

// The tokens in their order: criteria by their index from the first of the instance, "and2", "or2",
// "not", "1of3".
inline std::string Show(std::span<const ConditionToken> tokens, uint32_t first = 0) {
  std::string out;
  for (const ConditionToken& token : tokens) {
    if (!out.empty()) out += ' ';
    const std::string value = std::to_string(token.value);
    switch (token.kind) {
      case ConditionToken::Kind::kCriterion:
        out += std::to_string(token.value - first);
        break;
      case ConditionToken::Kind::kAnd:
        out += "and" + value;
        break;
      case ConditionToken::Kind::kOr:
        out += "or" + value;
        break;
      case ConditionToken::Kind::kNot:
        out += "not";
        break;
      case ConditionToken::Kind::kAtLeast:
        out += std::to_string(token.n) + "of" + value;
        break;
    }
  }
  return out;
}

inline std::vector<std::string> Criteria(const Content& content) {
  std::vector<std::string> out;
  for (const Criterion& criterion : content.criteria()) out.push_back(Show(content, criterion));
  return out;
}

// "line:column text" of a place.
inline std::string At(const Content& content, Place place) {
  const LineColumn at = LineTable(content.text()).Locate(place.offset);
  return std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
         std::string(content.text().substr(place.offset, place.length));
}

// The irregularities of a kind.
inline std::vector<Irregularity> Of(const Content& content, IrregularityKind kind) {
  std::vector<Irregularity> out;
  for (const Irregularity& found : content.irregularities()) {
    if (found.kind == kind) out.push_back(found);
  }
  return out;
}

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_SIGMA_SIGMA_TESTING_H_
