// More than ten million draws of every sampler, over parameters on each side of every switch of method,
// boiled down to one number. The same number on every compiler, optimisation level and machine is the promise
// that results never depend on them; a few hundred draws would not show a difference in the last bit of a
// logarithm.
#pragma once

#include <array>
#include <cstdint>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/hash.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/kernel/special.hpp"

namespace breakglass::tests {
inline void add_functions(sim::Fingerprint& out, double u, double v) {
  out.add(sim::log(u));
  out.add(sim::exp(40 * v - 20));
  out.add(sim::log1p(u - v));
  out.add(sim::expm1(u - v));
  out.add(sim::pow(1 + u, 20 * v - 10));
  out.add(sim::log_gamma(30 * v));
  out.add(sim::normal_cdf(12 * u - 8));
  out.add(sim::log_poisson_pmf(40 * v, 20 * u));
}

inline void add_continuous(sim::Fingerprint& out, double u, double v) {
  out.add(sim::exponential_quantile(u, 3));
  out.add(sim::normal_quantile(u));
  out.add(sim::normal_quantile(u * 0x1p-40));
  out.add(sim::lognormal_quantile(v, 600, 0.9));
  for (const double mean : {0.01, 0.7, 7.9, 8.1, 24.0, 333.3, 2400.0, 2.4e6, 3.3e9, 1e12}) {
    out.add(sim::poisson_quantile(u, mean));
  }
  for (const double n : {1.0, 15.0, 24.0, 2400.0, 2.4e6, 1e12}) {
    for (const double p : {1e-9, 0.003, 0.008, 0.3, 0.5, 0.83}) out.add(sim::binomial_quantile(v, n, p));
  }
}

inline void add_slow(sim::Fingerprint& out, const sim::Address& address, double u, double v) {
  for (const double shape : {0.05, 0.8, 1.0, 4.0, 900.0}) out.add(sim::gamma_quantile(u, shape, 2));
  for (const double a : {0.2, 1.0, 8.0, 400.0}) {
    for (const double b : {0.3, 2.0, 50.0}) out.add(sim::beta_quantile(v, a, b));
  }
  sim::Stream stream(address);
  for (const double shape : {0.3, 1.0, 7.5}) out.add(sim::gamma_draw(stream, shape));
  out.add(sim::beta_draw(stream, 0.4, 0.2));
  out.add(sim::beta_draw(stream, 8, 2));
  const sim::Distribution effect{sim::Distribution::Kind::beta, 8, 2, {{0, 0.2}, {1, 0.1}}};
  out.add(sim::quantile(effect, u));
}

// Every round makes 59 draws, every sixteenth 23 more: kGoldenRounds of them make 10.9 million.
inline constexpr int kGoldenRounds = 180'000;

inline std::uint64_t golden_draws(int rounds) {
  sim::Fingerprint out;
  constexpr std::array<double, 4> kWeights = {0.5, 0, 1.25, 3};
  for (int i = 0; i < rounds; ++i) {
    const sim::Address address{.seed = 0x5EED0000C0FFEEU,
                               .replication = static_cast<std::uint32_t>(i % 97),
                               .question = static_cast<std::uint8_t>(i % 7),
                               .entity = static_cast<std::uint16_t>(i % 11),
                               .index = static_cast<std::uint64_t>(i)};
    const auto [u, v] = sim::uniform2(address);
    add_functions(out, u, v);
    add_continuous(out, u, v);
    out.add(std::uint64_t{sim::categorical(v, kWeights)});
    if (i % 16 == 0) add_slow(out, address, u, v);
  }
  std::array<double, 1000> bulk{};
  sim::fill_uniforms({.seed = 5}, bulk);
  for (const double u : bulk) out.add(u);
  sim::fill_exponentials({.seed = 6}, bulk);
  for (const double x : bulk) out.add(x);
  return out.value();
}

}  // namespace breakglass::tests
