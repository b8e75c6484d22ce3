// A small parameter struct with one member of every shape, for the tests of reader, writer and schema.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenarios/text_form.hpp"
#include "sim/kernel/distribution.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"

namespace breakglass::tests {

using sim::Duration;
using sim::field;
using sim::Unit;

enum class Heat { mild, hot, very_hot };
inline constexpr sim::EnumName kHeatNames[] = {{"mild", 0}, {"hot", 1}, {"very-hot", 2}};
constexpr std::span<const sim::EnumName> names(Heat) { return kHeatNames; }

// A scalar with a text form of its own.
struct Offset {
  int minutes = 0;
  friend bool operator==(const Offset&, const Offset&) = default;
};

struct CallParams {
  std::string id;
  double per_request = 1;
  bool is_cached = false;
  friend bool operator==(const CallParams&, const CallParams&) = default;
};
inline bool shorthand(CallParams& p, double number) {
  p.per_request = number;
  return true;
}
template <class V>
void fields(V& visit, CallParams& p) {
  visit(field("per_request", "mean calls per request").at_least(0).required(), p.per_request);
  visit(field("cached", "answers come from a cache"), p.is_cached);
}

struct DishParams {
  std::string id;
  Heat heat = Heat::mild;
  std::vector<CallParams> calls;
  friend bool operator==(const DishParams&, const DishParams&) = default;
};
template <class V>
void fields(V& visit, DishParams& p) {
  visit(field("id", "its name").required(), p.id);
  visit(field("heat", "how hot it is"), p.heat);
  visit(field("calls", "what it calls").keyed(), p.calls);
}

struct BurstParams {
  double factor = 3;
  Duration length = std::chrono::minutes(10);
  friend bool operator==(const BurstParams&, const BurstParams&) = default;
};
template <class V>
void fields(V& visit, BurstParams& p) {
  visit(field("factor", "rate in a burst over the mean rate").above(1).source("a guess | of ours"), p.factor);
  visit(field("length", "how long a burst lasts").as(Unit::duration).above(0), p.length);
}

struct MenuParams {
  std::string title;
  double rate_per_s = 1;
  double miss = 0.1;
  double score = -2.5;
  int guests = 4;
  std::int64_t seed = 1;
  std::uint8_t tables = 2;
  bool is_open = true;
  Duration horizon = std::chrono::hours(24);
  Duration doubling{};
  double wait_s = 90;
  Heat heat = Heat::hot;
  Offset timezone;
  std::vector<double> curve;
  std::array<double, 3> weights{0.5, 0.25, 0.25};
  std::vector<std::string> notes;
  std::vector<Duration> pauses;
  std::optional<BurstParams> burst;
  std::optional<double> limit;
  std::vector<DishParams> dishes;
  std::vector<DishParams> by_name;
  sim::Distribution answer{.kind = sim::Distribution::Kind::lognormal, .a = 120, .b = 600, .atoms = {}};
  sim::Distribution effect{.kind = sim::Distribution::Kind::fixed, .a = 1, .b = 0, .atoms = {}};
  friend bool operator==(const MenuParams&, const MenuParams&) = default;
};
template <class V>
void fields(V& visit, MenuParams& p) {
  visit(field("title", "what the menu is called").required(), p.title);
  visit(field("rate", "guests that come").as(Unit::per_second).above(0).required(), p.rate_per_s);
  visit(field("miss", "probability that a page is missed").as(Unit::probability), p.miss);
  visit(field("score", "any number"), p.score);
  visit(field("guests", "seats").at_least(1).at_most(100), p.guests);
  visit(field("seed", "of the draws").at_least(0), p.seed);
  visit(field("tables", "tables"), p.tables);
  visit(field("open", "whether it is open"), p.is_open);
  visit(field("horizon", "how long it runs").as(Unit::duration).above(0), p.horizon);
  visit(field("doubling", "time to double; never when absent").as(Unit::duration).above(0), p.doubling);
  visit(field("wait", "time at the door").as(Unit::duration), p.wait_s);
  visit(field("heat", "how hot"), p.heat);
  visit(field("timezone", "of the house"), p.timezone);
  visit(field("curve", "factors").at_least(0), p.curve);
  visit(field("weights", "three shares").as(Unit::share), p.weights);
  visit(field("notes", "remarks"), p.notes);
  visit(field("pauses", "breaks").as(Unit::duration), p.pauses);
  visit(field("burst", "bursts; none when absent"), p.burst);
  visit(field("limit", "none when absent").above(0), p.limit);
  visit(field("dishes", "a list"), p.dishes);
  visit(field("by_name", "the same by id").keyed(), p.by_name);
  visit(field("answer", "time to answer").as(Unit::duration), p.answer);
  visit(field("effect", "share removed").as(Unit::share), p.effect);
}

}  // namespace breakglass::tests

template <>
struct breakglass::scenarios::TextForm<breakglass::tests::Offset> {
  static constexpr std::string_view kExpected = "a UTC offset such as \"+05:30\"";
  static constexpr std::string_view kPattern = "^([-+][0-9]{2}:[0-9]{2}|Z)$";
  static Parsed<tests::Offset> parse(std::string_view text) {
    const Parsed<int> minutes = parse_utc_offset(text);
    return {{minutes.value}, minutes.error, minutes.hint};
  }
  static std::string print(const tests::Offset& value) { return print_utc_offset(value.minutes); }
};
