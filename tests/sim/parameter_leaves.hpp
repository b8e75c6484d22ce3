// Every leaf of a parameter struct, found through the lists of fields: its pointer, and ways to change its
// value. A new field is walked as soon as it is listed.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/shapes.hpp"

namespace breakglass::tests {

// What stands for any index, key or list in a pointer.
inline constexpr const char* kAny = "/*";

// All pointers that a struct can have, whatever a value of it holds. Depth is bounded: rules may nest.
class PointersOfType {
 public:
  std::set<std::string> found;

  template <class T>
  void operator()(const sim::FieldInfo& info, T&) {
    if (depth_ > 12) return;
    const std::string outer = path_;
    path_ += "/" + std::string(info.name);
    walk<T>();
    path_ = outer;
  }

 private:
  template <class T>
  void walk() {
    if constexpr (scenarios::kIsOptional<T>) {
      walk<typename T::value_type>();
    } else if constexpr (scenarios::kIsVector<T>) {
      path_ += kAny;
      walk<typename T::value_type>();
    } else if constexpr (scenarios::HasFields<T>) {
      ++depth_;
      T value{};
      fields(*this, value);
      --depth_;
    } else {
      found.insert(path_);
    }
  }

  std::string path_;
  int depth_ = 0;
};

// Walks the leaves of one value. Of leaf number `target` it makes change number `variant`; `changed` says
// whether there was such a change, and `pointer` which leaf it was.
class LeafChanger {
 public:
  LeafChanger(int target, int variant, const std::vector<std::string>& words)
      : target_(target), variant_(variant), words_(words) {}

  int leaves = 0;
  bool changed = false;
  std::string pointer;

  template <class T>
  void operator()(const sim::FieldInfo& info, T& value) {
    const std::string outer = path_;
    path_ += "/" + std::string(info.name);
    walk(info, value);
    path_ = outer;
  }

 private:
  template <class T>
  void walk(const sim::FieldInfo& info, T& value) {
    if constexpr (scenarios::kIsOptional<T>) {
      if (value) walk(info, *value);
    } else if constexpr (scenarios::kIsVector<T>) {
      const std::string outer = path_;
      path_ += kAny;
      for (std::size_t i = 0; i < value.size(); ++i) walk(info, value[i]);
      path_ = outer;
    } else if constexpr (scenarios::HasFields<T>) {
      fields(*this, value);
    } else {
      if (leaves++ != target_) return;
      pointer = path_;
      changed = change(info, value);
    }
  }

  bool pick(double& value, std::initializer_list<double> choices) const {
    if (variant_ >= static_cast<int>(choices.size())) return false;
    value = choices.begin()[variant_];
    return true;
  }

  bool change(const sim::FieldInfo& info, double& v) const {
    if (!pick(v, {v * 2, v / 2, v * 1.1 + 0.01, v * 30 + 1, 0, 1, v - 0.1, 1 - v})) return false;
    v = std::min(std::max(v, info.min), info.max);
    return true;
  }
  bool change(const sim::FieldInfo& info, sim::Duration& v) const {
    double s = sim::to_seconds(v);
    if (!pick(s, {s * 2, s / 2, s + 3600, s + 60, s * 20 + 86'400})) return false;
    v = sim::from_seconds(std::min(std::max(std::round(s), info.min), info.max));
    return true;
  }
  bool change(const sim::FieldInfo&, bool& v) const {
    v = !v;
    return variant_ == 0;
  }
  bool change(const sim::FieldInfo&, sim::Distribution& v) const {
    sim::Distribution fixed;
    fixed.a = variant_ == 3 ? 0 : variant_ == 4 ? 1 : sim::mean(v) * 3 + 60;
    switch (variant_) {
      case 0: v.a *= 2, v.b *= 2; return true;
      case 1: v.a /= 2, v.b /= 2; return true;
      case 2:
      case 3:
      case 4: v = fixed; return true;
      default: return false;
    }
  }
  bool change(const sim::FieldInfo&, std::string& v) const {
    if (variant_ >= static_cast<int>(words_.size())) return false;
    v = words_[static_cast<std::size_t>(variant_)];
    return true;
  }
  template <scenarios::WholeNumber T>
  bool change(const sim::FieldInfo&, T& v) const {
    constexpr int kSteps[] = {1, -1, 3, 10, -2, 100};
    if (variant_ >= 6) return false;
    v = static_cast<T>(v + static_cast<T>(kSteps[variant_]));
    return true;
  }
  template <scenarios::NamedEnum T>
  bool change(const sim::FieldInfo&, T& v) const {
    const auto all = names(v);
    if (variant_ >= static_cast<int>(all.size())) return false;
    v = static_cast<T>(all[static_cast<std::size_t>(variant_)].value);
    return true;
  }

  int target_;
  int variant_;
  const std::vector<std::string>& words_;
  std::string path_;
};

}  // namespace breakglass::tests
