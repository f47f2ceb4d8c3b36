#include "parser/sigma/sigma_print.h"

#include <string_view>
#include <utility>

#include "parser/sigma/sigma_print_selection.h"
#include "parser/yaml/yaml_write.h"
#include "schema/limits.h"

namespace sluice {
namespace {

using Kind = IrregularityKind;

constexpr std::string_view kTooLong = "the keys above this one are too long";
constexpr std::string_view kNoMeaning = "what stands here has no meaning in a rule";

// What is lost with something fatal; "" when the model holds it.
std::string_view Loss(Kind kind) {
  switch (kind) {
    case Kind::kSigmaMergeKey:
    case Kind::kSigmaTag:
    case Kind::kSigmaKeyNotScalar:
    case Kind::kSigmaNestedList:
    case Kind::kSigmaNestedMap:
    case Kind::kSigmaEmptyMap:
    case Kind::kSigmaEmptyList:
      return kNoMeaning;
    case Kind::kSigmaModifierEmpty:
    case Kind::kSigmaModifierUnknown:
    case Kind::kSigmaModifiersTooMany:
    case Kind::kSigmaModifiersIncompatible:
    case Kind::kSigmaModifierOrder:
    case Kind::kSigmaModifierNeedsRe:
      return "the modifiers have no meaning, and so the values under this key have none";
    case Kind::kSigmaPlaceholderUndefined:
      return "a placeholder in this value is not defined";
    case Kind::kSigmaValueType:
    case Kind::kSigmaNullInList:
    case Kind::kSigmaWildcardInside:
    case Kind::kSigmaValueTooShort:
    case Kind::kSigmaTooManyExpansions:
    case Kind::kSigmaNotANetwork:
    case Kind::kSigmaRegexTooLong:
      return "this value has no meaning under its modifiers";
    default:
      return "";
  }
}

YamlType TypeOf(const Attribute& attribute) {
  switch (attribute.kind) {
    case AttributeKind::kNumber:
      return PlainYamlType(attribute.value) == YamlType::kFloat ? YamlType::kFloat
                                                                : YamlType::kInteger;
    case AttributeKind::kBoolean:
      return YamlType::kBool;
    case AttributeKind::kDate:
      return YamlType::kTimestamp;
    case AttributeKind::kNull:
      return YamlType::kNull;
    default:
      return YamlType::kText;
  }
}

bool IsAliasText(std::string_view text) {
  constexpr std::string_view kName =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
  return text.starts_with('*') && text.find_first_not_of(kName, 1) == std::string_view::npos;
}

bool Within(Place outer, Place inner) {
  return inner.offset >= outer.offset && inner.end() <= outer.end();
}

// Where an attribute begins.
Place StartOf(const Attribute& attribute) {
  return attribute.item ? attribute.place : attribute.key_place;
}

class SigmaPrinter {
 public:
  explicit SigmaPrinter(const Content& content)
      : content_(content), selections_(content, writer_) {}

  SigmaPrint Print() &&;

 private:
  // A list or map whose end has not come yet.
  struct Frame {
    bool map;
    bool root;              // what is in it has no path above it
    std::string_view path;  // of the collection
    Place extent;           // where all that stands in it is
  };

  void FindLosses();
  void PrintInstance(uint32_t index);
  void PrintAttribute(const Instance& instance, const Attribute& attribute);
  void CloseBefore(const Attribute& attribute);
  bool Holds(const Frame& frame, const Attribute& attribute) const;
  void PrintValue(const Attribute& attribute);
  void PrintSelections(const Instance& instance);
  bool TakeEmpty(const SigmaSelection& selection);
  void Refuse(Place place, std::string_view why);

  const Content& content_;
  YamlWriter writer_;
  SigmaSelectionPrinter selections_;
  SigmaPrint out_;
  std::vector<const Irregularity*> losses_;  // of each instance, the first
  // Selections with nothing in them, in order, with their instance.
  std::vector<std::pair<uint32_t, Place>> empty_;
  size_t next_empty_ = 0;
  // Of the instance that is printed.
  uint32_t instance_ = 0;
  std::vector<Frame> frames_;
  bool detection_ = false;  // its first `detection` was met
  bool refused_ = false;
};

void SigmaPrinter::FindLosses() {
  losses_.assign(content_.instances().size(), nullptr);
  for (const Irregularity& found : content_.irregularities()) {
    if (!found.fatal || found.instance >= losses_.size()) continue;
    if (found.kind == Kind::kSigmaSelectionEmpty) empty_.emplace_back(found.instance, found.place);
    if (losses_[found.instance] == nullptr && !Loss(found.kind).empty()) {
      losses_[found.instance] = &found;
    }
  }
}

SigmaPrint SigmaPrinter::Print() && {
  FindLosses();
  for (uint32_t i = 0; i < content_.instances().size(); ++i) {
    instance_ = i;
    refused_ = false;
    if (losses_[i] != nullptr) {
      Refuse(losses_[i]->place, Loss(losses_[i]->kind));
    } else {
      PrintInstance(i);
    }
    if (writer_.problem().empty()) continue;
    Refuse(content_.instances()[i].place, writer_.problem());
    break;
  }
  if (out_.ok()) out_.text = std::move(writer_).Take();
  return std::move(out_);
}

void SigmaPrinter::Refuse(Place place, std::string_view why) {
  if (!refused_) out_.refused.push_back({instance_, place, std::string(why)});
  refused_ = true;
}

void SigmaPrinter::PrintInstance(uint32_t index) {
  const Instance& instance = content_.instances()[index];
  const std::span<const Attribute> attributes = content_.attributes(instance);
  detection_ = false;
  frames_.clear();
  writer_.BeginDocument();
  // A document that is no mapping is one attribute without a key.
  const bool mapping = instance.role != InstanceRole::kOther || attributes.empty() ||
                       !attributes[0].key.empty() || attributes[0].place != instance.place;
  if (mapping) {
    frames_.push_back({.map = true, .root = true, .path = {}, .extent = instance.place});
    writer_.BeginMap();
  } else {
    PrintValue(attributes[0]);
  }
  for (const Attribute& attribute : attributes.subspan(mapping ? 0 : 1)) {
    PrintAttribute(instance, attribute);
    if (refused_) break;
  }
  for (; !frames_.empty(); frames_.pop_back()) writer_.End();
}

// Whether an attribute stands in a collection, by its place and its path. What is behind an alias
// stands before it, and what follows an alias behind it.
bool SigmaPrinter::Holds(const Frame& frame, const Attribute& attribute) const {
  if (frame.map == attribute.item) return false;
  if (frame.root) return true;
  if (!Within(frame.extent, StartOf(attribute))) return false;
  if (attribute.item) return attribute.key == frame.path;
  return attribute.key.size() > frame.path.size() && attribute.key.starts_with(frame.path) &&
         attribute.key[frame.path.size()] == '.';
}

void SigmaPrinter::CloseBefore(const Attribute& attribute) {
  const Place start = StartOf(attribute);
  while (frames_.size() > 1 && !Holds(frames_.back(), attribute)) {
    // By its place it is in there, but not by its path: that would have been too long.
    if (start.length > 0 && Within(frames_.back().extent, start)) return Refuse(start, kTooLong);
    writer_.End();
    frames_.pop_back();
  }
  if (frames_.empty() || !Holds(frames_.back(), attribute)) return Refuse(start, kTooLong);
  const Frame& frame = frames_.back();
  const size_t size = attribute.key.size();
  // A path that was cut begins with '.', and has no length of its own to tell it by.
  const bool cut = frame.root ? start.length == 0 && size > 0
                              : size >= kMaxSigmaPathBytes ||
                                    (frame.path.starts_with('.') && size > kMaxSigmaPathBytes / 2);
  if (!attribute.item && cut) Refuse(start, kTooLong);
}

void SigmaPrinter::PrintAttribute(const Instance& instance, const Attribute& attribute) {
  CloseBefore(attribute);
  if (refused_) return;
  const Frame& frame = frames_.back();
  const bool top = frame.root;
  if (!attribute.item) {
    writer_.Key(attribute.key.substr(top ? 0 : frame.path.size() + 1));
  }
  const bool detection =
      instance.role == InstanceRole::kRule && top && !detection_ && attribute.key == "detection";
  detection_ |= detection;
  if (detection && attribute.kind == AttributeKind::kList) {
    return Refuse(attribute.place, kNoMeaning);
  }
  PrintValue(attribute);
  if (detection && attribute.kind == AttributeKind::kMap) PrintSelections(instance);
}

void SigmaPrinter::PrintValue(const Attribute& attribute) {
  const bool map = attribute.kind == AttributeKind::kMap;
  if (!map && attribute.kind != AttributeKind::kList) {
    return writer_.Scalar(attribute.value, TypeOf(attribute));
  }
  const Place place = attribute.place;
  const bool alias = IsAliasText(content_.text().substr(place.offset, place.length));
  frames_.push_back({.map = map,
                     .root = false,
                     .path = attribute.key,
                     .extent = alias ? Place{0, place.offset} : place});
  if (map) {
    writer_.BeginMap();
  } else {
    writer_.BeginList();
  }
}

// Whether nothing stands under the selection's name; selections come in their order.
bool SigmaPrinter::TakeEmpty(const SigmaSelection& selection) {
  while (next_empty_ < empty_.size() && empty_[next_empty_].first < instance_) ++next_empty_;
  if (!selection.criteria.empty() || next_empty_ == empty_.size()) return false;
  const auto [instance, place] = empty_[next_empty_];
  if (instance != instance_) return false;
  if (place != selection.place && place != selection.name_place) return false;
  ++next_empty_;
  return true;
}

void SigmaPrinter::PrintSelections(const Instance& instance) {
  for (const SigmaSelection& selection : content_.selections(instance)) {
    writer_.Key(selection.name);
    if (TakeEmpty(selection)) {
      writer_.Scalar("", YamlType::kNull);
    } else if (!selections_.Print(selection)) {
      return Refuse(selection.place, "a placeholder in this selection stands for no value");
    }
  }
}

}  // namespace

SigmaPrint PrintSigma(const Content& content) { return SigmaPrinter(content).Print(); }

}  // namespace sluice
