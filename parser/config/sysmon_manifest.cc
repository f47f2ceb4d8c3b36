#include "parser/config/sysmon_manifest.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_text.h"
#include "parser/config/contract_supplement.h"
#include "parser/xml/text_encoding.h"
#include "parser/xml/xml_document.h"
#include "schema/limits.h"
#include "schema/operators.h"
#include "schema/text.h"
#include "schema/utf.h"
#include "schema/value_type.h"

namespace sluice {
namespace {

constexpr size_t kMaxWarnings = 50;

// All of `text` as a number, in base 16 behind "0x".
std::optional<uint32_t> ParseNumber(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  }
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "9.20" as 9 and 20, "18" as 18 and 0.
struct TwoNumbers {
  uint32_t major = 0;
  uint32_t minor = 0;
  size_t minor_digits = 0;
};

std::optional<TwoNumbers> ParseVersion(std::string_view text) {
  const bool plain = !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return absl::ascii_isdigit(c) || c == '.';
  });
  if (!plain) return std::nullopt;
  const size_t dot = text.find('.');
  const auto major = ParseNumber(text.substr(0, dot));
  if (!major || *major > 0xFFFF) return std::nullopt;
  if (dot == std::string_view::npos) return TwoNumbers{*major, 0, 0};
  const std::string_view digits = text.substr(dot + 1);
  const auto minor = ParseNumber(digits);
  if (!minor || *minor > 0xFFFF) return std::nullopt;
  return TwoNumbers{*major, *minor, digits.size()};
}

// A schema version as a decimal number times 100; 0 when it is none.
uint32_t Rank(std::string_view version) {
  const auto parsed = ParseVersion(version);
  if (!parsed || parsed->minor_digits > 2) return 0;
  return parsed->major * 100 + parsed->minor * (parsed->minor_digits == 1 ? 10 : 1);
}

// The value type that a manifest's inType means.
std::optional<ValueType> ValueTypeOf(std::string_view in_type) {
  constexpr std::pair<std::string_view, ValueType> kTypes[] = {
      {"win:UnicodeString", ValueType::kString}, {"win:AnsiString", ValueType::kString},
      {"win:Boolean", ValueType::kBoolean},      {"win:UInt16", ValueType::kUint16},
      {"win:UInt32", ValueType::kUint32},        {"win:UInt64", ValueType::kUint64},
      {"win:Int64", ValueType::kInt64},          {"win:HexInt32", ValueType::kHex32},
      {"win:HexInt64", ValueType::kHex64},       {"win:GUID", ValueType::kGuid},
      {"win:FILETIME", ValueType::kTime},        {"win:SYSTEMTIME", ValueType::kTime}};
  for (const auto& [name, type] : kTypes) {
    if (name == in_type) return type;
  }
  return std::nullopt;
}

// Fills one contract, or a run of them, from the elements of a parsed dump.
class ManifestReader {
 public:
  ManifestReader(const XmlDocument& document, std::string_view path, std::string_view sensor)
      : document_(document), path_(path), sensor_(sensor), lines_(document.text()) {}

  absl::StatusOr<ManifestImport> Read() && {
    const std::vector<pugi::xml_node> manifests = Manifests();
    if (!status_.ok()) return status_;
    std::unordered_set<std::string> versions;
    for (const pugi::xml_node manifest : manifests) {
      v1::Contract contract;
      Manifest(manifest, contract);
      if (status_.ok() && !versions.insert(contract.version()).second) {
        Fail(manifest, absl::StrCat("a second manifest of schema ", contract.version()));
      }
      if (!status_.ok()) return status_;
      out_.contracts.push_back({std::move(contract), ""});
    }
    if (warnings_left_out_ > 0) {
      out_.warnings.push_back(
          absl::StrCat(Abseil(path_), ": and ", warnings_left_out_, " more of these"));
    }
    return std::move(out_);
  }

 private:
  // "path:line:column: what", at the name of an element.
  std::string At(pugi::xml_node element, std::string_view what) const {
    const LineColumn at = lines_.Locate(document_.NamePlace(element).offset);
    return absl::StrCat(Abseil(path_), ":", at.line, ":", at.column, ": ", Abseil(what));
  }
  // Keeps the first error.
  void Fail(pugi::xml_node element, std::string_view what) {
    if (status_.ok()) status_ = absl::InvalidArgumentError(At(element, what));
  }
  void Warn(pugi::xml_node element, std::string_view what) {
    if (out_.warnings.size() == kMaxWarnings) {
      ++warnings_left_out_;
    } else {
      out_.warnings.push_back(At(element, absl::StrCat("warning: ", Abseil(what))));
    }
  }

  static std::string Quoted(std::string_view text) {
    return absl::StrCat("\"", Printable(text), "\"");
  }
  static std::string_view Attribute(pugi::xml_node element, const char* name) {
    return element.attribute(name).value();
  }

  // What goes into a contract. A number such as `&#xD800;` can make it something other than UTF-8.
  std::string Text(pugi::xml_node element, std::string_view value) {
    if (ValidUtf8Prefix(value) == value.size()) return std::string(value);
    Fail(element, "a character reference in it stands for no character");
    return {};
  }

  // The <manifest> elements: the root, or what <manifests> holds.
  std::vector<pugi::xml_node> Manifests() {
    std::vector<pugi::xml_node> found;
    for (const pugi::xml_node root : document_.root().children()) {
      if (root.type() != pugi::node_element) continue;
      const std::string_view name = root.name();
      if (name == "manifest") {
        found.push_back(root);
      } else if (name == "manifests") {
        Children(root, "manifest", [&](pugi::xml_node manifest) { found.push_back(manifest); });
      } else {
        Fail(root, absl::StrCat("the root element is <", Printable(name),
                                ">, not <manifest> or "
                                "<manifests>; give what `sysmon -s` prints"));
      }
    }
    if (found.empty() && status_.ok()) {
      status_ = absl::InvalidArgumentError(
          absl::StrCat(Abseil(path_), ":1:1: no <manifest> in it; give what `sysmon -s` prints"));
    }
    return found;
  }

  // Calls `use` for the child elements called `name`, and warns of all others.
  void Children(pugi::xml_node parent, std::string_view name, auto use) {
    for (const pugi::xml_node child : parent.children()) {
      if (child.type() != pugi::node_element) continue;
      if (child.name() == name) {
        use(child);
      } else {
        Warn(child, absl::StrCat("<", Printable(child.name()), "> is not known here; ignored"));
      }
    }
  }

  // The one child element called `name`.
  pugi::xml_node Only(pugi::xml_node parent, const char* name) {
    const pugi::xml_node child = parent.child(name);
    if (!child) {
      Fail(parent, absl::StrCat("<", parent.name(), "> has no <", name, ">"));
    } else if (const pugi::xml_node second = child.next_sibling(name)) {
      Fail(second, absl::StrCat("a second <", name, ">"));
    }
    return child;
  }

  void Manifest(pugi::xml_node manifest, v1::Contract& contract) {
    const std::string_view schema = Attribute(manifest, "schemaversion");
    const std::string_view binary = Attribute(manifest, "binaryversion");
    const uint32_t rank = Rank(schema);
    if (rank == 0) {
      return Fail(manifest,
                  absl::StrCat("schemaversion is ", Quoted(schema), ", not a version as \"4.22\""));
    }
    const auto binary_version = ParseVersion(binary);
    if (!binary_version) {
      return Fail(manifest,
                  absl::StrCat("binaryversion is ", Quoted(binary), ", not a version as \"9.20\""));
    }
    contract.set_sensor(std::string(sensor_));
    contract.set_version(std::string(schema));
    contract.set_rank(rank);
    contract.set_dialect("sysmon");
    contract.set_binary_major(binary_version->major);
    contract.set_binary_minor(binary_version->minor);
    contract.set_source("a Sysmon schema dump");
    const pugi::xml_node configuration = Only(manifest, "configuration");
    const pugi::xml_node events = Only(manifest, "events");
    if (!status_.ok()) return;
    Filters(Only(configuration, "filters"), contract);
    Options(Only(configuration, "options"), contract);
    Events(events, contract);
  }

  void Filters(pugi::xml_node filters, v1::Contract& contract) {
    std::unordered_set<std::string> seen;
    const std::string all = Text(filters, filters.text().get());
    std::string_view rest = all;
    while (!rest.empty()) {
      const size_t comma = std::min(rest.find(','), rest.size());
      const absl::string_view written = absl::StripAsciiWhitespace(Abseil(rest.substr(0, comma)));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (written.empty()) continue;
      const auto op = SysmonOperator(Standard(written));
      std::string name = op ? std::string(Info(*op).name) : absl::StrCat("sysmon.", written);
      std::ranges::replace(name, ' ', '_');
      if (!op) {
        Warn(filters, absl::StrCat("Sluice does not know what the filter ",
                                   Quoted(Standard(written)), " means; kept by its name"));
      }
      if (seen.insert(name).second) contract.add_operator_(name);
    }
    if (contract.operator__size() == 0) Fail(filters, "<filters> names no filter");
  }

  void Options(pugi::xml_node options, v1::Contract& contract) {
    std::unordered_set<std::string> seen;
    Children(options, "option", [&](pugi::xml_node option) {
      const std::string name = Text(option, Attribute(option, "name"));
      if (name.empty()) return Fail(option, "an <option> without a name");
      const bool in_configuration =
          Attribute(option, "noconfig") != "true" && Attribute(option, "target") != "internal";
      if (in_configuration && seen.insert(name).second) contract.add_option(name);
    });
  }

  void Events(pugi::xml_node events, v1::Contract& contract) {
    std::unordered_set<uint32_t> ids;
    Children(events, "event", [&](pugi::xml_node event) {
      if (!status_.ok()) return;
      if (contract.template_type_size() == kMaxContractTypes) {
        return Fail(event, absl::StrCat("more than ", kMaxContractTypes, " events"));
      }
      Event(event, *contract.add_template_type());
      const uint32_t id = contract.template_type().rbegin()->id();
      if (!ids.insert(id).second) Fail(event, absl::StrCat("a second event ", id));
    });
    if (contract.template_type_size() == 0) Fail(events, "<events> holds no event");
  }

  void Event(pugi::xml_node event, v1::Contract::TemplateType& type) {
    const std::string_view value = Attribute(event, "value");
    const auto id = ParseNumber(value);
    if (!id) {
      return Fail(event, absl::StrCat("the event's value is ", Quoted(value), ", not a number"));
    }
    type.set_id(*id);
    type.set_name(Text(event, Attribute(event, "rulename")));
    type.set_default_include(Attribute(event, "ruledefault") == "include");
    const std::string_view target = Attribute(event, "target");
    if (const auto platform = PlatformByName(target); platform && *platform != Platform::kAny) {
      type.set_platform(std::string(target));
    } else if (!platform && target != "all") {
      Warn(event, absl::StrCat("target ", Quoted(target), " is not known; taken for \"all\""));
    }
    std::unordered_set<std::string_view> names;
    Children(event, "data", [&](pugi::xml_node data) {
      if (!status_.ok()) return;
      if (type.field_size() == kMaxContractFields) {
        return Fail(data, absl::StrCat("more than ", kMaxContractFields, " fields in one event"));
      }
      Data(data, names, *type.add_field());
    });
  }

  void Data(pugi::xml_node data, std::unordered_set<std::string_view>& names,
            v1::Contract::Field& field) {
    const std::string_view name = Attribute(data, "name");
    if (name.empty()) return Fail(data, "a <data> without a name");
    if (!names.insert(name).second) {
      return Fail(data, absl::StrCat("a second field ", Quoted(name), " in one event"));
    }
    const std::string_view in_type = Attribute(data, "inType");
    const auto type = ValueTypeOf(in_type);
    if (!type) {
      Warn(data, absl::StrCat("the type ", Quoted(in_type), " of field ", Quoted(name),
                              " is not known; written as \"unknown\""));
    }
    field.set_name(Text(data, name));
    field.set_type(std::string(Name(type.value_or(ValueType::kUnknown))));
  }

  const XmlDocument& document_;
  std::string_view path_;
  std::string_view sensor_;
  LineTable lines_;
  absl::Status status_;
  ManifestImport out_;
  size_t warnings_left_out_ = 0;
};

// A banner in UTF-16 without a byte order mark does not begin as XML does: mark it.
Bytes WithUtf16Mark(Bytes bytes) {
  const bool marked = bytes->starts_with("\xFF\xFE");
  const bool wide = bytes->size() >= 2 && (*bytes)[0] != '\0' && (*bytes)[1] == '\0';
  if (marked || !wide) return bytes;
  return std::make_shared<const std::string>(absl::StrCat("\xFF\xFE", *bytes));
}

absl::Status MalformedError(const Malformed& malformed, std::string_view text,
                            std::string_view path) {
  const LineColumn at = LineTable(text).Locate(malformed.place.offset);
  return absl::InvalidArgumentError(absl::StrCat(Abseil(path), ":", at.line, ":", at.column, ": ",
                                                 malformed.structure, ": ", malformed.message));
}

}  // namespace

absl::StatusOr<ManifestImport> ReadSysmonManifest(Bytes bytes, std::string_view path,
                                                  std::string_view sensor,
                                                  const v1::ContractSupplement* supplement) {
  if (bytes->size() > kMaxConfigBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        Abseil(path), ":1:1: ", bytes->size(), " bytes, at most ", kMaxConfigBytes, " are read"));
  }
  if (!IsSensorWord(sensor)) {
    return absl::InvalidArgumentError(absl::StrCat("\"", Printable(sensor),
                                                   "\" cannot name a "
                                                   "sensor; ",
                                                   Abseil(kSensorWordRule)));
  }
  const DecodedText decoded = DecodeXmlText(WithUtf16Mark(std::move(bytes)));
  if (decoded.malformed) return MalformedError(*decoded.malformed, *decoded.text, path);
  XmlDocument document;
  if (const std::optional<Malformed> malformed = document.Parse(*decoded.text)) {
    return MalformedError(*malformed, *decoded.text, path);
  }
  if (!document.all_utf8()) {
    const auto valid = static_cast<uint32_t>(ValidUtf8Prefix(*decoded.text));
    return MalformedError({{valid, 1}, "XML", "a byte that is not UTF-8"}, *decoded.text, path);
  }
  absl::StatusOr<ManifestImport> import = ManifestReader(document, path, sensor).Read();
  if (!import.ok()) return import;
  if (absl::Status status = AddSupplement(supplement, sensor, *import); !status.ok()) return status;
  return import;
}

}  // namespace sluice
