// A small HTTP/1.1 server on 127.0.0.1, for tests: timestamp authorities, OCSP responders and the ways in
// which they fail. Own threads; the test's process is the server's.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace vanthu::signing {

struct LoopbackRequest {
  std::string method;
  std::string target;                          // "/crl/root.crl"
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct LoopbackAnswer {
  enum class Fault : std::uint8_t {
    kNone,
    kNeverAnswers,   // holds the connection until the client goes, or the server does
    kClosesEarly,    // before a byte of the answer
    kClosesMidBody,  // after half of the promised bytes
    kNotHttp,        // the body alone
    kTrickles,       // a byte each 50 ms
  };
  int status = 200;
  std::string content_type = "application/octet-stream";
  std::string body;
  std::map<std::string, std::string> headers;
  bool chunked = false;
  std::uint64_t more_bytes = 0;  // so many zeros after the body, and no length said
  std::chrono::milliseconds delay{0};
  Fault fault = Fault::kNone;
};

class LoopbackServer {
 public:
  // Called by the connections' threads, at once by several.
  using Handler = std::function<LoopbackAnswer(const LoopbackRequest&)>;
  explicit LoopbackServer(Handler handler);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  std::string url() const;  // "http://127.0.0.1:43210"
  int requests() const { return requests_; }
  // Requests that waited for the start of their answer.
  int most_at_once() const { return most_at_once_; }

 private:
  void Accept();
  void Serve(int connection);
  void Answer(int connection, const LoopbackAnswer& answer);
  bool Send(int connection, const std::string& bytes);
  void SendBody(int connection, const LoopbackAnswer& answer);
  // False when the server ends meanwhile.
  bool Sleep(std::chrono::milliseconds time);

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool ends_ = false;
  std::set<int> connections_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
  std::atomic<int> requests_ = 0;
  std::atomic<int> at_once_ = 0;
  std::atomic<int> most_at_once_ = 0;
};

}  // namespace vanthu::signing
