// SL574 metadata-white-space
//
// A text outside of the detection begins or ends with white space.
//
// It is compared and shown with it: a tag with a blank behind it is another tag. The line break at
// the end of a block of text is no such thing.
//
//   title: 'Shell Started By An Office Program '
//
// Fix: remove the white space.
//
// Source: Sigma's own validator, "trailing white space".

#include <string>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL574;

namespace {

bool IsWhite(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A block of text ends in line breaks, which are not part of what it says.
std::string_view WithoutLineBreaks(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

bool IsQuoted(const Content& content, const Attribute& one) {
  const std::string_view text = content.text();
  return one.place.offset < text.size() &&
         (text[one.place.offset] == '\'' || text[one.place.offset] == '"');
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsWhite(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsWhite(text.back())) text.remove_suffix(1);
  return text;
}

void CheckOne(const RuleInput& in, Reporter& out, const Instance& instance, const Attribute& one) {
  const bool quoted = IsQuoted(in.content, one);
  const std::string_view text = quoted ? one.value : WithoutLineBreaks(one.value);
  if (text.empty() || !(IsWhite(text.front()) || IsWhite(text.back()))) return;
  const std::string_view inner = Trimmed(text);
  if (inner.empty()) return;
  Finding* f = out.Report(kSL574, one.place, &instance);
  if (f == nullptr) return;
  if (quoted) f->fix = ReplaceValue(in.content, one, std::string(inner));
  Say(*f, "keeps the white space", Cat(Quoted(one.value), " has white space around it"),
      "remove the white space");
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    for (const Attribute& one : in.content.attributes(instance)) {
      // Only what stands in quotes or in a block keeps white space. Conditions are code.
      if (!one.quoted || one.key.starts_with("detection.")) continue;
      CheckOne(in, out, instance, one);
    }
  });
}

}  // namespace

const Rule kSL574 = {{"SL574", "metadata-white-space", Severity::kNote, Category::kHygiene,
                      "a text with white space around it", kSigmaFiles},
                     Check};

}  // namespace sluice
