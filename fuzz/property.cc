#include "fuzz/property.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>

#include "parser/text/content_text.h"
#include "schema/contract.h"

namespace sluice {
namespace {

// Ranges and places are checked against sizes as wide integers, so that nothing wraps.
void RequireRange(Range range, size_t size, std::string_view what) {
  Require(range.begin <= range.end && range.end <= size, what);
}

void RequirePlace(Place place, size_t size, std::string_view what) {
  Require(uint64_t{place.offset} + place.length <= size, what);
}

void RequireIndex(uint32_t index, size_t size, std::string_view what) {
  Require(index < size, what);
}

void RequireTypes(const Content& content, size_t size) {
  for (const TemplateType& type : content.types()) {
    if (type.declared) {
      RequireRange(type.fields, content.field_decls().size(), "fields of a declared type");
    }
    RequirePlace(type.place, size, "place of a template type");
  }
  for (const FieldDecl& field : content.field_decls()) {
    RequirePlace(field.place, size, "place of a declared field");
  }
  for (const FieldRef& field : content.fields()) {
    RequireIndex(field.type, content.types().size(), "type of a field reference");
  }
}

void RequireInstances(const Content& content, size_t size) {
  for (const Instance& instance : content.instances()) {
    RequireIndex(instance.type, content.types().size(), "type of an instance");
    RequireRange(instance.criteria, content.criteria().size(), "criteria of an instance");
    RequireRange(instance.groups, content.groups().size(), "groups of an instance");
    RequireRange(instance.condition, content.condition().size(), "condition of an instance");
    RequireRange(instance.attributes, content.attributes().size(), "attributes of an instance");
    RequireRange(instance.selections, content.selections().size(), "selections of an instance");
    RequirePlace(instance.place, size, "place of an instance");
    RequirePlace(instance.name_place, size, "place of an instance's name");
  }
  for (const Group& group : content.groups()) {
    RequireRange(group.criteria, content.criteria().size(), "criteria of a group");
    RequirePlace(group.place, size, "place of a group");
    RequirePlace(group.name_place, size, "place of a group's name");
  }
}

void RequireCriteria(const Content& content, size_t size) {
  for (const Criterion& criterion : content.criteria()) {
    RequireIndex(criterion.field, content.fields().size(), "field of a criterion");
    Require(criterion.group == kNone || criterion.group < content.groups().size(),
            "group of a criterion");
    RequireRange(criterion.operands, content.operands().size(), "operands of a criterion");
    RequirePlace(criterion.place, size, "place of a criterion");
    RequirePlace(criterion.field_place, size, "place of a field");
    RequirePlace(criterion.operator_place, size, "place of an operator");
    RequirePlace(criterion.name_place, size, "place of a criterion's name");
  }
  for (const Operand& operand : content.operands()) {
    RequirePlace(operand.place, size, "place of an operand");
  }
}

void RequireAttributes(const Content& content, size_t size) {
  for (const Attribute& attribute : content.attributes()) {
    RequirePlace(attribute.key_place, size, "place of an attribute's key");
    RequirePlace(attribute.place, size, "place of an attribute");
  }
  for (const SigmaSelection& selection : content.selections()) {
    RequireRange(selection.criteria, content.criteria().size(), "criteria of a selection");
    RequireRange(selection.condition, content.condition().size(), "condition of a selection");
    RequirePlace(selection.name_place, size, "place of a selection's name");
    RequirePlace(selection.place, size, "place of a selection");
  }
  for (const Criterion& criterion : content.criteria()) {
    const Written* written = content.written(criterion);
    Require(written == nullptr || written->item < content.criteria().size(), "item of a criterion");
  }
}

// Runs a postfix condition on the number of values alone: no token may take more than there are,
// and one value is left.
void RequireCondition(std::span<const ConditionToken> condition, Range criteria) {
  uint64_t values = 0;
  for (const ConditionToken& token : condition) {
    if (token.kind == ConditionToken::Kind::kCriterion) {
      Require(token.value >= criteria.begin && token.value < criteria.end,
              "criterion of a condition token");
      ++values;
      continue;
    }
    const uint64_t taken = token.kind == ConditionToken::Kind::kNot ? 1 : token.value;
    Require(taken <= values, "values that a condition token takes");
    values = values - taken + 1;
  }
  Require(condition.empty() || values == 1, "values left by a condition");
}

}  // namespace

Tally& Inputs() {
  static Tally tally;
  return tally;
}

void Require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "property broken: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

Bytes ToBytes(const uint8_t* data, size_t size) {
  return std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
}

const ReadOptions& BuiltInReadOptions() {
  static const SelfContracts contracts(ContractSet::BuiltIn(), nullptr);
  static const ReadOptions options{.self_contracts = &contracts};
  return options;
}

void RequireConsistent(const Content& content) {
  const size_t size = content.binary() ? content.bytes().size() : content.text().size();
  RequireTypes(content, size);
  RequireInstances(content, size);
  RequireCriteria(content, size);
  RequireAttributes(content, size);
  for (const Instance& instance : content.instances()) {
    RequireCondition(content.condition(instance), instance.criteria);
  }
  for (const SigmaSelection& selection : content.selections()) {
    RequireCondition(content.condition(selection), selection.criteria);
  }
  for (const Setting& setting : content.settings()) {
    RequirePlace(setting.place, size, "place of a setting");
  }
  for (const Irregularity& irregularity : content.irregularities()) {
    Require(irregularity.instance == kNone || irregularity.instance < content.instances().size(),
            "instance of an irregularity");
    RequirePlace(irregularity.place, size, "place of an irregularity");
  }
}

void RequireExplained(const ReadResult& result, bool binary, size_t size) {
  const Malformed& malformed = result.malformed();
  Require(!malformed.structure.empty(), "a refusal names the structure");
  Require(!malformed.message.empty(), "a refusal gives a reason");
  RequirePlace(malformed.place, binary ? size : result.text().size(), "place of a refusal");
}

ReadResult ReadAnyBytes(std::string_view kind, const uint8_t* data, size_t size) {
  const Format* format = FindFormat(kind);
  const Bytes bytes = ToBytes(data, size);
  format->recognise(*bytes);
  ReadResult result = format->read(bytes, BuiltInReadOptions());
  if (result.ok()) {
    ++Inputs().accepted;
    RequireConsistent(result.content());
  } else {
    ++Inputs().refused;
    RequireExplained(result, format->binary, size);
  }
  return result;
}

void RequirePrintsAndReadsBack(const Content& content) {
  const std::string text = PrintContentText(content);
  const ReadResult back =
      ReadContentText(std::make_shared<const std::string>(text), BuiltInReadOptions());
  if (!back.ok()) std::fprintf(stderr, "%s\n", back.malformed().message.c_str());
  Require(back.ok(), "printed content reads back");
  Require(SameMeaning(content, back.content()), "printed content means the same");
  Require(PrintContentText(back.content()) == text, "printing again gives the same text");
}

}  // namespace sluice
