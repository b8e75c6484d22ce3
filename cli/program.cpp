#include <variant>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/interrupt.hpp"
#include "cli/options.hpp"

namespace breakglass::cli {

int run(const TextRequest& request, const Console&) { return finish(request.text, kExitDone); }

int run(const BadRequest& request, const Console&) {
  write_stderr(render(request.complaints) + request.help);
  return kExitUsage;
}

int fail(const std::string& what) {
  write_stderr(render({{what, {}}}));
  return kExitUsage;
}

int run_program(const std::vector<std::string>& arguments) {
  reserve_standard_streams();
  ignore_write_signals();
  const Console console = look_at_console();
  const Request request = read_command_line(arguments, console.width);
  return std::visit([&](const auto& r) { return run(r, console); }, request);
}

}  // namespace breakglass::cli
