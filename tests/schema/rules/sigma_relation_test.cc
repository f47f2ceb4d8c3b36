// What one criterion says about another, tried on values that they could tell apart, under each way
// in which tools are known to read these.

#include "schema/sigma_relation.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "parser/sigma/sigma_reader.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

using Value = std::optional<std::string>;  // nullopt: the event has not the field
// Whether a value has what a criterion says, before it is negated.
using Reading =
    std::function<bool(Operator, bool cased, const std::string& value, const std::string& operand)>;

// One criterion for each of `keys`, in their order.
Content ContentOf(const std::vector<std::string>& keys) {
  std::string detection = "  s:\n";
  for (const std::string& key : keys) absl::StrAppend(&detection, "    - ", key, "\n");
  const std::string text = SigmaRule(detection + "  condition: s\n");
  ReadResult result = ReadSigma(std::make_shared<const std::string>(text), {});
  EXPECT_TRUE(result.ok()) << text;
  return std::move(result).TakeContent();
}

bool Holds(const Content& content, const Criterion& criterion, const Value& value,
           const Reading& reading) {
  const bool negated = (criterion.flags & kNegated) != 0;
  const std::string operand(content.operand_text(criterion));
  if (criterion.op == Operator::kExists) return value.has_value() == (operand == "true");
  if (criterion.op == Operator::kIsNull) return !value != negated;
  if (!value) return negated;
  if (criterion.op == Operator::kIsEmpty) return value->empty() != negated;
  return reading(criterion.op, (criterion.flags & kCased) != 0, *value, operand) != negated;
}

// Every answer about every two of `keys` holds for every value, under every reading. The number of
// the answers.
size_t CountProofs(const std::vector<std::string>& keys, std::vector<Value> values,
                   const std::vector<Reading>& readings) {
  const Content content = ContentOf(keys);
  EXPECT_EQ(content.criteria().size(), keys.size());
  values.push_back(std::nullopt);
  size_t proofs = 0;
  for (const Criterion& a : content.criteria()) {
    for (const Criterion& b : content.criteria()) {
      if (&a == &b) continue;
      LogicBudget budget(content);
      const bool implies = Implies(content, a, b, budget);
      const bool excludes = Excludes(content, a, b, budget);
      const bool covers = Covers(content, a, b, budget);
      proofs += (implies ? 1 : 0) + (excludes ? 1 : 0) + (covers ? 1 : 0);
      for (const Reading& reading : readings) {
        for (const Value& value : values) {
          const bool in_a = Holds(content, a, value, reading);
          const bool in_b = Holds(content, b, value, reading);
          const std::string what =
              absl::StrCat(keys[static_cast<size_t>(&a - content.criteria().data())], " and ",
                           keys[static_cast<size_t>(&b - content.criteria().data())], " of ",
                           value.value_or("nothing"));
          EXPECT_FALSE(implies && in_a && !in_b) << what;
          EXPECT_FALSE(excludes && in_a && in_b) << what;
          EXPECT_FALSE(covers && !in_a && !in_b) << what;
        }
      }
    }
  }
  return proofs;
}

std::optional<double> Number(const std::string& text) {
  double number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc() || end != last) return std::nullopt;
  return number;
}

bool ComparesNumbers(Operator op, bool, const std::string& value, const std::string& operand) {
  const std::optional<double> left = Number(value);
  const std::optional<double> right = Number(operand);
  if (!left || !right) return false;
  switch (op) {
    case Operator::kLess:
      return *left < *right;
    case Operator::kLessOrEqual:
      return *left <= *right;
    case Operator::kGreater:
      return *left > *right;
    case Operator::kGreaterOrEqual:
      return *left >= *right;
    default:
      return *left == *right;
  }
}

TEST(SigmaRelation, OfNumbers) {
  std::vector<std::string> keys = {"f|exists: true", "f|exists: false", "f: null",
                                   "f|neq: null",    "f: ''",           "f|neq: ''"};
  for (const char* const number : {"-1", "0", "3", "4"}) {
    for (const char* const op : {"", "|neq", "|gt", "|gte", "|lt", "|lte"}) {
      keys.push_back(absl::StrCat("f", op, ": ", number));
    }
  }
  const std::vector<Value> values = {"-2",  "-1",  "-0.5", "0",   "0.5", "1", "3",
                                     "3.0", "3.5", "4",    "4.5", "99",  "",  "x"};
  EXPECT_GT(CountProofs(keys, values, {ComparesNumbers}), 300u);
}

struct Address {
  bool v6 = false;
  unsigned bits = 0;
  std::array<uint8_t, 16> bytes{};
};

std::optional<Address> ReadAddress(const std::string& text) {
  Address address;
  address.v6 = text.find(':') != std::string::npos;
  const size_t slash = text.find('/');
  const int family = address.v6 ? AF_INET6 : AF_INET;
  if (inet_pton(family, text.substr(0, slash).c_str(), address.bytes.data()) != 1) {
    return std::nullopt;
  }
  address.bits = address.v6 ? 128 : 32;
  if (slash != std::string::npos) {
    address.bits = static_cast<unsigned>(std::stoi(text.substr(slash + 1)));
  }
  return address;
}

bool InNetwork(const std::optional<Address>& address, const std::optional<Address>& network) {
  if (!address || !network || address->v6 != network->v6) return false;
  for (unsigned bit = 0; bit < network->bits; ++bit) {
    const int mask = 0x80 >> (bit % 8);
    if (((address->bytes[bit / 8] ^ network->bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

// IPv4 as it is embedded in IPv6 (RFC 4291, 2.5.5.2).
std::optional<Address> Mapped(std::optional<Address> address) {
  if (!address || address->v6) return address;
  address->v6 = true;
  address->bits += 96;
  std::copy_n(address->bytes.begin(), 4, address->bytes.begin() + 12);
  std::fill_n(address->bytes.begin(), 10, uint8_t{0});
  std::fill_n(address->bytes.begin() + 10, 2, uint8_t{0xFF});
  return address;
}

bool StrictNetwork(Operator op, bool, const std::string& value, const std::string& operand) {
  if (op != Operator::kIpNetwork) return value == operand;
  return InNetwork(ReadAddress(value), ReadAddress(operand));
}

// Leading zeros and a zone are left out, and IPv4 is a part of IPv6.
bool LenientNetwork(Operator op, bool, const std::string& value, const std::string& operand) {
  if (op != Operator::kIpNetwork) return value == operand;
  const std::string plain = value.substr(value.starts_with('0') ? 1 : 0, value.find('%'));
  return InNetwork(Mapped(ReadAddress(plain)), Mapped(ReadAddress(operand)));
}

TEST(SigmaRelation, OfNetworks) {
  const std::vector<std::string> networks = {
      "0.0.0.0/0",      "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.128.0.0/9",
      "192.168.0.0/16", "'::/0'",     "'fe80::/10'", "'::1'",    "'::ffff:10.0.0.0/104'"};
  const std::vector<std::string> texts = {"10.1.2.3",  "192.168.0.1",     "localhost", "fe80::1",
                                          "fe80::1%4", "::ffff:10.1.2.3", "010.1.2.3", "beef",
                                          "::1",       "11.0.0.1"};
  std::vector<std::string> keys = {"f|exists: true", "f: null", "f: ''"};
  std::vector<Value> values = {"", "1::"};
  for (const char* const neq : {"", "|neq"}) {
    for (const std::string& network : networks) {
      keys.push_back(absl::StrCat("f|cidr", neq, ": ", network));
    }
    for (const std::string& text : texts) keys.push_back(absl::StrCat("f", neq, ": '", text, "'"));
  }
  values.insert(values.end(), texts.begin(), texts.end());
  EXPECT_GT(CountProofs(keys, values, {StrictNetwork, LenientNetwork}), 300u);
}

bool HasText(Operator op, const std::string& value, const std::string& operand) {
  switch (op) {
    case Operator::kStartsWith:
      return value.starts_with(operand);
    case Operator::kEndsWith:
      return value.ends_with(operand);
    case Operator::kContains:
      return value.find(operand) != std::string::npos;
    default:
      return value == operand;
  }
}

std::string Fold(std::string text, bool full) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  text = absl::StrReplaceAll(text, {{"É", "é"}, {"\u212A", "k"}, {"ſ", "s"}});
  return full ? absl::StrReplaceAll(text, {{"ß", "ss"}}) : text;
}

// Of ASCII letters alone, of single letters, and where a letter folds to several.
std::vector<Reading> Foldings() {
  return {[](Operator op, bool cased, const std::string& value, const std::string& operand) {
            if (cased) return HasText(op, value, operand);
            const auto fold = [](std::string text) {
              std::ranges::transform(text, text.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
              });
              return text;
            };
            return HasText(op, fold(value), fold(operand));
          },
          [](Operator op, bool cased, const std::string& value, const std::string& operand) {
            if (cased) return HasText(op, value, operand);
            return HasText(op, Fold(value, false), Fold(operand, false));
          },
          [](Operator op, bool cased, const std::string& value, const std::string& operand) {
            if (cased) return HasText(op, value, operand);
            return HasText(op, Fold(value, true), Fold(operand, true));
          }};
}

TEST(SigmaRelation, OfLettersThatFold) {
  const std::vector<std::string> texts = {"é", "É", "ß", "ss", "S", "ſ", "k", "\u212A", "aé"};
  std::vector<std::string> keys;
  std::vector<Value> values = {"", "aÉ", "kß", "sk", "\u212Ass", "ſſ"};
  for (const std::string& text : texts) {
    for (const char* const op : {"", "|startswith", "|endswith", "|contains"}) {
      for (const char* const flag : {"", "|neq", "|cased"}) {
        keys.push_back(absl::StrCat("f", op, flag, ": '", text, "'"));
      }
    }
    values.push_back(text);
  }
  EXPECT_GT(CountProofs(keys, values, Foldings()), 1000u);
}

}  // namespace
}  // namespace sluice
