#include "parser/channel/channel_writer.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "parser/channel/channel_draft.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_write_bytes.h"
#include "parser/channel/channel_write_condition.h"
#include "parser/channel/channel_write_criterion.h"
#include "parser/channel/channel_write_instance.h"
#include "parser/channel/channel_write_types.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Problem = std::optional<ChannelProblem>;

constexpr size_t kSha256Digits = 64;

bool IsSha256(std::string_view text) {
  return text.size() == kSha256Digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// By instance the first regular expression that the Sigma reader could not compile.
absl::flat_hash_map<uint32_t, Place> ForeignPatterns(const Content& content) {
  absl::flat_hash_map<uint32_t, Place> found;
  for (const Irregularity& one : content.irregularities()) {
    if (one.kind != IrregularityKind::kSigmaRegexNotCompiled) continue;
    found.try_emplace(one.instance, one.place);
  }
  return found;
}

}  // namespace

class ChannelAssembler::Impl {
 public:
  explicit Impl(ChannelOptions options) : options_(std::move(options)) {}

  std::vector<ChannelRefusal> Add(const Content& content, const ChannelSource& source,
                                  const std::function<bool(const Instance&)>& take);
  size_t instance_count() const { return draft_.instances.size(); }
  absl::StatusOr<std::string> Finish() { return EncodeChannel(options_, draft_); }

 private:
  Problem Check(const Content& content, const ChannelSource& source) const;
  Problem CheckSysmon(const Content& content) const;
  Problem CheckSources(const Content& content, const ChannelSource& source) const;
  Problem CheckSource(std::string_view path, std::string_view sha256) const;
  uint32_t AddSource(std::string_view path, std::string_view sha256);
  void AddSysmon(const Content& content);
  void AddInstances(const Content& content, ChannelInstanceWriter& writer,
                    const std::function<bool(const Instance&)>& take,
                    std::vector<ChannelRefusal>& refusals);

  const ChannelOptions options_;
  ChannelDraft draft_;
  ChannelTypeTable types_{options_.binding, draft_};
  ChannelConditionWriter condition_;
  absl::flat_hash_map<std::string, uint32_t> sources_;  // in the draft, by path
  bool has_sysmon_ = false;
};

Problem ChannelAssembler::Impl::CheckSysmon(const Content& content) const {
  if (content.dialect() != Dialect::kSysmon) return std::nullopt;
  const Metadata& metadata = content.metadata();
  if (has_sysmon_) {
    return ChannelProblem{{}, "the file holds another Sysmon content, and it can hold only one"};
  }
  const Place version = metadata.binary_version_place;
  if (metadata.binary_major > 0x7FFF || metadata.binary_minor > 0xFFFF) {
    return ChannelProblem{version, "the binary version is past 31 bits"};
  }
  if (metadata.has_schema_version && metadata.schema_rank > channel::kMaxNumber) {
    return ChannelProblem{metadata.schema_version_place, "the schema version is past 31 bits"};
  }
  Problem problem = CheckChannelText(metadata.schema_version, metadata.schema_version_place,
                                     "the schema version");
  if (problem) return problem;
  if (content.settings().size() > channel::kMaxSettings) {
    return ChannelProblem{content.settings().back().place,
                          absl::StrCat("more than ", channel::kMaxSettings, " options")};
  }
  for (const Setting& setting : content.settings()) {
    for (const std::string_view text : {setting.name, setting.value}) {
      problem = CheckChannelText(text, setting.place, "the option");
      if (problem) return problem;
    }
  }
  return std::nullopt;
}

Problem ChannelAssembler::Impl::CheckSource(std::string_view path, std::string_view sha256) const {
  if (Problem problem = CheckChannelText(path, {}, "the path")) return problem;
  if (!IsSha256(sha256)) {
    return ChannelProblem{{}, "the SHA-256 of the source is not 64 hexadecimal digits"};
  }
  const auto found = sources_.find(Abseil(path));
  if (found == sources_.end()) return std::nullopt;
  const std::string bytes = absl::HexStringToBytes(Abseil(sha256));
  if (draft_.sources[found->second].sha256 == bytes) return std::nullopt;
  return ChannelProblem{
      {},
      absl::StrCat("another file was added with the same path, ", Printable(path),
                   "; compile both from their sources, from a folder that has them all")};
}

Problem ChannelAssembler::Impl::CheckSources(const Content& content,
                                             const ChannelSource& source) const {
  for (const SourceFile& own : content.sources()) {
    if (Problem problem = CheckSource(own.path, own.sha256)) return problem;
  }
  if (!content.sources().empty() || source.path.empty()) return std::nullopt;
  return CheckSource(source.path, source.sha256);
}

Problem ChannelAssembler::Impl::Check(const Content& content, const ChannelSource& source) const {
  if (content.dialect() != options_.dialect) {
    return ChannelProblem{
        {},
        absl::StrCat("it is ", Abseil(Name(content.dialect())), " content, and the file is for ",
                     Abseil(Name(options_.dialect)), " content")};
  }
  if (content.binding() != options_.binding) {
    const bool by_index = content.binding() == Binding::kByIndex;
    return ChannelProblem{{},
                          absl::StrCat("its fields are bound by ", by_index ? "index" : "name",
                                       ", those of the file by ", by_index ? "name" : "index")};
  }
  const Metadata& metadata = content.metadata();
  if (metadata.format_version != 0 && metadata.format_version != channel::kMinor) {
    return ChannelProblem{metadata.format_version_place,
                          absl::StrCat("it is for format version ", metadata.format_version,
                                       ", and the file has version ", channel::kMinor)};
  }
  if (Problem problem = CheckSysmon(content)) return problem;
  return CheckSources(content, source);
}

uint32_t ChannelAssembler::Impl::AddSource(std::string_view path, std::string_view sha256) {
  const auto [at, added] =
      sources_.try_emplace(std::string(path), static_cast<uint32_t>(draft_.sources.size()));
  if (added) {
    draft_.sources.push_back({std::string(path), absl::HexStringToBytes(Abseil(sha256))});
  }
  return at->second;
}

void ChannelAssembler::Impl::AddSysmon(const Content& content) {
  if (content.dialect() != Dialect::kSysmon) return;
  has_sysmon_ = true;
  const Metadata& metadata = content.metadata();
  draft_.schema_version = metadata.schema_version;
  if (metadata.has_schema_version) draft_.schema_rank = metadata.schema_rank;
  draft_.binary_version = metadata.binary_major << 16 | metadata.binary_minor;
  for (const Setting& setting : content.settings()) {
    draft_.settings.emplace_back(setting.name, setting.value);
  }
}

void ChannelAssembler::Impl::AddInstances(const Content& content, ChannelInstanceWriter& writer,
                                          const std::function<bool(const Instance&)>& take,
                                          std::vector<ChannelRefusal>& refusals) {
  std::vector<bool> used(content.types().size());
  const absl::flat_hash_map<uint32_t, Place> patterns = ForeignPatterns(content);
  const std::span<const Instance> instances = content.instances();
  for (uint32_t i = 0; i < instances.size(); ++i) {
    used[instances[i].type] = true;
    if (take && !take(instances[i])) continue;
    if (const auto pattern = patterns.find(i); pattern != patterns.end()) {
      refusals.push_back({i, pattern->second, "the regular expression is not in RE2's syntax"});
    } else if (Problem problem = writer.Add(instances[i])) {
      refusals.push_back({i, problem->place, std::move(problem->why)});
    }
  }
  for (uint32_t i = 0; i < used.size(); ++i) {
    if (used[i] || !content.types()[i].declared) continue;
    if (Problem problem = writer.AddType(i)) {
      refusals.push_back({kNone, problem->place, std::move(problem->why)});
    }
  }
}

std::vector<ChannelRefusal> ChannelAssembler::Impl::Add(
    const Content& content, const ChannelSource& source,
    const std::function<bool(const Instance&)>& take) {
  std::vector<ChannelRefusal> refusals;
  if (Problem problem = Check(content, source)) {
    refusals.push_back({kNone, problem->place, std::move(problem->why)});
    return refusals;
  }
  AddSysmon(content);
  std::vector<uint32_t> sources;
  for (const SourceFile& own : content.sources()) {
    sources.push_back(AddSource(own.path, own.sha256));
  }
  const bool own_source = sources.empty() && !source.path.empty();
  const auto next = static_cast<uint32_t>(draft_.sources.size());
  const auto found = sources_.find(Abseil(source.path));
  const uint32_t position = found == sources_.end() ? next : found->second;
  const size_t before = draft_.instances.size() + draft_.types.size();
  ChannelInstanceWriter writer(content, source.reference, std::move(sources),
                               own_source ? position : kNone, types_, condition_, draft_);
  AddInstances(content, writer, take, refusals);
  // A file of which nothing was taken is no source.
  if (own_source && draft_.instances.size() + draft_.types.size() > before) {
    AddSource(source.path, source.sha256);
  }
  return refusals;
}

ChannelAssembler::ChannelAssembler(ChannelOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
ChannelAssembler::~ChannelAssembler() = default;
ChannelAssembler::ChannelAssembler(ChannelAssembler&&) noexcept = default;
ChannelAssembler& ChannelAssembler::operator=(ChannelAssembler&&) noexcept = default;

std::vector<ChannelRefusal> ChannelAssembler::Add(
    const Content& content, const ChannelSource& source,
    const std::function<bool(const Instance&)>& take) {
  return impl_->Add(content, source, take);
}

size_t ChannelAssembler::instance_count() const { return impl_->instance_count(); }

absl::StatusOr<std::string> ChannelAssembler::Finish() && { return impl_->Finish(); }

ChannelOptions ChannelOptionsOf(const Content& content) {
  return {.dialect = content.dialect(),
          .binding = content.binding(),
          .content_version = std::max(content.metadata().content_version, uint32_t{1}),
          .built_for = {content.built_for().begin(), content.built_for().end()}};
}

absl::StatusOr<std::string> WriteChannel(const Content& content, const Contract* reference) {
  ChannelAssembler assembler(ChannelOptionsOf(content));
  const std::vector<ChannelRefusal> refusals = assembler.Add(content, {.reference = reference});
  if (refusals.empty()) return std::move(assembler).Finish();
  const ChannelRefusal& first = refusals.front();
  const std::string where =
      first.instance == kNone ? "" : absl::StrCat("instance ", first.instance + 1, ": ");
  return absl::InvalidArgumentError(absl::StrCat(where, first.why));
}

}  // namespace sluice
