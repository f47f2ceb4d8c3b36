// What a folder holds that nobody named.

#ifndef SLUICE_GATE_FOUND_FILE_H_
#define SLUICE_GATE_FOUND_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "gate/file.h"
#include "schema/results.h"

namespace sluice {

// Whether a file that was found in a folder is one that Sluice keeps there: settings, by their
// name, or what says in its first line that it is settings, a fleet, a contract, a taxonomy or
// placeholders. It is no content. A name that ends in ".xml" is not passed over, whatever the file
// says.
bool IsOwnFile(std::string_view path, std::string_view bytes);

// Takes out of `inputs` what was found below settings other than `in_use` ("": none are), since
// they would judge it differently. Each such settings file goes to `not_checked`, requested. What
// has the name of settings counts as settings, whatever it is; the same file by another name does
// not.
void TakeOutOtherSettings(const std::string& in_use, std::vector<InputPath>& inputs,
                          std::vector<NotChecked>& not_checked);

}  // namespace sluice

#endif  // SLUICE_GATE_FOUND_FILE_H_
