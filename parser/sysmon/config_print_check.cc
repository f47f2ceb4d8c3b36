#include "parser/sysmon/config_print_check.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_layout.h"
#include "parser/sysmon/config_print_xml.h"
#include "parser/sysmon/config_value.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr uint32_t kMaxNameBytes = 255;  // of a condition, as compilers take it

bool IsRule(std::string_view name) { return EqualsIgnoreCase(name, "Rule"); }

// What both kinds of content have in common.
class Checker {
 public:
  Checker(const Content& content, Refusals& out) : content_(content), out_(out) {}

 protected:
  void Refuse(Place place, std::string why) {
    out_.Add(instance_, place, std::move(why));
    refused_ = true;
  }
  void CheckText(std::string_view text, Place place, std::string_view what) {
    const std::string_view problem = XmlTextProblem(text);
    if (!problem.empty()) {
      Refuse(place, absl::StrCat("the ", Abseil(what), " holds ", Abseil(problem)));
    }
  }
  void CheckElement(std::string_view name, Place place) {
    if (name.size() > kMaxXmlNameBytes) {
      Refuse(place, absl::StrCat("an element's name of more than ", kMaxXmlNameBytes, " bytes"));
    } else if (!IsXmlName(name)) {
      Refuse(place, absl::StrCat("\"", Printable(name), "\" is no name of an element"));
    }
  }
  // All but the field.
  void CheckCriterion(const Instance& instance, const Criterion& criterion);
  void CheckGroups(const Instance& instance) {
    for (const Group& group : content_.groups(instance)) {
      CheckText(group.name, group.name_place, "group's name");
    }
  }

  const Content& content_;
  Refusals& out_;
  uint32_t instance_ = kNone;
  bool refused_ = false;  // something of `instance_`
};

void Checker::CheckCriterion(const Instance& instance, const Criterion& criterion) {
  if (criterion.op != Operator::kUnknown && !IsSysmon(criterion.op)) {
    return Refuse(criterion.operator_place,
                  absl::StrCat("Sysmon has no condition ", Abseil(Info(criterion.op).name)));
  }
  if ((criterion.flags & kEnvironment) != 0) {
    return Refuse(criterion.operator_place,
                  "the loader's mark for environment variables (bit 30), which "
                  "no compiler sets");
  }
  if (criterion.flags != 0) return Refuse(criterion.place, "Sysmon has no such flag");
  if (content_.operands(criterion).size() != 1) {
    return Refuse(criterion.place, absl::StrCat("a condition has one value, and this has ",
                                                content_.operands(criterion).size()));
  }
  const Operand& operand = content_.operands(criterion)[0];
  CheckText(operand.text, operand.place, "value");
  CheckText(criterion.name, criterion.name_place, "rule name");
  if (criterion.name.empty() && !InheritedName(content_, instance, criterion).empty()) {
    Refuse(criterion.place, "a condition without a name, where what is around it has one");
  }
}

class NamedChecker : Checker {
 public:
  NamedChecker(const Content& content, const SelfContracts& contracts, Refusals& out)
      : Checker(content, out), contracts_(contracts) {}

  void Check();

 private:
  void CheckMetadata();
  void CheckInstance(const Instance& instance);
  void CheckField(const Criterion& criterion);
  void CheckOperator(const Criterion& criterion);

  const SelfContracts& contracts_;
};

void NamedChecker::Check() {
  CheckMetadata();
  for (const Instance& instance : content_.instances()) {
    instance_ = static_cast<uint32_t>(&instance - content_.instances().data());
    refused_ = false;
    CheckInstance(instance);
  }
  instance_ = kNone;
  for (const Setting& setting : content_.settings()) {
    CheckElement(setting.name, setting.place);
    CheckText(setting.value, setting.place, "option's value");
    if (setting.name == "EventFiltering") Refuse(setting.place, "an option named as the rules are");
  }
}

void NamedChecker::CheckMetadata() {
  const Metadata& metadata = content_.metadata();
  if (metadata.binary_major != 0 || metadata.binary_minor != 0) {
    Refuse(metadata.binary_version_place, "a configuration has no binary version");
  }
  CheckText(metadata.schema_version, metadata.schema_version_place, "schema version");
  const std::optional<uint32_t> rank = SysmonSchemaRank(metadata.schema_version);
  if (rank.has_value() != metadata.has_schema_version || rank.value_or(0) != metadata.schema_rank) {
    Refuse(metadata.schema_version_place, "a sensor takes this schema version for another one");
  }
}

void NamedChecker::CheckInstance(const Instance& instance) {
  const TemplateType& type = content_.type(instance);
  if (type.id != kNone) return Refuse(type.place, "a configuration has no event ids");
  CheckElement(type.name, instance.place);
  CheckText(instance.name, instance.name_place, "RuleGroup's name");
  CheckGroups(instance);
  for (const Criterion& criterion : content_.criteria(instance)) {
    if (refused_) return;
    CheckField(criterion);
    CheckOperator(criterion);
    CheckCriterion(instance, criterion);
  }
}

void NamedChecker::CheckField(const Criterion& criterion) {
  const FieldRef& field = content_.field(criterion);
  if (field.kind != FieldKind::kName) {
    return Refuse(criterion.field_place, "a configuration names its fields");
  }
  CheckElement(field.name, criterion.field_place);
  if (criterion.group == kNone && IsRule(field.name)) {
    Refuse(criterion.field_place, "an element named Rule is a group of conditions");
  }
  // In a file, what is a record as well is held as one, too.
  if (content_.kind() != "sysmon-xml" && contracts_.IsSysmonEvent(field.name)) {
    Refuse(criterion.field_place, "an element named like an event is an event record as well");
  }
}

void NamedChecker::CheckOperator(const Criterion& criterion) {
  if (criterion.op != Operator::kUnknown) return;
  CheckText(criterion.operator_text, criterion.operator_place, "condition");
  if (criterion.operator_text.empty() || SysmonOperator(criterion.operator_text)) {
    Refuse(criterion.operator_place, "sensors know this condition, and take it for another one");
  }
}

class IndexedChecker : Checker {
 public:
  IndexedChecker(const Content& content, const Contract& target, const EventSeries& series,
                 const ListOptions& options, Refusals& out)
      : Checker(content, out), target_(target), options_(options), series_(series) {}

  void Check();

 private:
  void CheckFile();
  void CheckInstance(const Instance& instance);
  void CheckEvent(const Instance& instance, const EventSeries::Event& event);
  void CheckField(const Criterion& criterion, const ContractType& type);
  void CheckOperator(const Criterion& criterion);

  // Where a field of an instance's record stands; in a text, the instance.
  Place At(const Instance& instance, const blob::Field& field) const {
    if (!content_.binary()) return instance.place;
    return {instance.place.offset + field.offset, field.size};
  }

  const Contract& target_;
  const ListOptions& options_;
  const EventSeries& series_;
  uint32_t last_series_ = 0;
};

void IndexedChecker::Check() {
  CheckFile();
  for (const Instance& instance : content_.instances().subspan(0, options_.records)) {
    instance_ = static_cast<uint32_t>(&instance - content_.instances().data());
    refused_ = false;
    CheckInstance(instance);
  }
}

void IndexedChecker::CheckFile() {
  const Metadata& metadata = content_.metadata();
  if (content_.instances().empty()) {
    Refuse({}, "a configuration without event records gives no blob");
  }
  const std::optional<uint32_t> rank = SysmonSchemaRank(metadata.schema_version);
  if (!metadata.has_schema_version || rank != metadata.schema_rank) {
    Refuse(metadata.schema_version_place, "no configuration has this schema version");
  } else if (*rank < target_.min_schema_rank) {
    Refuse(metadata.schema_version_place,
           absl::StrCat(target_.Name(), " takes no configuration of this schema version"));
  }
  for (const Setting& setting : content_.settings()) {
    Refuse(setting.place, "a blob holds no options");
  }
  for (const Irregularity& found : content_.irregularities()) {
    if (found.kind == IrregularityKind::kHiddenBytes) {
      Refuse(found.place, "bytes that no record covers, which no compiler writes");
    }
  }
}

void IndexedChecker::CheckInstance(const Instance& instance) {
  const EventSeries::Event* event = series_.Find(content_.type(instance).id);
  if (event == nullptr) {
    return Refuse(At(instance, blob::event::kId),
                  absl::StrCat(target_.Name(), " has no event of this id that a rule can name"));
  }
  CheckEvent(instance, *event);
  CheckGroups(instance);
  const uint32_t from_option = options_.Leading(event->type->name);
  for (const Criterion& criterion :
       content_.criteria(instance).subspan(std::min(from_option, instance.criteria.size()))) {
    if (refused_) return;
    CheckField(criterion, *event->type);
    CheckOperator(criterion);
    CheckCriterion(instance, criterion);
    if (refused_) return;
    if (criterion.name.size() > kMaxNameBytes) {
      Refuse(criterion.name_place, absl::StrCat("a rule name of more than ", kMaxNameBytes,
                                                " bytes as UTF-8, which no compiler takes"));
    }
    if (!HasOrdinaryData(content_, criterion)) {
      Refuse(content_.operands(criterion)[0].place,
             "data with more behind its text than a compiler writes here");
    }
  }
}

void IndexedChecker::CheckEvent(const Instance& instance, const EventSeries::Event& event) {
  if (event.series < last_series_) {
    Refuse(At(instance, blob::event::kId),
           "a record behind those of a later event: compilers write them event "
           "by event");
  }
  last_series_ = std::max(last_series_, event.series);
  if (!instance.name.empty()) Refuse(instance.name_place, "a record of a blob has no name");
  if (instance.record_default == RecordDefault::kTypeDefault) {
    Refuse(instance.place, "a record of a blob includes or excludes");
  }
}

void IndexedChecker::CheckField(const Criterion& criterion, const ContractType& type) {
  const FieldRef& field = content_.field(criterion);
  if (field.kind != FieldKind::kIndex) {
    return Refuse(criterion.field_place, "a blob has its fields by index");
  }
  if (field.index < type.fields.size()) return;
  Refuse(criterion.field_place,
         absl::StrCat("field index ", field.index, " has no name: ", Abseil(type.name), " has ",
                      type.fields.size(), " fields on ", target_.Name()));
}

void IndexedChecker::CheckOperator(const Criterion& criterion) {
  if (criterion.op == Operator::kUnknown) {
    Refuse(criterion.operator_place,
           absl::StrCat("condition number ", Abseil(criterion.operator_text), " has no name"));
  } else if (IsSysmon(criterion.op) && !target_.Knows(criterion.op)) {
    Refuse(criterion.operator_place, absl::StrCat(target_.Name(), " has no condition \"",
                                                  Abseil(Info(criterion.op).as_written), "\""));
  }
}

}  // namespace

std::string_view InheritedName(const Content& content, const Instance& instance,
                               const Criterion& criterion) {
  if (criterion.group == kNone) return instance.name;
  const std::string_view group = content.groups()[criterion.group].name;
  return group.empty() ? instance.name : group;
}

void CheckNamed(const Content& content, const SelfContracts& contracts, Refusals& out) {
  NamedChecker(content, contracts, out).Check();
}

void CheckIndexed(const Content& content, const Contract& target, const EventSeries& series,
                  const ListOptions& options, Refusals& out) {
  IndexedChecker(content, target, series, options, out).Check();
}

}  // namespace sluice
