#!/usr/bin/env bash
# Issuing beside WeasyPrint, LibreOffice and Typst, in one run on this machine: ratios count, not seconds. A plan
# of about ten pages, warm (what one more document takes in a process that has set others), then long tables.
#   bench/render.sh build/release/bin [TIMES]
# Typst comes from npm into a folder that goes away with the run (TYPST_DIR: one that is kept).
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/cpu.sh
bin=$(realpath "$1")
times=${2:-10}
typst_version=0.7.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
typst=${TYPST_DIR:-$work/typst}
mkdir -p "$typst"
[ -d "$typst/node_modules" ] ||
  npm install --silent --prefix "$typst" "@myriaddreamin/typst-ts-node-compiler@$typst_version" >/dev/null

# Seconds of CPU of LibreOffice converting the N copies it finds in a folder.
office() {  # variable peak folder
  cpu "$1" "$2" soffice -env:UserInstallation="file://$work/profile" --headless --convert-to pdf \
    --outdir "$work/office" "$3"/*.docx
}

machine
echo "$("$bin/vanthu" --version); LibreOffice $(soffice --version 2>/dev/null | awk '{print $2; exit}');" \
  "$(weasyprint --version); typst-ts-node-compiler $typst_version (Typst); node $(node --version)"

record=samples/thanh-xa-2023.json
/usr/bin/python3 bench/peer_documents.py "$record" "$work/plan"
mkdir -p "$work/one" "$work/many"
"$bin/vanthu" render "$record" --form ke-hoach -o "$work/one/0.docx"
for i in $(seq 0 "$times"); do cp "$work/one/0.docx" "$work/many/$i.docx"; done
office _ _ "$work/one"  # makes its profile

ours=() typsts=() offices=() weasys=()
for _ in 1 2 3; do  # interleaved, so that other work on the machine meets all alike
  ours+=("$("$bin/set_record" "$record" ke-hoach "$work/plan.pdf" "$((times * 10))" | cut -d' ' -f1)")
  typsts+=("$(node bench/typst_warm.mjs "$typst" "$work/plan.typ" "$work/plan-typst.pdf" "$times")")
  office one _ "$work/one"
  office many _ "$work/many"
  offices+=("$(awk -v a="$one" -v b="$many" -v n="$times" 'BEGIN { printf "%.1f", (b - a) * 1000 / n }')")
  weasys+=("$(/usr/bin/python3 bench/weasyprint_warm.py "$work/plan.html" "$work/plan-weasy.pdf" 2)")
done
echo
echo "== a plan with an appendix table ($record): ms of CPU a document, warm, median of 3 interleaved runs"
us=$(median "${ours[@]}")
printf '%-24s %8.1f ms  %3d pages  (tagged PDF/A-3a, record attached)\n' vanthu "$us" "$(pages_of "$work/plan.pdf")"
peer() {  # name ms file bar
  awk -v name="$1" -v t="$2" -v u="$us" -v n="$(pages_of "$3")" -v bar="$4" \
    'BEGIN { printf "%-24s %8.1f ms  %3d pages  %5.1f times ours (bar: %s)\n", name, t, n, t / u, bar }'
}
peer "Typst" "$(median "${typsts[@]}")" "$work/plan-typst.pdf" 4
peer "LibreOffice (our DOCX)" "$(median "${offices[@]}")" "$work/office/0.pdf" 8
peer "WeasyPrint" "$(median "${weasys[@]}")" "$work/plan-weasy.pdf" 30

echo
echo "== long tables, 7 columns: engine, and the whole of vanthu render (record read, checked, attached)"
engine() {  # rows
  "$bin/set_sample" table "$1" "$work/e.pdf" 1
}
for rows in 5000 10000; do
  /usr/bin/python3 bench/peer_documents.py --rows "$rows" "$work/rows$rows"
  cpu t peak "$bin/vanthu" render "$work/rows$rows.json" --form ke-hoach -o "$work/rows$rows.pdf"
  printf '%6d rows: engine %s\n' "$rows" "$(engine "$rows")"
  printf '             render %.2f s CPU, peak %d MiB, %d pages\n' "$t" "$peak" "$(pages_of "$work/rows$rows.pdf")"
  [ "$rows" = 5000 ] && first=$t
done
awk -v a="$first" -v b="$t" 'BEGIN { printf "10,000 rows take %.2f times the time of 5,000 (bar: 2.3; 5,000 rows: 1 s, 128 MiB)\n", b / a }'

echo
echo "== 5,000 rows by the peers, one cold process each"
cold() {  # name command…
  local name=$1 t peak
  shift
  cpu t peak timeout 900 "$@"
  printf '%-24s %8.2f s CPU  peak %d MiB\n' "$name" "$t" "$peak"
}
cold "Typst" node bench/typst_warm.mjs "$typst" "$work/rows5000.typ" "$work/x.pdf" 0
"$bin/vanthu" render "$work/rows5000.json" --form ke-hoach -o "$work/rows5000.docx"
cold "LibreOffice (our DOCX)" soffice -env:UserInstallation="file://$work/profile" --headless --convert-to pdf \
  --outdir "$work/office" "$work/rows5000.docx"
# WeasyPrint's time grows faster than the table: 5,000 rows were stopped after six minutes.
/usr/bin/python3 bench/peer_documents.py --rows 500 "$work/rows500"
cold "WeasyPrint, 500 rows" weasyprint -q "$work/rows500.html" "$work/x.pdf"

echo
echo "== preview drawn from the PDF: $record at 96 dpi"
cpu a _ "$bin/vanthu" render "$record" --form ke-hoach -o "$work/p.pdf"
cpu b _ "$bin/vanthu" render "$record" --form ke-hoach --format png --dpi 96 -o "$work/pages"
awk -v a="$a" -v b="$b" -v n="$(pages_of "$work/p.pdf")" \
  'BEGIN { printf "%.0f ms of CPU a page beyond the PDF itself\n", (b - a) * 1000 / n }'
