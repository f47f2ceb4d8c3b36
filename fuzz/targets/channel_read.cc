// Any bytes are a channel file, or an explained refusal; every byte of either is annotated once.
// What is accepted prints as text form and reads back with the same meaning, and both are written
// as the same bytes again.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "fuzz/channel_seal.h"
#include "fuzz/property.h"
#include "parser/channel/channel_view.h"
#include "parser/channel/channel_writer.h"
#include "parser/text/content_text.h"
#include "schema/field_decls.h"

namespace sluice {
namespace {

void RequireAnnotated(std::string_view bytes) {
  uint32_t at = 0;
  for (const Annotation& annotation :
       FindFormat("channel")->annotate(bytes, BuiltInReadOptions(), {})) {
    Require(annotation.place.offset == at && annotation.place.length != 0,
            "annotations follow one another");
    at = annotation.place.end();
  }
  Require(at == bytes.size(), "annotations cover the file");
}

// A writer leaves out the sections that it does not know.
bool HasUnknownSection(const std::string& bytes) {
  ChannelView view;
  const ChannelError error =
      OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view);
  Require(error.ok(), "what the adapter takes is a channel file");
  for (uint32_t i = 0; i < view.section_count(); ++i) {
    const auto is = [&](const channel::SectionFormat& known) {
      return known.id == view.section_at(i).id;
    };
    if (!std::any_of(std::begin(channel::kSections), std::end(channel::kSections), is)) return true;
  }
  return false;
}

void RequireWritten(const Content& content, const std::string& bytes) {
  const absl::StatusOr<std::string> written = WriteChannel(content);
  Require(written.ok(), written.status().ToString());
  Require(*written == bytes, "one content has one encoding");
}

void Check(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  RequireAnnotated(bytes);
  const ReadResult read = ReadAnyBytes("channel", data, size);
  if (!read.ok()) return;
  if (HasAmbiguousFieldDecl(read.content())) {  // the text form and the writer refuse it
    Require(!WriteChannel(read.content()).ok(), "what cannot be said is not written");
    return;
  }
  RequirePrintsAndReadsBack(read.content());
  if (HasUnknownSection(bytes)) return;
  RequireWritten(read.content(), bytes);
  const std::string text = PrintContentText(read.content());
  const ReadResult back =
      ReadContentText(std::make_shared<const std::string>(text), BuiltInReadOptions());
  RequireWritten(back.content(), bytes);
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sluice::Check(data, size);
  const std::string sealed = sluice::SealChannel(data, size);
  sluice::Check(reinterpret_cast<const uint8_t*>(sealed.data()), sealed.size());
  return 0;
}
