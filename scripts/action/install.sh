#!/usr/bin/env bash
# Step 1 of the action: puts the program into INSTALL_ROOT and says where.
#
# A released binary is used only when it is the code that was asked for: the action stands at a release tag, or at the
# commit of one, or `version` names it. Otherwise this builds the source of the action. A binary whose checksum is
# wrong ends the step; nothing falls back silently from that.
#
# Reads ACTION_PATH, ACTION_REF, VERSION, INSTALL_ROOT, REPOSITORY (URL), and RUNNER_OS, RUNNER_ARCH, GITHUB_OUTPUT.
set -euo pipefail

fail() {
  echo "::error title=transborder::$1"
  exit 2
}

manifest_value() {
  sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" "$ACTION_PATH/Cargo.toml" | head -n 1
}

# The release whose code this is, as `0.1.0`, or nothing.
release_of_this_code() {
  local release tag
  release=$(manifest_value version)
  tag="v$release"
  case "$ACTION_REF" in
    "$tag") echo "$release" ;;
    v[0-9]*)
      # Tags such as v1 move along with the releases of their line.
      case "$tag" in "$ACTION_REF".*) echo "$release" ;; esac
      ;;
    *[!0-9a-f]* | '') ;;
    *)
      if git ls-remote "$REPOSITORY" "refs/tags/$tag" "refs/tags/$tag^{}" 2>/dev/null | grep -q "^$ACTION_REF"; then
        echo "$release"
      fi
      ;;
  esac
}

target() {
  case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) echo x86_64-unknown-linux-musl ;;
    Linux-ARM64) echo aarch64-unknown-linux-musl ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
  esac
}

fetch() {
  curl --fail --silent --show-error --location --retry 3 --proto '=https,file' --proto-redir '=https' \
    --output "$2" "$REPOSITORY/releases/download/$1"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# Succeeds when the release has a binary for this machine and it is the one that the release promises.
install_release() {
  local release=$1 for_target archive folder expected
  for_target=$(target)
  [ -n "$for_target" ] || return 1
  archive="transborder-v$release-$for_target.tar.gz"
  folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/transborder-release.XXXXXX")
  fetch "v$release/SHA256SUMS" "$folder/SHA256SUMS" || return 1
  fetch "v$release/$archive" "$folder/$archive" || return 1
  expected=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$folder/SHA256SUMS")
  if [ -z "$expected" ] || [ "$(sha256 "$folder/$archive")" != "$expected" ]; then
    fail "the checksum of $archive is not the one that release v$release promises"
  fi
  tar -xzf "$folder/$archive" -C "$folder"
  mkdir -p "$INSTALL_ROOT/bin"
  cp "$folder/${archive%.tar.gz}"/transborder* "$INSTALL_ROOT/bin/"
  rm -r "$folder"
}

build() {
  command -v cargo >/dev/null || fail "no released binary fits, and this runner has no cargo to build the source with"
  local rust
  rust=$(manifest_value rust-version)
  if command -v rustup >/dev/null; then
    rustup toolchain install "$rust" --profile minimal --no-self-update
    export RUSTUP_TOOLCHAIN=$rust
  fi
  cargo install --locked --quiet --path "$ACTION_PATH" --root "$INSTALL_ROOT"
}

case "$VERSION" in
  source) build ;;
  '')
    wanted=$(release_of_this_code)
    if [ -z "$wanted" ] || ! install_release "$wanted"; then build; fi
    ;;
  *) install_release "${VERSION#v}" || fail "release v${VERSION#v} has no binary for $RUNNER_OS-$RUNNER_ARCH" ;;
esac

program="$INSTALL_ROOT/bin/transborder"
"$program" --version
echo "program=$program" >>"$GITHUB_OUTPUT"
