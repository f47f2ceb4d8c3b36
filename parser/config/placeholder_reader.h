// Reads what Sigma's placeholders stand for: `sluice.v1.Placeholders` in protobuf text form
// (docs/sigma.md).

#ifndef SLUICE_PARSER_CONFIG_PLACEHOLDER_READER_H_
#define SLUICE_PARSER_CONFIG_PLACEHOLDER_READER_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace sluice {

class Placeholders {
 public:
  // The values of a name, as ReadOptions wants them: nullptr for one without any. Names are
  // compared with their case.
  const std::vector<std::string>* Find(std::string_view name) const;

  // The same for ReadOptions, which it must outlive.
  std::function<const std::vector<std::string>*(std::string_view name)> AsFunction() const {
    return [this](std::string_view name) { return Find(name); };
  }

  bool empty() const { return values_.empty(); }

  // Adds those of one file, which `path` names. Errors are kInvalidArgument and read
  // "path:line:column: what is wrong and what to do": text that is not of the message, no
  // placeholder; a name that no rule can ask for; one that stands twice, in this or an earlier
  // file; one without a value, with an empty one or with more than `kMaxSigmaExpansions`. After an
  // error nothing is added.
  absl::Status Add(std::string_view text, std::string_view path);

  // The same for each of these files, in order, with the errors of `ReadConfigFile`.
  absl::Status Load(const std::vector<std::string>& paths);

 private:
  struct Entry {
    std::vector<std::string> values;
    std::string path;  // of the file that it is from
  };
  std::map<std::string, Entry, std::less<>> values_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_PLACEHOLDER_READER_H_
