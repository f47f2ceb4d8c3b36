// What every generated header in C++17 has. No exceptions, no memory of its own.

#include "gate/codegen_common.h"

namespace sluice {

const char kCodegenCommonCpp[] = R"(
#ifndef SLUICE_CODEGEN_CPP
#define SLUICE_CODEGEN_CPP 1
#ifdef SLUICE_CODEGEN_C
#error "sluice: headers for C and for C++ do not go together in one file"
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace sluice_codegen {

// Value types, numbered as in channel files.
enum class ValueType : std::uint8_t {
  kUnknown = 0,
  kString = 1,
  kBoolean = 2,
  kUint16 = 3,
  kUint32 = 4,
  kUint64 = 5,
  kInt64 = 6,
  kHex32 = 7,
  kHex64 = 8,
  kGuid = 9,
  kIp = 10,
  kTime = 11,
};

struct Address {
  std::array<std::uint8_t, 16> bytes;  // as on the wire
  std::uint8_t size;                   // 4 or 16
};
struct Guid {
  std::array<std::uint8_t, 16> bytes;
};
struct Time {
  std::int64_t ticks;  // in the sensor's own unit
};

// One value of a supply; std::monostate: not supplied.
using Value = std::variant<std::monostate, std::string_view, bool, std::uint16_t, std::uint32_t,
                           std::uint64_t, std::int64_t, Guid, Address, Time>;

// A field of a template type: `name` as the contract has it.
struct FieldInfo {
  std::string_view name;
  ValueType type;
};

// What values are in C++.
template <ValueType type> struct CppType { using Is = std::string_view; };
template <> struct CppType<ValueType::kBoolean> { using Is = bool; };
template <> struct CppType<ValueType::kUint16> { using Is = std::uint16_t; };
template <> struct CppType<ValueType::kUint32> { using Is = std::uint32_t; };
template <> struct CppType<ValueType::kUint64> { using Is = std::uint64_t; };
template <> struct CppType<ValueType::kInt64> { using Is = std::int64_t; };
template <> struct CppType<ValueType::kHex32> { using Is = std::uint32_t; };
template <> struct CppType<ValueType::kHex64> { using Is = std::uint64_t; };
template <> struct CppType<ValueType::kGuid> { using Is = Guid; };
template <> struct CppType<ValueType::kIp> { using Is = Address; };
template <> struct CppType<ValueType::kTime> { using Is = Time; };

// Whether every value of type `From` is one of type `To`.
template <typename To, typename From>
constexpr bool Holds() {
  if constexpr (std::is_same_v<To, From>) {
    return true;
  } else if constexpr (std::is_same_v<To, bool> || std::is_same_v<From, bool>) {
    return false;
  } else if constexpr (std::is_integral_v<To>) {
    return std::is_integral_v<From> && sizeof(From) <= sizeof(To) &&
           std::is_signed_v<From> == std::is_signed_v<To>;
  } else {
    return std::is_convertible_v<From, To>;
  }
}

// The values of one event of a template type, each with the type that the contract gives it.
template <typename Type>
class Supply {
 public:
  using Field = typename Type::field;
  template <Field field> using TypeOf = typename CppType<Type::fields[field].type>::Is;

  template <Field field, typename T>
  constexpr void Set(const T& value) {
    static_assert(Holds<TypeOf<field>, std::decay_t<const T&>>(),
                  "sluice: the contract gives this field another value type");
    values_[field] = TypeOf<field>(value);
  }
  // nullptr when it is not supplied.
  template <Field field>
  constexpr const TypeOf<field>* Get() const {
    return std::get_if<TypeOf<field>>(&values_[field]);
  }
  const std::array<Value, Type::count>& values() const { return values_; }

 private:
  std::array<Value, Type::count> values_{};
};

// A value at a place of a table; made by At.
template <auto kField, ValueType kType, typename T> struct Entry { T value; };
template <auto kField, ValueType kType, typename T>
constexpr Entry<kField, kType, T> At(T value) {
  return {value};
}

template <typename Type, std::size_t kIndex, typename Entry> struct CheckEntry;
template <typename Type, std::size_t kIndex, auto kField, ValueType kType, typename T>
struct CheckEntry<Type, kIndex, Entry<kField, kType, T>> {
  static_assert(std::is_same_v<decltype(kField), typename Type::field>,
                "sluice: a field of another template type");
  static_assert(std::size_t{kField} == kIndex,
                "sluice: a field moved: in the contract it is at another index");
  static_assert(Type::fields[kField].type == kType,
                "sluice: the contract gives this field another value type");
};
template <typename Type, typename Indexes, typename... Entries> struct CheckEntries;
template <typename Type, std::size_t... kIndexes, typename... Entries>
struct CheckEntries<Type, std::index_sequence<kIndexes...>, Entries...>
    : CheckEntry<Type, kIndexes, Entries>... {};
template <typename Type, std::size_t kSize> struct CheckSize {
  static_assert(kSize == Type::count,
                "sluice: not one entry for each field of the type in its contract");
};

// A table with one element for each field of `Type`. Fails to compile unless there is one entry for
// each, in the contract's order and with its value types.
template <typename Type, typename Element, typename... Entries>
constexpr std::array<Element, sizeof...(Entries)> MakeSupply(Entries... entries) {
  (void)CheckSize<Type, sizeof...(Entries)>();
  if constexpr (sizeof...(Entries) == Type::count) {
    (void)sizeof(CheckEntries<Type, std::index_sequence_for<Entries...>, Entries...>);
  }
  return {{entries.value...}};
}

template <typename Array> struct SizeOf {
  static_assert(sizeof(Array) == 0, "sluice: neither an array nor a std::array");
};
template <typename T, std::size_t kSize>
struct SizeOf<T[kSize]> : std::integral_constant<std::size_t, kSize> {};
template <typename T, std::size_t kSize>
struct SizeOf<std::array<T, kSize>> : std::integral_constant<std::size_t, kSize> {};
template <typename T, std::size_t kSize>
struct SizeOf<const std::array<T, kSize>> : std::integral_constant<std::size_t, kSize> {};

// A template type, as a table for what is looked up at run time.
struct TypeInfo {
  std::string_view name;
  std::uint32_t id;
  std::size_t count;          // of its fields
  const FieldInfo* fields;    // in order
  std::uint64_t fingerprint;  // as in channel files
};

template <typename Type>
constexpr TypeInfo Info() {
  return {Type::name, Type::id, Type::count, Type::fields.data(), Type::fingerprint};
}

}  // namespace sluice_codegen

// Fails to compile unless `number`, a constant of the sensor, is the number of fields of `Type`.
#define SLUICE_CHECK_COUNT(Type, number)                                                       \
  static_assert(std::size_t{number} == Type::count,                                            \
                "sluice: " #number " is not the number of fields of " #Type " in its contract")

// Fails to compile unless `array` has one element for each field of `Type`. Leave its size out,
// "T array[] = {...}": in a sized one, what is left out is zero and not missing.
#define SLUICE_CHECK_SUPPLY(Type, array)                                                       \
  static_assert(                                                                               \
      ::sluice_codegen::SizeOf<std::remove_reference_t<decltype(array)>>::value == Type::count, \
      "sluice: " #array " has not one element for each field of " #Type " in its contract")

// Fails to compile unless `field` of `Type` is at `index` (from 0) and has this value type.
#define SLUICE_CHECK_FIELD(Type, field, index, value_type)                                     \
  static_assert(std::size_t{Type::field} == std::size_t{index},                                \
                "sluice: " #field " of " #Type " moved: in its contract it is at another index"); \
  static_assert(Type::fields[Type::field].type == ::sluice_codegen::ValueType::value_type,     \
                "sluice: " #field " of " #Type " has another value type in its contract")

#elif SLUICE_CODEGEN_CPP != 1
#error "sluice: headers of two versions of sluice codegen; make them anew with one"
#endif
)";

}  // namespace sluice
