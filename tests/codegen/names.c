/* Prints every name in the header of the sensor "hostile", as "length:name" and a line break, types
   before their fields. C11 and C++17. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What a sensor's own headers may have defined. */
#define small char
#define string 1
#define value_type 2
#define hostile 3
#undef linux
#define linux 1

#include "hostile.h"

/* Names that names in the contract try to declare. */
#ifdef evil
#error "the contract has defined a macro"
#endif
static const char evil = 0;

static void print(const char* name) { printf("%u:%s\n", (unsigned)strlen(name), name); }

int main(void) {
  size_t i, f;
  for (i = 0; i < sizeof sluice_types_hostile / sizeof sluice_types_hostile[0]; ++i) {
    print(sluice_types_hostile[i].name);
    for (f = 0; f < sluice_types_hostile[i].count; ++f) print(sluice_types_hostile[i].fields[f]);
  }
  return evil;
}
