#!/usr/bin/env bash
# Step 2 of the action: scans, writes every report, and says what came of it. It fails only when the scan could not
# run: findings fail the last step, after the upload.
#
# A pull request is judged by the base it wants to change. Its own policy, baseline, rules and `allow` comments count
# only when TRUST_PULL_REQUEST is true.
#
# Reads the inputs as INPUT_*, PROGRAM, REPORTS (folder to write), TRUST_PULL_REQUEST, BASE_SHA and HEAD_SHA (empty
# outside pull requests and merge queues), TOKEN, and GITHUB_OUTPUT, GITHUB_STEP_SUMMARY.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/action/base.sh
. "$here/base.sh"

fail() {
  echo "::error title=transborder::$1"
  exit 2
}

# Prints the entries of a list that is written one a line or, without line breaks, separated by commas.
entries() {
  local list=$1
  case "$list" in *$'\n'*) ;; *) list=${list//,/$'\n'} ;; esac
  printf '%s\n' "$list" | tr -d '\r' | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d'
}

mkdir -p "$REPORTS"
arguments=(scan --no-progress --color never --fail-on "$INPUT_FAIL_ON" --min-confidence "$INPUT_MIN_CONFIDENCE")
[ -z "$INPUT_HOME" ] || arguments+=(--home "$INPUT_HOME")
[ "$INPUT_STRICT" != true ] || arguments+=(--strict)

guarded=false
if [ -n "$BASE_SHA" ]; then
  base=$(base_commit) || fail "the base of this pull request cannot be fetched; check out with fetch-depth: 0"
  [ "$TRUST_PULL_REQUEST" = true ] || guarded=true
fi

case "$INPUT_DIFF" in
  auto) [ -z "$base" ] || arguments+=(--diff "$base") ;;
  off) ;;
  *) arguments+=(--diff "$INPUT_DIFF") ;;
esac

# The reports are a folder that people publish; this is none of them.
trusted="$REPORTS-base"
if [ "$guarded" = true ]; then
  rm -rf "$trusted" && mkdir -p "$trusted"
  policy=$(policy_of_base "$INPUT_POLICY")
  if [ -n "$policy" ]; then
    arguments+=(--policy "$policy")
    echo "The policy is that of $base."
  else
    arguments+=(--no-repo-config)
    echo "The base $base has no policy; one that the pull request brings counts once it is merged."
  fi
  arguments+=(--no-inline-allow)
elif [ -n "$INPUT_POLICY" ]; then
  arguments+=(--policy "$INPUT_POLICY")
fi

if [ -n "$INPUT_BASELINE" ]; then
  baseline=$INPUT_BASELINE
  [ "$guarded" = false ] || baseline=$(of_base "$INPUT_BASELINE") || fail "the base has no baseline $INPUT_BASELINE"
  arguments+=(--baseline "$baseline")
fi
while IFS= read -r rules; do
  [ -n "$rules" ] || continue
  folder=$rules
  [ "$guarded" = false ] || folder=$(of_base "$rules") || fail "the base has no rules in $rules"
  arguments+=(--rules "$folder")
done < <(entries "$INPUT_RULES")

sarif="$REPORTS/transborder.sarif"
arguments+=(--format sarif --output "$sarif")
arguments+=(--format json --output "$REPORTS/transborder.json")
arguments+=(--format markdown --output "$REPORTS/transborder.md")
arguments+=(--format mermaid --output "$REPORTS/transborder.mmd")
while IFS= read -r format; do
  case "$format" in
    '' | sarif | json | markdown | mermaid) continue ;;
    terminal) arguments+=(--format terminal --output "$REPORTS/transborder.txt") ;;
    html | csv) arguments+=(--format "$format" --output "$REPORTS/transborder.$format") ;;
    register) arguments+=(--format register --output "$REPORTS/register.md") ;;
    cyclonedx) arguments+=(--format cyclonedx --output "$REPORTS/transborder.cdx.json") ;;
    gitlab) arguments+=(--format gitlab --output "$REPORTS/gl-sast-report.json") ;;
    *) fail "there is no format $format" ;;
  esac
done < <(entries "$INPUT_FORMAT")
annotations="$REPORTS/annotations.txt"
arguments+=(--format github --output "$annotations" --)
while IFS= read -r path; do
  arguments+=("$path")
done < <(entries "$INPUT_PATHS")

code=0
"$PROGRAM" "${arguments[@]}" || code=$?
[ "$code" -lt 2 ] || fail "the scan could not run; its last words are above"
[ "$INPUT_ANNOTATIONS" != true ] || cat "$annotations"

# Prints a number of an object at the top of the JSON report, whose keys stand on lines of their own; 0 without it.
number() {
  local found
  found=$(sed -n '/^  "'"$1"'": {/,/^  }/s/^    "'"$2"'": \([0-9]*\),*$/\1/p' "$REPORTS/transborder.json")
  echo "${found:-0}"
}
new=$(number summary findings)
# What the base or the baseline has already is left out of the report and only counted.
findings=$((new + $(number change unchanged) + $(number baseline unchanged)))
{
  echo "exit-code=$code"
  echo "sarif-file=$sarif"
  echo "reports=$REPORTS"
  echo "findings=$findings"
  echo "new-crossings=$new"
} >>"$GITHUB_OUTPUT"

if [ "$INPUT_SUMMARY" = true ]; then
  {
    cat "$REPORTS/transborder.md"
    # GitHub draws no map of more than 50,000 characters.
    if [ "$(wc -c <"$REPORTS/transborder.mmd")" -lt 50000 ]; then
      printf '\n```mermaid\n'
      cat "$REPORTS/transborder.mmd"
      printf '\n```\n'
    fi
  } >>"$GITHUB_STEP_SUMMARY"
fi
