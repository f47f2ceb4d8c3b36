# Compiler flags and the compiler cache.

find_program(CCACHE ccache)
if(CCACHE)
  # Without this it does not keep what a precompiled header was used for.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

add_library(sluice_flags INTERFACE)
target_include_directories(sluice_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
target_compile_options(sluice_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Wno-missing-field-initializers -Werror=return-type
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

set(SLUICE_SANITIZER_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=all
                           -fno-omit-frame-pointer)
if(SLUICE_SANITIZE)
  add_compile_options(${SLUICE_SANITIZER_FLAGS})
  add_link_options(${SLUICE_SANITIZER_FLAGS})
endif()
if(SLUICE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "The fuzz targets need clang: use the preset `fuzz`.")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link ${SLUICE_SANITIZER_FLAGS})
  add_link_options(${SLUICE_SANITIZER_FLAGS})
endif()
