// Writes channel files (docs/channel-format.md): one file from the instances of any number of
// contents of one dialect.
//
//   ChannelAssembler assembler({.dialect = Dialect::kSigma, .content_version = 7});
//   for (const File& file : files) {  // in the order that the file is to have
//     const ChannelSource source{.path = file.path, .sha256 = file.sha256};
//     for (const ChannelRefusal& refusal : assembler.Add(file.content, source)) {
//       // the instance is left out: say where, and why
//     }
//   }
//   const absl::StatusOr<std::string> bytes = std::move(assembler).Finish();
//
// The same calls give the same bytes. What differs only in how it is written gives the same bytes,
// too: types and the names of fields get their order here, a condition its one form. Instances keep
// the order in which they came, within their type. Linear in what is added, but for sorting the
// names; memory is about twice that of the file.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_WRITER_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_WRITER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/content.h"
#include "schema/contract.h"

namespace sluice {

struct ChannelOptions {
  Dialect dialect = Dialect::kChannel;
  Binding binding = Binding::kByName;
  uint32_t content_version = 1;     // 1 to 2^31 - 1
  std::vector<BuiltFor> built_for;  // in any order; its texts must outlive the assembler
};

// Where a content came from.
struct ChannelSource {
  // Relative to the folder that is compiled, with '/'. Empty: the origin of the content is not
  // recorded, unless it says so itself.
  std::string_view path;
  std::string_view sha256;  // 64 lower-case hexadecimal digits
  // Says what the types of content bound by index are where it does not declare them, as a blob
  // does not: `SelfContracts::Of(content).reference`. Such a file declares each type that it uses
  // with all the fields that this contract gives it.
  const Contract* reference = nullptr;
};

// Something that the format cannot hold, and that was left out.
struct ChannelRefusal {
  uint32_t instance = kNone;  // in Content::instances(); kNone: all of the content
  Place place;                // in the content
  std::string why;            // "the condition needs more than 64 results at a time"
};

class ChannelAssembler {
 public:
  explicit ChannelAssembler(ChannelOptions options);
  ~ChannelAssembler();
  ChannelAssembler(ChannelAssembler&&) noexcept;
  ChannelAssembler& operator=(ChannelAssembler&&) noexcept;

  // Adds the instances that `take` takes (all, when it is empty), and says which of them it could
  // not add. `content` is not needed afterwards. A declared type comes along with an instance of
  // it, and where the content has no instance of it at all.
  //
  // Refused are: another dialect or binding than that of the file, another format version than 0.1
  // where the content names one, a second Sysmon content (its settings and the order of its records
  // belong to all of a file), types that are not those of content added before, though they have
  // the same name and id; what is no rule or `incomplete`; an instance without criteria, but for
  // Sysmon; operators that nobody knows, or with operands or flags that the format does not give
  // them; regular expressions that RE2 does not know; fields that are not among those that their
  // type declares; conditions that are true or
  // false in themselves ("2 of" one); text that is not UTF-8; numbers past 31 bits, and what is
  // past a limit of the format.
  //
  // Origins: a content that has `sources()` keeps them and its origins. Otherwise they are
  // `source` and the places of the instances and criteria in the content: lines and columns of a
  // text, offsets in a binary.
  std::vector<ChannelRefusal> Add(const Content& content, const ChannelSource& source = {},
                                  const std::function<bool(const Instance&)>& take = {});

  // How many instances were added so far.
  size_t instance_count() const;

  // The file. InvalidArgument when the options cannot be written, or only some of the contents had
  // an origin; ResourceExhausted when the file would be too large.
  absl::StatusOr<std::string> Finish() &&;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// What `content` says of itself: dialect, binding, content version (1 when it has none) and the
// versions it was built for. Views into the content.
ChannelOptions ChannelOptionsOf(const Content& content);

// The channel file of one content, as it is; InvalidArgument with the first refusal when it cannot
// hold all of it. `reference` is as in `ChannelSource`.
absl::StatusOr<std::string> WriteChannel(const Content& content,
                                         const Contract* reference = nullptr);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_WRITER_H_
