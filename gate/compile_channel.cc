#include "gate/compile_channel.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/compile_note.h"
#include "gate/compile_select.h"
#include "parser/channel/channel_writer.h"
#include "schema/text.h"

namespace sluice {
namespace {

std::string PathText(const std::string& path) { return Printable(path, 4096); }

// The sensor versions of the fleet that take content of this dialect.
std::vector<BuiltFor> BuiltForFleet(const Fleet& fleet, Dialect dialect) {
  std::vector<BuiltFor> built_for;
  for (const Sensor& sensor : fleet.sensors()) {
    if (sensor.contract == nullptr || !sensor.contract->Takes(dialect)) continue;
    const BuiltFor next{sensor.contract->sensor, sensor.contract->version, sensor.contract->rank};
    // A version can be there once for each platform.
    if (std::ranges::find(built_for, next) == built_for.end()) built_for.push_back(next);
  }
  return built_for;
}

// The errors that `skip_incompatible` lets pass, by input.
std::unordered_map<uint32_t, std::vector<const Finding*>> ErrorsByInput(const Results& results) {
  std::unordered_map<uint32_t, std::vector<const Finding*>> errors;
  for (const Finding& finding : results.findings) {
    if (finding.severity == Severity::kError) errors[finding.input].push_back(&finding);
  }
  return errors;
}

class ChannelCompilation {
 public:
  ChannelCompilation(const CompileOptions& options, const SelfContracts& self_contracts,
                     Compiled& out)
      : options_(options),
        self_contracts_(self_contracts),
        errors_(ErrorsByInput(out.results)),
        out_(out) {
    read_.self_contracts = &self_contracts;
    if (options.lint.placeholders != nullptr) {
      read_.placeholders = options.lint.placeholders->AsFunction();
    }
  }

  // The sources are added in their order. One that is `alone` may say what it was built for.
  absl::Status Add(const CompileSource& source, bool alone);
  absl::Status Finish() &&;

 private:
  void Start(const CompileSource& source, const Content& content, bool alone);
  absl::Status CheckFits(const CompileSource& source, const Content& content) const;
  absl::Status AddInstances(const CompileSource& source, const Content& content);
  void Count(const Content& content, const std::vector<bool>& take);

  const CompileOptions& options_;
  const SelfContracts& self_contracts_;
  const std::unordered_map<uint32_t, std::vector<const Finding*>> errors_;
  ReadOptions read_;
  Compiled& out_;
  std::optional<ChannelAssembler> assembler_;
  Dialect dialect_ = Dialect::kChannel;
  Binding binding_ = Binding::kByName;
  std::string first_path_;
  std::optional<Content> kept_;  // one that is alone: the assembler views what it was built for
};

absl::Status ChannelCompilation::Add(const CompileSource& source, bool alone) {
  absl::StatusOr<Content> content = ReadSource(source, read_);
  if (!content.ok()) return content.status();
  if (!assembler_) {
    Start(source, *content, alone);
  } else if (absl::Status status = CheckFits(source, *content); !status.ok()) {
    return status;
  }
  absl::Status status = AddInstances(source, *content);
  if (alone) kept_ = *std::move(content);
  return status;
}

void ChannelCompilation::Start(const CompileSource& source, const Content& content, bool alone) {
  dialect_ = content.dialect();
  binding_ = content.binding();
  first_path_ = source.path;
  ChannelOptions options{.dialect = dialect_, .binding = binding_, .built_for = {}};
  if (alone) options = ChannelOptionsOf(content);
  if (options_.content_version != 0) options.content_version = options_.content_version;
  if (options_.lint.fleet_requested) {
    options.built_for = BuiltForFleet(options_.lint.fleet, dialect_);
  }
  assembler_.emplace(std::move(options));
}

// A channel file has one dialect and one binding, and Sysmon's records mind each other's order.
absl::Status ChannelCompilation::CheckFits(const CompileSource& source,
                                           const Content& content) const {
  const auto error = [&](std::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat(PathText(source.path), " ", Abseil(why), " ",
                                                   PathText(first_path_), "; compile them apart"));
  };
  if (content.dialect() != dialect_) {
    return error(Standard(absl::StrCat("is ", Abseil(Name(content.dialect())),
                                       " content, which does not go into one file with the ",
                                       Abseil(Name(dialect_)), " content of")));
  }
  if (content.binding() != binding_) {
    return error("binds its fields in another way than");
  }
  if (dialect_ == Dialect::kSysmon) {
    return error(
        "cannot share a file with other Sysmon content, since records mind their order: with");
  }
  return absl::OkStatus();
}

absl::Status ChannelCompilation::AddInstances(const CompileSource& source, const Content& content) {
  const SelfContract& self_contract = self_contracts_.Of(content);
  CompileNotes notes(out_.results.inputs[source.input].path, content);
  const auto errors = errors_.find(source.input);
  absl::StatusOr<CompileSelection> selection = SelectInstances(
      content, self_contract,
      errors == errors_.end() ? std::span<const Finding* const>() : std::span(errors->second),
      options_, notes);
  if (!selection.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(PathText(source.path), ": ", selection.status().message()));
  }
  const Instance* first = content.instances().data();
  const std::vector<ChannelRefusal> refused = assembler_->Add(
      content,
      {.path = source.relative, .sha256 = source.sha256, .reference = self_contract.reference},
      [&](const Instance& instance) {
        return selection->take[static_cast<size_t>(&instance - first)];
      });
  for (const ChannelRefusal& one : refused) {
    out_.refused.push_back(notes.Make(one.place, one.instance, one.why));
  }
  std::ranges::move(selection->left_out, std::back_inserter(out_.left_out));
  Count(content, selection->take);
  return absl::OkStatus();
}

void ChannelCompilation::Count(const Content& content, const std::vector<bool>& take) {
  uint64_t taken = 0;
  for (size_t i = 0; i < take.size(); ++i) {
    if (!take[i]) continue;
    ++taken;
    out_.criteria += content.instances()[i].criteria.size();
  }
  out_.instances += taken;
  out_.files += taken > 0 ? 1 : 0;
}

absl::Status ChannelCompilation::Finish() && {
  if (!out_.refused.empty() || out_.instances == 0) return absl::OkStatus();
  absl::StatusOr<std::string> bytes = std::move(*assembler_).Finish();
  if (!bytes.ok()) return bytes.status();
  out_.bytes = *std::move(bytes);
  return absl::OkStatus();
}

}  // namespace

absl::Status CompileChannel(const std::vector<CompileSource>& sources,
                            const CompileOptions& options, const SelfContracts& self_contracts,
                            Compiled& out) {
  ChannelCompilation compilation(options, self_contracts, out);
  for (const CompileSource& source : sources) {
    absl::Status status = compilation.Add(source, sources.size() == 1);
    if (!status.ok()) return status;
  }
  return std::move(compilation).Finish();
}

}  // namespace sluice
