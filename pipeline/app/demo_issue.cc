#include "pipeline/app/demo_issue.h"

#include "pipeline/app/language.h"
#include "pipeline/base/file.h"
#include "pipeline/run/issue.h"
#include "pipeline/run/sign.h"
#include "pipeline/run/verify.h"
#include "signing/keys/trial_keys.h"
#include "templates/forms/catalogue.h"

namespace vanthu::app {
namespace {

namespace fs = std::filesystem;

Status IssuePlan(const Record& record, const fs::path& target) {
  const fs::path forms = DataFolder() / "forms";
  const auto file = templates::FindForm("ke-hoach", forms);
  if (!file) return Fail(file.error());
  const Result<templates::Form> form = templates::ReadForm(*file, forms);
  if (!form) return Fail(form.error());
  const Result<run::IssueTools> tools = run::OpenIssueTools({});
  if (!tools) return Fail(tools.error());
  const Result<std::string> bytes = run::Issue(record, *form, *tools, {});
  if (!bytes) return Fail(bytes.error());
  return WriteFileAtomically(target, *bytes);
}

Status SignAs(run::SignRole role, const fs::path& key, const signing::TrialKeys& keys, const fs::path& in,
              const fs::path& out) {
  run::SignSettings settings;
  settings.role = role;
  settings.key.p12 = key;
  settings.key.secret = keys.password;
  settings.trust = keys.trust;
  Result<run::SignSession> session = run::SignSession::Open(settings);
  if (!session) return Fail(session.error());
  const Result<run::SignedFile> signed_file = session->Sign(in);
  if (!signed_file) return Fail(signed_file.error());
  return WriteFileAtomically(out, signed_file->document);
}

}  // namespace

Result<std::string> IssueSigned(const Record& record, const fs::path& folder) {
  const fs::path plan = folder / "ke-hoach.pdf";
  const fs::path done = folder / "ke-hoach-da-ky.pdf";
  if (const Status issued = IssuePlan(record, plan); !issued) return Fail(issued.error());
  const std::string person = record.signer ? record.signer->name.value_or("?") : "?";
  const std::string agency = record.header.issuing_agency.value_or("?");
  const Result<signing::TrialKeys> keys = signing::WriteTrialKeys(folder / "khoa-dung-thu", person, agency);
  if (!keys) return Fail(keys.error());
  const Status by_person = SignAs(run::SignRole::kSigner, keys->signer, *keys, plan, done);
  if (!by_person) return Fail(by_person.error());
  const Status by_agency = SignAs(run::SignRole::kAgency, keys->agency, *keys, done, done);
  if (!by_agency) return Fail(by_agency.error());
  run::VerifySettings settings;
  settings.trust = keys->trust;
  const Result<run::Verifier> verifier = run::Verifier::Open(settings, CurrentLanguage());
  if (!verifier) return Fail(verifier.error());
  const Result<run::Verification> verdict = verifier->JudgeFile(done, {});
  if (!verdict) return Fail(verdict.error());
  return run::TellVerdict(done.string(), *verdict, CurrentLanguage());
}

}  // namespace vanthu::app
