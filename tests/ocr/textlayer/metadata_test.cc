#include "ocr/textlayer/metadata.h"

#include <gmock/gmock.h>
#include <lcms2.h>
#include <libxml/parser.h>

#include "page_sample.h"
#include "pipeline/base/srgb_profile.h"

namespace vanthu::ocr {
namespace {

using testing::HasSubstr;

TEST(Metadata, DatesInPdfsForm) {
  EXPECT_EQ(PdfDateOf("2026-01-31T08:00:00+07:00"), "D:20260131080000+07'00'");
  for (const char* bad :
       {"", "2026-01-31", "2026-01-31T08:00:00Z", "2026-01-31T08:00:00+0700", "2026-01-3aT08:00:00+07:00"})
    EXPECT_EQ(PdfDateOf(bad), std::nullopt) << bad;
}

TEST(Metadata, PacketIsWellFormedWhateverTheTitle) {
  for (const std::string& title : {std::string("Kế hoạch <25> & \"x\""), std::string("]]>"),
                                   std::string("\x01\xff\xEF\xBF\xBE"), std::string("😀"), std::string()}) {
    ArchiveInfo info = Info();
    info.title = title;
    const std::string packet = XmpPacket(info);
    xmlDocPtr document = xmlReadMemory(packet.data(), static_cast<int>(packet.size()), nullptr, nullptr,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    EXPECT_NE(document, nullptr) << title;
    xmlFreeDoc(document);
  }
  EXPECT_THAT(XmpPacket(Info()), HasSubstr("<xmp:CreateDate>2026-01-31T08:00:00+07:00</xmp:CreateDate>"));
}

TEST(Metadata, ProfileIsSrgbAndAlwaysTheSame) {
  const std::string profile = SrgbProfile();
  EXPECT_EQ(profile, SrgbProfile());
  cmsHPROFILE opened = cmsOpenProfileFromMem(profile.data(), static_cast<cmsUInt32Number>(profile.size()));
  ASSERT_NE(opened, nullptr);
  EXPECT_EQ(cmsGetColorSpace(opened), cmsSigRgbData);
  EXPECT_EQ(cmsGetDeviceClass(opened), cmsSigDisplayClass);
  EXPECT_NEAR(cmsGetProfileVersion(opened), 2.1, 0.01);
  // It says what lcms2's own sRGB says, to the last bit of a byte.
  cmsHPROFILE own = cmsCreate_sRGBProfile();
  cmsHTRANSFORM same =
      cmsCreateTransform(opened, TYPE_RGB_8, own, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, 0);
  ASSERT_NE(same, nullptr);
  for (int value = 0; value < 256; ++value) {
    const unsigned char in[3] = {static_cast<unsigned char>(value), static_cast<unsigned char>(255 - value),
                                 128};
    unsigned char out[3] = {};
    cmsDoTransform(same, in, out, 1);
    for (int i = 0; i < 3; ++i) EXPECT_NEAR(in[i], out[i], 1) << value;
  }
  cmsDeleteTransform(same);
  cmsCloseProfile(own);
  cmsCloseProfile(opened);
}

}  // namespace
}  // namespace vanthu::ocr
