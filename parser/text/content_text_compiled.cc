#include <tuple>

#include "absl/strings/str_cat.h"
#include "parser/text/content_text_reader.h"

namespace sluice {
namespace {

using google::protobuf::FieldDescriptor;

// Channel files hold no larger number.
constexpr uint32_t kMaxOriginNumber = 0x7FFFFFFF;

bool IsSha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

bool ContentTextReader::ReadBuiltFor() {
  using B = v1::BuiltFor;
  const FieldDescriptor* field = FieldOf<v1::Content>(v1::Content::kBuiltForFieldNumber);
  const std::vector<Place> at =
      places_->All(&loaded_.tree(), field, loaded_.content().built_for_size());
  for (int i = 0; i < loaded_.content().built_for_size(); ++i) {
    const B& sensor = loaded_.content().built_for(i);
    const ProtoTextTree* tree = loaded_.tree().GetTreeForNested(field, i);
    BuiltFor out{.rank = sensor.rank()};
    if (!Take(sensor.sensor(), At<B>(tree, B::kSensorFieldNumber), &out.sensor) ||
        !Take(sensor.version(), At<B>(tree, B::kVersionFieldNumber), &out.version)) {
      return false;
    }
    const auto key = [](const BuiltFor& b) { return std::tie(b.sensor, b.rank, b.version); };
    if (last_built_for_ && key(out) <= key(*last_built_for_)) {
      return Fail(at[i], "built_for stands in ascending order of sensor and rank, none twice");
    }
    last_built_for_ = out;
    builder_->AddBuiltFor(out);
  }
  return true;
}

bool ContentTextReader::ReadSources() {
  using S = v1::Source;
  const FieldDescriptor* field = FieldOf<v1::Content>(v1::Content::kSourceFieldNumber);
  const std::vector<Place> at =
      places_->All(&loaded_.tree(), field, loaded_.content().source_size());
  for (int i = 0; i < loaded_.content().source_size(); ++i) {
    const S& source = loaded_.content().source(i);
    const ProtoTextTree* tree = loaded_.tree().GetTreeForNested(field, i);
    SourceFile out;
    const Place digits = At<S>(tree, S::kSha256FieldNumber);
    if (!IsSha256(source.sha256())) {
      return Fail(digits.length > 0 ? digits : at[i],
                  "sha256 is 64 hexadecimal digits in lower case");
    }
    if (!Take(source.path(), At<S>(tree, S::kPathFieldNumber), &out.path) ||
        !Take(source.sha256(), digits, &out.sha256)) {
      return false;
    }
    if (sources_ > 0 && out.path <= last_path_) {
      return Fail(at[i], "sources stand in ascending order of their paths, none twice");
    }
    last_path_ = out.path;
    sources_ = builder_->AddSource(out) + 1;
  }
  return true;
}

bool ContentTextReader::CheckOrigin(const v1::Origin& origin, Place place, Origin* out) {
  if (origin.source() >= sources_) {
    return Fail(place,
                absl::StrCat("source ", origin.source(), ", but the content has ", sources_));
  }
  if (origin.line() > kMaxOriginNumber || origin.column() > kMaxOriginNumber) {
    return Fail(place, absl::StrCat("line and column are at most ", kMaxOriginNumber));
  }
  if (origin.line() > 0 && origin.column() == 0) return Fail(place, "columns count from 1");
  *out = {.source = origin.source(), .line = origin.line(), .column = origin.column()};
  return true;
}

}  // namespace sluice
