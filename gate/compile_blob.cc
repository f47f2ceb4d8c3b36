#include "gate/compile_blob.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/compile_note.h"
#include "parser/sysmon/blob_writer.h"
#include "schema/text.h"

namespace sluice {
namespace {

absl::Status Error(const CompileSource& source, std::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(Printable(source.path, 4096), ": ", Abseil(why)));
}

// What is bound by index is written as it is: for another binary version it would be a lie.
absl::Status CheckBinaryVersion(const CompileSource& source, const Content& content,
                                const Contract& target) {
  const Metadata& stated = content.metadata();
  if (stated.binary_major == target.binary_major && stated.binary_minor == target.binary_minor) {
    return absl::OkStatus();
  }
  return Error(source, absl::StrCat("is bound by index for binary version ", stated.binary_major,
                                    ".", stated.binary_minor, ", and ", target.Name(), " loads ",
                                    target.binary_major, ".", target.binary_minor,
                                    "; compile the configuration that it came from"));
}

absl::StatusOr<BlobWriteResult> Write(const CompileSource& source, const Content& content,
                                      const CompileOptions& options) {
  const Contract& target = *options.blob_target;
  if (content.dialect() != Dialect::kSysmon) {
    return Error(source, "is no Sysmon content, and a blob holds nothing else");
  }
  if (content.binding() == Binding::kByIndex) {
    absl::Status status = CheckBinaryVersion(source, content, target);
    if (!status.ok()) return status;
    return WriteIndexedSysmonBlob(content);
  }
  const BlobMode mode = options.compatible ? BlobMode::kCompatible : BlobMode::kStrict;
  return WriteSysmonBlob(content, {.contract = &target}, mode);
}

std::vector<CompileNote> NotesOf(const std::vector<Refused>& all, CompileNotes& notes) {
  std::vector<CompileNote> made;
  made.reserve(all.size());
  for (const Refused& one : all) {
    made.push_back(notes.Make(one.place, one.instance, one.why, one.rule));
  }
  return made;
}

}  // namespace

absl::Status CompileBlob(const CompileSource& source, const CompileOptions& options,
                         const ReadOptions& read, Compiled& out) {
  const absl::StatusOr<Content> content = ReadSource(source, read);
  if (!content.ok()) return content.status();
  absl::StatusOr<BlobWriteResult> written = Write(source, *content, options);
  if (!written.ok()) return written.status();
  CompileNotes notes(out.results.inputs[source.input].path, *content);
  out.refused = NotesOf(written->refused, notes);
  out.tolerated = NotesOf(written->tolerated, notes);
  out.notes_left_out = written->refused_count - written->refused.size() + written->tolerated_count -
                       written->tolerated.size();
  if (!written->ok()) return absl::OkStatus();
  if (written->bytes.empty()) {
    return Error(source, "has no event record, and Sysmon has no blob without one");
  }
  out.bytes = std::move(written->bytes);
  out.files = 1;
  out.instances = content->instances().size();
  out.criteria = content->criteria().size();
  return absl::OkStatus();
}

}  // namespace sluice
