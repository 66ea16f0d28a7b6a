#include "tests/signing/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <utility>

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostRequestBytes = 16 << 20;

std::string LowerCase(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

LoopbackRequest ParseHead(const std::string& head) {
  LoopbackRequest request;
  std::size_t line_end = head.find("\r\n");
  const std::string first = head.substr(0, line_end);
  request.method = first.substr(0, first.find(' '));
  const std::size_t target = first.find(' ') + 1;
  request.target = first.substr(target, first.find(' ', target) - target);
  while (line_end + 2 < head.size()) {
    const std::size_t start = line_end + 2;
    line_end = std::min(head.find("\r\n", start), head.size());
    const std::string line = head.substr(start, line_end - start);
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    request.headers[LowerCase(line.substr(0, colon))] = value == std::string::npos ? "" : line.substr(value);
  }
  return request;
}

// One request; nothing when the client goes before it is whole.
std::optional<LoopbackRequest> ReadRequest(int connection) {
  std::string bytes;
  char buffer[8192];
  std::optional<LoopbackRequest> request;
  std::size_t body_size = 0;
  while (bytes.size() < kMostRequestBytes) {
    const std::size_t head_end = bytes.find("\r\n\r\n");
    if (!request && head_end != std::string::npos) {
      request = ParseHead(bytes.substr(0, head_end));
      bytes.erase(0, head_end + 4);
      body_size = std::strtoul(request->headers["content-length"].c_str(), nullptr, 10);
    }
    if (request && bytes.size() >= body_size) {
      request->body = bytes.substr(0, body_size);
      return request;
    }
    const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
    if (got <= 0) return std::nullopt;
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
  return std::nullopt;
}

std::string Head(const LoopbackAnswer& answer) {
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " x\r\nConnection: close\r\n";
  if (!answer.content_type.empty()) head += "Content-Type: " + answer.content_type + "\r\n";
  for (const auto& [name, value] : answer.headers) head += name + ": " + value + "\r\n";
  if (answer.chunked)
    head += "Transfer-Encoding: chunked\r\n";
  else if (answer.more_bytes == 0)
    head += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
  return head + "\r\n";
}

std::string InChunks(const std::string& body) {
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += 1000) {
    const std::string chunk = body.substr(at, 1000);
    char size[16];
    std::snprintf(size, sizeof size, "%zx", chunk.size());
    out += std::string(size) + "\r\n" + chunk + "\r\n";
  }
  return out + "0\r\n\r\n";
}

}  // namespace

LoopbackServer::LoopbackServer(Handler handler) : handler_(std::move(handler)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0)
    throw std::logic_error("no loopback server");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

LoopbackServer::~LoopbackServer() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
    for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
  }
  ending_.notify_all();
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  ::close(listener_);
}

std::string LoopbackServer::url() const {
  return "http://127.0.0.1:" + std::to_string(port_);
}

void LoopbackServer::Accept() {
  for (;;) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (connection < 0 || ends_) {
      if (connection >= 0) ::close(connection);
      return;
    }
    connections_.insert(connection);
    threads_.emplace_back([this, connection] { Serve(connection); });
  }
}

void LoopbackServer::Serve(int connection) {
  if (const std::optional<LoopbackRequest> request = ReadRequest(connection)) {
    ++requests_;
    const int now = ++at_once_;
    for (int most = most_at_once_; most < now && !most_at_once_.compare_exchange_weak(most, now);) {
    }
    const LoopbackAnswer answer = handler_(*request);
    const bool goes_on = Sleep(answer.delay);
    --at_once_;  // before the client can have the answer and ask again
    if (goes_on) Answer(connection, answer);
  }
  const std::lock_guard lock(mutex_);
  connections_.erase(connection);
  ::shutdown(connection, SHUT_WR);
  ::close(connection);
}

void LoopbackServer::Answer(int connection, const LoopbackAnswer& answer) {
  switch (answer.fault) {
    case LoopbackAnswer::Fault::kNeverAnswers: {
      // A client that goes away closes; until then nothing comes.
      pollfd waiting{connection, POLLIN | POLLRDHUP, 0};
      ::poll(&waiting, 1, -1);
      return;
    }
    case LoopbackAnswer::Fault::kClosesEarly:
      return;
    case LoopbackAnswer::Fault::kClosesMidBody:
      Send(connection, Head(answer) + answer.body.substr(0, answer.body.size() / 2));
      return;
    case LoopbackAnswer::Fault::kNotHttp:
      Send(connection, answer.body);
      return;
    case LoopbackAnswer::Fault::kTrickles:
      Send(connection, Head(answer));
      for (const char byte : answer.body)
        if (!Sleep(std::chrono::milliseconds(50)) || !Send(connection, std::string(1, byte))) return;
      return;
    case LoopbackAnswer::Fault::kNone:
      if (Send(connection, Head(answer))) SendBody(connection, answer);
  }
}

void LoopbackServer::SendBody(int connection, const LoopbackAnswer& answer) {
  if (!Send(connection, answer.chunked ? InChunks(answer.body) : answer.body)) return;
  const std::string zeros(1 << 16, '\0');
  for (std::uint64_t left = answer.more_bytes; left > 0;) {
    const std::size_t now = std::min<std::uint64_t>(left, zeros.size());
    if (!Send(connection, zeros.substr(0, now))) return;
    left -= now;
  }
}

bool LoopbackServer::Send(int connection, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t put = ::send(connection, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (put <= 0) return false;
    at += static_cast<std::size_t>(put);
  }
  return true;
}

bool LoopbackServer::Sleep(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !ending_.wait_for(lock, time, [this] { return ends_; });
}

}  // namespace vanthu::signing
