# One function for each kind of target. Dependencies are always named.

# sluice_library(NAME SRCS file... DEPS target...)
function(sluice_library name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SRCS})
  target_link_libraries(${name} PUBLIC sluice_flags ${ARG_DEPS})
endfunction()

# sluice_proto_library(NAME PROTOS file...): headers are included as "schema/proto/x.pb.h".
function(sluice_proto_library name)
  cmake_parse_arguments(ARG "" "" "PROTOS" ${ARGN})
  set(generated)
  foreach(proto IN LISTS ARG_PROTOS)
    file(RELATIVE_PATH relative ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/${proto})
    string(REGEX REPLACE "\\.proto$" ".pb" stem ${relative})
    set(out ${CMAKE_BINARY_DIR}/${stem})
    add_custom_command(
      OUTPUT ${out}.cc ${out}.h
      COMMAND protobuf::protoc --proto_path=${CMAKE_SOURCE_DIR} --cpp_out=${CMAKE_BINARY_DIR}
              ${relative}
      DEPENDS ${CMAKE_SOURCE_DIR}/${relative}
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
      VERBATIM)
    list(APPEND generated ${out}.cc ${out}.h)
  endforeach()
  add_library(${name} STATIC ${generated})
  # Only our include path: generated code is not held to our warnings.
  target_include_directories(${name} PUBLIC ${CMAKE_BINARY_DIR})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf)
endfunction()

# sluice_generator(NAME SRCS file... DEPS target...): a program that only the build runs.
function(sluice_generator name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name} PRIVATE sluice_flags ${ARG_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/gen)
endfunction()

# sluice_binary(NAME SRCS file... DEPS target...): a program that users run.
function(sluice_binary name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name} PRIVATE sluice_flags ${ARG_DEPS})
  if(SLUICE_STATIC)
    target_link_options(${name} PRIVATE -static)
  endif()
endfunction()

# sluice_test(NAME SRCS file... DEPS target...): a GoogleTest program, one CTest test for each case.
function(sluice_test name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name} PRIVATE sluice_flags ${ARG_DEPS} GTest::gtest GTest::gtest_main)
  if(TARGET sluice_test_headers)
    target_precompile_headers(${name} REUSE_FROM sluice_test_headers)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# sluice_fuzz_target(NAME SRC file DEPS target...): `NAME` under the `fuzz` preset; everywhere, a test
# `NAME_smoke` that runs the same function over the seeds and a few hundred mutations of them.
function(sluice_fuzz_target name)
  cmake_parse_arguments(ARG "" "SRC" "DEPS" ${ARGN})
  if(SLUICE_FUZZ)
    add_executable(${name} ${ARG_SRC})
    target_link_libraries(${name} PRIVATE sluice_flags ${ARG_DEPS})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  else()
    sluice_test(${name}_smoke SRCS ${ARG_SRC} ${CMAKE_SOURCE_DIR}/fuzz/smoke_main.cc DEPS ${ARG_DEPS})
    target_compile_definitions(${name}_smoke PRIVATE SLUICE_FUZZ_TARGET="${name}")
  endif()
endfunction()

# sluice_benchmark(NAME SRCS file... DEPS target...)
function(sluice_benchmark name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name} PRIVATE sluice_flags ${ARG_DEPS} benchmark::benchmark)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
endfunction()
