#include "pipeline/extract/field_rules.h"

#include <algorithm>
#include <functional>

#include "pipeline/base/data_file.h"
#include "pipeline/extract/folded.h"

namespace vanthu::extract {
namespace {

// Longest first, so that the first match is the longest.
Keys KeysOf(DataReader* reader, const char* name) {
  Keys out;
  for (const std::string& word : reader->Texts(name)) out.push_back(FoldKey(word));
  std::stable_sort(out.begin(), out.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return out;
}

// Reads one file with `fill`, then checks that all of it was understood.
Status ReadWhole(const std::filesystem::path& path, const std::function<void(const DataReader&)>& fill) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  fill(file->root());
  return file->Check();
}

void FillTypes(DataReader root, FieldRules* out) {
  for (DataReader& entry : root.Items("types")) {
    DocumentType type;
    type.code = entry.Text("code");
    type.name = entry.Text("name");
    type.key = FoldKey(type.name);
    type.title = entry.Flag("title");
    type.cited = entry.Flag("cited");
    type.bare_number = entry.Flag("bare_number");
    type.no_code = entry.Flag("no_code");
    out->types.push_back(std::move(type));
  }
  std::stable_sort(out->types.begin(), out->types.end(),
                   [](const DocumentType& a, const DocumentType& b) { return a.key.size() > b.key.size(); });
  out->letter_type_name = root.Text("letter");
  DataReader laws = root.Item("laws");
  out->laws = {laws.Text("code"), KeysOf(&laws, "words"), KeysOf(&laws, "stops"), KeysOf(&laws, "commas")};
}

std::vector<Wording> WordingsOf(DataReader* root, const char* name) {
  std::vector<Wording> out;
  for (DataReader& entry : root->Items(name)) out.push_back({entry.Text("value"), KeysOf(&entry, "words")});
  return out;
}

void FillHeader(DataReader root, HeaderRules* out) {
  out->mottos = KeysOf(&root, "mottos");
  out->right_mottos = KeysOf(&root, "right_mottos");
  out->number_labels = KeysOf(&root, "number_labels");
  out->subject_marks = KeysOf(&root, "subject_marks");
  out->dropped_subject_marks = KeysOf(&root, "dropped_subject_marks");
  out->title_ends = KeysOf(&root, "title_ends");
  out->title_starts = KeysOf(&root, "title_starts");
  out->appendix_words = KeysOf(&root, "appendix_words");
  out->appendix_type_name = root.Text("appendix_type_name");
  out->attached_openings = KeysOf(&root, "attached_openings");
  out->addressee_labels = KeysOf(&root, "addressee_labels");
  out->telegram_words = KeysOf(&root, "telegram_words");
  out->noise = KeysOf(&root, "noise");
  out->stamp_words = KeysOf(&root, "stamp_words");
  out->urgency = WordingsOf(&root, "urgency");
  out->secrecy = WordingsOf(&root, "secrecy");
}

void FillAgencies(DataReader root, AgencyRules* out) {
  out->heads = KeysOf(&root, "heads");
  out->not_heads = KeysOf(&root, "not_heads");
  out->bare = KeysOf(&root, "bare");
  out->localities = KeysOf(&root, "localities");
  out->known = KeysOf(&root, "known");
  out->stops = KeysOf(&root, "stops");
}

void FillSigner(DataReader root, SignerRules* out) {
  for (DataReader& entry : root.Items("marks"))
    out->marks.push_back(
        {entry.Text("value"), KeysOf(&entry, "written"), entry.Flag("collective"), entry.Flag("acting")});
  out->positions = KeysOf(&root, "positions");
  out->going_on = KeysOf(&root, "going_on");
  out->recipients_labels = KeysOf(&root, "recipients_labels");
  out->not_names = KeysOf(&root, "not_names");
}

void FillCitations(DataReader root, CitationRules* out) {
  out->basis_openings = KeysOf(&root, "basis_openings");
  out->number_labels = KeysOf(&root, "number_labels");
  out->agency_words = KeysOf(&root, "agency_words");
  out->list_joins = KeysOf(&root, "list_joins");
}

void FillOutline(DataReader root, OutlineRules* out) {
  for (DataReader& entry : root.Items("divisions"))
    out->divisions.push_back({FoldKey(entry.Text("word")), static_cast<int>(entry.Number("rank", 1, 9)),
                              entry.Flag("titled_below")});
  std::stable_sort(out->divisions.begin(), out->divisions.end(),
                   [](const Division& a, const Division& b) { return a.key.size() > b.key.size(); });
  out->note_openings = KeysOf(&root, "note_openings");
}

}  // namespace

const DocumentType* FieldRules::TypeOfCode(const std::string& code) const {
  for (const DocumentType& type : types)
    if (type.code == code && !type.no_code) return &type;
  return nullptr;
}

Result<FieldRules> ReadFieldRules(const std::filesystem::path& folder) {
  FieldRules out;
  const std::pair<const char*, std::function<void(const DataReader&)>> files[] = {
      {"types.json", [&](const DataReader& root) { FillTypes(root, &out); }},
      {"header.json", [&](const DataReader& root) { FillHeader(root, &out.header); }},
      {"agencies.json", [&](const DataReader& root) { FillAgencies(root, &out.agencies); }},
      {"signer.json", [&](const DataReader& root) { FillSigner(root, &out.signer); }},
      {"citations.json", [&](const DataReader& root) { FillCitations(root, &out.citations); }},
      {"outline.json", [&](const DataReader& root) { FillOutline(root, &out.outline); }},
  };
  for (const auto& [name, fill] : files)
    if (Status status = ReadWhole(folder / name, fill); !status) return Fail(status.error());
  Result<SpellingRules> spellings = ReadSpellingRules(folder);
  if (!spellings) return Fail(spellings.error());
  out.spellings = std::move(*spellings);
  return out;
}

}  // namespace vanthu::extract
