#!/usr/bin/python3
"""A plan's record as the documents that peers set: the same text, sizes, styles, margins, tables.

  peer_documents.py RECORD.json OUT      writes OUT.html (WeasyPrint), OUT.typ (Typst)
  peer_documents.py --rows N OUT         the same of a table of N rows, and its record OUT.json

LibreOffice converts the DOCX that Vanthu writes.
"""
import html
import json
import sys

COLUMNS = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Từ", "Đến", "Ghi chú"]


def long_record(rows):
    cells = [{"row": 0, "col": i, "rowspan": 1, "colspan": 1, "text": t} for i, t in enumerate(COLUMNS)]
    for row in range(1, rows + 1):
        texts = [str(row), f"Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính số {row * 7919}",
                 "Văn phòng - Thống kê", "Tư pháp - Hộ tịch", "01/01/2026", "31/12/2026", ""]
        cells += [{"row": row, "col": i, "rowspan": 1, "colspan": 1, "text": t} for i, t in enumerate(texts)]
    return {"schema": "vanthu/record/1",
            "source": {"file": "bench", "sha256": "", "pages": 1, "origin": "text"},
            "header": {"parent_agency": None, "issuing_agency": "ỦY BAN NHÂN DÂN XÃ A", "number": "1",
                       "notation": "KH-UBND", "type_code": "KH", "type_name": "Kế hoạch", "place": "A",
                       "date": "2026-01-05", "subject": "Bảng dài", "urgency": None, "secrecy": None,
                       "issued_with": None},
            "addressees": [], "recipients": ["Lưu: VT"],
            "signer": {"block": ["CHỦ TỊCH"], "authority": [], "on_behalf_of": None, "position": "CHỦ TỊCH",
                       "name": "Nguyễn Văn A"},
            "citations": [], "sections": [{"label": None, "title": None, "level": 0,
                                           "paragraphs": ["Như bảng kèm theo."], "sections": []}],
            "appendices": [{"label": None, "title": "Bảng dài", "attached_to": None, "pages": [1, 1],
                            "tables": [0]}],
            "tables": [{"pages": [1, 1], "columns": COLUMNS, "header_rows": 1, "cells": cells}],
            "tasks": [], "targets": [], "signatures": [], "evidence": {}, "findings": []}


def blocks(record):
    """(kind, text or value) in reading order."""
    h, s = record["header"], record.get("signer") or {}
    yield "head", ([h.get("parent_agency"), h["issuing_agency"], f"Số: {h['number']}/{h['notation']}"],
                   ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"{h['place']}, {h['date']}"])
    yield "title", h["type_name"].upper()
    yield "title", h["subject"]

    def section(one):
        heading = " ".join(t for t in [one.get("label"), one.get("title")] if t)
        if heading:
            yield "heading", heading
        for paragraph in one.get("paragraphs", []):
            yield "p", paragraph
        for inner in one.get("sections", []):
            yield from section(inner)

    for one in record.get("sections", []):
        yield from section(one)
    yield "closing", (["Nơi nhận:"] + record.get("recipients", []), s.get("block", []) + ["", "", s.get("name", "")])
    for appendix in record.get("appendices", []):
        yield "page", None
        yield "title", "Phụ lục " + (appendix.get("label") or "")
        yield "title", appendix.get("title") or ""
        for index in appendix.get("tables", []):
            yield "table", record["tables"][index]


def widths(table):
    """Each column by the length of its longest unmerged text, within bounds: all peers get the same."""
    count = max(c["col"] + c["colspan"] for c in table["cells"])
    longest = [4] * count
    for c in table["cells"]:
        if c["colspan"] == 1:
            longest[c["col"]] = max(longest[c["col"]], min(len(c["text"]), 60))
    return longest


def rows_of(table):
    rows = {}
    for c in sorted(table["cells"], key=lambda c: (c["row"], c["col"])):
        rows.setdefault(c["row"], []).append(c)
    return [rows[r] for r in sorted(rows)]


def to_html(record):
    e = lambda t: html.escape(t or "").replace("\n", "<br>")
    out = ["""<!doctype html><html lang="vi"><meta charset="utf-8"><title>plan</title><style>
@page{size:A4;margin:20mm 18mm 20mm 30mm;@top-center{content:counter(page);font:13pt Tinos}}
@page:first{@top-center{content:none}} @page wide{size:A4 landscape}
body{font:14pt/1.15 Tinos;text-align:justify} p{margin:0 0 6pt;text-indent:36pt} h1,h2{font-size:14pt;margin:0 0 6pt}
h1{text-align:center} .wide{page:wide;break-before:page} table{border-collapse:collapse;width:100%;table-layout:fixed}
.b td,.b th{border:.5pt solid;padding:3pt;font-size:12pt;text-align:left;vertical-align:top} .n td{text-align:center;vertical-align:top}
</style>"""]
    wide = False
    for kind, value in blocks(record):
        if kind == "p":
            out.append(f"<p>{e(value)}</p>")
        elif kind in ("title", "heading"):
            tag = "h1" if kind == "title" else "h2"
            out.append(f"<{tag}>{e(value)}</{tag}>")
        elif kind in ("head", "closing"):
            out.append('<table class="n"><tr>' + "".join(
                "<td>" + "<br>".join(e(t) for t in side if t is not None) + "</td>" for side in value) + "</tr></table>")
        elif kind == "page":
            out.append(("</div>" if wide else "") + '<div class="wide">')
            wide = True
        else:
            shares = widths(value)
            total = sum(shares)
            out.append('<table class="b">' + "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in shares))
            head = value["header_rows"]
            for i, row in enumerate(rows_of(value)):
                if i == 0:
                    out.append("<thead>" if head else "<tbody>")
                elif i == head:
                    out.append("</thead><tbody>")
                tag = "th" if i < head else "td"
                out.append("<tr>" + "".join(
                    f'<{tag} rowspan="{c["rowspan"]}" colspan="{c["colspan"]}">{e(c["text"])}</{tag}>' for c in row) + "</tr>")
            out.append("</table>")
    return "\n".join(out) + ("</div>" if wide else "")


def to_typst(record):
    def s(text):  # text as a string literal: nothing of it is markup
        return "[" + " \\\n".join("#" + json.dumps(line, ensure_ascii=False) for line in (text or "").split("\n")) + "]"

    out = ["""#set document(title: "plan")
#set text(font: "Tinos", size: 14pt, lang: "vi", hyphenate: false)
#set par(justify: true, leading: .6em, spacing: 12pt)
#let margins = (top: 20mm, bottom: 20mm, left: 30mm, right: 18mm)
#set page(paper: "a4", margin: margins, header: context { if here().page() > 1 { align(center, text(13pt, counter(page).display())) } })
#set heading(numbering: none)
#show heading: set text(size: 14pt)
#set table(stroke: .5pt, inset: 3pt)
"""]
    for kind, value in blocks(record):
        if kind == "p":
            out.append(f"#par(first-line-indent: (amount: 36pt, all: true)){s(value)}")
        elif kind == "title":
            out.append(f"#align(center, heading(level: 1){s(value)})")
        elif kind == "heading":
            out.append(f"#heading(level: 2){s(value)}")
        elif kind in ("head", "closing"):
            sides = [s("\n".join(t for t in side if t is not None)) for side in value]
            out.append("#grid(columns: (1fr, 1fr), align: center, " + ", ".join(sides) + ")")
        elif kind == "page":
            out.append('#set page(flipped: true)\n#counter(page).update(1)')
        else:
            cells = []
            head = value["header_rows"]

            def cell(c):
                spans = (f"rowspan: {c['rowspan']}, " if c["rowspan"] > 1 else "") + (
                    f"colspan: {c['colspan']}" if c["colspan"] > 1 else "")
                return f"table.cell({spans}){s(c['text'])}" if spans else s(c["text"])

            rows = rows_of(value)
            if head:
                cells.append("table.header(" + ", ".join(cell(c) for row in rows[:head] for c in row) + ")")
            cells += [cell(c) for row in rows[head:] for c in row]
            columns = ", ".join(f"{w}fr" for w in widths(value))
            out.append(f"#[#set text(size: 12pt)\n#set par(justify: false)\n#table(columns: ({columns}), align: left + top,\n"
                       + ",\n".join(cells) + ")]")
    return "\n".join(out)


def main():
    if sys.argv[1] == "--rows":
        record, out = long_record(int(sys.argv[2])), sys.argv[3]
        with open(out + ".json", "w", encoding="utf-8") as file:
            json.dump(record, file, ensure_ascii=False)
    else:
        out = sys.argv[2]
        with open(sys.argv[1], encoding="utf-8") as file:
            record = json.load(file)
    for extension, text in ((".html", to_html(record)), (".typ", to_typst(record))):
        with open(out + extension, "w", encoding="utf-8") as file:
            file.write(text)


main()
