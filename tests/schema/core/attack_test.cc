#include "schema/attack.h"

#include <gtest/gtest.h>

namespace sluice {
namespace {

AttackState StateOf(std::string_view text) { return FindAttackTechnique(text).state; }

TEST(Attack, TechniquesAndTheirSubTechniques) {
  for (const char* known :
       {"t1001", "t1059", "T1059", "T1059.001", "t1059.001", "t1055.015", "t1673", "t1547.012"}) {
    EXPECT_EQ(StateOf(known), AttackState::kKnown) << known;
  }
  for (const char* unknown : {"t1059.014", "t1005.001", "t1055.006", "t1574.003"}) {
    EXPECT_EQ(StateOf(unknown), AttackState::kUnknownSubTechnique) << unknown;
  }
  for (const char* unknown : {"t1000", "t1000.001", "t1086.001", "t1672.0011", "t0001"}) {
    EXPECT_EQ(StateOf(unknown), AttackState::kUnknown) << unknown;
  }
}

TEST(Attack, OtherMatricesAndNewerTechniquesAreTakenAsTheyAre) {
  for (const char* known : {"t0883", "t1398", "t1646", "t1674", "t1685.004", "t9999.999"}) {
    EXPECT_EQ(StateOf(known), AttackState::kKnown) << known;
  }
}

TEST(Attack, WithdrawnTechniquesNameTheirSuccessor) {
  const AttackAnswer answer = FindAttackTechnique("t1086");
  EXPECT_EQ(answer.state, AttackState::kWithdrawn);
  EXPECT_EQ(answer.successor, "t1059.001");
  EXPECT_EQ(FindAttackTechnique("T1086").successor, "t1059.001");
  EXPECT_EQ(FindAttackTechnique("t1574.002").successor, "t1574.001");
  EXPECT_EQ(StateOf("t1043"), AttackState::kWithdrawn);
  EXPECT_EQ(FindAttackTechnique("t1043").successor, "");
}

// Advice that would be found wrong by the next run.
TEST(Attack, SuccessorsAreKnown) {
  int found = 0;
  for (int number = 1000; number < 1700; ++number) {
    const AttackAnswer answer = FindAttackTechnique("t" + std::to_string(number));
    if (answer.state != AttackState::kWithdrawn || answer.successor.empty()) continue;
    ++found;
    EXPECT_EQ(StateOf(answer.successor), AttackState::kKnown) << number;
  }
  EXPECT_GT(found, 90);
}

TEST(Attack, FormOfATechnique) {
  for (const char* wrong : {"", "t", "t10", "t10590", "S1059", "t1059.", "t1059.1", "t1059.000",
                            "t1059-001", "t1059.00a", "x1059", "t105\xC3"}) {
    EXPECT_EQ(StateOf(wrong), AttackState::kUnknown) << wrong;
  }
}

TEST(Attack, TacticsAsSigmaSpellsThem) {
  EXPECT_EQ(FindAttackTactic("lateral-movement"), "lateral-movement");
  EXPECT_EQ(FindAttackTactic("lateral_movement"), "lateral-movement");
  EXPECT_EQ(FindAttackTactic("command and-control"), "command-and-control");
  EXPECT_EQ(FindAttackTactic("stealth"), "stealth");
  EXPECT_EQ(FindAttackTactic("lateralmovement"), "");
  EXPECT_EQ(FindAttackTactic("lateral"), "");
  EXPECT_EQ(FindAttackTactic(""), "");
}

TEST(Attack, GroupsAndSoftwareByTheirForm) {
  EXPECT_TRUE(IsAttackGroupOrSoftware("g0016"));
  EXPECT_TRUE(IsAttackGroupOrSoftware("s0154"));
  EXPECT_FALSE(IsAttackGroupOrSoftware("g016"));
  EXPECT_FALSE(IsAttackGroupOrSoftware("x0016"));
  EXPECT_FALSE(IsAttackGroupOrSoftware(""));
}

}  // namespace
}  // namespace sluice
