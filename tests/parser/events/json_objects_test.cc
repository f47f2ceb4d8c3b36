#include "parser/events/json_objects.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/events/json_tree.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

// All objects, parsed, as far as the text is good; then "" or the error.
std::string ReadAll(const std::string& text, size_t* objects = nullptr) {
  std::istringstream in(text);
  JsonObjects reader(in, "e.ndjson");
  while (true) {
    const auto next = reader.Next();
    if (!next.ok()) return std::string(Standard(next.status().message()));
    if (!next->has_value()) return "";
    const auto tree = ParseJsonTree("e.ndjson", **next);
    if (!tree.ok()) return std::string(Standard(tree.status().message()));
    if (objects != nullptr) ++*objects;
  }
}

testing::AssertionResult FailsAt(const std::string& text, const std::string& place) {
  const std::string error = ReadAll(text);
  if (error.starts_with(absl::StrCat("e.ndjson:", place, ": "))) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "'" << error << "'";
}

TEST(JsonObjects, OneALineOrOverSeveralLines) {
  size_t objects = 0;
  EXPECT_EQ(ReadAll("\xEF\xBB\xBF{\"a\": 1}\r\n\n{\n  \"b\": \"}{\\\"\"\n}{}", &objects), "");
  EXPECT_EQ(objects, 3u);
  EXPECT_EQ(ReadAll(""), "");
  EXPECT_EQ(ReadAll(" \n\t"), "");
}

TEST(JsonObjects, KnowsWhereEachBegins) {
  std::istringstream in("{}\n  {\"a\": \"\xC3\xA9\"} {}");
  JsonObjects objects(in, "e.ndjson");
  std::vector<std::string> places;
  for (auto next = objects.Next(); next.ok() && next->has_value(); next = objects.Next()) {
    places.push_back(absl::StrCat((*next)->at.line, ":", (*next)->at.column));
  }
  EXPECT_EQ(places, (std::vector<std::string>{"1:1", "2:3", "2:14"}));
}

TEST(JsonObjects, ObjectsAcrossPieces) {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    absl::StrAppend(&text, "{\"key\": \"", std::string(90, 'x'), "\"}\n");
  ASSERT_GT(text.size(), 4u * 65'536);
  size_t objects = 0;
  EXPECT_EQ(ReadAll(text, &objects), "");
  EXPECT_EQ(objects, 3000u);
}

TEST(JsonObjects, RefusesWhatIsNoObjectAtItsPlace) {
  EXPECT_TRUE(FailsAt("{}\n[{}]\n", "2:1"));
  EXPECT_TRUE(FailsAt("{} x", "1:4"));
  EXPECT_TRUE(FailsAt("Record 1\n{}", "1:1"));
  EXPECT_TRUE(FailsAt(std::string("\xFF\xFE{\0}\0", 6), "1:1"));
}

TEST(JsonObjects, RefusesBrokenJsonAtItsPlace) {
  EXPECT_TRUE(FailsAt("{}\n{\"a\": 1,}\n", "2:9"));
  EXPECT_TRUE(FailsAt("{\"a\": tru}", "1:10"));
  EXPECT_TRUE(FailsAt("{\"a\": [1}]}", "1:9"));
  EXPECT_TRUE(FailsAt("{\"a\": \"\xFF\"}", "1:8"));
  EXPECT_TRUE(FailsAt("{\"a\": 1e999}", "1:11"));
}

TEST(JsonObjects, SaysWhereAnObjectStopsTooEarly) {
  EXPECT_TRUE(FailsAt("{\"a\": 1", "1:8"));
  // A torn line swallows the next one: the first byte that does not fit is said.
  EXPECT_TRUE(FailsAt("{\"a\": 1\n{\"b\": 2}\n", "2:1"));
  EXPECT_TRUE(FailsAt("{\"a\": \"1\n{\"b\": 2}\n", "1:9"));
}

TEST(JsonObjects, Limits) {
  const auto of_bytes = [](size_t bytes) {
    return absl::StrCat("{\"a\":\"", std::string(bytes - 8, 'x'), "\"}");
  };
  EXPECT_EQ(ReadAll(of_bytes(kMaxEventBytes)), "");
  EXPECT_TRUE(FailsAt("{}\n" + of_bytes(kMaxEventBytes + 1), "2:1"));

  const auto nested = [](size_t depth) {
    return absl::StrCat("{\"a\":", std::string(depth - 1, '['), std::string(depth - 1, ']'), "}");
  };
  EXPECT_EQ(ReadAll(nested(kMaxEventDepth)), "");
  EXPECT_TRUE(FailsAt(nested(kMaxEventDepth + 1), "1:1"));
  EXPECT_TRUE(FailsAt(nested(500'000), "1:1"));
  EXPECT_TRUE(FailsAt("{\"a\":" + std::string(2'000'000, '['), "1:1"));

  const auto of_values = [](size_t values) {
    std::string text = "{\"a\":[0";
    for (size_t i = 3; i < values; ++i) text += ",0";
    return text + "]}";
  };
  EXPECT_EQ(ReadAll(of_values(kMaxEventValues)), "");
  EXPECT_TRUE(FailsAt(of_values(kMaxEventValues + 1), "1:1"));
}

// Every truncation and every flipped bit of an event is read or refused with a place.
TEST(JsonObjects, AnyDamageHasAPlace) {
  const std::string event =
      "{\"Event\": {\"System\": {\"EventID\": -1.5}, \"x\": [null, \"\\u00e9\"]}}";
  for (size_t size = 1; size < event.size(); ++size) {
    EXPECT_TRUE(ReadAll(event.substr(0, size)).starts_with("e.ndjson:1:")) << size;
  }
  for (size_t bit = 0; bit < event.size() * 8; ++bit) {
    std::string damaged = event;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    const std::string error = ReadAll(damaged);
    EXPECT_TRUE(error.empty() || error.starts_with("e.ndjson:")) << bit << " " << error;
  }
}

}  // namespace
}  // namespace sluice
