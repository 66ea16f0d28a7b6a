#!/usr/bin/env bash
# Scores the program against samples/: born digital and scans, each in one table.
#   bench/evaluate.sh build/release/bin/vanthu [OUT]
set -euo pipefail
cd "$(dirname "$0")/.."
vanthu=$(realpath "$1")
out=${2:-$(mktemp -d)}
export vanthu out
score() {  # suffix title
  mkdir -p "$out/$2"
  export suffix=$1 title=$2
  for gold in samples/*-20??.json; do basename "$gold" .json; done | xargs -P "$(nproc)" -I{} bash -c '
    "$vanthu" extract --quiet "samples/{}$suffix.pdf" -o "$out/$title/{}.json" || [ $? -eq 1 ]
    "$vanthu" text --quiet "samples/{}$suffix.pdf" -o "$out/$title/{}.txt"'
  echo "=== $2"
  "$vanthu" evaluate --truth samples --result "$out/$2"
}
score "" born-digital
score "-scan" scan
echo "results: $out"
