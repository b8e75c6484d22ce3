#include "history/store.hpp"

#include <charconv>
#include <map>

namespace breakglass::history {
namespace {

constexpr std::string_view kMigrations[] = {
    R"sql(
CREATE TABLE drills (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  log TEXT NOT NULL,
  scenario TEXT NOT NULL,
  hash TEXT NOT NULL,
  version TEXT NOT NULL,
  seed TEXT NOT NULL,  -- 64 bits without a sign do not fit SQLite's integers
  replication INTEGER NOT NULL,
  mode TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT NOT NULL,
  harm REAL NOT NULL,
  harm_unit TEXT NOT NULL,
  luck_adjusted REAL,
  grade REAL,
  is_emergency INTEGER NOT NULL,
  treated_as_emergency INTEGER
);
CREATE TABLE tasks (
  drill INTEGER NOT NULL REFERENCES drills(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  passed INTEGER NOT NULL,
  PRIMARY KEY (drill, position)
);
CREATE TABLE mistakes (
  drill INTEGER NOT NULL REFERENCES drills(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  mistake TEXT NOT NULL,
  at_s REAL NOT NULL,
  PRIMARY KEY (drill, position)
);
CREATE TABLE stated (
  drill INTEGER NOT NULL REFERENCES drills(id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  probability REAL NOT NULL,
  outcome INTEGER,
  posterior REAL,
  PRIMARY KEY (drill, question)
);
)sql",
};

// Statements that give no rows, one after the other until one fails.
bool done(Statement& statement) {
  statement.next();
  return !statement.failed();
}

bool insert_drill(Database& database, const Played& p) {
  Statement insert(
      database,
      "INSERT INTO drills (identity, log, scenario, hash, version, seed, replication, mode, started, "
      "ended, harm, harm_unit, luck_adjusted, grade, is_emergency, treated_as_emergency) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert.add(p.identity).add(p.log).add(p.scenario).add(p.hash).add(p.version).add(std::to_string(p.seed));
  insert.add(std::int64_t{p.replication})
      .add(p.mode)
      .add(p.started)
      .add(p.ended)
      .add(p.harm)
      .add(p.harm_unit);
  insert.add(p.luck_adjusted).add(p.grade).add(std::int64_t{p.is_emergency}).add(p.treated_as_emergency);
  return done(insert);
}

bool insert_parts(Database& database, const Played& p, std::int64_t id) {
  std::int64_t position = 0;
  for (const DoneTask& task : p.tasks) {
    Statement insert(database, "INSERT INTO tasks VALUES (?, ?, ?, ?)");
    if (!done(insert.add(id).add(position++).add(task.name).add(std::int64_t{task.passed}))) return false;
  }
  position = 0;
  for (const MadeMistake& mistake : p.mistakes) {
    Statement insert(database, "INSERT INTO mistakes VALUES (?, ?, ?, ?)");
    if (!done(insert.add(id).add(position++).add(mistake.id).add(mistake.at_s))) return false;
  }
  for (const Stated& stated : p.stated) {
    Statement insert(database, "INSERT INTO stated VALUES (?, ?, ?, ?, ?)");
    insert.add(id).add(stated.question).add(stated.probability).add(stated.outcome).add(stated.posterior);
    if (!done(insert)) return false;
  }
  return true;
}

bool fill_in(Database& database, const Played& p, std::int64_t id) {
  Statement grade(database,
                  "UPDATE drills SET luck_adjusted = coalesce(luck_adjusted, ?), grade = coalesce(grade, ?) "
                  "WHERE id = ?");
  if (!done(grade.add(p.luck_adjusted).add(p.grade).add(id))) return false;
  for (const Stated& stated : p.stated) {
    Statement posterior(
        database, "UPDATE stated SET posterior = coalesce(posterior, ?) WHERE drill = ? AND question = ?");
    if (!done(posterior.add(stated.posterior).add(id).add(stated.question))) return false;
  }
  return true;
}

bool write(Database& database, const Played& p, Recorded& out) {
  Statement known(database, "SELECT id FROM drills WHERE identity = ?");
  out.is_new = !known.add(p.identity).next();
  if (known.failed()) return false;
  if (!out.is_new) {
    out.id = known.integer(0);
    return fill_in(database, p, out.id);
  }
  if (!insert_drill(database, p)) return false;
  out.id = database.last_id();
  return insert_parts(database, p, out.id);
}

Played read_drill(const Statement& row) {
  Played p;
  p.id = row.integer(0);
  p.identity = row.text(1);
  p.log = row.text(2);
  p.scenario = row.text(3);
  p.hash = row.text(4);
  p.version = row.text(5);
  const std::string seed = row.text(6);
  std::from_chars(seed.data(), seed.data() + seed.size(), p.seed);
  p.replication = static_cast<std::uint32_t>(row.integer(7));
  p.mode = row.text(8);
  p.started = row.text(9);
  p.ended = row.text(10);
  p.harm = row.real(11);
  p.harm_unit = row.text(12);
  p.luck_adjusted = row.optional_real(13);
  p.grade = row.optional_real(14);
  p.is_emergency = row.integer(15) != 0;
  p.treated_as_emergency = row.optional_flag(16);
  return p;
}

// Reads the rows of a table that belong to drills, in the order of the query.
template <class Read>
bool read_parts(Database& database, const char* sql, Loaded& out,
                const std::map<std::int64_t, std::size_t>& places, const Read& read) {
  Statement rows(database, sql);
  while (rows.next()) {
    if (const auto at = places.find(rows.integer(0)); at != places.end()) read(rows, out.drills[at->second]);
  }
  return !rows.failed();
}

bool read_all(Database& database, Loaded& out) {
  std::map<std::int64_t, std::size_t> places;
  Statement rows(
      database,
      "SELECT id, identity, log, scenario, hash, version, seed, replication, mode, started, ended, "
      "harm, harm_unit, luck_adjusted, grade, is_emergency, treated_as_emergency FROM drills "
      "ORDER BY ended, id");
  while (rows.next()) {
    out.drills.push_back(read_drill(rows));
    places[out.drills.back().id] = out.drills.size() - 1;
  }
  return !rows.failed() &&
         read_parts(database, "SELECT drill, name, passed FROM tasks ORDER BY drill, position", out, places,
                    [](const Statement& row, Played& p) {
                      p.tasks.push_back({row.text(1), row.integer(2) != 0});
                    }) &&
         read_parts(
             database, "SELECT drill, mistake, at_s FROM mistakes ORDER BY drill, position", out, places,
             [](const Statement& row, Played& p) { p.mistakes.push_back({row.text(1), row.real(2)}); }) &&
         read_parts(
             database,
             "SELECT drill, question, probability, outcome, posterior FROM stated ORDER BY drill, question",
             out, places, [](const Statement& row, Played& p) {
               p.stated.push_back({row.text(1), row.real(2), row.optional_flag(3), row.optional_real(4)});
             });
}

}  // namespace

Migrations migrations() { return kMigrations; }

Recorded record(Database& database, const Played& played) {
  Recorded out;
  out.error = database.run("BEGIN IMMEDIATE");
  if (!out.error.empty()) return out;
  if (!write(database, played, out)) {
    out.error = database.problem();
    database.roll_back();
    return out;
  }
  out.error = database.run("COMMIT");
  if (!out.error.empty()) database.roll_back();
  return out;
}

// One transaction, so that the parts belong to the drills that were read.
Loaded load(Database& database) {
  Loaded out;
  out.error = database.run("BEGIN");
  if (!out.error.empty()) return out;
  if (!read_all(database, out)) {
    out.error = database.problem();
    out.drills.clear();
  }
  database.roll_back();
  return out;
}

}  // namespace breakglass::history
