# Embeds what is shipped (scenarios, strategies, schemas; later decoys, seasons, policies) in the program, so that
# an id works from any folder and an installed program needs no data beside it. The folder gives the kind:
# scenarios/*.json are scenarios, scenarios/strategies/*.json strategies, *.schema.json schemas.
file(GLOB_RECURSE shipped CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/scenarios/*.json)
list(SORT shipped)
set(shipped_cpp ${CMAKE_BINARY_DIR}/generated/shipped.cpp)
list(TRANSFORM shipped PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE shipped_paths)

# The list goes through a file: a command line has a limit, and its own ideas about semicolons.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/shipped.list CONTENT "${shipped}" @ONLY)
add_custom_command(
  OUTPUT ${shipped_cpp}
  COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${CMAKE_SOURCE_DIR} -DOUT=${shipped_cpp}
          -DLIST=${CMAKE_BINARY_DIR}/generated/shipped.list -P ${CMAKE_SOURCE_DIR}/cmake/EmbedShipped.cmake
  DEPENDS ${shipped_paths} ${CMAKE_BINARY_DIR}/generated/shipped.list ${CMAKE_SOURCE_DIR}/cmake/EmbedShipped.cmake
  COMMENT "Embedding the shipped scenarios and strategies"
  VERBATIM)

add_library(breakglass_shipped STATIC ${shipped_cpp})
target_include_directories(breakglass_shipped PUBLIC ${CMAKE_SOURCE_DIR})
