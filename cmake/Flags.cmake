# One warning set and one floating-point contract for every target.
add_library(breakglass_flags INTERFACE)
target_compile_options(breakglass_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -ffp-contract=off)  # a fused multiply-add would change bits between machines
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
find_program(BREAKGLASS_CCACHE ccache)
if(BREAKGLASS_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${BREAKGLASS_CCACHE})
endif()
find_program(BREAKGLASS_MOLD mold)
if(BREAKGLASS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
