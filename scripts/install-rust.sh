#!/usr/bin/env bash
# Installs the Rust that Cargo.toml asks for and makes it the default. Arguments go to `rustup toolchain install`.
set -euo pipefail
cd "$(dirname "$0")/.."
rust=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
rustup toolchain install "$rust" --profile minimal --no-self-update "$@"
rustup default "$rust"
