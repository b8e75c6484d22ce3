// Results as lists of numbers, for the journal, and back.
#pragma once

#include <cstddef>
#include <vector>

#include "analysis/sweep/border.hpp"
#include "analysis/sweep/race.hpp"
#include "analysis/sweep/tornado.hpp"

namespace breakglass::analysis {

// Reads numbers one after the other. A list that is too short is a journal of ours gone wrong: a check fails.
class NumberReader {
 public:
  explicit NumberReader(const std::vector<double>& numbers) : numbers_(numbers) {}
  double next();
  std::size_t count() { return static_cast<std::size_t>(next()); }
  bool flag() { return next() != 0; }

 private:
  const std::vector<double>& numbers_;
  std::size_t at_ = 0;
};

void append(std::vector<double>& out, const Estimate& estimate);
void append(std::vector<double>& out, const RaceResult& race);
void append(std::vector<double>& out, const Border& border);
void append(std::vector<double>& out, const SobolSample& sample);

Estimate read_estimate(NumberReader& in);
RaceResult read_race(NumberReader& in, std::size_t strategies);
Border read_border(NumberReader& in);
SobolSample read_sobol(NumberReader& in, std::size_t numbers);

}  // namespace breakglass::analysis
