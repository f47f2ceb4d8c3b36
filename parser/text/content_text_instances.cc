#include "absl/strings/str_cat.h"
#include "parser/text/content_text_reader.h"
#include "parser/text/time_part.h"
#include "schema/compared_field.h"
#include "schema/limits.h"
#include "schema/operators.h"

namespace sluice {

using google::protobuf::FieldDescriptor;

bool ContentTextReader::ReadInstances() {
  const FieldDescriptor* field = FieldOf<v1::Content>(v1::Content::kInstanceFieldNumber);
  const std::vector<Place> at =
      places_->All(&loaded_.tree(), field, loaded_.content().instance_size());
  for (int i = 0; i < loaded_.content().instance_size(); ++i) {
    instance_ = ++instances_read_;
    if (!ReadInstance(loaded_.content().instance(i), loaded_.tree().GetTreeForNested(field, i),
                      at[i]))
      return false;
  }
  instance_ = 0;
  return true;
}

bool ContentTextReader::ReadInstance(const v1::Instance& instance, const ProtoTextTree* tree,
                                     Place place) {
  using I = v1::Instance;
  const bool keys =
      dialect_ == Dialect::kSysmon
          ? HasNone<I>(tree, {I::kConditionFieldNumber})
          : HasNone<I>(tree, {I::kPartFieldNumber, I::kOnMatchFieldNumber, I::kCombineFieldNumber});
  if (!keys) return false;
  Instance out{.place = place, .name_place = At<I>(tree, I::kNameFieldNumber)};
  if (!ResolveType(instance, tree, place, &out.type) || !ReadMatching(instance, tree, out) ||
      !Take(instance.id(), At<I>(tree, I::kIdFieldNumber), &out.id) ||
      !Take(instance.name(), out.name_place, &out.name)) {
    return false;
  }
  Origin origin;
  if (!ReadOrigin(instance, tree, place, &origin)) return false;
  const uint32_t first = static_cast<uint32_t>(builder_->criterion_count());
  builder_->BeginInstance(out);
  if (sources_ > 0) builder_->SetInstanceOrigin(origin);
  open_type_ = out.type;
  criterion_ = 0;
  const FieldDescriptor* criteria = FieldOf<I>(I::kCriterionFieldNumber);
  if (!ReadCriteria(instance.criterion(), tree, criteria) || !ReadParts(instance, tree))
    return false;
  criterion_ = 0;
  if (!ReadCondition(instance, tree, first)) return false;
  builder_->EndInstance();
  return true;
}

bool ContentTextReader::ResolveType(const v1::Instance& instance, const ProtoTextTree* tree,
                                    Place whole, uint32_t* type) {
  using I = v1::Instance;
  const std::string& name = instance.template_type();
  const bool has_id = instance.has_template_type_id();
  const uint32_t id = has_id ? instance.template_type_id() : kNone;
  const Place place =
      At<I>(tree, name.empty() ? I::kTemplateTypeIdFieldNumber : I::kTemplateTypeFieldNumber);
  if (name.empty() && !has_id) return Fail(whole, "names no template type");
  if (const auto exact = types_.find(TypeKey(name, id)); exact != types_.end()) {
    *type = exact->second;
    return true;
  }
  if (!has_id) {
    const auto named = types_by_name_.find(name);
    if (named != types_by_name_.end() && named->second == kNone) {
      return Fail(place, "several types have this name: template_type_id says which");
    }
    *type = named == types_by_name_.end() ? kNone : named->second;
  } else if (name.empty()) {
    const auto numbered = types_by_id_.find(id);
    if (numbered != types_by_id_.end() && numbered->second == kNone) {
      return Fail(place, "several types have this id: template_type says which");
    }
    *type = numbered == types_by_id_.end() ? kNone : numbered->second;
  }
  if (*type != kNone) return true;
  TemplateType used{.id = id, .place = place};
  if (!Take(name, place, &used.name)) return false;
  *type = builder_->Type(used);
  return true;
}

bool ContentTextReader::ReadMatching(const v1::Instance& instance, const ProtoTextTree* tree,
                                     Instance& out) {
  using I = v1::Instance;
  const std::string& on_match = instance.on_match();
  // What `onmatch` says is what happens on a match; the default is the opposite.
  if (on_match == "include") {
    out.record_default = RecordDefault::kExclude;
  } else if (on_match == "exclude") {
    out.record_default = RecordDefault::kInclude;
  } else if (!on_match.empty() && on_match != "type_default") {
    return Fail(At<I>(tree, I::kOnMatchFieldNumber),
                "on_match is include, exclude or type_default");
  }
  const std::string& combine = instance.combine();
  out.combine = combine == "or" ? Combine::kOr : Combine::kAnd;
  if (combine.empty() || combine == "or" || combine == "and") return true;
  return Fail(At<I>(tree, I::kCombineFieldNumber), "combine is and, or");
}

bool ContentTextReader::ReadParts(const v1::Instance& instance, const ProtoTextTree* tree) {
  using P = v1::Part;
  const FieldDescriptor* field = FieldOf<v1::Instance>(v1::Instance::kPartFieldNumber);
  const std::vector<Place> at = places_->All(tree, field, instance.part_size());
  if (instance.part_size() > 0 && instance.criterion_size() > 0) {
    return Fail(at[0], "has both criterion and part: put every criterion in a part");
  }
  for (int i = 0; i < instance.part_size(); ++i) {
    const v1::Part& part = instance.part(i);
    const ProtoTextTree* part_tree = tree->GetTreeForNested(field, i);
    if (part.has_criterion()) {
      const int number = P::kCriterionFieldNumber;
      ++criterion_;
      if (!ReadCriterion(part.criterion(), part_tree->GetTreeForNested(FieldOf<P>(number), -1),
                         At<P>(part_tree, number))) {
        return false;
      }
    } else if (part.has_group()) {
      const int number = P::kGroupFieldNumber;
      if (!ReadGroup(part.group(), part_tree->GetTreeForNested(FieldOf<P>(number), -1),
                     At<P>(part_tree, number))) {
        return false;
      }
    } else {
      return Fail(at[i], "a part has neither criterion nor group");
    }
  }
  return true;
}

bool ContentTextReader::ReadGroup(const v1::Group& group, const ProtoTextTree* tree, Place place) {
  using G = v1::Group;
  const std::string& combine = group.combine();
  if (!combine.empty() && combine != "or" && combine != "and") {
    return Fail(At<G>(tree, G::kCombineFieldNumber), "combine is or, and");
  }
  Group out{.combine = combine == "and" ? Combine::kAnd : Combine::kOr,
            .id = group.id(),
            .place = place,
            .name_place = At<G>(tree, G::kNameFieldNumber)};
  if (!Take(group.name(), out.name_place, &out.name)) return false;
  builder_->BeginGroup(out);
  if (!ReadCriteria(group.criterion(), tree, FieldOf<G>(G::kCriterionFieldNumber))) return false;
  builder_->EndGroup();
  return true;
}

bool ContentTextReader::ReadCriteria(
    const google::protobuf::RepeatedPtrField<v1::Criterion>& criteria, const ProtoTextTree* tree,
    const FieldDescriptor* field) {
  const std::vector<Place> at = places_->All(tree, field, criteria.size());
  for (int i = 0; i < criteria.size(); ++i) {
    ++criterion_;
    if (!ReadCriterion(criteria[i], tree->GetTreeForNested(field, i), at[i])) return false;
  }
  return true;
}

bool ContentTextReader::ReadCriterion(const v1::Criterion& criterion, const ProtoTextTree* tree,
                                      Place place) {
  using C = v1::Criterion;
  const bool keys =
      dialect_ == Dialect::kSysmon
          ? HasNone<C>(tree, {C::kAnyFieldFieldNumber, C::kNegatedFieldNumber, C::kCasedFieldNumber,
                              C::kDotAllFieldNumber, C::kMultiLineFieldNumber,
                              C::kNumericFieldNumber, C::kTimePartFieldNumber})
          : HasNone<C>(tree, {C::kEnvironmentFieldNumber, C::kNameFieldNumber});
  if (!keys) return false;
  Criterion out{.place = place, .name_place = At<C>(tree, C::kNameFieldNumber)};
  if (criterion.negated()) out.flags |= kNegated;
  if (criterion.cased()) out.flags |= kCased;
  if (criterion.environment()) out.flags |= kEnvironment;
  if (criterion.dot_all()) out.flags |= kFlagS;
  if (criterion.multi_line()) out.flags |= kFlagM;
  if (criterion.numeric()) out.flags |= kNumeric;
  std::vector<Operand> operands;
  Origin origin;
  if (!ReadField(criterion, tree, out) || !ReadOperator(criterion, tree, out) ||
      !ReadOperands(criterion, tree, operands) || !ReadTimePart(criterion, tree, out) ||
      !Take(criterion.name(), out.name_place, &out.name) ||
      !ReadOrigin(criterion, tree, place, &origin)) {
    return false;
  }
  // As the Sigma reader does: rules look for the field that another one is compared with.
  const bool names_fields = dialect_ == Dialect::kSigma && binding_ == Binding::kByName;
  for (size_t i = 0; names_fields && ComparesFields(out) && i < operands.size(); ++i) {
    builder_->Field({.type = open_type_, .name = operands[i].text});
  }
  builder_->AddCriterion(out, operands);
  if (sources_ > 0) builder_->SetCriterionOrigin(origin);
  return true;
}

bool ContentTextReader::ReadTimePart(const v1::Criterion& criterion, const ProtoTextTree* tree,
                                     Criterion& out) {
  if (criterion.time_part().empty()) return true;
  const std::optional<TimePart> part = TimePartByName(criterion.time_part());
  if (!part) {
    return Fail(At<v1::Criterion>(tree, v1::Criterion::kTimePartFieldNumber),
                "time_part is minute, hour, day, week, month or year");
  }
  out.time_part = *part;
  return true;
}

bool ContentTextReader::ReadField(const v1::Criterion& criterion, const ProtoTextTree* tree,
                                  Criterion& out) {
  using C = v1::Criterion;
  FieldRef ref{.type = open_type_};
  out.field_place = At<C>(tree, criterion.field_case());
  switch (criterion.field_case()) {
    case C::kFieldIndex:
      if (binding_ == Binding::kByName) {
        return Fail(out.field_place, "content that is bound by name has no field_index");
      }
      ref.kind = FieldKind::kIndex;
      ref.index = criterion.field_index();
      break;
    case C::kFieldName:
      if (binding_ == Binding::kByIndex && dialect_ == Dialect::kSysmon) {
        return Fail(out.field_place, "Sysmon content that is bound by index has no field_name");
      }
      if (!Take(criterion.field_name(), out.field_place, &ref.name)) return false;
      break;
    case C::kAnyField:
      if (!criterion.any_field()) return Fail(out.field_place, "any_field can only be true");
      ref.kind = FieldKind::kAny;
      break;
    case C::FIELD_NOT_SET:
      return Fail(out.place, "names no field: field_name, field_index or any_field");
  }
  out.field = builder_->Field(ref);
  return true;
}

bool ContentTextReader::ReadOperator(const v1::Criterion& criterion, const ProtoTextTree* tree,
                                     Criterion& out) {
  using C = v1::Criterion;
  out.operator_place = At<C>(tree, criterion.operation_case());
  if (criterion.operation_case() == C::OPERATION_NOT_SET) {
    return Fail(out.place, "has no operator");
  }
  if (criterion.has_unknown_operator()) {
    return Take(criterion.unknown_operator(), out.operator_place, &out.operator_text);
  }
  out.op = OperatorByName(criterion.operator_()).value_or(Operator::kUnknown);
  return Take(criterion.operator_(), out.operator_place, &out.operator_text);
}

bool ContentTextReader::ReadOperands(const v1::Criterion& criterion, const ProtoTextTree* tree,
                                     std::vector<Operand>& operands) {
  const FieldDescriptor* field = FieldOf<v1::Criterion>(v1::Criterion::kOperandFieldNumber);
  const std::vector<Place> at = places_->All(tree, field, criterion.operand_size());
  operands.resize(criterion.operand_size());
  for (int i = 0; i < criterion.operand_size(); ++i) {
    operands[i].place = at[i];
    if (!Take(criterion.operand(i), at[i], &operands[i].text)) return false;
  }
  return true;
}

bool ContentTextReader::ReadCondition(const v1::Instance& instance, const ProtoTextTree* tree,
                                      uint32_t first_criterion) {
  const FieldDescriptor* field = FieldOf<v1::Instance>(v1::Instance::kConditionFieldNumber);
  const std::vector<Place> at = places_->All(tree, field, instance.condition_size());
  tokens_ += instance.condition_size();
  if (tokens_ > kMaxConditionTokens) {
    Fail(at[0], absl::StrCat("more than ", kMaxConditionTokens, " condition tokens"));
    malformed_.over_limit = true;
    return false;
  }
  const auto criteria = static_cast<uint32_t>(builder_->criterion_count()) - first_criterion;
  uint32_t stack = 0;
  for (int i = 0; i < instance.condition_size(); ++i) {
    token_ = i + 1;
    ConditionToken out{.place = at[i]};
    if (!ReadToken(instance.condition(i), tree->GetTreeForNested(field, i), criteria, out)) {
      return false;
    }
    if (out.kind == ConditionToken::Kind::kCriterion) {
      out.value += first_criterion;
      ++stack;
    } else {
      if (out.value > stack) {
        return Fail(at[i], absl::StrCat("takes ", out.value, " results, there are ", stack));
      }
      stack -= out.value - 1;
    }
    builder_->AddConditionToken(out);
  }
  token_ = 0;
  if (instance.condition_size() == 0 || stack == 1) return true;
  return Fail(at.back(), absl::StrCat("the condition leaves ", stack, " results, not 1"));
}

bool ContentTextReader::ReadToken(const v1::ConditionToken& token, const ProtoTextTree* tree,
                                  uint32_t criteria, ConditionToken& out) {
  using T = v1::ConditionToken;
  const Place place = At<T>(tree, token.token_case());
  switch (token.token_case()) {
    case T::kCriterion:
      out.kind = ConditionToken::Kind::kCriterion;
      out.value = token.criterion();
      if (out.value < criteria) return true;
      return Fail(place,
                  absl::StrCat("criterion ", out.value, ", but the instance has ", criteria));
    case T::kAll:
      out.kind = ConditionToken::Kind::kAnd;
      out.value = token.all();
      break;
    case T::kAny:
      out.kind = ConditionToken::Kind::kOr;
      out.value = token.any();
      break;
    case T::kNegate:
      if (!token.negate()) return Fail(place, "negate can only be true");
      out.kind = ConditionToken::Kind::kNot;
      out.value = 1;
      break;
    case T::kAtLeast:
      out.kind = ConditionToken::Kind::kAtLeast;
      out.value = token.at_least().of();
      out.n = token.at_least().n();
      if (out.n > 0 && out.n <= out.value) return true;
      return Fail(place, absl::StrCat("at least ", out.n, " of ", out.value, " results"));
    case T::TOKEN_NOT_SET:
      return Fail(out.place, "an empty condition token");
  }
  return out.value > 0 || Fail(place, "takes no results: at least 1");
}

}  // namespace sluice
