// The file that a PDF carries as its own data: both routes, one object, one revision, bounded.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "pipeline/intake/intake.h"
#include "tests/pipeline/intake/pdf_update.h"
#include "tests/pipeline/intake/tiny_pdf.h"

namespace vanthu {
namespace {

using intake::CarriedFile;
using State = CarriedFile::State;
using test::ObjectOf;
using test::TinyPdf;
using test::Updated;

std::optional<CarriedFile> Find(const std::string& pdf, std::uint64_t most_bytes = 1'000'000) {
  intake::Options options;
  options.limits.max_carried_bytes = most_bytes;
  const auto document = intake::ParseDocument(pdf, "x.pdf", options);
  if (!document) {
    ADD_FAILURE() << Describe(document.error(), Language::kEnglish);
    return std::nullopt;
  }
  return (*document)->FindCarried("record.xml");
}

std::string Deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
            bytes.size(), 9);
  out.resize(size);
  return out;
}

std::string Specification(int stream, const std::string& name = "record.xml",
                          const std::string& relationship = "Source") {
  return fmt::format("<</Type/Filespec/F({0})/UF({0})/AFRelationship/{2}/EF<</F {1} 0 R/UF {1} 0 R>>>>", name,
                     stream, relationship);
}

std::string InTree(const std::string& entries) {
  return "/Names<</EmbeddedFiles<</Names[" + entries + "]>>>>";
}

// A page that carries <record/>, as `vanthu render` writes it; the numbers of its stream and specification.
struct Carrier {
  TinyPdf pdf;
  int stream = 0, specification = 0;

  explicit Carrier(const std::string& object = TinyPdf::Stream("/Type/EmbeddedFile", "<record/>")) {
    pdf.AddPage("");
    stream = pdf.AddObject(object);
    specification = pdf.AddObject(Specification(stream));
  }
  std::string Entry() const { return fmt::format("(record.xml) {} 0 R", specification); }
  std::string Associated() const { return fmt::format("/AF[{} 0 R]", specification); }
  std::string Bytes() {
    pdf.AddToCatalog(InTree(Entry()) + Associated());
    return pdf.Bytes();
  }
};

void ExpectState(const std::optional<CarriedFile>& found, State state) {
  ASSERT_TRUE(found);
  EXPECT_EQ(static_cast<int>(found->state), static_cast<int>(state));
  if (state != State::kWhole) {
    EXPECT_EQ(found->bytes, "");
  }
}

TEST(Carried, OneObjectByBothRoutes) {
  const auto found = Find(Carrier().Bytes());
  ExpectState(found, State::kWhole);
  EXPECT_EQ(found->bytes, "<record/>");
}

TEST(Carried, NothingIsNoFault) {
  EXPECT_FALSE(Find(TinyPdf().AddPage("").Bytes()));
  Carrier other;  // another program's data under another name
  const int foreign = other.pdf.AddObject(Specification(other.stream, "factur-x.xml"));
  other.pdf.AddToCatalog(InTree(fmt::format("(factur-x.xml) {} 0 R", foreign)) +
                         fmt::format("/AF[{} 0 R]", foreign));
  EXPECT_FALSE(Find(other.pdf.Bytes()));
  Carrier data;  // or with another relationship
  const int alternative = data.pdf.AddObject(Specification(data.stream, "record.xml", "Data"));
  data.pdf.AddToCatalog(InTree(fmt::format("(record.xml) {} 0 R", alternative)) +
                        fmt::format("/AF[{} 0 R]", alternative));
  EXPECT_FALSE(Find(data.pdf.Bytes()));
}

TEST(Carried, ForeignFilesBesideItAreNoFault) {
  Carrier carrier;
  const int foreign = carrier.pdf.AddObject(Specification(carrier.stream, "bang.xlsx", "Data"));
  carrier.pdf.AddToCatalog(InTree(fmt::format("(bang.xlsx) {} 0 R {}", foreign, carrier.Entry())) +
                           fmt::format("/AF[{} 0 R {} 0 R]", foreign, carrier.specification));
  ExpectState(Find(carrier.pdf.Bytes()), State::kWhole);
}

TEST(Carried, OneRouteAlone) {
  Carrier tree;
  tree.pdf.AddToCatalog(InTree(tree.Entry()));
  ExpectState(Find(tree.pdf.Bytes()), State::kOneRoute);
  Carrier array;
  array.pdf.AddToCatalog(array.Associated());
  ExpectState(Find(array.pdf.Bytes()), State::kOneRoute);
}

TEST(Carried, Several) {
  Carrier twice;
  twice.pdf.AddToCatalog(InTree(twice.Entry() + twice.Entry()) + twice.Associated());
  ExpectState(Find(twice.pdf.Bytes()), State::kSeveral);
  Carrier different;  // each route to a file of its own
  const int stream = different.pdf.AddObject(TinyPdf::Stream("/Type/EmbeddedFile", "<other/>"));
  const int second = different.pdf.AddObject(Specification(stream));
  different.pdf.AddToCatalog(InTree(different.Entry()) + fmt::format("/AF[{} 0 R]", second));
  ExpectState(Find(different.pdf.Bytes()), State::kSeveral);
  Carrier in_place;  // no object of its own: the routes cannot be told to be one
  in_place.pdf.AddToCatalog(InTree("(record.xml)" + Specification(in_place.stream)) + "/AF[" +
                            Specification(in_place.stream) + "]");
  ExpectState(Find(in_place.pdf.Bytes()), State::kSeveral);
}

TEST(Carried, TheTwoEntriesOfItsStreamDiffer) {
  Carrier carrier;
  const int stream = carrier.pdf.AddObject(TinyPdf::Stream("/Type/EmbeddedFile", "<other/>"));
  const int mixed = carrier.pdf.AddObject(
      fmt::format("<</Type/Filespec/F(record.xml)/AFRelationship/Source/EF<</F {} 0 R/UF {} 0 R>>>>",
                  carrier.stream, stream));
  carrier.pdf.AddToCatalog(InTree(fmt::format("(record.xml) {} 0 R", mixed)) +
                           fmt::format("/AF[{} 0 R]", mixed));
  ExpectState(Find(carrier.pdf.Bytes()), State::kUnreadable);
}

TEST(Carried, DeflatedOnceIsRead) {
  const auto found =
      Find(Carrier(TinyPdf::Stream("/Type/EmbeddedFile/Filter/FlateDecode", Deflated("<record/>"))).Bytes());
  ExpectState(found, State::kWhole);
  EXPECT_EQ(found->bytes, "<record/>");
}

TEST(Carried, ABombIsRefused) {
  const std::string zeros(50'000'000, '0');
  ExpectState(Find(Carrier(TinyPdf::Stream("/Filter/FlateDecode", Deflated(zeros))).Bytes()),
              State::kTooLarge);
  // What inflates to nothing but white space decodes to no byte that a bound could count.
  ExpectState(Find(Carrier(TinyPdf::Stream("/Filter[/FlateDecode/ASCIIHexDecode]",
                                           Deflated(std::string(50'000'000, ' '))))
                       .Bytes()),
              State::kUnreadable);
}

TEST(Carried, ATreeThatBitesItsTailEnds) {
  TinyPdf pdf;
  pdf.AddPage("");
  const int leaf = pdf.AddObject("<<>>");
  const int node = pdf.AddObject(fmt::format("<</Kids[{0} 0 R {1} 0 R {1} 0 R]>>", leaf, leaf + 1));
  pdf.AddToCatalog(fmt::format("/Names<</EmbeddedFiles {} 0 R>>", node));
  ExpectState(Find(pdf.Bytes()), State::kUnreadable);
}

TEST(Carried, AddedOrChangedByAnUpdate) {
  Carrier carrier;
  const std::string issued = carrier.Bytes();
  ExpectState(Find(Updated(issued, {{carrier.stream, TinyPdf::Stream("", "<record a=\"1\"/>")}})),
              State::kLater);
  Carrier bare;
  const std::string without = bare.pdf.Bytes();
  const std::string catalog = ObjectOf("\n" + without, 1);
  const std::string added = Updated(without, {{1, catalog.substr(0, catalog.rfind(">>")) +
                                                      InTree(bare.Entry()) + bare.Associated() + ">>"}});
  ExpectState(Find(added), State::kLater);
  // An update that leaves it alone is no fault.
  ExpectState(Find(Updated(issued, {{100, "<<>>"}})), State::kWhole);
  // An update that says nothing of the stream but the object that its length is in.
  Carrier indirect("<</Type/EmbeddedFile/Length 99 0 R>>\nstream\n<record/>\nendstream");
  const std::string first = Updated(indirect.Bytes(), {{99, "9"}});
  ExpectState(Find(first), State::kLater);
}

TEST(Carried, OfASignedFileTheSignedBytesCount) {
  Carrier carrier;
  const std::string issued = carrier.Bytes();
  const std::string catalog = ObjectOf("\n" + issued, 1);
  const auto signed_file = [&](std::size_t until, const std::string& stream) {
    return Updated(
        issued, {{1, catalog.substr(0, catalog.rfind(">>")) + "/AcroForm<</Fields[50 0 R]/SigFlags 3>>>>"},
                 {carrier.stream, stream},
                 {50, "<</FT/Sig/T(S1)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/V 51 0 R>>"},
                 {51, fmt::format("<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 10 20 {:08}]/Contents<00>>>",
                                  until - 20)}});
  };
  const std::string stream = ObjectOf(issued, carrier.stream);
  const std::string changed = TinyPdf::Stream("/Type/EmbeddedFile", "<signed/>");
  // Signed with the update in it: what the signature covers is one document.
  const std::size_t whole = signed_file(1000, changed).size();
  const auto found = Find(signed_file(whole, changed));
  ExpectState(found, State::kWhole);
  EXPECT_EQ(found->bytes, "<signed/>");
  // Signed before it.
  ExpectState(Find(signed_file(issued.size(), changed)), State::kLater);
  ExpectState(Find(signed_file(issued.size(), stream)), State::kWhole);
  ExpectState(Find(signed_file(issued.size() / 2, stream)), State::kLater);
}

}  // namespace
}  // namespace vanthu
