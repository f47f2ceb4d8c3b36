#include "parser/config/taxonomy_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_text.h"
#include "schema/limits.h"
#include "schema/log_source_name.h"
#include "schema/proto/taxonomy.pb.h"
#include "schema/text.h"

namespace sluice {
namespace {

std::string NameOf(const v1::Taxonomy::LogSource& source) {
  return LogSourceName({source.product(), source.category(), source.service()});
}

class TaxonomyChecker {
 public:
  TaxonomyChecker(const v1::Taxonomy& taxonomy, const ConfigText& text)
      : taxonomy_(taxonomy), text_(text) {}

  absl::Status Check() {
    if (!IsSensorWord(taxonomy_.sensor())) {
      return At(
          v1::Taxonomy::kSensorFieldNumber, 0,
          absl::StrCat("`sensor` names the sensor, as \"sysmon\"; ", Abseil(kSensorWordRule)));
    }
    if (taxonomy_.log_source_size() == 0) {
      return At(v1::Taxonomy::kLogSourceFieldNumber, 0,
                "no log source; add one: log_source { product: \"windows\" category: "
                "\"process_creation\" event: 1 }");
    }
    for (int i = 0; i < taxonomy_.log_source_size(); ++i) {
      if (absl::Status status = CheckLogSource(i); !status.ok()) return status;
    }
    for (int i = 0; i < taxonomy_.header_size(); ++i) {
      if (absl::Status status = CheckHeader(i); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status At(int number, int index, std::string_view what) const {
    return text_.Error(taxonomy_, text_.root(), number, index, what);
  }

  absl::Status CheckLogSource(int index) {
    constexpr int kNumber = v1::Taxonomy::kLogSourceFieldNumber;
    const v1::Taxonomy::LogSource& source = taxonomy_.log_source(index);
    if (index == kMaxTaxonomyLogSources) {
      return At(kNumber, index, absl::StrCat("more than ", kMaxTaxonomyLogSources, " log sources"));
    }
    const std::string name = NameOf(source);
    if (source.product().empty() && source.category().empty() && source.service().empty()) {
      return At(kNumber, index, "a log source needs a product, a category or a service");
    }
    if (source.event().empty() || source.event_size() > kMaxLogSourceEvents) {
      return At(kNumber, index,
                absl::StrCat(Printable(name), " has ", source.event_size(), " events; give 1 to ",
                             kMaxLogSourceEvents, " ids of the sensor's template types"));
    }
    if (!PlatformByName(source.platform())) {
      return At(kNumber, index,
                absl::StrCat("there is no platform \"", Printable(source.platform()),
                             "\"; use \"windows\", \"linux\" or \"macos\", or leave it out"));
    }
    if (!names_.insert(name).second) {
      return At(kNumber, index,
                absl::StrCat("a second log source ", Printable(name),
                             "; list its events in one, or remove one of them"));
    }
    products_.insert(source.product());
    return absl::OkStatus();
  }

  absl::Status CheckHeader(int index) {
    constexpr int kNumber = v1::Taxonomy::kHeaderFieldNumber;
    const v1::Taxonomy::Header& header = taxonomy_.header(index);
    if (!products_.contains(header.product())) {
      return At(kNumber, index,
                absl::StrCat("no log source has the product \"", Printable(header.product()),
                             "\", so its header would be of no use"));
    }
    if (!headers_.insert(header.product()).second) {
      return At(kNumber, index,
                absl::StrCat("a second header for \"", Printable(header.product()),
                             "\"; list all fields in one"));
    }
    if (header.field_size() > kMaxContractFields) {
      return At(kNumber, index,
                absl::StrCat("the header has more than ", kMaxContractFields, " fields"));
    }
    return absl::OkStatus();
  }

  const v1::Taxonomy& taxonomy_;
  const ConfigText& text_;
  std::set<std::string> names_;
  std::set<std::string> products_;
  std::set<std::string> headers_;
};

}  // namespace

// Turns a checked message into a taxonomy that owns its parts.
class TaxonomyAssembler {
 public:
  static std::shared_ptr<const OwnedTaxonomy> Assemble(const v1::Taxonomy& message) {
    const std::shared_ptr<OwnedTaxonomy> owned(new OwnedTaxonomy);
    owned->sensor_ = message.sensor();
    for (const v1::Taxonomy::LogSource& source : message.log_source()) {
      const Platform stated = *PlatformByName(source.platform());
      const Platform product = PlatformByName(source.product()).value_or(Platform::kAny);
      std::vector<uint32_t>& events = owned->events_.emplace_back();
      events.assign(source.event().begin(), source.event().end());
      owned->log_sources_.push_back({.name = owned->strings_.emplace_back(NameOf(source)),
                                     .platform = stated == Platform::kAny ? product : stated,
                                     .events = events,
                                     .header = Header(message, source.product(), *owned)});
    }
    return owned;
  }

 private:
  static std::span<const std::string_view> Header(const v1::Taxonomy& message,
                                                  const std::string& product,
                                                  OwnedTaxonomy& owned) {
    for (const v1::Taxonomy::Header& header : message.header()) {
      if (header.product() != product) continue;
      std::vector<std::string_view>& fields = owned.headers_.emplace_back();
      for (const std::string& field : header.field()) {
        fields.push_back(owned.strings_.emplace_back(field));
      }
      return fields;
    }
    return {};
  }
};

std::shared_ptr<const OwnedTaxonomy> OwnedTaxonomy::Merge(
    std::shared_ptr<const OwnedTaxonomy> first, std::span<const LogSource> second) {
  const std::shared_ptr<OwnedTaxonomy> merged(new OwnedTaxonomy);
  merged->sensor_ = first->sensor_;
  merged->log_sources_ = first->log_sources_;
  for (const LogSource& source : second) {
    if (std::ranges::find(first->log_sources_, source.name, &LogSource::name) ==
        first->log_sources_.end()) {
      merged->log_sources_.push_back(source);
    }
  }
  merged->base_ = std::move(first);
  return merged;
}

absl::StatusOr<std::shared_ptr<const OwnedTaxonomy>> ReadTaxonomy(std::string_view text,
                                                                  std::string_view path) {
  ConfigText config(text, path);
  v1::Taxonomy message;
  if (absl::Status status = config.Parse(&message); !status.ok()) return status;
  if (absl::Status status = TaxonomyChecker(message, config).Check(); !status.ok()) return status;
  return TaxonomyAssembler::Assemble(message);
}

}  // namespace sluice
