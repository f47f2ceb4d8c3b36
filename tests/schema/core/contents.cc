#include "tests/schema/core/contents.h"

#include <deque>

#include "schema/content_builder.h"

namespace sluice {
namespace {

Contract SysmonContract(std::string_view version, uint32_t rank,
                        std::span<const ContractType> types) {
  Contract contract;
  contract.sensor = "sysmon";
  contract.version = version;
  contract.rank = rank;
  contract.dialect = Dialect::kSysmon;
  contract.binary_major = 15;
  contract.min_schema_rank = 400;
  contract.types = types;
  contract.operator_mask = uint64_t{1} << static_cast<int>(Operator::kSysmonIs);
  return contract;
}

}  // namespace

Content Record(std::string_view type, const std::vector<Condition>& conditions, Combine combine) {
  ContentBuilder builder(Dialect::kSysmon, Binding::kByName, "test");
  const uint32_t index = builder.Type({.name = type});
  builder.BeginInstance(
      {.type = index, .record_default = RecordDefault::kExclude, .combine = combine});
  for (const Condition& condition : conditions) {
    const uint32_t field =
        builder.Field({.type = index, .kind = FieldKind::kName, .name = condition.field});
    const Operand operand{.text = condition.operand, .place = {}};
    builder.AddCriterion({.field = field, .op = condition.op, .name = condition.name},
                         {&operand, 1});
  }
  builder.EndInstance();
  return std::move(builder).Build();
}

const Contract& TwoEvents() {
  static constexpr ContractField kFirst[] = {{"A"}, {"B"}, {"U"}};
  static constexpr ContractField kSecond[] = {{"A"}, {"C"}, {"B"}, {"U"}};
  static const ContractType kTypes[] = {{.name = "E", .id = 1, .fields = kFirst},
                                        {.name = "E", .id = 2, .fields = kSecond}};
  static const Contract contract = SysmonContract("4.50", 450, kTypes);
  return contract;
}

const Contract& OneOrder() {
  static constexpr ContractField kFields[] = {{"A"}, {"B"}, {"C"}, {"U"}};
  static const ContractType kTypes[] = {
      {.name = "E", .id = 1, .default_include = true, .fields = kFields},
      {.name = "E", .id = 2, .fields = kFields}};
  static const Contract contract = SysmonContract("4.60", 460, kTypes);
  return contract;
}

Contract ChannelContract(std::string_view version, uint32_t rank,
                         const std::vector<ContractField>& fields) {
  static auto& kept = *new std::deque<std::vector<ContractField>>;
  static auto& types = *new std::deque<ContractType>;
  types.push_back({.name = "T", .id = 7, .fields = kept.emplace_back(fields)});
  Contract contract;
  contract.sensor = "acme";
  contract.version = version;
  contract.rank = rank;
  contract.dialect = Dialect::kChannel;
  contract.types = {&types.back(), 1};
  contract.operator_mask = uint64_t{1} << static_cast<int>(Operator::kEquals);
  return contract;
}

}  // namespace sluice
