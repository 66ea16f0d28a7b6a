// Input: font files by path. Output: HarfBuzz faces and their metrics; subsets of them. Method: hb_face,
// hb-subset. The shipped defaults are known by their SHA-256, since a face that differs sets other line ends,
// and a document set again must give the same bytes. Where it fails: outlines other than TrueType are
// refused.
#include "pipeline/type/font_set.h"

#include <hb-ot.h>
#include <hb-subset.h>

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "pipeline/base/file.h"
#include "pipeline/base/refusal.h"

namespace vanthu::type {
namespace {

using HbSubsetInput = Handle<hb_subset_input_t, hb_subset_input_destroy>;
using HbSubsetPlan = Handle<hb_subset_plan_t, hb_subset_plan_destroy>;

constexpr std::uint64_t kMostFontBytes = 32'000'000;

struct Family {
  const char* folder;  // of the Debian package
  std::array<const char*, kFaces> files;
  std::array<const char*, kFaces> sha256;  // of the package's version in Debian 12
};

// Both are metric-equal to Times New Roman and complete in Vietnamese, under the SIL Open Font License.
constexpr Family kDefaults[] = {
    {"/usr/share/fonts/truetype/croscore",
     {"Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"},
     {"cf264a22292950ca1679b2ade07e9e6ecb26c649ab70975d0e113f979efa827a",
      "971d6af5fcb3a0c05535a92a635fb63a86ea5eb935639c9b864be33f3bfaba80",
      "0f949a3fa0e23cd0ca94a0c4784bd8f9efb99c20070b9f73b5fd592b49c092ad",
      "0cd67b90617a03a69a815e758d0649d00f2be48a0cb570615e94e8e5a13aae2e"}},
    {"/usr/share/fonts/truetype/liberation2",
     {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
      "LiberationSerif-BoldItalic.ttf"},
     {"29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba",
      "446a4421f297698427170fd7db20e59169a4188baaaf940e9bea58af6341a723",
      "c1830c433ab41379f1139fac388989d37c9f08c81e1bd643efdcc7946db30753",
      "36dd6965be8915f6d7efb259757f1f7546a7c6f72c53a20bbe4ae7092f2cd558"}},
};

// As Windows names its Times New Roman; in any case of letters.
constexpr std::array<const char*, kFaces> kWindowsNames = {"times.ttf", "timesbd.ttf", "timesi.ttf",
                                                           "timesbi.ttf"};

Error NoFont(Message message, std::string cause) {
  return Refusal(
      ErrorCode::kMissingResource, std::move(message), std::move(cause),
      {"Cài gói fonts-croscore hoặc fonts-liberation2, hoặc chỉ thư mục phông bằng --font-dir",
       "Install the package fonts-croscore or fonts-liberation2, or name a folder with --font-dir"});
}

std::string TableBytes(hb_face_t* face, hb_tag_t tag) {
  const HbBlob blob(hb_face_reference_table(face, tag));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  return data != nullptr ? std::string(data, length) : std::string();
}

int Int16At(const std::string& bytes, std::size_t at) {
  if (at + 2 > bytes.size()) return 0;
  const auto high = static_cast<unsigned char>(bytes[at]);
  const auto low = static_cast<unsigned char>(bytes[at + 1]);
  return static_cast<std::int16_t>(high << 8 | low);
}

int Metric(hb_font_t* font, hb_ot_metrics_tag_t tag) {
  hb_position_t value = 0;
  return hb_ot_metrics_get_position(font, tag, &value) != 0 ? value : 0;
}

FaceMetrics MetricsOf(hb_face_t* face, hb_font_t* font) {
  FaceMetrics metrics;
  metrics.units_per_em = static_cast<int>(hb_face_get_upem(face));
  metrics.ascent = Metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
  metrics.descent = std::abs(Metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER));
  metrics.line_gap = std::max(0, Metric(font, HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP));
  metrics.cap_height = Metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT);
  if (metrics.cap_height <= 0) metrics.cap_height = metrics.ascent;
  const std::string head = TableBytes(face, HB_TAG('h', 'e', 'a', 'd'));
  for (std::size_t i = 0; i < 4; ++i) metrics.box[i] = Int16At(head, 36 + 2 * i);  // OpenType, head: xMin ...
  const std::string post = TableBytes(face, HB_TAG('p', 'o', 's', 't'));
  metrics.italic_angle_deg = Int16At(post, 4) + static_cast<std::uint16_t>(Int16At(post, 6)) / 65536.0;
  return metrics;
}

// Name 6 of the font, with only what a PDF name may hold without escapes.
std::string PostscriptName(hb_face_t* face) {
  char text[64];
  unsigned size = sizeof text;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, text);
  std::string name(text, std::min<std::size_t>(size, sizeof text - 1));
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-'; });
  return name.empty() ? "Font" : name;
}

Result<OpenFace> Parse(const std::string& bytes, const std::string& path) {
  OpenFace open;
  const HbBlob blob(hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()),
                                   HB_MEMORY_MODE_DUPLICATE, nullptr, nullptr));
  open.face.reset(hb_face_create(blob.get(), 0));
  const std::string os2 = TableBytes(open.face.get(), HB_TAG('O', 'S', '/', '2'));
  if (hb_face_get_glyph_count(open.face.get()) == 0 ||
      TableBytes(open.face.get(), HB_TAG('g', 'l', 'y', 'f')).empty())
    return Fail(NoFont({"tệp phông không phải TrueType", "the font file is not TrueType"}, path));
  // OpenType, OS/2 fsType: bit 1 alone forbids embedding, bit 8 forbids subsets.
  const int rights = Int16At(os2, 8);
  if ((rights & 0x000F) == 0x0002 || (rights & 0x0100) != 0)
    return Fail(NoFont({"phông chữ không cho phép nhúng", "the font may not be embedded"}, path));
  open.font.reset(hb_font_create(open.face.get()));
  open.metrics = MetricsOf(open.face.get(), open.font.get());
  if (open.metrics.units_per_em < 16 || open.metrics.ascent <= 0 || open.metrics.ascent > 32000)
    return Fail(NoFont({"phông chữ có số đo không hợp lệ", "the font's measures are not valid"}, path));
  open.postscript_name = PostscriptName(open.face.get());
  hb_font_make_immutable(open.font.get());
  return open;
}

bool AllThere(const std::array<std::filesystem::path, kFaces>& paths) {
  return std::all_of(paths.begin(), paths.end(), [](const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
  });
}

// The file of `folder` with this name in any case of ASCII letters.
std::filesystem::path Named(const std::filesystem::path& folder, std::string_view name) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  std::error_code failed;
  for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    const std::string file = it->path().filename().string();
    if (std::equal(file.begin(), file.end(), name.begin(), name.end(), same)) return it->path();
  }
  return folder / name;
}

// `sha256` null: unchecked.
Result<Fonts> OpenFamily(const std::array<std::filesystem::path, kFaces>& paths,
                         const std::array<const char*, kFaces>* sha256) {
  Fonts fonts;
  auto set = std::make_shared<FontSet>();
  for (std::size_t i = 0; i < kFaces; ++i) {
    Result<std::string> bytes = ReadFile(paths[i], kMostFontBytes);
    if (!bytes)
      return Fail(NoFont({"không đọc được tệp phông", "the font file cannot be read"}, paths[i].string()));
    const std::string hash = Sha256Hex(*bytes);
    if (sha256 != nullptr && hash != (*sha256)[i])
      return Fail(
          NoFont({"tệp phông không phải bản đã kiểm", "the font file is not the version that was checked"},
                 paths[i].string()));
    Result<OpenFace> open = Parse(*bytes, paths[i].string());
    if (!open) return Fail(open.error());
    set->faces[i] = std::move(*open);
    fonts.files.push_back({paths[i].filename().string(), hash});
  }
  fonts.faces = std::move(set);
  return fonts;
}

Result<Fonts> OpenDefaults() {
  std::optional<Error> first;
  for (const Family& family : kDefaults) {
    std::array<std::filesystem::path, kFaces> paths;
    for (std::size_t i = 0; i < kFaces; ++i)
      paths[i] = std::filesystem::path(family.folder) / family.files[i];
    if (!AllThere(paths)) continue;
    Result<Fonts> fonts = OpenFamily(paths, &family.sha256);
    if (fonts) return fonts;
    if (!first) first = fonts.error();
  }
  return Fail(first ? *first : NoFont({"thiếu phông chữ", "the fonts are missing"}, kDefaults[0].folder));
}

}  // namespace

Result<Fonts> OpenFonts(const std::filesystem::path& font_dir) {
  if (font_dir.empty()) return OpenDefaults();
  for (const auto& names : {kWindowsNames, kDefaults[0].files, kDefaults[1].files}) {
    std::array<std::filesystem::path, kFaces> paths;
    for (std::size_t i = 0; i < kFaces; ++i) paths[i] = Named(font_dir, names[i]);
    if (AllThere(paths)) return OpenFamily(paths, nullptr);
  }
  return Fail(NoFont({"thư mục không có đủ bốn kiểu chữ", "the folder lacks one of the four faces"},
                     font_dir.string()));
}

Result<FontSubset> CutSubset(const OpenFace& face, const std::vector<std::uint32_t>& glyphs) {
  const HbSubsetInput input(hb_subset_input_create_or_fail());
  if (!input) throw std::bad_alloc();
  // A viewer of an embedded composite font reads outlines and widths only.
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag : {"GSUB", "GPOS", "GDEF", "kern", "name", "cmap", "OS/2", "post", "DSIG", "gasp",
                          "hdmx", "LTSH", "VDMX", "PCLT", "FFTM", "meta", "cvt ", "fpgm", "prep"})
    hb_set_add(dropped, hb_tag_from_string(tag, 4));
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
  hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
  for (const std::uint32_t glyph : glyphs) hb_set_add(wanted, glyph);
  const auto failed = [] {
    return Fail(Refusal(ErrorCode::kInternal, {"không cắt được phông chữ", "the font cannot be subset"},
                        "hb-subset"));
  };
  const HbSubsetPlan plan(hb_subset_plan_create_or_fail(face.face.get(), input.get()));
  if (!plan) return failed();
  const HbFace cut(hb_subset_plan_execute_or_fail(plan.get()));
  if (!cut) return failed();
  FontSubset subset;
  const HbBlob blob(hb_face_reference_blob(cut.get()));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  subset.program.assign(data, length);
  const hb_map_t* numbers = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (const std::uint32_t glyph : glyphs) {
    const hb_codepoint_t number = hb_map_get(numbers, glyph);
    if (number == HB_MAP_VALUE_INVALID) return failed();
    subset.new_glyphs.push_back(number);
  }
  return subset;
}

}  // namespace vanthu::type
