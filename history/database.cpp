#include "history/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "scenarios/visible.hpp"

namespace breakglass::history {
namespace {

constexpr int kPatienceMs = 5000;
constexpr std::int64_t kApplication = 0x42'72'67'6C;  // "Brgl"

std::string named(const std::string& path) { return "\"" + scenarios::visible(path, 200) + "\""; }

// SQLite asks for less when it may not write, and then reports that the file is not there.
int why_not_made(const std::string& path, int reported) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return ::access(folder.empty() ? "." : folder.c_str(), W_OK) != 0 ? errno : reported;
}

std::string words_for(int code, int system_error, const std::string& otherwise) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "another process has been writing to it for five seconds";
    case SQLITE_FULL: return "the disk is full";
    case SQLITE_READONLY: return "it may not be written";
    case SQLITE_NOTADB: return "it is no history: it is not even a database";
    case SQLITE_CORRUPT: return "it is damaged; move it away, and the debrief of each log records it anew";
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR: return system_error != 0 ? std::strerror(system_error) : otherwise;
    default: return otherwise;
  }
}

// A transaction that is rolled back unless it was committed.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!is_done_) database_.roll_back();
  }
  std::string commit() {
    std::string why = database_.run("COMMIT");
    is_done_ = why.empty();
    return why;
  }

 private:
  Database& database_;
  bool is_done_ = false;
};

}  // namespace

Database::~Database() { sqlite3_close_v2(handle_); }

const std::string& Database::note_problem() {
  const int code = sqlite3_extended_errcode(handle_);
  int system_error = sqlite3_system_errno(handle_);
  if ((code & 0xFF) == SQLITE_CANTOPEN) system_error = why_not_made(path_, system_error);
  problem_ = fmt::format("the history {}: {}", named(path_),
                         words_for(code, system_error, scenarios::visible(sqlite3_errmsg(handle_), 200)));
  return problem_;
}

std::string Database::look_at_owner() const {
  struct stat found{};
  if (::stat(path_.c_str(), &found) != 0) return "";
  if (!S_ISREG(found.st_mode)) return fmt::format("the history {}: it is no file", named(path_));
  if (found.st_uid != ::geteuid())
    return fmt::format("the history {}: it belongs to somebody else, and is not opened", named(path_));
  return "";
}

std::string Database::open_file(int flags) {
  sqlite3_close_v2(handle_);
  handle_ = nullptr;
  if (std::string why = look_at_owner(); !why.empty()) return why;
  // A leading "file:" is part of the name: URIs stay off.
  const int opened = sqlite3_open_v2(path_.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (opened != SQLITE_OK) return note_problem();
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, kPatienceMs);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return run("PRAGMA foreign_keys = ON");
}

Database::Label Database::read_label(std::size_t known) {
  Statement label(*this,
                  "SELECT (SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version), "
                  "(SELECT count(*) FROM sqlite_schema)");
  if (!label.next()) return {0, problem()};
  const std::int64_t application = label.integer(0);
  const std::int64_t version = label.integer(1);
  const bool is_new = application == 0 && version == 0 && label.integer(2) == 0;
  if (!is_new && application != kApplication)
    return {0, fmt::format("the history {}: it is the database of another program", named(path_))};
  if (version > static_cast<std::int64_t>(known)) {
    return {0, fmt::format("the history {} is of a later version of breakglass: its schema is {}, and this "
                           "program knows {}; it is left as it is. Use that version, or another file",
                           named(path_), version, known)};
  }
  return {version, ""};
}

std::string Database::bring_up_to_date(Migrations migrations) {
  if (std::string why = run("BEGIN IMMEDIATE"); !why.empty()) return why;
  Transaction transaction(*this);
  const Label label = read_label(migrations.size());  // again: another process may have been faster
  if (!label.error.empty()) return label.error;
  for (const std::string_view step : migrations.subspan(static_cast<std::size_t>(label.version))) {
    if (std::string why = run(std::string(step).c_str()); !why.empty()) return why;
  }
  const std::string mark =
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplication, migrations.size());
  if (std::string why = run(mark.c_str()); !why.empty()) return why;
  return transaction.commit();
}

std::string Database::open(const std::string& path, Access access, Migrations migrations) {
  path_ = path;
  const int create = access == Access::write ? SQLITE_OPEN_CREATE : 0;
  const int flags = access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (std::string why = open_file(flags | create); !why.empty()) return why;
  const Label label = read_label(migrations.size());
  if (!label.error.empty()) return label.error;
  if (label.version == static_cast<std::int64_t>(migrations.size())) return "";
  if (access == Access::read) {
    if (std::string why = open_file(SQLITE_OPEN_READWRITE); !why.empty()) return why;
  }
  return bring_up_to_date(migrations);
}

std::string Database::run(const char* sql) {
  return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK ? "" : note_problem();
}

// Fails where the error has rolled back already, which is as good.
void Database::roll_back() { sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr); }

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_); }

Statement::Statement(Database& database, const char* sql) : database_(database) {
  check(sqlite3_prepare_v2(database.handle_, sql, -1, &handle_, nullptr) == SQLITE_OK);
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::check(bool good) {
  if (!good && !failed_) database_.note_problem();
  failed_ |= !good;
  return *this;
}

Statement& Statement::add(std::int64_t value) {
  return check(sqlite3_bind_int64(handle_, ++bound_, value) == SQLITE_OK);
}

Statement& Statement::add(double value) {
  return check(sqlite3_bind_double(handle_, ++bound_, value) == SQLITE_OK);
}

Statement& Statement::add(std::string_view value) {
  return check(sqlite3_bind_text64(handle_, ++bound_, value.data(), value.size(), SQLITE_TRANSIENT,
                                   SQLITE_UTF8) == SQLITE_OK);
}

Statement& Statement::add(std::optional<double> value) {
  return value ? add(*value) : check(sqlite3_bind_null(handle_, ++bound_) == SQLITE_OK);
}

Statement& Statement::add(std::optional<bool> value) {
  return value ? add(std::int64_t{*value}) : check(sqlite3_bind_null(handle_, ++bound_) == SQLITE_OK);
}

bool Statement::next() {
  if (failed_) return false;
  const int stepped = sqlite3_step(handle_);
  check(stepped == SQLITE_ROW || stepped == SQLITE_DONE);
  return stepped == SQLITE_ROW;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string Statement::text(int column) const {
  const unsigned char* found = sqlite3_column_text(handle_, column);
  const int size = sqlite3_column_bytes(handle_, column);
  return found == nullptr ? ""
                          : std::string(reinterpret_cast<const char*>(found), static_cast<std::size_t>(size));
}

std::optional<double> Statement::optional_real(int column) const {
  if (sqlite3_column_type(handle_, column) == SQLITE_NULL) return std::nullopt;
  return real(column);
}

std::optional<bool> Statement::optional_flag(int column) const {
  if (sqlite3_column_type(handle_, column) == SQLITE_NULL) return std::nullopt;
  return integer(column) != 0;
}

}  // namespace breakglass::history
