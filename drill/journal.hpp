// The file behind a log: what is appended has reached the disk before append returns.
#pragma once

#include <string>

namespace breakglass::drill {

class Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  // Opens `path` to go on after `keep` bytes (0: from the beginning; a new file must not be there yet unless
  // `resume`). What stands behind them, the begun and never acknowledged last line, is cut off. "" or why
  // not. One process at a time: a log that another one has open is refused.
  std::string open(const std::string& path, std::size_t keep, bool resume);
  // Appends and forces it to the disk. "" or why not; then nothing of it is left in the file, and the same
  // can be tried again once there is room.
  std::string append(const std::string& text);
  bool is_open() const { return fd_ >= 0; }

 private:
  bool take_back();

  int fd_ = -1;
  long long size_ = 0;    // of what has been acknowledged
  bool is_torn_ = false;  // something may stand behind it
  std::string path_;
};

}  // namespace breakglass::drill
