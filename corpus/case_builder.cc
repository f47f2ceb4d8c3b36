#include "corpus/case_builder.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "corpus/sysmon_blob_builder.h"
#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_outline.h"
#include "parser/channel/channel_writer.h"
#include "parser/config/config_file.h"
#include "parser/format.h"
#include "parser/text/proto_text.h"
#include "schema/limits.h"
#include "schema/utf.h"

namespace sluice {
namespace {

absl::Status Wrong(const std::string& path, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", what));
}

absl::Status AppendRepeat(const corpus::Repeat& repeat, const std::string& path, std::string* out) {
  for (uint64_t i = 0; i < repeat.count(); ++i) {
    if (out->size() > kMaxFileBytes) return Wrong(path, "the repetition is too long");
    const std::string number = absl::StrCat(repeat.first() + i);
    out->append(absl::StrReplaceAll(repeat.text(), {{"{n}", number}}));
  }
  return absl::OkStatus();
}

absl::Status AppendPiece(const corpus::Piece& piece, const std::string& path, std::string* out) {
  switch (piece.piece_case()) {
    case corpus::Piece::kText:
      out->append(piece.text());
      return absl::OkStatus();
    case corpus::Piece::kFile: {
      const auto beside = std::filesystem::path(path).parent_path() / piece.file();
      absl::StatusOr<std::string> bytes = ReadConfigFile(beside.string());
      if (!bytes.ok()) return bytes.status();
      out->append(*bytes);
      return absl::OkStatus();
    }
    case corpus::Piece::kSysmonBlob:
      out->append(BuildSysmonBlob(piece.sysmon_blob()));
      return absl::OkStatus();
    case corpus::Piece::kRepeat:
      return AppendRepeat(piece.repeat(), path, out);
    case corpus::Piece::PIECE_NOT_SET:
      break;
  }
  return Wrong(path, "a piece is empty");
}

// UTF-8 to ISO-8859-1; false when a character is not in it.
bool ToLatin1(std::string_view text, std::string* out) {
  while (!text.empty()) {
    const std::optional<CodePoint> point = DecodeWtf8(text);
    if (!point || point->value > 0xFF) return false;
    out->push_back(static_cast<char>(point->value));
    text.remove_prefix(point->length);
  }
  return true;
}

absl::StatusOr<std::string> Encode(std::string text, const std::string& encoding,
                                   const std::string& path) {
  if (encoding.empty() || encoding == "utf-8") return text;
  if (encoding == "utf-8-bom") return absl::StrCat("\xEF\xBB\xBF", text);
  if (encoding == "iso-8859-1") {
    std::string latin1;
    if (!ToLatin1(text, &latin1)) return Wrong(path, "the text is not in ISO-8859-1");
    return latin1;
  }
  if (encoding != "utf-16le" && encoding != "utf-16le-bom") {
    return Wrong(path, absl::StrCat("unknown encoding \"", encoding, "\""));
  }
  std::optional<std::string> utf16 = Wtf8ToUtf16Le(text);
  if (!utf16) return Wrong(path, "the text is not UTF-8");
  return encoding == "utf-16le" ? *std::move(utf16) : absl::StrCat("\xFF\xFE", *utf16);
}

absl::StatusOr<std::string> Compile(std::string text, const corpus::Case& description,
                                    const std::string& path) {
  if (description.compile().empty()) return text;
  if (description.compile() != "channel") {
    return Wrong(path, absl::StrCat("cannot compile to \"", description.compile(), "\""));
  }
  const Format* format = RecogniseFormat(text);
  if (format == nullptr) return Wrong(path, "what is to be compiled is no content");
  const SelfContracts contracts(ContractSet::BuiltIn(), nullptr);
  const ReadResult read = format->read(std::make_shared<const std::string>(std::move(text)),
                                       {.self_contracts = &contracts});
  if (!read.ok()) return Wrong(path, read.malformed().message);
  absl::StatusOr<std::string> bytes =
      WriteChannel(read.content(), contracts.Of(read.content()).reference);
  if (!bytes.ok()) return Wrong(path, std::string(bytes.status().message()));
  return bytes;
}

// Where the patch's offset counts from; npos when that does not occur.
size_t PatchBase(const corpus::Patch& patch, const std::string& bytes) {
  if (!patch.find().empty()) return bytes.find(patch.find());
  if (!patch.has_section()) return 0;
  const ChannelOutline outline(bytes);
  const std::optional<uint32_t> offset = outline.SectionOffset(patch.section());
  return offset ? *offset : std::string::npos;
}

void PutU32(uint32_t value, size_t at, std::string* bytes) {
  for (int i = 0; i < 4; ++i) (*bytes)[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

// The size and the checksum of a channel file.
absl::Status Seal(const std::string& path, std::string* bytes) {
  namespace header = channel::header;
  if (bytes->size() < header::kSize + channel::kChecksumSize) {
    return Wrong(path, "too short for a channel file");
  }
  const size_t end = bytes->size() - channel::kChecksumSize;
  PutU32(static_cast<uint32_t>(bytes->size()), header::kFileSize.offset, bytes);
  PutU32(channel::Crc32c(reinterpret_cast<const uint8_t*>(bytes->data()), end), end, bytes);
  return absl::OkStatus();
}

absl::Status ApplyPatch(const corpus::Patch& patch, const std::string& path, std::string* bytes) {
  const size_t base = PatchBase(patch, *bytes);
  if (base == std::string::npos) return Wrong(path, "the bytes to patch do not occur");
  std::string with = patch.bytes();
  if (patch.with_case() == corpus::Patch::kU32) {
    for (int i = 0; i < 4; ++i) with.push_back(static_cast<char>(patch.u32() >> (8 * i) & 0xFF));
  }
  const size_t room = bytes->size() - base;
  if (patch.offset() > room || with.size() > room - patch.offset()) {
    return Wrong(path, absl::StrCat("a patch goes past the end: the file has ", bytes->size()));
  }
  bytes->replace(base + patch.offset(), with.size(), with);
  return absl::OkStatus();
}

}  // namespace

std::vector<std::string> FindCases(const std::string& folder) {
  std::vector<std::string> cases;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() == ".case") cases.push_back(it->path().string());
  }
  std::ranges::sort(cases);
  return cases;
}

absl::StatusOr<corpus::Case> ReadCase(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadConfigFile(path);
  if (!text.ok()) return text.status();
  corpus::Case description;
  if (ProtoMessageName(*text) != description.GetDescriptor()->full_name()) {
    return Wrong(path, "the first line is not that of a case");
  }
  const auto error = ParseProtoText(*text, kMaxConfigBytes, &description, nullptr);
  if (!error) return description;
  const LineColumn at = LineTable(*text).Locate(error->place.offset);
  return Wrong(absl::StrCat(path, ":", at.line, ":", at.column), error->message);
}

absl::StatusOr<std::string> BuildCase(const corpus::Case& description, const std::string& path) {
  if (description.line().empty() && description.piece().empty()) {
    return Wrong(path, "the case describes no bytes");
  }
  std::string bytes;
  for (const std::string& line : description.line()) absl::StrAppend(&bytes, line, "\n");
  for (const corpus::Piece& piece : description.piece()) {
    if (absl::Status status = AppendPiece(piece, path, &bytes); !status.ok()) return status;
  }
  absl::StatusOr<std::string> encoded = Encode(std::move(bytes), description.encoding(), path);
  if (encoded.ok()) encoded = Compile(*std::move(encoded), description, path);
  if (!encoded.ok()) return encoded;
  for (const corpus::Patch& patch : description.patch()) {
    if (absl::Status status = ApplyPatch(patch, path, &*encoded); !status.ok()) return status;
  }
  if (description.seal()) {
    if (absl::Status status = Seal(path, &*encoded); !status.ok()) return status;
  }
  if (!description.has_truncate()) return encoded;
  if (description.truncate() > encoded->size()) return Wrong(path, "truncate is past the end");
  encoded->resize(description.truncate());
  return encoded;
}

}  // namespace sluice
