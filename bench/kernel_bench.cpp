// What the kernel costs: draws, the event queue, and one whole queueing model on both. Nothing of the domain.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/event_queue.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"

namespace {

namespace sim = breakglass::sim;

// Uniforms made beforehand, so that a sampler's row is the sampler alone.
const std::array<double, 4096>& uniforms() {
  static const auto values = [] {
    std::array<double, 4096> u{};
    sim::fill_uniforms({.seed = 1}, u);
    return u;
  }();
  return values;
}

template <class Draw>
void over_uniforms(benchmark::State& state, Draw draw) {
  const auto& u = uniforms();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draw(u[i++ % u.size()]));
}

void kernel_uniform_addressed(benchmark::State& state) {
  sim::Address address{.seed = 7, .replication = 3, .question = 1, .entity = 2, .index = 0};
  for (auto _ : state) {
    ++address.index;
    benchmark::DoNotOptimize(sim::uniform(address));
  }
}
BENCHMARK(kernel_uniform_addressed);

void kernel_uniform_bulk(benchmark::State& state) {
  sim::BulkUniforms next({.seed = 7});
  for (auto _ : state) benchmark::DoNotOptimize(next());
}
BENCHMARK(kernel_uniform_bulk);

void kernel_exponential_bulk(benchmark::State& state) {
  sim::BulkExponentials next({.seed = 7});
  for (auto _ : state) benchmark::DoNotOptimize(next(2));
}
BENCHMARK(kernel_exponential_bulk);

void kernel_log(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::log(u); });
}
void kernel_exp(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::exp(u); });
}
void kernel_normal_cdf(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::normal_cdf(4 * u - 2); });
}
void kernel_exponential(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::exponential_quantile(u, 2); });
}
void kernel_normal(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::normal_quantile(u); });
}
void kernel_lognormal(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::lognormal_quantile(u, 600, 0.8); });
}
void kernel_gamma_quantile(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::gamma_quantile(u, 4, 1); });
}
void kernel_beta_quantile(benchmark::State& s) {
  over_uniforms(s, [](double u) { return sim::beta_quantile(u, 8, 2); });
}
BENCHMARK(kernel_log);
BENCHMARK(kernel_exp);
BENCHMARK(kernel_normal_cdf);
BENCHMARK(kernel_exponential);
BENCHMARK(kernel_normal);
BENCHMARK(kernel_lognormal);
BENCHMARK(kernel_gamma_quantile);
BENCHMARK(kernel_beta_quantile);

void kernel_poisson(benchmark::State& state, double mean) {
  over_uniforms(state, [mean](double u) { return sim::poisson_quantile(u, mean); });
}
BENCHMARK_CAPTURE(kernel_poisson, 0.5, 0.5);
BENCHMARK_CAPTURE(kernel_poisson, 5, 5.0);
BENCHMARK_CAPTURE(kernel_poisson, 10, 10.0);
BENCHMARK_CAPTURE(kernel_poisson, 24, 24.0);
BENCHMARK_CAPTURE(kernel_poisson, 2400, 2400.0);
BENCHMARK_CAPTURE(kernel_poisson, 2.4e6, 2.4e6);
BENCHMARK_CAPTURE(kernel_poisson, 1e12, 1e12);

void kernel_binomial(benchmark::State& state, double n, double p) {
  over_uniforms(state, [n, p](double u) { return sim::binomial_quantile(u, n, p); });
}
BENCHMARK_CAPTURE(kernel_binomial, 24 x 0.008, 24.0, 0.008);
BENCHMARK_CAPTURE(kernel_binomial, 24 x 0.5, 24.0, 0.5);
BENCHMARK_CAPTURE(kernel_binomial, 2400 x 0.003, 2400.0, 0.003);
BENCHMARK_CAPTURE(kernel_binomial, 2400 x 0.008, 2400.0, 0.008);
BENCHMARK_CAPTURE(kernel_binomial, 2.4e6 x 0.03, 2.4e6, 0.03);
BENCHMARK_CAPTURE(kernel_binomial, 1e12 x 0.9, 1e12, 0.9);

void kernel_gamma_draw(benchmark::State& state) {
  sim::Address address{.seed = 7};
  for (auto _ : state) {
    ++address.index;
    sim::Stream stream(address);
    benchmark::DoNotOptimize(sim::gamma_draw(stream, 4));
  }
}
BENCHMARK(kernel_gamma_draw);

void kernel_beta_draw(benchmark::State& state) {
  sim::Address address{.seed = 7};
  for (auto _ : state) {
    ++address.index;
    sim::Stream stream(address);
    benchmark::DoNotOptimize(sim::beta_draw(stream, 8, 2));
  }
}
BENCHMARK(kernel_beta_draw);

// The hold model (Vaucher and Duval, CACM 18, 1975): take the next event, schedule another an exponential
// time later, with a steady number pending.
template <std::size_t Capacity>
void kernel_hold(benchmark::State& state) {
  sim::EventQueue<std::uint64_t, Capacity> queue;
  sim::BulkExponentials next({.seed = 11});
  const auto delay = [&] { return sim::from_seconds(next(1)); };
  for (std::int64_t i = 0; i < state.range(0); ++i) queue.push(delay(), 0, static_cast<std::uint64_t>(i));
  for (auto _ : state) {
    const auto event = queue.pop();
    queue.push(event.at + delay(), 0, event.payload);
  }
  benchmark::DoNotOptimize(queue.next_time());
}
BENCHMARK_TEMPLATE(kernel_hold, 64)->Arg(4)->Arg(16)->Arg(32)->Arg(64);
BENCHMARK_TEMPLATE(kernel_hold, 1024)->Arg(1024);

void kernel_queue_copy(benchmark::State& state) {
  sim::EventQueue<std::uint64_t, 64> queue;
  for (std::uint64_t i = 0; i < 40; ++i) queue.push(sim::Time{static_cast<std::int64_t>(i)}, 0, i);
  for (auto _ : state) {
    auto copy = queue;
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(kernel_queue_copy);

enum class Kind : std::uint8_t { arrival, departure };

// M/M/1 with load 0.9: the time average of the number in the system, which tends to 0.9 / 0.1 = 9.
double mean_in_system(std::uint64_t seed, std::int64_t customers) {
  constexpr double kMeanGap = 1 / 0.9;
  sim::EventQueue<Kind, 8> queue;
  sim::BulkExponentials next({.seed = seed});
  const auto delay = [&](double mean) { return sim::from_seconds(next(mean)); };
  sim::Time now{};
  double area = 0;
  std::int64_t in_system = 0, arrived = 0;
  queue.push(delay(kMeanGap), 0, Kind::arrival);
  while (!queue.empty()) {
    const auto event = queue.pop();
    area += static_cast<double>(in_system) * sim::to_seconds(event.at - now);
    now = event.at;
    if (event.payload == Kind::arrival) {
      if (++arrived < customers) queue.push(now + delay(kMeanGap), 0, Kind::arrival);
      if (++in_system == 1) queue.push(now + delay(1), 0, Kind::departure);
    } else if (--in_system > 0) {
      queue.push(now + delay(1), 0, Kind::departure);
    }
  }
  return area / sim::to_seconds(now);
}

void kernel_mm1_1e6_customers(benchmark::State& state) {
  double sum = 0;
  std::uint64_t seed = 0;
  for (auto _ : state) sum += mean_in_system(++seed, 1'000'000);
  state.counters["L"] = sum / static_cast<double>(state.iterations());
  state.counters["L_exact"] = 9.0;
}
BENCHMARK(kernel_mm1_1e6_customers)->Unit(benchmark::kMillisecond)->MinTime(1.0);

}  // namespace

BENCHMARK_MAIN();
