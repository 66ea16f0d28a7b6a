#include "samples.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "parts.h"
#include "pipeline/record/json.h"
#include "pipeline/record/xml.h"
#include "templates/engine/engine.h"
#include "templates/forms/build.h"
#include "templates/forms/catalogue.h"

namespace vanthu::templates {
namespace {

template <typename T>
T Taken(Result<T> result) {
  if (!result) throw std::runtime_error(Describe(result.error(), Language::kEnglish));
  return std::move(*result);
}

const Fonts& DefaultFonts() {
  static const Fonts fonts = Taken(OpenFonts({}));
  return fonts;
}

}  // namespace

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> samples = {
      {"ke-hoach", "ke-hoach"},           {"bao-cao", "bao-cao"},       {"bao-cao-tthc", "bao-cao-tthc"},
      {"quyet-dinh", "quyet-dinh"},       {"cong-van", "cong-van"},     {"cong-van-mot-noi", "cong-van"},
      {"to-trinh", "to-trinh"},           {"thong-bao", "thong-bao"},   {"phu-luc", "phu-luc"},
      {"muc-luc-ho-so", "muc-luc-ho-so"}, {"bang-766", "bang-766"},     {"thanh-xa-2023", "ke-hoach"},
      {"an-thanh-2026", "ke-hoach"},      {"kien-an-2023", "ke-hoach"}, {"thanh-mien-2024", "ke-hoach"},
      {"hung-thinh-2025", "phu-luc"}};
  return samples;
}

const Sample& SampleOf(const std::string& name) {
  const auto found =
      std::find_if(Samples().begin(), Samples().end(), [&](const Sample& s) { return s.name == name; });
  if (found == Samples().end()) throw std::runtime_error("no sample " + name);
  return *found;
}

std::string RecordText(const Sample& sample) {
  const bool plan = sample.name.find("-20") != std::string::npos;
  const std::string folder = plan ? "/samples/" : "/tests/templates/forms/data/";
  std::ifstream in(VANTHU_SOURCE_DIR + folder + sample.name + ".json", std::ios::binary);
  if (!in) throw std::runtime_error("cannot read the record " + sample.name);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Record RecordOf(const Sample& sample) {
  return Taken(record::ParseJson(RecordText(sample)));
}

Document DocumentOf(const Sample& sample, const Record& record) {
  const Form form = Taken(ReadForm(FormsFolder() + "/" + sample.form + ".xml", FormsFolder()));
  return Taken(BuildDocument(form, record, {&Rules()}));
}

Document DocumentOf(const Sample& sample) {
  return DocumentOf(sample, RecordOf(sample));
}

std::string PdfOf(Document document, const Record& record) {
  document.attachment = Attachment{"record.xml", "application/xml", "Bản ghi", record::ToXml(record)};
  return Taken(SetPdf(document, DefaultFonts(), {}));
}

std::string PdfOf(const Document& document, bool pdfa_1b) {
  EngineOptions options;
  options.pdfa_1b = pdfa_1b;
  return Taken(SetPdf(document, DefaultFonts(), options));
}

}  // namespace vanthu::templates
