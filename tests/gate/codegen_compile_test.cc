// Generated headers under every compiler there is: right sensors compile and run, wrong ones fail
// with our message.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "parser/channel/channel_view.h"
#include "parser/channel/channel_writer.h"
#include "parser/text/content_text.h"
#include "schema/text.h"
#include "tests/gate/codegen_testing.h"

namespace sluice {
namespace {

class CodegenCompiler : public testing::TestWithParam<Compiler> {
 protected:
  void SetUp() override {
    if (!RunShell(folder_, absl::StrCat("command -v ", compiler().command)).ok) {
      GTEST_SKIP() << "there is no " << compiler().command;
    }
  }

  static const Compiler& compiler() { return GetParam(); }

  // Compiles tests/codegen/SOURCE with the header that stands in the scratch folder.
  Ran Compile(const std::string& source, const std::string& more) {
    const std::string path = absl::StrCat("tests/codegen/", source, compiler().extension());
    return RunShell(folder_, absl::StrCat(compiler().command, " ", compiler().flags(), " -I",
                                          folder_.path().string(), " ", more, " ", path));
  }

  // The same, and runs it; what it prints. "" where it cannot run here.
  std::string CompileAndRun(const std::string& source) {
    const std::string program = (folder_.path() / "program").string();
    const Ran compiled = Compile(source, "-o " + program);
    EXPECT_TRUE(compiled.ok) << compiled.said;
    if (!compiled.ok || !compiler().runs) return "";
    const Ran ran = RunShell(folder_, program);
    EXPECT_TRUE(ran.ok) << ran.said;
    return ran.said;
  }

  ScratchFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(All, CodegenCompiler, testing::ValuesIn(kCompilers),
                         [](const auto& compiler) {
                           std::string name;
                           for (const char c : std::string(compiler.param.command)) {
                             name += c == '+' ? 'p' : c;
                           }
                           std::erase_if(name, [](char c) { return c == '-' || c == '_'; });
                           return name;
                         });

// The fingerprint of the type in a channel file that declares it as the contract does.
uint64_t InChannelFile(const ContractType& type) {
  std::string text = absl::StrCat(Abseil(kContentTextHeader), "\ntemplate_type { name: \"",
                                  Abseil(type.name), "\" id: ", type.id);
  for (const ContractField& field : type.fields) {
    absl::StrAppend(&text, " field { name: \"", Abseil(field.name), "\" type: \"",
                    Abseil(Name(field.type)), "\" }");
  }
  const ReadResult read =
      ReadContentText(std::make_shared<const std::string>(text + " }"), ReadOptions());
  EXPECT_TRUE(read.ok()) << text;
  const std::string bytes = read.ok() ? WriteChannel(read.content()).value_or("") : "";
  ChannelView view;
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  EXPECT_TRUE(OpenChannel(data, bytes.size(), &view).ok());
  EXPECT_EQ(view.types().size(), 1);
  return view.types().empty() ? 0 : view.types()[0].fingerprint;
}

TEST_P(CodegenCompiler, ARightSensorCompilesAndHasTheFingerprintOfItsFiles) {
  const auto acme = Acme();
  folder_.Write("acme.h", Header(acme->contract(), compiler().language));
  const std::string printed = CompileAndRun("sensor");
  if (!compiler().runs) return;
  EXPECT_EQ(printed, absl::StrFormat("%016X\n", InChannelFile(acme->contract().types[0])));
}

struct Wrong {
  const char* macro;
  const char* message;  // a part of it
  bool cpp_only = false;
};

constexpr Wrong kWrong[] = {
    {"SHORT_LIST", "not one e"},
    {"MOVED", " moved"},
    {"RETYPED", "nother value type"},
    {"SHORT_ARRAY", "not one element for each field"},
    {"LONG_ARRAY", "not one element"},
    {"POINTER", "array"},
    {"OLD_COUNT", "is not the number of fields"},
    {"OLD_INDEX", " moved"},
    {"OLD_TYPE", "nother value type"},
    {"FOREIGN", "another template type", true},
    {"NARROW", "another value type", true},
};

TEST_P(CodegenCompiler, AWrongSensorDoesNotCompileAndIsToldWhy) {
  const auto acme = Acme();
  folder_.Write("acme.h", Header(acme->contract(), compiler().language));
  for (const Wrong& wrong : kWrong) {
    if (wrong.cpp_only && compiler().language == CodegenLanguage::kC) continue;
    const Ran compiled = Compile("sensor", absl::StrCat("-fsyntax-only -D", wrong.macro));
    EXPECT_FALSE(compiled.ok) << wrong.macro;
    const size_t said = compiled.said.find("\"sluice: ") != std::string::npos
                            ? compiled.said.find("\"sluice: ")
                            : compiled.said.find(": sluice: ");
    ASSERT_NE(said, std::string::npos) << wrong.macro << "\n" << compiled.said;
    EXPECT_NE(compiled.said.find(wrong.message, said), std::string::npos) << wrong.macro << "\n"
                                                                          << compiled.said;
  }
}

TEST_P(CodegenCompiler, HeadersOfEveryBuiltInContractCompile) {
  for (const Contract* contract : ContractSet::BuiltIn().all()) {
    folder_.Write("one.h", Header(*contract, compiler().language));
    const std::string source =
        folder_.Write("one" + compiler().extension(), "#include \"one.h\"\n");
    const Ran compiled = RunShell(folder_, absl::StrCat(compiler().command, " ", compiler().flags(),
                                                        " -fsyntax-only ", source));
    EXPECT_TRUE(compiled.ok) << contract->Name() << "\n" << compiled.said;
  }
}

TEST_P(CodegenCompiler, NoNameOfAContractIsCode) {
  const std::string evil = "int evil;";
  const std::vector<std::string> names = {"*/ " + evil + " /*",
                                          "\"; " + evil + " //",
                                          "\\",
                                          "a\\",
                                          "\?\?/",
                                          "\n" + evil + "\n",
                                          "\r\n#define evil\r\n",
                                          "\n#define evil\n",
                                          "//\\\n",
                                          "%:define evil",
                                          ")\"",
                                          "{",
                                          "}",
                                          "};",
                                          "\xC3\xA9t\xC3\xA9",
                                          "\xE2\x80\xAE",
                                          "\xE2\x80\xA8",
                                          "\xFF\xFE",
                                          "\x7F\x1B[0m",
                                          "1",
                                          "7zip",
                                          "1e5",
                                          "int",
                                          "class",
                                          "default",
                                          "and",
                                          "_Bool",
                                          "_Static_assert",
                                          "errno",
                                          "NULL",
                                          "EOF",
                                          "EINVAL",
                                          "linux",
                                          "small",
                                          "string",
                                          "X",
                                          "X_",
                                          "type",
                                          "field",
                                          "value",
                                          "count",
                                          "fields",
                                          "name",
                                          "id",
                                          "fingerprint",
                                          "__cplusplus",
                                          "_",
                                          "__",
                                          " ",
                                          "a b",
                                          "a-b",
                                          "a_b",
                                          "a.b",
                                          "aB",
                                          "AB",
                                          "a__b",
                                          "_a",
                                          "a_",
                                          "get_a",
                                          "set_a",
                                          "a_" + std::string(60, 'b'),
                                          "a_" + std::string(61, 'b'),
                                          "sluice",
                                          "SLUICE_SUPPLY",
                                          "std",
                                          "main",
                                          "print"};
  std::vector<std::pair<std::string, std::vector<std::string>>> types;
  types.emplace_back("Plain", names);
  for (const std::string& name : names)
    types.emplace_back(name, std::vector<std::string>{name, "b"});
  types.emplace_back("", std::vector<std::string>{"c"});
  const NamedContract hostile(types);
  std::string expected;
  for (const auto& [name, fields] : types) {
    absl::StrAppend(&expected, name.size(), ":", name, "\n");
    for (const std::string& field : fields) {
      absl::StrAppend(&expected, field.size(), ":", field, "\n");
    }
  }
  folder_.Write("hostile.h", Header(hostile.contract(), compiler().language));
  const std::string printed = CompileAndRun("names");
  EXPECT_EQ(printed, compiler().runs ? expected : "");
}

TEST_P(CodegenCompiler, TwoContractsOfOneSensorDoNotGoTogether) {
  const ContractSet& contracts = ContractSet::BuiltIn();
  folder_.Write("old.h", Header(*contracts.Find("sysmon@4.22"), compiler().language));
  folder_.Write("new.h", Header(*contracts.Find("sysmon@4.90"), compiler().language));
  const std::string command =
      absl::StrCat(compiler().command, " ", compiler().flags(), " -fsyntax-only ");
  const std::string both =
      folder_.Write("both" + compiler().extension(), "#include \"old.h\"\n#include \"new.h\"\n");
  const Ran two = RunShell(folder_, command + both);
  EXPECT_FALSE(two.ok);
  EXPECT_NE(two.said.find("sluice: two contracts of one sensor"), std::string::npos) << two.said;
  // Twice the same is once, and another sensor may stand beside.
  const auto acme = Acme();
  folder_.Write("acme.h", Header(acme->contract(), compiler().language));
  const std::string good =
      folder_.Write("good" + compiler().extension(),
                    "#include \"old.h\"\n#include \"acme.h\"\n#include \"old.h\"\n");
  const Ran one = RunShell(folder_, command + good);
  EXPECT_TRUE(one.ok) << one.said;
}

// C++ takes a header in C as well.
TEST_P(CodegenCompiler, AHeaderInCIsGoodInCpp) {
  if (compiler().language == CodegenLanguage::kC) return;
  const auto acme = Acme();
  folder_.Write("acme.h", Header(acme->contract(), CodegenLanguage::kC));
  const Ran compiled =
      RunShell(folder_, absl::StrCat(compiler().command, " ", compiler().flags(), " -I",
                                     folder_.path().string(),
                                     " -fsyntax-only -x c++ tests/codegen/sensor.c"));
  EXPECT_TRUE(compiled.ok) << compiled.said;
}

}  // namespace
}  // namespace sluice
