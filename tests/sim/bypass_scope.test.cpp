// What an emergency allows, by category and urgency, and whose approval a change needs.
#include <catch2/catch.hpp>

#include "sim/bypass_scope.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using A = sim::Authority;
using sim::Category;
using sim::Element;

TEST_CASE("What may be bypassed depends on the category, on the urgency, or on what the scenario says") {
  sim::ScenarioParams p = scene();
  const auto allowed = [&p](Category category) {
    p.category = category;
    std::string text;
    for (const auto& name : sim::kElementNames) {
      text += sim::may_bypass(p, static_cast<Element>(name.value)) ? '1' : '0';
    }
    return text;  // eval gate, canary, change window, freeze, coordination
  };
  CHECK(allowed(Category::security) == "11111");
  CHECK(allowed(Category::incident) == "11111");
  CHECK(allowed(Category::regulatory) == "01111");
  CHECK(allowed(Category::customer_blocking) == "01110");
  CHECK(allowed(Category::none) == "00000");
  p.urgency = sim::Urgency::immediate_deadline;
  CHECK(allowed(Category::regulatory) == "11111");
  CHECK(allowed(Category::customer_blocking) == "01110");
  p.bypass_scope = {"freeze"};
  CHECK(allowed(Category::security) == "00010");
}

TEST_CASE("Whose approval a change needs follows from its kind, its scope and the category") {
  sim::ScenarioParams p = scene();
  using List = std::vector<A>;
  CHECK(sim::required_authorities(p, true) == List{A::senior_engineer});
  p.change.kind = sim::ChangeKind::model;
  CHECK(sim::required_authorities(p, true) == List{A::platform_lead});
  p.change.kind = sim::ChangeKind::prompt;
  p.change.scope = sim::ChangeScope::platform;
  CHECK(sim::required_authorities(p, true) == List{A::platform_lead});
  p.change.scope = sim::ChangeScope::broad;
  CHECK(sim::required_authorities(p, true) == List{A::executive});
  p.category = Category::security;
  CHECK(sim::required_authorities(p, true) == List{A::executive, A::security_lead});
  CHECK(sim::required_authorities(p, false) == List{A::executive});
}

TEST_CASE("What leaves no time to see half of the traffic or less goes straight to everybody") {
  sim::ScenarioParams p = scene();
  sim::SignalParams signal = ratio_signal(0.01);
  signal.delay = seconds{30};
  p.signals.push_back(signal);
  const auto canary = [&p](std::vector<sim::StepParams> steps, bool paced = false) {
    sim::StrategyParams s = rollout(std::move(steps));
    s.monitoring.watchers = 1;
    if (paced) s.pacing.emplace();
    const Prepared run(p, s);
    return sim::is_canary(run.scenario, run.strategy);
  };
  const sim::StepParams all{1, minutes{30}};
  CHECK_FALSE(canary({all}));
  CHECK(canary({{0.5, seconds{90}}, all}));
  CHECK_FALSE(canary({{0.5, seconds{89}}, all}));  // published a second too late
  CHECK_FALSE(canary({{0.1, Duration{}}, all}));
  CHECK_FALSE(canary({{0.999, hours{1}}, all}));
  CHECK_FALSE(canary({{0.1, seconds{10}}, {0.51, hours{1}}, all}));
  CHECK(canary({{0.1, seconds{45}}, {0.5, seconds{45}}, all}));
  CHECK_FALSE(canary({{0.1, seconds{45}}, {0.5, seconds{45}}, all}, true));  // it may skip the second
  CHECK_FALSE(canary({{1e-6, hours{1}}, all}));                              // nobody is on it
  signal.id = "quick";
  signal.delay = {};
  p.signals.push_back(signal);
  CHECK(canary({{0.5, seconds{89}}, all}));
}
