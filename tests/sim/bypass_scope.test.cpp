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
