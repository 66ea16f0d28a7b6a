#include "ocr/textlayer/archival_check.h"

#include <podofo/podofo.h>

#include <array>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

namespace vanthu::ocr {
namespace {

using PoDoFo::PdfName;
using PoDoFo::PdfObject;

// Decoded content streams of one file; an office document has 20 KB a page. A guess against bombs.
constexpr std::size_t kMostContentBytes = 128u << 20;
constexpr std::size_t kMostObjects = 2'000'000;
constexpr int kDeepestGraphicsState = 28;  // ISO 19005-2, 6.1.13

// Keys that are a reason wherever they stand, with the clause of ISO 19005-2.
struct Forbidden {
  std::string_view key;
  std::string_view reason;
};
constexpr std::array<Forbidden, 16> kForbiddenKeys = {{
    {"JS", "a script (6.5.1)"},
    {"JavaScript", "a script (6.5.1)"},
    {"AA", "an action on an event (6.5.2)"},
    {"XFA", "an XFA form (6.4.2)"},
    {"EF", "an attachment (6.8)"},
    {"EmbeddedFiles", "an attachment (6.8)"},
    {"ByteRange", "a signature, which rewriting would break"},
    {"Perms", "permissions of a signature (6.1.12)"},
    {"Encrypt", "encryption (6.1.3)"},
    {"OCProperties", "optional content (6.9)"},
    {"AlternatePresentations", "alternate presentations (6.10)"},
    {"PresSteps", "presentation steps (6.10)"},
    {"Alternates", "an alternate image (6.2.8)"},
    {"OPI", "an OPI proxy (6.2.8)"},
    {"TR", "a transfer function (6.2.5)"},
    {"Requirements", "document requirements (6.11)"},
}};

// Actions that PDF/A forbids (6.5.1).
const std::set<std::string>& ForbiddenActions() {
  static const std::set<std::string> actions = {"Launch",     "Sound",      "Movie",       "ResetForm",
                                                "ImportData", "Hide",       "SetOCGState", "Rendition",
                                                "Trans",      "GoTo3DView", "JavaScript"};
  return actions;
}

// Collects decoded bytes under a bound that all streams of the file share.
class BoundedBytes : public PoDoFo::PdfOutputStream {
 public:
  explicit BoundedBytes(std::size_t& left) : left_(left) {}
  std::string bytes;

  PoDoFo::pdf_long Write(const char* data, PoDoFo::pdf_long size) override {
    if (static_cast<std::size_t>(size) > left_)
      throw std::length_error("content streams expand beyond 128 MB");
    left_ -= static_cast<std::size_t>(size);
    bytes.append(data, static_cast<std::size_t>(size));
    return size;
  }
  void Close() override {}

 private:
  std::size_t& left_;
};

class Checker {
 public:
  explicit Checker(PoDoFo::PdfVecObjects& objects) : objects_(objects) {}

  ArchivalCheck Run(PdfObject& root) {
    pending_.push_back(&root);
    while (!pending_.empty()) {
      PdfObject* object = pending_.back();
      pending_.pop_back();
      Visit(*object);
    }
    return std::move(check_);
  }

 private:
  void Refuse(std::string reason) { check_.reasons.insert(std::move(reason)); }

  // The object a value stands for, references followed; null where it points nowhere.
  PdfObject* Resolve(PdfObject* value) const {
    for (int hops = 0; value != nullptr && value->IsReference(); ++hops) {
      if (hops > 16) return nullptr;
      value = objects_.GetObject(value->GetReference());
    }
    return value;
  }
  PdfObject* Get(const PdfObject& object, const char* key) const {
    return object.IsDictionary() && object.GetDictionary().HasKey(key)
               ? Resolve(const_cast<PdfObject*>(object.GetDictionary().GetKey(key)))
               : nullptr;
  }
  std::string NameOf(const PdfObject& object, const char* key) const {
    const PdfObject* value = Get(object, key);
    return value != nullptr && value->IsName() ? value->GetName().GetName() : std::string();
  }

  void Visit(PdfObject& value) {
    PdfObject* object = &value;
    if (value.IsReference()) {
      if (!check_.reached.insert(value.GetReference()).second) return;
      object = objects_.GetObject(value.GetReference());
      if (object == nullptr) return;
      if (object->IsReference()) {
        pending_.push_back(object);
        return;
      }
    }
    if (++visited_ > kMostObjects) throw std::length_error("too many objects");
    if (object->IsArray()) {
      for (PdfObject& item : object->GetArray()) pending_.push_back(&item);
    } else if (object->IsDictionary()) {
      check_.dictionaries.push_back(object);
      CheckDictionary(*object);
      for (const auto& [key, child] : object->GetDictionary().GetKeys()) pending_.push_back(child);
    } else if (object->IsName()) {
      if (object->GetName().GetName() == "DeviceCMYK")
        Refuse("CMYK colour without a CMYK output intent (6.2.4.3)");
    }
  }

  void CheckDictionary(const PdfObject& object) {
    for (const Forbidden& entry : kForbiddenKeys)
      if (object.GetDictionary().HasKey(PdfName(std::string(entry.key)))) Refuse(std::string(entry.reason));
    if (ForbiddenActions().count(NameOf(object, "S")) > 0)
      Refuse("the action " + NameOf(object, "S") + " (6.5.1)");
    if (const PdfObject* appearances = Get(object, "NeedAppearances");
        appearances != nullptr && appearances->IsBool() && appearances->GetBool())
      Refuse("form fields without appearances (6.4.1)");
    if (NameOf(object, "FT") == "Sig" && Get(object, "V") != nullptr)
      Refuse("a signature, which rewriting would break");
    const std::string type = NameOf(object, "Type");
    if (type == "Font") CheckFont(object);
    if (type == "Page") CheckPage(object);
    if (type == "Annot" || (Get(object, "Rect") != nullptr && !NameOf(object, "Subtype").empty()))
      CheckAnnotation(object);
    if (object.HasStream()) CheckStream(object);
  }

  void CheckFont(const PdfObject& font) {
    const std::string kind = NameOf(font, "Subtype");
    const std::string name = NameOf(font, "BaseFont");
    if (kind == "Type3") {
      if (const PdfObject* shapes = Get(font, "CharProcs"); shapes != nullptr && shapes->IsDictionary())
        for (const auto& [key, shape] : shapes->GetDictionary().GetKeys()) CheckContents(Resolve(shape));
      return;
    }
    if (kind == "Type0") {
      const std::string encoding = NameOf(font, "Encoding");
      if (encoding != "Identity-H" && encoding != "Identity-V")
        Refuse("the encoding of the font " + name + " (6.2.11.3)");
      return;
    }
    const PdfObject* descriptor = Get(font, "FontDescriptor");
    const bool embedded = descriptor != nullptr && (Get(*descriptor, "FontFile") != nullptr ||
                                                    Get(*descriptor, "FontFile2") != nullptr ||
                                                    Get(*descriptor, "FontFile3") != nullptr);
    if (!embedded) {
      Refuse("the font " + name + " is not embedded (6.2.11.4)");
      return;
    }
    if (kind == "TrueType") CheckTrueTypeEncoding(font, *descriptor, name);
  }

  // 6.2.11.6: a symbolic font has no /Encoding, any other MacRoman or WinAnsi.
  void CheckTrueTypeEncoding(const PdfObject& font, const PdfObject& descriptor, const std::string& name) {
    const PdfObject* flags = Get(descriptor, "Flags");
    const bool symbolic = flags != nullptr && flags->IsNumber() && (flags->GetNumber() & 4) != 0;
    const PdfObject* encoding = Get(font, "Encoding");
    if (symbolic) {
      if (encoding != nullptr) Refuse("the symbolic font " + name + " has an encoding (6.2.11.6)");
      return;
    }
    std::string base = NameOf(font, "Encoding");
    if (encoding != nullptr && encoding->IsDictionary()) {
      base = NameOf(*encoding, "BaseEncoding");
      if (Get(*encoding, "Differences") != nullptr)
        Refuse("the font " + name + " has its own encoding (6.2.11.6)");
    }
    if (base != "WinAnsiEncoding" && base != "MacRomanEncoding")
      Refuse("the font " + name + " has no encoding (6.2.11.6)");
  }

  void CheckPage(const PdfObject& page) {
    PdfObject* contents = Get(page, "Contents");
    if (contents == nullptr) return;
    if (!contents->IsArray()) {
      CheckContents(contents);
      return;
    }
    // The parts are one stream: an operator's operands may stand in the part before.
    std::string whole;
    for (PdfObject& part : contents->GetArray()) whole += Decoded(Resolve(&part)) + "\n";
    ReadOperators(whole);
  }

  void CheckAnnotation(const PdfObject& annotation) {
    static const std::set<std::string> refused = {"3D",    "Sound",          "Screen",
                                                  "Movie", "FileAttachment", "RichMedia"};
    const std::string kind = NameOf(annotation, "Subtype");
    if (refused.count(kind) > 0) Refuse("an annotation of the kind " + kind + " (6.3.1)");
    if (kind == "Link" || kind == "Popup") return;  // their flags are put in order; they need no appearance
    constexpr PoDoFo::pdf_int64 kUnseen = 1 | 2 | 32 | 256;  // Invisible, Hidden, NoView, ToggleNoView
    if (const PdfObject* flags = Get(annotation, "F");
        flags != nullptr && flags->IsNumber() && (flags->GetNumber() & kUnseen) != 0)
      Refuse("a hidden annotation (6.3.2)");
    const PdfObject* appearance = Get(annotation, "AP");
    if (appearance == nullptr || Get(*appearance, "N") == nullptr)
      Refuse("an annotation without an appearance (6.3.3)");
  }

  void CheckStream(const PdfObject& stream) {
    if (stream.GetDictionary().HasKey("F")) Refuse("a stream outside the file (6.1.7.1)");
    CheckFilters(stream);
    const std::string kind = NameOf(stream, "Subtype");
    if (kind == "PS" || NameOf(stream, "Subtype2") == "PS") Refuse("PostScript (6.2.9)");
    if (kind == "Form") {
      if (stream.GetDictionary().HasKey("Ref")) Refuse("a reference to another file (6.2.9)");
      CheckContents(const_cast<PdfObject*>(&stream));
    }
    if (const PdfObject* pattern = Get(stream, "PatternType");
        pattern != nullptr && pattern->IsNumber() && pattern->GetNumber() == 1)
      CheckContents(const_cast<PdfObject*>(&stream));
  }

  void CheckFilters(const PdfObject& stream) {
    static const std::set<std::string> allowed = {"ASCIIHexDecode",  "ASCII85Decode",  "FlateDecode",
                                                  "RunLengthDecode", "CCITTFaxDecode", "JBIG2Decode",
                                                  "DCTDecode"};
    std::vector<std::string> filters = {NameOf(stream, "Filter")};
    if (PdfObject* several = Get(stream, "Filter"); several != nullptr && several->IsArray())
      for (PdfObject& one : several->GetArray())
        if (const PdfObject* name = Resolve(&one); name != nullptr && name->IsName())
          filters.push_back(name->GetName().GetName());
    for (const std::string& filter : filters)
      if (!filter.empty() && allowed.count(filter) == 0) Refuse("the filter " + filter + " (6.1.7.2)");
  }

  std::string Decoded(const PdfObject* stream) {
    if (stream == nullptr || !stream->HasStream()) return {};
    BoundedBytes out(left_);
    stream->GetStream()->GetFilteredCopy(&out);
    return std::move(out.bytes);
  }

  void CheckContents(const PdfObject* stream) {
    if (stream == nullptr || !stream->HasStream() || !checked_.insert(stream).second) return;
    ReadOperators(Decoded(stream));
  }

  void ReadOperators(const std::string& contents) {
    // ISO 32000-1, annex A. Anything else is forbidden even between BX and EX (6.2.2).
    static const std::set<std::string_view> operators = {
        "b",  "B",  "b*", "B*",  "BDC", "BI", "BMC", "BT", "BX", "c",  "cm", "CS", "cs", "d",  "d0",
        "d1", "Do", "DP", "EI",  "EMC", "ET", "EX",  "f",  "F",  "f*", "G",  "g",  "gs", "h",  "i",
        "ID", "j",  "J",  "l",   "m",   "M",  "MP",  "n",  "q",  "Q",  "re", "RG", "rg", "ri", "s",
        "S",  "SC", "sc", "SCN", "scn", "sh", "T*",  "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm",
        "Tr", "Ts", "Tw", "Tz",  "v",   "w",  "W",   "W*", "y",  "'",  "\""};
    PoDoFo::PdfContentsTokenizer tokens(contents.data(), static_cast<long>(contents.size()));
    PoDoFo::EPdfContentsType kind = PoDoFo::ePdfContentsType_Keyword;
    const char* keyword = nullptr;
    PoDoFo::PdfVariant operand;
    int depth = 0;
    while (tokens.ReadNext(kind, keyword, operand)) {
      if (kind == PoDoFo::ePdfContentsType_ImageData)
        Refuse("an inline image (its filter and colour are not looked at)");
      if (kind == PoDoFo::ePdfContentsType_Variant) {
        if (operand.IsName() && operand.GetName().GetName() == "DeviceCMYK")
          Refuse("CMYK colour without a CMYK output intent (6.2.4.3)");
        continue;
      }
      if (kind != PoDoFo::ePdfContentsType_Keyword || keyword == nullptr) continue;
      const std::string_view op(keyword);
      if (op == "k" || op == "K") {
        Refuse("CMYK colour without a CMYK output intent (6.2.4.3)");
      } else if (operators.count(op) == 0) {
        Refuse("an unknown operator in a content stream (6.2.2)");
      }
      depth += op == "q" ? 1 : op == "Q" ? -1 : 0;
      if (depth > kDeepestGraphicsState) Refuse("graphics states nested too deeply (6.1.13)");
    }
  }

  PoDoFo::PdfVecObjects& objects_;
  ArchivalCheck check_;
  std::vector<PdfObject*> pending_;
  std::set<const PdfObject*> checked_;
  std::size_t visited_ = 0;
  std::size_t left_ = kMostContentBytes;
};

}  // namespace

ArchivalCheck CheckReachable(PoDoFo::PdfVecObjects& objects, PdfObject& root) {
  return Checker(objects).Run(root);
}

}  // namespace vanthu::ocr
