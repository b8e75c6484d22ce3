#include "scenarios/trace_csv.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "scenarios/line_reader.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::scenarios {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
// Plain numbers from here on are Unix seconds (1973 and later); offsets of a trace are not three years long.
constexpr std::int64_t kUnixFrom_s = 100'000'000;
// And from here on (the year 5138) they can only be milliseconds or finer.
constexpr std::int64_t kTooLate_s = 9'000'000'000;
constexpr std::int64_t kLongest_s = std::int64_t{3653} * 86400;

constexpr std::array<std::string_view, 11> kTimeNames = {
    "timestamp", "time", "bin", "offset_s", "offset", "t", "time_s", "start", "datetime", "date", "bin_s"};
constexpr std::array<std::string_view, 4> kCountNames = {"count", "counts", "requests", "request_count"};

// One cell of a row: its text without quotes and where it stands in the line.
struct Cell {
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_closed = true;  // false: an opening quote without a closing one
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The cell that begins at `from`; `from` moves behind the separator, or to npos after the last cell.
Cell take_cell(std::string_view line, char separator, std::size_t& from) {
  Cell cell;
  bool quoted = false;
  std::size_t i = from;
  for (; i < line.size() && (quoted || line[i] != separator); ++i) {
    if (line[i] == '"') quoted = !quoted;
  }
  cell.is_closed = !quoted;
  std::string_view text = line.substr(from, i - from);
  const std::string_view bare = trimmed(text);
  cell.begin = from + static_cast<std::size_t>(bare.data() - text.data());
  cell.end = cell.begin + bare.size();
  const bool in_quotes = bare.size() >= 2 && bare.front() == '"' && bare.back() == '"';
  cell.text = std::string(in_quotes ? trimmed(bare.substr(1, bare.size() - 2)) : bare);
  from = i < line.size() ? i + 1 : std::string_view::npos;
  return cell;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

char separator_of(std::string_view line) {
  for (const char c : {',', '\t', ';'}) {
    if (line.find(c) != std::string_view::npos) return c;
  }
  return ',';
}

// A moment as a row gives it.
struct Moment {
  std::int64_t ns = 0;
  bool is_date = false;    // a date and time, or Unix seconds
  bool is_number = false;  // plain seconds
};

// "12.25" exactly, in nanoseconds; digits beyond the ninth decimal are dropped.
Parsed<std::int64_t> parse_seconds(std::string_view text) {
  const std::size_t point = text.find('.');
  const Parsed<std::int64_t> whole_part = parse_integer(text.substr(0, point));
  Parsed<std::int64_t> result;
  if (!whole_part.ok() || whole_part.value < 0 || text.starts_with('-')) {
    result.error = "is not a time";
    return result;
  }
  if (whole_part.value > kTooLate_s) {
    result.error = "is too large for seconds";
    result.hint = "if these are milliseconds, divide them by 1000";
    return result;
  }
  result.value = whole_part.value * kSecond;
  if (point == std::string_view::npos) return result;
  const std::string_view fraction = text.substr(point + 1);
  std::int64_t place = kSecond;
  for (const char c : fraction) {
    if (c < '0' || c > '9') result.error = "is not a time";
    place /= 10;
    result.value += (c - '0') * place;
  }
  return result;
}

Parsed<Moment> parse_moment(std::string_view text) {
  Parsed<Moment> result;
  const bool digits_first = !text.empty() && text[0] >= '0' && text[0] <= '9';
  if (digits_first && text.find_first_not_of("0123456789.") == std::string_view::npos) {
    const Parsed<std::int64_t> seconds = parse_seconds(text);
    result.value = {seconds.value, seconds.value >= kUnixFrom_s * kSecond, true};
    result.error = seconds.error;
    result.hint = seconds.hint;
    return result;
  }
  const Parsed<DateTime> moment = parse_date_time(text);
  result.value = {moment.value.unix_ns, true, false};
  if (!moment.ok()) result.error = "is not a time" + (digits_first ? ": " + moment.error : std::string());
  return result;
}

// Reads the rows one by one. Only the last row's time is remembered besides the result.
class TraceReader {
 public:
  TraceReader(std::string name, Problems& problems, const TraceBudget& budget)
      : name_(std::move(name)), problems_(problems), budget_(budget) {}

  std::optional<Trace> read(const ChunkSource& chunks) {
    const std::size_t before = problems_.count();
    LineReader lines(chunks, budget_.line_bytes);
    LineReader::Result result = lines.next();
    while (result == LineReader::Result::line && take_line(lines.line(), lines.number()))
      result = lines.next();
    if (result == LineReader::Result::too_long) too_long(lines.line(), lines.number());
    if (result == LineReader::Result::read_failed)
      complain_whole("reading failed after line " + std::to_string(lines.number()));
    if (problems_.count() == before) finish();
    if (problems_.count() != before) return {};
    return std::move(trace_);
  }

 private:
  static constexpr std::string_view kTimeForm =
      "a time such as 2023-11-16 18:17:03.97, or seconds such as 12.5";

  void complain_whole(std::string what, std::string expected = {}, std::string hint = {}) {
    problems_.add_at(whole(problems_.add_source(name_, {})), std::move(what), std::move(expected),
                     std::move(hint));
  }

  // A problem in the line at hand. Its text is kept only if the problem is.
  void complain(std::size_t begin, std::size_t end, std::string what, std::string expected = {},
                std::string hint = {}) {
    Place place;
    if (problems_.keeps_more()) {
      const int source = problems_.add_source(name_, std::string(line_), number_);
      place = {source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::max(end, begin))};
    }
    problems_.add_at(place, std::move(what), std::move(expected), std::move(hint));
  }

  void too_long(std::string_view line, std::int64_t number) {
    line_ = line.substr(0, 200);
    number_ = number;
    if (is_binary(line)) return binary();
    complain(0, 1, "this line is longer than " + std::to_string(budget_.line_bytes) + " bytes",
             "one row a line");
  }

  static bool is_binary(std::string_view line) {
    const auto is_control = [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r';
    };
    return std::any_of(line.begin(), line.end(), is_control) || line.starts_with("\xff\xfe") ||
           line.starts_with("\xfe\xff") || line.starts_with("\x28\xb5\x2f\xfd") || line.starts_with("PAR1");
  }

  void binary() {
    std::string hint;
    if (line_.starts_with("\x1f\x8b")) hint = "it looks like a gzip file: unpack it first";
    if (line_.starts_with("PK")) hint = "it looks like a zip archive or a spreadsheet: export it as CSV";
    if (line_.starts_with("\xff\xfe") || line_.starts_with("\xfe\xff"))
      hint = "it looks like UTF-16: save it as UTF-8";
    if (line_.starts_with("PAR1")) hint = "it looks like a Parquet file: export it as CSV";
    complain_whole("this is not a text file (line " + std::to_string(number_) + ")", "a CSV file", hint);
  }

  // False ends the reading.
  bool take_line(std::string_view line, std::int64_t number) {
    line_ = line;
    number_ = number;
    if (is_binary(line)) {
      binary();
      return false;
    }
    std::size_t start = number == 1 && line.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    if (trimmed(line.substr(start)).empty()) return true;
    if (!has_begun_) {
      has_begun_ = true;
      separator_ = separator_of(line);
      if (take_header(start)) return !is_over_;
    }
    if (trace_.rows >= static_cast<std::int64_t>(budget_.rows)) {
      complain(0, 0, "more than " + std::to_string(budget_.rows) + " rows", {},
               "give counts per bin instead");
      return false;
    }
    take_row(start);
    return true;
  }

  // Whether the first line is a header; sets the columns if so.
  bool take_header(std::size_t start) {
    std::size_t from = start;
    std::vector<std::string> names;
    while (from != std::string_view::npos) names.push_back(lower(take_cell(line_, separator_, from).text));
    const char first = names[0].empty() ? ' ' : names[0][0];
    const bool is_word = (first >= 'a' && first <= 'z') || first == '_' || first == '#';
    if (!is_word) return false;
    const auto column = [&](auto& known) {
      const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return std::find(known.begin(), known.end(), name) != known.end();
      });
      return static_cast<std::size_t>(found - names.begin());
    };
    const std::size_t count = column(kCountNames);
    const std::size_t time = column(kTimeNames);
    has_header_ = true;
    if (count < names.size() && time == names.size()) {
      // Not guessed: a first column "minute" would silently be read as seconds.
      complain(start, line_.size(), "a column \"" + names[count] + "\" of counts, but none of times",
               "a column named one of: " + list_names(kTimeNames), "times are dates or plain seconds");
      is_over_ = true;
    } else if (count < names.size()) {
      trace_.kind = Trace::Kind::counts;
      time_column_ = time;
      count_column_ = count;
    }
    return true;
  }

  void take_row(std::size_t start) {
    ++trace_.rows;
    const bool after_bad_row = is_bad_row_;
    is_bad_row_ = true;  // until its time is known to be good
    std::size_t from = start;
    const std::size_t columns =
        trace_.kind == Trace::Kind::counts ? std::max(time_column_, count_column_) + 1 : 1;
    std::array<Cell, 2> cells;  // time and count
    for (std::size_t i = 0; i < columns; ++i) {
      if (from == std::string_view::npos) {
        return complain(line_.size(), line_.size(),
                        "this row has " + std::to_string(i) + (i == 1 ? " column" : " columns"),
                        "at least " + std::to_string(columns));
      }
      Cell cell = take_cell(line_, separator_, from);
      if (!cell.is_closed) return complain(cell.begin, cell.end, "this quote is not closed on its line");
      if (i == time_column_) cells[0] = cell;
      if (trace_.kind == Trace::Kind::counts && i == count_column_) cells[1] = std::move(cell);
    }
    if (!take_time(cells[0], !after_bad_row)) return;
    if (trace_.kind == Trace::Kind::counts) take_count(cells[1]);
  }

  // `follows`: the row before was good, so that the distance to it means something.
  bool take_time(const Cell& cell, bool follows) {
    const Parsed<Moment> moment = parse_moment(cell.text);
    if (!moment.ok()) {
      const std::string what =
          cell.text.empty() ? "the time is missing" : "\"" + visible(cell.text, 40) + "\" " + moment.error;
      complain(cell.begin, cell.end, what, std::string(kTimeForm), moment.hint);
      return false;
    }
    if (has_last_ && moment.value.is_number != last_.is_number) {
      complain(cell.begin, cell.end, "dates and plain seconds are mixed",
               "the same form as in line " + std::to_string(last_line_));
      return false;
    }
    const bool is_sorted = check_order(cell, moment.value.ns, follows);
    is_bad_row_ = false;
    last_ = moment.value;
    last_line_ = number_;
    last_text_ = cell.text;
    if (!has_last_) first_ = moment.value;
    has_last_ = true;
    if (!is_sorted) return false;
    if (trace_.kind == Trace::Kind::arrivals) trace_.arrivals_ns.push_back(moment.value.ns - first_.ns);
    return true;
  }

  bool check_order(const Cell& cell, std::int64_t ns, bool follows) {
    if (!has_last_) return true;
    const std::string before = "line " + std::to_string(last_line_) + " (" + visible(last_text_, 40) + ")";
    if (ns < last_.ns) {
      complain(cell.begin, cell.end, "earlier than " + before, "rows sorted by time");
      return false;
    }
    // Also keeps every difference far from overflow, with dates of six centuries to choose from.
    if (ns / kSecond - first_.ns / kSecond > kLongest_s) {
      complain(cell.begin, cell.end, "more than ten years after the first row");
      return false;
    }
    if (trace_.kind != Trace::Kind::counts || !follows) return true;
    const std::int64_t bin = ns - last_.ns;
    if (bin == 0) {
      complain(cell.begin, cell.end, "the same bin as " + before, "one row a bin");
      return false;
    }
    if (trace_.bin_ns == 0) {
      trace_.bin_ns = bin;
    } else if (bin != trace_.bin_ns) {
      complain(cell.begin, cell.end, print_duration(sim::Duration{bin}) + " after " + before,
               "equal bins: the first is " + print_duration(sim::Duration{trace_.bin_ns}) + " long");
      return false;
    }
    return true;
  }

  void take_count(const Cell& cell) {
    const Parsed<std::int64_t> count = parse_integer(cell.text);
    // A sum that cannot overflow: 50 million bins of 10^11 stay below 2^63.
    constexpr std::int64_t kMost = 100'000'000'000;
    std::string what;
    if (cell.text.empty()) {
      what = "the count is missing";
    } else if (!count.ok()) {
      what = "\"" + visible(cell.text, 40) + "\" " + count.error;
    } else if (count.value < 0) {
      what = "the count " + visible(cell.text, 40) + " is negative";
    } else if (count.value > kMost) {
      what = "the count " + visible(cell.text, 40) + " is too large";
    }
    if (!what.empty()) return complain(cell.begin, cell.end, what, "a whole number of requests");
    trace_.counts.push_back(count.value);
  }

  void finish() {
    if (trace_.rows == 0) {
      if (has_header_) return complain_whole("there is only a header", "rows with times");
      return complain_whole("there is nothing in it", "rows with times");
    }
    if (trace_.rows == 1) return complain_whole("there is only one row", "at least two, to know the rate");
    trace_.has_date = first_.is_date;
    trace_.first_unix_ns = first_.is_date ? first_.ns : 0;
    if (trace_.kind == Trace::Kind::arrivals) {
      const std::int64_t last = trace_.arrivals_ns.back();
      if (last == 0) return complain_whole("all rows have the same time", "rows over some stretch of time");
      const std::int64_t gaps = trace_.rows - 1;
      trace_.length_ns = last + (last + gaps / 2) / gaps;
    } else {
      if (total_requests(trace_) == 0)
        return complain_whole("there is no request in it", "at least one count above 0");
      trace_.length_ns = trace_.bin_ns * trace_.rows;
    }
    hash();
  }

  void hash() {
    sim::Fingerprint fingerprint;
    fingerprint.add(trace_.kind);
    fingerprint.add(trace_.first_unix_ns);
    fingerprint.add(trace_.has_date);
    fingerprint.add(trace_.bin_ns);
    fingerprint.add(trace_.arrivals_ns);
    fingerprint.add(trace_.counts);
    trace_.hash = fingerprint.value();
  }

  std::string name_;
  Problems& problems_;
  TraceBudget budget_;
  Trace trace_;
  std::string_view line_;
  std::int64_t number_ = 0;
  bool has_begun_ = false;
  bool has_header_ = false;
  bool is_over_ = false;
  char separator_ = ',';
  std::size_t time_column_ = 0;
  std::size_t count_column_ = 0;
  Moment first_;
  Moment last_;
  bool has_last_ = false;
  std::int64_t last_line_ = 0;
  std::string last_text_;
  bool is_bad_row_ = false;
};

}  // namespace

std::optional<Trace> read_trace(const std::string& name, const ChunkSource& chunks, Problems& problems,
                                const TraceBudget& budget) {
  return TraceReader(name, problems, budget).read(chunks);
}

}  // namespace breakglass::scenarios
