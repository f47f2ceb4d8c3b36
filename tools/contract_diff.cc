// sluice contract diff: what changes between two contracts.

#include "schema/contract_diff.h"

#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/contract_verbs.h"
#include "tools/output.h"

namespace sluice {
namespace {

using Kind = ContractChangeKind;
using Changes = std::vector<ContractChange>;

struct DiffFlags {
  ContractPair pair;
  std::string format = "text";
};

int64_t Number(const std::string& text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int64_t Distance(const ContractChange& moved) { return Number(moved.after) - Number(moved.before); }

// Fields that stand one behind the other and moved by the same distance are one line.
size_t RunOfMoves(const Changes& changes, size_t begin) {
  size_t end = begin + 1;
  while (end < changes.size() && changes[end].kind == Kind::kFieldMoved &&
         changes[end].type_id == changes[begin].type_id &&
         Distance(changes[end]) == Distance(changes[begin]) &&
         Number(changes[end].after) == Number(changes[end - 1].after) + 1) {
    ++end;
  }
  return end;
}

std::string MovesText(const ContractChange& first, const ContractChange& last) {
  const std::string subject = Printable(first.subject);
  if (&first == &last) {
    return absl::StrCat("  > ", subject, " moved: ", first.before, " -> ", first.after, "\n");
  }
  return absl::StrCat("  > ", subject, " to ", Printable(last.subject), " moved: ", first.before,
                      "-", last.before, " -> ", first.after, "-", last.after, "\n");
}

std::string TypeLabel(const ContractChange& change) {
  return absl::StrCat(change.type.empty() ? "(no name)" : Printable(change.type), " (",
                      change.type_id, ")");
}

std::string ChangeText(const ContractChange& change) {
  const std::string subject = Printable(change.subject);
  const std::string values =
      absl::StrCat(Printable(change.before), " -> ", Printable(change.after));
  switch (change.kind) {
    case Kind::kProperty:
    case Kind::kTypeProperty:
      return absl::StrCat("  ~ ", subject, ": ", values, "\n");
    case Kind::kTypeAdded:
      return "  + the template type is new\n";
    case Kind::kTypeRemoved:
      return "  - the template type is gone\n";
    case Kind::kTypeRenamed:
      return absl::StrCat("  ~ the template type is renamed: ", values, "\n");
    case Kind::kTypeRenumbered:
      return absl::StrCat("  ~ the id changes: ", values, "\n");
    case Kind::kFieldAdded:
      return absl::StrCat("  + ", subject, " at ", change.after, "\n");
    case Kind::kFieldRemoved:
      return absl::StrCat("  - ", subject, " at ", change.before, "\n");
    case Kind::kFieldRenamed:
      return absl::StrCat("  ~ field renamed: ", values, "\n");
    case Kind::kFieldMoved:
      return MovesText(change, change);
    case Kind::kFieldRetyped:
      return absl::StrCat("  ~ ", subject, " is retyped: ", values, "\n");
    case Kind::kOperatorAdded:
      return absl::StrCat("  + operator ", subject, "\n");
    case Kind::kOperatorRemoved:
      return absl::StrCat("  - operator ", subject, "\n");
    case Kind::kOptionAdded:
      return absl::StrCat("  + option ", subject, "\n");
    case Kind::kOptionRemoved:
      return absl::StrCat("  - option ", subject, "\n");
  }
  return {};
}

bool IsOfType(const ContractChange& change) {
  return change.kind >= Kind::kTypeAdded && change.kind <= Kind::kFieldRetyped;
}

std::string AsText(const ContractPair& pair, const Changes& changes) {
  std::string out = pair.Title() + "\n";
  if (changes.empty()) out += "  no difference\n";
  std::string label;
  for (size_t i = 0; i < changes.size();) {
    if (IsOfType(changes[i]) && TypeLabel(changes[i]) != label) {
      label = TypeLabel(changes[i]);
      absl::StrAppend(&out, label, "\n");
    }
    if (changes[i].kind == Kind::kFieldMoved) {
      const size_t end = RunOfMoves(changes, i);
      out += MovesText(changes[i], changes[end - 1]);
      i = end;
    } else {
      out += ChangeText(changes[i++]);
    }
  }
  return out;
}

std::string AsJson(const ContractPair& pair, const Changes& changes) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const ContractChange& change : changes) {
    nlohmann::ordered_json item = {{"kind", Name(change.kind)}};
    if (IsOfType(change)) {
      item["type"] = change.type;
      item["type_id"] = change.type_id;
    }
    item["subject"] = change.subject;
    if (!change.before.empty()) item["before"] = change.before;
    if (!change.after.empty()) item["after"] = change.after;
    list.push_back(item);
  }
  const nlohmann::ordered_json out = {{"before", pair.before->Name()},
                                      {"before_asked", pair.before_asked},
                                      {"after", pair.after->Name()},
                                      {"after_asked", pair.after_asked},
                                      {"changes", list}};
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int Diff(DiffFlags& flags) {
  ContractPair& pair = flags.pair;
  if (absl::Status status = pair.Find(); !status.ok()) return FailAt(Standard(status.message()));
  const Changes changes = DiffContracts(*pair.before, *pair.after);
  return FinishOutput("", flags.format == "json" ? AsJson(pair, changes) : AsText(pair, changes),
                      kExitOk);
}

}  // namespace

std::function<int()> SetUpContractDiff(CLI::App& app) {
  const auto flags = std::make_shared<DiffFlags>();
  DeclareContractPair(app, flags->pair);
  DeclareTextOrJson(app, flags->format);
  return [flags] { return Diff(*flags); };
}

}  // namespace sluice
