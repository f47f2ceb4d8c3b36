// What every reader takes and gives.
//
// A reader turns bytes into a `Content`, or says in a `Malformed` which structure broke which
// bound. It takes any bytes at all, in linear time, with memory bounded by docs/limits.md, and
// never more than one of the two comes back.

#ifndef SLUICE_PARSER_READER_H_
#define SLUICE_PARSER_READER_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/content.h"
#include "schema/place.h"
#include "schema/self_contract.h"

namespace sluice {

// Why bytes did not parse: reported as SL001. Or that they were not read, since that would cost
// more than `schema/limits.h` allows: then nothing is known about them, and the file is not
// checked.
struct Malformed {
  Place place;            // in the file of a binary, otherwise in `text`
  std::string structure;  // what was being read: "condition 3 of event record 1"
  std::string message;    // one sentence with the bound: "needs 537 bytes, 12 remain"
  bool over_limit = false;
};

struct ReadOptions {
  // Names the types of blobs, and knows the names of events; must outlive the content.
  const SelfContracts* self_contracts = nullptr;
  // Sigma: the values that stand for a placeholder, nullptr for a name without any. Empty: no name
  // has any.
  std::function<const std::vector<std::string>*(std::string_view name)> placeholders;
};

class ReadResult {
 public:
  ReadResult(Content content) : content_(std::move(content)) {}  // NOLINT: converts on purpose
  // `text` is the decoded text in which the place counts; nullptr for a binary.
  ReadResult(Malformed malformed, std::shared_ptr<const std::string> text)
      : malformed_(std::move(malformed)), text_(std::move(text)) {}

  bool ok() const { return content_.has_value(); }
  const Content& content() const { return *content_; }
  Content&& TakeContent() && { return *std::move(content_); }
  const Malformed& malformed() const { return malformed_; }
  // The decoded text of a malformed text file, "" for a binary.
  std::string_view text() const { return text_ ? std::string_view(*text_) : std::string_view(); }

 private:
  std::optional<Content> content_;
  Malformed malformed_;
  std::shared_ptr<const std::string> text_;
};

using Bytes = std::shared_ptr<const std::string>;

}  // namespace sluice

#endif  // SLUICE_PARSER_READER_H_
