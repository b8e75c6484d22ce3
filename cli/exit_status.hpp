// How the program ends. Never depends on the format of the output, on its width, or on a terminal.
#pragma once

namespace breakglass::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;  // what was read is sound, and fails a check
inline constexpr int kExitUsage = 2;   // wrong usage, bad input, or something could not be read or written
inline constexpr int kExitInconclusive = 3;   // too few worlds to say whether a gate's limit is passed
inline constexpr int kExitInterrupted = 130;  // stopped by a signal; what was done has been reported

}  // namespace breakglass::cli
