// SL599 hash-length
//
// A hash whose length is not that of its algorithm, or that has a character no hash has.
//
// MD5 and IMPHASH have 32 hexadecimal digits, SHA1 40, SHA256 64. One digit lost in copying, and
// the value is that of no file; one under the wrong name is never found. Sysmon reports them as
// `MD5=...,SHA256=...` in Hashes.
//
//   Hashes|contains: 'MD5=d41d8cd98f00b204e9800998ecf8427'      # 31 digits
//
// The beginning of a hash under `contains` or `startswith` can match, and is a note.
//
// Fix: copy the hash again from its source.
//
// Source: RFC 1321, FIPS 180-4; Sysmon, HashAlgorithms.

#include <algorithm>
#include <optional>

#include "schema/byte_set.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"
#include "schema/text.h"

namespace sluice {

extern const Rule kSL599;

namespace {

struct Algorithm {
  std::string_view name;
  size_t digits;
};
constexpr Algorithm kAlgorithms[] = {
    {"MD5", 32}, {"SHA1", 40}, {"SHA256", 64}, {"IMPHASH", 32}, {"SHA512", 128}};

constexpr ByteSet kHexDigits("0123456789abcdefABCDEF");

const Algorithm* AlgorithmNamed(std::string_view name) {
  const auto found = std::ranges::find_if(
      kAlgorithms, [name](const Algorithm& one) { return EqualsIgnoreCase(one.name, name); });
  return found == std::end(kAlgorithms) ? nullptr : &*found;
}

// A hash of a known algorithm, by the value ("MD5=...") or by the field's name.
struct Hash {
  const Algorithm* algorithm = nullptr;
  std::string_view digits;
};

std::optional<Hash> HashIn(std::string_view field, std::string_view value) {
  const size_t sign = value.substr(0, 8).find('=');
  const bool named = sign != std::string_view::npos;
  const Algorithm* algorithm = AlgorithmNamed(named ? value.substr(0, sign) : field);
  if (algorithm == nullptr) return std::nullopt;
  std::string_view digits = named ? value.substr(sign + 1) : value;
  digits = digits.substr(0, digits.find(','));
  return Hash{algorithm, digits};
}

constexpr ByteSet kOfHash("hH5");

bool MayBeHashField(std::string_view field) {
  const size_t size = field.size();
  return (size >= 3 && size <= 7) && kOfHash.HasAnyOf(field);
}

void CheckValue(const RuleInput& in, Reporter& out, const Instance& instance,
                const Criterion& criterion) {
  if (!TestsText(criterion.op) || criterion.op == Operator::kGlob) return;
  const std::string_view value = in.content.operand_text(criterion);
  const std::optional<Hash> hash = HashIn(in.content.field(criterion).name, value);
  if (!hash || hash->digits.empty()) return;
  const bool hex = std::ranges::all_of(hash->digits, [](char c) { return kHexDigits.Has(c); });
  if (hex && hash->digits.size() == hash->algorithm->digits) return;
  const bool open = criterion.op == Operator::kContains || criterion.op == Operator::kStartsWith;
  const bool part = hex && open && hash->digits.size() < hash->algorithm->digits;
  Finding* f = out.Report(kSL599, ValuePlace(in.content, criterion), &instance, &criterion);
  if (f == nullptr) return;
  if (part) f->severity = Severity::kNote;
  SayValue(in, criterion, *f, part ? "compares part of a hash" : kNeverMatches,
           Cat(ValueLabel(in.content, criterion), " has ", hash->digits.size(),
               hex ? " digits, and " : " characters, not all of them digits, and ",
               hash->algorithm->name, " has ", hash->algorithm->digits),
           "copy the hash again");
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachKey(in.content, [&](const Instance& instance, std::span<const Criterion> criteria) {
    if (!MayBeHashField(in.content.field(criteria.front()).name)) return;
    for (const Criterion& criterion : criteria) CheckValue(in, out, instance, criterion);
  });
}

}  // namespace

const Rule kSL599 = {{"SL599", "hash-length", Severity::kWarning, Category::kHygiene,
                      "a hash has not the length of its algorithm", kSigmaFiles},
                     Check};

}  // namespace sluice
