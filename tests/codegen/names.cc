// names.c for a header in C++.

#include <cerrno>
#include <cstdio>

#define small char
#define hostile 3
#undef linux
#define linux 1

#include "hostile.h"

#ifdef evil
#error "the contract has defined a macro"
#endif
static const char evil = 0;

static void Print(std::string_view name) {
  std::printf("%zu:%.*s\n", name.size(), static_cast<int>(name.size()), name.data());
}

int main() {
  for (const sluice_codegen::TypeInfo& type : hostile_contract::types) {
    Print(type.name);
    for (std::size_t i = 0; i < type.count; ++i) Print(type.fields[i].name);
  }
  return evil;
}
