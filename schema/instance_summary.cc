#include "schema/instance_summary.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "schema/criterion_key.h"
#include "schema/sigma.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Kind = Reference::Kind;

// The position of `word` among `words`, in any case; `otherwise` when it is none of them.
template <typename Enum, size_t n>
Enum Find(const std::array<std::string_view, n>& words, std::string_view word, Enum otherwise) {
  const auto found = std::ranges::find_if(
      words, [word](std::string_view one) { return EqualsIgnoreCase(one, word); });
  return found == words.end() ? otherwise : static_cast<Enum>(found - words.begin());
}

Level LevelOf(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kWords = {"",       "informational", "low",
                                                             "medium", "high",          "critical"};
  return Find(kWords, word, Level::kUnsaid);
}

Kind RelatedKind(std::string_view word) {
  static constexpr std::array<std::string_view, 5> kWords = {"derived", "obsolete", "merged",
                                                             "renamed", "similar"};
  if (EqualsIgnoreCase(word, "obsoletes")) return Kind::kObsolete;
  return Find(kWords, word, Kind::kUnknown);
}

bool IsRetired(std::string_view status) {
  return EqualsIgnoreCase(status, "deprecated") || EqualsIgnoreCase(status, "unsupported");
}

// Reads the attributes of one document.
class Summariser {
 public:
  // `document` is where what it has not stands.
  Summariser(InstanceSummary& out, Place document) : out_(out), document_(document) {
    out.id_at.place = out.title_at.place = out.name_at.place = out.detection_at.place = document;
  }

  void Read(const Attribute& attribute) {
    const std::string_view key = attribute.key;
    if (key.starts_with("related")) return ReadRelated(attribute);
    if (key == "correlation.rules" || key == "filter.rules") return ReadRule(attribute);
    if (attribute.item) return;
    if (key == "id") SetOnce(out_.id_at, attribute.place);
    if (key == "title") SetOnce(out_.title_at, attribute.place);
    if (key == "detection") SetOnce(out_.detection_at, attribute.key_place);
    if (key == "level") out_.level = LevelOf(attribute.value);
    if (key == "status") out_.retired = IsRetired(attribute.value);
    if (key != "name" || !out_.name.empty()) return;
    out_.name = attribute.value;
    out_.name_at.place = attribute.place;
  }

 private:
  // Of keys that repeat the first counts.
  void SetOnce(Located& at, Place place) const {
    if (at.place == document_) at.place = place;
  }

  // A map, of `id` and `type`, is one reference.
  void ReadRelated(const Attribute& attribute) {
    if (attribute.key == "related" && attribute.kind == AttributeKind::kMap) {
      out_.references.emplace_back();
    }
    if (out_.references.empty()) return;
    Reference& last = out_.references.back();
    if (attribute.key == "related.type") last.kind = RelatedKind(attribute.value);
    if (attribute.key != "related.id") return;
    last.text = attribute.value;
    last.at.place = attribute.place;
  }

  // Items of a list, or one text. A filter may be for "any" rule.
  void ReadRule(const Attribute& attribute) {
    if (attribute.value.empty()) return;
    if (attribute.key == "filter.rules" && !attribute.item && attribute.value == "any") return;
    out_.references.push_back({std::string(attribute.value), Kind::kRule, {attribute.place}});
  }

  InstanceSummary& out_;
  Place document_;
};

InstanceSummary SummaryOf(const Content& content, const Instance& instance) {
  InstanceSummary summary;
  summary.role = instance.role;
  summary.id = instance.id;
  summary.title = instance.name;
  Summariser summariser(summary, DocumentPlace(content, instance));
  for (const Attribute& attribute : content.attributes(instance)) summariser.Read(attribute);
  std::erase_if(summary.references, [](const Reference& one) { return one.text.empty(); });
  summary.references.shrink_to_fit();
  if (instance.role == InstanceRole::kRule && instance.type != kNone) {
    summary.log_source = FoldedHash(content.type(instance).name);
    summary.detection = DetectionShape(content, instance);
  }
  return summary;
}

template <typename Visit>
void ForEachPlace(InstanceSummary& summary, Visit visit) {
  for (Located* at : {&summary.id_at, &summary.title_at, &summary.name_at, &summary.detection_at}) {
    visit(*at);
  }
  for (Reference& reference : summary.references) visit(reference.at);
}

void Locate(const LineTable& lines, std::span<InstanceSummary> summaries) {
  for (InstanceSummary& summary : summaries) {
    ForEachPlace(summary, [&](Located& at) {
      const LineColumn found = lines.Locate(at.place.offset);
      at.line = found.line;
      at.column = found.column;
    });
  }
}

}  // namespace

void Summarise(const Content& content, const LineTable& lines, std::vector<InstanceSummary>& out) {
  if (!IsSigmaFile(content)) return;
  const size_t first = out.size();
  out.reserve(first + content.instances().size());
  ForEachDocument(content,
                  [&](const Instance& instance) { out.push_back(SummaryOf(content, instance)); });
  if (out.size() > first) Locate(lines, std::span(out).subspan(first));
}

std::string InstanceName(const InstanceSummary& instance) {
  return Printable(instance.id.empty() ? instance.title : instance.id);
}

}  // namespace sluice
