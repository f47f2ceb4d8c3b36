#include "parser/sigma/sigma_regex_ambiguity.h"

namespace sluice {
namespace {

RegexSet When(bool condition, const RegexSet& set) { return condition ? set : RegexSet(); }

// Runs of x that may be empty.
RegexSet Any(const RegexSummary& a) { return a.nullable ? ~RegexSet() : a.some; }

// Two repetitions of the body can pass a character from one to the other, neither of them empty.
bool Wraps(const RegexSummary& body) {
  return ((body.trail_more & body.lead) | (body.trail & body.lead_more)).any();
}

}  // namespace

RegexSummary CharacterSummary(const RegexSet& set) {
  RegexSummary out;
  out.nullable = false;
  out.consumes = true;
  out.some = set;
  out.one = set;
  return out;
}

RegexSummary Concatenate(const RegexSummary& a, const RegexSummary& b) {
  RegexSummary out;
  out.nullable = a.nullable && b.nullable;
  out.consumes = a.consumes || b.consumes;
  out.ambiguous = a.ambiguous || b.ambiguous || (a.trail & b.lead).any();
  out.some = (a.some & Any(b)) | When(a.nullable, b.some);
  out.one = When(b.nullable, a.one) | When(a.nullable, b.one);
  out.two = (a.two & Any(b)) | (Any(a) & b.two) | When(a.nullable || b.nullable, a.some & b.some);
  out.run = (a.run & Any(b)) | (Any(a) & b.run);
  out.lead = a.lead | (Any(a) & b.lead);
  out.trail = b.trail | (Any(b) & a.trail);
  out.lead_more =
      a.lead_more | When(b.consumes, a.lead) | (a.some & b.lead) | When(a.nullable, b.lead_more);
  out.trail_more = b.trail_more | When(a.consumes, b.trail) | (b.some & a.trail) |
                   When(b.nullable, a.trail_more);
  return out;
}

RegexSummary Alternate(const RegexSummary& a, const RegexSummary& b) {
  RegexSummary out;
  out.nullable = a.nullable || b.nullable;
  out.consumes = a.consumes || b.consumes;
  out.ambiguous = a.ambiguous || b.ambiguous || (a.one & b.one).any();
  out.some = a.some | b.some;
  out.one = a.one | b.one;
  out.two = a.two | b.two | (a.some & b.some);
  out.run = a.run | b.run | When(a.nullable, b.one) | When(b.nullable, a.one);
  out.lead = a.lead | b.lead | out.run;
  out.trail = a.trail | b.trail | out.run;
  out.lead_more = a.lead_more | b.lead_more;
  out.trail_more = a.trail_more | b.trail_more;
  return out;
}

RegexSummary Repeat(const RegexSummary& body, uint32_t least, uint32_t most) {
  if (most == 0) return {};
  if (least == 1 && most == 1) return body;
  const bool varies = most > least;
  const bool twice = most >= 2;
  RegexSummary out = body;
  out.nullable = body.nullable || least == 0;
  out.ambiguous = body.ambiguous || (twice && Wraps(body));
  out.one = When(least <= 1 || body.nullable, body.one);
  out.two = body.two | When(twice && (varies || body.nullable), body.some);
  out.run = body.run | When(varies, body.one);
  out.lead = body.lead | out.run;
  out.trail = body.trail | out.run;
  const RegexSet longer = When(varies && (twice || least > 0), body.one);
  out.lead_more = body.lead_more | longer | When(twice, body.lead);
  out.trail_more = body.trail_more | longer | When(twice, body.trail);
  return out;
}

bool IsExplosive(const RegexSummary& body, uint32_t most) {
  return most >= kManyRepetitions && (body.ambiguous || body.two.any() || Wraps(body));
}

}  // namespace sluice
