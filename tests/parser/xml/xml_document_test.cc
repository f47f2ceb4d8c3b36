#include "parser/xml/xml_document.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "schema/limits.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;

std::string_view At(std::string_view text, Place place) {
  return text.substr(place.offset, place.length);
}

// The place of what is wrong; fails the test when nothing is.
Place MalformedAt(std::string_view text) {
  XmlDocument document;
  const std::optional<Malformed> malformed = document.Parse(text);
  EXPECT_TRUE(malformed) << text.substr(0, 100);
  return malformed ? malformed->place : Place{};
}

// Where a text is not read any further, since that would cost more than the limits allow.
Place OverLimitAt(std::string_view text) {
  XmlDocument document;
  const std::optional<Malformed> malformed = document.Parse(text);
  EXPECT_TRUE(malformed && malformed->over_limit) << text.substr(0, 100);
  return malformed ? malformed->place : Place{};
}

std::string Repeat(std::string_view what, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += what;
  return out;
}

TEST(XmlDocument, PlacesOfNamesAndValues) {
  const std::string text = "\n<root one='1' two = \"a&amp;b\">\n  <leaf>x &lt; y</leaf></root>";
  XmlDocument document;
  ASSERT_FALSE(document.Parse(text));
  const pugi::xml_node root = document.root().child("root");
  EXPECT_EQ(At(text, document.NamePlace(root)), "root");
  EXPECT_EQ(At(text, document.NamePlace(root.attribute("two"))), "two");
  EXPECT_EQ(document.Value(root.attribute("two")).text, "a&b");
  EXPECT_EQ(At(text, document.Value(root.attribute("two")).place), "a&amp;b");
  EXPECT_EQ(At(text, document.StartTagPlace(root)), "<root one='1' two = \"a&amp;b\">");
  const pugi::xml_node leaf = root.child("leaf");
  EXPECT_EQ(document.Value(leaf.first_child()).text, "x < y");
  EXPECT_EQ(At(text, document.Value(leaf.first_child()).place), "x &lt; y");
  const Place value = document.Value(leaf.first_child()).place;
  EXPECT_EQ(At(text, document.ElementPlace(document.StartTagPlace(leaf), value.end())),
            "<leaf>x &lt; y</leaf>");
}

TEST(XmlDocument, ElementPlaces) {
  const std::string text =
      "<r><a/><b x='>' /><c></c><d> </d ><e><![CDATA[<>]]></e><f><!-- --></f></r>";
  XmlDocument document;
  ASSERT_FALSE(document.Parse(text));
  const pugi::xml_node root = document.root().child("r");
  const auto element = [&](const char* name) {
    const Place tag = document.StartTagPlace(root.child(name));
    return At(text, document.ElementPlace(tag, tag.end()));
  };
  EXPECT_EQ(element("a"), "<a/>");
  EXPECT_EQ(element("b"), "<b x='>' />");
  EXPECT_EQ(element("c"), "<c></c>");
  EXPECT_EQ(element("d"), "<d> </d >");
  EXPECT_EQ(element("f"), "<f>");
}

TEST(XmlDocument, PlacesOfRawValues) {
  for (const std::string value : {"x", "&amp;", "&#60;&lt;&#60;", "&quot;'x'", "]]", "&#0;x",
                                  "a\r\nb", "&x;", "&#x10FFFF;"}) {
    const std::string text =
        "<r a=\"" + value + "\">" + value + "<b><![CDATA[<'\">" + value + "]]]></b><b/></r>";
    XmlDocument document;
    ASSERT_FALSE(document.Parse(text)) << text;
    const pugi::xml_node root = document.root().child("r");
    EXPECT_EQ(At(text, document.Value(root.attribute("a")).place), value);
    EXPECT_EQ(At(text, document.Value(root.first_child()).place), value);
    const XmlValue cdata = document.Value(root.child("b").first_child());
    EXPECT_TRUE(cdata.cdata);
    EXPECT_EQ(At(text, cdata.place), "<'\">" + value + "]");
  }
}

TEST(XmlDocument, KeepsWhatStandsOutsideTheRoot) {
  const std::string text = "junk <!DOCTYPE  x [<!ENTITY e 'v'>]><r/>after";
  XmlDocument document;
  ASSERT_FALSE(document.Parse(text));
  const pugi::xml_node doctype = document.root().first_child();
  ASSERT_EQ(doctype.type(), pugi::node_doctype);
  EXPECT_EQ(At(text, document.DoctypePlace(doctype)), "<!DOCTYPE");
  EXPECT_EQ(document.Value(document.root().last_child()).text, "after");
}

TEST(XmlDocument, SyntaxErrorsHaveAPlace) {
  EXPECT_EQ(MalformedAt("").offset, 0u);
  EXPECT_EQ(MalformedAt("no markup").offset, 0u);
  EXPECT_EQ(MalformedAt("ab<a></b>").offset, 7u);
  EXPECT_LE(MalformedAt("<a x=1/>").offset, 8u);
  EXPECT_LE(MalformedAt("<a>").offset, 3u);
  EXPECT_LE(MalformedAt("<a><!-- </a>").offset, 12u);
  EXPECT_LE(MalformedAt("<a><![CDATA[ </a>").offset, 17u);
  EXPECT_LE(MalformedAt("<a/><").offset, 5u);
  EXPECT_LE(MalformedAt("<!DOCTYPE [").offset, 11u);
}

TEST(XmlDocument, NulIsMalformedWhereverItStands) {
  EXPECT_EQ(MalformedAt("<a>x\0y</a>"s).offset, 4u);
  EXPECT_EQ(MalformedAt("<a></a>\0"s).offset, 7u);
  EXPECT_EQ(MalformedAt("<a\0></a>"s).offset, 2u);
}

TEST(XmlDocument, BytesThatAreNotUtf8) {
  EXPECT_EQ(MalformedAt("<a><b\xFF/></a>").offset, 5u);
  EXPECT_EQ(MalformedAt("<a x\xC0='1'/>").offset, 4u);
  XmlDocument document;
  EXPECT_FALSE(document.Parse("<a>\xFF<!-- \xFF --></a>"));
  EXPECT_FALSE(document.all_utf8());
}

TEST(XmlDocument, DepthIsBounded) {
  const std::string deepest = Repeat("<a>", kMaxXmlDepth) + Repeat("</a>", kMaxXmlDepth);
  XmlDocument document;
  EXPECT_FALSE(document.Parse(deepest));
  const Place place =
      OverLimitAt(Repeat("<a>", kMaxXmlDepth) + "<bc/>" + Repeat("</a>", kMaxXmlDepth));
  EXPECT_EQ(place.offset, 3 * kMaxXmlDepth + 1);
  // Closed or not, and long enough per tag to pass their count.
  const std::string tag = "<a>            ";
  MalformedAt(Repeat(tag, 100'000));
  MalformedAt(Repeat(tag, 100'000) + Repeat("</a>", 10));
}

TEST(XmlDocument, NamesAreBounded) {
  const std::string longest(kMaxXmlNameBytes, 'n');
  XmlDocument document;
  EXPECT_FALSE(document.Parse("<" + longest + " " + longest + "='1'/>"));
  EXPECT_EQ(OverLimitAt("<" + longest + "n/>").offset, 1u);
  EXPECT_EQ(OverLimitAt("<a " + longest + "n='1'/>").offset, 3u);
  const std::string huge(10'000'000, 'n');
  EXPECT_EQ(OverLimitAt("<" + huge + "></" + huge + ">").offset, 1u);
}

TEST(XmlDocument, TagsAreCountedBeforeParsing) {
  const std::string few = "<r>" + Repeat("<a/>", kMaxXmlTags - 2) + "</r>";
  XmlDocument document;
  EXPECT_FALSE(document.Parse(few));
  OverLimitAt("<r>" + Repeat("<a/>", kMaxXmlTags) + "</r>");
  OverLimitAt(Repeat("<a/>", kMaxXmlTags + 1));
  MalformedAt(std::string(1'000'000, '<'));
}

TEST(XmlDocument, EntityBombStaysAsWritten) {
  std::string text = "<!DOCTYPE r [<!ENTITY a0 'ha'>";
  for (int i = 1; i < 30; ++i) {
    const std::string before = std::to_string(i - 1);
    const std::string one = std::string("&a") + before + ";";
    text += std::string("<!ENTITY a") + std::to_string(i) + " '" + one + one + "'>";
  }
  text += "]><r>&a29;</r>";
  XmlDocument document;
  ASSERT_FALSE(document.Parse(text));
  EXPECT_EQ(document.Value(document.root().child("r").first_child()).text, "&a29;");
}

}  // namespace
}  // namespace sluice
