#include "parser/config/config_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {

ConfigText::ConfigText(std::string_view text, std::string_view path)
    : text_(WithoutByteOrderMark(text)), path_(path) {}

absl::Status ConfigText::Parse(google::protobuf::Message* message) {
  const std::string wanted = message->GetDescriptor()->full_name();
  const std::string_view stated = ProtoMessageName(text_);
  if (!stated.empty() && stated != wanted) {
    return ErrorAt(0, absl::StrCat("the first line says that this is a ", Printable(stated), "; a ",
                                   wanted, " is wanted here"));
  }
  const auto error = ParseProtoText(text_, kMaxConfigBytes, message, &tree_);
  return error ? ErrorAt(error->place.offset, error->message) : absl::OkStatus();
}

const ProtoTextTree* ConfigText::Nested(const google::protobuf::Message& message,
                                        const ProtoTextTree* tree, int number, int index) {
  return tree->GetTreeForNested(message.GetDescriptor()->FindFieldByNumber(number), index);
}

absl::Status ConfigText::Error(const google::protobuf::Message& message, const ProtoTextTree* tree,
                               int number, int index, std::string_view what) const {
  const auto* field = message.GetDescriptor()->FindFieldByNumber(number);
  const ProtoTextPlaces places(text_);
  const Place place =
      field->is_repeated() ? places.All(tree, field, index + 1)[index] : places.Of(tree, field);
  return ErrorAt(place.offset, what);
}

absl::Status ConfigText::ErrorAt(uint32_t offset, std::string_view what) const {
  const LineColumn at = LineTable(text_).Locate(offset);
  return absl::InvalidArgumentError(
      absl::StrCat(Abseil(path_), ":", at.line, ":", at.column, ": ", Abseil(what)));
}

std::optional<Platform> PlatformByName(std::string_view name) {
  if (name.empty()) return Platform::kAny;
  for (const Platform platform :
       {Platform::kAny, Platform::kWindows, Platform::kLinux, Platform::kMacos}) {
    if (Name(platform) == name) return platform;
  }
  return std::nullopt;
}

bool IsSensorWord(std::string_view text) {
  constexpr size_t kLongest = 100;
  if (text.empty() || text.size() > kLongest || !absl::ascii_isalnum(text.front())) return false;
  return std::ranges::all_of(text, [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
  });
}

}  // namespace sluice
