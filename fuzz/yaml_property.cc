#include "fuzz/yaml_property.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "schema/limits.h"
#include "schema/utf.h"

namespace sluice {
namespace {

class Checker {
 public:
  explicit Checker(const YamlDocument& document) : document_(document), text_(document.text()) {}

  std::string_view Flaw() {
    uint32_t next = 0;
    for (const YamlRoot& root : document_.roots()) {
      if (!Inside(root.marker) || root.marker.offset < end_)
        return "a document marker out of order";
      if (root.marker.length != 0 && At(root.marker) != "---") return "a marker that is no '---'";
      end_ = root.marker.end();
      if (!root.has_node()) continue;
      if (root.node != next || next >= nodes().size()) return "a root that does not come next";
      next = nodes()[next].end;
      if (const std::string_view flaw = DocumentFlaw(root.node, next); !flaw.empty()) return flaw;
    }
    if (next != nodes().size()) return "nodes behind the last document";
    return CommentsFlaw();
  }

 private:
  std::span<const YamlNode> nodes() const { return document_.nodes(); }
  std::string_view At(Place place) const { return text_.substr(place.offset, place.length); }
  bool Inside(Place place) const {
    return place.offset <= text_.size() && place.length <= text_.size() - place.offset;
  }

  std::string_view DocumentFlaw(uint32_t root, uint32_t end) {
    if (end > nodes().size()) return "an end outside of the nodes";
    std::vector<uint32_t> open;
    for (uint32_t i = root; i < end; ++i) {
      while (!open.empty() && nodes()[open.back()].end <= i) Close(&open);
      const YamlNode& node = nodes()[i];
      const uint32_t parent_end = open.empty() ? end : nodes()[open.back()].end;
      if (node.end <= i || node.end > parent_end) return "ends that are not nested";
      if (!Inside(node.place)) return "a place outside of the text";
      if (node.place.offset < end_) return "places out of order";
      if (!open.empty() && node.place.end() > nodes()[open.back()].place.end()) {
        return "a place outside of its collection's";
      }
      if (const std::string_view flaw = NodeFlaw(i, root); !flaw.empty()) return flaw;
      if (node.kind == YamlKind::kSequence || node.kind == YamlKind::kMapping) {
        end_ = node.place.offset;
        open.push_back(i);
        if (open.size() > kMaxYamlDepth) return "a node that stands too deep";
      } else {
        end_ = node.place.end();
      }
    }
    while (!open.empty()) Close(&open);
    return {};
  }

  void Close(std::vector<uint32_t>* open) {
    end_ = std::max(end_, nodes()[open->back()].place.end());
    open->pop_back();
  }

  std::string_view NodeFlaw(uint32_t i, uint32_t root) const {
    const YamlNode& node = nodes()[i];
    if (ValidUtf8Prefix(node.tag) != node.tag.size()) return "a tag that is not UTF-8";
    switch (node.kind) {
      case YamlKind::kScalar:
        if (node.end != i + 1) return "a scalar with something below it";
        return ScalarFlaw(node);
      case YamlKind::kAlias:
        if (node.end != i + 1) return "an alias with something below it";
        if (!At(node.place).starts_with('*')) return "an alias without '*'";
        return AliasFlaw(node, i, root);
      case YamlKind::kSequence:
        return CollectionFlaw(node);
      case YamlKind::kMapping:
        return MappingFlaw(node, i);
    }
    return "a node of no kind";
  }

  std::string_view AliasFlaw(const YamlNode& node, uint32_t i, uint32_t root) const {
    if (node.target >= i || node.target < root) return "an alias to another document, or ahead";
    const YamlNode& target = nodes()[node.target];
    if (target.kind == YamlKind::kAlias) return "an alias to an alias";
    return target.end <= i ? "" : "an alias inside of its own target";
  }

  std::string_view ScalarFlaw(const YamlNode& node) const {
    const std::string_view at = At(node.place);
    if (ValidUtf8Prefix(node.value) != node.value.size()) return "a value that is not UTF-8";
    switch (node.style) {
      case YamlStyle::kPlain:
        return at.empty() && !node.value.empty() ? "a value from nowhere" : ViewFlaw(node, at);
      case YamlStyle::kSingleQuoted:
        return QuotedFlaw(node, at, '\'');
      case YamlStyle::kDoubleQuoted:
        return QuotedFlaw(node, at, '"');
      case YamlStyle::kLiteral:
        return at.starts_with('|') ? "" : "a literal without '|'";
      case YamlStyle::kFolded:
        return at.starts_with('>') ? "" : "a folded value without '>'";
      default:
        return "a scalar with a collection's style";
    }
  }

  std::string_view QuotedFlaw(const YamlNode& node, std::string_view at, char quote) const {
    if (at.size() < 2 || at.front() != quote || at.back() != quote) return "quotes out of place";
    return ViewFlaw(node, at.substr(1, at.size() - 2));
  }

  // A value that lies in the text lies where its place says.
  std::string_view ViewFlaw(const YamlNode& node, std::string_view at) const {
    const std::less<const char*> before;
    const char* value = node.value.data();
    if (node.value.empty() || before(value, text_.data()) ||
        !before(value, text_.data() + text_.size())) {
      return {};
    }
    return value == at.data() && node.value.size() == at.size() ? "" : "a value of another place";
  }

  std::string_view MappingFlaw(const YamlNode& node, uint32_t i) const {
    // Ends were not checked below this node yet: every step is.
    bool even = true;
    for (uint32_t at = i + 1; at != node.end; even = !even) {
      const uint32_t next = nodes()[at].end;
      if (next <= at || next > node.end) return "ends that are not nested";
      at = next;
    }
    return even ? CollectionFlaw(node) : "a key without a value";
  }

  std::string_view CollectionFlaw(const YamlNode& node) const {
    if (node.style == YamlStyle::kBlock) return {};
    if (node.style != YamlStyle::kFlow) return "a collection with a scalar's style";
    const std::string_view at = At(node.place);
    if (node.kind == YamlKind::kMapping) return {};  // `[a: b]` has one without braces
    return at.starts_with('[') && at.ends_with(']') ? "" : "brackets out of place";
  }

  std::string_view CommentsFlaw() const {
    uint32_t end = 0;
    for (const Place comment : document_.Comments()) {
      if (!Inside(comment) || comment.offset < end) return "comments out of order";
      const std::string_view at = At(comment);
      if (!at.starts_with('#')) return "a comment without '#'";
      if (at.find_first_of("\r\n") != std::string_view::npos) return "a comment of two lines";
      end = comment.end();
    }
    return {};
  }

  const YamlDocument& document_;
  std::string_view text_;
  uint32_t end_ = 0;  // where the next place may begin
};

}  // namespace

std::string_view YamlFlaw(const YamlDocument& document) { return Checker(document).Flaw(); }

}  // namespace sluice
