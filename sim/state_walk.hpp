// Walks every leaf of a state (a number, a time, an enumeration) with its name, through the state_fields
// functions that stand beside the structs. Fingerprint, diff and the perturbation test are built on it.
#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <type_traits>
#include <vector>

namespace breakglass::sim {

// `leaf(name, value)` is called for every leaf; with kNamed false the names are empty, and the walk is quick.
template <class Leaf, bool kNamed>
class StateWalk {
 public:
  explicit StateWalk(Leaf& leaf) : leaf_(leaf) {}

  template <class T>
  void operator()(const char* name, T& value) {
    const std::size_t length = path_.size();
    if constexpr (kNamed) {
      if (!path_.empty()) path_ += '.';
      path_ += name;
    }
    walk(value);
    path_.resize(length);
  }

 private:
  template <class T>
  void walk(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      leaf_(path_, value);
    } else if constexpr (requires { value.count(); }) {
      leaf_(path_, value);
    } else {
      state_fields(*this, value);
    }
  }

  template <class T, std::size_t N>
  void walk(std::array<T, N>& values) {
    walk_list(values);
  }
  template <class T>
  void walk(std::vector<T>& values) {
    walk_list(values);
  }

  template <class List>
  void walk_list(List& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::size_t length = path_.size();
      if constexpr (kNamed) path_ += '[' + std::to_string(i) + ']';
      walk(values[i]);
      path_.resize(length);
    }
  }

  Leaf& leaf_;
  std::string path_;
};

template <bool kNamed, class State, class Leaf>
void walk_state(State& state, Leaf leaf) {
  StateWalk<Leaf, kNamed> walk(leaf);
  state_fields(walk, state);
}

}  // namespace breakglass::sim
