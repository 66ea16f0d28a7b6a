#include "signing/trust/timestamp_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/signing/loopback_server.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {
namespace {

using pki::TimestampFault;
using pki::Who;
using testing::HasSubstr;

class TimestampServiceTest : public testing::Test {
 protected:
  // What a timestamp authority answers to request number `i`.
  using Authority = std::function<LoopbackAnswer(const LoopbackRequest&, int i)>;

  void Serve(Authority authority) {
    authority_ = std::move(authority);
    server_ = std::make_unique<LoopbackServer>(
        [this](const LoopbackRequest& request) { return authority_(request, count_++); });
  }
  static LoopbackAnswer Good(const LoopbackRequest& request, TimestampFault fault = TimestampFault::kNone,
                             Who who = Who::kTsa) {
    pki::TimestampPlan plan;
    plan.at = Cast().now();
    plan.authority = &Identity(who);
    plan.fault = fault;
    LoopbackAnswer answer;
    answer.content_type = "application/timestamp-reply";
    answer.body = pki::AnswerTimestamp(request.body, plan);
    return answer;
  }
  static LoopbackAnswer Status(int status) {
    LoopbackAnswer answer;
    answer.status = status;
    answer.content_type = "text/html";
    answer.body = "<html>no</html>";
    return answer;
  }

  std::unique_ptr<TimestampService> Service() {
    TimestampOptions options;
    options.url = server_->url() + "/tsa";
    options.timeout = timeout_;
    options.pause = std::chrono::milliseconds(10);
    return MakeTimestampService(options, *http_);
  }
  Result<TimestampToken> Stamp() { return Service()->Stamp(Imprint(), Digest::kSha256); }
  static std::string Imprint() { return DigestOf(Digest::kSha256, {"a signature"}).value(); }

  // The error of a service that must fail, after `requests` of them.
  Error Refusal(int requests) {
    const auto token = Stamp();
    EXPECT_EQ(server_->requests(), requests);
    if (token) throw std::logic_error("it stamped");
    EXPECT_THAT(token.error().file, HasSubstr("127.0.0.1"));
    EXPECT_FALSE(token.error().message.vi.empty());
    EXPECT_FALSE(token.error().advice.vi.empty());
    return token.error();
  }

  // Made before servers ask for them: the cast is not for several threads.
  static pki::Pki& Cast() {
    static pki::Pki cast(
        {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), "", "", ""});
    return cast;
  }
  static const pki::Identity& Identity(Who who) {
    static const pki::Identity tsa = Cast()[Who::kTsa];
    static const pki::Identity signer = Cast()[Who::kSigner];
    return who == Who::kTsa ? tsa : signer;
  }

  std::unique_ptr<Http> http_ = MakeHttp();
  std::chrono::seconds timeout_{30};
  Authority authority_;
  std::atomic<int> count_ = 0;
  std::unique_ptr<LoopbackServer> server_;
};

TEST_F(TimestampServiceTest, StampsByRfc3161) {
  LoopbackRequest seen;
  Serve([&](const LoopbackRequest& request, int) {
    seen = request;
    return Good(request);
  });
  const auto token = Stamp();
  ASSERT_TRUE(token) << Describe(token.error(), Language::kEnglish);
  EXPECT_EQ(token->imprint, Imprint());
  EXPECT_EQ(token->time, Cast().now());
  EXPECT_TRUE(token->signature_valid);
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.headers["content-type"], "application/timestamp-query");
}

TEST_F(TimestampServiceTest, ASlowOneIsWaitedFor) {
  Serve([&](const LoopbackRequest& request, int) {
    LoopbackAnswer answer = Good(request);
    answer.delay = std::chrono::milliseconds(1500);
    return answer;
  });
  EXPECT_TRUE(Stamp());
  EXPECT_EQ(server_->requests(), 1);
}

TEST_F(TimestampServiceTest, OneThatNeverAnswersIsAskedThreeTimes) {
  timeout_ = std::chrono::seconds(1);
  Serve([&](const LoopbackRequest&, int) {
    LoopbackAnswer answer;
    answer.fault = LoopbackAnswer::Fault::kNeverAnswers;
    return answer;
  });
  const auto start = std::chrono::steady_clock::now();
  const Error error = Refusal(3);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(6));
  EXPECT_EQ(error.code, ErrorCode::kMissingResource);
  EXPECT_THAT(error.message.en, HasSubstr("within 1 s"));
  EXPECT_THAT(error.message.en, HasSubstr("tried 3 times"));
}

TEST_F(TimestampServiceTest, ATroubleThatPassesIsTriedAgain) {
  for (const int status : {500, 503, 429, 408}) {
    count_ = 0;
    Serve([&](const LoopbackRequest& request, int i) { return i < 2 ? Status(status) : Good(request); });
    EXPECT_TRUE(Stamp()) << status;
    EXPECT_EQ(server_->requests(), 3);
  }
  for (const auto fault : {LoopbackAnswer::Fault::kClosesEarly, LoopbackAnswer::Fault::kClosesMidBody}) {
    count_ = 0;
    Serve([&](const LoopbackRequest& request, int i) {
      LoopbackAnswer answer = Good(request);
      if (i == 0) answer.fault = fault;
      return answer;
    });
    EXPECT_TRUE(Stamp());
    EXPECT_EQ(server_->requests(), 2);
  }
}

TEST_F(TimestampServiceTest, OneThatStaysOutOfOrderIsToldWithItsStatus) {
  Serve([&](const LoopbackRequest&, int) { return Status(500); });
  const Error error = Refusal(3);
  EXPECT_EQ(error.code, ErrorCode::kMissingResource);
  EXPECT_THAT(error.message.en, HasSubstr("HTTP 500"));
}

TEST_F(TimestampServiceTest, AStatusThatWillNotChangeIsNoReasonToAskAgain) {
  Serve([&](const LoopbackRequest&, int) { return Status(404); });
  const Error error = Refusal(1);
  EXPECT_EQ(error.code, ErrorCode::kMissingResource);
  EXPECT_THAT(error.message.en, HasSubstr("HTTP 404"));
}

TEST_F(TimestampServiceTest, NobodyThere) {
  Serve([&](const LoopbackRequest& request, int) { return Good(request); });
  const auto service = Service();
  server_.reset();
  const auto token = service->Stamp(Imprint(), Digest::kSha256);
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().code, ErrorCode::kMissingResource);
  EXPECT_THAT(token.error().message.en, HasSubstr("refuses the connection"));
}

TEST_F(TimestampServiceTest, GarbageAndAPageForPeopleAreDamaged) {
  Serve([&](const LoopbackRequest& request, int) { return Good(request, TimestampFault::kGarbage); });
  EXPECT_EQ(Refusal(1).code, ErrorCode::kDamaged);
  Serve([&](const LoopbackRequest&, int) { return Status(200); });
  const Error page = Refusal(1);
  EXPECT_EQ(page.code, ErrorCode::kDamaged);
  EXPECT_EQ(page.cause, "text/html");
  Serve([&](const LoopbackRequest&, int) { return LoopbackAnswer(); });  // nothing at all
  EXPECT_EQ(Refusal(1).code, ErrorCode::kDamaged);
}

TEST_F(TimestampServiceTest, AnOversizedAnswerIsNotRead) {
  Serve([&](const LoopbackRequest& request, int) {
    LoopbackAnswer answer = Good(request);
    answer.more_bytes = std::uint64_t{1} << 40;
    return answer;
  });
  EXPECT_EQ(Refusal(1).code, ErrorCode::kNotAccepted);
}

TEST_F(TimestampServiceTest, WhatIsNoTokenForThisRequestIsRefusedAtOnce) {
  for (const TimestampFault fault :
       {TimestampFault::kRefused, TimestampFault::kOtherImprint, TimestampFault::kWrongNonce,
        TimestampFault::kNoNonce, TimestampFault::kOtherKey, TimestampFault::kNoCertificate}) {
    Serve([&](const LoopbackRequest& request, int) { return Good(request, fault); });
    EXPECT_EQ(Refusal(1).code, ErrorCode::kNotAccepted) << static_cast<int>(fault);
  }
}

TEST_F(TimestampServiceTest, AReplayIsRefused) {
  std::string first;
  Serve([&](const LoopbackRequest& request, int i) {
    LoopbackAnswer answer = Good(request);
    if (i == 0) first = answer.body;
    answer.body = first;
    return answer;
  });
  const auto service = Service();
  EXPECT_TRUE(service->Stamp(Imprint(), Digest::kSha256));
  const auto replayed = service->Stamp(Imprint(), Digest::kSha256);
  ASSERT_FALSE(replayed);
  EXPECT_EQ(replayed.error().code, ErrorCode::kNotAccepted);
  EXPECT_THAT(replayed.error().message.en, HasSubstr("nonce"));
}

TEST_F(TimestampServiceTest, ACertificateThatIsNotForTimestampsIsRefused) {
  Serve([&](const LoopbackRequest& request, int) {
    return Good(request, TimestampFault::kNone, Who::kSigner);
  });
  EXPECT_EQ(Refusal(1).code, ErrorCode::kNotAccepted);
}

TEST_F(TimestampServiceTest, AtMostFourAreAskedAtOnce) {
  Identity(Who::kTsa);
  Serve([&](const LoopbackRequest& request, int) {
    LoopbackAnswer answer = Good(request);
    answer.delay = std::chrono::milliseconds(150);
    return answer;
  });
  const auto first = Service();
  const auto second = Service();  // the limit is the process's, not the service's
  std::atomic<int> stamped = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&, i] {
      if ((i % 2 == 0 ? first : second)->Stamp(Imprint(), Digest::kSha256)) ++stamped;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(stamped, 12);
  EXPECT_EQ(server_->most_at_once(), 4);
}

}  // namespace
}  // namespace vanthu::signing
