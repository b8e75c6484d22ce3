#include "history/summary.hpp"

#include <algorithm>
#include <map>

#include "drill/drill.hpp"

namespace breakglass::history {
namespace {

Share share_of(std::string name, int count, int of) {
  return {std::move(name), count, of,
          analysis::wilson_interval(static_cast<std::uint64_t>(count), static_cast<std::uint64_t>(of))};
}

// Of what happened at all; equally frequent ones by name.
std::vector<Share> by_frequency(const std::map<std::string, std::pair<int, int>>& counts) {
  std::vector<Share> out;
  for (const auto& [name, count] : counts) {
    if (count.first > 0) out.push_back(share_of(name, count.first, count.second));
  }
  std::stable_sort(out.begin(), out.end(), [](const Share& a, const Share& b) { return a.count > b.count; });
  return out;
}

void add_answer(Answers& answers, const Played& played) {
  if (!played.treated_as_emergency) return;
  (played.is_emergency ? answers.emergencies : answers.decoys) += 1;
  if (*played.treated_as_emergency) (played.is_emergency ? answers.hits : answers.false_alarms) += 1;
}

std::optional<Question> question_of(std::string name, const std::vector<const Played*>& drills) {
  std::vector<Forecast> forecasts;
  analysis::Moments distance;
  for (const Played* played : drills) {
    for (const Stated& stated : played->stated) {
      if (stated.question != name) continue;
      if (stated.outcome) forecasts.push_back({stated.probability, *stated.outcome});
      if (!stated.posterior) continue;
      const double error = stated.probability - *stated.posterior;
      analysis::add(distance, error * error);
    }
  }
  if (forecasts.empty() && distance.count == 0) return std::nullopt;
  return Question{std::move(name), calibrate(forecasts), static_cast<int>(distance.count), distance.mean,
                  analysis::student_interval(distance)};
}

Summary summary_of(std::string mode, const std::vector<const Played*>& drills) {
  Summary out;
  out.mode = std::move(mode);
  out.drills = static_cast<int>(drills.size());
  int clean = 0;
  std::map<std::string, std::pair<int, int>> mistakes;
  std::map<std::string, std::pair<int, int>> tasks;
  for (const Played* played : drills) {
    clean += played->mistakes.empty() ? 1 : 0;
    for (const MadeMistake& mistake : played->mistakes) ++mistakes[mistake.id].first;
    for (const DoneTask& task : played->tasks) {
      ++tasks[task.name].second;
      if (!task.passed) ++tasks[task.name].first;
    }
    add_answer(out.answers, *played);
  }
  for (auto& [id, count] : mistakes) count.second = out.drills;
  out.without_mistakes = share_of("without a mistake", clean, out.drills);
  out.mistakes = by_frequency(mistakes);
  out.failed_tasks = by_frequency(tasks);
  out.detection = detect(out.answers);
  for (const char* name : {"real", "regression"}) {
    if (auto question = question_of(name, drills)) out.questions.push_back(std::move(*question));
  }
  return out;
}

}  // namespace

std::vector<Summary> summaries(std::span<const Played> drills) {
  std::vector<Summary> out;
  for (const std::string_view mode : drill::kModes) {
    std::vector<const Played*> of_mode;
    for (const Played& played : drills) {
      if (played.mode == mode) of_mode.push_back(&played);
    }
    if (!of_mode.empty()) out.push_back(summary_of(std::string(mode), of_mode));
  }
  return out;
}

}  // namespace breakglass::history
