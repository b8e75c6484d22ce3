// Reading the options of a command: what several commands have in common.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/raw_options.hpp"
#include "cli/requests.hpp"

namespace breakglass::cli {

// Collects complaints while options are read one after the other.
class Reading {
 public:
  template <class T>
  void number(std::string_view text, Answer<T> answer, T& out) {
    if (text.empty()) return;
    if (answer.ok()) {
      out = answer.value;
    } else {
      complaints_.push_back(std::move(answer.complaint));
    }
  }
  void wrong(std::string what, std::vector<std::string> notes = {}) {
    complaints_.push_back({std::move(what), std::move(notes)});
  }
  Request done(Request request) {
    if (complaints_.empty()) return request;
    return BadRequest{std::move(complaints_), {}};
  }

 private:
  std::vector<Complaint> complaints_;
};

// What is built in of a kind (scenario, strategy, season), as an error lists it.
std::string shipped_names(std::string_view kind);

// The scenario of a command that has one, with what is set in it.
WorldRequest read_world(std::string_view command, const RawOptions& raw, Reading& reading);

// Two results cannot have one place.
void check_outputs(const RawOptions& raw, Reading& reading);

}  // namespace breakglass::cli
