# Rooms: the program's libraries, and the rule of who may link whom.
#
#   vanthu_room(NAME LAYER SOURCES a.cc ... [ROOMS base model ...] [LIBRARIES imported targets ...])
#
# Layers: base 0 < model 1 < stages 2 < run 3 < app 4. A room links only rooms of lower layers: a link upward or
# sideways stops the configuration. Third-party libraries are PRIVATE, so their headers reach nobody else.

if(VANTHU_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(VANTHU_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

function(vanthu_room name layer)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  add_library(vanthu_${name} STATIC ${ROOM_SOURCES})
  set_property(GLOBAL PROPERTY VANTHU_LAYER_${name} ${layer})
  target_include_directories(vanthu_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(vanthu_${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Werror=return-type)
  foreach(other IN LISTS ROOM_ROOMS)
    get_property(other_layer GLOBAL PROPERTY VANTHU_LAYER_${other})
    if(other_layer STREQUAL "")
      message(FATAL_ERROR "room ${name} links ${other}, which is not a room declared before it")
    endif()
    if(NOT other_layer LESS layer)
      message(FATAL_ERROR "room ${name} (layer ${layer}) may not link ${other} (layer ${other_layer}): data goes one way")
    endif()
    target_link_libraries(vanthu_${name} PUBLIC vanthu_${other})
  endforeach()
  target_link_libraries(vanthu_${name} PRIVATE ${ROOM_LIBRARIES})
endfunction()

# vanthu_test(NAME SOURCES x_test.cc ... ROOMS a b ... [LIBRARIES ...] [LABELS unit|golden|ocr|e2e|fuzz])
# One executable a room; every TEST becomes a ctest entry, so that they run in parallel.
function(vanthu_test name)
  cmake_parse_arguments(T "" "" "SOURCES;ROOMS;LIBRARIES;LABELS" ${ARGN})
  if(NOT T_LABELS)
    set(T_LABELS unit)
  endif()
  add_executable(${name} ${T_SOURCES})
  target_compile_options(${name} PRIVATE -Wall -Wextra)
  foreach(room IN LISTS T_ROOMS)
    target_link_libraries(${name} PRIVATE vanthu_${room})
  endforeach()
  target_link_libraries(${name} PRIVATE ${T_LIBRARIES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    VANTHU_SOURCE_DIR="${PROJECT_SOURCE_DIR}" VANTHU_PROGRAM="${CMAKE_BINARY_DIR}/bin/vanthu")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 120
    TEST_LIST ${name}_tests PROPERTIES LABELS "${T_LABELS}")
  # A list as a value, PROPERTIES takes apart: all but its first entry were lost.
  set(environment ${CMAKE_CURRENT_BINARY_DIR}/${name}_environment.cmake)
  file(WRITE ${environment}
    "if(${name}_tests)\n  set_tests_properties(\${${name}_tests} PROPERTIES ENVIRONMENT\n    \"${VANTHU_TEST_ENVIRONMENT}\")\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${environment})
endfunction()

# vanthu_fuzz(NAME SOURCE x_fuzz.cc CORPUS dir ROOMS ... [LIBRARIES ...])
# With VANTHU_FUZZ a libFuzzer program; without, the same entry point replays its corpus as an ordinary test.
function(vanthu_fuzz name)
  cmake_parse_arguments(F "" "SOURCE;CORPUS" "ROOMS;LIBRARIES" ${ARGN})
  if(VANTHU_FUZZ)
    if(NOT TARGET fuzz_targets)
      add_custom_target(fuzz_targets)  # what the preset builds: the tests are not for clang
    endif()
    add_executable(${name} ${F_SOURCE})
    add_dependencies(fuzz_targets ${name})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(${name} ${F_SOURCE} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.cc)
    add_test(NAME ${name} COMMAND ${name} ${F_CORPUS})
    set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 300
      ENVIRONMENT "${VANTHU_TEST_ENVIRONMENT}")
  endif()
  foreach(room IN LISTS F_ROOMS)
    target_link_libraries(${name} PRIVATE vanthu_${room})
  endforeach()
  target_link_libraries(${name} PRIVATE ${F_LIBRARIES})
endfunction()
