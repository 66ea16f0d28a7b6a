// How far a batch is: a bar on a terminal, one line a minute otherwise, nothing when quiet. Always on stderr.
// Not thread-safe: the one thread that runs the batch calls it.
#pragma once

#include <chrono>
#include <string>

namespace vanthu {

class Progress {
 public:
  enum class Style { kBar, kLines, kQuiet };
  // kBar where stderr is a terminal, else kLines.
  static Style DetectStyle(bool quiet);

  Progress(Style style, int total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // done of total units; `detail` is what is in hand ("trang 3/9 ke-hoach.pdf").
  void Update(double done, const std::string& detail);
  // A message that must stay readable, on stderr: the bar steps aside, if there is one.
  static void Print(const std::string& line);

 private:
  void Draw();
  Style style_;
  int total_;
  double done_ = 0;
  std::string detail_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace vanthu
