#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_write_plan.h"
#include "parser/sysmon/blob_write_records.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice::blob {
namespace {

class RecordChecker {
 public:
  RecordChecker(const Content& content, const BlobTarget& target, const BlobEvents& events,
                Causes& causes, Plan& plan)
      : content_(content),
        contract_(*target.contract),
        events_(events),
        causes_(causes),
        plan_(plan),
        others_(content, target.contracts) {}

  void Check(uint32_t index);

 private:
  bool CheckEvent(const Instance& instance);
  void CheckOption(const Instance& instance);
  bool CheckField(const Criterion& criterion);
  void CheckWhole(const Instance& instance);
  void CheckOperator(const Criterion& criterion);
  void CheckName(const Criterion& criterion);
  void CheckGroup(const Group& group);
  void CheckHeld(const Criterion& criterion);

  std::string EventName(const Instance& instance) const {
    return Printable(content_.type(instance).name);
  }

  const Content& content_;
  const Contract& contract_;
  const BlobEvents& events_;
  Causes& causes_;
  Plan& plan_;
  OtherVersions others_;
  uint32_t index_ = kNone;                              // of the record that is being checked
  std::set<std::pair<uint32_t, uint32_t>> long_names_;  // the places that have been reported
};

void RecordChecker::Check(uint32_t index) {
  index_ = index;
  const Instance& instance = content_.instances()[index];
  if (!CheckEvent(instance)) return;
  CheckOption(instance);
  bool has_fields = true;
  for (const Criterion& criterion : content_.criteria(instance)) {
    CheckHeld(criterion);
    has_fields &= CheckField(criterion);
    CheckOperator(criterion);
    CheckName(criterion);
  }
  for (const Group& group : content_.groups(instance)) CheckGroup(group);
  if (has_fields) CheckWhole(instance);
}

// Whether the record is of an event that can be compiled.
bool RecordChecker::CheckEvent(const Instance& instance) {
  const uint32_t series = events_.series_of(instance.type);
  if (content_.type(instance).id != kNone || !instance.condition.empty()) {
    if (Refused* refused = causes_.Fatal(instance.place, index_)) {
      refused->why = "a configuration has neither event ids nor conditions over criteria";
    }
    return false;
  }
  if (series == kNone) {
    const bool somewhere = others_.HasEvent(instance.type);
    if (Refused* refused =
            causes_.Tolerable(instance.place, index_, somewhere ? "SL206" : "SL104")) {
      refused->why = absl::StrCat(contract_.Name(), " has no event ", EventName(instance),
                                  ", and ignores the record");
    }
    return false;
  }
  if (!events_.series()[series].undescribed) return true;
  if (Refused* refused = causes_.Fatal(instance.place, index_)) {
    refused->why = absl::StrCat("it is not known which fields ", EventName(instance), " has on ",
                                contract_.Name());
  }
  return false;
}

// A list option belongs to records that include what matches; others are left out.
void RecordChecker::CheckOption(const Instance& instance) {
  const uint32_t series = events_.series_of(instance.type);
  if (plan_.OptionOf(series) == nullptr || plan_.skipped[index_] ||
      !DefaultIncludes(instance, events_.series()[series])) {
    return;
  }
  plan_.skipped[index_] = true;
  if (Refused* refused = causes_.Tolerable(instance.place, index_, "SL122")) {
    refused->why = absl::StrCat("with the option ", EventName(instance), " there is no ",
                                EventName(instance), " record that excludes");
  }
}

bool RecordChecker::CheckField(const Criterion& criterion) {
  if (content_.field(criterion).kind != FieldKind::kName) {
    if (Refused* refused = causes_.Fatal(criterion.field_place, index_)) {
      refused->why = "a configuration names its fields";
    }
    return false;
  }
  if (events_.HasField(criterion.field)) return true;
  const std::string_view rule = others_.HasField(criterion.field) ? "SL201" : "SL101";
  if (Refused* refused = causes_.Tolerable(criterion.field_place, index_, rule)) {
    refused->why = absl::StrCat(EventName(content_.instances()[index_]), " has no field ",
                                Quote(content_.field(criterion).name), " on ", contract_.Name(),
                                ", which drops the record and every later one of that name");
  }
  return false;
}

void RecordChecker::CheckWhole(const Instance& instance) {
  if (events_.HasRecord(instance)) return;
  const std::string_view rule = others_.HasRecord(instance) ? "SL213" : "SL107";
  if (Refused* refused = causes_.Tolerable(instance.place, index_, rule)) {
    refused->why =
        absl::StrCat("no event ", EventName(instance), " of ", contract_.Name(),
                     " has all these fields, which drops the record and every later one");
  }
}

void RecordChecker::CheckOperator(const Criterion& criterion) {
  const Operator op = criterion.op;
  if (IsSysmon(op) && contract_.Knows(op)) return;
  if (!IsSysmon(op) && op != Operator::kUnknown) {
    if (Refused* refused = causes_.Fatal(criterion.operator_place, index_)) {
      refused->why =
          absl::StrCat("Sysmon has no condition ", Quote(Info(op).name), " with this meaning");
    }
    return;
  }
  const std::string_view rule = IsSysmon(op) ? "SL205" : "SL102";
  if (Refused* refused = causes_.Tolerable(criterion.operator_place, index_, rule)) {
    refused->why =
        absl::StrCat(contract_.Name(), " has no condition ", Quote(criterion.operator_text));
  }
}

void RecordChecker::CheckName(const Criterion& criterion) {
  if (criterion.name.size() <= kMaxNameUnits) return;
  const Place place = criterion.name_place;
  if (!long_names_.insert({place.offset, place.length}).second) return;
  if (Refused* refused = causes_.Tolerable(place, index_, "SL116")) {
    refused->why = absl::StrCat("the rule name has ", criterion.name.size(),
                                " bytes of UTF-8, and at most ", kMaxNameUnits, " are taken");
  }
}

void RecordChecker::CheckGroup(const Group& group) {
  if (group.criteria.empty()) {
    if (Refused* refused = causes_.Tolerable(group.place, index_, "SL106")) {
      refused->why = "a <Rule> without conditions";
    }
  }
  if (group.name.find('\0') != std::string_view::npos) {
    if (Refused* refused = causes_.Fatal(group.name_place, index_)) {
      refused->why = "a name cannot hold a NUL";
    }
  }
  if (group.name.size() <= kMaxGroupNameUnits || Utf16Units(group.name) <= kMaxGroupNameUnits) {
    return;
  }
  if (Refused* refused = causes_.Tolerable(group.name_place, index_, "SL511")) {
    refused->why =
        absl::StrCat("of the name of a <Rule> ", kMaxGroupNameUnits, " UTF-16 units are kept");
  }
}

// What only the text form can say, and neither a configuration nor a blob can hold.
void RecordChecker::CheckHeld(const Criterion& criterion) {
  std::string_view why;
  Place place = criterion.place;
  if (criterion.flags != 0 || criterion.operands.size() > 1) {
    why = "a condition of a configuration has no flags, and one text";
  } else if (criterion.name.find('\0') != std::string_view::npos) {
    why = "a name cannot hold a NUL";
    place = criterion.name_place;
  } else if (content_.operand_text(criterion).find('\0') != std::string_view::npos) {
    why = "a text cannot hold a NUL";
    place = content_.operands(criterion).front().place;
  }
  if (why.empty()) return;
  if (Refused* refused = causes_.Fatal(place, index_)) refused->why = why;
}

}  // namespace

bool IsCompiled(const Criterion& criterion, const Contract& contract) {
  return IsSysmon(criterion.op) && contract.Knows(criterion.op) &&
         criterion.name.size() <= kMaxNameUnits;
}

bool DefaultIncludes(const Instance& instance, const Series& series) {
  return instance.record_default == RecordDefault::kTypeDefault
             ? series.events.front()->default_include
             : instance.record_default == RecordDefault::kInclude;
}

void CheckRecords(const Content& content, const BlobTarget& target, const BlobEvents& events,
                  Causes& causes, Plan& plan) {
  RecordChecker checker(content, target, events, causes, plan);
  for (uint32_t i = 0; i < content.instances().size(); ++i) checker.Check(i);
}

}  // namespace sluice::blob
