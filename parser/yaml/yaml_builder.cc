#include "parser/yaml/yaml_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/yaml/yaml_problem.h"
#include "schema/text.h"

namespace sluice {
namespace {

// A rule of Sigma takes about 17 bytes a node. Little is reserved on that word.
constexpr size_t kBytesPerNode = 16;
constexpr size_t kMaxReserved = 4096;

// An event of libyaml, freed on every path.
struct Event {
  Event() = default;
  ~Event() { yaml_event_delete(&event); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  yaml_event_t event = {};
};

// Letters of the names of anchors and aliases, for libyaml.
bool IsNameCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         c == '-';
}

// What may stand between the properties of a node and the node, in bytes: white space, and a byte
// order mark that begins a line, which libyaml passes over.
size_t GapAt(std::string_view text, size_t at) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const bool mark = text.substr(at).starts_with(kMark) && YamlBreakBefore(text, at) > 0;
  return mark ? kMark.size() : YamlSpaceAt(text, at);
}

// Where the tag at `at` ends: past '>', or before what cannot stand in it.
uint32_t TagEnd(std::string_view text, uint32_t at, uint32_t end) {
  if (text.substr(at).starts_with("!<")) {
    const size_t close = text.find('>', at);
    return close < end ? static_cast<uint32_t>(close) + 1 : end;
  }
  while (at < end && text[at] != ',' && YamlSpaceAt(text, at) == 0) ++at;
  return at;
}

YamlStyle StyleOf(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return YamlStyle::kSingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return YamlStyle::kDoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return YamlStyle::kLiteral;
    case YAML_FOLDED_SCALAR_STYLE:
      return YamlStyle::kFolded;
    default:
      return YamlStyle::kPlain;
  }
}

}  // namespace

YamlBuilder::YamlBuilder(std::string_view text, YamlDocument* out)
    : text_(text), out_(*out), marks_(text), parser_ready_(yaml_parser_initialize(&parser_) == 1) {
  if (!parser_ready_) return;
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
}

YamlBuilder::~YamlBuilder() {
  if (parser_ready_) yaml_parser_delete(&parser_);
}

std::optional<Malformed> YamlBuilder::Build() {
  if (!parser_ready_) return YamlOverLimit({}, "YAML", "no memory is left to hold it");
  out_.nodes_.reserve(std::min(text_.size() / kBytesPerNode, kMaxReserved));
  while (true) {
    Event next;
    if (yaml_parser_parse(&parser_, &next.event) == 0) {
      return DescribeYamlProblem(parser_, text_, &marks_);
    }
    if (next.event.type == YAML_STREAM_END_EVENT) return std::nullopt;
    if (!Take(next.event)) return std::move(malformed_);
  }
}

bool YamlBuilder::Take(const yaml_event_t& event) {
  switch (event.type) {
    case YAML_DOCUMENT_START_EVENT:
      return BeginDocument(event);
    case YAML_SCALAR_EVENT:
      return AddScalar(event);
    case YAML_ALIAS_EVENT:
      return AddAlias(event);
    case YAML_SEQUENCE_START_EVENT:
      return BeginCollection(event, YamlKind::kSequence, event.data.sequence_start.tag,
                             event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
    case YAML_MAPPING_START_EVENT:
      return BeginCollection(event, YamlKind::kMapping, event.data.mapping_start.tag,
                             event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return EndCollection(event);
    default:  // the start of the stream, the end of a document
      return true;
  }
}

bool YamlBuilder::BeginDocument(const yaml_event_t& event) {
  constexpr uint32_t kMarker = 3;
  const uint32_t end = marks_.Offset(event.end_mark.index);
  const Place marker =
      event.data.document_start.implicit ? Place{end, 0} : Place{end - kMarker, kMarker};
  if (out_.roots_.size() == kMaxYamlDocuments) {
    return Refuse(YamlOverLimit(
        marker, "YAML", absl::StrCat("more than ", kMaxYamlDocuments, " documents in one file")));
  }
  out_.roots_.push_back({kNoYamlNode, marker});
  expects_root_ = true;
  end_ = end;
  if (!anchors_.empty()) anchors_.clear();
  return true;
}

bool YamlBuilder::AddScalar(const yaml_event_t& event) {
  const auto& scalar = event.data.scalar;
  const std::string_view value(reinterpret_cast<const char*>(scalar.value), scalar.length);
  const uint32_t begin = marks_.Offset(event.start_mark.index);
  const uint32_t end = marks_.Offset(event.end_mark.index);
  const Start start = SkipProperties(begin, end);
  YamlNode node;
  node.style = StyleOf(scalar.style);
  node.place = {start.offset, end - start.offset};
  node.tag = Tag(scalar.tag, begin, start.offset);
  switch (node.style) {
    case YamlStyle::kPlain:
      if (begin == end) {
        if (expects_root_) return true;  // an empty document
        node.place = EmptyPlace(begin);
      }
      node.value = Keep(value, Text(node.place));
      break;
    case YamlStyle::kLiteral:
    case YamlStyle::kFolded:
      node.place = BlockScalarPlace(start.offset, end);
      node.value = out_.arena_.Keep(value);
      break;
    default:
      node.value = Keep(value, Text({node.place.offset + 1, node.place.length - 2}));
  }
  end_ = node.place.end();
  node.end = static_cast<uint32_t>(out_.nodes_.size()) + 1;
  return AddNode(node, start.anchor);
}

bool YamlBuilder::AddAlias(const yaml_event_t& event) {
  const uint32_t begin = marks_.Offset(event.start_mark.index);
  const uint32_t end = marks_.Offset(event.end_mark.index);
  YamlNode node;
  node.kind = YamlKind::kAlias;
  node.place = {begin, end - begin};
  const std::string_view name = Text({begin + 1, end - begin - 1});
  const auto anchor = anchors_.find(name);
  if (anchor == anchors_.end()) {
    return Refuse(YamlBroken(node.place, "alias",
                             absl::StrCat("no anchor &", Abseil(Printable(name)),
                                          " stands before it in this document: put a value that "
                                          "begins with '*' in quotes")));
  }
  node.target = anchor->second;
  if (out_.nodes_[node.target].end == 0) {
    return Refuse(YamlBroken(node.place, "alias",
                             absl::StrCat("it stands inside of what it stands for, the node with &",
                                          Abseil(Printable(name)), ", which then has no end")));
  }
  if (++alias_count_ > kMaxYamlAliases) {
    return Refuse(YamlOverLimit(
        node.place, "alias", absl::StrCat("more than ", kMaxYamlAliases, " aliases in one file")));
  }
  end_ = end;
  node.end = static_cast<uint32_t>(out_.nodes_.size()) + 1;
  return AddNode(node, {});
}

bool YamlBuilder::BeginCollection(const yaml_event_t& event, YamlKind kind, const yaml_char_t* tag,
                                  bool flow) {
  const uint32_t begin = marks_.Offset(event.start_mark.index);
  end_ = marks_.Offset(event.end_mark.index);
  const Start start = SkipProperties(begin, end_);
  if (depth_ == kMaxYamlDepth) {
    return Refuse(YamlBroken(
        {start.offset, end_ - start.offset}, "YAML",
        absl::StrCat("lists and mappings stand deeper than ", kMaxYamlDepth, " in one another")));
  }
  YamlNode node;
  node.kind = kind;
  node.style = flow ? YamlStyle::kFlow : YamlStyle::kBlock;
  node.place = {start.offset, end_ - start.offset};
  node.tag = Tag(tag, begin, start.offset);
  open_[depth_++] = static_cast<uint32_t>(out_.nodes_.size());
  return AddNode(node, start.anchor);
}

bool YamlBuilder::EndCollection(const yaml_event_t& event) {
  YamlNode& node = out_.nodes_[open_[--depth_]];
  // What no bracket closes ends with its last item, not where the next token begins.
  if (event.end_mark.index > event.start_mark.index) end_ = marks_.Offset(event.end_mark.index);
  node.end = static_cast<uint32_t>(out_.nodes_.size());
  node.place.length = end_ - node.place.offset;
  return true;
}

bool YamlBuilder::AddNode(const YamlNode& node, std::string_view anchor) {
  if (out_.nodes_.size() == kMaxYamlNodes) {
    return Refuse(YamlOverLimit(node.place, "YAML",
                                absl::StrCat("more than ", kMaxYamlNodes, " values in one file")));
  }
  const auto index = static_cast<uint32_t>(out_.nodes_.size());
  if (expects_root_) out_.roots_.back().node = index;
  expects_root_ = false;
  out_.nodes_.push_back(node);
  return anchor.empty() || AddAnchor(anchor, index);
}

bool YamlBuilder::AddAnchor(std::string_view name, uint32_t node) {
  if (++anchor_count_ > kMaxYamlAnchors) {
    return Refuse(
        YamlOverLimit(out_.nodes_[node].place, "anchor",
                      absl::StrCat("more than ", kMaxYamlAnchors, " anchors in one file")));
  }
  anchors_[name] = node;
  return true;
}

bool YamlBuilder::Refuse(Malformed malformed) {
  malformed_ = std::move(malformed);
  return false;
}

// libyaml's nodes begin with their anchor and tag, in any order, with comments and lines between.
YamlBuilder::Start YamlBuilder::SkipProperties(uint32_t begin, uint32_t end) const {
  Start start = {begin, {}};
  if (begin >= end || (text_[begin] != '&' && text_[begin] != '!')) return start;
  uint32_t at = begin;
  while (at < end) {
    if (text_[at] == '&') {
      const uint32_t name = ++at;
      while (at < end && IsNameCharacter(text_[at])) ++at;
      start.anchor = text_.substr(name, at - name);
    } else if (text_[at] == '!') {
      at = TagEnd(text_, at, end);
    } else if (text_[at] == '#') {
      at = static_cast<uint32_t>(YamlLineEnd(text_, at));
    } else if (const size_t gap = GapAt(text_, at)) {
      at += static_cast<uint32_t>(gap);
    } else {
      break;
    }
  }
  start.offset = std::min(at, end);
  return start;
}

// Where nothing stands, libyaml may give the token behind. The nodes that one gap leaves empty are
// many when they are nested, and share its walk.
Place YamlBuilder::EmptyPlace(uint32_t at) {
  if (at != empty_at_) {
    empty_at_ = empty_place_ = at;
    while (empty_place_ > end_) {
      const size_t space = YamlSpaceBefore(text_, empty_place_);
      if (space == 0) break;
      empty_place_ -= static_cast<uint32_t>(space);
    }
  }
  return {std::max(empty_place_, end_), 0};
}

// libyaml's end is where the next line with less indentation begins.
Place YamlBuilder::BlockScalarPlace(uint32_t begin, uint32_t end) const {
  size_t kept = end;
  for (size_t at = end; at > begin;) {
    if (const size_t length = YamlBreakBefore(text_, at)) {
      kept = at -= length;
    } else if (IsYamlBlank(text_[at - 1])) {
      --at;
    } else {
      break;
    }
  }
  return {begin, static_cast<uint32_t>(kept - begin)};
}

std::string_view YamlBuilder::Keep(std::string_view value, std::string_view as_it_stands) {
  return value == as_it_stands ? as_it_stands : out_.arena_.Keep(value);
}

std::string_view YamlBuilder::Tag(const yaml_char_t* tag, uint32_t begin, uint32_t end) {
  if (tag == nullptr) return {};
  const std::string_view full = reinterpret_cast<const char*>(tag);
  if (full.empty() || full == "!") return {};
  const size_t at = text_.substr(0, end).find(full, begin);
  return at == std::string_view::npos ? out_.arena_.Keep(full) : text_.substr(at, full.size());
}

}  // namespace sluice
