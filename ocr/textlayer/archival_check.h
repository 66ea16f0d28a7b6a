// What in a PDF's objects PDF/A-2b does not allow. Private to the room; its .cc files alone see PoDoFo.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace PoDoFo {
class PdfObject;
class PdfVecObjects;
class PdfReference;
}  // namespace PoDoFo

namespace vanthu::ocr {

struct ArchivalCheck {
  std::set<std::string> reasons;                 // why not; in English, for Error.cause
  std::vector<PoDoFo::PdfObject*> dictionaries;  // reachable, direct ones included
  std::set<PoDoFo::PdfReference> reached;
};

// Everything that can be reached from `root`. Throws PoDoFo::PdfError, and std::length_error where contents
// expand beyond bounds.
ArchivalCheck CheckReachable(PoDoFo::PdfVecObjects& objects, PoDoFo::PdfObject& root);

}  // namespace vanthu::ocr
