// Writes YAML in block style, with an indentation of four under a key and of two under a dash, and
// with quotes wherever a reader of YAML 1.1 or 1.2 could take a text for anything else.
//
//   YamlWriter writer;
//   writer.BeginDocument();
//   writer.BeginMap();
//   writer.Key("title");
//   writer.Scalar("A rule", YamlType::kText);
//   writer.End();
//   std::string yaml = std::move(writer).Take();
//
// Source: YAML 1.1, chapters 5 and 9; and what libyaml 0.2 takes of them.

#ifndef SLUICE_PARSER_YAML_YAML_WRITE_H_
#define SLUICE_PARSER_YAML_YAML_WRITE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/yaml/yaml_scalar.h"

namespace sluice {

class YamlWriter {
 public:
  // A document has one node; each but the first document begins with '---'.
  void BeginDocument();

  // What is a node: a mapping, in which every node follows its key, or a list, up to the `End` of
  // it; or a scalar, of a text that reads back as `type`: with a tag where no plain text of this
  // type is `text`. kMerge, kDefault and kOther are written as text.
  void BeginMap() { Begin(true); }
  void BeginList() { Begin(false); }
  void End();
  void Key(std::string_view key);
  void Scalar(std::string_view text, YamlType type);

  // What this reader would refuse in what was written, "" for nothing: nesting past
  // `kMaxYamlDepth`, more than `kMaxYamlBytes`, bytes that are not UTF-8. With a problem nothing
  // more is written.
  std::string_view problem() const { return problem_; }

  std::string Take() && { return std::move(out_); }

 private:
  enum class At : uint8_t { kRoot, kAfterKey, kAfterDash };
  struct Frame {
    bool map;
    bool empty;
    At at;  // where it stands
    uint32_t indent;
  };

  void Begin(bool map);
  At BeginNode();
  void BeginEntry();
  uint32_t IndentAt(At at) const;
  void WriteLiteral(std::string_view text, uint32_t indent);

  std::string out_;
  std::vector<Frame> frames_;
  bool first_ = true;  // no document was begun
  std::string_view problem_;
};

// `text` in single quotes, or in double quotes with escapes where it has control characters, line
// breaks or more than 256 blanks in a row. Empty for what is not UTF-8.
std::string QuoteYaml(std::string_view text);

// Whether `text` can stand without quotes as a scalar or key of block style, and is of `type` then,
// for YAML 1.1 and, if it is text, for YAML 1.2, too.
bool IsPlainYaml(std::string_view text, YamlType type);

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_WRITE_H_
