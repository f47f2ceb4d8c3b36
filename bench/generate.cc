#include "bench/generate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <utility>

#include "schema/limits.h"

namespace sluice {
namespace {

constexpr std::string_view kHead = "<Sysmon schemaversion=\"4.70\">\n<EventFiltering>\n";
constexpr std::string_view kTail = "</EventFiltering>\n</Sysmon>\n";
constexpr int kConditionsPerRecord = 100;

std::string Number(int number) {
  char text[16];
  std::snprintf(text, sizeof text, "%07d", number);
  return text;
}

// Writes a rule blob record by record and links them as the compiler does (docs/sysmon-blob.md).
class BlobWriter {
 public:
  BlobWriter() {
    Word(0x000F0000);  // binary version 15.0
    Word(0);           // event records
    Word(24);          // header size
    Word(0x00040046);  // schema 4.70
    Word(0);           // first event record
    Word(0);           // first aggregation record
  }

  size_t size() const { return out_.size(); }

  void Event(uint32_t id) {
    Patch(event_ == 0 ? 16 : event_ + 12, Size());
    event_ = Size();
    condition_ = 0;
    Patch(4, ++events_);
    for (const uint32_t word : {id, 1u, 0u, 0u, 0u, 0u}) Word(word);
    conditions_ = 0;
  }

  void Aggregation() {
    Patch(aggregation_ == 0 ? 20 : aggregation_ + 272, Size());
    aggregation_ = Size();
    members_ = 0;
    out_.append(264, '\0');
    Word(++aggregations_);
    for (int i = 0; i < 6; ++i) Word(0);
    Pad();
  }

  // A condition of the open event record, and of the open aggregation when `in_group`.
  void Condition(uint32_t field, uint32_t op, std::string_view text, std::string_view name,
                 bool in_group = false) {
    const uint32_t at = Size();
    Patch(condition_ == 0 ? event_ + 20 : condition_ + 520, at);
    Patch(event_ + 16, ++conditions_);
    condition_ = at;
    Word(field);
    Utf16(name);
    out_.resize(at + 516);
    Word(op);
    Word(0);
    Word(static_cast<uint32_t>(text.size() + 1) * 2);
    Word(in_group ? aggregations_ : 0);
    Word(in_group ? aggregation_ : 0);
    Utf16(text);
    out_.append(3, '\0');
    Pad();
    if (!in_group) return;
    if (members_ == 0) Patch(aggregation_ + 268, at);
    Patch(aggregation_ + 276, ++members_);
  }

  // Overwrites the word at `offset`.
  void Patch(size_t offset, uint32_t value) {
    for (int i = 0; i < 4; ++i) out_[offset + i] = static_cast<char>(value >> (8 * i));
  }

  uint32_t last_condition() const { return condition_; }
  std::string Take() && { return std::move(out_); }

 private:
  uint32_t Size() const { return static_cast<uint32_t>(out_.size()); }
  void Word(uint32_t value) {
    out_.append(4, '\0');
    Patch(out_.size() - 4, value);
  }
  void Utf16(std::string_view ascii) {
    for (const char c : ascii) {
      out_ += c;
      out_ += '\0';
    }
  }
  void Pad() { out_.resize((out_.size() + 7) & ~size_t{7}); }

  std::string out_;
  uint32_t event_ = 0;
  uint32_t events_ = 0;
  uint32_t condition_ = 0;
  uint32_t conditions_ = 0;
  uint32_t aggregation_ = 0;
  uint32_t aggregations_ = 0;
  uint32_t members_ = 0;
};

struct Condition {
  std::string_view element;  // of ProcessCreate
  uint32_t field;            // its index in schema 4.70
  std::string_view words;
  uint32_t op;
  std::string_view before;  // the operand is `before`, a number, `after`
  std::string_view after;
};
constexpr std::array<Condition, 4> kConditions = {{
    {"Image", 4, "end with", 10, "\\updater", ".exe"},
    {"CommandLine", 10, "contains", 2, "--channel stable --job ", " --quiet"},
    {"ParentImage", 20, "image", 13, "service", ".exe"},
    {"User", 12, "is", 0, "DOMAIN\\service", "-account"},
}};

void FillBlob(size_t bytes, BlobWriter& blob) {
  for (int i = 0; blob.size() < bytes; ++i) {
    if (i % kConditionsPerRecord == 0) blob.Event(1);
    const Condition& c = kConditions[i % kConditions.size()];
    blob.Condition(c.field, c.op, std::string(c.before) + Number(i) + std::string(c.after),
                   "technique_id=T1059,technique_name=Interpreter");
  }
}

std::string Config(std::string body) {
  return std::string(kHead) + std::move(body) + std::string(kTail);
}

// `piece` as often as it fits into `bytes`.
std::string Repeat(std::string_view piece, size_t bytes) {
  std::string out;
  out.reserve(bytes);
  while (out.size() + piece.size() <= bytes) out += piece;
  return out;
}

// One record of one condition whose operand is all of `operand`.
std::string OneCondition(std::string_view words, std::string_view operand) {
  return Config("<ProcessCreate onmatch=\"include\"><CommandLine condition=\"" +
                std::string(words) + "\">" + std::string(operand) +
                "</CommandLine></ProcessCreate>");
}

std::string UnknownElements(size_t bytes, int names) {
  std::string body = "<ProcessCreate onmatch=\"include\">\n";
  for (int i = 0; body.size() < bytes; ++i) {
    const std::string name = "Unknown" + Number(i % names);
    body += "<" + name + " condition=\"is\">x</" + name + ">\n";
  }
  return Config(body + "</ProcessCreate>");
}

// Nesting to just inside the limit on depth, again and again.
std::string DeepNesting(size_t bytes) {
  constexpr int kDepth = 60;
  const std::string nest = Repeat("<RuleGroup>", 11 * kDepth) + Repeat("</RuleGroup>", 12 * kDepth);
  return Config(Repeat(nest, bytes));
}

std::string AttributesOnly(size_t bytes) {
  std::string body = "<ProcessCreate onmatch=\"include\"";
  for (int i = 0; body.size() < bytes; ++i) body += " attribute" + Number(i) + "=\"value\"";
  return Config(body + "/>");
}

void AddConfigs(size_t bytes, std::vector<Adversary>& out) {
  const auto add = [&](std::string name, std::string file, bool refused = false) {
    out.push_back({std::move(name), "sysmon-xml", std::move(file), refused});
  };
  add("the shortest tags", Config(Repeat("<a/>", bytes)), /*refused=*/true);
  add("records that the sensor skips", Config(Repeat("<ProcessCreate/>", bytes)), /*refused=*/true);
  add("deep nesting", DeepNesting(bytes));
  add("nesting without end", Repeat("<RuleGroup  >", bytes), /*refused=*/true);
  add("attributes", AttributesOnly(bytes), /*refused=*/true);
  add("comments", Config(Repeat("<!-- no rule --> ", bytes)));
  add("entities", OneCondition("is", Repeat("&amp;", bytes)));
  add("unknown entities", OneCondition("is", Repeat("&what;", bytes)));
  add("a list of ';' only", OneCondition("contains any", Repeat(";", bytes)));
  add("a list of short items", OneCondition("contains any", Repeat("a;", bytes)));
  add("unknown elements, a finding each", UnknownElements(bytes, /*names=*/500));
  add("unknown elements, all different", UnknownElements(bytes, 1 << 30), /*refused=*/true);
  add("the shortest conditions",
      Config("<ProcessCreate onmatch=\"include\">" + Repeat("<User>a</User>", bytes) +
             "</ProcessCreate>"),
      /*refused=*/true);
  // As short as they may be.
  add("short conditions",
      Config("<ProcessCreate onmatch=\"include\">" +
             Repeat("<User>abcdefghijklmnopqrst</User>", bytes) + "</ProcessCreate>"));
  add("empty conditions",
      Config("<ProcessCreate onmatch=\"include\">" + Repeat("<Image/>", bytes) +
             "</ProcessCreate>"),
      /*refused=*/true);
  add("one giant operand", OneCondition("contains", Repeat("operand ", bytes)));
}

std::string BlobOf(size_t bytes, void (*step)(BlobWriter&, int)) {
  BlobWriter blob;
  for (int i = 0; blob.size() < bytes; ++i) step(blob, i);
  return std::move(blob).Take();
}

std::string BrokenLastRecord(size_t bytes) {
  BlobWriter blob;
  FillBlob(bytes, blob);
  blob.Patch(blob.last_condition() + 524, 0xFFFFFFFE);
  return std::move(blob).Take();
}

std::string OneChain(size_t bytes) {
  BlobWriter blob;
  blob.Event(1);
  for (int i = 0; blob.size() < bytes; ++i) blob.Condition(4, 0, Number(i), "");
  return std::move(blob).Take();
}

std::string GiantOperand(size_t bytes) {
  BlobWriter blob;
  blob.Event(1);
  blob.Condition(10, 3, Repeat("a;", bytes / 2), "");
  return std::move(blob).Take();
}

void AddBlobs(size_t bytes, std::vector<Adversary>& out) {
  const auto add = [&](std::string name, std::string file, bool refused = false) {
    out.push_back({std::move(name), "sysmon-blob", std::move(file), refused});
  };
  add("broken last record", BrokenLastRecord(bytes), /*refused=*/true);
  add("one chain of conditions", OneChain(bytes));
  // As many as one class of a sensor takes.
  add("event records only",
      BlobOf(std::min<size_t>(bytes, 24 * kMaxBlobEvents),
             [](BlobWriter& blob, int) { blob.Event(1); }),
      /*refused=*/true);
  add("aggregations everywhere", BlobOf(bytes, [](BlobWriter& blob, int i) {
        if (i % kConditionsPerRecord == 0) blob.Event(1);
        blob.Aggregation();
        blob.Condition(4, 0, Number(i), "", /*in_group=*/true);
      }));
  add("fields out of bounds, a finding each", BlobOf(bytes, [](BlobWriter& blob, int i) {
        if (i % kConditionsPerRecord == 0) blob.Event(1);
        blob.Condition(1000 + i, 0, Number(i), "");
      }));
  add("one giant operand", GiantOperand(bytes));
}

constexpr std::string_view kTextHead = "# proto-message: sluice.v1.Content\n";

// A template type of `fields` fields: "T", "field_0000000" and so on.
std::string TextType(int fields) {
  std::string out = "template_type {\n  name: \"T\"\n";
  for (int i = 0; i < fields; ++i) {
    out += "  field { name: \"field_" + Number(i) + "\" type: \"string\" }\n";
  }
  return out + "}\n";
}

std::string TextCriterion(const std::string& field, const std::string& operand) {
  return "  criterion { " + field + " operator: \"equals\" operand: \"" + operand + "\" }\n";
}

// As many declared fields as references to fields, by name.
std::string FieldsAndReferences(size_t bytes) {
  const int fields = static_cast<int>(bytes / 150);
  std::string out = std::string(kTextHead) + TextType(fields);
  out += "instance {\n  id: \"1\"\n  template_type: \"T\"\n";
  for (int i = 0; out.size() < bytes; ++i) {
    out += TextCriterion("field_name: \"field_" + Number(i % fields) + "\"", Number(i));
  }
  return out + "}\n";
}

std::string TemplateTypes(size_t bytes) {
  std::string out(kTextHead);
  for (int i = 0; out.size() < bytes; ++i) {
    const std::string name = "\"T" + Number(i) + "\"";
    out += "template_type { name: " + name + " field { name: \"a\" type: \"string\" } }\n";
    out += "instance { id: \"" + Number(i) + "\" template_type: " + name + "\n" +
           TextCriterion("field_index: 0", Number(i)) + "}\n";
  }
  return out;
}

std::string IndicesOutOfBounds(size_t bytes) {
  std::string out = std::string(kTextHead) + TextType(20);
  for (int i = 0; out.size() < bytes; ++i) {
    out += "instance {\n  id: \"" + Number(i) + "\"\n  template_type: \"T\"\n" +
           TextCriterion("field_index: " + std::to_string(100 + i), Number(i)) + "}\n";
  }
  return out;
}

std::string LongCondition(size_t bytes) {
  std::string out = std::string(kTextHead) + TextType(20);
  out += "instance {\n  id: \"1\"\n  template_type: \"T\"\n" +
         TextCriterion("field_index: 0", "x") + "  condition { criterion: 0 }\n";
  while (out.size() < bytes) out += "  condition { negate: true }\n";
  return out + "}\n";
}

void AddTexts(size_t bytes, std::vector<Adversary>& out) {
  const auto add = [&](std::string name, std::string file, bool refused = false) {
    out.push_back({std::move(name), "content-text", std::move(file), refused});
  };
  add("fields declared and named", FieldsAndReferences(bytes));
  add("template types", TemplateTypes(bytes));
  add("indices out of bounds, a finding each", IndicesOutOfBounds(bytes));
  add("one long condition", LongCondition(bytes));
  add("one giant operand", std::string(kTextHead) + TextType(1) +
                               "instance { id: \"1\" template_type: \"T\"\n" +
                               TextCriterion("field_index: 0", Repeat("operand ", bytes)) + "}\n");
  add("nesting without end", std::string(kTextHead) + Repeat("instance { ", bytes),
      /*refused=*/true);
  add("empty operands", std::string(kTextHead) + TextType(1) +
                            "instance { id: \"1\" template_type: \"T\"\n" +
                            "criterion { field_index: 0 operator: \"in_list\"\n" +
                            Repeat("operand: \"\"\n", bytes) + "} }\n");
}

}  // namespace

std::string OrdinaryText(size_t bytes) {
  std::string out = std::string(kTextHead) + TextType(20);
  for (int i = 0; out.size() < bytes; ++i) {
    out += "instance {\n  id: \"" + Number(i) + "\"\n  template_type: \"T\"\n" +
           TextCriterion("field_index: " + std::to_string(i % 20),
                         "operand of the first criterion " + Number(i)) +
           TextCriterion("field_index: " + std::to_string((i + 7) % 20),
                         "operand of the second criterion " + Number(i)) +
           "}\n";
  }
  return out;
}

std::string OrdinaryConfig(size_t bytes) {
  std::string body;
  for (int i = 0; body.size() < bytes; ++i) {
    if (i % kConditionsPerRecord == 0) {
      if (i > 0) body += "    </ProcessCreate>\n  </RuleGroup>\n";
      body += "  <RuleGroup groupRelation=\"or\">\n    <ProcessCreate onmatch=\"include\">\n";
    }
    const Condition& c = kConditions[i % kConditions.size()];
    const std::string element(c.element);
    body += "      <" + element + " name=\"technique_id=T1059\" condition=\"" +
            std::string(c.words) + "\">" + std::string(c.before) + Number(i) +
            std::string(c.after) + "</" + element + ">\n";
  }
  return Config(body + "    </ProcessCreate>\n  </RuleGroup>\n");
}

std::string OrdinaryBlob(size_t bytes) {
  BlobWriter blob;
  FillBlob(bytes, blob);
  return std::move(blob).Take();
}

std::vector<Adversary> Adversaries(size_t bytes) {
  std::vector<Adversary> all;
  AddConfigs(bytes, all);
  AddBlobs(bytes, all);
  AddTexts(bytes, all);
  AddRules(bytes, all);
  return all;
}

}  // namespace sluice
