#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "parser/text/content_text.h"
#include "schema/content_builder.h"

namespace sluice {
namespace {

ReadResult Read(std::string text) {
  return ReadContentText(std::make_shared<const std::string>(std::move(text)), {});
}

// Prints, reads back, compares, and prints again: the text is canonical.
void ExpectRoundTrip(const Content& content) {
  const std::string text = PrintContentText(content);
  const ReadResult back = Read(text);
  ASSERT_TRUE(back.ok()) << back.malformed().structure << ": " << back.malformed().message << "\n"
                         << text;
  EXPECT_TRUE(SameMeaning(content, back.content())) << text;
  EXPECT_EQ(content.metadata().schema_rank, back.content().metadata().schema_rank) << text;
  EXPECT_EQ(PrintContentText(back.content()), text);
}

// A builder with one open instance of one type.
struct Built {
  Built(Dialect dialect, Binding binding) : builder(dialect, binding, "test") {}

  uint32_t Open(TemplateType of = {.name = "T"}) {
    type = builder.Type(of);
    return builder.BeginInstance({.type = type});
  }
  void Add(std::string_view operand, Operator op = Operator::kSysmonIs, Criterion more = {}) {
    more.field = builder.Field({.type = type, .name = "Image"});
    more.op = op;
    const Operand operands[] = {{.text = operand}};
    builder.AddCriterion(more, operands);
  }
  Content Done() { return std::move(builder).Build(); }

  ContentBuilder builder;
  uint32_t type = kNone;
};

TEST(PrintContentText, EmptyContent) {
  for (const Binding binding : {Binding::kByIndex, Binding::kByName}) {
    ExpectRoundTrip(Built(Dialect::kChannel, binding).Done());
    ExpectRoundTrip(Built(Dialect::kSysmon, binding).Done());
  }
}

TEST(PrintContentText, EscapesWhatATerminalWouldObey) {
  Built built(Dialect::kSysmon, Binding::kByName);
  built.Open();
  built.Add("\x1b[31m \x7f \xC2\x9B \xE2\x80\xAE \"\\\n\r\t ü \xED\xA0\x80 \xF0\x9F\x98\x80");
  const Content content = built.Done();
  const std::string text = PrintContentText(content);
  for (const char* raw : {"\x1b", "\x7f", "\xC2\x9B", "\xE2\x80\xAE", "\xED\xA0\x80"}) {
    EXPECT_EQ(text.find(raw), std::string::npos);
  }
  EXPECT_NE(text.find("ü"), std::string::npos);
  ExpectRoundTrip(content);
}

TEST(PrintContentText, AnEscapeDoesNotSwallowTheDigitsAfterIt) {
  Built built(Dialect::kSysmon, Binding::kByName);
  built.Open();
  built.Add(
      std::string_view("\0"
                       "7\x01"
                       "23",
                       5));
  ExpectRoundTrip(built.Done());
}

TEST(PrintContentText, UnknownOperators) {
  for (const char* text : {"matches", "17", "", "sysmon.is", "equals", "wildcard", "unknown",
                           "contains any", "\xED\xA0\x80"}) {
    Built built(Dialect::kSysmon, Binding::kByName);
    built.Open();
    built.Add("x", Operator::kUnknown, {.operator_text = text});
    ExpectRoundTrip(built.Done());
  }
}

TEST(PrintContentText, SchemaVersions) {
  struct {
    bool has;
    const char* text;
    uint32_t rank;
  } const kVersions[] = {{true, "4.50", 450}, {true, " +4.5e0 x", 450}, {false, "abc", 0},
                         {false, "", 0},      {true, "4.65535", 65935}, {true, "0.00", 0},
                         {false, "0.5", 0},   {true, "4", 400},         {true, "", 7}};
  for (const auto& version : kVersions) {
    Built built(Dialect::kSysmon, Binding::kByName);
    built.builder.metadata().has_schema_version = version.has;
    built.builder.metadata().schema_version = version.text;
    built.builder.metadata().schema_rank = version.rank;
    ExpectRoundTrip(built.Done());
  }
}

TEST(PrintContentText, TypesThatShareANameOrHaveNone) {
  Built built(Dialect::kSysmon, Binding::kByIndex);
  for (const TemplateType& type :
       {TemplateType{.name = "RegistryEvent", .id = 13}, TemplateType{.name = "RegistryEvent"},
        TemplateType{.id = 99}, TemplateType{}, TemplateType{.name = "RegistryEvent", .id = 12},
        TemplateType{.name = "RegistryEvent", .id = 13}}) {
    built.Open(type);
    built.builder.EndInstance();
  }
  ExpectRoundTrip(built.Done());
}

TEST(PrintContentText, TypesThatNoInstanceUses) {
  Built sysmon(Dialect::kSysmon, Binding::kByName);
  sysmon.builder.Type({.name = "Unused", .id = 5});
  sysmon.Open();
  ExpectRoundTrip(sysmon.Done());

  Built channel(Dialect::kChannel, Binding::kByIndex);
  channel.builder.Type({.name = "T"});
  const FieldDecl decls[] = {{.name = "a", .type = ValueType::kGuid}, {.name = "b"}};
  channel.builder.DeclareType({.name = "T", .id = 7}, decls);
  channel.builder.DeclareType({.name = "Open", .open = true}, {});
  channel.Open();
  ExpectRoundTrip(channel.Done());
}

TEST(PrintContentText, GroupsWhereverTheyStand) {
  Built built(Dialect::kSysmon, Binding::kByName);
  built.Open();
  const auto group = [&](int criteria) {
    built.builder.BeginGroup({.combine = Combine::kAnd, .id = 4, .name = "g"});
    for (int i = 0; i < criteria; ++i) built.Add("in");
    built.builder.EndGroup();
  };
  group(0);
  built.Add("plain", Operator::kSysmonImage, {.flags = kEnvironment, .name = "named"});
  group(2);
  group(1);
  built.Add("plain");
  group(0);
  ExpectRoundTrip(built.Done());
}

TEST(PrintContentText, IsReadable) {
  Built built(Dialect::kSysmon, Binding::kByName);
  built.Open({.name = "FileCreate"});
  built.Add("a");
  EXPECT_EQ(PrintContentText(built.Done()), R"(# proto-message: sluice.v1.Content
dialect: "sysmon"
instance {
  template_type: "FileCreate"
  on_match: "type_default"
  combine: "and"
  criterion {
    field_name: "Image"
    operator: "sysmon.is"
    operand: "a"
  }
}
)");
}

// Random contents of both dialects, built as a reader would.
class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  Content Make() {
    const bool sysmon = Chance(2);
    sysmon_ = sysmon;
    by_index_ = Chance(2);
    ContentBuilder builder(sysmon ? Dialect::kSysmon : Dialect::kChannel,
                           by_index_ ? Binding::kByIndex : Binding::kByName, "generated");
    if (sysmon) {
      builder.metadata().binary_major = by_index_ ? Below(20) : 0;
      builder.AddSetting({.name = Keep(builder, "Option"), .value = Text(builder)});
    } else {
      builder.metadata().format_version = Below(3);
      DeclareTypes(builder);
    }
    for (uint32_t i = Below(5); i > 0; --i) AddInstance(builder);
    return std::move(builder).Build();
  }

 private:
  uint32_t Below(uint32_t bound) { return static_cast<uint32_t>(random_() % bound); }
  bool Chance(uint32_t one_in) { return Below(one_in) == 0; }

  static std::string_view Keep(ContentBuilder& builder, std::string text) {
    return builder.Keep(std::move(text));
  }

  std::string_view Text(ContentBuilder& builder) {
    constexpr std::string_view kPieces[] = {"a",    "\"", "\\", "\n",           "7",
                                            "\x01", "é",  ";",  "\xED\xBF\xBF", "\xF4\x8F\xBF\xBF"};
    std::string text;
    for (uint32_t i = Below(6); i > 0; --i) text += kPieces[Below(std::size(kPieces))];
    return Keep(builder, std::move(text));
  }

  void DeclareTypes(ContentBuilder& builder) {
    for (uint32_t t = Below(3); t > 0; --t) {
      std::vector<FieldDecl> decls;
      for (uint32_t f = 0; f < Below(6); ++f) {
        decls.push_back({.name = Keep(builder, "f" + std::to_string(f)),
                         .type = static_cast<ValueType>(Below(12))});
      }
      builder.DeclareType({.name = Keep(builder, "T" + std::to_string(t)), .open = Chance(4)},
                          decls);
      declared_ = t;
    }
  }

  void AddInstance(ContentBuilder& builder) {
    TemplateType named{.name = Keep(builder, "T" + std::to_string(1 + Below(4)))};
    if (sysmon_ && Chance(2)) named.id = Below(4);
    const uint32_t type = builder.Type(named);
    Instance instance{.type = type};
    if (sysmon_) {
      instance.name = Text(builder);
      instance.record_default = static_cast<RecordDefault>(Below(3));
      instance.combine = static_cast<Combine>(Below(2));
    } else {
      instance.id = Text(builder);
    }
    const uint32_t first = static_cast<uint32_t>(builder.criterion_count());
    builder.BeginInstance(instance);
    for (uint32_t i = Below(4); i > 0; --i) AddPart(builder, type);
    if (!sysmon_) AddCondition(builder, first);
    builder.EndInstance();
  }

  void AddPart(ContentBuilder& builder, uint32_t type) {
    if (!sysmon_ || Chance(2)) return AddCriterion(builder, type);
    builder.BeginGroup(
        {.combine = static_cast<Combine>(Below(2)), .id = Below(3), .name = Text(builder)});
    for (uint32_t i = Below(3); i > 0; --i) AddCriterion(builder, type);
    builder.EndGroup();
  }

  void AddCriterion(ContentBuilder& builder, uint32_t type) {
    FieldRef field{.type = type};
    if (by_index_ && (sysmon_ || Chance(2))) {
      field.kind = FieldKind::kIndex;
      field.index = Below(30);
    } else {
      field.name = Text(builder);
      if (!sysmon_ && Chance(4)) field = {.type = type, .kind = FieldKind::kAny};
    }
    Criterion criterion{.field = builder.Field(field),
                        .op = static_cast<Operator>(Below(kOperatorCount)),
                        .operator_text = Text(builder)};
    if (sysmon_) {
      criterion.name = Text(builder);
      if (Chance(3)) criterion.flags = kEnvironment;
    } else {
      criterion.flags = static_cast<uint8_t>(Below(32) & ~kEnvironment);
    }
    std::vector<Operand> operands(Below(3));
    for (Operand& operand : operands) operand.text = Text(builder);
    builder.AddCriterion(criterion, operands);
  }

  void AddCondition(ContentBuilder& builder, uint32_t first) {
    using Kind = ConditionToken::Kind;
    const auto count = static_cast<uint32_t>(builder.criterion_count()) - first;
    if (count == 0 || Chance(3)) return;
    for (uint32_t i = 0; i < count; ++i) {
      builder.AddConditionToken({.kind = Kind::kCriterion, .value = first + i});
      if (Chance(3)) builder.AddConditionToken({.kind = Kind::kNot, .value = 1});
    }
    const Kind kind = Chance(3) ? Kind::kAnd : Chance(2) ? Kind::kOr : Kind::kAtLeast;
    const uint32_t n = kind == Kind::kAtLeast ? 1 + Below(count) : 0;
    builder.AddConditionToken({.kind = kind, .value = count, .n = n});
  }

  std::mt19937 random_;
  bool sysmon_ = false;
  bool by_index_ = false;
  uint32_t declared_ = 0;
};

TEST(PrintContentText, GeneratedContentsComeBack) {
  for (uint32_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    ExpectRoundTrip(Generator(seed).Make());
    if (HasFailure()) return;
  }
}

TEST(PrintContentText, TakesLinearTime) {
  const auto seconds = [](uint32_t instances) {
    ContentBuilder builder(Dialect::kSysmon, Binding::kByIndex, "test");
    for (uint32_t i = 0; i < instances; ++i) {
      const uint32_t type = builder.Type({.id = i});
      builder.BeginInstance({.type = type});
      builder.AddCriterion(
          {.field = builder.Field({.type = type, .kind = FieldKind::kIndex, .index = i}),
           .op = Operator::kSysmonIs},
          {});
      builder.EndInstance();
    }
    const Content content = std::move(builder).Build();
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(Read(PrintContentText(content)).ok());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const double small = seconds(3'000);
  // Quadratic would be a factor of 400.
  EXPECT_LT(seconds(60'000), 100 * small + 0.5);
}

}  // namespace
}  // namespace sluice
