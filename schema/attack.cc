#include "schema/attack.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "schema/text.h"

namespace sluice {
namespace {

struct Technique {
  uint16_t number;
  uint8_t subs = 0;  // its sub-techniques are numbered from 1 to this
};

// The newest technique that is judged.
constexpr uint32_t kNewest = 1673;

// clang-format off
constexpr Technique kTechniques[] = {
    {1001, 3}, {1003, 8}, {1005}, {1006}, {1007}, {1008}, {1010}, {1011, 1}, {1012}, {1014},
    {1016, 2}, {1018}, {1020, 1}, {1021, 8}, {1025}, {1027, 17}, {1029}, {1030}, {1033},
    {1036, 12}, {1037, 5}, {1039}, {1040}, {1041}, {1046}, {1047}, {1048, 3}, {1049}, {1052, 1},
    {1053, 7}, {1055, 15}, {1056, 4}, {1057}, {1059, 13}, {1068}, {1069, 3}, {1070, 10},
    {1071, 5}, {1072}, {1074, 2}, {1078, 4}, {1080}, {1082}, {1083}, {1087, 4}, {1090, 4}, {1091},
    {1092}, {1095}, {1098, 7}, {1102, 3}, {1104}, {1105}, {1106}, {1110, 4}, {1111}, {1112},
    {1113}, {1114, 3}, {1115}, {1119}, {1120}, {1123}, {1124}, {1125}, {1127, 3}, {1129},
    {1132, 2}, {1133}, {1134, 5}, {1135}, {1136, 3}, {1137, 6}, {1140}, {1176, 2}, {1185}, {1187},
    {1189}, {1190}, {1195, 3}, {1197}, {1199}, {1200}, {1201}, {1202}, {1203}, {1204, 5},
    {1205, 2}, {1207}, {1210}, {1211}, {1212}, {1213, 6}, {1216, 2}, {1217}, {1218, 15},
    {1219, 3}, {1220}, {1221}, {1222, 2}, {1480, 2}, {1482}, {1484, 2}, {1485, 1}, {1486}, {1489},
    {1490}, {1491, 2}, {1495}, {1496, 4}, {1497, 3}, {1498, 2}, {1499, 4}, {1505, 6}, {1518, 2},
    {1525}, {1526}, {1528}, {1529}, {1530}, {1531}, {1534}, {1535}, {1537}, {1538}, {1539},
    {1542, 5}, {1543, 5}, {1546, 18}, {1547, 15}, {1548, 6}, {1550, 4}, {1552, 8}, {1553, 6},
    {1554}, {1555, 6}, {1556, 9}, {1557, 4}, {1558, 5}, {1559, 3}, {1560, 3}, {1561, 2},
    {1562, 13}, {1563, 2}, {1564, 14}, {1565, 3}, {1566, 4}, {1567, 4}, {1568, 3}, {1569, 3},
    {1570}, {1571}, {1572}, {1573, 2}, {1574, 14}, {1578, 5}, {1580}, {1583, 8}, {1584, 8},
    {1585, 3}, {1586, 3}, {1587, 4}, {1588, 7}, {1589, 3}, {1590, 6}, {1591, 4}, {1592, 4},
    {1593, 3}, {1594}, {1595, 3}, {1596, 5}, {1597, 2}, {1598, 4}, {1599, 1}, {1600, 2},
    {1601, 2}, {1602, 2}, {1606, 2}, {1608, 6}, {1609}, {1610}, {1611}, {1612}, {1613}, {1614, 1},
    {1615}, {1619}, {1620}, {1621}, {1622}, {1647}, {1648}, {1649}, {1650}, {1651}, {1652},
    {1653}, {1654}, {1656}, {1657}, {1659}, {1665}, {1666}, {1667}, {1668}, {1669}, {1671},
    {1672}, {1673},
};

// Sub-techniques that no version has, among numbers that others have: 1000 * technique + number.
constexpr uint32_t kGaps[] = {1055006, 1055007, 1055010, 1218006, 1562005, 1574003};

// What is of the matrix Mobile, or ICS, from the first number to the last.
constexpr uint16_t kOtherMatrices[][2] = {
    {800, 899},   {1398, 1479}, {1481, 1481}, {1507, 1517}, {1520, 1521}, {1523, 1523},
    {1532, 1533}, {1540, 1541}, {1544, 1544}, {1575, 1577}, {1581, 1582}, {1603, 1605},
    {1616, 1618}, {1623, 1646}, {1655, 1655}, {1658, 1658}, {1660, 1664}, {1670, 1670},
};

struct Withdrawn {
  uint32_t id;  // 1000 * technique + sub-technique
  std::string_view successor;
};
constexpr Withdrawn kWithdrawn[] = {
    {1002000, "t1560"},     {1004000, "t1547.004"}, {1009000, "t1027.001"}, {1013000, "t1547.010"},
    {1015000, "t1546.008"}, {1017000, "t1072"},     {1019000, "t1542.001"}, {1022000, "t1560"},
    {1023000, "t1547.009"}, {1024000, "t1573"},     {1026000, ""},          {1028000, "t1021.006"},
    {1031000, "t1543.003"}, {1032000, "t1573"},     {1034000, ""},          {1035000, "t1569.002"},
    {1038000, "t1574.001"}, {1042000, "t1546.001"}, {1043000, ""},          {1044000, "t1574.010"},
    {1045000, "t1027.002"}, {1050000, "t1543.003"}, {1051000, ""},          {1053001, "t1053.002"},
    {1053004, ""},          {1054000, "t1562.006"}, {1058000, "t1574.011"}, {1060000, "t1547.001"},
    {1061000, ""},          {1062000, ""},          {1063000, "t1518.001"}, {1064000, "t1059"},
    {1065000, "t1571"},     {1066000, "t1027.005"}, {1067000, "t1542.003"}, {1073000, "t1574.001"},
    {1075000, "t1550.002"}, {1076000, "t1021.001"}, {1077000, "t1021.002"}, {1079000, "t1573"},
    {1081000, "t1552.001"}, {1084000, "t1546.003"}, {1085000, "t1218.011"}, {1086000, "t1059.001"},
    {1088000, "t1548.002"}, {1089000, "t1562.001"}, {1093000, "t1055.012"}, {1094000, "t1095"},
    {1096000, "t1564.004"}, {1097000, "t1550.003"}, {1099000, "t1070.006"}, {1100000, "t1505.003"},
    {1101000, "t1547.005"}, {1103000, "t1546.010"}, {1107000, "t1070.004"}, {1108000, ""},
    {1109000, "t1542.002"}, {1116000, "t1553.002"}, {1117000, "t1218.010"}, {1118000, "t1218.004"},
    {1121000, "t1218.009"}, {1122000, "t1546.015"}, {1126000, "t1070.005"}, {1128000, "t1546.007"},
    {1130000, "t1553.004"}, {1131000, "t1547.002"}, {1138000, "t1546.011"}, {1139000, "t1552.003"},
    {1141000, "t1056.002"}, {1142000, "t1555.001"}, {1143000, "t1564.003"}, {1144000, "t1553.001"},
    {1145000, "t1552.004"}, {1146000, "t1070.003"}, {1147000, "t1564.002"}, {1148000, "t1562.003"},
    {1149000, ""},          {1150000, "t1647"},     {1151000, "t1036.006"}, {1152000, "t1569.001"},
    {1153000, ""},          {1154000, "t1546.005"}, {1155000, "t1059.002"}, {1156000, "t1546.004"},
    {1157000, "t1574.004"}, {1158000, "t1564.001"}, {1159000, "t1543.001"}, {1160000, "t1543.004"},
    {1161000, "t1546.006"}, {1162000, "t1647"},     {1163000, "t1037.004"}, {1164000, "t1547.007"},
    {1165000, "t1037.005"}, {1166000, "t1548.001"}, {1167000, "t1555.002"}, {1168000, "t1053.003"},
    {1169000, "t1548.003"}, {1170000, "t1218.005"}, {1171000, "t1557.001"}, {1172000, "t1090.004"},
    {1173000, "t1559.002"}, {1174000, "t1556.002"}, {1175000, ""},          {1177000, "t1547.008"},
    {1178000, "t1134.005"}, {1179000, "t1056.004"}, {1180000, "t1546.002"}, {1181000, "t1055.011"},
    {1182000, "t1546.009"}, {1183000, "t1546.012"}, {1184000, "t1563.001"}, {1186000, "t1055.013"},
    {1188000, "t1090.003"}, {1191000, "t1218.003"}, {1192000, "t1566.002"}, {1193000, "t1566.001"},
    {1194000, "t1566.003"}, {1196000, "t1218.002"}, {1198000, "t1553.003"}, {1206000, "t1548.003"},
    {1208000, "t1558.003"}, {1209000, "t1547.003"}, {1214000, "t1552.002"}, {1215000, "t1547.006"},
    {1223000, "t1218.001"}, {1483000, "t1568.002"}, {1487000, "t1561.002"}, {1488000, "t1561.001"},
    {1492000, "t1565.001"}, {1493000, "t1565.002"}, {1494000, "t1565.003"}, {1500000, "t1027.004"},
    {1501000, "t1543.002"}, {1502000, "t1134.004"}, {1503000, "t1555.003"}, {1504000, "t1546.013"},
    {1506000, "t1550.004"}, {1514000, "t1548.004"}, {1519000, "t1546.014"}, {1522000, "t1552.005"},
    {1527000, "t1550.001"}, {1536000, "t1578.004"}, {1547011, "t1647"},     {1574002, "t1574.001"},
};
// clang-format on

static_assert(std::ranges::is_sorted(kTechniques, {}, &Technique::number));
static_assert(std::ranges::is_sorted(kWithdrawn, {}, &Withdrawn::id));
static_assert(kNewest == kTechniques[std::size(kTechniques) - 1].number);

// Enterprise to v18, the two of v19 that take the place of "defense-evasion", ICS, Mobile.
constexpr std::string_view kTactics[] = {"reconnaissance",
                                         "resource-development",
                                         "initial-access",
                                         "execution",
                                         "persistence",
                                         "privilege-escalation",
                                         "defense-evasion",
                                         "stealth",
                                         "defense-impairment",
                                         "credential-access",
                                         "discovery",
                                         "lateral-movement",
                                         "collection",
                                         "command-and-control",
                                         "exfiltration",
                                         "impact",
                                         "evasion",
                                         "inhibit-response-function",
                                         "impair-process-control",
                                         "network-effects",
                                         "remote-service-effects"};

constexpr uint32_t kNoNumber = UINT32_MAX;

// The number that `digits` are, exactly `count` of them; kNoNumber otherwise.
uint32_t Number(std::string_view digits, size_t count) {
  if (digits.size() != count) return kNoNumber;
  uint32_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return kNoNumber;
    number = number * 10 + static_cast<uint32_t>(c - '0');
  }
  return number;
}

bool OfOtherMatrix(uint32_t number) {
  return std::ranges::any_of(
      kOtherMatrices, [&](const auto& range) { return number >= range[0] && number <= range[1]; });
}

AttackAnswer Judge(uint32_t number, uint32_t sub) {
  const uint32_t id = number * 1000 + sub;
  const auto* old = std::ranges::lower_bound(kWithdrawn, id, {}, &Withdrawn::id);
  if (old != std::end(kWithdrawn) && old->id == id) {
    return {AttackState::kWithdrawn, old->successor};
  }
  if (number > kNewest || OfOtherMatrix(number)) return {AttackState::kKnown, {}};
  const auto* found = std::ranges::lower_bound(kTechniques, number, {}, &Technique::number);
  if (found == std::end(kTechniques) || found->number != number) return {};
  if (sub > found->subs || std::ranges::find(kGaps, id) != std::end(kGaps)) {
    return {AttackState::kUnknownSubTechnique, {}};
  }
  return {AttackState::kKnown, {}};
}

}  // namespace

AttackAnswer FindAttackTechnique(std::string_view text) {
  if (text.size() < 5 || AsciiLower(text[0]) != 't') return {};
  const uint32_t number = Number(text.substr(1, 4), 4);
  if (number == kNoNumber) return {};
  if (text.size() == 5) return Judge(number, 0);
  const uint32_t sub = text[5] == '.' ? Number(text.substr(6), 3) : kNoNumber;
  return sub == kNoNumber || sub == 0 ? AttackAnswer() : Judge(number, sub);
}

std::string_view FindAttackTactic(std::string_view text) {
  const auto same = [](char a, char b) { return a == b || (a == '-' && (b == '_' || b == ' ')); };
  for (const std::string_view tactic : kTactics) {
    if (std::ranges::equal(tactic, text, same)) return tactic;
  }
  return {};
}

bool IsAttackGroupOrSoftware(std::string_view text) {
  return !text.empty() && (text[0] == 'g' || text[0] == 's') &&
         Number(text.substr(1), 4) != kNoNumber;
}

}  // namespace sluice
