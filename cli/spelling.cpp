#include "cli/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "scenarios/nearest.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

bool looks_like_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

class Speller {
 public:
  Speller(std::string_view command, std::span<const OptionSpelling> options)
      : command_(command), options_(options) {}

  std::vector<Complaint> check(std::span<const std::string> words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == "--") break;
      if (!looks_like_option(words[i])) continue;
      const std::size_t equals = words[i].find('=');
      const std::string name = words[i].substr(0, equals);
      const OptionSpelling* option = find(name);
      if (option == nullptr) {
        unknown(name);
        continue;
      }
      note_twice(*option);
      if (equals != std::string::npos) {
        with_equals(*option, words[i].substr(equals + 1));
      } else if (option->takes_value) {
        i += 1;
        next_word(*option, i < words.size() ? &words[i] : nullptr);
      }
    }
    return unknown_.empty() ? others_ : unknown_;
  }

 private:
  const OptionSpelling* find(std::string_view name) const {
    const auto it =
        std::find_if(options_.begin(), options_.end(), [&](const auto& o) { return o.name == name; });
    return it == options_.end() ? nullptr : &*it;
  }

  void unknown(const std::string& name) {
    std::vector<std::string_view> names;
    for (const OptionSpelling& option : options_) {
      if (option.name.starts_with("--")) names.push_back(std::string_view(option.name).substr(2));
    }
    const std::string_view bare = std::string_view(name).substr(name.starts_with("--") ? 2 : 1);
    const std::string_view near = scenarios::nearest(bare, names);
    unknown_.push_back({fmt::format("unknown option \"{}\"", scenarios::visible(name, 60)),
                        {near.empty() ? std::string() : fmt::format("did you mean \"--{}\"?", near),
                         fmt::format("breakglass {} --help lists the options", command_)}});
  }

  void note_twice(const OptionSpelling& option) {
    const bool is_again = std::find(seen_.begin(), seen_.end(), option.name) != seen_.end();
    if (is_again && option.takes_value && !option.is_repeatable) {
      others_.push_back({fmt::format("{} is given twice", option.name), {"give it once"}});
    }
    seen_.push_back(option.name);
  }

  void with_equals(const OptionSpelling& option, const std::string& value) {
    if (!option.takes_value) {
      others_.push_back({fmt::format("{} takes no value", option.name), {}});
    } else if (value.empty()) {
      no_value(option);
    }
  }

  void next_word(const OptionSpelling& option, const std::string* word) {
    if (word == nullptr || word->empty() || word->starts_with("--")) no_value(option);
  }

  void no_value(const OptionSpelling& option) {
    others_.push_back({fmt::format("{} needs a value", option.name),
                       {fmt::format("breakglass {} --help says what it takes", command_)}});
  }

  std::string_view command_;
  std::span<const OptionSpelling> options_;
  std::vector<std::string> seen_;
  std::vector<Complaint> unknown_;
  std::vector<Complaint> others_;
};

}  // namespace

std::vector<Complaint> check_spelling(std::string_view command, std::span<const std::string> arguments,
                                      std::span<const OptionSpelling> options) {
  return Speller(command, options).check(arguments);
}

}  // namespace breakglass::cli
