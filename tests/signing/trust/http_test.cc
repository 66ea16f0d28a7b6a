#include "signing/trust/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/signing/loopback_server.h"

namespace vanthu::signing {
namespace {

using Fault = LoopbackAnswer::Fault;
using testing::HasSubstr;
using testing::Not;

LoopbackAnswer Plain(const std::string& body) {
  LoopbackAnswer answer;
  answer.body = body;
  return answer;
}

HttpRequest To(const std::string& url) {
  HttpRequest request;
  request.url = url;
  request.timeout = std::chrono::seconds(30);
  return request;
}

TEST(HttpTest, PostsAndReadsTheAnswer) {
  LoopbackRequest seen;
  LoopbackServer server([&](const LoopbackRequest& request) {
    seen = request;
    LoopbackAnswer answer = Plain(std::string("\0\x01", 2));
    answer.content_type = "application/timestamp-reply";
    return answer;
  });
  HttpRequest request = To(server.url() + "/tsa");
  request.body = std::string("\x30\0\xff", 3);
  request.content_type = "application/timestamp-query";
  request.accept = "application/timestamp-reply";
  const auto answer = MakeHttp()->Ask(request);
  ASSERT_TRUE(answer) << Describe(answer.error(), Language::kEnglish);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->content_type, "application/timestamp-reply");
  EXPECT_EQ(answer->body, std::string("\0\x01", 2));
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/tsa");
  EXPECT_EQ(seen.body, request.body);
  EXPECT_EQ(seen.headers["content-type"], "application/timestamp-query");
  EXPECT_EQ(seen.headers["accept"], "application/timestamp-reply");
  EXPECT_THAT(seen.headers["user-agent"], testing::StartsWith("Vanthu/"));
  EXPECT_EQ(seen.headers.count("expect"), 0u);
}

TEST(HttpTest, GetsChunkedAnswersAndTellsTheStatus) {
  LoopbackServer server([](const LoopbackRequest& request) {
    LoopbackAnswer answer = Plain(std::string(5000, 'x'));
    answer.chunked = true;
    answer.status = request.target == "/gone" ? 404 : 200;
    return answer;
  });
  EXPECT_EQ(MakeHttp()->Ask(To(server.url()))->body, std::string(5000, 'x'));
  EXPECT_EQ(MakeHttp()->Ask(To(server.url() + "/gone"))->status, 404);
}

TEST(HttpTest, AnAnswerThatIsTooLargeEndsWhileItComes) {
  for (const bool says_length : {true, false}) {
    LoopbackServer server([&](const LoopbackRequest&) {
      LoopbackAnswer answer = Plain(std::string(says_length ? 200'000 : 10, 'x'));
      // More than would ever come through in the time of a test.
      if (!says_length) answer.more_bytes = std::uint64_t{1} << 40;
      return answer;
    });
    HttpRequest request = To(server.url());
    request.most_bytes = 100'000;
    const auto answer = MakeHttp()->Ask(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::kNotAccepted);
    EXPECT_THAT(answer.error().message.en, HasSubstr("100000"));
  }
  LoopbackServer server([](const LoopbackRequest&) { return Plain(std::string(100, 'x')); });
  HttpRequest request = To(server.url());
  request.most_bytes = 100;
  EXPECT_TRUE(MakeHttp()->Ask(request));
}

TEST(HttpTest, KnowsHttpAlone) {
  for (const char* url :
       {"file:///etc/passwd", "ftp://127.0.0.1/x", "ldap://127.0.0.1/x", "gopher://127.0.0.1/", "", "x"}) {
    const auto answer = MakeHttp()->Ask(To(url));
    ASSERT_FALSE(answer) << url;
    EXPECT_EQ(answer.error().code, ErrorCode::kNotAccepted) << url;
  }
}

TEST(HttpTest, FollowsThreeRedirectsAndNoOtherScheme) {
  LoopbackServer server([&](const LoopbackRequest& request) {
    LoopbackAnswer answer = Plain(request.method + request.body);
    if (request.target == "/file") answer.headers["Location"] = "file:///etc/passwd";
    if (request.target == "/ftp") answer.headers["Location"] = "ftp://127.0.0.1/x";
    if (request.target == "/1") answer.headers["Location"] = "/2";
    if (request.target == "/2") answer.headers["Location"] = "/3";
    if (request.target == "/3") answer.headers["Location"] = "/4";
    if (request.target == "/0") answer.headers["Location"] = "/1";
    if (!answer.headers.empty()) answer.status = 302;
    return answer;
  });
  for (const char* target : {"/file", "/ftp", "/0"}) {
    const auto answer = MakeHttp()->Ask(To(server.url() + target));
    ASSERT_FALSE(answer) << target;
    EXPECT_EQ(answer.error().code, ErrorCode::kNotAccepted) << target;
  }
  HttpRequest request = To(server.url() + "/1");
  request.body = "abc";
  EXPECT_EQ(MakeHttp()->Ask(request)->body, "POSTabc");
}

TEST(HttpTest, TimeIsBounded) {
  for (const Fault fault : {Fault::kNeverAnswers, Fault::kTrickles}) {
    LoopbackServer server([&](const LoopbackRequest&) {
      LoopbackAnswer answer = Plain(std::string(10'000, 'x'));
      answer.fault = fault;
      return answer;
    });
    HttpRequest request = To(server.url());
    request.timeout = std::chrono::seconds(1);
    const auto start = std::chrono::steady_clock::now();
    const auto answer = MakeHttp()->Ask(request);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::kMissingResource);
    EXPECT_THAT(answer.error().message.en, HasSubstr("within 1 s"));
  }
}

TEST(HttpTest, ABrokenConnectionIsNoAnswer) {
  for (const Fault fault : {Fault::kClosesEarly, Fault::kClosesMidBody, Fault::kNotHttp}) {
    LoopbackServer server([&](const LoopbackRequest&) {
      LoopbackAnswer answer = Plain("something that is no HTTP at all");
      answer.fault = fault;
      return answer;
    });
    const auto answer = MakeHttp()->Ask(To(server.url()));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::kMissingResource);
    EXPECT_THAT(answer.error().message.en, HasSubstr("broke"));
    EXPECT_THAT(answer.error().file, HasSubstr("127.0.0.1"));
  }
}

TEST(HttpTest, NobodyThereAndNoSuchNameAreToldApart) {
  std::string url;
  {
    LoopbackServer server([](const LoopbackRequest&) { return Plain(""); });
    url = server.url();
  }
  EXPECT_THAT(MakeHttp()->Ask(To(url)).error().message.en, HasSubstr("refuses"));
  EXPECT_THAT(MakeHttp()->Ask(To("http://no-such-host.invalid/")).error().message.en,
              HasSubstr("no such server"));
}

TEST(HttpTest, APasswordInTheAddressIsNotShown) {
  const auto answer = MakeHttp()->Ask(To("http://office:mat-khau@127.0.0.1:1/tsa"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().file, "http://127.0.0.1:1/tsa");
  EXPECT_THAT(Describe(answer.error(), Language::kEnglish), Not(HasSubstr("mat-khau")));
}

TEST(HttpTest, AProxyOfTheEnvironmentIsAskedButNotForThisMachine) {
  std::string asked;
  LoopbackServer proxy([&](const LoopbackRequest& request) {
    asked = request.target;
    return Plain("through the proxy");
  });
  LoopbackServer server([](const LoopbackRequest&) { return Plain("direct"); });
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  EXPECT_EQ(MakeHttp()->Ask(To(server.url()))->body, "direct");
  EXPECT_EQ(MakeHttp()->Ask(To("http://tsa.invalid/x"))->body, "through the proxy");
  EXPECT_EQ(asked, "http://tsa.invalid/x");
  ::unsetenv("http_proxy");
}

}  // namespace
}  // namespace vanthu::signing
