// Fills a `Content`. Used by readers only.
//
//   ContentBuilder builder(Dialect::kSysmon, Binding::kByName, "sysmon-xml");
//   builder.SetText(bytes, text);
//   uint32_t type = builder.Type({.name = "ProcessCreate", .place = place});
//   builder.BeginInstance({.type = type, ...});
//   builder.AddCriterion({.field = builder.Field({.type = type, .name = "Image"}), ...},
//   {operand}); builder.EndInstance(); Content content = std::move(builder).Build();

#ifndef SLUICE_SCHEMA_CONTENT_BUILDER_H_
#define SLUICE_SCHEMA_CONTENT_BUILDER_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "schema/content.h"
#include "schema/text.h"

namespace sluice {

class ContentBuilder {
 public:
  ContentBuilder(Dialect dialect, Binding binding, std::string_view kind);

  // The file; places count its bytes.
  void SetBinary(std::shared_ptr<const std::string> bytes);
  // The file, and the UTF-8 text in which places count (the same object when they are equal).
  void SetText(std::shared_ptr<const std::string> bytes, std::shared_ptr<const std::string> text);

  Metadata& metadata() { return content_.metadata_; }

  // Moves `text` into the content's arena; the view is good for the content's life.
  std::string_view Keep(std::string text);

  // Copies `text` into the content's arena, many texts to an allocation; the view is good for the
  // content's life.
  std::string_view Copy(std::string_view text);

  // Makes room for this many criteria. For readers that have counted what stands in the file.
  void Reserve(size_t criteria);
  // The same for Sigma, by the values in the file: most are of attributes.
  void ReserveWritten(size_t values);

  // The index of the type with this name and id, added on its first use. Declared types are added
  // with `DeclareType` first.
  uint32_t Type(const TemplateType& type);
  uint32_t DeclareType(TemplateType type, std::span<const FieldDecl> fields);

  // The index of this field reference, added on its first use.
  uint32_t Field(const FieldRef& field);

  // Instances are added one after another; criteria, groups and condition tokens go to the open
  // one. `ordinal` and the ranges are filled in here. Both return the new index.
  uint32_t BeginInstance(Instance instance);
  void EndInstance();
  uint32_t AddCriterion(const Criterion& criterion, std::span<const Operand> operands);
  void AddConditionToken(const ConditionToken& token);

  // Sigma. A criterion together with how it was written: for all criteria of a content, or none.
  uint32_t AddCriterion(Criterion criterion, std::span<const Operand> operands,
                        const Written& written);
  void AddAttribute(const Attribute& attribute);
  void AddComment(Place place) { content_.comments_.push_back(place); }
  // Criteria and condition tokens added between the two belong to the selection. The tokens of
  // all selections stand before those of the instance's condition.
  uint32_t BeginSelection(SigmaSelection selection);
  void EndSelection();
  // The open instance's condition begins here: tokens before are of selections.
  void BeginCondition();
  // Adds the tokens of the selection once more, and counts one use of it.
  void UseSelection(uint32_t selection);
  Instance& instance(uint32_t index) { return content_.instances_[index]; }
  const SigmaSelection& selection(uint32_t index) const { return content_.selections_[index]; }

  // Criteria added between the two belong to the group.
  void BeginGroup(Group group);
  void EndGroup();

  void AddSetting(const Setting& setting);

  // Compiled content. Sources are added before the instances that came from them; the origin is
  // that of the open instance, or of the criterion added last.
  void AddBuiltFor(const BuiltFor& sensor) { content_.built_for_.push_back(sensor); }
  uint32_t AddSource(const SourceFile& source);
  void SetInstanceOrigin(const Origin& origin);
  void SetCriterionOrigin(const Origin& origin);
  void AddIrregularity(const Irregularity& irregularity);

  // The instance that is open, otherwise kNone.
  uint32_t open_instance() const { return open_instance_; }
  size_t criterion_count() const { return content_.criteria_.size(); }
  size_t condition_count() const { return content_.condition_.size(); }
  size_t selection_count() const { return content_.selections_.size(); }
  size_t type_count() const { return content_.types_.size(); }
  size_t field_count() const { return content_.fields_.size(); }
  size_t instance_count() const { return content_.instances_.size(); }

  // Closes what is open. The builder is empty afterwards.
  Content Build() &&;

 private:
  struct TypeKey {
    std::string_view name;
    uint32_t id;
    friend bool operator==(const TypeKey&, const TypeKey&) = default;
    template <typename H>
    friend H AbslHashValue(H h, const TypeKey& k) {
      return H::combine(std::move(h), Abseil(k.name), k.id);
    }
  };
  struct FieldKey {
    uint32_t type;
    FieldKind kind;
    uint32_t index;
    std::string_view name;
    friend bool operator==(const FieldKey&, const FieldKey&) = default;
    template <typename H>
    friend H AbslHashValue(H h, const FieldKey& k) {
      return H::combine(std::move(h), k.type, static_cast<int>(k.kind), k.index, Abseil(k.name));
    }
  };

  Content content_;
  uint32_t open_instance_ = kNone;
  uint32_t open_group_ = kNone;
  uint32_t open_selection_ = kNone;
  std::string* chunk_ = nullptr;  // of the arena, where `Copy` has room left
  absl::flat_hash_map<TypeKey, uint32_t> types_;
  absl::flat_hash_map<FieldKey, uint32_t> fields_;
  absl::flat_hash_map<FieldKey, uint32_t> declared_;  // positions of declared fields, by name
  absl::flat_hash_map<TypeKey, uint32_t> ordinals_;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_CONTENT_BUILDER_H_
