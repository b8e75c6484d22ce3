// What each command is called, and what the list of commands and its own help say of it.
#pragma once

#include <string_view>

namespace breakglass::cli {

struct CommandText {
  std::string_view name;
  std::string_view summary;  // in the list of commands
  std::string_view about;    // in its own help
  std::string_view example;
};

inline constexpr CommandText kCommandTexts[] = {
    {"compare", "strategies side by side on one emergency, over many worlds",
     "Runs every strategy in the same worlds and prints harm, times and probabilities with 95% intervals, "
     "the paired differences, and which strategy has the lowest mean harm.",
     "breakglass compare pii-leak --replications 20000 --json result.json"},
    {"sweep", "which strategy is best where: over one or two numbers of a scenario",
     "Runs the strategies at every point of a grid, says which does the least harm there and whether that is "
     "certain, finds where two of them break even, and which number matters the most.",
     "breakglass sweep pii-leak --vary /change/regression/probability=0.05:0.6:12"},
    {"run", "one world told as a timeline, with reasons",
     "Tells one world from the page to the horizon: who did what, what the dashboards showed, why it was "
     "promoted or rolled back.",
     "breakglass run pii-leak --strategy compressed-canary --replication 7"},
    {"drill", "play an emergency in the terminal, or from a script",
     "Plays one emergency from the page to the postmortem: you decide, line by line. Every decision is in "
     "the log before its effect is shown; a drill that was left goes on with the same --log.",
     "breakglass drill pii-leak --seed 7 --log my-drill.jsonl"},
    {"play", "the same in a window, by mouse and keyboard",
     "Opens the window: a drill with its dashboards, messages, approvals and forms, and its debrief; without "
     "a SCENARIO, the room to choose one in. It writes the same log as the terminal.",
     "breakglass play pii-leak --seed 7"},
    {"season", "play a month of emergencies and decoys, whose bypasses are felt later",
     "Plays the pages of a season one after the other, each a drill. A bypass that was not needed erodes the "
     "odds of later ones; the review at the end asks what the number of emergencies means. It goes on where "
     "it was left.",
     "breakglass season first-month"},
    {"replay", "play a drill's log again, bit for bit",
     "Plays a log again and prints what happened; says which event differs, if one does.",
     "breakglass replay my-drill.jsonl"},
    {"debrief", "what a drill's decisions came to",
     "Says which critical tasks were done, which of the common mistakes were made and when, what other "
     "strategies would have done in the same world, and, last, what nobody could have known; with the bypass "
     "record.",
     "breakglass debrief my-drill.jsonl --md debrief.md"},
    {"history", "the drills that were played, and what they show together",
     "Lists finished drills, each with its harm, critical tasks and mistakes. With --summary: which mistakes "
     "come again, how well emergencies are told from decoys (d' and bias), and how good the stated "
     "probabilities were (Brier score and its parts), with 95% intervals; drills of different modes are "
     "never mixed.",
     "breakglass history --scenario pii-leak --mistakes any"},
    {"check", "read files and report every problem in them",
     "Reads scenarios and strategies and reports every problem with file, line, column and what was "
     "expected. Exit status 2 if any file is unreadable or invalid, 1 if all are sound and one fails a check "
     "of its rollout or its scope.",
     "breakglass check scenarios/pii-leak.json my-strategy.json"},
    {"list", "the shipped scenarios and strategies",
     "Lists what is built into the program; every id can be used where a path can.", "breakglass list"},
    {"schema", "the JSON Schema of a file, for your editor",
     "Prints the JSON Schema of scenario or strategy files, generated from the fields that the program "
     "reads.",
     "breakglass schema scenario > scenario.schema.json"},
};

}  // namespace breakglass::cli
