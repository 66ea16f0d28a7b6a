#!/usr/bin/env bash
# Scores the program against samples/: born digital, scans, and what `vanthu render` issues from the gold records,
# as it is and after a scanner (bench/worn.py); each in one table.
#   bench/evaluate.sh build/release/bin/vanthu [OUT]
set -euo pipefail
cd "$(dirname "$0")/.."
vanthu=$(realpath "$1")
out=${2:-$(mktemp -d)}
export vanthu out
plans=$(for gold in samples/*-20??.json; do basename "$gold" .json; done)
extract() {  # folder suffix title
  mkdir -p "$out/$3"
  export folder=$1 suffix=$2 title=$3
  xargs -P "$(nproc)" -I{} bash -c '
    "$vanthu" extract --quiet "$folder/{}$suffix.pdf" -o "$out/$title/{}.json" || [ $? -eq 1 ]
    "$vanthu" text --quiet "$folder/{}$suffix.pdf" -o "$out/$title/{}.txt"' <<<"$plans"
}
score() {  # truth title
  echo "=== $2"
  "$vanthu" evaluate --truth "$1" --result "$out/$2"
}
# The gold records' own text is the original's, whose headings are not in capitals: what was issued is the truth of
# its scan's text.
issue() {
  mkdir -p "$out/pdf" "$out/truth"
  for name in $plans; do
    form=ke-hoach
    [ "$name" = hung-thinh-2025 ] && form=phu-luc  # an appendix only
    # Without the record in it: the pages are to be read.
    "$vanthu" render "samples/$name.json" --form "$form" --no-record -o "$out/pdf/$name.pdf"
    bench/worn.py "$out/pdf/$name.pdf" "$out/pdf/$name-worn.pdf"
    cp "samples/$name.json" "$out/truth/"
    "$vanthu" text --quiet "$out/pdf/$name.pdf" -o "$out/truth/$name.txt"
  done
}
extract samples "" born-digital && score samples born-digital
extract samples "-scan" scan && score samples scan
issue
extract "$out/pdf" "" issued && score "$out/truth" issued
extract "$out/pdf" "-worn" issued-scan && score "$out/truth" issued-scan
echo "results: $out"
