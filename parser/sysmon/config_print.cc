#include "parser/sysmon/config_print.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_layout.h"
#include "parser/sysmon/blob_writer.h"
#include "parser/sysmon/config_print_check.h"
#include "parser/sysmon/config_print_options.h"
#include "parser/sysmon/config_print_traces.h"
#include "parser/sysmon/config_print_verify.h"
#include "parser/sysmon/config_print_xml.h"
#include "schema/limits.h"

namespace sluice {
namespace {

constexpr uint32_t kLastOrSchemaRank = 410;  // of records that do not say how they combine
// A field that no event has: a compiler drops the record that uses it.
constexpr std::string_view kNoField = "Dropped";
constexpr std::string_view kCommonField = "RuleName";  // every event has it
constexpr std::string_view kRule = "Rule";
constexpr std::string_view kNoCondition = "skipped";
constexpr std::string_view kDroppedNote =
    "No event has this field, so Sysmon drops the record, and leaves a trace of it.";
constexpr std::string_view kSkippedNote =
    "Sysmon has no such condition, and skips it; the field tells which event this is.";

class ConfigPrinter {
 public:
  // `target` names events and fields that are bound by index, otherwise nullptr.
  ConfigPrinter(const Content& content, const Contract* target, const ListOptions& options,
                const std::vector<RecordTrace>& traces)
      : content_(content), target_(target), options_(options), traces_(traces) {}

  std::string Print() &&;

 private:
  // A record whose conditions are being printed.
  struct Open {
    const Instance* instance;
    uint32_t next;               // of Content::criteria()
    uint32_t group;              // of Content::groups(), the next
    bool in_group = false;       // the element of the one before is open
    bool in_criterion = false;   // the element of criterion `next - 1` is open
    bool in_rule_group = false;  // of its own
    std::string_view skipped;    // the field of a condition that is still to be skipped
    // It shares its element with a criterion of the record around.
    bool is_criterion = false;
    // Then, and only then: what stands before this offset of the text stands in the record.
    uint32_t limit = 0;
  };
  // What is odd about a record's `onmatch`.
  struct OnMatch {
    bool missing = false;
    bool twice = false;
    std::string_view word;  // that is neither of the two
  };

  bool SharesPlaces() const { return content_.kind() == "sysmon-xml"; }
  std::string_view EventName(const Instance& instance) const;
  std::string_view FieldName(const Criterion& criterion) const;
  void FindOnMatch();
  void PrintOptions();
  void PrintRecords();
  bool NeedsRuleGroup(const Instance& instance) const;
  void BeginRuleGroup(const Instance& instance);
  void EnterRuleGroup(const Instance* instance);
  void OpenRecord(const Instance& instance);
  void PrintDefault(const Instance& instance);
  bool NextCondition();
  void BeginRule(const Group& group);
  void BeginCriterion();
  uint32_t LimitOf(const Open& open) const;
  bool StandsInside(const Instance& inner, const Open& outer) const;
  void CloseRecord();
  const RecordTrace* TraceOf(const Instance& instance) const;
  void PrintDroppedBefore(const Instance& instance);
  void PrintDroppedLast();
  void PrintSkipped(std::string_view field);

  const Content& content_;
  const Contract* const target_;
  const ListOptions& options_;
  const std::vector<RecordTrace>& traces_;  // of each instance, or none
  Combine default_combine_ = Combine::kAnd;
  XmlWriter writer_;
  const Instance* rule_group_ = nullptr;  // whose RuleGroup is open around records, or nullptr
  uint32_t next_record_ = 0;              // of Content::instances()
  std::vector<Open> open_;
  std::vector<OnMatch> on_match_;  // of each instance
};

std::string ConfigPrinter::Print() && {
  const Metadata& metadata = content_.metadata();
  if (metadata.has_schema_version && metadata.schema_rank <= kLastOrSchemaRank) {
    default_combine_ = Combine::kOr;
  }
  FindOnMatch();
  writer_.Start("Sysmon");
  if (!metadata.schema_version.empty()) {
    writer_.Attribute("schemaversion", metadata.schema_version);
  }
  PrintOptions();
  if (options_.records > 0) {
    writer_.Start("EventFiltering");
    PrintRecords();
    PrintDroppedLast();
    writer_.End();
  }
  writer_.End();
  return std::move(writer_).Take();
}

void ConfigPrinter::PrintOptions() {
  for (const Setting& setting : content_.settings()) {
    writer_.Start(setting.name);
    writer_.Text(setting.value);
    writer_.End();
  }
  for (const ListOption& option : options_.options) {
    writer_.Start(option.name);
    writer_.Text(option.value);
    writer_.End();
  }
}

std::string_view ConfigPrinter::EventName(const Instance& instance) const {
  const TemplateType& type = content_.type(instance);
  return target_ == nullptr ? type.name : target_->TypeById(type.id)->name;
}

std::string_view ConfigPrinter::FieldName(const Criterion& criterion) const {
  const FieldRef& field = content_.field(criterion);
  if (target_ == nullptr) return field.name;
  return target_->TypeById(content_.types()[field.type].id)->fields[field.index].name;
}

void ConfigPrinter::FindOnMatch() {
  on_match_.resize(content_.instances().size());
  for (const Irregularity& found : content_.irregularities()) {
    if (found.instance >= on_match_.size()) continue;
    OnMatch& odd = on_match_[found.instance];
    odd.missing |= found.kind == IrregularityKind::kOnMatchMissing;
    odd.twice |= found.kind == IrregularityKind::kOnMatchTwice;
    if (found.kind == IrregularityKind::kOnMatchUnknown) odd.word = found.detail;
  }
}

// Records stand behind one another, but for those inside of another's conditions.
void ConfigPrinter::PrintRecords() {
  while (next_record_ < options_.records || !open_.empty()) {
    const bool more = next_record_ < options_.records;
    if (open_.empty() || (more && StandsInside(content_.instances()[next_record_], open_.back()))) {
      OpenRecord(content_.instances()[next_record_++]);
    } else if (!NextCondition()) {
      CloseRecord();
    }
    if (writer_.size() > kMaxFileBytes) return;
  }
  EnterRuleGroup(nullptr);
}

bool ConfigPrinter::NeedsRuleGroup(const Instance& instance) const {
  return !instance.name.empty() || instance.combine != default_combine_;
}

void ConfigPrinter::BeginRuleGroup(const Instance& instance) {
  writer_.Start("RuleGroup");
  if (!instance.name.empty()) writer_.Attribute("name", instance.name);
  if (instance.combine != default_combine_) {
    writer_.Attribute("groupRelation", instance.combine == Combine::kOr ? "or" : "and");
  }
}

// Neighbours that say the same share one, so that a long name is not written again and again. With
// nullptr, what follows stands in none.
void ConfigPrinter::EnterRuleGroup(const Instance* instance) {
  if (instance != nullptr && !NeedsRuleGroup(*instance)) instance = nullptr;
  if (rule_group_ != nullptr && instance != nullptr && instance->name == rule_group_->name &&
      instance->combine == rule_group_->combine) {
    return;
  }
  if (rule_group_ != nullptr) writer_.End();
  rule_group_ = instance;
  if (instance != nullptr) BeginRuleGroup(*instance);
}

// Where in the text the criterion that is open is over for sure; 0 when nothing says it.
uint32_t ConfigPrinter::LimitOf(const Open& open) const {
  if (open.next == open.instance->criteria.end) return open.limit;
  return content_.criteria()[open.next].place.offset;
}

// Whether the record `inner` has to be printed in the criterion that is open, to stand before the
// next criterion of `outer`, or of what is around it.
bool ConfigPrinter::StandsInside(const Instance& inner, const Open& outer) const {
  return SharesPlaces() && outer.in_criterion && inner.place.offset < LimitOf(outer);
}

void ConfigPrinter::OpenRecord(const Instance& instance) {
  const RecordTrace* const trace = TraceOf(instance);
  if (trace != nullptr) PrintDroppedBefore(instance);
  const bool in_rule_group = !open_.empty() && NeedsRuleGroup(instance);
  if (open_.empty()) EnterRuleGroup(&instance);
  if (in_rule_group) BeginRuleGroup(instance);
  writer_.Start(EventName(instance));
  PrintDefault(instance);
  const uint32_t from_option = options_.Leading(EventName(instance));
  open_.push_back({.instance = &instance,
                   .next = instance.criteria.begin + from_option,
                   .group = instance.groups.begin,
                   .in_rule_group = in_rule_group,
                   .skipped = trace != nullptr ? trace->skipped_field : std::string_view()});
}

void ConfigPrinter::PrintDefault(const Instance& instance) {
  const OnMatch& odd = on_match_[&instance - content_.instances().data()];
  if (odd.missing) return;
  std::string_view word = odd.word;
  if (instance.record_default == RecordDefault::kInclude) word = "exclude";
  if (instance.record_default == RecordDefault::kExclude) word = "include";
  writer_.Attribute("onmatch", word);
  if (odd.twice) writer_.Attribute("default", word == "include" ? "exclude" : "include");
}

// Ends the condition that is open, and begins what is next. False behind the last.
bool ConfigPrinter::NextCondition() {
  Open& open = open_.back();
  if (open.in_criterion) writer_.End();
  open.in_criterion = false;
  if (open.in_group && open.next >= content_.groups()[open.group - 1].criteria.end) {
    writer_.End();
    open.in_group = false;
  }
  if (!open.in_group && !open.skipped.empty() &&
      open.group - open.instance->groups.begin == TraceOf(*open.instance)->skipped_behind) {
    PrintSkipped(std::exchange(open.skipped, {}));
  }
  if (!open.in_group && open.group < open.instance->groups.end &&
      content_.groups()[open.group].criteria.begin <= open.next) {
    BeginRule(content_.groups()[open.group++]);
    open.in_group = true;
    return true;
  }
  if (open.next == open.instance->criteria.end) return false;
  BeginCriterion();
  return true;
}

void ConfigPrinter::BeginRule(const Group& group) {
  writer_.Start(kRule);
  if (!group.name.empty()) writer_.Attribute("name", group.name);
  writer_.Attribute("groupRelation", group.combine == Combine::kOr ? "or" : "and");
}

void ConfigPrinter::BeginCriterion() {
  Open& open = open_.back();
  const Criterion& criterion = content_.criteria()[open.next++];
  open.in_criterion = true;
  writer_.Start(FieldName(criterion));
  if (criterion.name != InheritedName(content_, *open.instance, criterion)) {
    writer_.Attribute("name", criterion.name);
  }
  writer_.Attribute("condition", criterion.op == Operator::kUnknown
                                     ? criterion.operator_text
                                     : Info(criterion.op).as_written);
  const Instance* shared = nullptr;
  if (SharesPlaces() && next_record_ < options_.records) {
    shared = &content_.instances()[next_record_];
    if (shared->place.offset != criterion.place.offset) shared = nullptr;
  }
  if (shared != nullptr) PrintDefault(*shared);
  writer_.Text(content_.operand_text(criterion));
  if (shared == nullptr) return;
  ++next_record_;
  open_.push_back({.instance = shared,
                   .next = shared->criteria.begin,
                   .group = shared->groups.begin,
                   .is_criterion = true,
                   .limit = LimitOf(open)});
}

void ConfigPrinter::CloseRecord() {
  if (!open_.back().is_criterion) writer_.End();
  if (open_.back().in_rule_group) writer_.End();
  open_.pop_back();
}

const RecordTrace* ConfigPrinter::TraceOf(const Instance& instance) const {
  return traces_.empty() ? nullptr : &traces_[&instance - content_.instances().data()];
}

void ConfigPrinter::PrintSkipped(std::string_view field) {
  writer_.Comment(kSkippedNote);
  writer_.Start(field);
  writer_.Attribute("condition", kNoCondition);
  writer_.End();
}

// Each has a group at the place where the record has its first: conditions of the same size stand
// before it.
void ConfigPrinter::PrintDroppedBefore(const Instance& instance) {
  for (const std::string_view name : TraceOf(instance)->dropped) {
    writer_.Comment(kDroppedNote);
    writer_.Start(name);
    writer_.Attribute("onmatch", "include");
    const uint32_t first = content_.groups(instance)[0].criteria.begin;
    for (const Criterion& criterion :
         content_.criteria(instance).first(first - instance.criteria.begin)) {
      writer_.Start(kCommonField);
      writer_.Text(content_.operand_text(criterion));
      writer_.End();
    }
    for (const std::string_view empty : {kRule, kNoField}) {
      writer_.Start(empty);
      writer_.End();
    }
    writer_.End();
  }
}

// A compiler that drops the last record has linked to it from the one before, at the end of what is
// left.
void ConfigPrinter::PrintDroppedLast() {
  if (target_ == nullptr || !content_.binary()) return;
  const Instance& last = content_.instances().back();
  const std::optional<blob::Record> record =
      blob::Cursor(content_.bytes()).Take(last.place.offset, blob::event::kSize);
  if (!record || record->U32(blob::event::kNext) == 0) return;
  writer_.Comment(kDroppedNote);
  writer_.Start(EventName(last));
  writer_.Attribute("onmatch", "include");
  writer_.Start(kNoField);
  writer_.End();
  writer_.End();
}

// The newest sensor with the binary version of the content, of which it is known how its compiler
// writes.
const Contract* FindTarget(const Content& content, const SelfContracts& contracts) {
  const Metadata& metadata = content.metadata();
  const Contract* newest = nullptr;
  for (const Sensor& sensor : contracts.Of(content).fleet.sensors()) {
    const Contract* contract = sensor.contract;
    if (contract == nullptr || BlobLayoutOf(*contract) == BlobLayout::kUnknown ||
        contract->binary_major != metadata.binary_major ||
        contract->binary_minor != metadata.binary_minor) {
      continue;
    }
    if (newest == nullptr || newest->rank < contract->rank) newest = contract;
  }
  return newest;
}

// Whether `text` was printed to its end; refused otherwise.
bool IsWhole(std::string_view text, Refusals& refusals) {
  if (text.size() <= kMaxFileBytes) return true;
  refusals.Add(kNone, {}, absl::StrCat("printed, it has more than ", kMaxFileBytes, " bytes"));
  return false;
}

ConfigPrint PrintNamed(const Content& content, const ReadOptions& options) {
  ConfigPrint print;
  Refusals refusals;
  CheckNamed(content, *options.self_contracts, refusals);
  if (refusals.empty()) {
    const ListOptions none{.options = {},
                           .records = static_cast<uint32_t>(content.instances().size())};
    print.text = ConfigPrinter(content, nullptr, none, {}).Print();
    if (IsWhole(print.text, refusals)) VerifyNamed(content, print.text, options, refusals);
  }
  print.refused = std::move(refusals).Take();
  return print;
}

ConfigPrint PrintIndexed(const Content& content, const ReadOptions& options) {
  ConfigPrint print;
  Refusals refusals;
  const Contract* target = FindTarget(content, *options.self_contracts);
  if (target == nullptr) {
    const Metadata& metadata = content.metadata();
    refusals.Add(kNone, metadata.binary_version_place,
                 absl::StrCat("it is not known what compilers of binary version ",
                              metadata.binary_major, ".", metadata.binary_minor, " write"));
  } else {
    const EventSeries series(*target);
    const ListOptions lists = FindListOptions(content, series);
    CheckIndexed(content, *target, series, lists, refusals);
    std::vector<RecordTrace> traces;
    if (refusals.empty()) traces = FindTraces(content, series, lists, refusals);
    if (refusals.empty()) {
      print.text = ConfigPrinter(content, target, lists, traces).Print();
      if (IsWhole(print.text, refusals)) {
        VerifyIndexed(content, print.text, *target, traces, options, refusals);
      }
    }
  }
  print.refused = std::move(refusals).Take();
  return print;
}

}  // namespace

ConfigPrint PrintSysmonConfig(const Content& content, const ReadOptions& options) {
  if (content.dialect() != Dialect::kSysmon) {
    return {.text = {}, .refused = {{kNone, {}, "this is no content of Sysmon"}}};
  }
  ConfigPrint print = content.binding() == Binding::kByName ? PrintNamed(content, options)
                                                            : PrintIndexed(content, options);
  if (!print.ok()) print.text.clear();
  return print;
}

}  // namespace sluice
