#include "drill/month_review.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/timeline_text.hpp"
#include "drill/words.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

constexpr double kOffBy = 0.005;  // the sum of what was typed may be off by

int meaning_named(std::string_view name) {
  const auto* const at = std::find(std::begin(kMeaningNames), std::end(kMeaningNames), name);
  return at == std::end(kMeaningNames) ? -1 : static_cast<int>(at - std::begin(kMeaningNames));
}

std::string shares(const Beliefs& beliefs) {
  return fmt::format("the bar is too low {:.0f}%, causes upstream {:.0f}%, chance {:.0f}%",
                     100 * beliefs[static_cast<std::size_t>(Meaning::bar)],
                     100 * beliefs[static_cast<std::size_t>(Meaning::upstream)],
                     100 * beliefs[static_cast<std::size_t>(Meaning::chance)]);
}

std::string verdict_of(const Card& card) {
  if (!card.called) return card.real ? "not called one, and it was" : "not called one, rightly";
  return card.real ? "called one, rightly" : "called one, and it was not";
}

}  // namespace

ReadMeans read_means(std::string_view line) {
  const Words cut = cut_words(line);
  ReadMeans out;
  if (!cut.error.empty() || cut.words.empty() || cut.words[0] != "means" || cut.words.size() < 2) {
    out.error = fmt::format("write, for example: {}", kMeansForm);
    return out;
  }
  double sum = 0;
  for (std::size_t i = 1; i < cut.words.size(); ++i) {
    const std::size_t equals = cut.words[i].find('=');
    const int meaning = meaning_named(std::string_view(cut.words[i]).substr(0, equals));
    const auto share = equals == std::string::npos
                           ? std::nullopt
                           : read_share(std::string_view(cut.words[i]).substr(equals + 1));
    if (meaning < 0 || !share) {
      out.error = fmt::format("\"{}\" is no share of bar, upstream or chance; write, for example: {}",
                              scenarios::visible(cut.words[i], 40), kMeansForm);
      return out;
    }
    sum += *share - out.beliefs[static_cast<std::size_t>(meaning)];
    out.beliefs[static_cast<std::size_t>(meaning)] = *share;
  }
  if (std::abs(sum - 1) > kOffBy)
    out.error =
        fmt::format("the shares sum to {:.0f}%, and one of the three is so: they sum to 100%", 100 * sum);
  return out;
}

std::string print_means(const Beliefs& beliefs) {
  std::string out = "means";
  for (const Meaning meaning : {Meaning::bar, Meaning::upstream, Meaning::chance}) {
    const auto i = static_cast<std::size_t>(meaning);
    out += fmt::format(" {}={}", kMeaningNames[i], scenarios::print_number(beliefs[i]));
  }
  return out;
}

std::string review_question(const scenarios::SeasonParams& season, const std::vector<Card>& cards) {
  const Called called = called_in(season, cards);
  std::string out = fmt::format("THE MONTH'S REVIEW\n\nOf {} pages you called {} an emergency.\n",
                                cards.size(), called.emergencies);
  for (const Card& card : cards) {
    out += fmt::format("  week {}  {:<34}{}{}\n", card.week, card.scenario,
                       card.called ? "called an emergency" : "sent to the normal way",
                       card.shipped ? ", shipped" : "");
  }
  const scenarios::RatesParams& r = season.rates;
  out += fmt::format(
      "\nIn months like these {:.2g} emergencies are real, and {:.2g} pages are none; a high bar lets "
      "{:.0f}% of\n"
      "those through, a low one {:.0f}%. Causes upstream make the real ones {:.2g} times as many. Before "
      "anything\n"
      "is known of a month the bar is low in {:.0f}% of them, and causes upstream are at work in {:.0f}%.\n",
      season.real_per_month, r.false_per_month, 100 * r.passes_high, 100 * r.passes_low, r.upstream,
      100 * r.bar, 100 * r.upstream_share);
  return out + fmt::format("\n{}\n\nWhat does the number mean? {}\n", scenarios::visible(season.review),
                           kMeansForm);
}

std::string review_answer(const scenarios::SeasonParams& season, const std::vector<Card>& cards,
                          const Beliefs& stated) {
  const Called called = called_in(season, cards);
  const Beliefs by_number = meaning_of(season.rates, season.real_per_month, called);
  const Beliefs hindsight = meaning_in_hindsight(season.rates, season.real_per_month, called);
  std::string out = fmt::format("\nYou said:           {}\n", shares(stated));
  out += fmt::format("By the number alone: {}; you are {:.3f} away (0 agrees, 2 is as far as can be)\n",
                     shares(by_number), distance(stated, by_number));
  out += fmt::format("\nWhat the {} pages were:\n", cards.size());
  for (const Card& card : cards) {
    out += fmt::format("  week {}  {:<34}{}{}\n", card.week, card.scenario, verdict_of(card),
                       card.needless > 0 ? fmt::format("; {} needless bypass{}", card.needless,
                                                       card.needless == 1 ? "" : "es")
                                         : "");
  }
  out += fmt::format("\nOf {} that you called an emergency {} {}. Knowing that: {}; you are {:.3f} away\n",
                     called.emergencies, called.real, called.real == 1 ? "was one" : "were",
                     shares(hindsight), distance(stated, hindsight));
  const std::int64_t needless = needless_so_far(cards);
  const auto factor = [&](double each) { return scenarios::erosion_factor(each, needless); };
  if (needless > 0) {
    out += fmt::format(
        "\n{} needless bypass{} multiplied the odds of haste by {:.3g}, of a page that nobody answers by "
        "{:.3g},\n"
        "and of an approver who sees what is wrong by {:.3g}.\n",
        needless, needless == 1 ? "" : "es", factor(season.erosion.haste_odds),
        factor(season.erosion.miss_odds), factor(season.erosion.review_odds));
  } else {
    out += "\nNo bypass was needless, and nothing was eroded.\n";
  }
  return out;
}

}  // namespace breakglass::drill
