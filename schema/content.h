// The content model: what every reader fills and every rule, printer and evaluator reads.
//
// One flat, read-only structure: arrays of small structs that refer to one another by index, and
// views into bytes that the content owns. No tree of pointers, so nothing recurses. It is a common
// surface (template types, instances, criteria, places) plus a dialect: `docs/content-model.md`
// shows how each kind of content is held.
//
//   for (const Instance& instance : content.instances()) {
//     for (const Criterion& criterion : content.criteria(instance)) {
//       const FieldRef& field = content.field(criterion);
//       ...
//
// Only a `ContentBuilder` makes a `Content`, and only readers use one.

#ifndef SLUICE_SCHEMA_CONTENT_H_
#define SLUICE_SCHEMA_CONTENT_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/operators.h"
#include "schema/place.h"
#include "schema/value_type.h"

namespace sluice {

inline constexpr uint32_t kNone = 0xFFFFFFFF;

// Whose semantics content has.
enum class Dialect : uint8_t { kChannel, kSysmon, kSigma };
std::string_view Name(Dialect dialect);  // "channel", "sysmon", "sigma"

// How a sensor binds the fields that content names.
enum class Binding : uint8_t {
  kByIndex,  // the index is used as it stands: fields can be out of bounds, moved or latent
  kByName,   // looked up when the content is loaded: a field is supplied or it is not
};

// How conditions, or the criteria of a group, combine.
enum class Combine : uint8_t { kOr, kAnd };

// A field that a template type declares inside the content (channel types only).
struct FieldDecl {
  std::string_view name;
  ValueType type = ValueType::kUnknown;
  Place place;
};

// A template type as the content names it. Sysmon content does not declare fields; its types are
// those of the contracts.
struct TemplateType {
  std::string_view name;  // "ProcessCreate"; empty when a binary gives a number only
  uint32_t id = kNone;    // Sysmon event id in a blob, type id in a channel file
  bool declared = false;  // the content declares the fields itself
  bool open = false;      // fields that nobody knows are allowed (Sigma log sources)
  uint32_t version = 0;   // of the type itself; 0 when it has none
  Range fields;           // in Content::field_decls(), when declared
  Place place;            // of the declaration, otherwise of the first use
};

enum class FieldKind : uint8_t {
  kIndex,  // position in the template type's field list
  kName,
  kAny,  // any field: Sigma keywords
};

// A distinct reference to a field of a template type. Criteria that read the same field share one,
// so a field is bound to the sensors once, however often it is used.
struct FieldRef {
  uint32_t type = kNone;  // in Content::types()
  FieldKind kind = FieldKind::kName;
  // kIndex: the position. kName, in a type that declares its fields: the position of the
  // declaration, kNone when there is none.
  uint32_t index = kNone;
  std::string_view name;  // when kName
};

enum CriterionFlag : uint8_t {
  kNegated = 1,      // shared operators: the result is inverted
  kCased = 2,        // shared operators: letters must agree in case
  kEnvironment = 4,  // Sysmon: marked as holding environment variables (bit 30)
  kFlagS = 8,        // regular expressions: dot matches line ends
  kFlagM = 16,       // regular expressions: ^ and $ match at lines
  kNumeric = 32,     // the operand is a number in canonical digits: it matches that number, however
                     // the event writes it
};

// What of a date a criterion compares: all of the value, or a part of it, as a number (Sigma).
enum class TimePart : uint8_t { kWhole, kMinute, kHour, kDay, kWeek, kMonth, kYear };

struct Operand {
  std::string_view text;  // WTF-8, as the sensor gets it: not trimmed, not split, case kept
  Place place;
  friend bool operator==(const Operand& a, const Operand& b) { return a.text == b.text; }
};

struct Criterion {
  uint32_t field = kNone;  // in Content::fields()
  Operator op = Operator::kUnknown;
  uint8_t flags = 0;  // CriterionFlag
  TimePart time_part = TimePart::kWhole;
  uint32_t group = kNone;  // in Content::groups()
  Range operands;          // in Content::operands()
  // The operator as the content has it ("contains any", "17", Sigma's modifiers "contains|all"); a
  // place of length 0 when it is implied (a Sysmon condition without the attribute).
  std::string_view operator_text;
  std::string_view name;  // Sysmon: the rule name reported on a match, own or inherited
  Place place;            // all of it: the record, or the element with its content
  Place field_place;
  Place operator_place;
  Place name_place;
};

// What a value is as YAML resolves it (YAML 1.1, as PyYAML does).
enum class ScalarType : uint8_t { kText, kNumber, kBoolean, kNull };

// How a Sigma criterion was written: one for each of Content::criteria(), in their order. An
// operand may be an expansion or encoding of what was written; its place is that of the value.
struct Written {
  std::string_view value;  // after YAML, before Sigma's wildcards, escapes and modifiers
  // The first criterion of the same key, in Content::criteria(): its values stand together.
  uint32_t item = kNone;
  // The position of the value under its key, from 0. One value can give several criteria, and one
  // with a placeholder that stands for nothing gives none.
  uint32_t position = 0;
  ScalarType type = ScalarType::kText;
  bool quoted = false;   // not plain: in quotes, or a block scalar
  bool in_list = false;  // be it a list of one
};

// Sigma: one of a rule's selections, an entry of `detection` that is no condition or timeframe.
struct SigmaSelection {
  std::string_view name;
  Place name_place;
  Place place;      // what stands under the name
  Range criteria;   // in Content::criteria()
  Range condition;  // in Content::condition(): its own postfix tokens, one value when evaluated
  bool keywords = false;  // at least one of its criteria has no field
  uint32_t uses = 0;      // how many names, patterns and `them` of the rule's conditions cover it
};

// Sigma: one key or value of a rule outside of its selections, in file order: conditions are among
// them. A list or map stands before what is in it, and has no value of its own.
enum class AttributeKind : uint8_t { kText, kNumber, kBoolean, kDate, kNull, kMap, kList };
struct Attribute {
  // The keys on the way, joined by '.': "title", "logsource.product", "related.id",
  // "detection.condition". Items of a list have the key of the list. With more than
  // kMaxSigmaPathBytes, '.' and the last key alone.
  std::string_view key;
  std::string_view value;  // a scalar's text after YAML; empty for kMap and kList
  AttributeKind kind = AttributeKind::kText;
  bool item = false;    // an item of a list, not the value of a key
  bool quoted = false;  // not plain: in quotes, or a block scalar
  Place key_place;      // of an item: that of the list's key
  Place place;          // of the value; of length 0 where nothing is written
};

// Sysmon's `<Rule>`: consecutive criteria of one instance that count as one.
struct Group {
  Combine combine = Combine::kOr;
  Range criteria;   // in Content::criteria(); may be empty
  uint32_t id = 0;  // aggregation id in a blob, otherwise 0
  std::string_view name;
  Place place;
  Place name_place;
};

// What happens to an event that no condition of a Sysmon event record matches.
enum class RecordDefault : uint8_t {
  kInclude,      // onmatch="exclude"
  kExclude,      // onmatch="include"
  kTypeDefault,  // the attribute holds neither word
};

// What an instance is for. Only a kRule has criteria; sensors are asked about kRule only.
enum class InstanceRole : uint8_t {
  kRule,
  kCorrelation,  // Sigma: counts or orders what other rules match
  kFilter,       // Sigma: narrows other rules
  kFragment,     // Sigma: `action: global`, `repeat` or `reset`, and what these change
  kOther,        // Sigma: a document in a file of rules that is none of these
};
std::string_view Name(InstanceRole role);  // "rule", "correlation", "filter", "fragment", "other"

struct Instance {
  uint32_t type = kNone;  // in Content::types()
  uint32_t ordinal = 0;   // from 1, among the instances of the same type name, in file order
  std::string_view id;    // channel: "1001"; Sigma: the rule's id; Sysmon: empty
  std::string_view name;  // Sysmon: the RuleGroup's name; Sigma: the title
  Range criteria;         // in Content::criteria()
  Range groups;           // in Content::groups(), Sysmon only
  Range condition;        // in Content::condition(); empty means AND of all criteria
  Range attributes;       // in Content::attributes(), Sigma only
  Range selections;       // in Content::selections(), Sigma only
  InstanceRole role = InstanceRole::kRule;
  // Something in it has no meaning (an irregularity that is `fatal` says what): its criteria and
  // its condition are not all that it says, so nothing may be concluded from them.
  bool incomplete = false;
  // Sysmon only.
  RecordDefault record_default = RecordDefault::kTypeDefault;
  Combine combine = Combine::kAnd;
  Place place;
  Place name_place;
};

// One token of a condition in postfix order.
struct ConditionToken {
  enum class Kind : uint8_t { kCriterion, kAnd, kOr, kNot, kAtLeast };
  Kind kind = Kind::kCriterion;
  uint32_t value = 0;  // kCriterion: index in Content::criteria(); otherwise the number of operands
  uint32_t n = 0;      // kAtLeast: how many of the operands
  Place place;
};

// A setting beside the rules: a Sysmon option such as HashAlgorithms.
struct Setting {
  std::string_view name;
  std::string_view value;
  Place place;
};

// Something in the file that the sensor would drop or misread without a word. Readers record these
// where the model has no room for what the file said; one rule each turns them into findings.
enum class IrregularityKind : uint8_t {
  kUnknownAttribute,      // detail: the attribute's name
  kDuplicateAttribute,    // detail: the attribute's name; the first one wins
  kIgnoredElement,        // detail: the element's name
  kOnMatchMissing,        // neither onmatch nor default: the record is skipped
  kOnMatchTwice,          // both onmatch and default: the record is skipped
  kOnMatchUnknown,        // detail: the text; the type's own default is used
  kGroupRelationUnknown,  // detail: the text; read as "and"
  kValueSplit,            // a comment or element splits the value; only the first part is read
  kValueCut,              // the text stops at a NUL or a byte that is not UTF-8
  kUnknownEntity,         // detail: the entity; kept as written
  kIgnoredText,           // text where no text is read
  kDocumentType,          // a DOCTYPE, which is skipped with all it declares
  kEncodingIgnored,       // detail: the declared encoding, which is not honoured
  kSecondRoot,            // a second root element, which is ignored
  kHiddenBytes,           // bytes of a binary that no record covers

  // Sigma, the file. Those marked * are fatal: the rule has no meaning.
  kSigmaEncoding,       // detail: "UTF-16LE", "UTF-16BE", or "byte order mark" of UTF-8
  kSigmaEmptyDocument,  // a document with nothing in it
  kSigmaNotARule,       // * a document that is no mapping, or one of neither `detection`,
                        // `correlation`, `filter` nor `action`
  kSigmaSeveralRules,   // the second and later rule of a file
  kSigmaAction,         // * detail: "global", "repeat", "reset" or what else; parts of rules
  kSigmaDuplicateKey,   // * in `detection` and `logsource`; detail: the key, which an earlier one
                        // has; the first one counts
  kSigmaMergeKey,       // * `<<`, which is not merged
  kSigmaAlias,          // an alias; detail: its text
  kSigmaTag,            // * detail: a YAML tag that SafeLoader does not know
  kSigmaKeyNotScalar,   // * a list or map as a key; it and its value are left out
  kSigmaKeyNotText,     // detail: the key, which YAML takes for a number, truth value or null

  // Sigma, the parts of a rule.
  kSigmaLogSourceMissing,
  kSigmaLogSourceNotAMap,    // *
  kSigmaLogSourceEmpty,      // neither product, category nor service
  kSigmaLogSourceNotText,    // * detail: "product", "category" or "service"
  kSigmaDetectionMissing,    // * a log source without `detection`
  kSigmaDetectionNotAMap,    // * a document with `detection` that is none
  kSigmaSelectionsMissing,   // * `detection` holds no selection
  kSigmaConditionMissing,    // *
  kSigmaConditionNotText,    // * neither text nor a list of texts
  kSigmaConditionListEmpty,  // *
  kSigmaSelectionEmpty,      // * detail: the name of a selection with nothing in it
  kSigmaSelectionScalar,     // detail: the name of a selection that is one keyword, not in a list
  kSigmaEmptyMap,            // * a map without entries in a list of maps
  kSigmaMixedList,           // detail: the name of a selection with maps beside plain values
  kSigmaNestedList,          // * a list in a list
  kSigmaNestedMap,           // * a map under a field
  kSigmaEmptyList,           // * detail: the key of a list without values

  // Sigma, conditions. The place is in the condition.
  kSigmaConditionEmpty,        // *
  kSigmaConditionSyntax,       // * detail: what was expected; other: what was found
  kSigmaConditionAggregation,  // * `| count() ...`
  kSigmaConditionNear,         // * `| near ...`
  kSigmaSelectionUndefined,    // * detail: the name
  kSigmaPatternUnmatched,      // * detail: the pattern, or "them"
  kSigmaOfTooFew,              // never true; detail: the pattern; other: how many it covers
  kSigmaOfSingle,              // `1 of`, `all of` where one is covered; detail: the pattern
  kSigmaRedundantParentheses,
  kSigmaKeywordCase,     // detail: the word, which pySigma does not know but in lower case
  kSigmaMixedOperators,  // `a and b or c` without parentheses; at the first `or`

  // Sigma, keys: the kinds of SigmaProblem in their order. detail: the modifier; other: the second
  // one, where two do not fit, or the name that may be meant.
  kSigmaModifierEmpty,     // *
  kSigmaModifierUnknown,   // *
  kSigmaModifiersTooMany,  // *
  kSigmaModifierRepeated,
  kSigmaModifiersIncompatible,  // fatal but for `re` with `cased`
  kSigmaModifierOrder,          // *
  kSigmaModifierNeedsRe,        // *
  kSigmaModifierNeedsContains,
  kSigmaModifierNeedsEncoding,
  kSigmaAllOnSingleValue,
  // Sigma, values. The place is the value's. detail: the modifier, where there is one.
  kSigmaValueType,   // fatal where the value cannot be taken for what the modifier takes
  kSigmaNullInList,  // *
  kSigmaModifierNoEffect,
  kSigmaWildcardInside,        // *
  kSigmaValueTooShort,         // fatal below two bytes
  kSigmaTooManyExpansions,     // *
  kSigmaPlaceholderUndefined,  // * detail: the name; the rule is not checked
  kSigmaNotANetwork,           // *
  kSigmaHostBits,
  kSigmaOutOfRange,
  kSigmaRegexTooLong,  // *
  // Sigma, regular expressions. The place is in the value where the value stands as it is.
  kSigmaRegexInvalid,      // * detail: why
  kSigmaRegexUnsupported,  // detail: what of PCRE it uses that Sigma's subset has not
  kSigmaRegexExplosive,    // a backtracking engine may never finish it
  kSigmaRegexNotCompiled,  // neither refused nor compiled: not checked
};
inline constexpr IrregularityKind kLastIrregularityKind = IrregularityKind::kSigmaRegexNotCompiled;

struct Irregularity {
  IrregularityKind kind;
  Place place;
  uint32_t instance = kNone;  // in Content::instances(), where it belongs to one
  std::string_view detail;
  std::string_view other;
  bool fatal = false;  // the instance is `incomplete` by it
};

// Facts about the file as a whole. 0 or empty where the kind of content has no such thing.
struct Metadata {
  bool has_schema_version = false;
  std::string_view schema_version;  // as written: "4.50"
  uint32_t schema_rank = 0;         // 450; see Contract::rank
  Place schema_version_place;
  uint32_t binary_major = 0;  // Sysmon blob
  uint32_t binary_minor = 0;
  Place binary_version_place;
  uint32_t format_version = 0;  // channel
  Place format_version_place;
  uint32_t content_version = 0;  // channel file: grows with every release; 0 when not stated
  uint64_t size = 0;             // of the file, in bytes
};

// A sensor version that a channel file was built for.
struct BuiltFor {
  std::string_view sensor;   // "sysmon"
  std::string_view version;  // "4.90"
  uint32_t rank = 0;         // see Contract::rank
  friend bool operator==(const BuiltFor& a, const BuiltFor& b) = default;
};

// A file that compiled content was made from.
struct SourceFile {
  std::string_view path;    // relative to the folder that was compiled
  std::string_view sha256;  // 64 hexadecimal digits
};

// Where a part of compiled content came from.
struct Origin {
  uint32_t source = kNone;  // in Content::sources()
  uint32_t line = 0;        // from 1; 0: the source is a binary
  uint32_t column = 0;      // from 1, in code points; in a binary the offset
  friend bool operator==(const Origin& a, const Origin& b) = default;
};

class Content {
 public:
  Content(Content&&) = default;
  Content& operator=(Content&&) = default;

  Dialect dialect() const { return dialect_; }
  Binding binding() const { return binding_; }
  // "sysmon-blob", "sysmon-xml", "content-text", "sigma".
  std::string_view kind() const { return kind_; }
  const Metadata& metadata() const { return metadata_; }

  // The text in which places count, empty for a binary: `bytes()` decoded to UTF-8.
  std::string_view text() const { return *text_; }
  // True when places are byte offsets in `bytes()` rather than positions in `text()`.
  bool binary() const { return binary_; }
  // The file.
  std::string_view bytes() const { return *bytes_; }

  std::span<const TemplateType> types() const { return types_; }
  std::span<const FieldDecl> field_decls() const { return field_decls_; }
  std::span<const FieldRef> fields() const { return fields_; }
  std::span<const Instance> instances() const { return instances_; }
  std::span<const Criterion> criteria() const { return criteria_; }
  std::span<const Operand> operands() const { return operands_; }
  std::span<const Group> groups() const { return groups_; }
  std::span<const ConditionToken> condition() const { return condition_; }
  std::span<const Setting> settings() const { return settings_; }
  std::span<const Irregularity> irregularities() const { return irregularities_; }
  // The comments with "sluice:" in them, in file order: those that may suppress findings.
  std::span<const Place> comments() const { return comments_; }
  std::span<const Attribute> attributes() const { return attributes_; }
  std::span<const SigmaSelection> selections() const { return selections_; }
  // The sensor versions it was compiled for, in ascending order; empty where that is not stated.
  std::span<const BuiltFor> built_for() const { return built_for_; }
  // The files it was compiled from; empty where it does not say, as in all that was not compiled.
  std::span<const SourceFile> sources() const { return sources_; }
  // Where an instance or a criterion came from; nullptr where `sources()` is empty.
  const Origin* origin(const Instance& instance) const {
    return sources_.empty() ? nullptr : &instance_origins_[&instance - instances_.data()];
  }
  const Origin* origin(const Criterion& criterion) const {
    return sources_.empty() ? nullptr : &criterion_origins_[&criterion - criteria_.data()];
  }

  const TemplateType& type(const Instance& instance) const { return types_[instance.type]; }
  const FieldRef& field(const Criterion& criterion) const { return fields_[criterion.field]; }
  std::span<const Criterion> criteria(const Instance& instance) const {
    return Slice(criteria_, instance.criteria);
  }
  std::span<const Criterion> criteria(const Group& group) const {
    return Slice(criteria_, group.criteria);
  }
  std::span<const Group> groups(const Instance& instance) const {
    return Slice(groups_, instance.groups);
  }
  std::span<const Operand> operands(const Criterion& criterion) const {
    return Slice(operands_, criterion.operands);
  }
  std::span<const ConditionToken> condition(const Instance& instance) const {
    return Slice(condition_, instance.condition);
  }
  std::span<const ConditionToken> condition(const SigmaSelection& selection) const {
    return Slice(condition_, selection.condition);
  }
  std::span<const Attribute> attributes(const Instance& instance) const {
    return Slice(attributes_, instance.attributes);
  }
  std::span<const SigmaSelection> selections(const Instance& instance) const {
    return Slice(selections_, instance.selections);
  }
  std::span<const Criterion> criteria(const SigmaSelection& selection) const {
    return Slice(criteria_, selection.criteria);
  }
  // The first attribute of an instance with this key that is no item of a list; nullptr without
  // one. Linear in the instance's attributes.
  const Attribute* attribute(const Instance& instance, std::string_view key) const;
  // How one of `criteria()` was written; nullptr in content of another kind than Sigma.
  const Written* written(const Criterion& criterion) const {
    return written_.empty() ? nullptr : &written_[&criterion - criteria_.data()];
  }
  std::span<const FieldDecl> field_decls(const TemplateType& type) const {
    return Slice(field_decls_, type.fields);
  }
  // The only operand's text, or "" when there is none.
  std::string_view operand_text(const Criterion& criterion) const {
    return criterion.operands.empty() ? std::string_view()
                                      : operands_[criterion.operands.begin].text;
  }

 private:
  friend class ContentBuilder;
  Content() = default;

  template <typename T>
  static std::span<const T> Slice(const std::vector<T>& all, Range range) {
    return std::span<const T>(all).subspan(range.begin, range.size());
  }

  Dialect dialect_ = Dialect::kChannel;
  Binding binding_ = Binding::kByName;
  bool binary_ = false;
  std::string kind_;
  Metadata metadata_;
  std::shared_ptr<const std::string> bytes_;
  std::shared_ptr<const std::string> text_;
  std::deque<std::string> arena_;  // a deque never moves its elements, so views into them last
  std::vector<TemplateType> types_;
  std::vector<FieldDecl> field_decls_;
  std::vector<FieldRef> fields_;
  std::vector<Instance> instances_;
  std::vector<Criterion> criteria_;
  std::vector<Operand> operands_;
  std::vector<Group> groups_;
  std::vector<ConditionToken> condition_;
  std::vector<Setting> settings_;
  std::vector<Irregularity> irregularities_;
  std::vector<Place> comments_;
  std::vector<Attribute> attributes_;
  std::vector<SigmaSelection> selections_;
  std::vector<Written> written_;  // parallel to criteria_, or empty
  std::vector<BuiltFor> built_for_;
  std::vector<SourceFile> sources_;
  std::vector<Origin> instance_origins_;   // parallel to instances_ where there are sources
  std::vector<Origin> criterion_origins_;  // parallel to criteria_ where there are sources
};

// What a finding calls an instance: its id (channel, Sigma; a Sigma rule without one by its title),
// or "ProcessCreate#2". With a rule
// name, "ProcessCreate#2/name": the criterion's name, otherwise the instance's.
std::string InstanceName(const Content& content, const Instance& instance,
                         const Criterion* criterion = nullptr);

// True when two contents say the same: everything but places and origins, the file's own bytes, its
// kind and its irregularities. Texts are compared byte by byte.
bool SameMeaning(const Content& a, const Content& b);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_CONTENT_H_
