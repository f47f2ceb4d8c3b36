#include "report/text_report.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "report/text_parts.h"
#include "schema/rule.h"
#include "schema/text.h"

namespace sluice {
namespace {

// Longer texts are cut: a sentence, not a page.
constexpr size_t kSentenceLimit = 2000;
// Entries of what was not checked, as a folder can hold a million files of no known kind.
constexpr size_t kMaxNotChecked = 100;

constexpr std::string_view kBold = "1";
constexpr std::string_view kGreen = "1;32";
constexpr std::string_view kDim = "2";

std::string_view ColorOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "1;31";
    case Severity::kWarning:
      return "1;33";
    case Severity::kNote:
      break;
  }
  return "1;36";
}

class Writer {
 public:
  Writer(const Results& results, const TextReportOptions& options)
      : results_(results), options_(options) {}

  std::string Write() && {
    for (const Finding& finding : results_.findings) {
      Headline(finding);
      if (!options_.quiet) Details(finding);
    }
    if (options_.summary && !options_.quiet) Summary();
    return std::move(out_);
  }

 private:
  std::string Paint(std::string_view color, std::string_view text) const {
    if (!options_.color) return std::string(text);
    return absl::StrCat("\033[", std::string(color), "m", std::string(text), "\033[0m");
  }

  void Line(std::string_view text) { absl::StrAppend(&out_, std::string(text), "\n"); }

  void Headline(const Finding& f) {
    const std::string rule =
        absl::StrCat("[", std::string(f.rule->id), " ", std::string(f.rule->name), "]");
    Line(absl::StrCat(Paint(kBold, PlaceText(results_, f)), ": ",
                      Paint(ColorOf(f.severity), absl::StrCat(std::string(Name(f.severity)), ":")),
                      " ", Printable(f.message, kSentenceLimit), " ", Paint(kDim, rule)));
  }

  void Details(const Finding& f) {
    Excerpt(f);
    Labelled("in", f.instance);
    Labelled("effect", f.effect);
    if (f.sensors.any()) Labelled("on", SensorText(results_.fleet, f.sensors));
    if (f.source) {
      Labelled("from", absl::StrCat(f.source->path, ":", f.source->line, ":", f.source->column));
    }
    Labelled("witness", f.witness);
    Labelled("help", f.help);
    Line("");
  }

  void Labelled(std::string_view label, std::string_view text) {
    if (text.empty()) return;
    Line(absl::StrCat("  ", Paint(kDim, absl::StrCat(std::string(label), ":")), " ",
                      Printable(text, kSentenceLimit)));
  }

  void Excerpt(const Finding& f) {
    size_t width = 4;
    for (const ExcerptLine& line : f.excerpt) width = std::max(width, line.gutter.size());
    for (const ExcerptLine& line : f.excerpt) {
      Line(absl::StrCat(Gutter(line.gutter, width), " ", Printable(line.text, kSentenceLimit)));
      if (line.mark_length == 0) continue;
      const std::string mark = std::string(line.mark_begin, ' ') +
                               Paint(ColorOf(f.severity), std::string(line.mark_length, '^'));
      Line(absl::StrCat(Gutter("", width), " ", mark));
    }
  }

  std::string Gutter(std::string_view text, size_t width) const {
    return Paint(kDim,
                 absl::StrCat(std::string(width - text.size() + 2, ' '), std::string(text), " |"));
  }

  void Summary() {
    NotCheckedList();
    const Totals& t = results_.totals;
    std::string line =
        absl::StrCat(Counted(t.files, "file"), ", ", Counted(t.instances, "instance"), ", ",
                     WithCommas(t.criteria), t.criteria == 1 ? " criterion" : " criteria",
                     " checked: ", Severities(t));
    if (t.suppressed > 0) absl::StrAppend(&line, "; ", WithCommas(t.suppressed), " suppressed");
    if (t.fixed > 0) absl::StrAppend(&line, "; ", WithCommas(t.fixed), " fixed");
    if (t.not_checked > 0) absl::StrAppend(&line, "; ", WithCommas(t.not_checked), " not checked");
    Line(line);
    if (results_.findings_left_out > 0) {
      const uint64_t more = results_.findings_left_out;
      Line(absl::StrCat(WithCommas(more), more == 1 ? " more finding is" : " more findings are",
                        " not listed"));
    }
    if (t.fixable > 0) {
      Line(absl::StrCat(WithCommas(t.fixable), " can be fixed with --fix; --diff shows how"));
    }
    FleetLine();
  }

  std::string Severities(const Totals& t) const {
    const std::string errors = Counted(t.errors, "error");
    const std::string warnings = Counted(t.warnings, "warning");
    const bool clean = t.errors + t.warnings == 0;
    return absl::StrCat(t.errors > 0 ? Paint(ColorOf(Severity::kError), errors)
                                     : (clean ? Paint(kGreen, errors) : errors),
                        ", ",
                        t.warnings > 0 ? Paint(ColorOf(Severity::kWarning), warnings) : warnings,
                        ", ", Counted(t.notes, "note"));
  }

  void NotCheckedList() {
    size_t listed = 0;
    for (const NotChecked& entry : results_.not_checked) {
      if (++listed > kMaxNotChecked) break;
      std::string line = "not checked: ";
      if (!entry.path.empty()) absl::StrAppend(&line, Printable(entry.path, kSentenceLimit), ": ");
      absl::StrAppend(&line, Printable(entry.what, kSentenceLimit), ": ",
                      Printable(entry.why, kSentenceLimit));
      Line(line);
    }
    if (listed > kMaxNotChecked) {
      Line(absl::StrCat("not checked: ", WithCommas(results_.not_checked.size() - kMaxNotChecked),
                        " more"));
    }
  }

  // What errors mean for the fleet: how many versions and endpoints they reach.
  void FleetLine() {
    const Fleet& fleet = results_.fleet;
    if (fleet.empty()) return;
    SensorSet all;
    for (size_t i = 0; i < fleet.sensors().size(); ++i) all.set(i);
    SensorSet affected;
    for (const Finding& f : results_.findings) {
      if (f.severity == Severity::kError) affected |= f.sensors;
    }
    Line(absl::StrCat("fleet: ", Reach(all), "; affected by errors: ",
                      results_.findings_left_out > 0 ? "at least " : "", Reach(affected)));
  }

  // "7 versions, 120,400 endpoints".
  std::string Reach(const SensorSet& sensors) const {
    std::string text = Counted(sensors.count(), "version");
    const uint64_t endpoints = results_.fleet.Endpoints(sensors);
    SensorSet all;
    all.set();
    if (results_.fleet.Endpoints(all) > 0) {
      absl::StrAppend(&text, ", ", Counted(endpoints, "endpoint"));
    }
    return text;
  }

  const Results& results_;
  const TextReportOptions& options_;
  std::string out_;
};

}  // namespace

std::string TextReport(const Results& results, const TextReportOptions& options) {
  return Writer(results, options).Write();
}

}  // namespace sluice
