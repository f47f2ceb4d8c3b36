#include "parser/config/placeholder_reader.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_file.h"
#include "parser/config/config_text.h"
#include "schema/limits.h"
#include "schema/proto/placeholders.pb.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Placeholder = v1::Placeholders::Placeholder;

bool IsPlaceholderName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
  });
}

absl::Status CheckOne(const v1::Placeholders& message, const ConfigText& config, int index) {
  const Placeholder& one = message.placeholder(index);
  const ProtoTextTree* tree =
      ConfigText::Nested(message, config.root(), v1::Placeholders::kPlaceholderFieldNumber, index);
  const auto error = [&](int number, int at, std::string_view what) {
    return config.Error(one, tree, number, at, what);
  };
  if (!IsPlaceholderName(one.name())) {
    return error(Placeholder::kNameFieldNumber, 0,
                 absl::StrCat("\"", Printable(one.name()),
                              "\" is no name of a placeholder; write what stands between the two "
                              "'%': letters, digits, '_', '-' and '.'"));
  }
  if (one.value().empty()) {
    return config.Error(message, config.root(), v1::Placeholders::kPlaceholderFieldNumber, index,
                        absl::StrCat(Printable(one.name()), " has no value; give it at least one"));
  }
  if (one.value_size() > static_cast<int>(kMaxSigmaExpansions)) {
    return error(
        Placeholder::kValueFieldNumber, static_cast<int>(kMaxSigmaExpansions),
        absl::StrCat(Printable(one.name()), " has more than ", kMaxSigmaExpansions, " values"));
  }
  for (int i = 0; i < one.value_size(); ++i) {
    if (!one.value(i).empty()) continue;
    return error(Placeholder::kValueFieldNumber, i, "an empty text; fill it in or remove it");
  }
  return absl::OkStatus();
}

}  // namespace

const std::vector<std::string>* Placeholders::Find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second.values;
}

absl::Status Placeholders::Add(std::string_view text, std::string_view path) {
  ConfigText config(text, path);
  v1::Placeholders message;
  if (absl::Status status = config.Parse(&message); !status.ok()) return status;
  constexpr int kNumber = v1::Placeholders::kPlaceholderFieldNumber;
  const auto error = [&](int index, std::string_view what) {
    return config.Error(message, config.root(), kNumber, index, what);
  };
  if (message.placeholder().empty()) {
    return error(0,
                 "no placeholder; add one: placeholder { name: \"Administrators\" value: "
                 "\"adm-*\" }");
  }
  std::map<std::string, Entry, std::less<>> read;
  for (int i = 0; i < message.placeholder_size(); ++i) {
    if (absl::Status status = CheckOne(message, config, i); !status.ok()) return status;
    const Placeholder& one = message.placeholder(i);
    if (const auto known = values_.find(one.name()); known != values_.end()) {
      return error(i, absl::StrCat(one.name(), " is already in ", known->second.path,
                                   "; keep one of the two"));
    }
    Entry entry{{one.value().begin(), one.value().end()}, std::string(path)};
    if (!read.try_emplace(one.name(), std::move(entry)).second) {
      return error(i,
                   absl::StrCat("a second placeholder ", one.name(), "; list its values in one"));
    }
  }
  values_.merge(read);
  return absl::OkStatus();
}

absl::Status Placeholders::Load(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    const absl::StatusOr<std::string> text = ReadConfigFile(path);
    if (!text.ok()) return text.status();
    if (absl::Status status = Add(*text, path); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace sluice
