// What every generated header in C has. C11 and, so that C++ may include it, C++17; no function of
// any library.

#include "gate/codegen_common.h"

namespace sluice {

const char kCodegenCommonC[] = R"(
#ifndef SLUICE_CODEGEN_C
#define SLUICE_CODEGEN_C 1
#ifdef SLUICE_CODEGEN_CPP
#error "sluice: headers for C and for C++ do not go together in one file"
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define SLUICE_ASSERT_ static_assert
#else
#define SLUICE_ASSERT_ _Static_assert
#endif
#define SLUICE_TEXT_(x) SLUICE_TEXT_OF_(x)
#define SLUICE_TEXT_OF_(x) #x

/* Value types, numbered as in channel files. */
enum {
  SLUICE_TYPE_unknown = 0,
  SLUICE_TYPE_string = 1,
  SLUICE_TYPE_boolean = 2,
  SLUICE_TYPE_uint16 = 3,
  SLUICE_TYPE_uint32 = 4,
  SLUICE_TYPE_uint64 = 5,
  SLUICE_TYPE_int64 = 6,
  SLUICE_TYPE_hex32 = 7,
  SLUICE_TYPE_hex64 = 8,
  SLUICE_TYPE_guid = 9,
  SLUICE_TYPE_ip = 10,
  SLUICE_TYPE_time = 11
};

/* What values are in C. */
typedef struct sluice_text {
  const char *data; /* not terminated */
  size_t size;
} sluice_text;
typedef struct sluice_address {
  uint8_t bytes[16]; /* as on the wire */
  uint8_t size;      /* 4 or 16 */
} sluice_address;
typedef struct sluice_guid {
  uint8_t bytes[16];
} sluice_guid;
typedef struct sluice_time {
  int64_t ticks; /* in the sensor's own unit */
} sluice_time;
typedef sluice_text sluice_as_unknown;
typedef sluice_text sluice_as_string;
typedef bool sluice_as_boolean;
typedef uint16_t sluice_as_uint16;
typedef uint32_t sluice_as_uint32;
typedef uint64_t sluice_as_uint64;
typedef int64_t sluice_as_int64;
typedef uint32_t sluice_as_hex32;
typedef uint64_t sluice_as_hex64;
typedef sluice_guid sluice_as_guid;
typedef sluice_address sluice_as_ip;
typedef sluice_time sluice_as_time;

/* One value of a supply. All zero: not supplied. */
typedef struct sluice_value {
  bool supplied;
  uint8_t kind; /* SLUICE_TYPE_... */
  union {
    sluice_as_unknown of_unknown;
    sluice_as_string of_string;
    sluice_as_boolean of_boolean;
    sluice_as_uint16 of_uint16;
    sluice_as_uint32 of_uint32;
    sluice_as_uint64 of_uint64;
    sluice_as_int64 of_int64;
    sluice_as_hex32 of_hex32;
    sluice_as_hex64 of_hex64;
    sluice_as_guid of_guid;
    sluice_as_ip of_ip;
    sluice_as_time of_time;
  } as;
} sluice_value;

/* A template type, as a table for what is looked up at run time. */
typedef struct sluice_type_info {
  const char *name;
  uint32_t id;
  uint32_t count;            /* of its fields */
  const char *const *fields; /* their names, in order; NULL where there are none */
  uint64_t fingerprint;      /* as in channel files */
} sluice_type_info;

/* Fails to compile unless `count`, a constant of the sensor, is the number of fields of `type`. */
#define SLUICE_CHECK_COUNT(type, count)                                                        \
  SLUICE_ASSERT_((count) == sluice_count_##type,                                               \
                 "sluice: " #count " is not the number of fields of " #type ": contract "      \
                 sluice_contract_##type " has " SLUICE_TEXT_(sluice_count_##type))

/* Fails to compile unless `array` is an array of one element for each field of `type`. Leave its
   size out, "T array[] = {...}": in a sized one, what is left out is zero and not missing. */
#define SLUICE_CHECK_SUPPLY(type, array)                                                       \
  SLUICE_ASSERT_(SLUICE_IS_ARRAY_(array), "sluice: " #array " is a pointer and no array");     \
  SLUICE_ASSERT_(sizeof(array) / sizeof((array)[0]) == sluice_count_##type,                    \
                 "sluice: " #array " has not one element for each field of " #type             \
                 ": contract " sluice_contract_##type " has " SLUICE_TEXT_(sluice_count_##type))
#if defined(__GNUC__) && !defined(__cplusplus)
#define SLUICE_IS_ARRAY_(array) \
  (!__builtin_types_compatible_p(__typeof__(array), __typeof__(&(array)[0])))
#else
#define SLUICE_IS_ARRAY_(array) 1
#endif

/* Fails to compile unless `field` of `type` is at `index` (from 0) and has this value type. */
#define SLUICE_CHECK_FIELD(type, field, index, value_type)                                     \
  SLUICE_ASSERT_((int)(index) == (int)type##_##field,                                          \
                 "sluice: field " #field " of " #type " moved: in contract "                   \
                 sluice_contract_##type " it is at another index");                            \
  SLUICE_ASSERT_((int)SLUICE_TYPE_##value_type == (int)sluice_type_##type##_##field,           \
                 "sluice: field " #field " of " #type " has another value type in contract "   \
                 sluice_contract_##type)

/* Declares `static element const array[]` with the values of LIST, and checks all of it: number,
   order and value types. LIST(X) is a macro of X(type, field, value_type, value) for each field;
   once for each type in a scope. */
#define SLUICE_SUPPLY(type, element, array, LIST)                                              \
  enum { LIST(SLUICE_POSITION_) sluice_listed_##type };                                        \
  LIST(SLUICE_CHECK_ENTRY_)                                                                    \
  SLUICE_ASSERT_((int)sluice_listed_##type == sluice_count_##type,                             \
                 "sluice: " #array " has not one element for each field of " #type             \
                 ": contract " sluice_contract_##type " has " SLUICE_TEXT_(sluice_count_##type));\
  static element const array[] = {LIST(SLUICE_VALUE_)}
#define SLUICE_POSITION_(type, field, value_type, value) sluice_at_##type##_##field,
#define SLUICE_CHECK_ENTRY_(type, field, value_type, value)                                    \
  SLUICE_ASSERT_((int)(sluice_at_##type##_##field) == (int)type##_##field,                     \
                 "sluice: field " #field " of " #type " moved: in contract "                   \
                 sluice_contract_##type " it is at another index");                            \
  SLUICE_ASSERT_((int)SLUICE_TYPE_##value_type == (int)sluice_type_##type##_##field,           \
                 "sluice: field " #field " of " #type " has another value type in contract "   \
                 sluice_contract_##type);
#define SLUICE_VALUE_(type, field, value_type, value) value,

/* What each template type below gets, from its list of fields:
     sluice_supply_TYPE            the values of one event; start from all zero
     sluice_set_TYPE_FIELD(s, v)   supplies one
     sluice_get_TYPE_FIELD(s)      points to one; NULL when it is not supplied */
#define SLUICE_DECLARE_(type)                                                                  \
  enum { sluice_each_##type(SLUICE_TYPE_OF_) };                                                \
  typedef struct sluice_supply_##type {                                                        \
    sluice_value fields[sluice_count_##type];                                                  \
  } sluice_supply_##type;                                                                      \
  sluice_each_##type(SLUICE_ACCESSORS_)                                                        \
  SLUICE_ASSERT_(sizeof(sluice_names_##type) / sizeof(sluice_names_##type[0]) ==               \
                     sluice_count_##type,                                                      \
                 "sluice: the header is not whole")
#define SLUICE_TYPE_OF_(type, field, value_type) \
  sluice_type_##type##_##field = SLUICE_TYPE_##value_type,
#define SLUICE_ACCESSORS_(type, field, value_type)                                             \
  static inline void sluice_set_##type##_##field(sluice_supply_##type *supply,                 \
                                                 sluice_as_##value_type value) {               \
    sluice_value *to = &supply->fields[type##_##field];                                        \
    to->supplied = true;                                                                       \
    to->kind = SLUICE_TYPE_##value_type;                                                       \
    to->as.of_##value_type = value;                                                            \
  }                                                                                            \
  static inline const sluice_as_##value_type *sluice_get_##type##_##field(                     \
      const sluice_supply_##type *supply) {                                                    \
    const sluice_value *from = &supply->fields[type##_##field];                                \
    if (!from->supplied || from->kind != SLUICE_TYPE_##value_type) return NULL;                \
    return &from->as.of_##value_type;                                                          \
  }

#elif SLUICE_CODEGEN_C != 1
#error "sluice: headers of two versions of sluice codegen; make them anew with one"
#endif
)";

}  // namespace sluice
