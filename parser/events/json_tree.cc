#include "parser/events/json_tree.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

// Takes the parser's events. Returning false ends the parsing.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<JsonNode>& nodes() { return nodes_; }
  const std::string& problem() const { return problem_; }
  size_t problem_at() const { return problem_at_; }
  bool over_limit() const { return over_limit_; }

  bool null() override { return Scalar(JsonKind::kNull, ""); }
  bool boolean(bool value) override { return Scalar(JsonKind::kBoolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return Scalar(JsonKind::kNumber, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return Scalar(JsonKind::kNumber, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return Scalar(JsonKind::kNumber, text);
  }
  bool string(string_t& value) override { return Scalar(JsonKind::kString, std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(size_t) override { return Open(JsonKind::kObject); }
  bool key(string_t& value) override {
    key_ = std::move(value);
    return true;
  }
  bool end_object() override { return Close(); }
  bool start_array(size_t) override { return Open(JsonKind::kArray); }
  bool end_array() override { return Close(); }
  bool parse_error(size_t position, const std::string& token,
                   const nlohmann::detail::exception&) override {
    problem_at_ = position == 0 ? 0 : position - 1;
    problem_ = absl::StrCat("this is no JSON: \"", Printable(token), "\" cannot stand here");
    return false;
  }

 private:
  bool OverLimit(std::string problem) {
    problem_ = std::move(problem);
    over_limit_ = true;
    return false;
  }
  bool Scalar(JsonKind kind, std::string text) {
    if (!Add(kind)) return false;
    nodes_.back().text = std::move(text);
    return true;
  }
  bool Add(JsonKind kind) {
    if (nodes_.size() == kMaxEventValues) {
      return OverLimit(absl::StrCat("the event has more than ", kMaxEventValues, " values"));
    }
    const uint32_t end = static_cast<uint32_t>(nodes_.size()) + 1;
    nodes_.push_back({.key = std::exchange(key_, {}), .kind = kind, .end = end});
    return true;
  }
  bool Open(JsonKind kind) {
    if (open_.size() == kMaxEventDepth) {
      return OverLimit(absl::StrCat("the event nests deeper than ", kMaxEventDepth, " levels"));
    }
    open_.push_back(static_cast<uint32_t>(nodes_.size()));
    return Add(kind);
  }
  bool Close() {
    nodes_[open_.back()].end = static_cast<uint32_t>(nodes_.size());
    open_.pop_back();
    return true;
  }

  std::vector<JsonNode> nodes_;
  std::vector<uint32_t> open_;
  std::string key_;
  std::string problem_;
  size_t problem_at_ = 0;
  bool over_limit_ = false;
};

}  // namespace

const JsonNode* JsonTree::Member(const JsonNode& parent, std::string_view key) const {
  if (parent.kind != JsonKind::kObject) return nullptr;
  for (uint32_t i = IndexOf(parent) + 1; i < parent.end; i = nodes_[i].end) {
    if (nodes_[i].key == key) return &nodes_[i];
  }
  return nullptr;
}

const JsonNode* JsonTree::AnyMember(const JsonNode& parent,
                                    std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    if (const JsonNode* member = Member(parent, key)) return member;
  }
  return nullptr;
}

absl::StatusOr<JsonTree> ParseJsonTree(std::string_view path, const JsonText& text) {
  TreeBuilder builder;
  const bool parsed = nlohmann::json::sax_parse(text.text.begin(), text.text.end(), &builder);
  // A limit holds for the event, whose end is not known: it stands at its beginning.
  if (builder.over_limit()) return JsonError(path, text, 0, builder.problem());
  // What is broken before the end is said first: it may be why there is none.
  if (!parsed && (text.complete || builder.problem_at() < text.text.size())) {
    return JsonError(path, text, builder.problem_at(), builder.problem());
  }
  if (text.too_long) {
    return JsonError(path, text, 0,
                     absl::StrCat("the event has more than ", kMaxEventBytes, " bytes"));
  }
  if (text.torn) {
    return JsonError(path, text, text.text.size(), "another event begins before this one ends");
  }
  if (!text.complete) {
    return JsonError(path, text, text.text.size(), "the input ends within an event");
  }
  JsonTree tree;
  tree.nodes_ = std::move(builder.nodes());
  return tree;
}

}  // namespace sluice
