#!/usr/bin/env bash
# Tries both hooks of .pre-commit-hooks.yaml with the real pre-commit: try-hook.sh [PROGRAM]
#
# Needs git, cargo and pre-commit. Builds the program once, as pre-commit would; with PROGRAM, a built `transborder`,
# only `transborder-system` is tried. Checks that a staged leak stops a commit, that a leak in a file that is not staged
# does not, and prints how long the hook takes on a repository of about 100,000 lines.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=${1:-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME="$work/pre-commit"
export GIT_CONFIG_GLOBAL="$work/gitconfig"
git config --file "$GIT_CONFIG_GLOBAL" user.name "A Person"
git config --file "$GIT_CONFIG_GLOBAL" user.email person@example.com
git config --file "$GIT_CONFIG_GLOBAL" init.defaultBranch main

hooks=(transborder-system)
if [ -n "$program" ]; then
  mkdir "$work/bin"
  cp "$program" "$work/bin/transborder"
else
  cargo install --locked --quiet --path "$root" --root "$work"
  hooks+=(transborder)
fi
PATH="$work/bin:$PATH"

# A repository of 1,000 files with 100 lines each: plain functions that call each other across files.
repository="$work/repository"
git init --quiet "$repository"
cd "$repository"
mkdir app
for ((file = 0; file < 1000; file++)); do
  {
    echo "from app.module_$(((file + 1) % 1000)) import step_0 as following"
    for ((step = 0; step < 33; step++)); do
      printf 'def step_%d(order, total):\n    price = order.lines[%d].price + total\n    return following(order, price)\n' \
        "$step" "$step"
    done
  } >"app/module_$file.py"
done
git add --all
git commit --quiet --message start

leak() {
  cat <<'PYTHON'
from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com/v1")


def letter(patient):
    return client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": f"Write to {patient.ssn}"}]
    )
PYTHON
}

try() {
  pre-commit try-repo "$root" "$1" --verbose
}

for hook in "${hooks[@]}"; do
  echo "== $hook"
  echo "x = 1" >app/clean.py
  git add app/clean.py
  leak >app/leak.py
  try "$hook" || { echo "a leak that is not staged stopped a commit" >&2; exit 1; }
  git add app/leak.py
  if try "$hook" >"$work/out"; then
    echo "a staged leak stopped nothing" >&2
    exit 1
  fi
  grep -q 'restricted-data-abroad' "$work/out" || { cat "$work/out" >&2; exit 1; }
  git reset --quiet --hard
done

echo "== duration on $(cat app/*.py | wc -l) lines"
echo "x = 1" >app/clean.py
git add app/clean.py
time transborder scan --staged --no-progress --quiet
