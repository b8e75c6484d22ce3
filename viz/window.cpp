#include "viz/window.hpp"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <utility>

#include "viz/run/run_panel.hpp"

namespace breakglass::viz {
namespace {

std::string& last_error() {
  static std::string text;
  return text;
}

// A window with its contexts; closed at the end of its life.
class Display {
 public:
  Display() = default;
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;
  ~Display();

  // "", or why there is none.
  std::string open(const std::string& title);
  GLFWwindow* window() const { return window_; }
  float monitor_scale() const;
  void load_look(Look& look, float scale);
  void draw(const std::function<void()>& room);

 private:
  GLFWwindow* window_ = nullptr;
  bool has_context_ = false;
};

Display::~Display() {
  if (has_context_) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  if (window_ != nullptr) glfwDestroyWindow(window_);
  glfwTerminate();
}

std::string Display::open(const std::string& title) {
  glfwSetErrorCallback([](int, const char* text) { last_error() = text; });
  if (glfwInit() == GLFW_FALSE) return "no display: " + last_error();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  window_ = glfwCreateWindow(1280, 720, title.c_str(), nullptr, nullptr);
  if (window_ == nullptr) return "no OpenGL 3.2 window: " + last_error();
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(1);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window_, true);
  ImGui_ImplOpenGL3_Init("#version 150");
  has_context_ = true;
  return "";
}

float Display::monitor_scale() const {
  float x_scale = 1;
  float y_scale = 1;
  glfwGetWindowContentScale(window_, &x_scale, &y_scale);
  return y_scale;
}

void Display::load_look(Look& look, float scale) {
  look.fonts = load_fonts(scale > 0 ? scale : monitor_scale());
  ImGui_ImplOpenGL3_DestroyFontsTexture();  // made anew with the next frame
  ImGui_ImplOpenGL3_CreateFontsTexture();
  apply_style(look);
}

void Display::draw(const std::function<void()>& room) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  room();
  ImGui::Render();
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  glViewport(0, 0, width, height);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window_);
}

// Sleeps while nothing changes; after every input a few frames more, because widgets settle over frames.
void poll(bool moves) {
  if (moves)
    glfwPollEvents();
  else
    glfwWaitEventsTimeout(0.5);
}

bool is_moving(const App& app) {
  if (app.room == Room::debrief) return app.debrief.working;
  if (app.room == Room::lab) return app.lab.working;
  return app.room == Room::drill && !app.seat->screen.pace.paused;
}

void apply_settings(Display& display, App& app, float scale) {
  app.look.theme = app.settings.theme;
  app.look.ink = colours_of(app.settings.theme);
  app.look.reduced_motion = app.settings.reduced_motion;
  const float chosen = static_cast<float>(app.settings.scale_percent) / 100;
  display.load_look(app.look, scale > 0 ? scale : chosen);
}

}  // namespace

std::string show_window(const RunView& view, float scale) {
  Display display;
  if (std::string problem = display.open("Breakglass: " + view.title); !problem.empty()) return problem;
  Look look;
  display.load_look(look, scale);
  RunPanelState state = opening_state(view, look);
  while (glfwWindowShouldClose(display.window()) == 0) {
    poll(state.playing);
    for (int i = 0; i < 3; ++i) {
      display.draw([&] { draw_run_panel(view, state); });
      if (i < 2) glfwPollEvents();
    }
  }
  return "";
}

std::string show_rooms(App& app, float scale, const std::function<std::string()>& begin) {
  Display display;
  if (std::string problem = display.open("Breakglass"); !problem.empty()) return problem;
  if (std::string problem = begin(); !problem.empty()) return problem;
  apply_settings(display, app, scale);
  double last = glfwGetTime();
  while (glfwWindowShouldClose(display.window()) == 0 && !app.quits) {
    poll(is_moving(app));
    for (int i = 0; i < 3; ++i) {
      if (std::exchange(app.restyle, false)) apply_settings(display, app, 0);
      const double now = glfwGetTime();
      display.draw([&] { app_frame(app, now - std::exchange(last, now)); });
      if (i < 2) glfwPollEvents();
    }
  }
  return "";
}

}  // namespace breakglass::viz
