// One configuration file in protobuf text form, with the places its errors need. For the readers of
// this folder only.

#ifndef SLUICE_PARSER_CONFIG_CONFIG_TEXT_H_
#define SLUICE_PARSER_CONFIG_CONFIG_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "parser/text/proto_text.h"
#include "schema/contract.h"

namespace sluice {

class ConfigText {
 public:
  // `path` names the text in errors. Both must outlive the object. A byte order mark is skipped.
  ConfigText(std::string_view text, std::string_view path);

  // Parses the text into the empty `message`. Every limit of `ParseProtoText` holds, and that of
  // `kMaxConfigBytes`. A first line that names another message than this one is an error.
  absl::Status Parse(google::protobuf::Message* message);

  // The tree of the parsed text, and of value `index` of its repeated message field `number`.
  const ProtoTextTree* root() const { return &tree_; }
  static const ProtoTextTree* Nested(const google::protobuf::Message& message,
                                     const ProtoTextTree* tree, int number, int index);

  // kInvalidArgument "path:line:column: what" at value `index` of field `number` of `message`,
  // whose own tree is `tree`. A field that the text does not have is at the text's beginning.
  absl::Status Error(const google::protobuf::Message& message, const ProtoTextTree* tree,
                     int number, int index, std::string_view what) const;

 private:
  absl::Status ErrorAt(uint32_t offset, std::string_view what) const;

  std::string_view text_;
  std::string_view path_;
  ProtoTextTree tree_;
};

// "windows", "linux", "macos"; "" and "any" are kAny; nullopt for anything else.
std::optional<Platform> PlatformByName(std::string_view name);

// Whether `text` can stand on either side of the '@' of "sysmon@4.22", and in a file's name:
// letters, digits, '.', '_', '-' and '+', and not a '.' or '-' first.
bool IsSensorWord(std::string_view text);

// What `IsSensorWord` asks for, to say in an error.
inline constexpr std::string_view kSensorWordRule =
    "use letters, digits, '.', '_', '-' and '+', a letter or digit first";

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_CONFIG_TEXT_H_
