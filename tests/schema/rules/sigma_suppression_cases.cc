// Comments that suppress findings: SL63x.

#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr char kNothing[] = "suppresses nothing";

// A rule whose `title` has this comment, on line 1.
std::string WithComment(const std::string& comment) {
  return SigmaWith("title: Shell Started By An Office Program\n",
                   "title: Shell Started By An Office Program " + comment + "\n");
}

// A rule with the selection `Image|contain: cmd`, an unknown modifier, on line 18, behind which
// this comment stands.
std::string WithFinding(const std::string& comment) {
  return SigmaRule(
      "  selection:\n"
      "    Image|contain: cmd  " +
      comment +
      "\n"
      "  condition: selection\n");
}

Expected Warning(uint32_t line) {
  return {.line = line, .effect = kNothing, .severity = Severity::kWarning};
}

}  // namespace

std::vector<RuleCase> SigmaSuppressionCases() {
  return {
      {.rule = "SL630",
       .shows = "nothing is found on the line",
       .text = WithComment("# sluice:ignore SL580 it was * once"),
       .expected = Warning(1)},
      {.rule = "SL630",
       .shows = "nothing is found in the file",
       .text = WithComment("# sluice:ignore-file SL580 it was * once"),
       .expected = Warning(1)},
      {.rule = "SL630",
       .shows = "by the name of the rule",
       .text = WithComment("# sluice:ignore value-only-wildcard it was * once"),
       .expected = Warning(1)},
      {.rule = "SL630",
       .shows = "the second of two that hold for the same line",
       .text = SigmaRule("  selection:\n"
                         "    # sluice:ignore SL102 the tool knows it\n"
                         "    Image|contain: cmd  # sluice:ignore SL102 the tool knows it\n"
                         "  condition: selection\n"),
       .expected = Warning(19)},
      {.rule = "SL630",
       .shows = "in capitals",
       .text = WithComment("# SLUICE:IGNORE-FILE SL580 it was * once"),
       .expected = Warning(1)},
      {.rule = "SL630",
       .shows = "in capitals, and something is found",
       .text = WithFinding("# Sluice:Ignore SL102 the tool knows it")},
      {.rule = "SL630",
       .shows = "a rule about sensors without a fleet was not run",
       .text = WithComment("# sluice:ignore SL201 an agent of our own supplies it")},
      {.rule = "SL630",
       .shows = "no reason, so it is not honoured and has nothing to suppress",
       .text = WithComment("# sluice:ignore SL580")},
      {.rule = "SL630",
       .shows = "a rule that looks across files has seen one only",
       .text = WithComment("# sluice:ignore SL105 a copy is deployed apart")},
      {.rule = "SL630", .shows = "no comment", .text = SigmaWith("", "")},
      {.rule = "SL631",
       .shows = "a rule and nothing more",
       .text = WithFinding("# sluice:ignore SL102"),
       .expected = Warning(18)},
      {.rule = "SL631",
       .shows = "signs are no reason",
       .text = WithFinding("# sluice:ignore SL102 -- !"),
       .expected = Warning(18)},
      {.rule = "SL631",
       .shows = "a reason behind a colon",
       .text = WithFinding("# sluice:ignore SL102: the tool knows it")},
      {.rule = "SL632",
       .shows = "a rule that there is not",
       .text = WithComment("# sluice:ignore sl9999 because"),
       .expected = Warning(1)},
      {.rule = "SL632",
       .shows = "a beginning of an id is no rule",
       .text = WithComment("# sluice:ignore sl1 because"),
       .expected = Warning(1)},
      {.rule = "SL632",
       .shows = "a blank in the middle of the word",
       .text = WithComment("# sluice: ignore SL105 because"),
       .expected = Warning(1)},
      {.rule = "SL632",
       .shows = "another word behind the mark",
       .text = WithComment("# sluice:ignore-line SL105 because"),
       .expected = Warning(1)},
      {.rule = "SL632",
       .shows = "behind other words",
       .text = WithComment("# TODO sluice:ignore SL105 because"),
       .expected = Warning(1)},
      {.rule = "SL632",
       .shows = "nothing between two commas",
       .text = WithComment("# sluice:ignore SL105,,SL106 because"),
       .expected = Warning(1)},
      {.rule = "SL632",
       .shows = "a comment that only mentions the tool",
       .text = WithComment("# checked with sluice: clean")},
      {.rule = "SL632",
       .shows = "the words in a value are no comment",
       .text = SigmaWith("description: Detects", "description: Says sluice:ignore and detects")},
      {.rule = "SL632",
       .shows = "behind other words, in capitals",
       .text = WithComment("# TODO SLUICE:IGNORE SL105 because"),
       .expected = Warning(1)},
      {.rule = "SL632",
       .shows = "the tool's name as a word",
       .text = WithComment("# Sluice: clean")},
      {.rule = "SL633",
       .shows = "malformed content",
       .text = WithComment("# sluice:ignore-file malformed the tabs are meant"),
       .expected = Warning(1)},
      {.rule = "SL633",
       .shows = "what is said about suppressions",
       .text = WithComment("# sluice:ignore suppression-unused, SL105 for later"),
       .expected = Warning(1)},
      {.rule = "SL633",
       .shows = "any other rule",
       .text = WithComment("# sluice:ignore SL105 two rules share it")},
  };
}

}  // namespace sluice
