#!/usr/bin/env bash
# Signing and judging: documents a second of processor time, beside pdfsig, in one run; a 50 MB file's time and memory.
#
#   bench/sign.sh [COPIES] [VANTHU]     (after ./dev build; needs poppler-utils, softhsm2, time, qpdf)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/cpu.sh
copies=${1:-200}
vanthu=${2:-build/release/bin/vanthu}
tools=$(dirname "$vanthu")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$tools/make_test_pki" "$work/pki"
"$vanthu" render samples/thanh-xa-2023.json --form ke-hoach -o "$work/plan.pdf"
mkdir "$work/in"
for i in $(seq "$copies"); do cp "$work/plan.pdf" "$work/in/$i.pdf"; done

# What a command took, and how many documents that were: `report NAME DOCUMENTS SECONDS MIB`.
report() { awk -v name="$1" -v n="$2" -v s="$3" -v mib="$4" 'BEGIN { printf "%-44s %8.1f a second   %7.2f ms   %5.0f MiB\n", name, n / s, 1000 * s / n, mib }'; }
machine

p12=(--p12 "$work/pki/signer.p12" --pass-file "$work/pki/password.txt" --trust "$work/pki/trust" --quiet)
cpu s mib "$vanthu" sign "$work/in" -o "$work/out" "${p12[@]}"
report "sign, B-B, PKCS#12 (RSA 2048)" "$copies" "$s" "$mib"

if command -v softhsm2-util >/dev/null; then
  export SOFTHSM2_CONF=$work/softhsm2.conf
  mkdir "$work/tokens"
  echo "directories.tokendir = $work/tokens" >"$SOFTHSM2_CONF"
  module=/usr/lib/softhsm/libsofthsm2.so
  softhsm2-util --init-token --free --label bench --pin 1234 --so-pin 1234 >/dev/null
  openssl pkcs8 -topk8 -nocrypt -in "$work/pki/signer.key" -out "$work/key.p8" 2>/dev/null
  softhsm2-util --import "$work/key.p8" --token bench --label signer --id 01 --pin 1234 >/dev/null
  openssl x509 -in "$work/pki/signer.crt" -outform DER -out "$work/signer.der"
  if command -v pkcs11-tool >/dev/null; then
    pkcs11-tool --module "$module" --token-label bench --pin 1234 --write-object "$work/signer.der" --type cert --id 01 >/dev/null 2>&1
    echo 1234 >"$work/pin"
    cpu s mib "$vanthu" sign "$work/in" -o "$work/out2" --pkcs11 'pkcs11:token=bench' --pkcs11-module "$module" \
      --pin-file "$work/pin" --trust "$work/pki/trust" --quiet
    report "sign, B-B, PKCS#11 (SoftHSM, RSA 2048)" "$copies" "$s" "$mib"
  fi
fi

# Judged beside pdfsig: the same files, turn by turn.
ours=0 theirs=0
for round in 1 2 3; do
  cpu s mib "$vanthu" verify "$work"/out/*.pdf --trust "$work/pki/trust" --format json
  ours=$(awk -v a="$ours" -v b="$s" 'BEGIN { print a + b }')
  cpu s pdfsig_mib bash -c 'for f in "$@"; do pdfsig -nocert "$f"; done' _ "$work"/out/*.pdf
  theirs=$(awk -v a="$theirs" -v b="$s" 'BEGIN { print a + b }')
done
report "verify (chain, revocation, later changes)" $((3 * copies)) "$ours" "$mib"
report "pdfsig -nocert" $((3 * copies)) "$theirs" "$pdfsig_mib"

# A large file: pictures that do not compress.
head -c 50000000 /dev/urandom >"$work/noise"
qpdf --add-attachment "$work/noise" --mimetype=application/octet-stream -- "$work/plan.pdf" "$work/large.pdf"
size=$(stat -c %s "$work/large.pdf")
cpu s mib "$vanthu" sign "$work/large.pdf" -o "$work/large-signed.pdf" "${p12[@]}"
report "sign a file of $((size / 1000000)) MB" 1 "$s" "$mib"
cpu s mib openssl dgst -sha256 "$work/large.pdf"
report "  beside: its SHA-256 alone (openssl)" 1 "$s" "$mib"
cpu s mib "$vanthu" verify "$work/large-signed.pdf" --trust "$work/pki/trust"
report "verify it" 1 "$s" "$mib"
