#include "signing/keys/pkcs11_module.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

#include "pipeline/base/data_file.h"
#include "pipeline/base/file.h"
#include "pipeline/base/log.h"
#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> NotLoaded(const fs::path& path, std::string cause) {
  return Fail({ErrorCode::kMissingResource,
               {"không nạp được mô-đun PKCS#11", "cannot load the PKCS#11 module"},
               {"Cài trình điều khiển của token cho Linux 64 bit và chỉ đúng đường dẫn mô-đun (.so) của nó",
                "Install the token's driver for 64-bit Linux and name the path of its module (.so)"},
               path.string(),
               {},
               std::move(cause)});
}

// Whether the module is ready, and by whom: another part of the program may have done it.
CK_RV Initialise(CK_FUNCTION_LIST* functions) {
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV rv = functions->C_Initialize(&arguments);
  // Old modules know no threads; we call from one.
  if (rv == CKR_CANT_LOCK || rv == CKR_ARGUMENTS_BAD) return functions->C_Initialize(nullptr);
  return rv;
}

// The modules that are in use, so that the first who is done does not end it for the others.
struct Registry {
  std::mutex mutex;
  std::map<fs::path, std::weak_ptr<Pkcs11Module>> modules;
};
Registry& Loaded() {
  static auto* registry = new Registry;  // outlives every static key
  return *registry;
}

struct Listed {
  fs::path path;
  std::string maker;
};

Result<std::vector<Listed>> ReadModuleList() {
  Result<DataFile> file = ReadDataFile(DataFolder() / "signing" / "token_modules.json");
  if (!file) return Fail(file.error());
  std::vector<Listed> modules;
  for (DataReader entry : file->root().Items("modules"))
    modules.push_back({entry.Text("path"), entry.Text("maker")});
  if (Status status = file->Check(); !status) return Fail(status.error());
  return modules;
}

Result<std::vector<std::shared_ptr<Pkcs11Module>>> LoadOne(const fs::path& path) {
  Result<std::shared_ptr<Pkcs11Module>> module = Pkcs11Module::Load(path);
  if (!module) return Fail(module.error());
  return std::vector{std::move(*module)};
}

}  // namespace

Pkcs11Module::Pkcs11Module(fs::path path, CK_FUNCTION_LIST* functions, bool initialised)
    : path_(std::move(path)), functions_(functions), initialised_(initialised), process_(::getpid()) {}

Pkcs11Module::~Pkcs11Module() {
  const QuietErrors quiet;
  if (initialised_ && IsOfThisProcess()) functions_->C_Finalize(nullptr);
}

bool Pkcs11Module::IsOfThisProcess() const {
  return process_ == ::getpid();
}

Result<std::shared_ptr<Pkcs11Module>> Pkcs11Module::Load(const fs::path& path) {
  const QuietErrors quiet;  // modules may use OpenSSL too, and leave their errors in its queue
  std::error_code none;
  const fs::path real = fs::weakly_canonical(path, none);
  Registry& registry = Loaded();
  const std::lock_guard lock(registry.mutex);
  if (std::shared_ptr<Pkcs11Module> module = registry.modules[real].lock();
      module && module->IsOfThisProcess())
    return module;

  // As it was named, not as a bare name that the loader would search for elsewhere.
  void* library = ::dlopen(fs::absolute(path, none).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return NotLoaded(path, ::dlerror());
  void* entry = ::dlsym(library, "C_GetFunctionList");
  if (entry == nullptr) return NotLoaded(path, "no C_GetFunctionList");
  CK_FUNCTION_LIST* functions = nullptr;
  CK_RV rv = reinterpret_cast<CK_C_GetFunctionList>(entry)(&functions);
  if (rv != CKR_OK || functions == nullptr)
    return NotLoaded(path, "C_GetFunctionList: " + Pkcs11ErrorName(rv));
  rv = Initialise(functions);
  if (rv != CKR_OK && rv != CKR_CRYPTOKI_ALREADY_INITIALIZED)
    return NotLoaded(path, "C_Initialize: " + Pkcs11ErrorName(rv));
  std::shared_ptr<Pkcs11Module> module(new Pkcs11Module(path, functions, rv == CKR_OK));
  registry.modules[real] = module;
  return module;
}

Result<std::vector<std::shared_ptr<Pkcs11Module>>> LoadModules(const fs::path& wanted,
                                                               std::string_view name) {
  if (!wanted.empty()) return LoadOne(wanted);
  if (const char* path = std::getenv("VANTHU_PKCS11_MODULE"); path != nullptr && *path != '\0')
    return LoadOne(path);

  const Result<std::vector<Listed>> list = ReadModuleList();
  if (!list) return Fail(list.error());
  std::vector<std::shared_ptr<Pkcs11Module>> modules;
  std::optional<Error> failure;
  for (const Listed& listed : *list) {
    std::error_code none;
    if (!fs::exists(listed.path, none)) continue;
    if (!name.empty() && listed.path.filename().string().find(name) == std::string::npos) continue;
    Result<std::shared_ptr<Pkcs11Module>> module = Pkcs11Module::Load(listed.path);
    if (module) {
      modules.push_back(std::move(*module));
    } else if (!failure) {
      failure = module.error();
    }
  }
  if (failure && !modules.empty())
    Log(LogLevel::kWarning,
        {Describe(*failure, Language::kVietnamese), Describe(*failure, Language::kEnglish)});
  if (!modules.empty()) return modules;
  if (failure) return Fail(std::move(*failure));
  return Fail(
      {ErrorCode::kMissingResource,
       {"không tìm thấy mô-đun PKCS#11 nào ở các nơi thường gặp",
        "no PKCS#11 module was found in the usual places"},
       {"Cài trình điều khiển của token, rồi ghi module-path=/đường/dẫn.so vào URI hoặc đặt biến môi trường "
        "VANTHU_PKCS11_MODULE",
        "Install the token's driver, then write module-path=/path.so into the URI or set the environment "
        "variable VANTHU_PKCS11_MODULE"},
       {},
       {},
       {}});
}

std::string Pkcs11ErrorName(CK_RV rv) {
  struct Named {
    CK_RV rv;
    const char* name;
  };
#define VANTHU_NAMED(code) \
  Named {                  \
    code, #code            \
  }
  // Those that a clerk's token may answer with; the rest by number.
  static constexpr Named kNames[] = {
      VANTHU_NAMED(CKR_OK),
      VANTHU_NAMED(CKR_CANCEL),
      VANTHU_NAMED(CKR_HOST_MEMORY),
      VANTHU_NAMED(CKR_SLOT_ID_INVALID),
      VANTHU_NAMED(CKR_GENERAL_ERROR),
      VANTHU_NAMED(CKR_FUNCTION_FAILED),
      VANTHU_NAMED(CKR_ARGUMENTS_BAD),
      VANTHU_NAMED(CKR_ACTION_PROHIBITED),
      VANTHU_NAMED(CKR_DATA_INVALID),
      VANTHU_NAMED(CKR_DATA_LEN_RANGE),
      VANTHU_NAMED(CKR_DEVICE_ERROR),
      VANTHU_NAMED(CKR_DEVICE_MEMORY),
      VANTHU_NAMED(CKR_DEVICE_REMOVED),
      VANTHU_NAMED(CKR_FUNCTION_CANCELED),
      VANTHU_NAMED(CKR_FUNCTION_NOT_SUPPORTED),
      VANTHU_NAMED(CKR_FUNCTION_REJECTED),
      VANTHU_NAMED(CKR_KEY_HANDLE_INVALID),
      VANTHU_NAMED(CKR_KEY_SIZE_RANGE),
      VANTHU_NAMED(CKR_KEY_TYPE_INCONSISTENT),
      VANTHU_NAMED(CKR_KEY_FUNCTION_NOT_PERMITTED),
      VANTHU_NAMED(CKR_MECHANISM_INVALID),
      VANTHU_NAMED(CKR_MECHANISM_PARAM_INVALID),
      VANTHU_NAMED(CKR_OPERATION_ACTIVE),
      VANTHU_NAMED(CKR_OPERATION_NOT_INITIALIZED),
      VANTHU_NAMED(CKR_PIN_INCORRECT),
      VANTHU_NAMED(CKR_PIN_INVALID),
      VANTHU_NAMED(CKR_PIN_LEN_RANGE),
      VANTHU_NAMED(CKR_PIN_EXPIRED),
      VANTHU_NAMED(CKR_PIN_LOCKED),
      VANTHU_NAMED(CKR_SESSION_CLOSED),
      VANTHU_NAMED(CKR_SESSION_COUNT),
      VANTHU_NAMED(CKR_SESSION_HANDLE_INVALID),
      VANTHU_NAMED(CKR_SESSION_READ_WRITE_SO_EXISTS),
      VANTHU_NAMED(CKR_TOKEN_NOT_PRESENT),
      VANTHU_NAMED(CKR_TOKEN_NOT_RECOGNIZED),
      VANTHU_NAMED(CKR_USER_NOT_LOGGED_IN),
      VANTHU_NAMED(CKR_USER_PIN_NOT_INITIALIZED),
      VANTHU_NAMED(CKR_USER_TYPE_INVALID),
      VANTHU_NAMED(CKR_USER_ANOTHER_ALREADY_LOGGED_IN),
      VANTHU_NAMED(CKR_USER_TOO_MANY_TYPES),
      VANTHU_NAMED(CKR_BUFFER_TOO_SMALL),
      VANTHU_NAMED(CKR_CRYPTOKI_NOT_INITIALIZED),
  };
#undef VANTHU_NAMED
  for (const Named& named : kNames)
    if (named.rv == rv) return named.name;
  return fmt::format("CKR 0x{:08x}", rv);
}

}  // namespace vanthu::signing
