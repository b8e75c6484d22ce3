# cmake -DSOURCE_DIR=… -DLIST=… -DOUT=… -P EmbedShipped.cmake: writes OUT, a .cpp that holds the files named in
# LIST as raw strings. CMake alone does it, so that the build needs no other language.
file(READ ${LIST} files)
set(entries "")
set(texts "")
set(index 0)
foreach(path IN LISTS files)
  get_filename_component(name ${path} NAME)
  get_filename_component(folder ${path} DIRECTORY)
  get_filename_component(folder ${folder} NAME)
  if(name MATCHES "^(.+)\\.schema\\.json$")
    set(kind schema)
  elseif(folder STREQUAL "strategies")
    set(kind strategy)
  elseif(folder STREQUAL "policies")
    set(kind policy)
  else()
    string(REGEX REPLACE "s$" "" kind ${folder})  # scenarios, decoys, seasons
  endif()
  string(REGEX REPLACE "(\\.schema)?\\.json$" "" id ${name})

  file(READ ${SOURCE_DIR}/${path} text)
  # Pieces below the 16 KB that every compiler accepts for one literal; the compiler joins them.
  string(LENGTH "${text}" length)
  set(pieces "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(FIND "${piece}" "\n" cut REVERSE)  # after a line, so that no character is torn
    if(cut GREATER 0)
      math(EXPR cut "${cut} + 1")
      string(SUBSTRING "${piece}" 0 ${cut} piece)
    else()
      string(LENGTH "${piece}" cut)
    endif()
    string(APPEND pieces "\n    R\"shipped(${piece})shipped\"")
    math(EXPR at "${at} + ${cut}")
  endwhile()
  if(pieces STREQUAL "")
    set(pieces " \"\"")
  endif()
  string(APPEND texts "constexpr char kText${index}[] =${pieces};\n")
  string(APPEND entries "    {\"${kind}\", \"${id}\", \"${path}\", {kText${index}, sizeof(kText${index}) - 1}},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE ${OUT} "// Generated from the files below scenarios/. Do not edit.
#include \"scenarios/shipped.hpp\"

#include <array>

namespace breakglass::scenarios {
namespace {

${texts}
constexpr std::array<ShippedFile, ${index}> kFiles{{
${entries}}};

}  // namespace

std::span<const ShippedFile> shipped_files() { return kFiles; }

}  // namespace breakglass::scenarios
")
