# Sourced. cpu SECONDS_VAR PEAK_VAR COMMAND…: runs the command and sets its user+system seconds and the peak memory of
# its largest process in MiB, children included.
cpu() {
  local -n seconds_=$1 peak_=$2
  shift 2
  local report
  report=$(mktemp)
  /usr/bin/time -o "$report" -f '%U %S %M' "$@" >/dev/null 2>&1 || true
  read -r seconds_ peak_ < <(tail -n 1 "$report" | awk '{printf "%.3f %.0f\n", $1 + $2, $3 / 1024}')
  rm -f "$report"
}

median() { printf '%s\n' "$@" | sort -g | sed -n "$((($# + 1) / 2))p"; }

pages_of() {
  local n=0 file
  for file in "$@"; do n=$((n + $(pdfinfo "$file" | awk '/^Pages/{print $2}'))); done
  echo "$n"
}

machine() {
  printf '%s, %s cores; %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
    "$(. /etc/os-release && echo "$PRETTY_NAME")"
}
