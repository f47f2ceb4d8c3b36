// A text that is read in pieces says the same as when it is read whole: content, places, errors.

#include "parser/text/content_text_pieces.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <sstream>

#include "corpus/case_builder.h"
#include "parser/text/content_text.h"
#include "parser/text/content_text_reader.h"
#include "schema/limits.h"

namespace sluice {
namespace {

constexpr uint32_t kWhole = 1u << 31;

ReadResult Read(const std::string& text, uint32_t piece_bytes) {
  return ContentTextReader(std::make_shared<const std::string>(text), piece_bytes).Read();
}

std::ostream& operator<<(std::ostream& out, Place place) {
  return out << " @" << place.offset << "+" << place.length;
}

void DescribeTypes(const Content& content, std::ostream& out) {
  for (const TemplateType& type : content.types()) out << "\ntype " << type.name << type.place;
  for (const FieldDecl& field : content.field_decls()) out << "\nfield" << field.place;
  for (const Setting& setting : content.settings()) out << "\nsetting" << setting.place;
  out << content.metadata().schema_version_place << content.metadata().format_version_place;
}

// All that is said, with every place.
std::string Describe(const ReadResult& result) {
  std::ostringstream out;
  if (!result.ok()) {
    const Malformed& malformed = result.malformed();
    out << malformed.structure << malformed.place << malformed.message << malformed.over_limit;
    return out.str();
  }
  const Content& content = result.content();
  out << PrintContentText(content) << static_cast<int>(content.binding());
  DescribeTypes(content, out);
  for (const Instance& instance : content.instances()) {
    out << "\ninstance " << instance.ordinal << instance.place << instance.name_place;
  }
  for (const Criterion& criterion : content.criteria()) {
    out << "\ncriterion" << criterion.place << criterion.field_place << criterion.operator_place;
  }
  for (const Operand& operand : content.operands()) out << "\noperand" << operand.place;
  for (const Group& group : content.groups()) out << "\ngroup" << group.place;
  for (const ConditionToken& token : content.condition()) out << "\ntoken" << token.place;
  return out.str();
}

// Sets of fields are kept in 32 bits.
TEST(ContentTextPieces, HasRoomForEveryFieldOfContent) {
  const google::protobuf::Descriptor* content = v1::Content::descriptor();
  for (int i = 0; i < content->field_count(); ++i) {
    EXPECT_LT(content->field(i)->number(), ContentTextPieces::kFieldNumbers);
  }
}

void ExpectSame(const std::string& text) {
  const std::string whole = Describe(Read(text, kWhole));
  for (const uint32_t piece_bytes : {1u, 100u}) {
    ASSERT_EQ(Describe(Read(text, piece_bytes)), whole) << piece_bytes << " bytes of\n" << text;
  }
}

std::string WithHead(std::string_view body) {
  return std::string(kContentTextHeader) + "\n" + std::string(body);
}

const std::string& Channel() {
  static const std::string text = WithHead(R"(instance { id: "1" template_type: "T"
  criterion { field_index: 0 operator: "in_list" operand: ["a", '}', "\"{"] }
  condition [{criterion: 0}]
}; template_type { name: "T" id: 7 field [{name: "x" type: "ip"}, <name: "y">] } # } {
metadata: { format_version: 0x2 },	instance: [{template_type_id: 7}, <template_type: "U">]
instance {id: "ü"	template_type: "T" criterion < field_name: "y" operator: "equals" > }
dialect: "chan" 'nel'
instance [] template_type { name: "V" undeclared: true } instance { template_type: "V" })");
  return text;
}

const std::string& Sysmon() {
  static const std::string text = WithHead(R"(setting { name: "a" value: "1" }
instance { template_type: "ProcessCreate" on_match: "include" combine: "or" name: "n"
  part { group { name: "g" combine: "and"
    criterion { field_name: "Image" operator: "sysmon.is" } } }
  part [{ criterion { field_name: "User" operator: "sysmon.is" operand: "\355\240\200" } },
    {group {}}]
}
setting [{}, <name: "b">]; dialect: "sysmon"
template_type { id: 5 } instance { template_type_id: 5 } binding: "name";
metadata { schema_version: "4.50" })");
  return text;
}

// Whatever is edited at a place: tokens that open, close, end and begin things.
constexpr std::string_view kTokens[] = {"{",
                                        "}",
                                        "<",
                                        ">",
                                        "[",
                                        "]",
                                        ",",
                                        ";",
                                        ":",
                                        "\"",
                                        "'",
                                        "\\",
                                        "#",
                                        "\n",
                                        "\t",
                                        std::string_view("\0", 1),
                                        "-",
                                        "0x",
                                        "x",
                                        "dialect: \"\" ",
                                        "dialect: \"sysmon\" ",
                                        "metadata { }",
                                        "instance { template_type: \"T\" }",
                                        "instance [{ }]",
                                        "setting { }",
                                        "on_match: \"\\377\" ",
                                        "combine: \"\\377\" ",
                                        "id: \"\" ",
                                        "field_index: 1 ",
                                        "[a.b]: 1 ",
                                        "binding: \"name\" ",
                                        "dialect"};

TEST(ContentTextPieces, SampleTextsAreContent) {
  EXPECT_TRUE(Read(Channel(), 1).ok()) << Read(Channel(), 1).malformed().message;
  EXPECT_TRUE(Read(Sysmon(), 1).ok()) << Read(Sysmon(), 1).malformed().message;
}

TEST(ContentTextPieces, SayTheSameOfTheCorpus) {
  int texts = 0;
  for (const std::string& path : FindCases("corpus")) {
    const auto description = ReadCase(path);
    ASSERT_TRUE(description.ok()) << description.status();
    const auto bytes = BuildCase(*description, path);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    if (!LooksLikeContentText(*bytes)) continue;
    ++texts;
    ExpectSame(*bytes);
  }
  EXPECT_GT(texts, 10);
}

TEST(ContentTextPieces, SayTheSameOfEveryTruncation) {
  for (const std::string& text : {Channel(), Sysmon()}) {
    for (size_t length = 0; length < text.size(); ++length) ExpectSame(text.substr(0, length));
  }
}

TEST(ContentTextPieces, SayTheSameOfEveryTokenAtEveryPlace) {
  for (const std::string& text : {Channel(), Sysmon()}) {
    for (size_t at = kContentTextHeader.size() + 1; at <= text.size(); ++at) {
      std::string edited = text;
      edited.insert(at, kTokens[at % std::size(kTokens)]);
      ExpectSame(edited);
    }
  }
}

TEST(ContentTextPieces, SayTheSameOfTextsWithSeveralEdits) {
  std::mt19937 random(1);
  for (int i = 0; i < 5'000; ++i) {
    std::string text = i % 2 == 0 ? Channel() : Sysmon();
    for (int edits = 0; edits < 3; ++edits) {
      const size_t first = kContentTextHeader.size() + 1;
      const size_t at = first + random() % (text.size() - first);
      if (random() % 3 == 0) {
        text.erase(at, random() % 4);
      } else {
        text.insert(at, kTokens[random() % std::size(kTokens)]);
      }
    }
    ExpectSame(text);
  }
}

struct Case {
  const char* what;
  std::string body;
  std::string at;    // the place begins here, at its last occurrence
  std::string says;  // in the message
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.what; }

class ContentTextOfManyPieces : public testing::TestWithParam<Case> {};

// With enough before it that the error is in a later piece.
TEST_P(ContentTextOfManyPieces, SaysWhere) {
  std::string text = WithHead("dialect: \"sysmon\" metadata { } # { } \n");
  for (int i = 0; i < 5'000; ++i) text += "instance { template_type: \"FileCreate\" }\n";
  ASSERT_GT(text.size(), 2 * kContentTextPieceBytes);
  text += GetParam().body;
  const ReadResult result = ReadContentText(std::make_shared<const std::string>(text), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.malformed().place.offset, text.rfind(GetParam().at));
  EXPECT_NE(result.malformed().message.find(GetParam().says), std::string::npos)
      << result.malformed().message;
}

INSTANTIATE_TEST_SUITE_P(
    All, ContentTextOfManyPieces,
    testing::Values(
        Case{"Model", "instance { name: \"x\" }", "instance", "names no template type"},
        Case{"ParserBeforeModel", "instance { } binding: \"?\" instance { colour: 1 }", ": 1",
             "colour"},
        Case{"SecondDialect", "instance { } dialect: \"channel\"", ": \"channel\"", "dialect"},
        Case{"SecondMetadata", "metadata { }", "{ }", "metadata"},
        Case{"SecondAndEmpty", "binding: \"\" binding: \"\"", "binding: \"\"", "given twice"},
        Case{"TwiceInside", "instance { on_match: \"\" on_match: \"\" }", "on_match: \"\" }",
             "given twice"},
        Case{"FirstOfTwoStrings",
             "instance { on_match: \"\\377\" } instance { combine: \"\\377\" }", "on_match",
             "on_match"},
        Case{"NulInAComment", std::string("# \0\n", 4), std::string("\0", 1), "control"},
        Case{"Junk", "} instance { }", "} instance", "identifier"}),
    [](const auto& param) { return std::string(param.param.what); });

// The reader relies on the model to refuse every such value, and looks for the reason only then.
TEST(ContentTextPieces, EveryStringFieldIsCheckedForUtf8) {
  const std::string bad = ": \"\\377\" ";
  const std::string type = "instance { template_type: \"T\" ";
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"sluice.v1.Content.dialect", "dialect" + bad},
      {"sluice.v1.Content.binding", "binding" + bad},
      {"sluice.v1.TemplateType.Field.type",
       "template_type { name: \"T\" field { name: \"f\" type" + bad + "} }"},
      {"sluice.v1.Instance.on_match", "dialect: \"sysmon\" " + type + "on_match" + bad + "}"},
      {"sluice.v1.Instance.combine", "dialect: \"sysmon\" " + type + "combine" + bad + "}"},
      {"sluice.v1.Group.combine",
       "dialect: \"sysmon\" " + type + "part { group { combine" + bad + "} } }"},
      {"sluice.v1.Source.sha256", "source { path: \"a\" sha256" + bad + "}"},
      {"sluice.v1.Criterion.time_part",
       type + "criterion { field_index: 0 operator: \"equals\" time_part" + bad + "} }"}};
  std::set<std::string> tested;
  for (const auto& [field, body] : texts) {
    tested.insert(field);
    const ReadResult result = Read(WithHead(body), kContentTextPieceBytes);
    ASSERT_FALSE(result.ok()) << field;
    EXPECT_NE(result.malformed().message.find("UTF-8"), std::string::npos) << field;
  }
  std::set<std::string> declared;
  const auto* file = v1::Content::descriptor()->file();
  std::vector<const google::protobuf::Descriptor*> messages;
  for (int i = 0; i < file->message_type_count(); ++i) messages.push_back(file->message_type(i));
  for (size_t m = 0; m < messages.size(); ++m) {
    for (int i = 0; i < messages[m]->nested_type_count(); ++i) {
      messages.push_back(messages[m]->nested_type(i));
    }
    for (int i = 0; i < messages[m]->field_count(); ++i) {
      const auto* field = messages[m]->field(i);
      if (field->type() == field->TYPE_STRING) declared.insert(field->full_name());
    }
  }
  EXPECT_EQ(tested, declared);
}

TEST(ContentTextPieces, OneFieldHasLimitsAndTheFileHasOthers) {
  std::string text = WithHead("");
  while (text.size() <= kMaxTextFormFieldBytes) text += "# " + std::string(1 << 20, '{') + "\n";
  EXPECT_TRUE(Read(text, kContentTextPieceBytes).ok());
  std::string many = "instance { template_type: \"T\" criterion [";
  for (uint32_t i = 1; i < kMaxTextFormMessages; ++i) many += "{},";
  // One more than may stand in one field is over the limit; in two fields it is not.
  const ReadResult over = Read(WithHead(many + "{}]}"), kContentTextPieceBytes);
  ASSERT_FALSE(over.ok());
  EXPECT_TRUE(over.malformed().over_limit);
  EXPECT_EQ(over.malformed().place.offset, WithHead(many).size());
  const ReadResult within = Read(WithHead(many + "]} instance { }"), kContentTextPieceBytes);
  ASSERT_FALSE(within.ok());
  EXPECT_FALSE(within.malformed().over_limit);
}

TEST(ContentTextPieces, RefusesOneFieldOfTooManyBytes) {
  const std::string head = WithHead("instance { template_type: \"T\" }\n");
  const std::string text = head + "instance { id: \"" + std::string(kMaxTextFormFieldBytes, 'x') +
                           "\" template_type: \"T\" }";
  const ReadResult result = Read(text, kContentTextPieceBytes);
  ASSERT_FALSE(result.ok());
  EXPECT_TRUE(result.malformed().over_limit);
  EXPECT_EQ(result.malformed().place.offset, head.size());
}

}  // namespace
}  // namespace sluice
