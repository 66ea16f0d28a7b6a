#include "pipeline/base/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "pipeline/base/unicode.h"

namespace vanthu {
namespace {

using std::chrono::steady_clock;

constexpr auto kBarEvery = std::chrono::milliseconds(100);  // faster than the eye needs
constexpr auto kLineEvery = std::chrono::minutes(1);        // contract

Progress* shown = nullptr;  // the one in use: there is one terminal

std::string Clock(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "--:--";
  const auto whole = static_cast<long>(seconds);
  return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                       : fmt::format("{:02}:{:02}", whole / 60, whole % 60);
}

int TerminalWidth() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) return size.ws_col;
  return 80;
}

std::string FirstCharacters(const std::string& text, int count) {
  const std::u32string code = ToCodePoints(text);
  return FromCodePoints(std::u32string_view(code).substr(0, static_cast<std::size_t>(std::max(0, count))));
}

}  // namespace

Progress::Style Progress::DetectStyle(bool quiet) {
  if (quiet) return Style::kQuiet;
  return ::isatty(STDERR_FILENO) != 0 ? Style::kBar : Style::kLines;
}

Progress::Progress(Style style, int total)
    : style_(style), total_(total), start_(steady_clock::now()), last_(start_) {
  shown = this;
}

Progress::~Progress() {
  if (shown == this) shown = nullptr;
  if (style_ != Style::kBar || !drawn_) return;
  Draw();
  std::fputc('\n', stderr);
}

void Progress::Update(double done, const std::string& detail) {
  done_ = done;
  detail_ = detail;
  const auto now = steady_clock::now();
  const bool due = now - last_ >= (style_ == Style::kBar ? steady_clock::duration(kBarEvery)
                                                         : steady_clock::duration(kLineEvery));
  if (style_ == Style::kQuiet || !due) return;
  last_ = now;
  Draw();
}

void Progress::Print(const std::string& line) {
  const bool bar = shown != nullptr && shown->style_ == Style::kBar && shown->drawn_;
  std::fputs(((bar ? "\r\033[K" : "") + line + "\n").c_str(), stderr);
  if (bar) shown->Draw();
}

void Progress::Draw() {
  const double share = total_ > 0 ? std::clamp(done_ / total_, 0.0, 1.0) : 0;
  const double elapsed = std::chrono::duration<double>(steady_clock::now() - start_).count();
  const double left = share > 0 ? elapsed * (1 - share) / share : NAN;
  const std::string counts = fmt::format("{:3.0f} % {}/{} {} < {}", share * 100, static_cast<int>(done_),
                                         total_, Clock(elapsed), Clock(left));
  if (style_ == Style::kLines) {
    std::fputs(fmt::format("vanthu: {} {}\n", counts, detail_).c_str(), stderr);
    return;
  }
  drawn_ = true;
  constexpr int kWidth = 24;
  const int filled = static_cast<int>(std::lround(share * kWidth));
  std::string bar;
  for (int i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
  const int room = TerminalWidth() - kWidth - static_cast<int>(counts.size()) - 4;
  std::fputs(fmt::format("\r\033[K{} {} {}", bar, counts, FirstCharacters(detail_, room)).c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace vanthu
