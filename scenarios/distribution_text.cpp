#include "scenarios/distribution_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/read_values.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/variance.hpp"

namespace breakglass::scenarios {
namespace {

using sim::Distribution;
using Kind = Distribution::Kind;

// How one kind is written. Without names, the two parameters are a list.
struct Form {
  Kind kind;
  std::string_view name;
  std::string_view first;   // name of `a`
  std::string_view second;  // name of `b`; "" if there is none
  std::string_view example;
};
constexpr std::array<Form, 6> kForms = {{
    {Kind::uniform, "uniform", "", "", "a list of two, the bounds"},
    {Kind::exponential, "exponential", "mean", "", "an object with mean"},
    {Kind::normal, "normal", "mean", "sd", "an object with mean and sd"},
    {Kind::lognormal, "lognormal", "median", "p95", "an object with median and p95"},
    {Kind::gamma, "gamma", "mean", "sd", "an object with mean and sd"},
    {Kind::beta, "beta", "", "", "a list of two, the shapes"},
}};
constexpr std::array<std::string_view, 8> kNames = {"uniform", "exponential", "normal", "lognormal",
                                                    "gamma",   "beta",        "atoms",  "else"};

std::string_view meaning_of(std::string_view parameter) {
  if (parameter == "p95") return "the 95th percentile";
  if (parameter == "sd") return "the standard deviation";
  return parameter == "median" ? "the median" : "the mean";
}

// Parameters are in the field's unit but have rules of their own instead of its range.
sim::FieldInfo without_range(const sim::FieldInfo& info) {
  sim::FieldInfo free = sim::field(info.name, info.doc);
  free.unit = info.unit;
  return free;
}

bool complain(const Node& node, std::string what, ReadContext& context, std::string expected = {}) {
  context.add(node.at, std::move(what), std::move(expected));
  return false;
}

// What must hold between the parameters of a kind (see sim/kernel/distribution.hpp).
bool check_parameters(const Node& node, const Distribution& d, ReadContext& context) {
  switch (d.kind) {
    case Kind::fixed: return true;
    case Kind::uniform:
      return d.a <= d.b || complain(node, "the bounds of \"uniform\" go from low to high", context);
    case Kind::exponential:
      return d.a >= 0 || complain(node, "a mean of \"exponential\" below zero", context);
    case Kind::normal: return d.b >= 0 || complain(node, "a standard deviation below zero", context);
    case Kind::lognormal:
      if (!(d.a > 0)) return complain(node, "the median of \"lognormal\" must be above zero", context);
      return d.b >= d.a || complain(node, "the 95th percentile lies below the median", context);
    case Kind::gamma:
      if (!(d.a > 0 && d.b > 0))
        return complain(node, "mean and sd of \"gamma\" must be above zero", context);
      return (d.b * 1000 >= d.a && d.b <= 1000 * d.a) ||
             complain(node, "mean and sd of \"gamma\" are more than a factor of 1000 apart", context);
    case Kind::beta:
      if (!(d.a > 0 && d.b > 0)) return complain(node, "the shapes of \"beta\" must be above zero", context);
      return (std::min(d.a, d.b) >= 1e-3 && std::max(d.a, d.b) <= 1e6) ||
             complain(node, "the shapes of \"beta\" are out of range", context, "shapes from 0.001 to 1e6");
  }
  return true;
}

// A tail so long that no mean could be told (a lognormal with p95 / median = 1e9, say): sums would be
// infinite.
bool check_moments(const Node& node, const Distribution& d, const sim::FieldInfo& info,
                   ReadContext& context) {
  const bool is_time = info.unit == sim::Unit::duration;
  const double most = is_time ? kLongestDuration_s : kLargestNumber;
  const double spread = std::sqrt(sim::variance(d));
  if (sim::mean(d) <= most && spread <= most * 1000) return true;
  const bool by_mean = !(sim::mean(d) <= most);
  const std::string limit =
      is_time ? (by_mean ? "ten years" : "ten thousand years") : print_number(by_mean ? most : most * 1000);
  return complain(node,
                  std::string("the tail of this distribution is too long: its ") +
                      (by_mean ? "mean" : "standard deviation") + " is beyond " + limit,
                  context);
}

// The least and the largest value that the continuous part can give; the left tail of a normal is the
// caller's.
std::pair<double, double> support(const Distribution& d) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (d.kind) {
    case Kind::fixed: return {d.a, d.a};
    case Kind::uniform: return {d.a, d.b};
    case Kind::normal: return {d.a, d.a};
    case Kind::beta: return {0, 1};
    case Kind::exponential:
    case Kind::lognormal:
    case Kind::gamma: break;
  }
  return {0, kInfinity};
}

bool check_support(const Node& node, const Distribution& d, const sim::FieldInfo& info,
                   ReadContext& context) {
  const auto [low, high] = support(d);
  // An open support may touch the bound; what lies beyond is drawn with probability zero or is capped by the
  // model.
  const bool fits = low >= info.min && (d.kind != Kind::fixed || !info.above_min || low > info.min) &&
                    (high <= info.max || std::isinf(high));
  return fits ||
         complain(node, "this distribution reaches values out of range", context, expected_form(info));
}

bool read_parameter(const Node& object, std::string_view name, const sim::FieldInfo& info, double& out,
                    ReadContext& context) {
  const Node* node = object.find(name);
  const PointerStep step(context, name);
  const std::optional<double> value = node == nullptr ? std::nullopt : read_quantity(*node, info, context);
  if (value) out = *value;
  return value.has_value();
}

bool read_named(const Node& node, const Form& form, const sim::FieldInfo& info, Distribution& d,
                ReadContext& context) {
  if (!node.is_object()) return wrong_kind(node, form.example, context);
  std::vector<std::string_view> known = {form.first};
  if (!form.second.empty()) known.push_back(form.second);
  std::vector<sim::FieldInfo> missing;
  bool ok = true;
  for (const std::string_view name : known) {
    if (node.find(name) == nullptr) {
      missing.push_back(sim::field(name, meaning_of(name)));
      ok = false;
    } else {
      ok &= read_parameter(node, name, info, name == form.first ? d.a : d.b, context);
    }
  }
  const std::size_t before = context.problems.count();
  check_members(node, known, missing, context);
  return ok && context.problems.count() == before;
}

bool read_pair(const Node& node, const Form& form, const sim::FieldInfo& info, Distribution& d,
               ReadContext& context) {
  if (!node.is_array() || node.items.size() != 2) return wrong_kind(node, form.example, context);
  const sim::FieldInfo mine = form.kind == Kind::beta ? sim::field(info.name, info.doc) : info;
  bool ok = true;
  for (std::size_t i = 0; i < 2; ++i) {
    const PointerStep step(context, i == 0 ? "0" : "1");
    const std::optional<double> value = read_quantity(node.items[i], mine, context);
    ok &= value.has_value();
    if (value) (i == 0 ? d.a : d.b) = *value;
  }
  return ok;
}

bool read_continuous(const Node& object, const sim::FieldInfo& info, Distribution& d, ReadContext& context) {
  const Node& member = object.items.front();
  const auto form =
      std::find_if(kForms.begin(), kForms.end(), [&](const Form& f) { return f.name == member.key; });
  const PointerStep step(context, member.key);
  d.kind = form->kind;
  const sim::FieldInfo free = without_range(info);
  const bool ok = form->first.empty() ? read_pair(member, *form, free, d, context)
                                      : read_named(member, *form, free, d, context);
  return ok && check_parameters(member, d, context) && check_moments(member, d, info, context) &&
         check_support(member, d, info, context);
}

// One "value": probability.
bool read_atom(const Node& member, const sim::FieldInfo& info, Distribution& d, ReadContext& context) {
  const PointerStep step(context, member.key);
  Distribution::Atom atom;
  // The key is a quantity in a string: seen as a number where the unit is none.
  Node key;
  key.kind = Node::Kind::string;
  key.text = member.key;
  key.at = member.key_at;
  if (info.unit != sim::Unit::duration && info.unit != sim::Unit::per_second) {
    const Parsed<double> number = parse_number(member.key);
    if (!number.ok())
      return complain(key, "\"" + visible(member.key, 40) + "\" " + number.error, context,
                      expected_form(info));
    key.kind = Node::Kind::number;
    key.number = number.value;
  }
  const bool value_ok = read_value(key, info, atom.value, context);
  const sim::FieldInfo probability = sim::field("", "").as(sim::Unit::probability).above(0);
  if (!read_value(member, probability, atom.probability, context) || !value_ok) return false;
  d.atoms.push_back(atom);
  return true;
}

bool read_atoms(const Node& node, const sim::FieldInfo& info, Distribution& d, ReadContext& context) {
  const PointerStep step(context, "atoms");
  if (!node.is_object()) return wrong_kind(node, "an object of values with their probabilities", context);
  if (node.items.empty()) return complain(node, "no atoms", context, "values with their probabilities");
  bool ok = true;
  for (const Node& member : node.items) ok &= read_atom(member, info, d, context);
  std::sort(d.atoms.begin(), d.atoms.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  double sum = 0;
  for (std::size_t i = 0; i < d.atoms.size(); ++i) {
    sum += d.atoms[i].probability;
    if (i > 0 && d.atoms[i].value == d.atoms[i - 1].value)
      ok = complain(node, "the same value twice", context);
  }
  // Tenths do not sum exactly in binary; a billionth is no part of anybody's meaning.
  if (sum > 1 + 1e-9)
    ok = complain(node, "the probabilities sum to " + print_number(sum), context, "at most 1");
  if (ok && sum > 1) d.atoms.back().probability -= sum - 1;
  return ok;
}

double atoms_sum(const Distribution& d) {
  double sum = 0;
  for (const auto& atom : d.atoms) sum += atom.probability;
  return sum;
}

bool read_mixture(const Node& object, const sim::FieldInfo& info, Distribution& d, ReadContext& context) {
  const Node* rest = object.find("else");
  Distribution result;
  bool ok = true;
  if (rest != nullptr) {
    const PointerStep step(context, "else");
    if (rest->find("atoms") != nullptr)
      return complain(*rest, "atoms inside \"else\"", context, "a distribution without atoms");
    ok = read_value(*rest, info, result, context);
  }
  result.atoms.clear();
  ok = read_atoms(*object.find("atoms"), info, result, context) && ok;
  if (ok && rest == nullptr) {
    const double sum = atoms_sum(result);
    if (sum < 1 - 1e-9) {
      return complain(object, "the atoms' probabilities sum to " + print_number(sum), context,
                      "1, or an \"else\" for the rest");
    }
    result.a = result.atoms.back().value;
  }
  if (ok) d = std::move(result);
  return ok;
}

bool is_continuous(std::string_view name) {
  return std::any_of(kForms.begin(), kForms.end(), [&](const Form& form) { return form.name == name; });
}

}  // namespace

bool read_value(const Node& node, const sim::FieldInfo& info, Distribution& out, ReadContext& context) {
  if (!node.is_object()) {
    Distribution fixed;
    if (!read_value(node, info, fixed.a, context)) return false;
    out = fixed;
    return true;
  }
  const bool mixture = node.find("atoms") != nullptr;
  const std::vector<std::string_view> known =
      mixture ? std::vector<std::string_view>{"atoms", "else"}
              : std::vector<std::string_view>(kNames.begin(), kNames.end());
  const std::size_t before = context.problems.count();
  check_members(node, known, {}, context);
  if (context.problems.count() != before) return false;
  if (mixture) return read_mixture(node, info, out, context);
  const std::string form = expected_form(info) + ", or a distribution";
  if (node.items.size() != 1) return wrong_kind(node, form, context, "a distribution has exactly one kind");
  if (!is_continuous(node.items.front().key))
    return wrong_kind(node, form, context, "\"else\" goes with \"atoms\"");
  Distribution result;
  if (!read_continuous(node, info, result, context)) return false;
  out = result;
  return true;
}

Node quantity_node(double value, const sim::FieldInfo& info) {
  if (!std::isfinite(value)) return {};
  if (info.unit == sim::Unit::duration) return make_string(print_duration(sim::from_seconds(value)));
  if (info.unit == sim::Unit::per_second) return make_string(print_rate(value));
  return make_number(value);
}

namespace {

Node continuous_node(const Distribution& d, const sim::FieldInfo& info) {
  if (d.kind == Kind::fixed) return quantity_node(d.a, info);
  const auto form =
      std::find_if(kForms.begin(), kForms.end(), [&](const Form& f) { return f.kind == d.kind; });
  Node parameters = form->first.empty() ? make_array() : make_object();
  const sim::FieldInfo mine = d.kind == Kind::beta ? sim::field("", "") : info;
  add_member(parameters, std::string(form->first), quantity_node(d.a, mine));
  const bool has_second = form->first.empty() || !form->second.empty();
  if (has_second) add_member(parameters, std::string(form->second), quantity_node(d.b, mine));
  Node object = make_object();
  add_member(object, std::string(form->name), std::move(parameters));
  return object;
}

}  // namespace

Node distribution_node(const Distribution& value, const sim::FieldInfo& info) {
  if (value.atoms.empty()) return continuous_node(value, info);
  Node atoms = make_object();
  for (const auto& atom : value.atoms)
    add_member(atoms, quantity_node(atom.value, info).text, make_number(atom.probability));
  Node object = make_object();
  add_member(object, "atoms", std::move(atoms));
  const bool all_atoms =
      value.kind == Kind::fixed && value.a == value.atoms.back().value && atoms_sum(value) >= 1 - 1e-9;
  if (!all_atoms) add_member(object, "else", continuous_node(value, info));
  return object;
}

}  // namespace breakglass::scenarios
