// Texts and files as Sysmon reads them, for the naive compiler (Sysmon rule blob, section 5.1).

#ifndef SLUICE_TESTS_PARSER_SYSMON_NAIVE_TEXT_H_
#define SLUICE_TESTS_PARSER_SYSMON_NAIVE_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace naive {

// Whether two texts are equal but for the case of A-Z.
bool Same(std::string_view a, std::string_view b);

// Without the blanks around.
std::string Trim(std::string_view text);
std::vector<std::string> Split(std::string_view text, char at);

// What is left of a text that becomes UTF-16: up to a NUL or to the first invalid sequence.
std::string Cut(std::string_view text);
std::vector<uint16_t> Units(std::string_view text);

// The text of a file from the first '<', as UTF-8.
std::string Decode(std::string_view file);

// The word of a `schemaversion`; nullopt for what is rejected.
std::optional<uint32_t> SchemaWord(const char* text);

}  // namespace naive

#endif  // SLUICE_TESTS_PARSER_SYSMON_NAIVE_TEXT_H_
