#!/usr/bin/env bash
# Speed and memory beside the peers that apt offers, in one run on this machine: ratios count, not seconds.
#   bench/speed.sh build/release/bin/vanthu [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/cpu.sh
vanthu=$(realpath "$1")
runs=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

machine
echo "$("$vanthu" --version); $(pdftotext -v 2>&1 | head -n 1); ocrmypdf $(ocrmypdf --version 2>/dev/null)"

plans=(samples/*-20??.pdf)
pages=$(pages_of "${plans[@]}")
echo
echo "== born digital: ${#plans[@]} plans, $pages pages, median of $runs interleaved runs"
ours=() peer=()
for _ in $(seq "$runs"); do
  cpu t peak "$vanthu" extract --quiet "${plans[@]}" -o "$work/records.jsonl"
  ours+=("$t")
  cpu t _ bash -c 'for f in "$@"; do pdftotext -bbox-layout "$f" -; done' _ "${plans[@]}"
  peer+=("$t")
done
awk -v a="$(median "${ours[@]}")" -v b="$(median "${peer[@]}")" -v n="$pages" -v p="$peak" 'BEGIN {
  printf "vanthu extract          %7.3f s CPU  %6.1f pages/s  peak %d MiB\n", a, n / a, p
  printf "pdftotext -bbox-layout  %7.3f s CPU  %6.1f pages/s\n", b, n / b
  printf "ratio                   %7.2f  (bar: at most 3; at least 60 pages/s)\n", a / b }'

# The two shortest scans: ocrmypdf needs minutes for them.
scans=(samples/hung-thinh-2025-scan.pdf samples/thanh-mien-2024-scan.pdf)
pages=$(pages_of "${scans[@]}")
echo
echo "== scans: ${#scans[@]} plans, $pages pages"
cpu a pa "$vanthu" digitise --quiet "${scans[@]}" --store "$work/store"
cpu b pb bash -c 'out=$1; shift; for f in "$@"; do ocrmypdf -q -l vie "$f" "$out/$(basename "$f")"; done' _ "$work" "${scans[@]}"
awk -v a="$a" -v b="$b" -v n="$pages" -v pa="$pa" -v pb="$pb" 'BEGIN {
  printf "vanthu digitise   %8.1f s CPU  %6.2f s/page  peak of a process %d MiB\n", a, a / n, pa
  printf "ocrmypdf -l vie   %8.1f s CPU  %6.2f s/page  peak of a process %d MiB\n", b, b / n, pb
  printf "ratio             %8.2f  (bar: below 1)\n", a / b }'

echo
echo "== memory: long documents made of the samples (bar: 1024 MiB a worker)"
many=()
while [ ${#many[@]} -lt 46 ]; do many+=(samples/thanh-xa-2023.pdf samples/kien-an-2023.pdf); done
qpdf --empty --pages "${many[@]}" -- "$work/long.pdf"
cpu t peak "$vanthu" extract --quiet "$work/long.pdf" -o "$work/long.json"
echo "$(pages_of "$work/long.pdf") born-digital pages, extract: peak $peak MiB, $t s CPU"
