#include "pipeline/type/pdf_font.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

namespace vanthu::type {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Keeps the bodies, from a number on, as an update of a file does.
class KeptObjects final : public PdfObjects {
 public:
  explicit KeptObjects(int first) : next_(first) {}
  int Reserve() override { return next_++; }
  void Write(int object, std::string_view body) override { bodies[object] = body; }
  void WriteStream(int object, std::string_view entries, std::string_view data, bool /*plain*/) override {
    bodies[object] = "<<" + std::string(entries) + ">>" + std::string(data);
  }

  std::map<int, std::string> bodies;

 private:
  int next_;
};

class PdfFontTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(shaper_.Shape(Face::kRegular, "Đông").has_value()); }

  Fonts fonts_ = OpenFonts({}).value();
  Shaper shaper_{*fonts_.faces};
};

TEST_F(PdfFontTest, AllObjectsAreWrittenAndNumberedFromTheWriters) {
  KeptObjects objects(100);
  const Result<int> font = WriteFont(Face::kRegular, shaper_, false, objects);
  ASSERT_TRUE(font.has_value());
  EXPECT_EQ(*font, 105);
  EXPECT_EQ(objects.bodies.size(), 6U);
  EXPECT_EQ(objects.bodies.begin()->first, 100);
  EXPECT_THAT(objects.bodies[105], StartsWith("<</Type/Font/Subtype/Type0/BaseFont/"));
  EXPECT_THAT(objects.bodies[101], HasSubstr("/FontFile2 100 0 R"));
  EXPECT_THAT(objects.bodies[101], Not(HasSubstr("CIDSet")));
  EXPECT_THAT(objects.bodies[103], HasSubstr("<0001><0110>"));  // Đ
}

TEST_F(PdfFontTest, PdfA1HasACidSet) {
  KeptObjects objects(1);
  ASSERT_TRUE(WriteFont(Face::kRegular, shaper_, true, objects).has_value());
  EXPECT_THAT(objects.bodies[3], HasSubstr("/CIDSet 2 0 R"));
  EXPECT_EQ(objects.bodies[2], "<<>>\xF8");  // codes 0 .. 4
}

}  // namespace
}  // namespace vanthu::type
