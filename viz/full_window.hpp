// The one ImGui window that a room fills.
#pragma once

#include "viz/ui.hpp"

namespace breakglass::viz {

// Between the two everything is drawn; the box is the whole display.
plot::Box begin_full_window(const char* name);
void end_full_window();
// The same in front of it.
plot::Box begin_front_window(const char* name);

Ui ui_of(const Look& look, Memory& memory, bool enabled = true);

// A head with the room's name, what it says below it and a way back. True: back is wanted.
bool draw_room_head(Ui& ui, plot::Box& window, const std::string& title, const std::string& remark,
                    const std::string& badge);

}  // namespace breakglass::viz
