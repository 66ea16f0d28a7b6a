// An incremental update as the place where an appearance's objects go.
#pragma once

#include "pipeline/type/pdf_objects.h"
#include "signing/pdf/update.h"

namespace vanthu::signing {

// Streams are deflated; strings and streams are encrypted where the file is. Both must outlive it.
class UpdateObjects final : public type::PdfObjects {
 public:
  UpdateObjects(const pdf::File& file, pdf::Update& update) : file_(file), update_(update) {}

  int Reserve() override { return update_.Reserve().number; }
  void Write(int object, std::string_view body) override;
  void WriteStream(int object, std::string_view entries, std::string_view data, bool plain) override;

 private:
  std::string Encrypted(std::string_view body, pdf::Ref ref) const;

  const pdf::File& file_;
  pdf::Update& update_;
};

}  // namespace vanthu::signing
