// One list of fields a parameter struct. Every Params struct of the model has, beside it, a function
//
//     template <class V> void fields(V& visit, TrafficParams& p) {
//       visit(field("population", "people who use the service").min(1).required(), p.population);
//       ...
//     }
//
// that the scenario reader, the writer, the JSON schema, the documentation and the window's sliders all walk.
// A field names itself as it stands in a file, its unit, its range, its default (the value that a
// default-constructed struct holds) and, where the default is an empirical claim, its source.
#pragma once

#include <limits>
#include <string_view>

namespace breakglass::sim {

// What a number means, and so how it may be written in a file.
enum class Unit {
  none,         // a plain number
  probability,  // 0 to 1
  share,        // 0 to 1: a part of a whole, such as a weight
  duration,     // "25m", "1h30m", "90s", "7d": held as Duration, or as seconds inside a Distribution
  per_second,   // "40/s", "3/min", "12/h", "5/d": held per second
  harm,         // the scenario's own unit
};

struct FieldInfo {
  std::string_view name;
  std::string_view doc;
  Unit unit = Unit::none;
  double min = -std::numeric_limits<double>::infinity();  // inclusive; seconds for a duration
  double max = std::numeric_limits<double>::infinity();   // inclusive; seconds for a duration
  bool above_min = false;                                 // the minimum itself is excluded
  bool is_required = false;
  bool is_keyed = false;  // a vector of structs that have an `id`: written as an object {"id": {...}, ...}
  std::string_view default_source;

  constexpr FieldInfo as(Unit u) const {
    auto f = *this;
    f.unit = u;
    if (u == Unit::probability || u == Unit::share) {
      f.min = 0;
      f.max = 1;
    }
    if (u == Unit::duration || u == Unit::per_second) f.min = 0;
    return f;
  }
  constexpr FieldInfo at_least(double v) const {
    auto f = *this;
    f.min = v;
    return f;
  }
  constexpr FieldInfo above(double v) const {
    auto f = *this;
    f.min = v;
    f.above_min = true;
    return f;
  }
  constexpr FieldInfo at_most(double v) const {
    auto f = *this;
    f.max = v;
    return f;
  }
  constexpr FieldInfo required() const {
    auto f = *this;
    f.is_required = true;
    return f;
  }
  constexpr FieldInfo keyed() const {
    auto f = *this;
    f.is_keyed = true;
    return f;
  }
  constexpr FieldInfo source(std::string_view s) const {
    auto f = *this;
    f.default_source = s;
    return f;
  }
};

constexpr FieldInfo field(std::string_view name, std::string_view doc) {
  FieldInfo info;
  info.name = name;
  info.doc = doc;
  return info;
}

}  // namespace breakglass::sim
