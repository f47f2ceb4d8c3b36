// Why YAML was refused, in words that say what to do.

#ifndef SLUICE_PARSER_YAML_YAML_PROBLEM_H_
#define SLUICE_PARSER_YAML_YAML_PROBLEM_H_

#include <yaml.h>

#include <string>
#include <string_view>

#include "parser/reader.h"
#include "parser/yaml/yaml_marks.h"
#include "schema/place.h"

namespace sluice {

Malformed YamlBroken(Place place, std::string_view structure, std::string message);
Malformed YamlOverLimit(Place place, std::string_view structure, std::string message);

// What stopped `parser`, which `yaml_parser_parse` has just returned 0 for. The place is the
// character that libyaml stopped at; where that is the end of the text, the beginning of what is
// not closed there.
Malformed DescribeYamlProblem(const yaml_parser_t& parser, std::string_view text, YamlMarks* marks);

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_PROBLEM_H_
