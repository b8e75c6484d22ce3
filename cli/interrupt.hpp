// Ctrl-C, said politely once.
#pragma once

namespace breakglass::cli {

// Broken pipes and files beyond a size limit become errors of a write instead of a sudden end.
void ignore_write_signals();

// From here on the first SIGINT or SIGTERM only makes `interrupted` true; the second ends the program at
// once. A signal that the program was started to ignore (nohup, a background job) stays ignored.
void watch_interrupts();

bool interrupted();

}  // namespace breakglass::cli
