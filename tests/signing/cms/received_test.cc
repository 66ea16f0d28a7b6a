// Signatures that offices received: $VANTHU_RECEIVED_DIR, a folder of signed PDFs. They are no part of the
// project; without them these tests skip.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>

#include "pipeline/base/file.h"
#include "signing/cms/signature_check.h"
#include "signing/trust/validation.h"

namespace vanthu::signing {
namespace {

struct Found {
  std::string sub_filter;
  std::string cms;
  std::string first;
  std::string second;
};

// Not how a verifier reads a PDF, but enough for files known to be honest.
std::vector<Found> SignaturesOf(const std::string& bytes) {
  static const std::regex kFilter(R"(/SubFilter\s*/([A-Za-z0-9._]+))");
  std::vector<Found> found;
  for (std::size_t at = bytes.find("/ByteRange"); at != std::string::npos;
       at = bytes.find("/ByteRange", at + 1)) {
    std::size_t n[4] = {};
    if (std::sscanf(bytes.c_str() + at, "/ByteRange [%zu %zu %zu %zu", &n[0], &n[1], &n[2], &n[3]) != 4)
      continue;
    Found signature;
    signature.first = bytes.substr(n[0], n[1]);
    signature.second = bytes.substr(n[2], n[3]);
    const std::string hex = bytes.substr(n[1] + 1, n[2] - n[1] - 2);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
      signature.cms += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    // The dictionary's SubFilter stands near the gap, on one of its sides.
    const std::size_t from = n[1] > 600 ? n[1] - 600 : 0;
    const std::string around = bytes.substr(from, n[1] - from) + bytes.substr(n[2], 600);
    std::smatch filter;
    if (std::regex_search(around, filter, kFilter)) signature.sub_filter = filter[1].str();
    found.push_back(std::move(signature));
  }
  return found;
}

TEST(ReceivedTest, RealSignaturesAreIntact) {
  const char* folder = std::getenv("VANTHU_RECEIVED_DIR");
  if (folder == nullptr) GTEST_SKIP() << "VANTHU_RECEIVED_DIR is not set";
  const auto store = ReadTrustStore(std::filesystem::path(folder) / "trust");
  const Time now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".pdf") continue;
    const std::string bytes = ReadFile(entry.path(), 1 << 28).value();
    for (const Found& signature : SignaturesOf(bytes)) {
      ++count;
      const CmsSignature read =
          CheckSignature(signature.cms, {signature.first, signature.second}, signature.sub_filter);
      std::string problems;
      for (const CmsProblem problem : read.problems) {
        problems += " " + std::to_string(static_cast<int>(problem));
        EXPECT_TRUE(problem == CmsProblem::kWeakDigest || problem == CmsProblem::kWeakKey)
            << entry.path() << " " << static_cast<int>(problem);
      }
      std::printf("%s %s %s %s %s certs=%zu crls=%zu ocsp=%zu stamps=%zu ess=%d time=%d problems:%s\n",
                  entry.path().filename().c_str(), signature.sub_filter.c_str(),
                  read.signer ? read.signer->subject.text.c_str() : "-", Name(read.algorithm.scheme),
                  Name(read.algorithm.digest), read.certificates.size(), read.crls.size(),
                  read.ocsp_responses.size(), read.timestamps.size(), read.has_ess,
                  read.claimed_time.has_value(), problems.c_str());
      if (read.signer && store) {
        const CertificateVerdict verdict =
            Validate(*read.signer, {read.certificates, read.crls, read.ocsp_responses}, Purpose::kSigner,
                     {.store = &*store, .source = nullptr, .at = now, .now = now});
        std::printf("   chain %zu, status %d, expired %d, usage %d, weak %d, revocation %d; issuer %s\n",
                    verdict.chain.size(), static_cast<int>(verdict.chain_status), verdict.expired,
                    verdict.wrong_usage, verdict.weak, static_cast<int>(verdict.signer_revocation.status),
                    read.signer->issuer.text.c_str());
        EXPECT_FALSE(verdict.wrong_usage)
            << entry.path() << ::testing::PrintToString(read.signer->extended_usages);
        EXPECT_EQ(verdict.constraint, "");
      }
      for (const TimestampToken& token : read.timestamps) {
        EXPECT_TRUE(token.imprint_matches) << entry.path();
        EXPECT_TRUE(token.signature_valid) << entry.path() << ::testing::PrintToString(token.problems);
      }
      // One octet of the document, and it is another document.
      std::string altered = signature.first;
      altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
      EXPECT_TRUE(CheckSignature(signature.cms, {altered, signature.second}, signature.sub_filter)
                      .Has(CmsProblem::kWrongDigest));
    }
  }
  EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace vanthu::signing
