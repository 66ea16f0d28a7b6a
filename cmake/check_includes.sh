#!/usr/bin/env bash
# Third-party headers stay in the rooms that adapt them: model, layout, extract and run know none but their own values.
set -euo pipefail
cd "$(dirname "$0")/.."
found=$(git ls-files pipeline/model pipeline/layout pipeline/extract pipeline/run |
  xargs grep -nHE '#include [<"](opencv2|leptonica|tesseract|poppler|podofo|libxml|openssl|curl|p11-kit|sqlite3|tiffio|jpeglib|png\.h|xlsxwriter|CLI)' || true)
if [ -n "$found" ]; then
  printf 'third-party headers where none may be:\n%s\n' "$found" >&2
  exit 1
fi
