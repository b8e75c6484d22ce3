#include "analysis/sweep/parameter.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "scenarios/override.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/text_node.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/fmath.hpp"

namespace breakglass::analysis {
namespace {

using scenarios::Place;

struct Number {
  NumberKind kind = NumberKind::plain;
  double value = 0;
};

std::optional<Number> read_number(std::string_view text) {
  if (const auto plain = scenarios::parse_number(text); plain.ok())
    return Number{NumberKind::plain, plain.value};
  if (const auto duration = scenarios::parse_duration(text); duration.ok())
    return Number{NumberKind::duration, scenarios::exact_seconds(duration.value)};
  if (const auto rate = scenarios::parse_rate(text); rate.ok()) return Number{NumberKind::rate, rate.value};
  return std::nullopt;
}

struct Part {
  std::string text;
  Place at;
};

// Takes "POINTER=A:B:C" apart, with places; complaints point into "OPTION POINTER=A:B:C".
struct Argument {
  std::string pointer;
  Place pointer_at;
  std::vector<Part> parts;
  Place end;
};

std::optional<Argument> take_apart(std::string_view option, std::string_view text,
                                   scenarios::Problems& problems) {
  const std::string whole = std::string(option) + " " + std::string(text);
  const int source = problems.add_source(std::string(option), whole, 0);
  const std::size_t begin = option.size() + 1;
  const auto place = [&](std::size_t from, std::size_t to) {
    return Place{source, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
  };
  const std::size_t equals = whole.find('=', begin);
  if (equals == std::string::npos || equals == begin || whole[begin] != '/') {
    problems.add_at(place(begin, equals == std::string::npos ? whole.size() : std::max(equals, begin + 1)),
                    "this does not begin with a pointer and '='",
                    "POINTER=LO:HI:N, such as /change/regression/probability=0.05:0.6:12");
    return std::nullopt;
  }
  Argument out;
  out.pointer = whole.substr(begin, equals - begin);
  out.pointer_at = place(begin, equals);
  out.end = place(whole.size(), whole.size());
  for (std::size_t at = equals + 1;;) {
    const std::size_t colon = std::min(whole.find(':', at), whole.size());
    out.parts.push_back({whole.substr(at, colon - at), place(at, colon)});
    if (colon == whole.size()) break;
    at = colon + 1;
  }
  return out;
}

class Reading {
 public:
  Reading(Argument argument, scenarios::Problems& problems)
      : argument_(std::move(argument)), problems_(problems) {}

  std::optional<Parameter> read(bool needs_points) {
    Parameter out;
    out.pointer = argument_.pointer;
    out.points = 0;
    if (!argument_.parts.empty() && argument_.parts.back().text == "log") {
      out.is_log = true;
      log_at_ = argument_.parts.back().at;
      argument_.parts.pop_back();
    }
    const std::size_t wanted = needs_points ? 3 : 2;
    if (argument_.parts.size() != wanted) {
      const Place at = argument_.parts.size() > wanted ? argument_.parts[wanted].at : argument_.end;
      return refuse(at, argument_.parts.size() > wanted ? "this is one part too many" : "a part is missing",
                    needs_points ? "LO:HI:N or LO:HI:N:log" : "LO:HI or LO:HI:log");
    }
    if (!ends(out) || (needs_points && !points(out))) return std::nullopt;
    return out;
  }

 private:
  std::nullopt_t refuse(Place at, std::string what, std::string expected) {
    problems_.add_at(at, std::move(what), std::move(expected));
    return std::nullopt;
  }
  bool ends(Parameter& out) {
    std::optional<Number> numbers[2];
    for (int i = 0; i < 2; ++i) {
      const Part& part = argument_.parts[static_cast<std::size_t>(i)];
      numbers[i] = read_number(part.text);
      if (numbers[i]) continue;
      refuse(part.at, "\"" + scenarios::visible(part.text, 40) + "\" is not a number",
             "a number such as 0.2, a length of time such as 10m, or a rate such as 40/s");
      return false;
    }
    const Place high_at = argument_.parts[1].at;
    if (numbers[0]->kind != numbers[1]->kind) {
      refuse(high_at, "the two ends are not of one kind", "two numbers, two lengths of time, or two rates");
      return false;
    }
    out.kind = numbers[0]->kind;
    out.low = numbers[0]->value;
    out.high = numbers[1]->value;
    if (!(out.low < out.high)) {
      refuse(high_at, "the range ends where it begins, or before", "LO below HI");
      return false;
    }
    if (out.is_log && out.low <= 0) {
      refuse(log_at_, "a logarithmic grid cannot begin at zero or below", "LO above 0, or no \":log\"");
      return false;
    }
    return true;
  }
  bool points(Parameter& out) {
    const auto n = scenarios::parse_integer(argument_.parts[2].text);
    if (n.ok() && n.value >= 2 && n.value <= kMostPoints) {
      out.points = static_cast<int>(n.value);
      return true;
    }
    refuse(argument_.parts[2].at,
           "\"" + scenarios::visible(argument_.parts[2].text, 40) + "\" is not a number of points",
           "a whole number from 2 to 1000");
    return false;
  }

  Argument argument_;
  scenarios::Problems& problems_;
  Place log_at_;
};

}  // namespace

std::optional<Parameter> read_parameter(std::string_view option, std::string_view text, bool needs_points,
                                        scenarios::Problems& problems) {
  auto argument = take_apart(option, text, problems);
  if (!argument) return std::nullopt;
  return Reading(std::move(*argument), problems).read(needs_points);
}

double value_at(const Parameter& parameter, double share) {
  if (share <= 0) return parameter.low;
  if (share >= 1) return parameter.high;
  if (!parameter.is_log) return parameter.low + (parameter.high - parameter.low) * share;
  return parameter.low * sim::exp(share * sim::log(parameter.high / parameter.low));
}

double grid_value(const Parameter& parameter, int i) {
  return value_at(parameter, static_cast<double>(i) / static_cast<double>(parameter.points - 1));
}

std::string value_text(const Parameter& parameter, double value) {
  switch (parameter.kind) {
    case NumberKind::plain: return scenarios::print_number(value);
    case NumberKind::duration:
      return scenarios::print_duration(sim::Duration{static_cast<std::int64_t>(std::llround(value * 1e9))});
    case NumberKind::rate: return scenarios::print_rate(value);
  }
  return {};
}

std::string override_text(const Parameter& parameter, double value) {
  return parameter.pointer + "=" + value_text(parameter, value);
}

std::optional<double> own_value(const Parameter& parameter, std::string_view option, const std::string& text,
                                const std::vector<std::string>& overrides, scenarios::Problems& problems) {
  scenarios::Problems scratch("scenario", text);
  std::optional<scenarios::Node> root = scenarios::parse_text(scratch);
  if (!root) return std::nullopt;  // whoever reads the scenario says so
  for (const std::string& argument : overrides) scenarios::apply_override(*root, argument, scratch);
  const scenarios::Node* node = scenarios::find(*root, parameter.pointer);
  if (node == nullptr) return std::nullopt;
  if (node->is_number()) return node->number;
  if (node->is_string()) {
    if (const auto number = read_number(node->text)) return number->value;
  }
  const std::string shown = std::string(option) + " " + parameter.pointer;
  const int source = problems.add_source(std::string(option), shown, 0);
  problems.add_at(
      {source, static_cast<std::uint32_t>(option.size() + 1), static_cast<std::uint32_t>(shown.size())},
      "what it names is no number but " + scenarios::describe(*node),
      "a pointer to a number, a length of time or a rate");
  return std::nullopt;
}

}  // namespace breakglass::analysis
