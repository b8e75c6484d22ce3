#include "viz/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <span>

#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"

namespace breakglass::viz {

const char* const kUsage =
    R"(usage: breakglass-viz SCENARIO [--strategy NAME] [--seed N] [--replication N] [--scale PERCENT]
                      [--screenshot FILE.png [--size WxH] [--at TIME]]
       breakglass-viz play [SCENARIO] [--seed N] [--replication N] [--mode MODE] [--log FILE] [--tutorial LEVEL]
                      [--set POINTER=VALUE] [--history FILE] [--no-history] [--scale PERCENT]
       breakglass-viz --gallery FOLDER

`play` opens the rooms: drills, their debriefs. Without it, looks at one run of a scenario: what was done and why, and what it cost, at any instant.

  SCENARIO            a file or the name of a shipped scenario: pii-leak
  --strategy NAME     a file or a name; the first that the scenario lists when absent
  --seed N            which luck; 1 when absent
  --replication N     which replication; 0 when absent
  --scale PERCENT     size of text, 100 to 250; the monitor's when absent
  --mode MODE         practice, drill or assessed; drill when absent
  --log FILE          where the drill's log is written, or goes on; the data folder when absent
  --tutorial LEVEL    a lesson with a coach: 1, 2 or 3, or a file
  --set P=VALUE       replaces a value of the scenario; may be repeated
  --history FILE      where finished drills are recorded; --no-history: nowhere
  --screenshot FILE   writes a picture of the panel and ends; needs no display
  --size WxH          of the picture, in pixels; 1280x720 when absent
  --gallery FOLDER    writes pictures of every room into the folder and ends; needs no scenario
  --at TIME           which instant the picture shows: 1h30m after the page; the end of the story when absent
)";

namespace {

template <class T>
bool read_number(std::string_view text, T& value, T low, T high) {
  T got{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), got);
  if (error != std::errc{} || end != text.data() + text.size() || got < low || got > high) return false;
  value = got;
  return true;
}

bool read_size(std::string_view text, int& width, int& height) {
  const std::size_t cross = text.find('x');
  if (cross == std::string_view::npos) return false;
  return read_number(text.substr(0, cross), width, 640, 7680) &&
         read_number(text.substr(cross + 1), height, 480, 4320);
}

bool read_mode(std::string_view text, drill::Mode& mode) {
  const auto* const found = std::find(std::begin(drill::kModes), std::end(drill::kModes), text);
  if (found == std::end(drill::kModes)) return false;
  mode = static_cast<drill::Mode>(found - std::begin(drill::kModes));
  return true;
}

// Empty, or what the option wants.
std::string read_option(Arguments& out, const std::string& name, const std::string& value) {
  if (name == "--strategy") return out.strategy = value, "";
  if (name == "--screenshot") return out.screenshot = value, "";
  if (name == "--gallery") return out.gallery = value, "";
  if (name == "--log") return out.play.log = value, "";
  if (name == "--tutorial") return out.play.lesson = value, "";
  if (name == "--history") return out.play.history = value, "";
  if (name == "--set") return out.play.overrides.push_back(value), "";
  if (name == "--mode") return read_mode(value, out.play.mode) ? "" : "practice, drill or assessed";
  if (name == "--seed")
    return read_number<std::uint64_t>(value, out.seed, 0, UINT64_MAX)
               ? ""
               : "a whole number from 0 to 18446744073709551615";
  if (name == "--replication") {
    return read_number<std::uint32_t>(value, out.replication, 0, UINT32_MAX)
               ? ""
               : "a whole number from 0 to 4294967295";
  }
  if (name == "--size")
    return read_size(value, out.width, out.height)
               ? ""
               : "WIDTHxHEIGHT from 640x480 to 7680x4320, such as 1280x720";
  if (name == "--scale") {
    int percent = 0;
    if (!read_number(value, percent, 100, 250)) return "a whole number from 100 to 250";
    out.scale = static_cast<float>(percent) / 100;
    return "";
  }
  const auto at = scenarios::parse_duration(value);
  if (!at.ok() || at.value < sim::Time{}) return "a time after the page, such as 1h30m";
  out.at = at.value;
  return "";
}

const std::vector<std::string>& option_names() {
  static const std::vector<std::string> kNames{"--strategy", "--seed",       "--replication", "--screenshot",
                                               "--size",     "--scale",      "--at",          "--gallery",
                                               "--log",      "--tutorial",   "--history",     "--set",
                                               "--mode",     "--no-history", "--help"};
  return kNames;
}

// A lesson names its scenario, and a log needs one that can be found again.
void finish_play(ParsedArguments& out) {
  Arguments& a = out.arguments;
  a.play.scenario = a.scenario;
  a.play.seed = a.seed;
  a.play.replication = a.replication;
  if (!a.scenario.empty() && !a.play.lesson.empty())
    out.problem = "a tutorial has its own scenario; name one of the two";
  if (a.scenario == "-")
    out.problem = "a drill's scenario cannot come from standard input: its log must find it again";
}

}  // namespace

ParsedArguments parse_arguments(const std::vector<std::string>& words) {
  ParsedArguments out;
  const auto& names = option_names();
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string name = words[i];
    if (name.size() < 2 || name[0] != '-') {
      if (i == 0 && name == "play") {
        out.arguments.plays = true;
        continue;
      }
      if (!out.arguments.scenario.empty())
        return out.problem = "one scenario at a time; \"" + name + "\" is too many", out;
      out.arguments.scenario = name;
      continue;
    }
    std::optional<std::string> value;
    if (const std::size_t equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    if (name == "-h" || name == "--help") return out.arguments.help = true, out;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const std::string near(scenarios::nearest(name, std::span<const std::string>(names)));
      return out.problem =
                 "unknown option \"" + name + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"),
             out;
    }
    if (name == "--no-history") {
      out.arguments.play.no_history = true;
      continue;
    }
    if (!value && i + 1 < words.size()) value = words[++i];
    if (!value) return out.problem = name + " needs a value", out;
    if (const std::string wanted = read_option(out.arguments, name, *value); !wanted.empty()) {
      return out.problem = name + ": \"" + *value + "\" is not " + wanted, out;
    }
  }
  if (out.arguments.plays) return finish_play(out), out;
  if (out.arguments.scenario.empty() && out.arguments.gallery.empty())
    out.problem = "name a scenario: a file, or a shipped one such as pii-leak";
  return out;
}

}  // namespace breakglass::viz
