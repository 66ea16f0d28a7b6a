// Writes small PDFs for tests, so that each says in a few lines what the page paints.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::test {

class TinyPdf {
 public:
  // Fonts, on every page: /F1 /F2 /F3 /F4 any Unicode (two-byte codes, widths of half an em) in the upright,
  // bold, italic and .VnTime way of names; /H Helvetica; others by AddSimpleFont.
  TinyPdf();

  // `content` is a content stream; `extra` goes into the page dictionary ("/Rotate 90").
  TinyPdf& AddPage(std::string content, std::string extra = "", std::string media_box = "[0 0 595 842]");
  // An annotation on the last page, with an appearance stream as large as its rectangle.
  TinyPdf& AddAnnotation(std::string dictionary, std::string rectangle, std::string appearance,
                         std::string box);
  // A one-byte font without widths of its own: /Name, BaseFont; each code half an em wide, WinAnsi.
  TinyPdf& AddSimpleFont(std::string name, std::string base_font);
  // An image object: dictionary without Length, data. Its resource name.
  TinyPdf& AddImage(std::string name, std::string dictionary, std::string data);
  // Further entries of every page's resources ("/Shading << … >>").
  TinyPdf& AddResources(std::string entries);
  // Any object, added as it is; returns its number.
  int AddObject(std::string body);
  TinyPdf& AddToCatalog(std::string entries);

  std::string Bytes() const;

  // UTF-8 -> "<…>" in the codes of /F1-/F4.
  static std::string Hex(std::string_view text);
  // BT … ET at (x, y) in PDF's own space.
  static std::string Text(std::string_view text, double x, double y, double size = 12,
                          const char* font = "F1");
  static std::string Stream(std::string dictionary, const std::string& data);

 private:
  struct PageObject {
    std::string content, extra, media_box;
    std::vector<int> annotations;
  };
  std::vector<std::string> objects_;  // number = index + 1; 1 catalog, 2 pages
  std::vector<PageObject> pages_;
  std::string fonts_;
  std::string images_;
  std::string resources_;
  std::string catalog_;
};

// A file that is removed at the end of the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view bytes, std::string_view suffix = ".pdf");
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace vanthu::test
