#include "signing/trust/revocation_service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "pipeline/base/file.h"
#include "tests/signing/loopback_server.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {
namespace {

namespace fs = std::filesystem;
using pki::Who;
using std::chrono::hours;

class RevocationServiceTest : public testing::Test {
 protected:
  RevocationServiceTest() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-revocation-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    sub_ca_ = Cast()[Who::kSubCa];
    Cast()[Who::kSigner];
    crl_ = Cast().SubCaCrl();
    plan_.this_update = Cast().now() - hours(1);
    plan_.next_update = Cast().now() + hours(24);
    now_ = Cast().now();
    server_ =
        std::make_unique<LoopbackServer>([this](const LoopbackRequest& request) { return Answer(request); });
    certificate_ = ParseCertificate(Cast().Certificate(Who::kSigner)).value();
    certificate_.ocsp_urls = {server_->url() + "/ocsp"};
    issuer_ = ParseCertificate(sub_ca_.certificate).value();
  }
  ~RevocationServiceTest() override {
    server_.reset();
    fs::remove_all(folder_);
  }

  LoopbackAnswer Answer(const LoopbackRequest& request) {
    ++asked_;
    LoopbackAnswer answer;
    answer.status = status_;
    answer.fault = fault_;
    if (!body_.empty()) {
      answer.body = body_;
    } else if (request.target == "/ocsp") {
      answer.content_type = "application/ocsp-response";
      answer.body = pki::AnswerOcsp(request.body, sub_ca_, plan_);
    } else if (request.target == "/sub-ca.crl") {
      answer.body = crl_;
    } else if (request.target == "/sub-ca.cer") {
      answer.body = sub_ca_.certificate;
    } else {
      answer.status = 404;
    }
    return answer;
  }

  std::unique_ptr<RevocationSource> Source(const fs::path& cache = {}) {
    RevocationOptions options;
    options.cache = cache;
    options.timeout = timeout_;
    options.nonce = nonce_;
    options.now = [this] { return now_.load(); };
    return MakeRevocationSource(options, online_ ? http_.get() : nullptr);
  }
  std::string CrlUrl() const { return server_->url() + "/sub-ca.crl"; }
  std::string IssuerUrl() const { return server_->url() + "/sub-ca.cer"; }

  static pki::Pki& Cast() {
    static pki::Pki cast(
        {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), "", "", ""});
    return cast;
  }

  fs::path folder_;
  std::unique_ptr<Http> http_ = MakeHttp();
  pki::Identity sub_ca_;
  pki::Der crl_;
  pki::OcspPlan plan_;
  std::atomic<Time> now_;
  std::chrono::seconds timeout_{30};
  bool nonce_ = false;
  bool online_ = true;
  std::atomic<int> asked_ = 0;
  std::atomic<int> status_ = 200;
  LoopbackAnswer::Fault fault_ = LoopbackAnswer::Fault::kNone;
  std::string body_;
  std::unique_ptr<LoopbackServer> server_;
  Certificate certificate_;
  Certificate issuer_;
};

TEST_F(RevocationServiceTest, AsksOnceAndKeepsTheAnswer) {
  const auto source = Source();
  const auto first = source->FetchOcsp(certificate_, issuer_);
  ASSERT_TRUE(first);
  EXPECT_EQ(source->FetchOcsp(certificate_, issuer_), first);
  EXPECT_EQ(asked_, 1);
  EXPECT_EQ(source->FetchCrl(CrlUrl()), crl_);
  EXPECT_EQ(source->FetchCrl(CrlUrl()), crl_);
  EXPECT_EQ(asked_, 2);
  ASSERT_EQ(source->FetchIssuers(IssuerUrl()).size(), 1u);
  EXPECT_EQ(source->FetchIssuers(IssuerUrl())[0].der, sub_ca_.certificate);
  EXPECT_EQ(asked_, 3);
}

TEST_F(RevocationServiceTest, OfflineServesWhatIsOnDisk) {
  std::optional<Der> answer;
  {
    const auto source = Source(folder_);
    answer = source->FetchOcsp(certificate_, issuer_);
    source->FetchCrl(CrlUrl());
    source->FetchIssuers(IssuerUrl());
  }
  ASSERT_TRUE(answer);
  online_ = false;
  now_ = Cast().now() + hours(24 * 365);  // an old proof of an old signature
  const auto offline = Source(folder_);
  EXPECT_EQ(offline->FetchOcsp(certificate_, issuer_), answer);
  EXPECT_EQ(offline->FetchCrl(CrlUrl()), crl_);
  EXPECT_EQ(offline->FetchIssuers(IssuerUrl()).size(), 1u);
  EXPECT_EQ(asked_, 3);
  const auto empty = Source();
  EXPECT_FALSE(empty->FetchOcsp(certificate_, issuer_));
  EXPECT_FALSE(empty->FetchCrl(CrlUrl()));
  EXPECT_TRUE(empty->FetchIssuers(IssuerUrl()).empty());
}

TEST_F(RevocationServiceTest, AsksAgainWhenWhatIsKeptIsOver) {
  const auto source = Source(folder_);
  source->FetchOcsp(certificate_, issuer_);
  source->FetchCrl(CrlUrl());
  now_ = Cast().now() + hours(13);  // the CRL is good for a week, but half a day old
  source->FetchOcsp(certificate_, issuer_);
  EXPECT_EQ(asked_, 2);
  source->FetchCrl(CrlUrl());
  EXPECT_EQ(asked_, 3);
  now_ = Cast().now() + hours(25);
  plan_.this_update = Cast().now() + hours(24);
  plan_.next_update = Cast().now() + hours(48);
  const auto fresh = source->FetchOcsp(certificate_, issuer_);
  EXPECT_EQ(asked_, 4);
  EXPECT_EQ(source->FetchOcsp(certificate_, issuer_), fresh);
  EXPECT_EQ(asked_, 4);
}

TEST_F(RevocationServiceTest, AnAnswerOfTheDelegateIsKeptToo) {
  const pki::Identity responder = Cast()[Who::kOcsp];
  plan_.responder = &responder;
  const auto source = Source();
  EXPECT_TRUE(source->FetchOcsp(certificate_, issuer_));
  EXPECT_TRUE(source->FetchOcsp(certificate_, issuer_));
  EXPECT_EQ(asked_, 1);
}

// Whether it may be believed is not this file's to say; but it must not stand in the way of a right one.
TEST_F(RevocationServiceTest, AnAnswerThatTheIssuerDidNotSignIsNotKept) {
  const pki::Identity stranger = Cast()[Who::kStranger];
  const pki::Identity agency = Cast()[Who::kAgency];  // of the same CA, but no delegate of it
  const auto source = Source(folder_);
  for (const pki::Identity* liar : {&stranger, &agency}) {
    plan_.responder = liar;
    EXPECT_TRUE(source->FetchOcsp(certificate_, issuer_));
  }
  EXPECT_EQ(asked_, 2);
  plan_.responder = nullptr;
  const auto right = source->FetchOcsp(certificate_, issuer_);
  EXPECT_EQ(source->FetchOcsp(certificate_, issuer_), right);
  EXPECT_EQ(asked_, 3);
}

TEST_F(RevocationServiceTest, WhatIsNoAnswerIsNothing) {
  const auto other = ParseCertificate(Cast().Certificate(Who::kAgency)).value();
  for (const std::string& body : {std::string("garbage"), pki::OcspError(3), pki::OcspError(6), crl_,
                                  pki::MakeOcspResponse(other.der, sub_ca_, plan_)}) {
    body_ = body;
    EXPECT_FALSE(Source()->FetchOcsp(certificate_, issuer_));
  }
  body_ = "garbage";
  EXPECT_FALSE(Source()->FetchCrl(CrlUrl()));
  EXPECT_TRUE(Source()->FetchIssuers(IssuerUrl()).empty());
  body_ = crl_ + "x";
  EXPECT_FALSE(Source()->FetchCrl(CrlUrl()));
  body_.clear();
  plan_.next_update = Cast().now() - hours(24);
  plan_.this_update = Cast().now() - hours(48);
  EXPECT_FALSE(Source()->FetchOcsp(certificate_, issuer_));  // an old one, replayed
  plan_.this_update = Cast().now() + hours(1);
  plan_.next_update = Cast().now() + hours(2);
  EXPECT_FALSE(Source()->FetchOcsp(certificate_, issuer_));
  EXPECT_FALSE(Source()->FetchCrl("ldap://127.0.0.1/cn=ca"));
  EXPECT_FALSE(Source()->FetchCrl("file:///etc/passwd"));
}

TEST_F(RevocationServiceTest, ANonceAsksForAFreshAnswer) {
  nonce_ = true;
  const auto source = Source(folder_);
  const auto first = source->FetchOcsp(certificate_, issuer_);
  const auto second = source->FetchOcsp(certificate_, issuer_);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first, second);
  EXPECT_EQ(asked_, 2);
  body_ = *first;  // replayed: another nonce
  const auto third = source->FetchOcsp(certificate_, issuer_);
  EXPECT_EQ(third, second);  // the kept one
}

TEST_F(RevocationServiceTest, AServerThatFailedIsLeftAloneForAWhile) {
  const auto source = Source();
  status_ = 500;
  EXPECT_FALSE(source->FetchOcsp(certificate_, issuer_));
  EXPECT_FALSE(source->FetchOcsp(certificate_, issuer_));
  EXPECT_EQ(asked_, 1);
  status_ = 200;
  EXPECT_TRUE(source->FetchCrl(CrlUrl()));  // another address of it works
  now_ = now_.load() + std::chrono::minutes(6);
  EXPECT_TRUE(source->FetchOcsp(certificate_, issuer_));
}

TEST_F(RevocationServiceTest, OneThatNeverAnswersCostsOneTimeLimitForAllItsAddresses) {
  fault_ = LoopbackAnswer::Fault::kNeverAnswers;
  timeout_ = std::chrono::seconds(1);
  const auto source = Source();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(source->FetchOcsp(certificate_, issuer_));
  EXPECT_FALSE(source->FetchCrl(CrlUrl()));
  EXPECT_TRUE(source->FetchIssuers(IssuerUrl()).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
  EXPECT_EQ(asked_, 1);
}

TEST_F(RevocationServiceTest, PatienceWithManyServersEnds) {
  fault_ = LoopbackAnswer::Fault::kNeverAnswers;
  RevocationOptions options;
  options.timeout = std::chrono::seconds(1);
  options.patience = std::chrono::seconds(1);
  const auto source = MakeRevocationSource(options, http_.get());
  std::vector<std::unique_ptr<LoopbackServer>> servers;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 6; ++i) {
    servers.push_back(
        std::make_unique<LoopbackServer>([this](const LoopbackRequest& request) { return Answer(request); }));
    EXPECT_FALSE(source->FetchCrl(servers.back()->url() + "/x.crl"));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

TEST_F(RevocationServiceTest, TheSecondResponderIsAskedWhereTheFirstFails) {
  certificate_.ocsp_urls = {"ldap://x", "http://127.0.0.1:1/ocsp", server_->url() + "/ocsp"};
  EXPECT_TRUE(Source()->FetchOcsp(certificate_, issuer_));
}

TEST_F(RevocationServiceTest, ReadsPemAndBags) {
  body_ = pki::ToPem(crl_, "X509 CRL");
  EXPECT_EQ(Source()->FetchCrl(CrlUrl()), crl_);
  body_ = pki::MakeBag({sub_ca_.certificate, Cast().Certificate(Who::kRoot)});
  EXPECT_EQ(Source()->FetchIssuers(IssuerUrl()).size(), 2u);
}

TEST_F(RevocationServiceTest, ABrokenFileInTheCacheIsFetchedAnew) {
  Source(folder_)->FetchCrl(CrlUrl());
  for (const auto& entry : fs::recursive_directory_iterator(folder_))
    if (entry.is_regular_file()) std::ofstream(entry.path()) << "half";
  EXPECT_EQ(Source(folder_)->FetchCrl(CrlUrl()), crl_);
  EXPECT_EQ(asked_, 2);
  online_ = false;
  EXPECT_EQ(Source(folder_)->FetchCrl(CrlUrl()), crl_);
}

TEST_F(RevocationServiceTest, AFolderThatCannotBeWrittenIsNoReasonToFail) {
  std::ofstream(folder_ / "file") << "x";
  const auto source = Source(folder_ / "file");
  EXPECT_TRUE(source->FetchCrl(CrlUrl()));
  EXPECT_TRUE(source->FetchCrl(CrlUrl()));
  EXPECT_EQ(asked_, 1);
}

// The store reads what the cache wrote: fetched once, it serves `verify --trust` without a network.
TEST_F(RevocationServiceTest, TheCacheHasTheShapeOfATrustFolder) {
  const auto source = Source(folder_);
  source->FetchOcsp(certificate_, issuer_);
  source->FetchCrl(CrlUrl());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "ocsp"), fs::directory_iterator()), 1);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "crl"), fs::directory_iterator()), 1);
}

TEST_F(RevocationServiceTest, ServesThreads) {
  const auto source = Source(folder_);
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 5; ++k)
        if (source->FetchOcsp(certificate_, issuer_) && source->FetchCrl(CrlUrl()) == crl_ &&
            !source->FetchIssuers(IssuerUrl()).empty())
          ++good;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 40);
}

}  // namespace
}  // namespace vanthu::signing
