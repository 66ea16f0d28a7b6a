#include "tests/e2e/signing_office.h"

#include <gtest/gtest.h>
#include <png.h>

#include <chrono>
#include <cmath>
#include <cstdio>

namespace vanthu::e2e {
namespace {

using signing::pki::Who;

// A ring (a seal) or a wave (a signature) on nothing.
void DrawPicture(const std::filesystem::path& path, int width, int height, bool is_seal) {
  std::vector<png_byte> pixels(static_cast<std::size_t>(width) * height * 4, 0);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double from_centre = std::hypot(x - width / 2.0, y - height / 2.0);
      const bool ring = std::abs(from_centre - width / 2.2) < width / 30.0;
      const bool wave =
          std::abs(y - height / 2.0 - height / 3.0 * std::sin(x * 12.0 / width)) < height / 20.0;
      if (is_seal ? !ring : !wave) continue;
      png_byte* pixel = &pixels[(static_cast<std::size_t>(y) * width + x) * 4];
      pixel[is_seal ? 0 : 2] = 220;
      pixel[3] = 255;
    }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  if (png_image_write_to_file(&image, path.c_str(), 0, pixels.data(), 0, nullptr) == 0)
    throw std::logic_error("cannot draw " + path.string());
}

signing::pki::PkiOptions OptionsFor(const std::string& url) {
  signing::pki::PkiOptions options;
  options.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  options.ocsp_url = url + "/ocsp";
  options.crl_url = url + "/crl";
  return options;
}

}  // namespace

SigningOffice& SigningOffice::Get() {
  static SigningOffice office;
  return office;
}

SigningOffice::SigningOffice()
    : server_([this](const signing::LoopbackRequest& request) { return Answer(request); }),
      pki_(OptionsFor(server_.url())) {
  WritePki(pki_, folder_ / "pki");
  DrawPicture(Picture("chu-ky.png"), 600, 200, false);
  DrawPicture(Picture("dau.png"), 425, 425, true);
  plan_ = folder_ / "ke-hoach.pdf";
  const Outcome set = RunVanthu(
      {"render", Sample("thanh-xa-2023.json").string(), "--form", "ke-hoach", "-o", plan_.string()});
  if (set.exit_code != 0) throw std::logic_error(set.err);
}

std::filesystem::path SigningOffice::Picture(const std::string& name) const {
  return folder_ / name;
}

signing::LoopbackAnswer SigningOffice::Answer(const signing::LoopbackRequest& request) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  signing::LoopbackAnswer answer;
  if (request.target == "/tsa") {
    signing::pki::TimestampPlan plan;
    plan.at = now;
    plan.authority = &pki_[Who::kTsa];
    plan.chain = pki_.Chain(Who::kTsa);
    plan.fault = fault_;
    answer.status = status_;
    answer.content_type = "application/timestamp-reply";
    answer.body = AnswerTimestamp(request.body, plan);
  } else if (request.target == "/ocsp") {
    signing::pki::OcspPlan plan;
    plan.this_update = now;
    plan.next_update = now + std::chrono::hours(1);
    answer.content_type = "application/ocsp-response";
    answer.body = AnswerOcsp(request.body, pki_[Who::kSubCa], plan);
  } else {
    answer.body = pki_.SubCaCrl();
  }
  return answer;
}

Outcome SigningOffice::Sign(const std::filesystem::path& in, const std::filesystem::path& out,
                            const std::string& who, std::vector<std::string> more) const {
  std::vector<std::string> arguments = {"sign",        in.string(),
                                        "-o",          out.string(),
                                        "--p12",       Pki(who + ".p12").string(),
                                        "--pass-file", Pki("password.txt").string(),
                                        "--trust",     trust().string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return RunVanthu(arguments);
}

nlohmann::json Verdict(const std::filesystem::path& file, std::vector<std::string> more) {
  std::vector<std::string> arguments = {"verify", file.string(), "--format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = RunVanthu(arguments);
  return nlohmann::json::parse(outcome.out, nullptr, false);
}

}  // namespace vanthu::e2e
