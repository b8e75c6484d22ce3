#include "drill/log.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "drill/view.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::drill {
namespace {

using Json = nlohmann::ordered_json;

std::uint64_t chained(std::uint64_t chain, std::string_view line) {
  sim::Fingerprint print;
  print.add(chain);
  print.add(line);
  return print.value();
}

std::string sealed(const Json& body, std::uint64_t& chain) {
  std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  chain = chained(chain, text);
  text.pop_back();  // the closing brace
  return text + ",\"chain\":\"" + sim::hex(chain) + "\"}\n";
}

std::string clock_text(sim::Time at) {
  const std::int64_t s = std::chrono::duration_cast<std::chrono::seconds>(at).count();
  return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

// Splits a sealed line into its body and checks the seal.
bool unseal(std::string_view line, std::uint64_t& chain, Json& body) {
  constexpr std::string_view kMark = ",\"chain\":\"";
  constexpr std::size_t kTail = kMark.size() + 16 + 2;
  if (line.size() <= kTail || !line.ends_with("\"}")) return false;
  const std::size_t at = line.size() - kTail;
  if (line.substr(at, kMark.size()) != kMark) return false;
  const std::string text = std::string(line.substr(0, at)) + "}";
  const std::uint64_t now = chained(chain, text);
  if (line.substr(at + kMark.size(), 16) != sim::hex(now)) return false;
  body = Json::parse(text, nullptr, false);
  if (!body.is_object()) return false;
  chain = now;
  return true;
}

std::optional<std::uint64_t> read_hex(const Json& body, const char* key) {
  const auto at = body.find(key);
  if (at == body.end() || !at->is_string()) return std::nullopt;
  const auto& text = at->get_ref<const std::string&>();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size() || text.size() != 16) return std::nullopt;
  return value;
}

std::string text_of(const Json& body, const char* key) {
  const auto at = body.find(key);
  return at != body.end() && at->is_string() ? at->get<std::string>() : std::string();
}

// "" or what is wrong with it.
std::string read_branch(const Json& body, Setup& out) {
  const auto found = body.find("branch");
  if (found == body.end()) return "";
  const auto number = [&](const char* key) -> std::optional<std::uint64_t> {
    if (!found->is_object() || !found->contains(key) || !(*found)[key].is_number_unsigned()) return {};
    return (*found)[key].get<std::uint64_t>();
  };
  const auto kept = number("kept"), at = number("at_ns"), luck = number("luck");
  if (!kept || !at || !luck || *luck > kMostLuck || *at > INT64_MAX)
    return "what it branches from is not told whole";
  out.branch = Branch{text_of(*found, "of"), static_cast<std::size_t>(*kept),
                      sim::Time{static_cast<std::int64_t>(*at)}, static_cast<std::uint32_t>(*luck)};
  return "";
}

constexpr std::string_view kBegins = R"({"breakglass":"drill")";

// What stands before a damaged line is whole, and can be saved.
std::string damaged(std::size_t line) {
  std::string text =
      fmt::format("line {} is damaged: it does not carry the mark of what stands before it", line);
  if (line > 2) {
    text += fmt::format("; the {} before it {} whole: head -n {} keeps {}",
                        line > 3 ? fmt::format("{} decisions", line - 2) : "decision",
                        line > 3 ? "are" : "is", line - 1, line > 3 ? "them" : "it");
  }
  return text;
}

bool read_plan(const Json& body, std::vector<PlannedInject>& out) {
  const auto plan = body.find("plan");
  if (plan == body.end()) return true;
  if (!plan->is_array()) return false;
  for (const Json& item : *plan) {
    const auto at = item.is_object() ? item.find("at_ns") : item.end();
    if (!item.is_object() || at == item.end() || !at->is_number_unsigned()) return false;
    const ReadAction read = read_action(text_of(item, "do"));
    if (!read.error.empty() || read.action.verb != Verb::inject) return false;
    out.push_back({sim::Time{at->get<std::int64_t>()}, read.action});
  }
  return true;
}

std::string read_header(const Json& body, LogHeader& out) {
  if (text_of(body, "breakglass") != "drill") return "this is no log of a drill";
  out.version = text_of(body, "version");
  out.scenario = text_of(body, "scenario");
  out.hash = text_of(body, "hash");
  const std::string seed = text_of(body, "seed");
  const auto read = std::from_chars(seed.data(), seed.data() + seed.size(), out.setup.seed);
  if (read.ec != std::errc() || seed.empty()) return "the seed is missing";
  const auto replication = body.find("replication");
  if (replication == body.end() || !replication->is_number_unsigned()) return "the replication is missing";
  out.setup.replication = replication->get<std::uint32_t>();
  const std::string mode = text_of(body, "mode");
  bool known = false;
  for (std::size_t m = 0; m < std::size(kModes); ++m) {
    if (kModes[m] != mode) continue;
    out.setup.mode = static_cast<Mode>(m);
    known = true;
  }
  if (!known) return "the mode is unknown";
  if (!read_plan(body, out.setup.injects)) return "the lesson plan cannot be read";
  if (const auto set = body.find("set"); set != body.end() && set->is_array()) {
    for (const Json& item : *set) {
      if (item.is_string()) out.overrides.push_back(item.get<std::string>());
    }
  }
  return read_branch(body, out.setup);
}

std::string read_entry(const Json& body, std::size_t number, sim::Time last, Entry& out) {
  const auto n = body.find("n");
  if (n == body.end() || !n->is_number_unsigned() || n->get<std::size_t>() != number)
    return fmt::format("action {} is missing", number);
  const auto at = body.find("at_ns");
  if (at == body.end() || !at->is_number_unsigned()) return "the action has no time";
  out.at = sim::Time{at->get<std::int64_t>()};
  if (out.at < last) return "the action lies before the one above";
  const ReadAction action = read_action(text_of(body, "do"));
  if (!action.error.empty()) return action.error;
  out.action = action.action;
  const auto seen = read_hex(body, "seen");
  if (!seen) return "the action does not say what was seen";
  out.seen = *seen;
  return "";
}

}  // namespace

std::string header_line(const LogHeader& header, std::uint64_t& chain) {
  Json body;
  body["breakglass"] = "drill";
  body["version"] = header.version;
  body["scenario"] = header.scenario;
  if (!header.overrides.empty()) body["set"] = header.overrides;
  body["hash"] = header.hash;
  body["seed"] = std::to_string(header.setup.seed);  // 64 bits do not fit every reader's numbers
  body["replication"] = header.setup.replication;
  body["mode"] = kModes[static_cast<std::size_t>(header.setup.mode)];
  if (const auto& branch = header.setup.branch)
    body["branch"] = {
        {"of", branch->of}, {"kept", branch->kept}, {"at_ns", branch->at.count()}, {"luck", branch->luck}};
  for (const PlannedInject& planned : header.setup.injects)
    body["plan"].push_back({{"at_ns", planned.at.count()}, {"do", print_action(planned.action)}});
  chain = 0;
  return sealed(body, chain);
}

std::string entry_line(const Entry& entry, std::size_t number, std::uint64_t& chain) {
  Json body;
  body["n"] = number;
  body["at_ns"] = entry.at.count();
  body["at"] = clock_text(entry.at);
  body["do"] = print_action(entry.action);
  body["seen"] = sim::hex(entry.seen);
  return sealed(body, chain);
}

std::string end_line(sim::Time at, std::size_t number, std::uint64_t& chain) {
  Json body;
  body["n"] = number;
  body["at_ns"] = at.count();
  body["at"] = clock_text(at);
  body["over"] = true;
  return sealed(body, chain);
}

ReadLog read_log(std::string_view text) {
  ReadLog out;
  Log& log = out.log;
  std::size_t line_number = 0;
  while (log.sound_bytes < text.size()) {
    const std::size_t end = text.find('\n', log.sound_bytes);
    if (end == std::string_view::npos) {
      log.cut_short = true;
      break;
    }
    const std::string_view line = text.substr(log.sound_bytes, end - log.sound_bytes);
    ++line_number;
    Json body;
    if (line_number == 1 && !line.starts_with(kBegins)) {
      out.error = "this is no log of a drill";
      return out;
    }
    if (!unseal(line, log.chain, body)) {
      out.error = damaged(line_number);
      return out;
    }
    std::string problem;
    if (line_number == 1) {
      problem = read_header(body, log.header);
    } else if (log.is_over) {
      problem = "it stands after the end of the drill";
    } else if (body.contains("over")) {
      log.is_over = true;
    } else {
      Entry entry;
      const sim::Time last = log.entries.empty() ? sim::Time{} : log.entries.back().at;
      problem = read_entry(body, line_number - 1, last, entry);
      log.entries.push_back(std::move(entry));
    }
    if (!problem.empty()) {
      out.error = fmt::format("line {}: {}", line_number, problem);
      return out;
    }
    log.sound_bytes = end + 1;
  }
  if (line_number == 0) out.error = "the log is empty";
  return out;
}

Replayed replay(const Log& log, std::shared_ptr<const scenarios::LoadedScenario> loaded) {
  const LogHeader& header = log.header;
  if (header.hash != loaded->scenario.hash) {
    return {{},
            fmt::format("the scenario {} has changed since: its hash is {}, and the log was played with {}",
                        scenarios::visible(header.scenario, 60), loaded->scenario.hash,
                        scenarios::visible(header.hash, 40))};
  }
  if (header.version != BREAKGLASS_VERSION) {
    return {{},
            fmt::format("the log was played with version {} of the program, and this is {}",
                        scenarios::visible(header.version, 20), BREAKGLASS_VERSION)};
  }
  Drill drill = begin_drill(std::move(loaded), header.setup);
  for (std::size_t i = 0; i < log.entries.size(); ++i) {
    const Entry& entry = log.entries[i];
    wait_until(drill, entry.at);
    const std::string where =
        fmt::format("action {} (line {}), {}", i + 1, i + 2, print_action(entry.action));
    if (drill.world.now != entry.at) return {{}, where + ": it lies after the end of the drill"};
    if (fingerprint(look(drill)) != entry.seen)
      return {{}, where + ": what is on the screen is not what was seen then"};
    if (const std::string why = query(drill, entry.action); !why.empty())
      return {{}, where + ": it is not possible: " + why};
    submit(drill, entry.action);
  }
  if (log.is_over) wait_until(drill, sim::Time{sim::horizon(drill.scenario())});
  return {std::move(drill), ""};
}

}  // namespace breakglass::drill
