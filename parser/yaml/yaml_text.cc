#include "parser/yaml/yaml_text.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/encoding/utf16_text.h"
#include "parser/yaml/yaml_problem.h"
#include "schema/limits.h"

namespace sluice {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";

void DecodeInto(std::string_view bytes, Utf16Order order, YamlText* out) {
  out->encoding =
      order == Utf16Order::kLittleEndian ? YamlEncoding::kUtf16Le : YamlEncoding::kUtf16Be;
  auto text = std::make_shared<std::string>();
  out->malformed = DecodeUtf16(bytes.substr(kUtf16LeMark.size()), order, text.get());
  out->text = std::move(text);
}

}  // namespace

YamlText DecodeYamlText(Bytes bytes) {
  YamlText out;
  const std::string_view view = *bytes;
  const bool little = view.starts_with(kUtf16LeMark);
  const bool big = view.starts_with(kUtf16BeMark);
  out.byte_order_mark = little || big || view.starts_with(kUtf8Mark);
  // UTF-16 takes at most twice the bytes of UTF-8, and each a mark.
  if (view.size() > (little || big ? 2 : 1) * kMaxYamlBytes + kUtf8Mark.size()) {
    out.malformed = YamlOverLimit({}, "YAML",
                                  absl::StrCat("it has ", view.size(), " bytes, at most ",
                                               kMaxYamlBytes, " of text are read"));
    out.text = std::make_shared<const std::string>();
  } else if (little || big) {
    DecodeInto(view, little ? Utf16Order::kLittleEndian : Utf16Order::kBigEndian, &out);
  } else if (out.byte_order_mark) {
    out.text = std::make_shared<const std::string>(view.substr(kUtf8Mark.size()));
  } else {
    out.text = std::move(bytes);
  }
  return out;
}

}  // namespace sluice
