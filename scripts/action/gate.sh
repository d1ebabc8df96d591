#!/usr/bin/env bash
# Last step of the action: fails when the scan found what `fail-on` names. Reads EXIT_CODE, FINDINGS, NEW and FAIL_ON.
set -euo pipefail

case "$EXIT_CODE" in
  0) echo "transborder: nothing at or above $FAIL_ON ($FINDINGS findings, $NEW new)" ;;
  1)
    echo "::error title=transborder::data crosses the border: $FINDINGS findings, $NEW new, at least one fails at \"$FAIL_ON\""
    exit 1
    ;;
  *)
    echo "::error title=transborder::the scan did not run"
    exit 2
    ;;
esac
