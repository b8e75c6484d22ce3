// The map of a decision: which strategy does the least harm where, over one or two numbers of a scenario; the
// curve on which two strategies break even; and which number matters the most.
//
// Every point of the grid is a race (race.hpp) in the same worlds as every other point. Between neighbours
// that differ in their best strategy lies a border, which is found by its root (border.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/sweep/border.hpp"
#include "analysis/sweep/parameter.hpp"
#include "analysis/sweep/race.hpp"
#include "analysis/sweep/situation.hpp"
#include "analysis/sweep/tornado.hpp"

namespace breakglass::analysis {

struct SweepRequest {
  Recipe recipe;
  std::vector<Parameter> grid;     // one or two, with points
  std::vector<Parameter> matters;  // ranges for the tornado; the grid's own first; at most kMostNumbers
  std::uint64_t seed = 1;
  std::uint64_t max_worlds = 4096;  // per strategy and point, and per value of a border
  double precision = 0.05;          // of borders
  std::uint64_t tornado_worlds = 1024;
  std::size_t sobol_samples = 128;
  unsigned threads = 0;    // 0: as many as there are cores
  std::string checkpoint;  // a path, or empty
  std::string version;     // of the program, for the checkpoint
};
inline constexpr std::size_t kMostNumbers = 12;
inline constexpr std::size_t kMostGridPoints = 100'000;

struct SweepPoint {
  std::vector<double> values;  // by parameter of the grid
  bool is_done = false;        // false in a partial result
  RaceResult race;
};

struct SweepBorder {
  std::size_t a = 0;            // the best below
  std::size_t b = 0;            // the best above
  std::size_t along = 0;        // index of the parameter whose value was sought
  std::optional<double> other;  // value of the other one, of two
  Border border;
};

struct TornadoBar {
  Parameter parameter;
  std::optional<double> base;  // what the scenario says
  Estimate at_low;             // mean harm of other - best, with this number at its low end
  Estimate at_high;
  std::size_t best_at_low = 0;
  std::size_t best_at_high = 0;
  bool is_certain_at_low = false;
  bool is_certain_at_high = false;
  std::optional<TotalIndex> total;  // with two numbers or more
};

struct Tornado {
  std::size_t best = 0;  // at the scenario's own numbers
  std::size_t other = 0;
  Estimate base;                 // of other - best there
  std::vector<TornadoBar> bars;  // the longest first
};

struct Sweep {
  std::string scenario_id;
  std::string scenario_hash;
  std::string harm_unit;
  std::uint64_t seed = 0;
  std::uint64_t max_worlds = 0;
  double precision = 0;
  bool is_partial = false;
  std::vector<std::string> strategies;
  std::vector<Parameter> grid;
  std::vector<std::optional<double>> own;  // what the scenario says of each of the grid's
  std::vector<SweepPoint> points;          // the first parameter runs fastest
  std::vector<SweepBorder> borders;        // empty in a partial result
  std::optional<Tornado> tornado;          // absent in a partial result, and with a single strategy
};

struct SweepProgress {
  std::size_t done = 0;
  std::size_t expected = 0;
  const char* of = "";  // "points", "borders", "numbers"
};
using SweepCallback = std::function<bool(const SweepProgress&)>;

struct SweepEnding {
  std::optional<Sweep> sweep;  // partial when stopped; absent on failure
  std::string problem;         // problems as they are printed, or one complaint
  bool is_rendered = false;    // whether `problem` is the former
};

// Everything wrong with the request that can be known before the work: pointers that are no numbers, ends of
// ranges that are not legal, strategies that do not fit. Adds problems; whether there were any decides.
void check_request(const SweepRequest& request, scenarios::Problems& problems);

// The request must have passed. Deterministic: threads, checkpoints and where it was stopped before move no
// bit of the result.
SweepEnding run_sweep(const SweepRequest& request, const SweepCallback& progress = {});

}  // namespace breakglass::analysis
