// Makes the rule catalogue out of the rule files, so that it cannot drift from them.
//
//   embed_rules OUTPUT.cc RULE.cc...
//
// From each file it takes the comment at the top (what `sluice explain` prints) and the name of the
// one `const Rule` that it defines.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct RuleFile {
  std::string symbol;
  std::string documentation;
};

// The leading `//` lines without their slashes.
std::string LeadingComment(std::istream& in) {
  std::string text;
  for (std::string line; std::getline(in, line) && line.starts_with("//");) {
    line.erase(0, line.starts_with("// ") ? 3 : 2);
    text += line + "\n";
  }
  return text;
}

bool Load(const std::string& path, RuleFile& out) {
  std::ifstream in(path);
  if (!in) {
    std::cerr << path << ": cannot be read\n";
    return false;
  }
  out.documentation = LeadingComment(in);
  std::stringstream rest;
  rest << in.rdbuf();
  const std::string code = rest.str();
  std::smatch match;
  if (!std::regex_search(code, match, std::regex("\\nconst Rule (k\\w+)( = |\\{)"))) {
    std::cerr << path << ": defines no `const Rule`\n";
    return false;
  }
  out.symbol = match[1];
  // The comment names the rule it documents.
  if (!out.documentation.starts_with(out.symbol.substr(1) + " ")) {
    std::cerr << path << ": the comment at the top must begin with \"" << out.symbol.substr(1)
              << " \" and the rule's name\n";
    return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: embed_rules OUTPUT.cc RULE.cc...\n";
    return 2;
  }
  std::vector<RuleFile> rules(argc - 2);
  for (int i = 2; i < argc; ++i) {
    if (!Load(argv[i], rules[i - 2])) return 1;
  }
  std::ranges::sort(rules, {}, &RuleFile::symbol);

  std::ofstream out(argv[1]);
  out << "// Made by tools/gen/embed_rules.cc from schema/rules/*.cc.\n"
         "#include <array>\n\n#include \"schema/rule.h\"\n\nnamespace sluice {\n\n";
  for (const RuleFile& rule : rules) out << "extern const Rule " << rule.symbol << ";\n";
  out << "\nnamespace {\n\nconstexpr std::array<const Rule*, " << rules.size() << "> kRules = {\n";
  for (const RuleFile& rule : rules) out << "    &" << rule.symbol << ",\n";
  out << "};\n\nconstexpr std::array<std::string_view, " << rules.size()
      << "> kDocumentation = {\n";
  for (const RuleFile& rule : rules) {
    out << "    R\"doc(" << rule.documentation << ")doc\",\n";
  }
  out << "};\n\n}  // namespace\n\nstd::span<const Rule* const> Rules() { return kRules; }\n\n"
         "std::string_view RuleDocumentation(const Rule& rule) {\n"
         "  for (size_t i = 0; i < kRules.size(); ++i) {\n"
         "    if (kRules[i] == &rule) return kDocumentation[i];\n"
         "  }\n  return {};\n}\n\n}  // namespace sluice\n";
  return out.good() ? 0 : 1;
}
