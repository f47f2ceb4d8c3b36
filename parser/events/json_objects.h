// The JSON objects of a text, one after the other: NDJSON, and objects over several lines.

#ifndef SLUICE_PARSER_EVENTS_JSON_OBJECTS_H_
#define SLUICE_PARSER_EVENTS_JSON_OBJECTS_H_

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "schema/place.h"

namespace sluice {

// One object's text, from its first brace to the one that closes it. What is in between is not
// looked at.
struct JsonText {
  std::string_view text;  // until the next call of Next()
  LineColumn at;          // of its first brace
  bool complete = true;   // false: what there is ends within it, for one of these reasons
  bool too_long = false;  // it has `kMaxEventBytes`, and goes on
  bool torn = false;      // a line begins another object where none can stand
};

// Reads as it goes, in pieces of 64 KiB; at most `kMaxEventBytes` are held. A byte order mark at
// the beginning is skipped.
//
//   JsonObjects objects(in, path);
//   while (true) {
//     absl::StatusOr<std::optional<JsonText>> next = objects.Next();
//     if (!next.ok() || !next->has_value()) break;
//     ...
class JsonObjects {
 public:
  // `in` must outlive it; `path` names it in errors.
  JsonObjects(std::istream& in, std::string path) : in_(in), path_(std::move(path)) {}

  // nullopt at the end. Errors: kInvalidArgument "path:line:column: ..." for anything but an
  // object, kUnavailable "path: ..." where reading fails.
  absl::StatusOr<std::optional<JsonText>> Next();

  // After kInvalidArgument, or an object that is too long: moves to where another one may begin.
  // Behind what is no object that is the next line; within an object that is too long, the next
  // line that begins with a brace.
  void Recover();

  // Where it has got to.
  LineColumn at() const { return at_; }

 private:
  enum class Stopped : uint8_t { kNot, kAtNoObject, kWithinObject };

  int Peek();
  void Skip();
  absl::Status ReadError() const;

  std::istream& in_;
  std::string path_;
  std::string piece_;
  size_t used_ = 0;
  bool begun_ = false;
  Stopped stopped_ = Stopped::kNot;
  LineColumn at_{1, 1};
  std::string object_;
};

// "path:line:column: what", of the byte at `offset` of `text`.
absl::Status JsonError(std::string_view path, const JsonText& text, size_t offset,
                       std::string_view what);

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_JSON_OBJECTS_H_
