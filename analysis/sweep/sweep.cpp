#include "analysis/sweep/sweep.hpp"

#include <algorithm>
#include <thread>

#include "analysis/sweep/answers.hpp"
#include "analysis/sweep/sweep_tornado.hpp"
#include "analysis/sweep/units.hpp"
#include "scenarios/writer.hpp"

namespace breakglass::analysis {
namespace {

std::size_t width_of(const SweepRequest& request) { return static_cast<std::size_t>(request.grid[0].points); }
std::size_t height_of(const SweepRequest& request) {
  return request.grid.size() > 1 ? static_cast<std::size_t>(request.grid[1].points) : 1;
}

// Everything but the scenario that results depend on. Strategies by their contents: a file may change.
std::string canonical(const SweepRequest& request, const Situation& base) {
  std::string text;
  for (const sim::Strategy& strategy : base.strategies) text += scenarios::to_json(strategy.params) + "\n";
  const auto add = [&](const Parameter& p) {
    text += p.pointer + "=" + value_text(p, p.low) + ":" + value_text(p, p.high) + ":" +
            std::to_string(p.points) + (p.is_log ? ":log" : "") + "\n";
  };
  for (const Parameter& p : request.grid) add(p);
  text += "matters\n";
  for (const Parameter& p : request.matters) add(p);
  text += std::to_string(request.seed) + " " + std::to_string(request.max_worlds) + " " +
          std::to_string(request.tornado_worlds) + " " + std::to_string(request.sobol_samples) + " " +
          scenarios::print_number(request.precision) + "\n";
  return text;
}

// What a sweep is made from, and where answers go.
struct Work {
  const SweepRequest& request;
  const SweepCallback& progress;
  Journal& journal;
  Sweep& sweep;
  SweepEnding& ending;
  unsigned threads;

  // Whether all were answered; if not, the ending says why.
  bool answer(const std::vector<Unit>& units, const char* of) {
    const Ending end = answer_all(units, threads, journal, [&](std::size_t done) {
      return !progress || progress({done, units.size(), of});
    });
    if (end.how == Ended::failed) {
      ending.problem = end.why;
      ending.is_rendered = end.why.find('\n') != std::string::npos;
    }
    sweep.is_partial = sweep.is_partial || end.how == Ended::stopped;
    return end.how == Ended::all;
  }
};

std::vector<Setting> settings_of(const SweepRequest& request, const std::vector<double>& values) {
  std::vector<Setting> settings;
  for (std::size_t i = 0; i < values.size(); ++i) settings.push_back({&request.grid[i], values[i]});
  return settings;
}

bool find_points(Work& work) {
  const SweepRequest& request = work.request;
  std::vector<Unit> units;
  for (std::size_t y = 0; y < height_of(request); ++y) {
    for (std::size_t x = 0; x < width_of(request); ++x) {
      SweepPoint point;
      point.values.push_back(grid_value(request.grid[0], static_cast<int>(x)));
      if (request.grid.size() > 1) point.values.push_back(grid_value(request.grid[1], static_cast<int>(y)));
      units.push_back({"point/" + std::to_string(units.size()), [&request, values = point.values] {
                         const Situation there =
                             expect_situation(request.recipe, settings_of(request, values));
                         std::vector<double> out;
                         append(out, race(there, {request.seed, request.max_worlds}));
                         return out;
                       }});
      work.sweep.points.push_back(std::move(point));
    }
  }
  const bool all = work.answer(units, "points");
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::vector<double>* answer = work.journal.find(units[i].name);
    if (answer == nullptr) continue;
    NumberReader in(*answer);
    work.sweep.points[i].race = read_race(in, work.sweep.strategies.size());
    work.sweep.points[i].is_done = true;
  }
  return all;
}

// Neighbours along one parameter.
struct Edge {
  std::size_t from = 0;  // indices of points
  std::size_t to = 0;
  std::size_t along = 0;
  double low = 0;  // shares of that parameter's range
  double high = 1;
};

std::vector<Edge> edges_of(const SweepRequest& request) {
  const std::size_t width = width_of(request);
  const std::size_t height = height_of(request);
  const auto share = [](std::size_t i, std::size_t n) {
    return static_cast<double>(i) / static_cast<double>(n - 1);
  };
  std::vector<Edge> edges;
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x + 1 < width; ++x)
      edges.push_back({y * width + x, y * width + x + 1, 0, share(x, width), share(x + 1, width)});
  }
  for (std::size_t x = 0; x < width; ++x) {
    for (std::size_t y = 0; y + 1 < height; ++y)
      edges.push_back({y * width + x, (y + 1) * width + x, 1, share(y, height), share(y + 1, height)});
  }
  return edges;
}

bool find_borders(Work& work) {
  const SweepRequest& request = work.request;
  std::vector<Unit> units;
  std::vector<SweepBorder> borders;
  for (const Edge& edge : edges_of(request)) {
    const SweepPoint& from = work.sweep.points[edge.from];
    const std::size_t a = from.race.best;
    const std::size_t b = work.sweep.points[edge.to].race.best;
    if (a == b) continue;
    Stretch stretch{&request.grid[edge.along], edge.low, edge.high, {}};
    SweepBorder border{a, b, edge.along, std::nullopt, {}};
    if (request.grid.size() > 1) {
      const std::size_t other = 1 - edge.along;
      stretch.held.push_back({&request.grid[other], from.values[other]});
      border.other = from.values[other];
    }
    borders.push_back(border);
    units.push_back({"border/" + std::to_string(edge.from) + "/" + std::to_string(edge.to),
                     [&request, stretch = std::move(stretch), a, b] {
                       std::vector<double> out;
                       append(out, find_border(request.recipe, stretch, a, b,
                                               {request.seed, request.precision, request.max_worlds}));
                       return out;
                     }});
  }
  if (!work.answer(units, "borders")) return false;
  for (std::size_t i = 0; i < units.size(); ++i) {
    NumberReader in(*work.journal.find(units[i].name));
    borders[i].border = read_border(in);
    if (borders[i].border.is_found) work.sweep.borders.push_back(borders[i]);
  }
  return true;
}

bool find_what_matters(Work& work) {
  const SweepRequest& request = work.request;
  if (work.sweep.strategies.size() < 2 || request.matters.empty()) return true;
  if (!work.answer({base_unit(request)}, "numbers")) return false;
  const std::size_t strategies = work.sweep.strategies.size();
  const BaseAnswer base = read_base(*work.journal.find("base"), strategies);
  const std::vector<Unit> units = tornado_units(request, base);
  if (!work.answer(units, "numbers")) return false;
  work.sweep.tornado = tornado_from(request, base, work.journal, strategies);
  return true;
}

}  // namespace

SweepEnding run_sweep(const SweepRequest& request, const SweepCallback& progress) {
  SweepEnding ending;
  scenarios::Problems problems;
  const auto base = situation_at(request.recipe, {}, problems);
  if (!base) return {std::nullopt, scenarios::render(problems), true};
  Sweep sweep;
  sweep.scenario_id = base->scenario.params.id;
  sweep.scenario_hash = base->scenario.hash;
  sweep.harm_unit = base->scenario.params.harm_unit;
  sweep.seed = request.seed;
  sweep.max_worlds = request.max_worlds;
  sweep.precision = request.precision;
  sweep.grid = request.grid;
  for (const sim::Strategy& strategy : base->strategies) sweep.strategies.push_back(strategy.params.id);
  sweep.own = own_values(request);
  Journal journal;
  if (!request.checkpoint.empty()) {
    ending.problem =
        journal.open(request.checkpoint, {request.version, sweep.scenario_hash, canonical(request, *base)});
    if (!ending.problem.empty()) return ending;
  }
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  Work work{request, progress, journal, sweep, ending, request.threads == 0 ? cores : request.threads};
  const bool whole = find_points(work) && find_borders(work) && find_what_matters(work);
  if (whole || sweep.is_partial) ending.sweep = std::move(sweep);
  return ending;
}

}  // namespace breakglass::analysis
