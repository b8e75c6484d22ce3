// The coach of a lesson: says each note once, at its moment.
#pragma once

#include <vector>

#include "drill/drill.hpp"
#include "scenarios/lesson.hpp"

namespace breakglass::drill {

struct Coach {
  std::vector<scenarios::NoteParams> notes;
  std::vector<bool> said;  // one a note
};

Coach coach_of(const scenarios::LessonParams& lesson);

// Whether that moment has come: read from what the trainee did and was shown, never from the hidden truth.
bool has_come(const Drill& drill, scenarios::Moment moment);

// What is due now and has not been said, in the order of the notes.
std::vector<scenarios::NoteParams> due(Coach& coach, const Drill& drill);

// For a trainee who comes back: takes what is due as said, and repeats the last of it.
std::vector<scenarios::NoteParams> again(Coach& coach, const Drill& drill);

}  // namespace breakglass::drill
