// vanthu sign as an office uses it; pdfsig and openssl say what they think of the results.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <regex>
#include <set>

#include "tests/e2e/signing_office.h"
#include "tests/signing/keys/soft_token.h"
#include "tests/templates/forms/structure_check.h"

namespace vanthu::e2e {
namespace {

using signing::pki::TimestampFault;
using signing::pki::Who;
using testing::HasSubstr;

std::string Ask(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen((command + " 2>&1").c_str(), "r"), pclose);
  std::string out;
  std::array<char, 4096> buffer;
  for (std::size_t got; pipe && (got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    out.append(buffer.data(), got);
  return out;
}

bool Has(const char* program) {
  return Ask(std::string("command -v ") + program).find('/') == 0;
}

int Count(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

class SignTest : public testing::Test {
 protected:
  void SetUp() override {
    office_.Fault(TimestampFault::kNone);
    office_.Status(200);
  }
  nlohmann::json Judge(const std::filesystem::path& file) {
    return Verdict(file, {"--trust", office_.trust().string()});
  }
  // The first `count` signatures passed, by Vanthu and by pdfsig.
  void ExpectPassed(const std::filesystem::path& file, std::size_t count) {
    const nlohmann::json verdict = Judge(file);
    EXPECT_EQ(verdict.value("verdict", ""), "passed") << verdict.dump(1);
    EXPECT_EQ(verdict["signatures"].size(), count);
    for (const nlohmann::json& one : verdict["signatures"]) EXPECT_EQ(one["integrity"], "intact");
    if (!Has("pdfsig")) return;
    const std::string said = Ask("pdfsig -nocert " + file.string());
    const int timestamps = Count(verdict.dump(), "\"timestamp\"");
    EXPECT_EQ(Count(said, "Signature is Valid"), static_cast<int>(count) - timestamps) << said;
  }

  SigningOffice& office_ = SigningOffice::Get();
  Scratch folder_;
};

TEST_F(SignTest, EveryLevelAndKeyOfAFile) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> keys = {
      {"signer", {}},
      {"signer", {"--pss", "--digest", "384"}},
      {"signer-p256", {}},
      {"signer-p384", {"--digest", "512"}}};
  for (const std::string level : {"B", "T", "LT", "LTA"})
    for (const auto& [who, more] : keys) {
      SCOPED_TRACE(level + " " + who);
      const std::filesystem::path out = folder_ / (level + who + std::to_string(more.size()) + ".pdf");
      std::vector<std::string> options = {"--level", level, "--online"};
      options.insert(options.end(), more.begin(), more.end());
      if (level != "B") options.insert(options.end(), {"--tsa", office_.tsa_url()});
      const Outcome signed_ = office_.Sign(office_.plan(), out, who, options);
      ASSERT_EQ(signed_.exit_code, 0) << signed_.err;
      EXPECT_TRUE(ReadAll(out).starts_with(ReadAll(office_.plan())));  // not a byte of it was touched
      ExpectPassed(out, level == "LTA" ? 2 : 1);
      EXPECT_EQ(Judge(out)["signatures"][0]["level"], level);
    }
}

TEST_F(SignTest, KeysOfATokenSign) {
  if (signing::SoftTokens::Module().empty()) GTEST_SKIP() << "softhsm2 is not installed";
  signing::SoftTokens tokens(folder_.path());
  tokens.AddToken("UBND", "1234");
  WriteAll(folder_ / "pin", "1234\n");
  WriteAll(folder_ / "wrong", "4321\n");
  std::filesystem::permissions(folder_ / "pin", std::filesystem::perms::owner_read);
  std::filesystem::permissions(folder_ / "wrong", std::filesystem::perms::owner_read);
  int id = 1;
  for (const Who who : {Who::kSigner, Who::kSignerP256, Who::kSignerP384})
    tokens.Import("UBND", "1234", office_.pki()[who], signing::pki::Name(who),
                  std::string(1, static_cast<char>(id++)));
  const auto sign = [&](const std::string& object, const std::string& pin, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"sign",
                                          office_.plan().string(),
                                          "-o",
                                          (folder_ / "out.pdf").string(),
                                          "--pkcs11",
                                          "pkcs11:token=UBND;object=" + object,
                                          "--pkcs11-module",
                                          signing::SoftTokens::Module().string(),
                                          "--pin-file",
                                          (folder_ / pin).string(),
                                          "--trust",
                                          office_.trust().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::filesystem::remove(folder_ / "out.pdf");
    return RunVanthu(arguments);
  };
  const std::vector<std::pair<std::string, std::vector<std::string>>> keys = {
      {"signer", {}}, {"signer", {"--pss"}}, {"signer-p256", {}}, {"signer-p384", {}}};
  for (const std::string level : {"B", "T", "LT", "LTA"})
    for (const auto& [object, more] : keys) {
      SCOPED_TRACE(level + " " + object);
      std::vector<std::string> options = {"--level", level, "--online"};
      options.insert(options.end(), more.begin(), more.end());
      if (level != "B") options.insert(options.end(), {"--tsa", office_.tsa_url()});
      const Outcome outcome = sign(object, "pin", options);
      ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
      ExpectPassed(folder_ / "out.pdf", level == "LTA" ? 2 : 1);
    }
  const Outcome wrong = sign("signer", "wrong", {});
  EXPECT_EQ(wrong.exit_code, 3) << wrong.err;
  EXPECT_THAT(wrong.err, HasSubstr("PIN"));
  EXPECT_THAT(wrong.err, testing::Not(HasSubstr("4321")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pdf"));
  EXPECT_EQ(sign("nobody", "pin", {}).exit_code, 4);
}

TEST_F(SignTest, PersonThenAgencyThenAThirdKeepTheFirst) {
  const auto one = folder_ / "1.pdf", two = folder_ / "2.pdf", three = folder_ / "3.pdf";
  ASSERT_EQ(office_
                .Sign(office_.plan(), one, "signer",
                      {"--role", "signer", "--image", office_.Picture("chu-ky.png").string()})
                .exit_code,
            0);
  const Outcome agency = office_.Sign(
      one, two, "agency",
      {"--role", "agency", "--image", office_.Picture("dau.png").string(), "--tsa", office_.tsa_url()});
  ASSERT_EQ(agency.exit_code, 0) << agency.err;
  ASSERT_EQ(
      office_.Sign(two, three, "signer-p256", {"--level", "LTA", "--online", "--tsa", office_.tsa_url()})
          .exit_code,
      0);
  EXPECT_TRUE(ReadAll(two).starts_with(ReadAll(one)));
  EXPECT_TRUE(ReadAll(three).starts_with(ReadAll(two)));
  ExpectPassed(three, 4);
  const nlohmann::json verdict = Judge(three);
  EXPECT_EQ(verdict["signatures"][0]["role"], "signer");
  EXPECT_EQ(verdict["signatures"][0]["changes_after"], "allowed");
  EXPECT_EQ(verdict["signatures"][1]["role"], "agency");
}

TEST_F(SignTest, AnAgencySignsOnlyWhatSomebodySigned) {
  const Outcome outcome = office_.Sign(office_.plan(), folder_ / "out.pdf", "agency", {"--role", "agency"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("chưa có ai ký"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pdf"));
}

TEST_F(SignTest, CertificatesThatMayNotSignAreRefused) {
  for (const auto& [who, why] :
       std::vector<std::pair<std::string, std::string>>{{"expired", "hết hạn"},
                                                        {"not-yet-valid", "chưa có hiệu lực"},
                                                        {"revoked", "thu hồi"},
                                                        {"wrong-usage", "không được cấp"},
                                                        {"weak-key", "yếu"}}) {
    const Outcome outcome = office_.Sign(office_.plan(), folder_ / "out.pdf", who);
    EXPECT_EQ(outcome.exit_code, 3) << who << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(why));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pdf")) << who;
  }
}

TEST_F(SignTest, AnAuthorityThatFailsLeavesNoFile) {
  for (const TimestampFault fault :
       {TimestampFault::kRefused, TimestampFault::kOtherImprint, TimestampFault::kWrongNonce,
        TimestampFault::kOtherKey, TimestampFault::kGarbage}) {
    office_.Fault(fault);
    const Outcome outcome =
        office_.Sign(office_.plan(), folder_ / "out.pdf", "signer", {"--tsa", office_.tsa_url()});
    EXPECT_EQ(outcome.exit_code, 3) << static_cast<int>(fault) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pdf")) << static_cast<int>(fault);
  }
  office_.Fault(TimestampFault::kNone);
  office_.Status(500);
  const Outcome broken =
      office_.Sign(office_.plan(), folder_ / "out.pdf", "signer", {"--tsa", office_.tsa_url()});
  EXPECT_EQ(broken.exit_code, 4) << broken.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pdf"));
}

TEST_F(SignTest, AFlippedByteIsAltered) {
  const auto good = folder_ / "good.pdf", bad = folder_ / "bad.pdf";
  ASSERT_EQ(office_.Sign(office_.plan(), good, "signer").exit_code, 0);
  const std::string bytes = ReadAll(good);
  const std::size_t contents = bytes.rfind("/Contents <");
  // All over the signed range; the digits of /Contents itself are the signature's own matter.
  for (std::size_t at = 20; at < bytes.size(); at += bytes.size() / 12) {
    if (at > contents && at < bytes.find('>', contents)) continue;
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    WriteAll(bad, flipped);
    const nlohmann::json verdict = Judge(bad);
    EXPECT_EQ(verdict.value("verdict", ""), "failed") << at << verdict.dump(1);
  }
}

TEST_F(SignTest, AKeyOnAnotherMachineSigns) {
  if (!Has("openssl")) GTEST_SKIP() << "openssl is not installed";
  const auto waiting = folder_ / "waiting.pdf", request = folder_ / "request.json", out = folder_ / "out.pdf";
  const std::string certificate = office_.Pki("signer.crt").string();
  const Outcome prepared = RunVanthu({"sign", office_.plan().string(), "-o", waiting.string(),
                                      "--certificate", certificate, "--digest-out", request.string()});
  ASSERT_EQ(prepared.exit_code, 0) << prepared.err;
  const nlohmann::json asked = nlohmann::json::parse(ReadAll(request));
  std::string attributes;
  const std::string hex = asked["signed_attributes"];
  for (std::size_t i = 0; i < hex.size(); i += 2)
    attributes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  WriteAll(folder_ / "attributes", attributes);
  Ask("openssl dgst -sha256 -sign " + office_.Pki("signer.key").string() + " -out " +
      (folder_ / "answer").string() + " " + (folder_ / "attributes").string());
  const Outcome embedded = RunVanthu({"sign", waiting.string(), "-o", out.string(), "--certificate",
                                      certificate, "--cms-in", (folder_ / "answer").string()});
  ASSERT_EQ(embedded.exit_code, 0) << embedded.err;
  ExpectPassed(out, 1);
  // Another signature than the one asked for.
  WriteAll(folder_ / "answer", std::string(256, 'x'));
  EXPECT_EQ(RunVanthu({"sign", waiting.string(), "-o", (folder_ / "no.pdf").string(), "--certificate",
                       certificate, "--cms-in", (folder_ / "answer").string()})
                .exit_code,
            3);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "no.pdf"));
}

TEST_F(SignTest, AnotherProgramsCmsIsTaken) {
  if (!Has("openssl")) GTEST_SKIP() << "openssl is not installed";
  const auto waiting = folder_ / "waiting.pdf", request = folder_ / "request.json", out = folder_ / "out.pdf";
  ASSERT_EQ(
      RunVanthu({"sign", office_.plan().string(), "-o", waiting.string(), "--digest-out", request.string()})
          .exit_code,
      0);
  // What the range covers, signed by openssl as CAdES.
  const std::string bytes = ReadAll(waiting);
  const std::size_t begin = bytes.rfind("/Contents <") + 10, end = bytes.find('>', begin) + 1;
  WriteAll(folder_ / "content", bytes.substr(0, begin) + bytes.substr(end));
  Ask("openssl cms -sign -binary -cades -md sha256 -signer " + office_.Pki("signer.crt").string() +
      " -inkey " + office_.Pki("signer.key").string() + " -in " + (folder_ / "content").string() +
      " -outform DER -out " + (folder_ / "cms").string());
  const Outcome embedded =
      RunVanthu({"sign", waiting.string(), "-o", out.string(), "--cms-in", (folder_ / "cms").string()});
  ASSERT_EQ(embedded.exit_code, 0) << embedded.err;
  ExpectPassed(out, 1);
  EXPECT_EQ(RunVanthu({"sign", office_.plan().string(), "-o", (folder_ / "no.pdf").string(), "--cms-in",
                       (folder_ / "cms").string()})
                .exit_code,
            3);
}

TEST_F(SignTest, OpensslAgreesWithTheCms) {
  if (!Has("openssl")) GTEST_SKIP() << "openssl is not installed";
  const auto out = folder_ / "out.pdf";
  ASSERT_EQ(office_.Sign(office_.plan(), out, "signer").exit_code, 0);
  const std::string bytes = ReadAll(out);
  const std::size_t begin = bytes.rfind("/Contents <") + 10, end = bytes.find('>', begin) + 1;
  std::string cms;
  for (std::size_t i = begin + 1; i + 2 < end; i += 2)
    cms += static_cast<char>(std::stoi(bytes.substr(i, 2), nullptr, 16));
  WriteAll(folder_ / "cms", cms);
  WriteAll(folder_ / "content", bytes.substr(0, begin) + bytes.substr(end));
  const std::string verify = "openssl cms -verify -binary -cades -purpose any -inform DER -in " +
                             (folder_ / "cms").string() + " -content " + (folder_ / "content").string() +
                             " -CAfile " + (office_.trust() / "root.crt").string() + " -certfile " +
                             (office_.trust() / "sub-ca.crt").string() + " -out /dev/null";
  EXPECT_THAT(Ask(verify), HasSubstr("Verification successful"));
  const std::string printed = Ask("openssl cms -cmsout -print -inform DER -in " + (folder_ / "cms").string());
  EXPECT_EQ(Count(printed, "id-smime-aa-signingCertificateV2"), 1);
  EXPECT_EQ(Count(printed, "object: signingTime"), 0);
  EXPECT_EQ(Count(printed, "object: messageDigest"), 1);
  EXPECT_EQ(Count(printed, "object: contentType"), 1);
  EXPECT_THAT(bytes.substr(bytes.rfind("/SubFilter")), HasSubstr("ETSI.CAdES.detached"));
  EXPECT_THAT(bytes.substr(bytes.rfind("/M (D:")), HasSubstr("+07'00')"));
}

TEST_F(SignTest, AFolderIsSignedWithOneLogin) {
  std::filesystem::create_directory(folder_ / "in");
  for (const char* name : {"a.pdf", "b.pdf", "c.pdf"})
    std::filesystem::copy_file(office_.plan(), folder_ / "in" / name);
  WriteAll(folder_ / "in" / "d.pdf", "not a PDF");
  const Outcome outcome =
      office_.Sign(folder_ / "in", folder_ / "out", "signer", {"--tsa", office_.tsa_url()});
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("3/4"));
  EXPECT_EQ(Count(outcome.out, "\tđã ký\t"), 3) << outcome.out;
  EXPECT_EQ(Count(outcome.out, "d.pdf\tkhông ký\t"), 1) << outcome.out;
  for (const char* name : {"a.pdf", "b.pdf", "c.pdf"}) ExpectPassed(folder_ / "out" / name, 1);
}

TEST_F(SignTest, ForeignShapesKeepEveryRevision) {
  if (!Has("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  for (const std::string shape :
       {"--object-streams=generate", "--linearize", "--linearize --object-streams=generate", "--qdf",
        "--encrypt '' owner 256 --", "--allow-weak-crypto --encrypt '' owner 128 --"}) {
    SCOPED_TRACE(shape);
    const auto foreign = folder_ / "foreign.pdf", one = folder_ / "1.pdf", two = folder_ / "2.pdf";
    Ask("qpdf " + shape + " " + office_.plan().string() + " " + foreign.string());
    ASSERT_EQ(
        office_.Sign(foreign, one, "signer", {"--image", office_.Picture("chu-ky.png").string()}).exit_code,
        0);
    const Outcome agency = office_.Sign(one, two, "agency",
                                        {"--role", "agency", "--image", office_.Picture("dau.png").string(),
                                         "--level", "LTA", "--online", "--tsa", office_.tsa_url()});
    ASSERT_EQ(agency.exit_code, 0) << agency.err;
    EXPECT_TRUE(ReadAll(two).starts_with(ReadAll(one)));
    EXPECT_TRUE(ReadAll(one).starts_with(ReadAll(foreign)));
    ExpectPassed(two, 3);
    EXPECT_THAT(Ask("qpdf --check " + two.string()), HasSubstr("No syntax or stream encoding errors"));
  }
}

TEST_F(SignTest, APasswordOpensWhatIsSigned) {
  if (!Has("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const auto locked = folder_ / "locked.pdf", out = folder_ / "out.pdf", password = folder_ / "password";
  Ask("qpdf --encrypt nguoi chu 256 -- " + office_.plan().string() + " " + locked.string());
  WriteAll(password, "nguoi\n");
  EXPECT_EQ(office_.Sign(locked, out, "signer").exit_code, 3);
  ASSERT_EQ(office_.Sign(locked, out, "signer", {"--password-file", password.string()}).exit_code, 0);
  EXPECT_EQ(Verdict(out, {"--trust", office_.trust().string(), "--password-file", password.string()})
                .value("verdict", ""),
            "passed");
}

TEST_F(SignTest, TimestampsAreRenewed) {
  const auto one = folder_ / "1.pdf", two = folder_ / "2.pdf";
  ASSERT_EQ(
      office_.Sign(office_.plan(), one, "signer", {"--level", "LTA", "--online", "--tsa", office_.tsa_url()})
          .exit_code,
      0);
  const Outcome renewed = RunVanthu({"sign", "--renew", one.string(), "-o", two.string(), "--tsa",
                                     office_.tsa_url(), "--trust", office_.trust().string(), "--online"});
  ASSERT_EQ(renewed.exit_code, 0) << renewed.err;
  EXPECT_TRUE(ReadAll(two).starts_with(ReadAll(one)));
  ExpectPassed(two, 3);
}

TEST_F(SignTest, TheSignedRevisionCanBeTakenOut) {
  const auto one = folder_ / "1.pdf", two = folder_ / "2.pdf", back = folder_ / "back.pdf";
  ASSERT_EQ(office_.Sign(office_.plan(), one, "signer").exit_code, 0);
  ASSERT_EQ(office_.Sign(one, two, "agency", {"--role", "agency"}).exit_code, 0);
  ASSERT_EQ(RunVanthu({"verify", two.string(), "--trust", office_.trust().string(), "--extract-signed",
                       back.string(), "--signature", "1"})
                .exit_code,
            0);
  EXPECT_EQ(ReadAll(back), ReadAll(one));
}

TEST_F(SignTest, TheAttachedRecordIsProvenUnderSignatures) {
  const auto one = folder_ / "1.pdf", two = folder_ / "2.pdf";
  ASSERT_EQ(office_.Sign(office_.plan(), one, "signer", {"--image", office_.Picture("chu-ky.png").string()})
                .exit_code,
            0);
  ASSERT_EQ(office_
                .Sign(one, two, "agency",
                      {"--role", "agency", "--image", office_.Picture("dau.png").string(), "--tsa",
                       office_.tsa_url(), "--level", "LTA", "--online"})
                .exit_code,
            0);
  const Outcome extracted = RunVanthu({"extract", two.string(), "--trust", office_.trust().string()});
  ASSERT_EQ(extracted.exit_code, 0) << extracted.err;
  const nlohmann::json record = nlohmann::json::parse(extracted.out);
  EXPECT_EQ(record["source"]["origin"], "attached-record");
  EXPECT_EQ(record["signatures"].size(), 3u);
  EXPECT_EQ(record["signatures"][0]["verdict"], "passed");
  const nlohmann::json gold = nlohmann::json::parse(ReadAll(Sample("thanh-xa-2023.json")));
  EXPECT_EQ(record["header"]["subject"], gold["header"]["subject"]);
  EXPECT_EQ(record["tasks"].size(), gold["tasks"].size());
}

// The codes of PDFBox's preflight, which knows PDF/A-1b alone.
std::set<std::string> PreflightCodes(const std::filesystem::path& file) {
  const std::string said = Ask(
      "java -XX:TieredStopAtLevel=1 -cp "
      "/usr/share/java/preflight.jar:/usr/share/java/pdfbox2.jar:/usr/share/java/xmpbox.jar:"
      "/usr/share/java/fontbox2.jar:/usr/share/java/commons-logging.jar:/usr/share/java/javax.activation.jar:"
      "/usr/share/java/jaxb-api.jar org.apache.pdfbox.preflight.Validator_A1b xml " +
      file.string());
  std::set<std::string> codes;
  const std::regex code("<code>([0-9.]+)</code>");
  for (std::sregex_iterator it(said.begin(), said.end(), code), end; it != end; ++it) codes.insert((*it)[1]);
  return codes;
}

TEST_F(SignTest, PdfAStaysPdfAAndTagged) {
  const auto one = folder_ / "1.pdf", two = folder_ / "2.pdf", annex = folder_ / "annex.pdf";
  ASSERT_EQ(office_.Sign(office_.plan(), one, "signer", {"--image", office_.Picture("chu-ky.png").string()})
                .exit_code,
            0);
  ASSERT_EQ(office_
                .Sign(one, two, "agency",
                      {"--role", "agency", "--image", office_.Picture("dau.png").string(), "--level", "LTA",
                       "--online", "--tsa", office_.tsa_url()})
                .exit_code,
            0);
  ASSERT_EQ(
      office_.Sign(office_.plan(), annex, "agency", {"--role", "annex", "--number", "25/KH-UBND"}).exit_code,
      0);
  for (const auto& file : {two, annex})
    EXPECT_THAT(templates::StructureFaults(ReadAll(file)), testing::IsEmpty());
  if (!Has("java") || !std::filesystem::exists("/usr/share/java/preflight.jar"))
    GTEST_SKIP() << "SKIPPED: libpdfbox2-java or a Java runtime is not installed";
  std::set<std::string> allowed = PreflightCodes(office_.plan());
  ASSERT_FALSE(allowed.empty());
  allowed.insert("2.2.2");  // a soft mask: transparency is allowed since PDF/A-2
  for (const auto& file : {two, annex})
    for (const std::string& code : PreflightCodes(file)) EXPECT_TRUE(allowed.contains(code)) << file << code;
}

TEST_F(SignTest, WhatStandsOnThePageCanBeRead) {
  if (!Has("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const auto annex = folder_ / "annex.pdf", copy = folder_ / "copy.pdf";
  ASSERT_EQ(
      office_.Sign(office_.plan(), annex, "agency", {"--role", "annex", "--number", "25/KH-UBND"}).exit_code,
      0);
  EXPECT_THAT(Ask("pdftotext -l 1 " + annex.string() + " - | head -4"), HasSubstr("25/KH-UBND"));
  ASSERT_EQ(office_.Sign(office_.plan(), copy, "agency", {"--role", "copy", "--form", "sao-y"}).exit_code, 0);
  const std::string said = Ask("pdftotext -l 1 " + copy.string() + " - | head -6");
  EXPECT_THAT(said, HasSubstr("SAO Y"));
  EXPECT_THAT(said, HasSubstr("ỦY BAN NHÂN DÂN XÃ AN THÀNH"));
  EXPECT_THAT(said, HasSubstr("+07:00"));
}

TEST_F(SignTest, DigitiseKeepsTheVerdictAndQuarantinesTheAltered) {
  const auto in = folder_ / "in", store = folder_ / "store";
  std::filesystem::create_directory(in);
  ASSERT_EQ(office_.Sign(office_.plan(), in / "good.pdf", "signer").exit_code, 0);
  std::string altered = ReadAll(in / "good.pdf");
  altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
  WriteAll(in / "altered.pdf", altered);
  const Outcome outcome = RunVanthu(
      {"digitise", in.string(), "--store", store.string(), "--trust", office_.trust().string(), "--quiet"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("altered.pdf: chữ ký số không hợp lệ"));
  int records = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(store / "documents")) {
    if (entry.path().filename() != "record.json") continue;
    ++records;
    EXPECT_EQ(nlohmann::json::parse(ReadAll(entry.path()))["signatures"][0]["verdict"], "passed");
    EXPECT_EQ(ReadAll(entry.path().parent_path() / "original.pdf"), ReadAll(in / "good.pdf"));
  }
  EXPECT_EQ(records, 1);
}

}  // namespace
}  // namespace vanthu::e2e
