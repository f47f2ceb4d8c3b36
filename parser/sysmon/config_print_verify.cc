#include "parser/sysmon/config_print_verify.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "parser/annotation.h"
#include "parser/sysmon/blob_reader.h"
#include "parser/sysmon/blob_writer.h"
#include "parser/sysmon/config_reader.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr std::string_view kNotAgain = "what no configuration says: printed, it reads back as ";

// Where the first byte is that differs, and what it is.
void RefuseBytes(std::string_view blob, std::string_view compiled, const ReadOptions& options,
                 Refusals& out) {
  const auto [at, other] = std::ranges::mismatch(blob, compiled);
  if (at == blob.end() && other == compiled.end()) return;
  const auto offset = static_cast<uint32_t>(at - blob.begin());
  const std::vector<Annotation> annotations = AnnotateSysmonBlob(blob, options);
  const auto behind = std::ranges::upper_bound(
      annotations, offset, {}, [](const Annotation& found) { return found.place.offset; });
  if (at == blob.end() || behind == annotations.begin()) {
    return out.Add(
        kNone, {offset, 0},
        absl::StrCat("a compiler writes ", compiled.size(), " bytes, and these are ", blob.size()));
  }
  const Annotation& field = *(behind - 1);
  out.Add(kNone, field.place,
          absl::StrCat(field.structure, ": ", field.field,
                       " is not what a compiler writes of the records that are there"));
}

// Two criteria of records that begin with these groups.
bool SameCondition(const Content& a, const Criterion& one, uint32_t groups, const Content& b,
                   const Criterion& other, uint32_t other_groups) {
  const FieldRef& field = a.field(one);
  const FieldRef& other_field = b.field(other);
  const uint32_t group = one.group == kNone ? kNone : one.group - groups;
  const uint32_t other_group = other.group == kNone ? kNone : other.group - other_groups;
  return field.index == other_field.index && field.name == other_field.name && one.op == other.op &&
         (one.op != Operator::kUnknown || one.operator_text == other.operator_text) &&
         one.flags == other.flags && one.name == other.name && group == other_group &&
         a.operand_text(one) == b.operand_text(other);
}

bool SameGroup(const Instance& in_a, const Group& one, const Instance& in_b, const Group& other) {
  // A text need not give ids.
  return (one.id == 0 || one.id == other.id) && one.combine == other.combine &&
         one.name == other.name &&
         one.criteria.begin - in_a.criteria.begin == other.criteria.begin - in_b.criteria.begin;
}

// The first thing in two records, both bound alike, that differs.
std::optional<Place> DifferenceOf(const Content& a, const Instance& one, const Content& b,
                                  const Instance& other) {
  // What ids are called is not said by all that have them.
  const TemplateType& type = a.type(one);
  const TemplateType& other_type = b.type(other);
  const bool same_type =
      type.id == other_type.id && (type.id != kNone || type.name == other_type.name);
  if (!same_type || one.name != other.name || one.record_default != other.record_default ||
      one.combine != other.combine || one.criteria.size() != other.criteria.size() ||
      one.groups.size() != other.groups.size()) {
    return one.place;
  }
  for (uint32_t i = 0; i < one.groups.size(); ++i) {
    const Group& group = a.groups(one)[i];
    if (!SameGroup(one, group, other, b.groups(other)[i])) return group.place;
  }
  for (uint32_t i = 0; i < one.criteria.size(); ++i) {
    const Criterion& criterion = a.criteria(one)[i];
    if (!SameCondition(a, criterion, one.groups.begin, b, b.criteria(other)[i],
                       other.groups.begin)) {
      return criterion.place;
    }
  }
  return std::nullopt;
}

void RefuseRecords(const Content& content, const Content& back, Refusals& out) {
  const size_t records = content.instances().size();
  if (records != back.instances().size()) {
    return out.Add(kNone, {},
                   absl::StrCat(Abseil(kNotAgain), back.instances().size(),
                                " event records, and these are ", records));
  }
  for (uint32_t i = 0; i < records; ++i) {
    const std::optional<Place> place =
        DifferenceOf(content, content.instances()[i], back, back.instances()[i]);
    if (place) out.Add(i, *place, absl::StrCat(Abseil(kNotAgain), "something else"));
  }
}

void RefuseSettings(const Content& content, const Content& back, Refusals& out) {
  const std::span<const Setting> settings = content.settings();
  const auto [one, other] = std::ranges::mismatch(
      settings, back.settings(),
      [](const Setting& a, const Setting& b) { return a.name == b.name && a.value == b.value; });
  if (one == settings.end() && other == back.settings().end()) return;
  out.Add(kNone, one == settings.end() ? Place{} : one->place,
          absl::StrCat(Abseil(kNotAgain), "something else"));
}

// What was printed does not compile. Records that are dropped have no place of their own: they
// stand for ids that groups do not have.
void RefuseUncompiled(const Content& content, const BlobWriteResult& compiled,
                      std::span<const RecordTrace> traces, Refusals& out) {
  if (compiled.ok()) return;
  const auto dropped =
      std::ranges::find_if(traces, [](const RecordTrace& trace) { return !trace.dropped.empty(); });
  if (dropped != traces.end()) {
    const auto instance = static_cast<uint32_t>(dropped - traces.begin());
    return out.Add(instance, content.groups(content.instances()[instance])[0].place,
                   "the ids before this group's are not known to be of anything");
  }
  for (const Refused& refused : compiled.refused) {
    const bool in_record = refused.instance < content.instances().size();
    const Place place = in_record ? content.instances()[refused.instance].place : Place{};
    out.Add(in_record ? refused.instance : kNone, place,
            absl::StrCat("printed, it does not compile: ", refused.why));
  }
}

}  // namespace

void VerifyNamed(const Content& content, std::string text, const ReadOptions& options,
                 Refusals& out) {
  const ReadResult back =
      ReadSysmonConfig(std::make_shared<const std::string>(std::move(text)), options);
  if (!back.ok()) {
    out.Add(kNone, {}, absl::StrCat("printed, it does not read back: ", back.malformed().message));
    return;
  }
  RefuseRecords(content, back.content(), out);
  RefuseSettings(content, back.content(), out);
}

void VerifyIndexed(const Content& content, std::string text, const Contract& target,
                   std::span<const RecordTrace> traces, const ReadOptions& options, Refusals& out) {
  const ReadResult config =
      ReadSysmonConfig(std::make_shared<const std::string>(std::move(text)), options);
  if (!config.ok()) {
    return out.Add(kNone, {},
                   absl::StrCat("printed, it does not read back: ", config.malformed().message));
  }
  const absl::StatusOr<BlobWriteResult> compiled =
      WriteSysmonBlob(config.content(), {.contract = &target}, BlobMode::kCompatible);
  if (!compiled.ok()) return out.Add(kNone, {}, std::string(compiled.status().message()));
  RefuseUncompiled(content, *compiled, traces, out);
  if (!compiled->ok()) return;
  if (content.binary()) return RefuseBytes(content.bytes(), compiled->bytes, options, out);
  const ReadResult back =
      ReadSysmonBlob(std::make_shared<const std::string>(compiled->bytes), options);
  if (!back.ok()) return out.Add(kNone, {}, back.malformed().message);
  RefuseRecords(content, back.content(), out);
}

}  // namespace sluice
