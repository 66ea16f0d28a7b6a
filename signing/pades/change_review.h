// What the rules about changes share: the two revisions, what of the file they have in common knowledge, and
// the list that they write. One rule a file: changes.cc (catalog and trailer), form_changes.cc,
// signature_changes.cc, structure_changes.cc, page_changes.cc. Private to the room.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "signing/pades/changes.h"
#include "signing/pades/fields.h"
#include "signing/pades/form_tree.h"
#include "signing/pades/revision_pair.h"

namespace vanthu::signing {

class ChangeReview {
 public:
  ChangeReview(const pdf::File& file, std::size_t before, std::size_t after);

  const pdf::File& file;
  const std::size_t before;
  const std::size_t after;
  RevisionPair pair;
  FormTree form_before;
  FormTree form_after;
  std::vector<pdf::File::PageNode> pages_before;
  std::vector<pdf::File::PageNode> pages_after;
  std::map<int, std::size_t> page_of;  // widgets that pages show: object number -> page, in `after`
  int permission = 0;                  // DocMDP's or a lock's P that holds in `before`; 0: none, as P 2
  std::vector<FieldLock> locks;        // ... in `before`
  std::set<int> elements;              // of the structure tree of `before`; empty where it stayed as it was
  std::set<int> new_widgets;           // of new signatures: pages may show them

  void Allow(Message message, pdf::Ref object);
  void Suspect(Message message, pdf::Ref object);
  // Suspect(message) unless both are the same.
  void Require(const pdf::Object& first, const pdf::Object& second, std::string_view key, Message message,
               pdf::Ref holder);
  ChangesAfter Take() && { return std::move(result_); }

  pdf::Object Before(const pdf::Object& dictionary, std::string_view key) const {
    return file.Get(dictionary, key, before);
  }
  pdf::Object After(const pdf::Object& dictionary, std::string_view key) const {
    return file.Get(dictionary, key, after);
  }
  bool Locked(const std::string& field_name) const;
  bool NoChanges() const { return permission == 1; }  // signatures and form filling are forbidden too

 private:
  void ReadPages();
  void ReadStructure();
  void Add(Message message, pdf::Ref object, bool allowed);

  ChangesAfter result_;
  std::set<std::pair<int, std::string>> said_;
};

// The rules, in this order: the form names the widgets that structure and pages may show.
void JudgeCatalog(ChangeReview& review);
void JudgeForm(ChangeReview& review);
void JudgeStructure(ChangeReview& review);
void JudgePages(ChangeReview& review);

// A signature field, or a place for one, that `before` did not have or had empty. Says what it is, judges its
// widgets, and lets pages show them.
void JudgeNewSignature(ChangeReview& review, const FormNode& field);
// The value is a signature over the later revision that wrote it: /ByteRange from the file's start to that
// revision's end, around /Contents; and `field` (number 0: whichever) had it then. What the signature is
// worth, the verifier says.
bool IsNewSignature(const ChangeReview& review, const pdf::Object& value, pdf::Ref field);
// /Type /DocTimeStamp or its SubFilter.
bool IsDocumentTimestamp(const ChangeReview& review, const pdf::Object& value);

// All keys of both.
std::set<std::string, std::less<>> KeysOf(const pdf::Object& first, const pdf::Object& second);
// What a message can show of a name that stands in a file: UTF-8, printable, at most 60 characters, quoted.
std::string Shown(std::string_view text_string);

}  // namespace vanthu::signing
