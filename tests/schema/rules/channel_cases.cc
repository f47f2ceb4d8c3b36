#include <string>
#include <utility>
#include <vector>

#include "tests/parser/channel/channel_bytes.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

// A channel file with a template type "net" that declares these fields.
std::string Net(std::vector<channel_test::Field> fields, uint8_t dialect = 0, uint8_t binding = 1) {
  channel_test::Model model;
  model.dialect = dialect;
  model.binding = binding;
  const channel_test::Criterion equals = {.operands = {"a"}};
  model.types = {{.name = "net",
                  .fields = std::move(fields),
                  .instances = {{.id = "1", .criteria = {equals}}}}};
  return channel_test::ToBytes(model);
}

// A configuration, or by index a blob, that declares a field of ProcessCreate twice.
std::string Sysmon(uint8_t binding) {
  channel_test::Model model = channel_test::SmallSysmon();
  model.binding = binding;
  model.types[0].flags = 1;
  model.types[0].fields.push_back({"Image", 0});
  return channel_test::ToBytes(model);
}

}  // namespace

std::vector<RuleCase> ChannelFileCases() {
  const Expected expected = {0, "", "cannot tell which field is meant"};
  return {
      {.rule = "SL170",
       .shows = "a field that is declared twice",
       .text = Net({{"host", 1}, {"port", 3}, {"host", 1}}),
       .expected = expected},
      {.rule = "SL170",
       .shows = "the same by index",
       .text = Net({{"host", 1}, {"host", 3}}, 0, 0),
       .expected = expected},
      {.rule = "SL170",
       .shows = "the same in compiled Sigma",
       .text = Net({{"host", 1}, {"host", 3}}, 2),
       .expected = expected},
      {.rule = "SL170",
       .shows = "the same in a configuration",
       .text = Sysmon(1),
       .expected = expected},
      {.rule = "SL170", .shows = "the same in a blob", .text = Sysmon(0), .expected = expected},
      {.rule = "SL170",
       .shows = "a field without a name",
       .text = Net({{"host", 1}, {"", 3}}),
       .expected = expected},
      {.rule = "SL170",
       .shows = "names that differ in the case of letters",
       .text = Net({{"host", 1}, {"Host", 1}})},
  };
}

}  // namespace sluice
