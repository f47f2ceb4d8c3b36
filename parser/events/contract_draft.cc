#include "parser/events/contract_draft.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "parser/events/windows_log_sources.h"
#include "schema/limits.h"
#include "schema/log_source_name.h"
#include "schema/text.h"

namespace sluice {
namespace {

// "windows/" of "windows/process_creation".
bool IsOfProduct(std::string_view name, std::string_view product) {
  return name.starts_with(product) && name.substr(product.size()).starts_with('/');
}

absl::Status CheckName(std::string_view name) {
  if (name.size() <= kMaxEventNameBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "the name \"", Printable(name), "\" has more than ", kMaxEventNameBytes, " bytes"));
}

// Counts `name` among at most `limit` different ones.
void Count(std::string_view name, size_t limit, ContractDraft::Counts& counts) {
  const auto known = counts.find(name);
  if (known != counts.end()) {
    ++known->second;
  } else if (counts.size() < limit) {
    counts.emplace(name, 1);
  }
}

std::string Events(uint64_t count) {
  return absl::StrCat(count, count == 1 ? " event" : " events");
}

// A line of a comment holds one name, whatever is in it.
std::string Label(std::string_view channel) {
  return channel.empty() ? "no channel" : absl::StrCat("channel ", Printable(channel, 256));
}

}  // namespace

std::vector<std::string> ContractDraft::LogSourcesOf(const WindowsEvent& event) const {
  std::vector<std::string> names;
  const std::string_view service = ServiceOfChannel(event.channel);
  if (service.empty()) return names;
  const std::string& product = identity_.product;
  names.push_back(LogSourceName({.product = product, .category = {}, .service = service}));
  if (!event.id) return names;
  if (IsSysmonChannel(event.channel)) {
    const std::string folded = LogSourceName({.product = product, .category = {}, .service = {}});
    for (const LogSource& source : sysmon_) {
      if (IsOfProduct(source.name, folded) &&
          std::ranges::find(source.events, *event.id) != source.events.end()) {
        names.emplace_back(source.name);
      }
    }
  } else if (const auto category = CategoryOfEvent(service, *event.id); !category.empty()) {
    names.push_back(LogSourceName({.product = product, .category = category, .service = {}}));
  }
  return names;
}

absl::Status ContractDraft::AddTo(Type& type, const WindowsEvent& event) {
  ++type.events;
  for (const WindowsField& field : event.fields) {
    const auto [found, added] = type.positions.try_emplace(field.name, type.fields.size());
    if (added) {
      if (type.fields.size() + Header().size() >= kMaxContractFields) {
        return absl::InvalidArgumentError(
            absl::StrCat("more than ", kMaxContractFields, " different fields of one log source"));
      }
      type.fields.push_back({.name = field.name, .types = {}});
    }
    type.fields[found->second].types.Add(field.kind, field.text);
  }
  return absl::OkStatus();
}

absl::Status ContractDraft::Add(const WindowsEvent& event) {
  if (absl::Status status = CheckName(event.channel); !status.ok()) return status;
  for (const WindowsField& field : event.fields) {
    if (absl::Status status = CheckName(field.name); !status.ok()) return status;
  }
  ++events_;
  const std::vector<std::string> names = LogSourcesOf(event);
  if (names.empty()) {
    ++unknown_events_;
    Count(event.channel, kMaxUnknownChannels, unknown_);
    return absl::OkStatus();
  }
  for (const std::string_view key : event.left_out) {
    if (CheckName(key).ok()) Count(key, kMaxContractFields, left_out_);
  }
  for (const std::string& name : names) {
    if (absl::Status status = AddTo(types_[name], event); !status.ok()) return status;
  }
  return absl::OkStatus();
}

std::span<const std::string_view> ContractDraft::Header() const {
  const std::string product =
      LogSourceName({.product = identity_.product, .category = {}, .service = {}});
  for (const LogSource& source : sysmon_) {
    if (IsOfProduct(source.name, product)) return source.header;
  }
  return {};
}

v1::Contract ContractDraft::Contract() const {
  v1::Contract contract;
  contract.set_sensor(identity_.sensor);
  contract.set_version(identity_.version);
  contract.set_rank(identity_.rank);
  contract.set_dialect("sigma");
  for (const Platform platform : {Platform::kWindows, Platform::kLinux, Platform::kMacos}) {
    if (Name(platform) == identity_.product) contract.set_platform(identity_.product);
  }
  uint32_t id = 0;
  for (const auto& [name, type] : types_) {
    v1::Contract::TemplateType& out = *contract.add_template_type();
    out.set_name(name);
    out.set_id(++id);
    for (const Field& field : type.fields) {
      v1::Contract::Field& written = *out.add_field();
      written.set_name(field.name);
      written.set_type(std::string(Name(field.types.type())));
    }
    for (const std::string_view name_of_header : Header()) {
      if (type.positions.contains(std::string(name_of_header))) continue;
      v1::Contract::Field& written = *out.add_field();
      written.set_name(std::string(name_of_header));
      written.set_type("string");
    }
  }
  contract.set_source(absl::StrCat("drafted from ", Events(events_ - unknown_events_)));
  return contract;
}

std::string ContractDraft::Comment() const {
  std::string out =
      absl::StrCat(identity_.sensor, "@", identity_.version,
                   ", drafted by `sluice contract infer` from ", Events(events_ - unknown_events_),
                   ".\nA field that no event had is not in it: see that each list is complete.\n"
                   "The fields of the header, at the end of each list, are in every event.\n\n");
  for (const auto& [name, type] : types_) {
    absl::StrAppend(&out, name, ": ", Events(type.events), "\n");
  }
  if (!left_out_.empty()) {
    absl::StrAppend(&out, "\nLeft out, as what the shipper of the events adds:");
    for (const auto& [key, count] : left_out_) absl::StrAppend(&out, "\n  ", Printable(key, 256));
    out += "\n";
  }
  if (!unknown_.empty()) absl::StrAppend(&out, "\nLeft out, of no known log source:\n");
  for (const auto& [channel, count] : unknown_) {
    absl::StrAppend(&out, "  ", Label(channel), ": ", Events(count), "\n");
  }
  if (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

}  // namespace sluice
