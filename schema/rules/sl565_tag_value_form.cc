// SL565 tag-value-form
//
// A tag in `car`, `stp` or `d3fend` is not of the form that its namespace has: an analytic of the
// Cyber Analytics Repository, a score of Summiting the Pyramid, a D3FEND technique.
//
//   tags:
//     - car.CAR-2013-05-004
//     - stp.7
//
// Fix: write car.2013-05-004, stp.4u, d3fend.d3-psa.
//
// Source: Sigma specification 2.1.0, appendix on tags.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL565;

namespace {

// `form` has 'd' for a digit.
bool HasForm(std::string_view text, std::string_view form) {
  return std::ranges::equal(
      text, form, [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; });
}

// "4u", "4", "1": a level of robustness and the observable.
bool IsScore(std::string_view text) {
  if (text.empty() || text.size() > 2 || text[0] < '1' || text[0] > '5') return false;
  return text.size() == 1 ||
         std::string_view("auk").find(AsciiLower(text[1])) != std::string_view::npos;
}

bool IsWrong(std::string_view tag) {
  const std::string_view analytic = InNamespace(tag, "car");
  if (!analytic.empty()) return !HasForm(analytic, "dddd-dd-ddd");
  const std::string_view score = InNamespace(tag, "stp");
  if (!score.empty()) return !IsScore(score);
  const std::string_view defence = InNamespace(tag, "d3fend");
  if (defence.empty()) return false;
  const std::string_view kind = defence.substr(0, 3);
  return defence.size() < 4 || !(EqualsIgnoreCase(kind, "d3-") || EqualsIgnoreCase(kind, "d3f"));
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    if (!IsWrong(tag.value)) return;
    if (Finding* f = out.Report(kSL565, tag.place, &instance)) {
      Say(*f, "is understood by nobody",
          Cat("the tag ", Quoted(tag.value), " has not the form of its namespace"),
          "write car.2013-05-004, stp.4u or d3fend.d3-psa");
    }
  });
}

}  // namespace

const Rule kSL565 = {{"SL565", "tag-value-form", Severity::kNote, Category::kHygiene,
                      "a tag in car, stp or d3fend that is not of its form", kSigmaFiles},
                     Check};

}  // namespace sluice
