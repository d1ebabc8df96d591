#!/usr/bin/env bash
# Builds a release for a target and puts archive and wheel into a folder: build.sh TARGET FOLDER.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1
folder=$2

# A static binary runs with either C library of Linux.
compatibility=()
case "$target" in *-linux-musl) compatibility=(--compatibility manylinux2014 musllinux_1_1) ;; esac

cargo build --release --locked --target "$target"
scripts/release/package.sh "target/$target/release" "$target" "$folder"
pipx run --spec maturin==1.16.0 maturin build --release --locked --target "$target" --out "$folder" \
  ${compatibility[@]+"${compatibility[@]}"}
