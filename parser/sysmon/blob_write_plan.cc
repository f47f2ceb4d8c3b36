#include "parser/sysmon/blob_write_plan.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_write_records.h"
#include "parser/sysmon/config_value.h"
#include "schema/text.h"

namespace sluice::blob {
namespace {

struct IrregularityText {
  IrregularityKind kind;
  std::string_view rule;
  std::string_view why;  // with the detail behind it, where there is one
};

constexpr IrregularityText kIrregularities[] = {
    {IrregularityKind::kUnknownAttribute, "SL110", "an attribute that is not read:"},
    {IrregularityKind::kDuplicateAttribute, "SL117", "an attribute that stands there twice:"},
    {IrregularityKind::kIgnoredElement, "SL111", "an element that is not read:"},
    {IrregularityKind::kOnMatchMissing, "SL109", "a record with neither onmatch nor default"},
    {IrregularityKind::kOnMatchTwice, "SL109", "a record with both onmatch and default"},
    {IrregularityKind::kOnMatchUnknown, "SL109", "neither include nor exclude:"},
    {IrregularityKind::kGroupRelationUnknown, "SL112", "neither or nor and:"},
    {IrregularityKind::kValueSplit, "SL113", "only the first part of the value is read"},
    {IrregularityKind::kValueCut, "SL114", "the value ends at a NUL or a byte that is not UTF-8"},
    {IrregularityKind::kUnknownEntity, "SL115", "an entity that stays as written:"},
    {IrregularityKind::kIgnoredText, "SL113", "text where none is read"},
    {IrregularityKind::kDocumentType, "SL115", "a DOCTYPE, which is not read"},
    {IrregularityKind::kEncodingIgnored, "SL118", "an encoding that is not honoured:"},
    {IrregularityKind::kSecondRoot, "SL111", "a second root element:"},
};

// Other options that the schema calls rules, of which it is not known what they become.
constexpr std::string_view kOtherRuleOptions[] = {"DnsQuery", "PipeMonitoring", "ProcessAccess"};

bool IsIn(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::any_of(names,
                             [&](std::string_view known) { return EqualsIgnoreCase(known, name); });
}

bool Contains(Place outer, Place inner) {
  return outer.offset <= inner.offset && inner.end() <= outer.end();
}

// The items of "a,b,,c": ',' separates, and ",," is a comma. nullopt where an item is empty: what
// the compiler makes of one is not known.
std::optional<std::vector<std::string>> SplitList(std::string_view value) {
  std::vector<std::string> items(1);
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != ',') {
      items.back() += value[i];
    } else if (i + 1 < value.size() && value[i + 1] == ',') {
      items.back() += ',';
      ++i;
    } else {
      items.emplace_back();
    }
  }
  if (std::ranges::any_of(items, [](const std::string& item) { return item.empty(); })) {
    return std::nullopt;
  }
  return items;
}

class FilePlanner {
 public:
  FilePlanner(const Content& content, const BlobTarget& target, const BlobEvents& events,
              Causes& causes, Plan& plan)
      : content_(content),
        contract_(*target.contract),
        contracts_(target.contracts),
        events_(events),
        causes_(causes),
        plan_(plan) {}

  void Run() {
    plan_.skipped.resize(content_.instances().size());
    PlanVersion();
    for (const Irregularity& irregularity : content_.irregularities()) Check(irregularity);
    CheckCuts();
    PlanOptions();
  }

 private:
  void PlanVersion();
  void CheckVersionIsPlain();
  void Check(const Irregularity& irregularity);
  void CheckCuts();
  bool IsNulByNumber(Place place) const;
  std::vector<Place> PlacesOfTexts() const;
  void PlanOptions();
  void PlanOption(uint32_t setting);
  bool IsListOption(const Setting& setting) const;

  const Content& content_;
  const Contract& contract_;
  const ContractSet* const contracts_;
  const BlobEvents& events_;
  Causes& causes_;
  Plan& plan_;
  std::vector<Place> cuts_;  // in the order of the content
};

void FilePlanner::PlanVersion() {
  const Metadata& metadata = content_.metadata();
  const Place place = metadata.schema_version_place;
  const std::optional<uint32_t> word =
      metadata.has_schema_version ? SysmonSchemaWord(metadata.schema_version) : std::nullopt;
  if (!word) {
    Refused* refused = causes_.Fatal(place, kNone, "SL108");
    if (refused != nullptr) refused->why = "it states no schema version that Sysmon reads";
    return;
  }
  plan_.schema_word = *word;
  const uint32_t rank = (*word >> 16) * 100 + (*word & 0xFFFF);
  if (rank != metadata.schema_rank) {
    if (Refused* refused = causes_.Fatal(place, kNone)) {
      refused->why = absl::StrCat("its schema version has the rank ", metadata.schema_rank,
                                  ", which a blob does not hold");
    }
  } else if (rank < contract_.min_schema_rank) {
    if (Refused* refused = causes_.Fatal(place, kNone, "SL209")) {
      refused->why = absl::StrCat(contract_.Name(), " rejects schema versions as low as this");
    }
  } else {
    CheckVersionIsPlain();
  }
}

// Digits, a point, and two decimals that count.
void FilePlanner::CheckVersionIsPlain() {
  const Metadata& metadata = content_.metadata();
  const std::string_view version = metadata.schema_version;
  constexpr std::string_view kDigits = "0123456789";
  const size_t point = std::min(version.find_first_not_of(kDigits), version.size());
  const bool has_point = point > 0 && point + 1 < version.size() && version[point] == '.';
  const std::string_view decimals = has_point ? version.substr(point + 1) : std::string_view();
  const bool plain = has_point && decimals.find_first_not_of(kDigits) == std::string_view::npos &&
                     decimals.find_first_not_of('0', 2) == std::string_view::npos;
  if (!plain) {
    if (Refused* refused = causes_.Tolerable(metadata.schema_version_place, kNone, "SL108")) {
      refused->why = absl::StrCat("the schema version ", Quote(version), " is read as another one");
    }
  }
  if (metadata.schema_rank <= contract_.rank) return;
  if (Refused* refused = causes_.Tolerable(metadata.schema_version_place, kNone, "SL212")) {
    refused->why = absl::StrCat("the schema version is newer than ", contract_.Name());
  }
}

void FilePlanner::Check(const Irregularity& irregularity) {
  const IrregularityKind kind = irregularity.kind;
  const auto* known = std::ranges::find(kIrregularities, kind, &IrregularityText::kind);
  if (known == std::end(kIrregularities)) return;
  const bool skips =
      kind == IrregularityKind::kOnMatchMissing || kind == IrregularityKind::kOnMatchTwice;
  if (skips && irregularity.instance != kNone) plan_.skipped[irregularity.instance] = true;
  if (kind == IrregularityKind::kValueCut) cuts_.push_back(irregularity.place);
  if (kind == IrregularityKind::kSecondRoot && irregularity.detail == "Sysmon") {
    if (Refused* refused = causes_.Fatal(irregularity.place, kNone, known->rule)) {
      refused->why = "it is not known what Sysmon reads of a second <Sysmon>";
    }
    return;
  }
  Refused* refused = causes_.Tolerable(irregularity.place, irregularity.instance, known->rule);
  if (refused == nullptr) return;
  refused->why = known->why;
  const bool has_detail = known->why.ends_with(':');
  if (has_detail) absl::StrAppend(&refused->why, " ", Quote(irregularity.detail));
}

// Texts and names end where they are cut. What Sysmon makes of other words with such a byte in them
// is not known; a NUL ends any.
void FilePlanner::CheckCuts() {
  std::erase_if(cuts_, [&](Place cut) {
    return IsNulByNumber(cut) || Contains(content_.metadata().schema_version_place, cut);
  });
  if (cuts_.empty()) return;
  const std::vector<Place> texts = PlacesOfTexts();
  for (const Place cut : cuts_) {
    const auto after = std::ranges::upper_bound(texts, cut.offset, {}, &Place::offset);
    if (after != texts.begin() && Contains(*(after - 1), cut)) continue;
    if (Refused* refused = causes_.Fatal(cut, kNone, "SL114")) {
      refused->why = "it is not known what Sysmon makes of a byte here that is not UTF-8";
    }
  }
}

// "&#0;", "&#x00;"
bool FilePlanner::IsNulByNumber(Place place) const {
  std::string_view text = content_.text().substr(place.offset, place.length);
  if (!text.starts_with("&#")) return false;
  text.remove_prefix(text.starts_with("&#x") ? 3 : 2);
  return text.find_first_not_of("0;") == std::string_view::npos;
}

// Of operands, and of the names that fit whole; ascending. And of settings that are no rules.
std::vector<Place> FilePlanner::PlacesOfTexts() const {
  std::vector<Place> places;
  const auto add_name = [&](Place name) {
    if (name.length <= kMaxNameUnits) places.push_back(name);
  };
  for (const Operand& operand : content_.operands()) places.push_back(operand.place);
  for (const Criterion& criterion : content_.criteria()) add_name(criterion.name_place);
  for (const Group& group : content_.groups()) add_name(group.name_place);
  for (const Instance& instance : content_.instances()) add_name(instance.name_place);
  for (const Setting& setting : content_.settings()) {
    if (!IsListOption(setting)) places.push_back(setting.place);
  }
  std::erase_if(places, [](Place place) { return place.length == 0; });
  std::ranges::sort(places, {}, [](Place place) { return std::pair(place.offset, place.length); });
  return places;
}

bool FilePlanner::IsListOption(const Setting& setting) const {
  constexpr std::array<std::string_view, 2> kListOptions = {"ImageLoad", "NetworkConnect"};
  return IsIn(kListOptions, setting.name);
}

// Sysmon reads options up to the first that it does not know.
void FilePlanner::PlanOptions() {
  const OtherVersions others(content_, contracts_);
  bool read = true;
  for (uint32_t i = 0; i < content_.settings().size(); ++i) {
    const Setting& setting = content_.settings()[i];
    const bool known = contract_.options.empty() || IsIn(contract_.options, setting.name);
    if (known && read) PlanOption(i);
    if (known) continue;
    read = false;
    const std::string_view rule = others.HasOption(setting.name) ? "SL210" : "SL119";
    if (Refused* refused = causes_.Tolerable(setting.place, kNone, rule)) {
      refused->why = absl::StrCat(contract_.Name(), " reads neither the option ",
                                  Quote(setting.name), " nor those behind it");
    }
  }
}

void FilePlanner::PlanOption(uint32_t index) {
  const Setting& setting = content_.settings()[index];
  if (IsIn(kOtherRuleOptions, setting.name)) {
    if (Refused* refused = causes_.Fatal(setting.place, kNone)) {
      refused->why =
          absl::StrCat("it is not known which records the option ", Quote(setting.name), " makes");
    }
    return;
  }
  if (!IsListOption(setting)) return;
  ListOption option{.setting = index};
  for (uint32_t i = 0; i < events_.series().size(); ++i) {
    if (EqualsIgnoreCase(events_.series()[i].name, setting.name)) option.series = i;
  }
  if (option.series == kNone || plan_.OptionOf(option.series) != nullptr) {
    if (Refused* refused = causes_.Fatal(setting.place, kNone, "SL121")) {
      refused->why = "it is not known which of several options of one name counts";
    }
    return;
  }
  std::optional<std::vector<std::string>> items = SplitList(setting.value);
  if (!items) {
    if (Refused* refused = causes_.Fatal(setting.place, kNone, "SL120")) {
      refused->why = "it is not known what Sysmon makes of an empty name in this list";
    }
    return;
  }
  option.items = *std::move(items);
  plan_.options.push_back(std::move(option));
}

}  // namespace

const ListOption* Plan::OptionOf(uint32_t series) const {
  const auto found = std::ranges::find(options, series, &ListOption::series);
  return found == options.end() ? nullptr : &*found;
}

void PlanFile(const Content& content, const BlobTarget& target, const BlobEvents& events,
              Causes& causes, Plan& plan) {
  FilePlanner(content, target, events, causes, plan).Run();
}

}  // namespace sluice::blob
