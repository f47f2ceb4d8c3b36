#include "schema/unchecked.h"

namespace sluice {
namespace {

// By instance, whether a placeholder without values is all that leaves it incomplete. Empty where
// there is no such placeholder.
std::vector<bool> WaitingForValues(const Content& content) {
  std::vector<bool> waiting;
  const auto mark = [&](bool placeholder) {
    for (const Irregularity& one : content.irregularities()) {
      if (!one.fatal || one.instance == kNone) continue;
      if ((one.kind == IrregularityKind::kSigmaPlaceholderUndefined) != placeholder) continue;
      if (placeholder) waiting.resize(content.instances().size());
      if (one.instance < waiting.size()) waiting[one.instance] = placeholder;
    }
  };
  mark(true);
  if (!waiting.empty()) mark(false);
  return waiting;
}

std::string_view WhyNot(const Content& content, const Bound* known, const Instance& instance,
                        bool waiting) {
  if (instance.role != InstanceRole::kRule) return "sensors are asked about rules only";
  if (waiting) return "a placeholder in it has no values; give them with --placeholders";
  if (instance.incomplete) return "something in the rule has no meaning, see its findings";
  if (known == nullptr || content.dialect() != Dialect::kSigma) return {};
  const TypeBinding& type = known->type(instance.type);
  const bool anywhere =
      (type.supported | type.unsupported | type.undescribed | type.inactive).any();
  return anywhere ? "" : "no contract says which sensor has this log source";
}

}  // namespace

std::vector<std::string_view> WhyUnchecked(const Content& content, const Bound* known) {
  std::vector<std::string_view> why;
  if (content.dialect() != Dialect::kSigma) return why;
  const std::vector<bool> waiting = WaitingForValues(content);
  why.reserve(content.instances().size());
  for (size_t i = 0; i < content.instances().size(); ++i) {
    why.push_back(WhyNot(content, known, content.instances()[i], !waiting.empty() && waiting[i]));
  }
  return why;
}

}  // namespace sluice
