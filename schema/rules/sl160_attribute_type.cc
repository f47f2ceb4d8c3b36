// SL160 attribute-type
//
// An attribute outside of the detection has another shape than Sigma gives it.
//
// Sigma's tools read a list where the specification has a list, and text where it has text. Most of
// them refuse the rule otherwise. A colon in an item is the usual accident: YAML takes it for a
// map.
//
//   tags: attack.execution            # a text, where a list is read
//   falsepositives:
//     - Backup tools: rarely          # a map, where a text is read
//   title: 2024                       # a number
//
// Fix: write the shape that the message names; put quotes around a text that YAML takes for
// something else.
//
// Source: Sigma specification 2.1.0, JSON schemas of rules, correlations and filters.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL160;

namespace {

enum class Shape : uint8_t { kAny, kScalar, kText, kTexts, kMaps, kMap, kBoolean };

// What Sigma has under a key at the top of a document.
Shape ShapeOf(std::string_view key) {
  switch (key.size()) {
    case 2:
      return key == "id" ? Shape::kScalar : Shape::kAny;
    case 4:
      if (key == "date") return Shape::kScalar;
      if (key == "tags") return Shape::kTexts;
      return key == "name" ? Shape::kText : Shape::kAny;
    case 5:
      if (key == "scope") return Shape::kTexts;
      if (key == "level") return Shape::kScalar;
      return key == "title" ? Shape::kText : Shape::kAny;
    case 6:
      if (key == "filter") return Shape::kMap;
      if (key == "fields") return Shape::kTexts;
      if (key == "status") return Shape::kScalar;
      return key == "author" ? Shape::kText : Shape::kAny;
    case 7:
      if (key == "related") return Shape::kMaps;
      return key == "license" ? Shape::kText : Shape::kAny;
    case 8:
      if (key == "generate") return Shape::kBoolean;
      if (key == "modified") return Shape::kScalar;
      return key == "taxonomy" ? Shape::kText : Shape::kAny;
    case 10:
      return key == "references" ? Shape::kTexts : Shape::kAny;
    case 11:
      if (key == "correlation") return Shape::kMap;
      return key == "description" ? Shape::kText : Shape::kAny;
    case 14:
      return key == "falsepositives" ? Shape::kTexts : Shape::kAny;
    default:
      return Shape::kAny;
  }
}

// What stands at one attribute: its list has been asked for already when it is an item.
Shape Expected(const Attribute& attribute, const Instance& instance) {
  const Shape shape = ShapeOf(attribute.key);
  if (attribute.item && shape == Shape::kTexts) return Shape::kText;
  if (attribute.item) return shape == Shape::kMaps ? Shape::kMap : Shape::kAny;
  const bool correlation = instance.role == InstanceRole::kCorrelation;
  // A correlation may have one text for its list of false positives.
  const bool either = correlation && attribute.key == "falsepositives";
  return either && attribute.kind == AttributeKind::kText ? Shape::kAny : shape;
}

bool Fits(AttributeKind kind, Shape shape) {
  switch (shape) {
    case Shape::kAny:
      return true;
    case Shape::kScalar:
      return kind != AttributeKind::kList && kind != AttributeKind::kMap;
    case Shape::kText:
      return kind == AttributeKind::kText || kind == AttributeKind::kNull;
    case Shape::kTexts:
    case Shape::kMaps:
      return kind == AttributeKind::kList || kind == AttributeKind::kNull;
    case Shape::kMap:
      return kind == AttributeKind::kMap || kind == AttributeKind::kNull;
    case Shape::kBoolean:
      return kind == AttributeKind::kBoolean;
  }
  return true;
}

std::string_view Words(Shape shape) {
  if (shape == Shape::kTexts) return "a list of texts";
  if (shape == Shape::kMaps) return "a list of maps";
  if (shape == Shape::kMap) return "a map";
  return shape == Shape::kBoolean ? "true or false" : "a text";
}

std::string_view Words(AttributeKind kind) {
  constexpr std::string_view kWords[] = {"a text",  "a number", "a truth value", "a date",
                                         "nothing", "a map",    "a list"};
  return kWords[static_cast<size_t>(kind)];
}

void ReportOne(const RuleInput& in, Reporter& out, const Instance& instance,
               const Attribute& attribute, Shape shape) {
  Finding* f = out.Report(kSL160, attribute.place, &instance);
  if (f == nullptr) return;
  const bool text = shape == Shape::kText;
  if (text && attribute.kind != AttributeKind::kList)
    f->fix = PutInQuotes(in.content, attribute.place);
  Say(*f, kRefusedByTools,
      Cat(attribute.item ? "an item of " : "", Quoted(attribute.key), " is ", Words(attribute.kind),
          ", where Sigma has ", Words(shape)),
      text ? "write a text; put it in quotes if it is one" : Cat("write ", Words(shape)));
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    for (const Attribute& attribute : in.content.attributes(instance)) {
      // Most of what there is.
      const bool text = attribute.item && attribute.kind == AttributeKind::kText;
      if (text && attribute.key != "related") continue;
      const Shape shape = Expected(attribute, instance);
      if (!Fits(attribute.kind, shape)) ReportOne(in, out, instance, attribute, shape);
    }
  });
}

}  // namespace

const Rule kSL160 = {
    {"SL160", "attribute-type", Severity::kWarning, Category::kInvalid,
     "an attribute is a list, map, number or truth value where Sigma has something else",
     kSigmaFiles},
    Check};

}  // namespace sluice
