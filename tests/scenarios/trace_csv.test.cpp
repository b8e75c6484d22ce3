#include "scenarios/trace_csv.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <numeric>

#include "scenarios/read_file.hpp"

namespace breakglass::tests {

using namespace scenarios;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

ChunkSource in_bites(const std::string& text, std::size_t bite) {
  return [text, bite, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
    const std::size_t got = std::min({size, bite, text.size() - at});
    text.copy(buffer, got, at);
    at += got;
    return got;
  };
}

Trace read(const std::string& text, std::size_t bite = 1 << 20) {
  Problems problems;
  const auto trace = read_trace("t.csv", in_bites(text, bite), problems);
  INFO(render(problems));
  REQUIRE(trace);
  return *trace;
}

}  // namespace

TEST_CASE("rows of requests become offsets, in any of the forms") {
  const std::vector<std::int64_t> expected = {0, 52'000'000, 52'000'000, 10 * kSecond};
  const Trace first = read(
      "TIMESTAMP,A\n2023-11-16 18:17:03.9799600,1\n2023-11-16 18:17:04.0319600,2\n2023-11-16 "
      "18:17:04.0319600,3\n"
      "2023-11-16 18:17:13.9799600,4\n");
  CHECK(first.kind == Trace::Kind::arrivals);
  CHECK(first.arrivals_ns == expected);
  CHECK(first.first_unix_ns == 1'700'158'623'979'960'000);
  CHECK(first.has_date);
  CHECK(first.rows == 4);
  CHECK(first.length_ns == 13'333'333'333);
  for (const char* text : {
           "2023-11-16T18:17:03.97996Z\n2023-11-16T18:17:04.03196Z\n2023-11-16T18:17:04.03196Z\n2023-11-"
           "16T18:17:13.97996Z",
           "when\r\n2023-11-16T23:47:03.97996+05:30\r\n2023-11-16T18:17:04.03196Z\r\n2023-11-16 "
           "18:17:04.03196\r\n\r\n2023-11-16 18:17:13.97996\r\n",
           "\xEF\xBB\xBFunix\n1700158623.97996\n1700158624.03196\n1700158624.03196\n1700158633.97996\n",
           "\"time\",\"note\"\n\"2023-11-16 18:17:03.97996\",\"a,b\"\n 1700158624.03196\n",
       }) {
    CAPTURE(text);
    Problems problems;
    const auto trace = read_trace("t.csv", in_bites(text, 5), problems);
    if (!trace) {
      CHECK(std::string(text).starts_with("\"time\""));  // dates and numbers mixed
      continue;
    }
    CHECK(trace->arrivals_ns == expected);
    CHECK(trace->hash == first.hash);
  }
}

TEST_CASE("plain seconds need no date") {
  const Trace trace = read("0\n0.25\n1.000000001\n2\n");
  CHECK(trace.arrivals_ns == std::vector<std::int64_t>{0, 250'000'000, 1'000'000'001, 2'000'000'000});
  CHECK_FALSE(trace.has_date);
  CHECK(trace.length_ns == 2'666'666'667);
}

TEST_CASE("counts per bin are read with any of the known columns, in any order") {
  for (const char* text :
       {"time,count\n0,5\n60,0\n120,7\n", "offset_s,count\n100,5\n160,0\n220,7\n",
        "note;Requests;BIN\nx;5;0\ny;0;60\nz;7;120\n",
        "timestamp\tcounts\n2026-03-04 22:00\t5\n2026-03-04 22:01\t0\n2026-03-04 22:02\t7\n"}) {
    CAPTURE(text);
    const Trace trace = read(text);
    CHECK(trace.kind == Trace::Kind::counts);
    CHECK(trace.counts == std::vector<std::int64_t>{5, 0, 7});
    CHECK(trace.bin_s() == 60);
    CHECK(trace.length_s() == 180);
    CHECK(total_requests(trace) == 12);
  }
}

TEST_CASE("cumulative counts are exact, and what is spread sums to the whole") {
  const Trace rows = read("0\n1\n1\n4\n");
  CHECK(cumulative_count(rows, 0) == 0);
  CHECK(cumulative_count(rows, 1) == 1);
  CHECK(cumulative_count(rows, kSecond) == 1);
  CHECK(cumulative_count(rows, kSecond + 1) == 3);
  CHECK(cumulative_count(rows, rows.length_ns) == 4);
  const Trace bins = read("time,count\n0,7\n60,0\n120,100000000000\n");
  CHECK(cumulative_count(bins, 30 * kSecond) == 3);
  CHECK(cumulative_count(bins, 60 * kSecond) == 7);
  CHECK(cumulative_count(bins, 90 * kSecond) == 7);
  CHECK(cumulative_count(bins, 150 * kSecond) == 50'000'000'007);
  CHECK(cumulative_count(bins, 120 * kSecond + 1) == 7 + 1);  // 10^11 * 1 / (6 * 10^10), rounded down
  CHECK(cumulative_count(bins, bins.length_ns) == 100'000'000'007);
  std::int64_t before = 0;
  for (std::int64_t t = 0; t <= 180; ++t) {
    const std::int64_t now = cumulative_count(bins, t * kSecond);
    CHECK(now >= before);
    before = now;
  }
}

TEST_CASE("binned rates hold all requests, the last and shorter bin by its own length") {
  const Trace rows = read("0\n1\n1\n4\n");  // length 4 + 4/3 s
  const auto rates = binned_rates(rows, 2 * kSecond);
  REQUIRE(rates.size() == 3);
  CHECK(rates[0] == Approx(1.5));
  CHECK(rates[1] == 0);
  CHECK(rates[2] == Approx(1 / (4.0 / 3)));
  const Trace bins = read("time,count\n0,6\n60,12\n");
  const auto finer = binned_rates(bins, 45 * kSecond);
  REQUIRE(finer.size() == 3);
  CHECK(finer[0] == Approx(0.1));
  CHECK(finer[1] == Approx((1.5 + 6) / 45));
  CHECK(finer[2] == Approx(0.2));
}

TEST_CASE("the hash changes with the data and only with the data") {
  const auto hash = [](const char* text) { return read(text).hash; };
  CHECK(hash("0\n1\n2\n") == hash("t\r\n0.0\r\n1.000\r\n2\r\n"));
  CHECK(hash("0\n1\n2\n") != hash("0\n1\n3\n"));
  CHECK(hash("time,count\n0,1\n1,2\n") != hash("time,count\n0,2\n1,1\n"));
  CHECK(hash("time,count\n0,1\n1,2\n") != hash("time,count\n0,1\n2,2\n"));
  CHECK(hash("2026-03-04 22:00\n2026-03-04 22:01") != hash("2026-03-05 22:00\n2026-03-05 22:01"));
}

TEST_CASE("a line of gigabytes is refused after its budget") {
  std::size_t given = 0;
  const ChunkSource endless = [&](char* buffer, std::size_t size) {
    std::fill_n(buffer, size, '7');
    given += size;
    return size;
  };
  Problems problems;
  CHECK_FALSE(read_trace("t.csv", endless, problems));
  CHECK(given <= 256 * 1024);
  CHECK(problems.resolve()[0].what == "this line is longer than 65536 bytes");
  CHECK(problems.resolve()[0].line == 1);
}

TEST_CASE("a line of exactly the budget is read") {
  TraceBudget budget;
  budget.line_bytes = 10;
  Problems problems;
  CHECK(read_trace("t.csv", in_bites("0.00000000\n1.00000000\r\n", 3), problems, budget).has_value() ==
        false);
  Problems fits;
  CHECK(read_trace("t.csv", in_bites("0.00000000\n1.00000000\n", 3), fits, budget));
}

TEST_CASE("too many rows are refused, and a million problems take no memory") {
  TraceBudget budget;
  budget.rows = 3;
  Problems rows;
  CHECK_FALSE(read_trace("t.csv", in_bites("1\n2\n3\n4\n5\n", 100), rows, budget));
  CHECK(rows.resolve()[0].what == "more than 3 rows");
  CHECK(rows.count() == 1);
  Problems many;
  std::string text = "1\n";
  for (int i = 0; i < 300'000; ++i) text += "x\n";
  CHECK_FALSE(read_trace("t.csv", in_bites(text, 1 << 16), many));
  CHECK(many.count() == 300'000);
  CHECK(many.source_count() <= Problems::kMaxKept);
}

TEST_CASE("a reading that fails is said") {
  int calls = 0;
  const ChunkSource failing = [&](char* buffer, std::size_t) {
    if (++calls > 1) return kReadFailed;
    std::copy_n("1\n2\n3", 5, buffer);
    return std::size_t{5};
  };
  Problems problems;
  CHECK_FALSE(read_trace("t.csv", failing, problems));
  CHECK(problems.resolve()[0].what == "reading failed after line 2");
}

TEST_CASE("the Azure traces of 2023 are read whole") {
  struct Case {
    const char* file;
    std::int64_t rows;
  };
  for (const Case& c :
       {Case{"AzureLLMInferenceTrace_conv.csv", 19'366}, Case{"AzureLLMInferenceTrace_code.csv", 8'819}}) {
    const std::string path = std::string(BREAKGLASS_DATA_DIR) + "/azure-llm-2023/" + c.file;
    if (!std::filesystem::exists(path)) {
      WARN("skipped: " << path << " is not there");
      continue;
    }
    Problems problems;
    auto chunks = open_chunks(path, problems);
    REQUIRE(chunks);
    const auto trace = read_trace(path, *chunks, problems);
    INFO(render(problems));
    REQUIRE(trace);
    CHECK(trace->rows == c.rows);
    CHECK(total_requests(*trace) == c.rows);
    CHECK(std::is_sorted(trace->arrivals_ns.begin(), trace->arrivals_ns.end()));
    CHECK(trace->length_s() > 3300);
    CHECK(trace->length_s() < 3700);
    const auto rates = binned_rates(*trace, 60 * kSecond);
    double sum = 0;
    for (std::size_t i = 0; i < rates.size(); ++i) {
      sum += rates[i] * std::min(60.0, trace->length_s() - 60.0 * static_cast<double>(i));
    }
    CHECK(sum == Approx(static_cast<double>(c.rows)));
  }
}

}  // namespace breakglass::tests
