#include "drill/course.hpp"

#include <algorithm>

#include "drill/estimate.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

std::string clock_of(const Drill& drill) {
  return sim::format_weekday_time(drill.scenario().clock, drill.world.now);
}

double believed_in(const Drill& drill) {
  return drill.world.belief.hypotheses > 0 ? sim::regression_probability(drill.world.belief) : -1;
}

CoursePoint point_of(const Drill& drill) {
  const double harm = sim::total_harm(sim::outcome_of(drill.scenario(), drill.seat, drill.world));
  return {drill.world.now,   clock_of(drill), drill.world.rollout.weight, estimated_harm(drill), harm,
          believed_in(drill)};
}

// What a moment of the past shows may turn out smaller later, where a mitigation's effect is settled at its
// end: a total never falls.
void never_falling(std::vector<CoursePoint>& points) {
  for (std::size_t i = points.size(); i-- > 1;)
    points[i - 1].harm = std::min(points[i - 1].harm, points[i].harm);
}

std::vector<sim::Time> moments_of(const Drill& drill, int samples) {
  std::vector<sim::Time> moments;
  const std::int64_t end = drill.world.now.count();
  for (int i = 0; i <= samples; ++i) moments.push_back(sim::Time{end / samples * i});
  for (const Entry& entry : drill.entries) moments.push_back(entry.at);
  for (const sim::Reason& reason : drill.reasons) {
    if (is_news(reason)) moments.push_back(reason.at);
  }
  moments.push_back(drill.world.now);
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  return moments;
}

void add_stated(const Drill& past, const Entry& entry, Course& course) {
  if (entry.action.verb != Verb::believe) return;
  const double believed = believed_in(past);
  course.stated.push_back({entry.at, clock_of(past), entry.action.regression, entry.action.real,
                           believed < 0 ? past.scenario().params.change.regression.probability : believed});
}

}  // namespace

Course course_of(const Drill& drill, int samples) {
  Course course;
  course.local_zero_s = sim::local_seconds(drill.scenario().clock, {});
  Drill past = begin_drill(drill.loaded, drill.setup);
  std::size_t next = 0;
  for (const sim::Time moment : moments_of(drill, samples)) {
    wait_until(past, moment);
    for (; next < drill.entries.size() && drill.entries[next].at <= moment; ++next) {
      add_stated(past, drill.entries[next], course);
      submit(past, drill.entries[next].action);
    }
    course.points.push_back(point_of(past));
  }
  never_falling(course.points);
  return course;
}

}  // namespace breakglass::drill
