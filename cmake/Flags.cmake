# One warning set and one floating-point contract for every target.
add_library(breakglass_flags INTERFACE)
target_compile_options(breakglass_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -ffp-contract=off)  # a fused multiply-add would change bits between machines
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # What g++ 12 sees in std::string's concatenations at -O3 is not there (its bugs 105329 and 105651, and their kin).
  target_compile_options(breakglass_flags INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()
target_include_directories(breakglass_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(breakglass_flags INTERFACE BREAKGLASS_VERSION="${PROJECT_VERSION}")
if(BREAKGLASS_WERROR)
  target_compile_options(breakglass_flags INTERFACE -Werror)
endif()
if(BREAKGLASS_SANITIZE)
  add_compile_options(-fsanitize=${BREAKGLASS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BREAKGLASS_SANITIZE})
  add_compile_definitions(BREAKGLASS_SANITIZED=1)
endif()

# Faster builds where the tools are there; nothing depends on them.
find_program(BREAKGLASS_CCACHE ccache)
if(BREAKGLASS_CCACHE)
  # Without this sloppiness ccache does not touch what uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER /usr/bin/env CCACHE_SLOPPINESS=pch_defines,time_macros ${BREAKGLASS_CCACHE})
  if(BREAKGLASS_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)  # so that ccache sees what a precompiled header holds
  endif()
endif()
find_program(BREAKGLASS_MOLD mold)
if(BREAKGLASS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
