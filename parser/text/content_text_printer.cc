#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/text/content_text.h"
#include "parser/text/schema_rank.h"
#include "parser/text/time_part.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

void AppendOctal(std::string_view bytes, std::string* out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out->push_back('\\');
    for (const int shift : {6, 3, 0})
      out->push_back(static_cast<char>('0' + ((byte >> shift) & 7)));
  }
}

// Control characters, what reorders or breaks lines on a terminal, and surrogates, which are not
// UTF-8.
bool NeedsEscape(uint32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
         (code_point >= 0x200E && code_point <= 0x200F) ||
         (code_point >= 0x2028 && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069) ||
         (code_point >= 0xD800 && code_point <= 0xDFFF) || code_point == 0xFEFF;
}

void AppendQuoted(std::string_view text, std::string* out) {
  out->push_back('"');
  while (!text.empty()) {
    const std::optional<CodePoint> point = DecodeWtf8(text);
    const std::string_view bytes = text.substr(0, point ? point->length : 1);
    if (bytes == "\n") {
      *out += "\\n";
    } else if (bytes == "\t") {
      *out += "\\t";
    } else if (bytes == "\r") {
      *out += "\\r";
    } else if (bytes == "\"" || bytes == "\\") {
      out->push_back('\\');
      out->append(bytes);
    } else if (!point || NeedsEscape(point->value)) {
      AppendOctal(bytes, out);
    } else {
      out->append(bytes);
    }
    text.remove_prefix(bytes.size());
  }
  out->push_back('"');
}

// Prints one content.
class Printer {
 public:
  explicit Printer(const Content& content) : content_(content) {}

  std::string Print() {
    out_ = absl::StrCat(Abseil(kContentTextHeader), "\n");
    Text("dialect", Name(content_.dialect()));
    if (content_.binding() != ImpliedBinding()) {
      Text("binding", content_.binding() == Binding::kByIndex ? "index" : "name");
    }
    PrintMetadata();
    PrintCompiled();
    if (!TypesAreImplied()) {
      for (const TemplateType& type : content_.types()) PrintType(type);
    }
    for (const Instance& instance : content_.instances()) PrintInstance(instance);
    for (const Setting& setting : content_.settings()) {
      Open("setting");
      Text("name", setting.name);
      Text("value", setting.value);
      Close();
    }
    return std::move(out_);
  }

 private:
  void Line(std::string_view text) {
    out_.append(2 * depth_, ' ');
    out_.append(text);
    out_.push_back('\n');
  }
  void Open(std::string_view key) {
    Line(absl::StrCat(Abseil(key), " {"));
    ++depth_;
  }
  void Close() {
    --depth_;
    Line("}");
  }
  void Text(std::string_view key, std::string_view value) {
    out_.append(2 * depth_, ' ');
    absl::StrAppend(&out_, Abseil(key), ": ");
    AppendQuoted(value, &out_);
    out_.push_back('\n');
  }
  void TextIfAny(std::string_view key, std::string_view value) {
    if (!value.empty()) Text(key, value);
  }
  void Number(std::string_view key, int64_t value) { Line(absl::StrCat(Abseil(key), ": ", value)); }
  void NumberIfAny(std::string_view key, int64_t value) {
    if (value != 0) Number(key, value);
  }
  void True(std::string_view key, bool value) {
    if (value) Line(absl::StrCat(Abseil(key), ": true"));
  }

  Binding ImpliedBinding() const;
  void PrintMetadata();
  void PrintCompiled();
  void PrintOrigin(const Origin* origin);
  bool TypesAreImplied() const;
  void PrintType(const TemplateType& type);
  void PrintInstance(const Instance& instance);
  void PrintParts(const Instance& instance);
  void PrintGroup(const Group& group);
  void PrintCriterion(const Criterion& criterion);
  void PrintOperator(const Criterion& criterion);
  void PrintCondition(const Instance& instance);

  const Content& content_;
  std::string out_;
  uint32_t depth_ = 0;
};

// What the reader takes it for when the text does not say.
Binding Printer::ImpliedBinding() const {
  if (content_.metadata().binary_major != 0) return Binding::kByIndex;
  for (const Criterion& criterion : content_.criteria()) {
    if (content_.field(criterion).kind == FieldKind::kIndex) return Binding::kByIndex;
  }
  return Binding::kByName;
}

void Printer::PrintMetadata() {
  const Metadata& metadata = content_.metadata();
  const std::optional<uint32_t> implied = SchemaRank(metadata.schema_version);
  const int64_t rank = metadata.has_schema_version ? int64_t{metadata.schema_rank} : -1;
  const bool rank_follows = rank == (implied ? *implied : int64_t{-1});
  if (metadata.schema_version.empty() && rank_follows && metadata.binary_major == 0 &&
      metadata.binary_minor == 0 && metadata.format_version == 0 && metadata.content_version == 0) {
    return;
  }
  Open("metadata");
  TextIfAny("schema_version", metadata.schema_version);
  if (!rank_follows) Number("schema_rank", rank);
  NumberIfAny("binary_major", metadata.binary_major);
  NumberIfAny("binary_minor", metadata.binary_minor);
  NumberIfAny("format_version", metadata.format_version);
  NumberIfAny("content_version", metadata.content_version);
  Close();
}

// What it was compiled for, and from.
void Printer::PrintCompiled() {
  for (const BuiltFor& sensor : content_.built_for()) {
    Open("built_for");
    Text("sensor", sensor.sensor);
    Text("version", sensor.version);
    NumberIfAny("rank", sensor.rank);
    Close();
  }
  for (const SourceFile& source : content_.sources()) {
    Open("source");
    Text("path", source.path);
    Text("sha256", source.sha256);
    Close();
  }
}

void Printer::PrintOrigin(const Origin* origin) {
  if (origin == nullptr) return;
  const std::string line = origin->line == 0 ? "" : absl::StrCat(" line: ", origin->line);
  Line(absl::StrCat("origin { source: ", origin->source, line, " column: ", origin->column, " }"));
}

// Whether the types follow from the instances: nothing but names and ids is known of them, and the
// instances use them first in their own order.
bool Printer::TypesAreImplied() const {
  for (const TemplateType& type : content_.types()) {
    if (type.declared || type.open || type.version != 0) return false;
  }
  uint32_t next = 0;
  for (const Instance& instance : content_.instances()) {
    if (instance.type > next) return false;
    if (instance.type == next) ++next;
  }
  return next == content_.types().size();
}

void Printer::PrintType(const TemplateType& type) {
  Open("template_type");
  TextIfAny("name", type.name);
  if (type.id != kNone) Number("id", type.id);
  NumberIfAny("version", type.version);
  True("open", type.open);
  const bool channel = content_.dialect() == Dialect::kChannel;
  True("undeclared", !type.declared && channel);
  True("declared", type.declared && !channel);
  for (const FieldDecl& field : content_.field_decls(type)) {
    Open("field");
    Text("name", field.name);
    if (field.type != ValueType::kUnknown) Text("type", Name(field.type));
    Close();
  }
  Close();
}

void Printer::PrintInstance(const Instance& instance) {
  const TemplateType& type = content_.type(instance);
  Open("instance");
  TextIfAny("id", instance.id);
  TextIfAny("name", instance.name);
  PrintOrigin(content_.origin(instance));
  TextIfAny("template_type", type.name);
  if (type.id != kNone || type.name.empty()) Number("template_type_id", type.id);
  if (content_.dialect() == Dialect::kSysmon) {
    constexpr std::string_view kOnMatch[] = {"exclude", "include", "type_default"};
    Text("on_match", kOnMatch[static_cast<size_t>(instance.record_default)]);
    Text("combine", instance.combine == Combine::kOr ? "or" : "and");
  }
  PrintParts(instance);
  PrintCondition(instance);
  Close();
}

void Printer::PrintParts(const Instance& instance) {
  if (instance.groups.empty()) {
    for (const Criterion& criterion : content_.criteria(instance)) PrintCriterion(criterion);
    return;
  }
  uint32_t next = instance.criteria.begin;
  const auto print_plain = [&](uint32_t end) {
    for (; next < end; ++next) {
      Open("part");
      PrintCriterion(content_.criteria()[next]);
      Close();
    }
  };
  for (const Group& group : content_.groups(instance)) {
    print_plain(group.criteria.begin);
    Open("part");
    PrintGroup(group);
    Close();
    next = group.criteria.end;
  }
  print_plain(instance.criteria.end);
}

void Printer::PrintGroup(const Group& group) {
  Open("group");
  Text("combine", group.combine == Combine::kOr ? "or" : "and");
  NumberIfAny("id", group.id);
  TextIfAny("name", group.name);
  for (const Criterion& criterion : content_.criteria(group)) PrintCriterion(criterion);
  Close();
}

void Printer::PrintCriterion(const Criterion& criterion) {
  const FieldRef& field = content_.field(criterion);
  Open("criterion");
  switch (field.kind) {
    case FieldKind::kIndex:
      Number("field_index", field.index);
      break;
    case FieldKind::kName:
      Text("field_name", field.name);
      break;
    case FieldKind::kAny:
      True("any_field", true);
      break;
  }
  PrintOperator(criterion);
  for (const Operand& operand : content_.operands(criterion)) Text("operand", operand.text);
  if (criterion.time_part != TimePart::kWhole) Text("time_part", Name(criterion.time_part));
  True("negated", criterion.flags & kNegated);
  True("cased", criterion.flags & kCased);
  True("environment", criterion.flags & kEnvironment);
  True("dot_all", criterion.flags & kFlagS);
  True("multi_line", criterion.flags & kFlagM);
  True("numeric", criterion.flags & kNumeric);
  TextIfAny("name", criterion.name);
  PrintOrigin(content_.origin(criterion));
  Close();
}

void Printer::PrintOperator(const Criterion& criterion) {
  if (criterion.op != Operator::kUnknown) {
    Text("operator", Info(criterion.op).name);
  } else if (OperatorByName(criterion.operator_text)) {
    Text("unknown_operator", criterion.operator_text);
  } else {
    Text("operator", criterion.operator_text);
  }
}

void Printer::PrintCondition(const Instance& instance) {
  for (const ConditionToken& token : content_.condition(instance)) {
    std::string said;
    switch (token.kind) {
      case ConditionToken::Kind::kCriterion:
        said = absl::StrCat("criterion: ", token.value - instance.criteria.begin);
        break;
      case ConditionToken::Kind::kAnd:
        said = absl::StrCat("all: ", token.value);
        break;
      case ConditionToken::Kind::kOr:
        said = absl::StrCat("any: ", token.value);
        break;
      case ConditionToken::Kind::kNot:
        said = "negate: true";
        break;
      case ConditionToken::Kind::kAtLeast:
        said = absl::StrCat("at_least { n: ", token.n, " of: ", token.value, " }");
        break;
    }
    Line(absl::StrCat("condition { ", said, " }"));
  }
}

}  // namespace

std::string PrintContentText(const Content& content) { return Printer(content).Print(); }

}  // namespace sluice
