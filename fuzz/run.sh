#!/usr/bin/env bash
# Fuzzes one target after the other and prints how often each was tried.
# Usage: fuzz/run.sh SECONDS [TARGET]...   (default: every target)
#
# Needs cargo-fuzz and a C++ compiler. MAX_LEN is the longest input in bytes (default 4096; a nightly run may use
# 65536). An input that takes over 2 seconds or 1 GB counts as a crash, and is left in fuzz/artifacts/TARGET/.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?how many seconds for each target}
shift
[ $# -gt 0 ] || set -- python typescript tsx config schema url policy rules allow writers pipeline

# Stable Rust serves: only the coverage hooks are asked of it. No sanitizer: this program has no unsafe code of its own, and
# the fuzzer is several times faster without. It sees the C of tree-sitter only from outside.
export RUSTC_BOOTSTRAP=1
cargo fuzz build --sanitizer none
[ -d fuzz/corpus ] || fuzz/seed.sh
triple=$(rustc -vV | sed -n 's/^host: //p')
# The stack of an audit's workers, in KB.
ulimit -s 65536
failed=0
for target; do
    mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
    log="fuzz/artifacts/$target.log"
    if ! nice -n 19 "fuzz/target/$triple/release/$target" -max_total_time="$seconds" -max_len="${MAX_LEN:-4096}" \
        -timeout=2 -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix="fuzz/artifacts/$target/" \
        "fuzz/corpus/$target" >"$log" 2>&1; then
        failed=1
    fi
    sed -n 's/^stat::number_of_executed_units: *//p' "$log" | {
        read -r count || count='?'
        peak=$(sed -n 's/^stat::peak_rss_mb: *//p' "$log")
        printf '%-12s %12s executions %6s MB  %s\n' "$target" "$count" "$peak" \
            "$(grep -m1 -E '^(SUMMARY|thread .* panicked)' "$log" || echo 'no crash')"
    }
done
exit "$failed"
