// A SQLite file of our own: opened, brought up to date, asked. The only code that knows SQLite.
//
// A file is ours if its `application_id` says so; everything else is refused and left as it is: the database
// of another program, of another user, of a later version of this one. Writers wait for each other for up to
// five seconds. What was committed survives a kill.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace breakglass::history {

// One step of the schema, as SQL. Step k (from 0) turns version k into version k + 1.
using Migrations = std::span<const std::string_view>;

enum class Access {
  read,   // the file must be there; it is written to only if its schema is older than the program's
  write,  // it is made if it is not there; its folder must be
};

class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // "" or why not, as a whole sentence without its full stop that names the file. All missing migrations run
  // in one transaction: on failure the file is what it was.
  std::string open(const std::string& path, Access access, Migrations migrations);

  // Runs SQL that gives no rows: "" or why not.
  std::string run(const char* sql);
  // Rolls back what has not been committed.
  void roll_back();
  std::int64_t last_id() const;
  // What went wrong last, in words, with the file's name.
  const std::string& problem() const { return problem_; }

 private:
  friend class Statement;
  std::string open_file(int flags);
  std::string bring_up_to_date(Migrations migrations);
  std::string look_at_owner() const;
  // Whether the file is ours, and of which version; `error` says why it is not.
  struct Label {
    std::int64_t version = 0;
    std::string error;
  };
  Label read_label(std::size_t known);
  // To be called at once: the next call to SQLite forgets what went wrong in this one.
  const std::string& note_problem();

  sqlite3* handle_ = nullptr;
  std::string path_;
  std::string problem_;
};

// A prepared statement with its bound values; strings are copied. Columns and parameters count from 0.
class Statement {
 public:
  Statement(Database& database, const char* sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  Statement& add(std::int64_t value);
  Statement& add(double value);
  Statement& add(std::string_view value);
  Statement& add(std::optional<double> value);
  Statement& add(std::optional<bool> value);

  // To the next row; false at the end, and where something went wrong (`failed`).
  bool next();
  bool failed() const { return failed_; }

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  std::optional<double> optional_real(int column) const;
  std::optional<bool> optional_flag(int column) const;

 private:
  Statement& check(bool good);

  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
  int bound_ = 0;
  bool failed_ = false;
};

}  // namespace breakglass::history
