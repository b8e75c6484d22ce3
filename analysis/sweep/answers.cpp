#include "analysis/sweep/answers.hpp"

#include "sim/kernel/check.hpp"

namespace breakglass::analysis {

double NumberReader::next() {
  BG_CHECK(at_ < numbers_.size(), "an answer in the checkpoint is too short");
  return numbers_[at_++];
}

void append(std::vector<double>& out, const Estimate& e) {
  out.insert(out.end(), {e.mean, e.error, e.dof, static_cast<double>(e.worlds)});
}

Estimate read_estimate(NumberReader& in) {
  Estimate e;
  e.mean = in.next();
  e.error = in.next();
  e.dof = in.next();
  e.worlds = in.count();
  return e;
}

void append(std::vector<double>& out, const RaceResult& r) {
  out.insert(out.end(), {static_cast<double>(r.best), r.is_certain ? 1.0 : 0.0, r.is_equal ? 1.0 : 0.0,
                         static_cast<double>(r.next)});
  append(out, r.lead);
  for (std::size_t s = 0; s < r.means.size(); ++s) {
    out.push_back(r.is_left[s] ? 1 : 0);
    append(out, r.means[s]);
  }
}

RaceResult read_race(NumberReader& in, std::size_t strategies) {
  RaceResult r;
  r.best = in.count();
  r.is_certain = in.flag();
  r.is_equal = in.flag();
  r.next = in.count();
  r.lead = read_estimate(in);
  for (std::size_t s = 0; s < strategies; ++s) {
    r.is_left.push_back(in.flag());
    r.means.push_back(read_estimate(in));
  }
  return r;
}

void append(std::vector<double>& out, const Border& b) {
  out.insert(out.end(), {b.is_found ? 1.0 : 0.0, b.value, b.ci95.low, b.ci95.high, b.is_precise ? 1.0 : 0.0,
                         static_cast<double>(b.worlds)});
}

Border read_border(NumberReader& in) {
  Border b;
  b.is_found = in.flag();
  b.value = in.next();
  b.ci95.low = in.next();
  b.ci95.high = in.next();
  b.is_precise = in.flag();
  b.worlds = in.count();
  return b;
}

void append(std::vector<double>& out, const SobolSample& s) {
  out.insert(out.end(), {s.base, s.base_noise});
  out.insert(out.end(), s.step.begin(), s.step.end());
  out.insert(out.end(), s.step_noise.begin(), s.step_noise.end());
}

SobolSample read_sobol(NumberReader& in, std::size_t numbers) {
  SobolSample s;
  s.base = in.next();
  s.base_noise = in.next();
  for (std::size_t i = 0; i < numbers; ++i) s.step.push_back(in.next());
  for (std::size_t i = 0; i < numbers; ++i) s.step_noise.push_back(in.next());
  return s;
}

}  // namespace breakglass::analysis
