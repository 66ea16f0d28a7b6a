// The program's own data files (rules, code lists, labels), JSON, read with a schema's strictness: the code
// that reads a file is its schema. Every key must be there with the right kind unless read as optional, and a
// key that nobody reads is wrong too, so that a misspelt key cannot be ignored in silence.
//
//   DataFile file = ...ReadDataFile(path);
//   DataReader root = file.root();
//   name = root.Text("name");
//   for (DataReader entry : root.Items("types")) ...
//   if (Status status = file.Check(); !status) return Fail(status.error());
//
// The first fault is remembered with the file's name and the key's path; later reads give empty values. One
// thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu {

class DataFile;
struct DataFileBody;

// One object of a data file. Valid as long as its DataFile.
class DataReader {
 public:
  std::string Text(std::string_view key);
  std::string OptionalText(std::string_view key);  // empty if absent
  double Number(std::string_view key, double least, double most);
  bool Flag(std::string_view key);                       // absent = false
  std::vector<std::string> Texts(std::string_view key);  // a list of texts, none empty
  std::vector<std::string> OptionalTexts(std::string_view key);
  DataReader Item(std::string_view key);                // an object
  std::vector<DataReader> Items(std::string_view key);  // a list of objects
  std::vector<std::string> Keys() const;                // of this object, in the file's order

 private:
  friend class DataFile;
  DataReader(DataFileBody* file, const void* node, std::string path)
      : file_(file), node_(node), path_(std::move(path)) {}
  const void* Find(std::string_view key, bool required);

  DataFileBody* file_;
  const void* node_;  // null after a fault
  std::string path_;
};

class DataFile {
 public:
  DataFile(DataFile&&) noexcept;
  DataFile& operator=(DataFile&&) noexcept;
  ~DataFile();

  DataReader root();
  const std::string& sha256() const;  // of the file's bytes, lower-case hex
  // The first fault, or the first key that nobody read: kMissingResource naming the file and the key.
  Status Check() const;

 private:
  friend Result<DataFile> ParseDataFile(std::string_view json, const std::string& name);
  explicit DataFile(std::unique_ptr<DataFileBody> body);

  std::unique_ptr<DataFileBody> body_;
};

Result<DataFile> ParseDataFile(std::string_view json, const std::string& name);
Result<DataFile> ReadDataFile(const std::filesystem::path& path);

}  // namespace vanthu
