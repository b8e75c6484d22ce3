#include "drill/situation.hpp"

#include <algorithm>

#include "drill/screen_text.hpp"

namespace breakglass::drill {

Situation situation_of(const View& view, std::size_t most_news) {
  Situation out;
  out.clock = view.clock;
  out.status = status_rows(view);
  const std::size_t from = view.messages.size() - std::min(view.messages.size(), most_news);
  for (std::size_t i = from; i < view.messages.size(); ++i)
    out.news.push_back(message_text(view.messages[i]));
  for (const Chart& chart : view.charts) {
    if (!chart.points.empty())
      out.readings.push_back(chart.signal + ": " + reading_text(chart.points.back()));
  }
  return out;
}

}  // namespace breakglass::drill
