#!/usr/bin/env bash
# Packs a built program with its documents: package.sh BUILT TARGET FOLDER makes
# FOLDER/transborder-vVERSION-TARGET.tar.gz. scripts/action/install.sh expects that name.
set -euo pipefail
built=$(cd "$1" && pwd)
target=$2
mkdir -p "$3"
folder=$(cd "$3" && pwd)
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
name="transborder-v$version-$target"
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
mkdir -p "$staging/$name/completions" "$staging/$name/man"

program="$built/transborder"
[ -e "$program" ] || program="$built/transborder.exe"
cp "$program" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$staging/$name/"
for shell in bash zsh fish elvish powershell; do
  "$program" completions "$shell" >"$staging/$name/completions/transborder.$shell"
done
"$program" man >"$staging/$name/man/transborder.1"
for page in scan inventory registry rules explain; do
  "$program" man "$page" >"$staging/$name/man/transborder-$page.1"
done
tar -C "$staging" -cf - "$name" | gzip -n >"$folder/$name.tar.gz"
