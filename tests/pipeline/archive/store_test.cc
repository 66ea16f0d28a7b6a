#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "pipeline/archive/database.h"
#include "scratch.h"

namespace vanthu::archive {
namespace {

namespace fs = std::filesystem;

std::int64_t Ask(const fs::path& store, const std::string& sql) {
  const auto database = Database::Open(store / "index.sqlite", Database::Mode::kRead);
  EXPECT_TRUE(database.has_value());
  const auto number = (*database)->Number(sql);
  EXPECT_TRUE(number.has_value()) << number.error().cause;
  return number->value_or(-1);
}

TEST(Store, CommitsADocumentWithItsFilesAndValues) {
  const Scratch scratch;
  const auto store = scratch.Open();
  const DocumentEntry plan = Plan("bytes");
  const std::string sha256 = plan.record.source.sha256;
  EXPECT_EQ(store->Lookup(sha256).value(), Known::kNew);
  ExpectOk(store->Commit(plan, "/den/ke-hoach.pdf"));
  EXPECT_EQ(store->Lookup(sha256).value(), Known::kDone);

  const fs::path folder = scratch.store() / "documents" / sha256.substr(0, 2) / sha256;
  EXPECT_EQ(store->FolderOf(sha256), folder);
  EXPECT_EQ(ReadFile(folder / "original.pdf", 100).value(), "bytes");
  EXPECT_EQ(ReadFile(folder / "pages/0001.jpg", 10'000).value().size(), 2000u);
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));

  EXPECT_EQ(store->Counts()->documents, 1);
  EXPECT_EQ(store->Counts()->doubtful, 1);
  EXPECT_EQ(Ask(scratch.store(),
                "SELECT count(*) FROM fields WHERE pointer = '/signer/name' AND value = 'Phạm Thị Mây'"),
            1);
  EXPECT_EQ(Ask(scratch.store(),
                "SELECT count(*) FROM fields WHERE pointer = '/header/number' AND page = 1 AND "
                "x0 = 100 AND source = 'ocr' AND confidence = 0.55"),
            1);
  EXPECT_EQ(Ask(scratch.store(),
                "SELECT count(*) FROM review WHERE code = 'doubtful' AND value = '25' AND page = 1"),
            1);
  EXPECT_EQ(Ask(scratch.store(), "SELECT count(*) FROM files"), 3);
  EXPECT_EQ(Ask(scratch.store(), "SELECT count(*) FROM paths WHERE path = '/den/ke-hoach.pdf'"), 1);
  EXPECT_EQ(Ask(scratch.store(),
                "SELECT count(*) FROM ledger WHERE step = 'digitise' AND output_sha256 = (SELECT "
                "sha256 FROM files WHERE name = 'record.json') AND seconds = 1.5"),
            1);
}

TEST(Store, QueuesErrorFindingsForReview) {
  const Scratch scratch;
  const auto store = scratch.Open();
  DocumentEntry plan = Plan("x");
  plan.record.evidence.clear();
  plan.record.findings = {{Severity::kError, "header.date.blank", "Ngày để trống", 1},
                          {Severity::kWarning, "x.y", "Chỉ cảnh báo", {}}};
  ExpectOk(store->Commit(plan, "a.pdf"));
  EXPECT_EQ(store->Counts()->doubtful, 1);
  EXPECT_EQ(Ask(scratch.store(), "SELECT page FROM review WHERE code = 'header.date.blank'"), 2);
}

TEST(Store, SameBytesAreOneDocumentWithTwoPaths) {
  const Scratch scratch;
  const auto store = scratch.Open();
  const DocumentEntry plan = Plan("bytes");
  ExpectOk(store->Commit(plan, "a.pdf"));
  ExpectOk(store->Commit(plan, "b.pdf"));
  ExpectOk(store->NotePath(plan.record.source.sha256, "c.pdf"));
  ExpectOk(store->NotePath(plan.record.source.sha256, "c.pdf"));
  EXPECT_EQ(store->Counts()->documents, 1);
  EXPECT_EQ(Ask(scratch.store(), "SELECT count(*) FROM paths"), 3);
  EXPECT_EQ(Ask(scratch.store(), "SELECT count(*) FROM ledger WHERE step = 'note-path'"), 2);
}

TEST(Store, RefusesEntriesThatLie) {
  const Scratch scratch;
  const auto store = scratch.Open();
  for (const char* name : {"../x", "/etc/x", "a/../../x", "", "a//b", "."}) {
    DocumentEntry plan = Plan("bytes");
    plan.files.push_back({name, "x"});
    EXPECT_EQ(store->Commit(plan, "a.pdf").error().code, ErrorCode::kInternal) << name;
  }
  DocumentEntry other_bytes = Plan("bytes");
  other_bytes.files[0].bytes = "altered";
  EXPECT_EQ(store->Commit(other_bytes, "a.pdf").error().code, ErrorCode::kInternal);
  DocumentEntry no_hash = Plan("bytes");
  no_hash.record.source.sha256 = "../../../../etc";
  EXPECT_EQ(store->Commit(no_hash, "a.pdf").error().code, ErrorCode::kInternal);
  EXPECT_EQ(store->Counts()->documents, 0);
  EXPECT_TRUE(fs::is_empty(scratch.store() / "documents"));
}

TEST(Store, TakesStagedFilesAsTheyLie) {
  const Scratch scratch;
  const auto store = scratch.Open();
  DocumentEntry plan = Staged(*store, Plan("bytes"));
  plan.files.push_back({"record.xml", "<record/>"});
  plan.steps.push_back({"archive", plan.record.source.sha256, std::string(64, 'f'), "how", 0.5});
  ExpectOk(store->Commit(plan, "a.pdf"));
  const fs::path folder = store->FolderOf(plan.record.source.sha256);
  EXPECT_EQ(ReadFile(folder / "original.pdf", 100).value(), "bytes");
  EXPECT_EQ(ReadFile(folder / "pages/0001.jpg", 10'000).value(), std::string(2000, 'j'));
  EXPECT_EQ(ReadFile(folder / "record.xml", 100).value(), "<record/>");
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
  EXPECT_EQ(Ask(scratch.store(), "SELECT count(*) FROM files"), 4);
  EXPECT_EQ(Ask(scratch.store(), "SELECT bytes FROM files WHERE name = 'pages/0001.jpg' AND sha256 = '" +
                                     Sha256Hex(std::string(2000, 'j')) + "'"),
            2000);
  EXPECT_EQ(Ask(scratch.store(), "SELECT count(*) FROM ledger WHERE step = 'archive' AND detail = 'how'"), 1);

  // The same bytes again: what was staged for them is not needed.
  ExpectOk(store->Commit(Staged(*store, Plan("bytes")), "b.pdf"));
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
  EXPECT_EQ(store->Counts()->documents, 1);
}

TEST(Store, RefusesStagedFilesThatAreNotThoseOfTheEntry) {
  const Scratch scratch;
  const auto store = scratch.Open();
  const std::string sha256 = Plan("bytes").record.source.sha256;
  const fs::path staged = scratch.store() / "staging" / sha256;
  const auto refused = [&](const DocumentEntry& entry) {
    const Status status = store->Commit(entry, "a.pdf");
    EXPECT_FALSE(status);
    return !status && status.error().code == ErrorCode::kInternal;
  };
  DocumentEntry plan = Staged(*store, Plan("bytes"));
  std::ofstream(staged / "half-written") << "x";
  EXPECT_TRUE(refused(plan)) << "one that was not named";
  plan = Staged(*store, Plan("bytes"));
  fs::remove(staged / "pages/0001.jpg");
  EXPECT_TRUE(refused(plan)) << "one that is not there";
  plan = Staged(*store, Plan("bytes"));
  std::ofstream(staged / "original.pdf") << "altered";
  EXPECT_TRUE(refused(plan)) << "another original";
  plan = Staged(*store, Plan("bytes"));
  fs::remove(staged / "pages/0001.jpg");
  fs::create_symlink("/etc/hostname", staged / "pages/0001.jpg");
  EXPECT_TRUE(refused(plan)) << "a link";
  plan = Staged(*store, Plan("bytes"));
  plan.files.push_back({"original.pdf", "bytes"});
  EXPECT_TRUE(refused(plan)) << "a name twice";
  EXPECT_FALSE(store->Stage("../../etc"));

  store->Unstage(sha256);
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
  EXPECT_TRUE(fs::is_empty(scratch.store() / "documents"));
  EXPECT_EQ(store->Counts()->documents, 0);
}

TEST(Store, QuarantineSaysWhyAndIsLeftWhenTheDocumentSucceeds) {
  const Scratch scratch;
  const auto store = scratch.Open();
  const DocumentEntry plan = Plan("locked");
  QuarantineEntry entry{"/den/khoá.pdf", plan.record.source.sha256, {}};
  entry.error = {ErrorCode::kPassword,
                 {"tệp có mật khẩu", "is encrypted"},
                 {"Dùng --password-file", "Use --password-file"},
                 "/den/khoá.pdf",
                 4,
                 "libpoppler: \xff encrypted"};
  ExpectOk(store->Quarantine(entry));
  ExpectOk(store->Quarantine(entry));
  EXPECT_EQ(store->Lookup(plan.record.source.sha256).value(), Known::kQuarantined);
  EXPECT_EQ(store->Counts()->quarantined, 1);

  const fs::path folder = scratch.store() / "quarantine" / plan.record.source.sha256;
  const auto reason = nlohmann::json::parse(ReadFile(folder / "reason.json", 10'000).value());
  EXPECT_EQ(reason["code"], "password");
  EXPECT_EQ(reason["message"]["vi"], "tệp có mật khẩu");
  EXPECT_EQ(reason["advice"]["en"], "Use --password-file");
  EXPECT_EQ(reason["path"], "/den/khoá.pdf");
  EXPECT_EQ(reason["page"], 5);

  ExpectOk(store->Commit(plan, "/den/khoá.pdf"));
  EXPECT_EQ(store->Lookup(plan.record.source.sha256).value(), Known::kDone);
  EXPECT_EQ(store->Counts()->quarantined, 0);
  EXPECT_FALSE(fs::exists(folder));
}

TEST(Store, UnreadableFileIsQuarantinedByItsPathUntilItCanBeRead) {
  const Scratch scratch;
  const auto store = scratch.Open();
  QuarantineEntry entry{"/den/a.pdf", "", {}};
  entry.error.code = ErrorCode::kUnreadable;
  ExpectOk(store->Quarantine(entry));
  EXPECT_EQ(store->Counts()->quarantined, 1);
  ExpectOk(store->Commit(Plan("bytes"), "/den/a.pdf"));
  EXPECT_EQ(store->Counts()->quarantined, 0);
  EXPECT_TRUE(fs::is_empty(scratch.store() / "quarantine"));
}

TEST(Store, OneWriterManyReaders) {
  const Scratch scratch;
  auto writer = scratch.Open();
  const auto second = OpenStore(scratch.store(), Access::kWrite);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kWrite);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto opened = OpenStore(scratch.store(), Access::kWrite);
    ::_exit(!opened && opened.error().code == ErrorCode::kWrite && opened.error().cause.starts_with("pid ")
                ? 0
                : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);

  ExpectOk(writer->Commit(Plan("bytes"), "a.pdf"));
  const auto reader = scratch.Open(Access::kRead);
  EXPECT_EQ(reader->Counts()->documents, 1);
  ExpectOk(writer->Commit(Plan("more"), "b.pdf"));
  EXPECT_EQ(reader->Counts()->documents, 2);
  EXPECT_EQ(reader->Commit(Plan("no"), "c.pdf").error().code, ErrorCode::kInternal);
  writer.reset();
  EXPECT_NE(scratch.Open(), nullptr);  // the lock is free again
}

// A worker forked while the store is open must not keep it locked after its parent died.
TEST(Store, ForkedChildDoesNotInheritTheLock) {
  const Scratch scratch;
  auto writer = scratch.Open();
  const pid_t child = ::fork();
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  writer.reset();
  EXPECT_NE(scratch.Open(), nullptr);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST(Store, ReadersSeeWholeDocumentsWhileAWriterCommits) {
  const Scratch scratch;
  auto writer = scratch.Open();
  constexpr int kDocuments = 60;
  std::atomic<bool> done = false;
  std::atomic<int> searches = 0;
  const auto read = [&] {
    const auto reader = scratch.Open(Access::kRead);
    std::int64_t before = 0;
    while (!done) {
      const auto hits = reader->Search("thu tuc", 1000);
      ASSERT_TRUE(hits.has_value()) << Describe(hits.error(), Language::kEnglish);
      const auto now = static_cast<std::int64_t>(hits->size());
      EXPECT_GE(now, before);
      before = now;
      for (const Hit& hit : *hits) EXPECT_TRUE(fs::exists(reader->FolderOf(hit.sha256) / "original.pdf"));
      ++searches;
    }
  };
  std::thread one(read), two(read);
  for (int i = 0; i < kDocuments; ++i) ExpectOk(writer->Commit(Plan(std::to_string(i)), std::to_string(i)));
  done = true;
  one.join();
  two.join();
  EXPECT_GT(searches, 1);
  EXPECT_EQ(writer->Counts()->documents, kDocuments);
}

TEST(Store, NoStoreIsAnErrorForReaders) {
  const Scratch scratch;
  const auto opened = OpenStore(scratch / "nirgends", Access::kRead);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::kUnreadable);
  EXPECT_FALSE(opened.error().advice.vi.empty());
  EXPECT_FALSE(fs::exists(scratch / "nirgends"));
}

TEST(Store, CorruptIndexIsNamedAndLeftAlone) {
  const Scratch scratch;
  { ExpectOk(scratch.Open()->Commit(Plan("bytes"), "a.pdf")); }
  const fs::path index = scratch.store() / "index.sqlite";
  std::string bytes = ReadFile(index, 100'000'000).value();
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
  ExpectOk(WriteFileAtomically(index, bytes));
  for (const Access access : {Access::kRead, Access::kWrite}) {
    const auto opened = OpenStore(scratch.store(), access);
    const Error error = opened ? (*opened)->Search("thu tuc", 5).error() : opened.error();
    EXPECT_EQ(error.code, ErrorCode::kDamaged) << Describe(error, Language::kEnglish);
    EXPECT_THAT(error.file, testing::HasSubstr("index.sqlite"));
  }
  ExpectOk(WriteFileAtomically(index, "this is no database at all, but long enough to be looked at as one"));
  EXPECT_EQ(OpenStore(scratch.store(), Access::kWrite).error().code, ErrorCode::kDamaged);
  EXPECT_EQ(OpenStore(scratch.store(), Access::kRead).error().code, ErrorCode::kDamaged);
}

TEST(Store, ForeignAndNewerDatabasesAreRefused) {
  const Scratch scratch;
  { scratch.Open(); }
  const auto set = [&](const std::string& sql) {
    const auto database = Database::Open(scratch.store() / "index.sqlite", Database::Mode::kWrite);
    ExpectOk((*database)->Script(sql));
  };
  set("PRAGMA user_version = 999");
  for (const Access access : {Access::kRead, Access::kWrite})
    EXPECT_EQ(OpenStore(scratch.store(), access).error().code, ErrorCode::kNotAccepted);
  set("PRAGMA user_version = 1; PRAGMA application_id = 7");
  for (const Access access : {Access::kRead, Access::kWrite})
    EXPECT_EQ(OpenStore(scratch.store(), access).error().code, ErrorCode::kNotAccepted);
}

TEST(Store, ReadOnlyFolderCanBeSearchedNotWritten) {
  if (::geteuid() == 0) {
    // Rights do not bind root: a child without them tries.
    const Scratch scratch;
    { ExpectOk(scratch.Open()->Commit(Plan("bytes"), "a.pdf")); }
    fs::permissions(scratch / "", fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    for (const auto& entry : fs::recursive_directory_iterator(scratch.store()))
      fs::permissions(entry.path(), fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
    fs::permissions(scratch.store(), fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
    const pid_t child = ::fork();
    if (child == 0) {
      if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(9);
      const auto reader = OpenStore(scratch.store(), Access::kRead);
      if (!reader) ::_exit(1);
      const auto hits = (*reader)->Search("thu tuc", 5);
      if (!hits || hits->size() != 1) ::_exit(2);
      const auto writer = OpenStore(scratch.store(), Access::kWrite);
      ::_exit(!writer && writer.error().code == ErrorCode::kWrite ? 0 : 3);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
  } else {
    const Scratch scratch;
    { ExpectOk(scratch.Open()->Commit(Plan("bytes"), "a.pdf")); }
    fs::permissions(scratch.store() / "index.sqlite", fs::perms::owner_read);
    fs::permissions(scratch.store(), fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(scratch.Open(Access::kRead)->Search("thu tuc", 5)->size(), 1u);
    EXPECT_EQ(OpenStore(scratch.store(), Access::kWrite).error().code, ErrorCode::kWrite);
    fs::permissions(scratch.store(), fs::perms::owner_all);
  }
}

// A file-size limit fails writes as a full disk does: first in the files, then (small files, grown index) in
// SQLite.
TEST(Store, FullDiskLeavesNothingHalfWritten) {
  const Scratch scratch;
  { ExpectOk(scratch.Open()->Commit(Plan("first"), "a.pdf")); }
  const auto index_bytes = fs::file_size(scratch.store() / "index.sqlite");
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    auto store = OpenStore(scratch.store(), Access::kWrite);
    if (!store) ::_exit(1);
    const rlimit limit{index_bytes, index_bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    DocumentEntry big_file = Plan("second");
    big_file.files.push_back({"document.pdf", std::string(index_bytes + 4096, 'x')});
    const Status refused = (*store)->Commit(big_file, "b.pdf");
    if (refused || refused.error().code != ErrorCode::kWrite) ::_exit(2);
    DocumentEntry big_text = Plan("third");
    for (int i = 0; i < 200'000; ++i) big_text.reading_text += " chữ" + std::to_string(i);
    const Status no_row = (*store)->Commit(big_text, "c.pdf");
    if (no_row || no_row.error().code != ErrorCode::kWrite) ::_exit(3);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);

  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
  int folders = 0;
  for (const auto& entry : fs::recursive_directory_iterator(scratch.store() / "documents"))
    folders += entry.path().filename().string().size() == 64 ? 1 : 0;
  EXPECT_EQ(folders, 1);
  const auto store = scratch.Open();
  EXPECT_EQ(store->Counts()->documents, 1);
  EXPECT_EQ(Ask(scratch.store(), "SELECT count(*) FROM texts"), 1);
  ExpectOk(store->Commit(Plan("second"), "b.pdf"));
}

}  // namespace
}  // namespace vanthu::archive
