#include "parser/format.h"

#include <algorithm>

#include "parser/channel/channel_annotate.h"
#include "parser/channel/channel_reader.h"
#include "parser/sigma/sigma_reader.h"
#include "parser/sysmon/blob_reader.h"
#include "parser/sysmon/config_reader.h"
#include "parser/text/content_text.h"
#include "parser/text/proto_text.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr Format kFormats[] = {
    {"channel", true, &LooksLikeChannel, &ReadChannel, &AnnotateChannel},
    {"content-text", false, &LooksLikeContentText, &ReadContentText, nullptr},
    {"sysmon-xml", false, &LooksLikeSysmonConfig, &ReadSysmonConfig, nullptr},
    {"sigma", false, &LooksLikeSigma, &ReadSigma, nullptr},
    {"sysmon-blob", true, &LooksLikeSysmonBlob, &ReadSysmonBlob, &AnnotateSysmonBlob},
};

// In any case.
bool EndsWith(std::string_view path, std::string_view ending) {
  return path.size() >= ending.size() &&
         EqualsIgnoreCase(path.substr(path.size() - ending.size()), ending);
}

}  // namespace

std::span<const Format> Formats() { return kFormats; }

const Format* FindFormat(std::string_view kind) {
  const auto found = std::ranges::find(kFormats, kind, &Format::kind);
  return found == std::end(kFormats) ? nullptr : found;
}

const Format* RecogniseFormat(std::string_view bytes) {
  // A message in text form may quote content of another kind; it is none.
  const bool message = !ProtoMessageName(bytes).empty();
  const auto found = std::ranges::find_if(kFormats, [&](const Format& f) {
    return (!message || f.recognise == &LooksLikeContentText) && f.recognise(bytes);
  });
  return found == std::end(kFormats) ? nullptr : found;
}

bool IsCalledXml(std::string_view path) { return EndsWith(path, ".xml"); }

const Format* RecogniseFoundFormat(std::string_view path, std::string_view bytes) {
  const Format* format = RecogniseFormat(bytes);
  if (format == nullptr) return nullptr;
  if (format->recognise == &LooksLikeSigma) {
    return EndsWith(path, ".yml") || EndsWith(path, ".yaml") ? format : nullptr;
  }
  if (format->recognise != &LooksLikeSysmonConfig) return format;
  return IsCalledXml(path) || StartsWithMarkup(bytes) ? format : nullptr;
}

}  // namespace sluice
