#include "parser/text/proto_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/text/proto_text_fields.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Keeps the first error; warnings are not of interest. Without a collector protobuf logs to stderr.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int at_line, google::protobuf::io::ColumnNumber at_column,
                const std::string& what) override {
    if (seen) return;
    seen = true;
    line = at_line;
    column = at_column;
    message = what;
  }
  void AddWarning(int, google::protobuf::io::ColumnNumber, const std::string&) override {}

  bool seen = false;
  int line = 0;
  int column = 0;
  std::string message;
};

ProtoTextError Error(size_t offset, size_t length, std::string message) {
  return {{static_cast<uint32_t>(offset), static_cast<uint32_t>(length)}, std::move(message)};
}

ProtoTextError OverLimit(size_t offset, std::string message) {
  ProtoTextError error = Error(offset, 0, std::move(message));
  error.over_limit = true;
  return error;
}

std::optional<ProtoTextError> CheckSize(std::string_view text, uint64_t max_bytes) {
  if (text.size() <= max_bytes) return std::nullopt;
  return OverLimit(0, absl::StrCat("has ", text.size(), " bytes, the limit is ", max_bytes));
}

// The first byte outside of strings for which `wanted(offset, in_comment)` holds; npos when there
// is none. Strings and comments end where they do for the parser: a string also at the end of its
// line.
template <typename Wanted>
size_t FindOutsideStrings(std::string_view text, Wanted wanted) {
  char inside = '\0';  // a quote, '#', or nothing
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside == '"' || inside == '\'') {
      if (c == '\n' || c == inside) inside = '\0';
      if (c == '\\' && i + 1 < text.size() && text[i + 1] != '\n') ++i;
      continue;
    }
    if (wanted(i, inside == '#')) return i;
    if (c == '\n') {
      inside = '\0';
    } else if (inside == '\0' && (c == '"' || c == '\'' || c == '#')) {
      inside = c;
    }
  }
  return std::string_view::npos;
}

// Counts messages before the parser allocates one for each.
std::optional<ProtoTextError> CheckMessageCount(std::string_view text) {
  uint32_t count = 0;
  const size_t past = FindOutsideStrings(text, [&](size_t at, bool in_comment) {
    return !in_comment && (text[at] == '{' || text[at] == '<') && ++count > kMaxTextFormMessages;
  });
  if (past == std::string_view::npos) return std::nullopt;
  return OverLimit(past, absl::StrCat("more than ", kMaxTextFormMessages, " messages"));
}

bool IsLoneCr(std::string_view text, size_t at) {
  return text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
}

// The parser sees a singular field that is given twice only where the first value is not the
// default. `text` has been parsed.
std::optional<ProtoTextError> CheckGivenOnce(const Descriptor* root, std::string_view text) {
  const ProtoTextKeys keys(root);
  ProtoTextFields fields(keys, text);
  while (fields.Next()) {
  }
  if (fields.given_twice()) return fields.given_twice();
  if (fields.AtEnd()) return std::nullopt;
  return fields.over_limit() ? fields.over_limit() : Error(fields.at(), 1, "is not a field");
}

struct Node {
  const Message* message;
  const ProtoTextTree* tree;
};

// The messages inside `node`, each with its own tree.
void PushNested(const Node& node, const FieldDescriptor* field, std::vector<Node>& stack) {
  const Reflection* reflection = node.message->GetReflection();
  if (!field->is_repeated()) {
    if (!reflection->HasField(*node.message, field)) return;
    stack.push_back(
        {&reflection->GetMessage(*node.message, field), node.tree->GetTreeForNested(field, -1)});
    return;
  }
  for (int i = 0; i < reflection->FieldSize(*node.message, field); ++i) {
    stack.push_back({&reflection->GetRepeatedMessage(*node.message, field, i),
                     node.tree->GetTreeForNested(field, i)});
  }
}

// The index of the first value of a `string` field that is not UTF-8; -1 when all are.
int FirstInvalidString(const Node& node, const FieldDescriptor* field) {
  const Reflection* reflection = node.message->GetReflection();
  const int count = field->is_repeated() ? reflection->FieldSize(*node.message, field) : 1;
  std::string scratch;
  for (int i = 0; i < count; ++i) {
    const std::string& value =
        field->is_repeated()
            ? reflection->GetRepeatedStringReference(*node.message, field, i, &scratch)
            : reflection->GetStringReference(*node.message, field, &scratch);
    if (ValidUtf8Prefix(value) != value.size()) return i;
  }
  return -1;
}

}  // namespace

std::string_view WithoutByteOrderMark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

std::string_view ProtoMessageName(std::string_view bytes) {
  constexpr std::string_view kKey = "# proto-message:";
  std::string_view line = WithoutByteOrderMark(bytes);
  if (!line.starts_with(kKey)) return {};
  // No message has a longer name: a file without line ends is not searched through.
  line = line.substr(0, 256);
  line = line.substr(0, line.find_first_of("\r\n"));
  line.remove_prefix(kKey.size());
  const size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t") + 1 - begin);
}

std::optional<ProtoTextError> CheckProtoTextUtf8(std::string_view text) {
  const size_t valid = ValidUtf8Prefix(text);
  if (valid == text.size()) return std::nullopt;
  const unsigned byte = static_cast<unsigned char>(text[valid]);
  return Error(valid, 1,
               absl::StrCat("byte 0x", absl::Hex(byte, absl::kZeroPad2),
                            " is not UTF-8; inside a string write it as an escape (\\xNN)"));
}

std::optional<ProtoTextError> CheckProtoTextLineEnds(std::string_view text) {
  // Most files have no CR at all.
  size_t cr = text.find('\r');
  while (cr != std::string_view::npos && !IsLoneCr(text, cr)) cr = text.find('\r', cr + 1);
  if (cr == std::string_view::npos) return std::nullopt;
  const size_t at = FindOutsideStrings(text, [&](size_t i, bool) { return IsLoneCr(text, i); });
  if (at == std::string_view::npos) return std::nullopt;
  return Error(at, 1, "a CR that no LF follows does not end a line; end lines with LF or CR LF");
}

std::optional<ProtoTextError> ParseProtoTextFields(std::string_view text, Message* message,
                                                   ProtoTextTree* tree) {
  FirstError errors;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.WriteLocationsTo(tree);
  parser.SetRecursionLimit(kMaxTextFormDepth);
  google::protobuf::io::ArrayInputStream stream(text.data(), static_cast<int>(text.size()));
  if (parser.Parse(&stream, message) && !errors.seen) return std::nullopt;
  const uint32_t offset = ProtoTextPlaces(text).Offset(errors.line, errors.column);
  constexpr size_t kLongestMessage = 300;
  return Error(offset, offset < text.size() ? 1 : 0, Printable(errors.message, kLongestMessage));
}

// The parser does not look at this. The stack holds at most the messages of the text.
std::optional<ProtoTextError> CheckProtoTextStrings(const Message& message,
                                                    const ProtoTextTree& tree,
                                                    std::string_view text) {
  std::optional<ProtoTextPlaces> places;
  std::optional<ProtoTextError> first;
  std::vector<Node> stack = {{&message, &tree}};
  while (!stack.empty()) {
    const Node node = stack.back();
    stack.pop_back();
    const Descriptor* descriptor = node.message->GetDescriptor();
    for (int f = 0; f < descriptor->field_count(); ++f) {
      const FieldDescriptor* field = descriptor->field(f);
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) PushNested(node, field, stack);
      if (field->type() != FieldDescriptor::TYPE_STRING) continue;
      const int invalid = FirstInvalidString(node, field);
      if (invalid < 0) continue;
      if (!places) places.emplace(text);
      const Place place = field->is_repeated() ? places->All(node.tree, field, invalid + 1)[invalid]
                                               : places->Of(node.tree, field);
      if (first && first->place.offset <= place.offset) continue;
      first = {place, absl::StrCat("field \"", field->name(), "\" is not UTF-8")};
    }
  }
  return first;
}

std::optional<ProtoTextError> ParseProtoText(std::string_view text, uint64_t max_bytes,
                                             Message* message, ProtoTextTree* tree) {
  if (auto error = CheckSize(text, max_bytes)) return error;
  if (auto error = CheckProtoTextUtf8(text)) return error;
  if (auto error = CheckProtoTextLineEnds(text)) return error;
  if (auto error = CheckMessageCount(text)) return error;
  ProtoTextTree own_tree;
  if (tree == nullptr) tree = &own_tree;
  if (auto error = ParseProtoTextFields(text, message, tree)) return error;
  if (auto error = CheckGivenOnce(message->GetDescriptor(), text)) return error;
  return CheckProtoTextStrings(*message, *tree, text);
}

}  // namespace sluice
