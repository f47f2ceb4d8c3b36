#include "parser/sigma/sigma_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "parser/sigma/sigma_attributes.h"
#include "parser/sigma/sigma_context.h"
#include "parser/sigma/sigma_detection.h"
#include "parser/yaml/yaml_document.h"
#include "parser/yaml/yaml_scalar.h"
#include "parser/yaml/yaml_text.h"
#include "schema/log_source_name.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Kind = IrregularityKind;

// The values of the keys that decide how a document is read; kNoYamlNode for none.
struct Parts {
  uint32_t id = kNoYamlNode;
  uint32_t title = kNoYamlNode;
  uint32_t log_source = kNoYamlNode;
  uint32_t detection = kNoYamlNode;
  uint32_t correlation = kNoYamlNode;
  uint32_t filter = kNoYamlNode;
  uint32_t action = kNoYamlNode;
};

bool IsSet(uint32_t node) { return node != kNoYamlNode; }

// Whether "sluice:" is in the text, its letters in any case.
bool HoldsMark(std::string_view text) {
  constexpr std::string_view kMark = "sluice:";
  for (size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    const size_t end = at + 1;
    if (end < kMark.size()) continue;
    if (EqualsIgnoreCase(text.substr(end - kMark.size(), kMark.size()), kMark)) return true;
  }
  return false;
}

// The same of what stands behind a '#' on some line, be it a comment or not.
bool MayHoldMark(std::string_view text) {
  for (size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (HoldsMark(text.substr(at, end - at))) return true;
    at = end;
  }
  return false;
}

class SigmaReader {
 public:
  SigmaReader(Bytes bytes, const ReadOptions& options)
      : bytes_(std::move(bytes)),
        decoded_(DecodeYamlText(bytes_)),
        context_(document_, builder_, options) {}

  ReadResult Read() &&;

 private:
  ReadResult Refuse(Malformed malformed) const {
    return ReadResult(std::move(malformed), decoded_.text);
  }
  void AddComments();
  void AddEncoding();
  void ReadRoot(const YamlRoot& root);
  void ReadMap(const YamlRoot& root);
  void AddNotARule(const YamlRoot& root);
  Parts FindParts(uint32_t map) const;
  InstanceRole RoleOf(const Parts& parts) const;
  void BeginInstance(uint32_t map, const Parts& parts, InstanceRole role);
  void ReadEntries(uint32_t map, const Parts& parts, InstanceRole role);
  void AddAction(const Parts& parts, Place place);
  // The text of a scalar that is not nothing, otherwise "".
  std::string_view TextOf(uint32_t node) const;
  LogSourceParts LogSource(uint32_t node) const;
  void CheckRule(uint32_t map, const Parts& parts);
  void CheckLogSource(uint32_t node);

  Bytes bytes_;
  YamlText decoded_;
  YamlDocument document_;
  ContentBuilder builder_{Dialect::kSigma, Binding::kByName, "sigma"};
  SigmaContext context_;
  SigmaAttributes attributes_{context_};
  SigmaDetection detection_{context_, attributes_};
  uint32_t type_ = 0;    // of the open instance
  uint32_t rules_ = 0;   // in the file so far
  bool global_ = false;  // an `action: global` stands above
};

ReadResult SigmaReader::Read() && {
  if (decoded_.malformed) return Refuse(*decoded_.malformed);
  builder_.SetText(bytes_, decoded_.text);
  if (std::optional<Malformed> malformed = document_.Parse(*decoded_.text)) {
    return Refuse(*std::move(malformed));
  }
  // Of the nodes of real rules about a third are values.
  builder_.ReserveWritten(document_.nodes().size() / 3);
  AddEncoding();
  for (const YamlRoot& root : document_.roots()) {
    ReadRoot(root);
    if (context_.over_limit) return Refuse(*std::move(context_.over_limit));
  }
  if (builder_.instance_count() == 0) {
    return Refuse({{}, "document", "the file holds no rule"});
  }
  AddComments();
  return std::move(builder_).Build();
}

// Few files have any that say something to Sluice.
void SigmaReader::AddComments() {
  const std::string_view text = *decoded_.text;
  if (!MayHoldMark(text)) return;
  for (const Place comment : document_.Comments()) {
    if (HoldsMark(text.substr(comment.offset, comment.length))) builder_.AddComment(comment);
  }
}

void SigmaReader::AddEncoding() {
  if (decoded_.encoding != YamlEncoding::kUtf8) {
    const bool little = decoded_.encoding == YamlEncoding::kUtf16Le;
    context_.Add(Kind::kSigmaEncoding, {}, little ? "UTF-16LE" : "UTF-16BE");
  } else if (decoded_.byte_order_mark) {
    context_.Add(Kind::kSigmaEncoding, {}, "byte order mark");
  }
}

void SigmaReader::ReadRoot(const YamlRoot& root) {
  if (!root.has_node() || IsNothing(document_.node(root.node))) {
    return context_.Add(Kind::kSigmaEmptyDocument, root.marker);
  }
  if (document_.node(root.node).kind != YamlKind::kMapping) return AddNotARule(root);
  ReadMap(root);
}

void SigmaReader::AddNotARule(const YamlRoot& root) {
  BeginInstance(root.node, {}, InstanceRole::kOther);
  context_.AddFatal(Kind::kSigmaNotARule, document_.node(root.node).place);
  attributes_.Add("", root.marker, root.node);
  builder_.EndInstance();
}

std::string_view SigmaReader::TextOf(uint32_t node) const {
  if (!IsSet(node)) return {};
  const YamlNode& found = document_.node(document_.Resolve(node));
  return found.kind == YamlKind::kScalar && !IsNothing(found) ? found.value : std::string_view();
}

// The first of each key counts.
Parts SigmaReader::FindParts(uint32_t map) const {
  return {.id = document_.Find(map, "id"),
          .title = document_.Find(map, "title"),
          .log_source = document_.Find(map, "logsource"),
          .detection = document_.Find(map, "detection"),
          .correlation = document_.Find(map, "correlation"),
          .filter = document_.Find(map, "filter"),
          .action = document_.Find(map, "action")};
}

InstanceRole SigmaReader::RoleOf(const Parts& parts) const {
  if (IsSet(parts.action) || global_) return InstanceRole::kFragment;
  if (IsSet(parts.correlation)) return InstanceRole::kCorrelation;
  if (IsSet(parts.filter)) return InstanceRole::kFilter;
  const bool rule = IsSet(parts.detection) || IsSet(parts.log_source);
  return rule ? InstanceRole::kRule : InstanceRole::kOther;
}

LogSourceParts SigmaReader::LogSource(uint32_t node) const {
  if (!IsSet(node)) return {};
  const uint32_t map = document_.Resolve(node);
  if (document_.node(map).kind != YamlKind::kMapping) return {};
  return {TextOf(document_.Find(map, "product")), TextOf(document_.Find(map, "category")),
          TextOf(document_.Find(map, "service"))};
}

void SigmaReader::BeginInstance(uint32_t map, const Parts& parts, InstanceRole role) {
  const Place place = document_.node(map).place;
  const std::string name = LogSourceName(LogSource(parts.log_source));
  type_ = builder_.Type(
      {.name = builder_.Copy(name),
       .open = true,
       .place = IsSet(parts.log_source) ? document_.node(parts.log_source).place : place});
  Instance instance{.type = type_,
                    .id = context_.Lasting(TextOf(parts.id)),
                    .name = context_.Lasting(TextOf(parts.title)),
                    .role = role,
                    .place = place};
  if (IsSet(parts.title)) instance.name_place = document_.node(parts.title).place;
  builder_.BeginInstance(instance);
}

void SigmaReader::ReadMap(const YamlRoot& root) {
  const Parts parts = FindParts(root.node);
  const InstanceRole role = RoleOf(parts);
  BeginInstance(root.node, parts, role);
  const Place place = document_.node(root.node).place;
  if (role == InstanceRole::kOther) context_.AddFatal(Kind::kSigmaNotARule, place);
  if (role == InstanceRole::kFragment) AddAction(parts, place);
  ReadEntries(root.node, parts, role);
  if (role == InstanceRole::kRule) CheckRule(root.node, parts);
  builder_.EndInstance();
}

void SigmaReader::AddAction(const Parts& parts, Place place) {
  const std::string_view action = TextOf(parts.action);
  if (IsSet(parts.action)) place = document_.node(parts.action).place;
  context_.AddFatal(Kind::kSigmaAction, place,
                    IsSet(parts.action) ? context_.Lasting(action) : "global");
  if (action == "global") global_ = true;
  if (action == "reset") global_ = false;
}

void SigmaReader::ReadEntries(uint32_t map, const Parts& parts, InstanceRole role) {
  attributes_.AddRepeatedKeys(map, false);
  for (const YamlEntry entry : document_.Entries(map)) {
    if (context_.over_limit) return;
    const std::optional<std::string_view> key = context_.Key(entry.key);
    if (!key) continue;
    const Place key_place = document_.node(entry.key).place;
    if (role == InstanceRole::kRule && entry.value == parts.detection) {
      detection_.Read(type_, key_place, entry.value);
    } else {
      attributes_.Add(*key, key_place, entry.value);
    }
  }
}

void SigmaReader::CheckRule(uint32_t map, const Parts& parts) {
  const Place place = document_.node(map).place;
  if (++rules_ > 1) context_.Add(Kind::kSigmaSeveralRules, place);
  if (!IsSet(parts.detection)) context_.AddFatal(Kind::kSigmaDetectionMissing, place);
  if (!IsSet(parts.log_source)) return context_.Add(Kind::kSigmaLogSourceMissing, place);
  CheckLogSource(parts.log_source);
}

void SigmaReader::CheckLogSource(uint32_t node) {
  const Place place = document_.node(node).place;
  const uint32_t map = document_.Resolve(node);
  if (document_.node(map).kind != YamlKind::kMapping) {
    return context_.AddFatal(Kind::kSigmaLogSourceNotAMap, place);
  }
  for (const std::string_view key : {"product", "category", "service"}) {
    const uint32_t value = document_.Find(map, key);
    if (!IsSet(value)) continue;
    if (document_.node(document_.Resolve(value)).kind == YamlKind::kScalar) continue;
    context_.AddFatal(Kind::kSigmaLogSourceNotText, document_.node(value).place, key);
  }
  if (LogSource(node).empty()) context_.Add(Kind::kSigmaLogSourceEmpty, place);
}

}  // namespace

ReadResult ReadSigma(Bytes bytes, const ReadOptions& options) {
  return SigmaReader(std::move(bytes), options).Read();
}

}  // namespace sluice
