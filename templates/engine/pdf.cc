// Input: a Document and fonts. Output: a PDF/A-2a or -3a file, PDF/UA-1. Method: pages are written as the
// layout hands them over, then fonts, structure and metadata, whose objects were reserved before. Accuracy:
// the same bytes for the same input; nothing is asked of the clock. Source: ISO 32000-1, ISO 19005-2 and -3,
// ISO 14289-1; the attachment as Factur-X 1.0 does it.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "pipeline/base/checksum.h"
#include "pipeline/base/srgb_profile.h"
#include "pipeline/type/pdf_font.h"
#include "pipeline/type/pdf_text.h"
#include "templates/engine/check.h"
#include "templates/engine/engine.h"
#include "templates/engine/metadata.h"
#include "templates/engine/page.h"
#include "templates/engine/pdf_content.h"
#include "templates/engine/pdf_file.h"
#include "templates/engine/pdf_structure.h"

namespace vanthu::templates {
namespace {

constexpr std::size_t kMostBytes =
    500'000'000;  // of a file: over it something is wrong, or meant to exhaust us

class PdfSetter {
 public:
  PdfSetter(const Document& document, const Fonts& fonts, const EngineOptions& options)
      : document_(document),
        options_(options),
        shaper_(*fonts.faces),
        file_(options.compress, options.pdfa_1b) {}

  Result<std::string> Set() {
    root_ = file_.Reserve();
    page_tree_ = file_.Reserve();
    resources_ = file_.Reserve();
    const Status laid = LayOut(document_, options_.most_pages, shaper_, tree_,
                               [this](const Page& page) { return AddPage(page); });
    if (!laid) return Fail(laid.error());
    if (Status written = WriteResources(); !written) return Fail(written.error());
    WritePageTree();
    if (Status written = WriteCatalog(); !written) return Fail(written.error());
    const int info = file_.Add(InfoDictionary(document_));
    return std::move(file_).Finish(root_, info);
  }

 private:
  Status AddPage(const Page& page) {
    const auto number = static_cast<std::uint32_t>(pages_.size());
    std::uint32_t mcid = 0;
    const Result<std::string> content = PageContent(page, shaper_, [&](std::uint32_t element) {
      marks_.push_back({element, number, mcid});
      return static_cast<int>(mcid++);
    });
    if (!content) return Fail(content.error());
    const int stream = file_.AddStream("", *content);
    pages_.push_back(file_.Add(
        fmt::format("<</Type/Page/Parent {} 0 R/MediaBox[0 0 {} {}]/Resources {} 0 R/Contents {} 0 "
                    "R/StructParents {}/Tabs/S>>",
                    page_tree_, Number(page.width_pt), Number(page.height_pt), resources_, stream, number)));
    for (const PlaceItem& place : page.places) AddDestination(place, page.height_pt);
    if (file_.Size() > kMostBytes)
      return Fail(Refusal(ErrorCode::kLimit, {"văn bản quá lớn", "the document is too large"}));
    return {};
  }

  // A second place of the same name is "NAME-2", and so on.
  void AddDestination(const PlaceItem& place, double page_height) {
    std::string name = "place:" + place.name;
    for (int i = 2; destinations_.contains(name); ++i) name = fmt::format("place:{}-{}", place.name, i);
    destinations_[name] = fmt::format("[{} 0 R/FitR {} {} {} {}]", pages_.back(), Number(place.x0_pt),
                                      Number(page_height - place.y1_pt), Number(place.x1_pt),
                                      Number(page_height - place.y0_pt));
  }

  Status WriteResources() {
    std::string fonts;
    for (int i = 0; i < type::kFaces; ++i) {
      const auto face = static_cast<Face>(i);
      if (shaper_.Codes(face).empty()) continue;
      const Result<int> font = type::WriteFont(face, shaper_, options_.pdfa_1b, file_);
      if (!font) return Fail(font.error());
      fonts += type::FontName(face) + ' ' + Reference(*font);
    }
    file_.Write(resources_, "<</Font<<" + fonts + ">>>>");
    return {};
  }

  void WritePageTree() {
    std::string kids;
    for (const int page : pages_) kids += Reference(page) + ' ';
    file_.Write(page_tree_, fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", pages_.size(), kids));
  }

  Result<int> WriteOutputIntent() {
    const std::string profile = SrgbProfile();
    if (profile.empty())
      return Fail(Refusal(ErrorCode::kInternal,
                          {"không tạo được hồ sơ màu", "no colour profile could be made"}, "lcms2"));
    const int stream = file_.AddStream("/N 3", profile);
    return file_.Add(
        fmt::format("<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                    "/Info(sRGB IEC61966-2.1)/DestOutputProfile {} 0 R>>",
                    stream));
  }

  // The file specification's object.
  int WriteAttachment(const Attachment& attachment) {
    const std::optional<Dates> dates = DatesOf(document_.date);
    const std::string modified = dates ? "/ModDate(" + dates->pdf + ")" : "";
    std::string checksum;  // ISO 32000-1, 7.11.4, table 46
    for (const unsigned char byte : Md5(attachment.bytes))
      fmt::format_to(std::back_inserter(checksum), "{:02X}", byte);
    const int stream = file_.AddStream(
        fmt::format("/Type/EmbeddedFile/Subtype{}/Params<</Size {}{}/CheckSum<{}>>>",
                    type::NameOf(attachment.mime_type), attachment.bytes.size(), modified, checksum),
        attachment.bytes);
    const std::string name = TextString(attachment.name);
    return file_.Add(
        fmt::format("<</Type/Filespec/F{0}/UF{0}/Desc{1}/AFRelationship/Source/EF<</F {2} 0 R/UF {2} 0 R>>>>",
                    name, TextString(attachment.description), stream));
  }

  std::string Names(int attachment) const {
    std::string out;
    if (attachment != 0)
      out += fmt::format("/EmbeddedFiles<</Names[{}{} 0 R]>>", TextString(document_.attachment->name),
                         attachment);
    if (!destinations_.empty()) {
      // A name tree is sorted by bytes: ISO 32000-1, 7.9.6. The names are byte strings, as std::map orders
      // them.
      out += "/Dests<</Names[";
      for (const auto& [name, destination] : destinations_) {
        out += '<';
        for (const char c : name) out += fmt::format("{:02X}", static_cast<unsigned char>(c));
        out += '>' + destination;
      }
      out += "]>>";
    }
    return out.empty() ? "" : "/Names<<" + out + ">>";
  }

  Status WriteCatalog() {
    const Result<int> intent = WriteOutputIntent();
    if (!intent) return Fail(intent.error());
    const int metadata =
        file_.AddStream("/Type/Metadata/Subtype/XML", XmpPacket(document_, options_.pdfa_1b), true);
    const int structure = WriteStructure(tree_, marks_, pages_, file_);
    const int attachment = document_.attachment ? WriteAttachment(*document_.attachment) : 0;
    file_.Write(root_,
                fmt::format("<</Type/Catalog/Pages {} 0 R/Metadata {} 0 R/OutputIntents[{} 0 R]"
                            "/StructTreeRoot {} 0 R/MarkInfo<</Marked true>>/Lang({})"
                            "/ViewerPreferences<</DisplayDocTitle true>>{}{}>>",
                            page_tree_, metadata, *intent, structure, document_.language, Names(attachment),
                            attachment != 0 ? fmt::format("/AF[{} 0 R]", attachment) : ""));
    return {};
  }

  const Document& document_;
  const EngineOptions& options_;
  Shaper shaper_;
  PdfFile file_;
  StructureTree tree_;
  int root_ = 0, page_tree_ = 0, resources_ = 0;
  std::vector<int> pages_;
  std::vector<Mark> marks_;
  std::map<std::string, std::string> destinations_;
};

}  // namespace

Result<std::string> SetPdf(const Document& document, const Fonts& fonts, const EngineOptions& options) {
  if (Status checked = CheckDocument(document); !checked) return Fail(checked.error());
  if (options.pdfa_1b && document.attachment)
    return Fail(Refusal(ErrorCode::kNotAccepted,
                        {"PDF/A-1b không chứa được tệp đính kèm", "PDF/A-1b holds no attachment"}));
  return PdfSetter(document, fonts, options).Set();
}

}  // namespace vanthu::templates
