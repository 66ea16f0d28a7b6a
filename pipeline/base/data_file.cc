#include "pipeline/base/data_file.h"

#include <nlohmann/json.hpp>
#include <set>

#include "pipeline/base/file.h"

namespace vanthu {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMaxBytes = 8u << 20;  // a guess far above any rule file

const Json* NodeOf(const void* node) {
  return static_cast<const Json*>(node);
}

std::string Join(const std::string& path, std::string_view key) {
  return path + "/" + std::string(key);
}

}  // namespace

struct DataFileBody {
  std::string name;
  std::string sha256;
  Json json;
  std::set<const void*> read;  // nodes that some reader asked for
  std::optional<Error> fault;

  void Fault(const std::string& path, const char* vi, const char* en) {
    if (fault) return;
    Error error;
    error.code = ErrorCode::kMissingResource;
    error.file = name;
    error.message = {"tệp dữ liệu sai ở khóa " + path + ": " + vi,
                     "the data file is wrong at key " + path + ": " + en};
    error.advice = {"Cài đặt lại chương trình hoặc sửa tệp này.",
                    "Install the program again, or mend the file."};
    fault = std::move(error);
  }
};

DataFile::DataFile(std::unique_ptr<DataFileBody> body) : body_(std::move(body)) {}
DataFile::DataFile(DataFile&&) noexcept = default;
DataFile& DataFile::operator=(DataFile&&) noexcept = default;
DataFile::~DataFile() = default;

const std::string& DataFile::sha256() const {
  return body_->sha256;
}

DataReader DataFile::root() {
  return DataReader(body_.get(), &body_->json, "");
}

namespace {

// The path of the first key below `node` that is not in `read`, or empty.
std::string FirstUnread(const Json& node, const std::set<const void*>& read, const std::string& path) {
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      if (key == "$comment") continue;  // prose for people
      if (read.count(&value) == 0) return Join(path, key);
      if (std::string found = FirstUnread(value, read, Join(path, key)); !found.empty()) return found;
    }
  } else if (node.is_array()) {
    for (std::size_t i = 0; i < node.size(); ++i)
      if (std::string found = FirstUnread(node[i], read, Join(path, std::to_string(i))); !found.empty())
        return found;
  }
  return {};
}

}  // namespace

Status DataFile::Check() const {
  if (body_->fault) return Fail(*body_->fault);
  const std::string unread = FirstUnread(body_->json, body_->read, "");
  if (unread.empty()) return {};
  Error error;
  error.code = ErrorCode::kMissingResource;
  error.file = body_->name;
  error.message = {"tệp dữ liệu có khóa không ai hiểu: " + unread,
                   "the data file has an unknown key: " + unread};
  error.advice = {"Xóa hoặc sửa tên khóa này.", "Remove the key or mend its name."};
  return Fail(std::move(error));
}

const void* DataReader::Find(std::string_view key, bool required) {
  const Json* node = NodeOf(node_);
  if (node == nullptr) return nullptr;
  const auto found = node->find(key);
  if (found == node->end()) {
    if (required) file_->Fault(Join(path_, key), "thiếu", "missing");
    return nullptr;
  }
  file_->read.insert(&*found);
  return &*found;
}

std::string DataReader::Text(std::string_view key) {
  const Json* node = NodeOf(Find(key, true));
  if (node == nullptr) return {};
  if (!node->is_string() || node->get_ref<const std::string&>().empty()) {
    file_->Fault(Join(path_, key), "phải là chuỗi không rỗng", "must be a text that is not empty");
    return {};
  }
  return node->get<std::string>();
}

std::string DataReader::OptionalText(std::string_view key) {
  const Json* node = NodeOf(node_);
  if (node == nullptr || !node->contains(key)) return {};
  return Text(key);
}

double DataReader::Number(std::string_view key, double least, double most) {
  const Json* node = NodeOf(Find(key, true));
  if (node == nullptr) return least;
  const double value = node->is_number() ? node->get<double>() : least - 1;
  if (!(value >= least && value <= most)) {
    file_->Fault(Join(path_, key), "phải là số trong khoảng cho phép", "must be a number within its range");
    return least;
  }
  return value;
}

bool DataReader::Flag(std::string_view key) {
  const Json* node = NodeOf(Find(key, false));
  if (node == nullptr) return false;
  if (!node->is_boolean()) file_->Fault(Join(path_, key), "phải là true hoặc false", "must be true or false");
  return node->is_boolean() && node->get<bool>();
}

std::vector<std::string> DataReader::Texts(std::string_view key) {
  const Json* node = NodeOf(Find(key, true));
  std::vector<std::string> out;
  if (node == nullptr) return out;
  bool good = node->is_array();
  if (good)
    for (const Json& item : *node) {
      file_->read.insert(&item);
      good = good && item.is_string() && !item.get_ref<const std::string&>().empty();
      if (good) out.push_back(item.get<std::string>());
    }
  if (!good) file_->Fault(Join(path_, key), "phải là danh sách chuỗi", "must be a list of texts");
  return out;
}

std::vector<std::string> DataReader::OptionalTexts(std::string_view key) {
  const Json* node = NodeOf(node_);
  if (node == nullptr || !node->contains(key)) return {};
  return Texts(key);
}

DataReader DataReader::Item(std::string_view key) {
  const Json* node = NodeOf(Find(key, true));
  if (node != nullptr && !node->is_object()) {
    file_->Fault(Join(path_, key), "phải là đối tượng", "must be an object");
    node = nullptr;
  }
  return DataReader(file_, node, Join(path_, key));
}

std::vector<DataReader> DataReader::Items(std::string_view key) {
  const Json* node = NodeOf(Find(key, true));
  std::vector<DataReader> out;
  if (node == nullptr) return out;
  if (!node->is_array()) {
    file_->Fault(Join(path_, key), "phải là danh sách đối tượng", "must be a list of objects");
    return out;
  }
  for (std::size_t i = 0; i < node->size(); ++i) {
    const std::string path = Join(Join(path_, key), std::to_string(i));
    if (!(*node)[i].is_object()) {
      file_->Fault(path, "phải là đối tượng", "must be an object");
      return out;
    }
    out.push_back(DataReader(file_, &(*node)[i], path));
  }
  return out;
}

std::vector<std::string> DataReader::Keys() const {
  std::vector<std::string> out;
  const Json* node = NodeOf(node_);
  if (node == nullptr) return out;
  for (const auto& item : node->items())
    if (item.key() != "$comment") out.push_back(item.key());
  return out;
}

Result<DataFile> ParseDataFile(std::string_view json, const std::string& name) {
  auto body = std::make_unique<DataFileBody>();
  body->name = name;
  body->sha256 = Sha256Hex(json);
  body->json = Json::parse(json.begin(), json.end(), nullptr, false);
  if (!body->json.is_object()) {
    Error error;
    error.code = ErrorCode::kMissingResource;
    error.file = name;
    error.message = {"tệp dữ liệu không phải JSON đúng", "the data file is not well-formed JSON"};
    error.advice = {"Cài đặt lại chương trình hoặc sửa tệp này.",
                    "Install the program again, or mend the file."};
    return Fail(std::move(error));
  }
  return DataFile(std::move(body));
}

Result<DataFile> ReadDataFile(const std::filesystem::path& path) {
  Result<std::string> bytes = ReadFile(path, kMaxBytes);
  if (!bytes) {
    Error error = bytes.error();
    error.code = ErrorCode::kMissingResource;
    return Fail(std::move(error));
  }
  return ParseDataFile(*bytes, path.string());
}

}  // namespace vanthu
