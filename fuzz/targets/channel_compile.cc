// Content of any kind, compiled to a channel file, is read again; printed as text form and compiled
// again it is the same bytes. What is left out is said with a place.

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fuzz/property.h"
#include "parser/channel/channel_writer.h"
#include "parser/text/content_text.h"

namespace sluice {
namespace {

void RequireRefusalsExplained(const Content& content, const std::vector<ChannelRefusal>& refused) {
  const size_t size = content.binary() ? content.bytes().size() : content.text().size();
  for (const ChannelRefusal& refusal : refused) {
    Require(!refusal.why.empty(), "what is left out has a reason");
    Require(refusal.instance == kNone || refusal.instance < content.instances().size(),
            "what is left out is an instance");
    Require(uint64_t{refusal.place.offset} + refusal.place.length <= size,
            "what is left out has a place");
  }
}

// Nothing when there is nothing to compile.
std::string Compile(const Content& content) {
  ChannelAssembler assembler(ChannelOptionsOf(content));
  ChannelSource source;
  source.reference = BuiltInReadOptions().self_contracts->Of(content).reference;
  RequireRefusalsExplained(content, assembler.Add(content, source));
  if (assembler.instance_count() == 0) return "";
  const absl::StatusOr<std::string> bytes = std::move(assembler).Finish();
  return bytes.ok() ? *bytes : "";
}

void RequireCompilesAgain(const std::string& bytes) {
  const ReadResult read =
      ReadAnyBytes("channel", reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (!read.ok()) std::fprintf(stderr, "%s\n", read.malformed().message.c_str());
  Require(read.ok(), "what the writer writes is read");
  const absl::StatusOr<std::string> same = WriteChannel(read.content());
  Require(same.ok() && *same == bytes, "what is read is written as the same bytes");
  const std::string text = PrintContentText(read.content());
  const ReadResult back =
      ReadContentText(std::make_shared<const std::string>(text), BuiltInReadOptions());
  Require(back.ok(), "what is printed reads back");
  const absl::StatusOr<std::string> again = WriteChannel(back.content());
  Require(again.ok(), again.status().ToString());
  Require(*again == bytes, "what is printed compiles to the same bytes");
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sluice::Bytes bytes = sluice::ToBytes(data, size);
  const sluice::Format* format = sluice::RecogniseFormat(*bytes);
  if (format == nullptr) return 0;
  const sluice::ReadResult read = format->read(bytes, sluice::BuiltInReadOptions());
  if (!read.ok()) {
    ++sluice::Inputs().refused;
    return 0;
  }
  const std::string channel = sluice::Compile(read.content());
  if (!channel.empty()) sluice::RequireCompilesAgain(channel);
  return 0;
}
