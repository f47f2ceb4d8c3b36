#include "parser/sigma/sigma_print_compiled.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/sigma/sigma_rewrite_condition.h"
#include "parser/sigma/sigma_transforms.h"
#include "parser/yaml/yaml_write.h"
#include "schema/log_source_name.h"

namespace sluice {
namespace {

constexpr std::string_view kNoLogSource = "its type is no log source";

// A part of a log source's name, without its escapes.
std::string Unescaped(std::string_view part) {
  std::string text;
  for (size_t i = 0; i < part.size(); ++i) {
    const std::string_view escape = part.substr(i, 3);
    if (escape == "%2f" || escape == "%25") {
      text += escape == "%2f" ? '/' : '%';
      i += 2;
    } else {
      text += part[i];
    }
  }
  return text;
}

// A name does not say whether its second part is a category or a service. Sigma's categories are
// words with '_' between them on the systems that it has any for, and these.
bool IsCategory(std::string_view product, std::string_view part) {
  constexpr std::string_view kCategories[] = {"antivirus", "database", "dns",
                                              "firewall",  "proxy",    "webserver"};
  constexpr std::string_view kSystems[] = {"*", "windows", "linux", "macos"};
  if (std::ranges::find(kCategories, part) != std::end(kCategories)) return true;
  const bool system = std::ranges::find(kSystems, product) != std::end(kSystems);
  return system ? part.find('_') != std::string_view::npos : part == "application";
}

struct LogSourceText {
  std::string product;
  std::string category;
  std::string service;
};

// nullopt when no log source has this name.
std::optional<LogSourceText> LogSourceOf(std::string_view name) {
  std::vector<std::string_view> parts;
  for (std::string_view rest = name;;) {
    const size_t end = rest.find('/');
    parts.push_back(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
    if (parts.size() == 3) return std::nullopt;
  }
  LogSourceText source;
  if (parts[0] != "*") source.product = Unescaped(parts[0]);
  if (parts.size() == 2) {
    (IsCategory(parts[0], parts[1]) ? source.category : source.service) = Unescaped(parts[1]);
  } else if (parts.size() == 3) {
    source.category = Unescaped(parts[1]);
    source.service = Unescaped(parts[2]);
  }
  const std::string again = LogSourceName({source.product, source.category, source.service});
  if (again != name) return std::nullopt;
  return source;
}

class CompiledPrinter {
 public:
  explicit CompiledPrinter(const Content& content) : content_(content) {}

  SigmaPrint Print() && {
    for (uint32_t i = 0; i < content_.instances().size(); ++i) {
      PrintInstance(i);
      if (writer_.problem().empty()) continue;
      Refuse(i, content_.instances()[i].place, writer_.problem());
      break;
    }
    if (out_.ok()) out_.text = std::move(writer_).Take();
    return std::move(out_);
  }

 private:
  void Refuse(uint32_t instance, Place place, std::string_view why) {
    out_.refused.push_back({instance, place, std::string(why)});
  }

  void PrintInstance(uint32_t index) {
    const Instance& instance = content_.instances()[index];
    const TemplateType& type = content_.type(instance);
    const std::optional<LogSourceText> source = LogSourceOf(type.name);
    if (!source || type.declared) return Refuse(index, instance.place, kNoLogSource);
    const SigmaRewrittenDetection detection = RewriteDetection(content_, instance, budget_);
    if (!detection.why.empty()) return Refuse(index, detection.place, detection.why);
    writer_.BeginDocument();
    writer_.BeginMap();
    Text("title", instance.name);
    Text("id", instance.id);
    writer_.Key("logsource");
    writer_.BeginMap();
    Text("product", source->product);
    Text("category", source->category);
    Text("service", source->service);
    writer_.End();
    PrintDetection(detection);
    writer_.End();
  }

  void PrintDetection(const SigmaRewrittenDetection& detection) {
    writer_.Key("detection");
    writer_.BeginMap();
    for (const SigmaRewrittenSelection& selection : detection.selections) {
      writer_.Key(selection.name);
      writer_.BeginMap();
      for (const SigmaRewritten& item : selection.items) PrintItem(item);
      writer_.End();
    }
    Text("condition", detection.condition);
    writer_.End();
  }

  void PrintItem(const SigmaRewritten& item) {
    writer_.Key(item.key);
    const bool list = item.values.size() > 1;
    if (list) writer_.BeginList();
    for (const SigmaRewrittenValue& value : item.values) writer_.Scalar(value.text, value.type);
    if (list) writer_.End();
  }

  void Text(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    writer_.Key(key);
    writer_.Scalar(text, YamlType::kText);
  }

  const Content& content_;
  SigmaBudget budget_;
  YamlWriter writer_;
  SigmaPrint out_;
};

}  // namespace

SigmaPrint PrintCompiledSigma(const Content& content) { return CompiledPrinter(content).Print(); }

}  // namespace sluice
