#include "viz/window.hpp"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>

#include "viz/run_panel.hpp"

namespace breakglass::viz {
namespace {

std::string& last_error() {
  static std::string text;
  return text;
}

GLFWwindow* open_window(const RunView& view) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(1280, 720, ("Breakglass: " + view.title).c_str(), nullptr, nullptr);
  if (window == nullptr) return nullptr;
  glfwSetWindowSizeLimits(window, 640, 480, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwMakeContextCurrent(window);
  glfwSwapInterval(1);
  return window;
}

void draw_frame(GLFWwindow* window, const RunView& view, RunPanelState& state) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  draw_run_panel(view, state);
  ImGui::Render();
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  glViewport(0, 0, width, height);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
}

// Sleeps while nothing changes; after every input a few frames more, because widgets settle over frames.
void run_loop(GLFWwindow* window, const RunView& view, RunPanelState& state) {
  while (glfwWindowShouldClose(window) == 0) {
    if (state.playing) {
      glfwPollEvents();
    } else {
      glfwWaitEventsTimeout(0.5);
    }
    for (int i = 0; i < 3; ++i) {
      draw_frame(window, view, state);
      if (i < 2) glfwPollEvents();
    }
  }
}

}  // namespace

std::string show_window(const RunView& view, float scale) {
  glfwSetErrorCallback([](int, const char* text) { last_error() = text; });
  if (glfwInit() == GLFW_FALSE) return "no display: " + last_error();
  GLFWwindow* window = open_window(view);
  if (window == nullptr) {
    glfwTerminate();
    return "no OpenGL 3.2 window: " + last_error();
  }
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  if (scale <= 0) {
    float y_scale = 1;
    glfwGetWindowContentScale(window, &scale, &y_scale);
  }
  const Fonts fonts = load_fonts(scale);
  apply_style(fonts);
  ImGui_ImplGlfw_InitForOpenGL(window, true);
  ImGui_ImplOpenGL3_Init("#version 150");
  RunPanelState state = opening_state(view, fonts);
  run_loop(window, view, state);
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window);
  glfwTerminate();
  return "";
}

}  // namespace breakglass::viz
