// The one translation unit that holds Catch2's main: it takes 19 s to compile, so nothing else may.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
