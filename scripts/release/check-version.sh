#!/usr/bin/env bash
# Checks that the tag GITHUB_REF_NAME, the version in Cargo.toml and a section of CHANGELOG.md agree.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
if [ "$GITHUB_REF_NAME" != "v$version" ]; then
  echo "the tag is $GITHUB_REF_NAME, but Cargo.toml says $version" >&2
  exit 1
fi
if ! grep -Eq "^## \[$version\] - [0-9]{4}-[0-9]{2}-[0-9]{2}$" CHANGELOG.md; then
  echo "CHANGELOG.md has no dated section for $version" >&2
  exit 1
fi
