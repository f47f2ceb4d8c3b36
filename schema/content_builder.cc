#include "schema/content_builder.h"

#include <algorithm>

namespace sluice {
namespace {

uint32_t Size(const auto& array) { return static_cast<uint32_t>(array.size()); }

}  // namespace

ContentBuilder::ContentBuilder(Dialect dialect, Binding binding, std::string_view kind) {
  content_.dialect_ = dialect;
  content_.binding_ = binding;
  content_.kind_ = kind;
  content_.bytes_ = content_.text_ = std::make_shared<const std::string>();
}

void ContentBuilder::SetBinary(std::shared_ptr<const std::string> bytes) {
  content_.metadata_.size = bytes->size();
  content_.bytes_ = std::move(bytes);
  content_.binary_ = true;
}

void ContentBuilder::SetText(std::shared_ptr<const std::string> bytes,
                             std::shared_ptr<const std::string> text) {
  content_.metadata_.size = bytes->size();
  content_.bytes_ = std::move(bytes);
  content_.text_ = std::move(text);
}

std::string_view ContentBuilder::Keep(std::string text) {
  return content_.arena_.emplace_back(std::move(text));
}

std::string_view ContentBuilder::Copy(std::string_view text) {
  // Most content needs little; chunks double.
  constexpr size_t kFirstChunkBytes = 512;
  constexpr size_t kChunkBytes = 4096;
  if (text.size() > kChunkBytes / 4) return Keep(std::string(text));
  if (chunk_ == nullptr || chunk_->capacity() - chunk_->size() < text.size()) {
    const size_t last = chunk_ == nullptr ? kFirstChunkBytes / 2 : chunk_->capacity();
    chunk_ = &content_.arena_.emplace_back();
    chunk_->reserve(std::max(std::min(2 * last, kChunkBytes), text.size()));
  }
  const size_t at = chunk_->size();
  chunk_->append(text);
  return std::string_view(*chunk_).substr(at);
}

void ContentBuilder::Reserve(size_t criteria) {
  content_.criteria_.reserve(criteria);
  content_.operands_.reserve(criteria);
}

void ContentBuilder::ReserveWritten(size_t values) {
  const size_t criteria = values / 2;
  Reserve(criteria);
  content_.written_.reserve(criteria);
  content_.attributes_.reserve(values);
  content_.condition_.reserve(2 * criteria);
}

uint32_t ContentBuilder::Type(const TemplateType& type) {
  const auto [at, added] = types_.try_emplace(TypeKey{type.name, type.id}, Size(content_.types_));
  if (added) content_.types_.push_back(type);
  return at->second;
}

uint32_t ContentBuilder::DeclareType(TemplateType type, std::span<const FieldDecl> fields) {
  type.declared = true;
  type.fields.begin = Size(content_.field_decls_);
  content_.field_decls_.insert(content_.field_decls_.end(), fields.begin(), fields.end());
  type.fields.end = Size(content_.field_decls_);
  types_.try_emplace(TypeKey{type.name, type.id}, Size(content_.types_));
  const uint32_t index = Size(content_.types_);
  for (uint32_t i = 0; i < fields.size(); ++i) {
    declared_.try_emplace(FieldKey{index, FieldKind::kName, kNone, fields[i].name}, i);
  }
  content_.types_.push_back(type);
  return index;
}

uint32_t ContentBuilder::Field(const FieldRef& field) {
  const FieldKey key{field.type, field.kind, field.index, field.name};
  const auto [at, added] = fields_.try_emplace(key, Size(content_.fields_));
  if (!added) return at->second;
  content_.fields_.push_back(field);
  const auto declaration = declared_.find(key);
  if (declaration != declared_.end()) content_.fields_.back().index = declaration->second;
  return at->second;
}

uint32_t ContentBuilder::BeginInstance(Instance instance) {
  const TemplateType& type = content_.types_[instance.type];
  // Events of one series share a name and count together; a nameless type counts by its id.
  const TypeKey series{type.name, type.name.empty() ? type.id : kNone};
  instance.ordinal = ++ordinals_[series];
  instance.criteria = {Size(content_.criteria_), Size(content_.criteria_)};
  instance.groups = {Size(content_.groups_), Size(content_.groups_)};
  instance.condition = {Size(content_.condition_), Size(content_.condition_)};
  instance.attributes = {Size(content_.attributes_), Size(content_.attributes_)};
  instance.selections = {Size(content_.selections_), Size(content_.selections_)};
  open_instance_ = Size(content_.instances_);
  content_.instances_.push_back(instance);
  return open_instance_;
}

void ContentBuilder::EndInstance() {
  Instance& instance = content_.instances_[open_instance_];
  instance.criteria.end = Size(content_.criteria_);
  instance.groups.end = Size(content_.groups_);
  instance.condition.end = Size(content_.condition_);
  instance.attributes.end = Size(content_.attributes_);
  instance.selections.end = Size(content_.selections_);
  open_instance_ = kNone;
}

uint32_t ContentBuilder::AddCriterion(const Criterion& criterion,
                                      std::span<const Operand> operands) {
  Criterion& added = content_.criteria_.emplace_back(criterion);
  added.operands.begin = Size(content_.operands_);
  content_.operands_.insert(content_.operands_.end(), operands.begin(), operands.end());
  added.operands.end = Size(content_.operands_);
  added.group = open_group_;
  return Size(content_.criteria_) - 1;
}

void ContentBuilder::AddConditionToken(const ConditionToken& token) {
  content_.condition_.push_back(token);
}

uint32_t ContentBuilder::AddCriterion(Criterion criterion, std::span<const Operand> operands,
                                      const Written& written) {
  content_.written_.push_back(written);
  return AddCriterion(criterion, operands);
}

void ContentBuilder::AddAttribute(const Attribute& attribute) {
  content_.attributes_.push_back(attribute);
}

uint32_t ContentBuilder::BeginSelection(SigmaSelection selection) {
  selection.criteria = {Size(content_.criteria_), Size(content_.criteria_)};
  selection.condition = {Size(content_.condition_), Size(content_.condition_)};
  open_selection_ = Size(content_.selections_);
  content_.selections_.push_back(selection);
  return open_selection_;
}

void ContentBuilder::EndSelection() {
  SigmaSelection& selection = content_.selections_[open_selection_];
  selection.criteria.end = Size(content_.criteria_);
  selection.condition.end = Size(content_.condition_);
  selection.keywords = std::ranges::any_of(
      content_.criteria(selection),
      [this](const Criterion& c) { return content_.field(c).kind == FieldKind::kAny; });
  open_selection_ = kNone;
}

void ContentBuilder::BeginCondition() {
  content_.instances_[open_instance_].condition.begin = Size(content_.condition_);
}

void ContentBuilder::UseSelection(uint32_t selection) {
  SigmaSelection& used = content_.selections_[selection];
  ++used.uses;
  for (uint32_t i = used.condition.begin; i < used.condition.end; ++i) {
    content_.condition_.push_back(ConditionToken(content_.condition_[i]));
  }
}

void ContentBuilder::BeginGroup(Group group) {
  group.criteria = {Size(content_.criteria_), Size(content_.criteria_)};
  open_group_ = Size(content_.groups_);
  content_.groups_.push_back(group);
}

void ContentBuilder::EndGroup() {
  content_.groups_[open_group_].criteria.end = Size(content_.criteria_);
  open_group_ = kNone;
}

void ContentBuilder::AddSetting(const Setting& setting) { content_.settings_.push_back(setting); }

uint32_t ContentBuilder::AddSource(const SourceFile& source) {
  content_.sources_.push_back(source);
  return Size(content_.sources_) - 1;
}

void ContentBuilder::SetInstanceOrigin(const Origin& origin) {
  content_.instance_origins_.resize(content_.instances_.size());
  content_.instance_origins_.back() = origin;
}

void ContentBuilder::SetCriterionOrigin(const Origin& origin) {
  content_.criterion_origins_.resize(content_.criteria_.size());
  content_.criterion_origins_.back() = origin;
}

void ContentBuilder::AddIrregularity(const Irregularity& irregularity) {
  content_.irregularities_.push_back(irregularity);
}

Content ContentBuilder::Build() && {
  if (open_group_ != kNone) EndGroup();
  if (open_selection_ != kNone) EndSelection();
  if (open_instance_ != kNone) EndInstance();
  if (!content_.sources_.empty()) {
    content_.instance_origins_.resize(content_.instances_.size());
    content_.criterion_origins_.resize(content_.criteria_.size());
  }
  return std::move(content_);
}

}  // namespace sluice
