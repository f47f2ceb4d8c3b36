#include "parser/sysmon/config_reader.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "parser/sysmon/config_context.h"
#include "parser/sysmon/config_record.h"
#include "parser/sysmon/config_value.h"
#include "parser/xml/text_encoding.h"
#include "parser/xml/xml_document.h"

namespace sluice {
namespace {

constexpr std::string_view kRoot = "Sysmon";
constexpr size_t kRecognisedBytes = size_t{1} << 20;
// Up to here the conditions of a record are combined with OR, above with AND.
constexpr uint32_t kLastOrSchemaRank = 410;

// The low bytes of UTF-16LE text: enough to know ASCII by.
std::string LowBytes(std::string_view bytes) {
  std::string low;
  low.reserve(bytes.size() / 2);
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) low += bytes[i + 1] == '\0' ? bytes[i] : '?';
  return low;
}

// The first megabyte without its byte order mark; of 16-bit text the low bytes, kept in `low`.
std::string_view StartOfText(std::string_view bytes, std::string& low) {
  bytes = bytes.substr(0, kRecognisedBytes);
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  if (!LooksLikeUtf16Le(bytes)) {
    return bytes.substr(bytes.starts_with(kUtf8Mark) ? kUtf8Mark.size() : 0);
  }
  if (bytes.starts_with("\xFF\xFE")) bytes.remove_prefix(2);
  return low = LowBytes(bytes);
}

// Whether `text` begins with `<Sysmon` and then something that ends a name.
bool StartsWithRoot(std::string_view text) {
  text.remove_prefix(1);
  if (!text.starts_with(kRoot) || text.size() == kRoot.size()) return false;
  const char next = text[kRoot.size()];
  return IsXmlSpace(next) || next == '>' || next == '/';
}

// What the markup at the start of `text` ends with, when it is none of an element.
std::string_view Terminator(std::string_view text) {
  if (text.starts_with("<!--")) return "-->";
  if (text.starts_with("<?")) return "?>";
  // Declarations inside a DOCTYPE are passed over one by one.
  if (text.starts_with("<!")) return ">";
  return {};
}

// The sensor skips whatever stands before the first '<'. A binary has a NUL there.
bool FirstElementIsRoot(std::string_view text) {
  size_t at = text.find('<');
  if (text.substr(0, at).find('\0') != std::string_view::npos) return false;
  while (at < text.size()) {
    const std::string_view terminator = Terminator(text.substr(at));
    if (terminator.empty()) return StartsWithRoot(text.substr(at));
    at = text.find(terminator, at + (terminator == "-->" ? 4 : 2));
    if (at != std::string_view::npos) at = text.find('<', at);
  }
  return false;
}

class ConfigReader {
 public:
  ConfigReader(Bytes bytes, const SelfContracts* contracts)
      : contracts_(contracts), bytes_(std::move(bytes)), decoded_(DecodeXmlText(bytes_)) {}

  ReadResult Read() &&;

 private:
  ReadResult Refuse(Malformed malformed) const {
    return ReadResult(std::move(malformed), decoded_.text);
  }
  pugi::xml_node ReadRoots();
  void ReadOutsideRoot(pugi::xml_node node);
  void ReadSchemaVersion(const ConfigAttribute& attribute);
  void ReadSysmon(pugi::xml_node sysmon);
  void ReadSetting(pugi::xml_node element);

  const SelfContracts* const contracts_;
  Bytes bytes_;
  DecodedText decoded_;
  ContentBuilder builder_{Dialect::kSysmon, Binding::kByName, "sysmon-xml"};
  XmlDocument document_;
  ConfigContext context_{document_, builder_};
};

ReadResult ConfigReader::Read() && {
  if (decoded_.malformed) return Refuse(*decoded_.malformed);
  builder_.SetText(bytes_, decoded_.text);
  // pugixml parses in place, and the content's names and values are views into the same buffer. The
  // builder keeps a string of its own, so that writing to it is sound.
  char* const buffer = const_cast<char*>(builder_.Keep(*decoded_.text).data());
  if (std::optional<Malformed> malformed = document_.ParseInto(*decoded_.text, buffer)) {
    return Refuse(*std::move(malformed));
  }
  // As conditions are in real configurations; what is shorter makes the arrays grow.
  constexpr size_t kBytesPerCondition = 80;
  builder_.Reserve(decoded_.text->size() / kBytesPerCondition + 1);
  const pugi::xml_node sysmon = ReadRoots();
  if (sysmon) ReadSysmon(sysmon);
  if (context_.malformed) return Refuse(*std::move(context_.malformed));
  if (!sysmon) return Refuse({{}, "root", "none of the root elements is <Sysmon>"});
  return std::move(builder_).Build();
}

// Finds the first <Sysmon> and records what stands beside it.
pugi::xml_node ConfigReader::ReadRoots() {
  if (!decoded_.DeclarationHonoured()) {
    context_.Add(IrregularityKind::kEncodingIgnored, decoded_.declared_place, decoded_.declared());
  }
  const size_t first = document_.text().find('<');
  context_.IgnoreText({0, static_cast<uint32_t>(first)});
  const pugi::xml_node sysmon = document_.root().child(kRoot.data());
  for (const pugi::xml_node& node : document_.root().children()) {
    if (node != sysmon) ReadOutsideRoot(node);
  }
  return sysmon;
}

void ConfigReader::ReadOutsideRoot(pugi::xml_node node) {
  if (IsText(node)) {
    context_.IgnoreText(node);
  } else if (node.type() == pugi::node_doctype) {
    context_.Add(IrregularityKind::kDocumentType, document_.DoctypePlace(node));
  } else {
    context_.Add(IrregularityKind::kSecondRoot, document_.StartTagPlace(node), node.name());
    context_.Refuse(document_.CheckSubtree(node, 1));
  }
}

void ConfigReader::ReadSchemaVersion(const ConfigAttribute& attribute) {
  if (!attribute.present) return;
  const XmlValue value = context_.Checked(attribute.value);
  const std::optional<uint32_t> rank = SysmonSchemaRank(value.text);
  Metadata& metadata = builder_.metadata();
  metadata.has_schema_version = rank.has_value();
  metadata.schema_version = value.text;
  metadata.schema_rank = rank.value_or(0);
  metadata.schema_version_place = value.place;
}

void ConfigReader::ReadSysmon(pugi::xml_node sysmon) {
  ReadSchemaVersion(context_.ReadStartTag(sysmon, 1, {"schemaversion"}).attributes[0]);
  const Metadata& metadata = builder_.metadata();
  const bool combines_or = metadata.has_schema_version && metadata.schema_rank <= kLastOrSchemaRank;
  RecordReader records(context_, combines_or ? Combine::kOr : Combine::kAnd, contracts_);
  for (const pugi::xml_node& child : sysmon.children()) {
    if (IsText(child)) {
      context_.IgnoreText(child);
    } else if (std::string_view(child.name()) == "EventFiltering") {
      records.ReadFiltering(child);
    } else {
      ReadSetting(child);
    }
  }
}

void ConfigReader::ReadSetting(pugi::xml_node element) {
  constexpr uint32_t kDepth = 2;
  const StartTag tag = context_.ReadStartTag(element, kDepth, {});
  const ConfigLeaf leaf = context_.ReadLeaf(element, kDepth, tag);
  builder_.AddSetting({tag.name, leaf.value.text, leaf.place});
}

}  // namespace

bool LooksLikeSysmonConfig(std::string_view bytes) {
  std::string low;
  return FirstElementIsRoot(StartOfText(bytes, low));
}

bool StartsWithMarkup(std::string_view bytes) {
  std::string low;
  const std::string_view text = StartOfText(bytes, low);
  const size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

ReadResult ReadSysmonConfig(Bytes bytes, const ReadOptions& options) {
  return ConfigReader(std::move(bytes), options.self_contracts).Read();
}

}  // namespace sluice
