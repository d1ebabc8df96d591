#!/usr/bin/env bash
# Writes FOLDER/SHA256SUMS over everything else in FOLDER: checksums.sh FOLDER.
set -euo pipefail
cd "$1"
rm -f SHA256SUMS
if command -v sha256sum >/dev/null; then sha256sum -- *; else shasum -a 256 -- *; fi >"${TMPDIR:-/tmp}/sums.$$"
mv "${TMPDIR:-/tmp}/sums.$$" SHA256SUMS
