#!/usr/bin/env bash
# Makes the first inputs of every target out of testdata and rules: fuzz/corpus/TARGET/. Existing ones stay.
set -euo pipefail
cd "$(dirname "$0")/.."

# put TARGET FILE [FIRST-LINE]: a file as an input, named by its content; nothing over 64 KB.
put() {
    local folder="fuzz/corpus/$1" new
    mkdir -p "$folder"
    [ "$(wc -c <"$2")" -le 65000 ] || return 0
    new=$(mktemp "$folder/.new.XXXXXX")
    { [ $# -lt 3 ] || printf '%s\n' "$3"; cat "$2"; } >"$new"
    mv "$new" "$folder/$(sha1sum <"$new" | cut -d' ' -f1)"
}

# Files below the folders whose names match, in an order that does not change.
list() { find testdata/cases testdata/projects -type f "$@" | LC_ALL=C sort; }

# Every third file of code is enough to start from, and keeps the corpus small.
list -name '*.py' | awk 'NR % 3 == 1' | while read -r file; do put python "$file"; done
list -name '*.ts' | awk 'NR % 3 == 1' | while read -r file; do put typescript "$file"; done
list \( -name '*.tsx' -o -name '*.js' -o -name '*.jsx' -o -name '*.mjs' \) | while read -r file; do put tsx "$file"; done
list -name '*.ts' | awk 'NR % 9 == 1' | while read -r file; do put tsx "$file"; done

list ! -name '*.py' ! -name '*.ts' ! -name '*.tsx' ! -name '*.js' ! -name 'expect.txt' | while read -r file; do
    case "$file" in
    *.prisma) put schema "$file" a.prisma ;;
    *.sql) put schema "$file" a.sql ;;
    *.graphql | *.gql) put schema "$file" a.graphql ;;
    *openapi*.json | *swagger*.json) put schema "$file" openapi.json ;;
    *openapi*.y*ml | *swagger*.y*ml) put schema "$file" openapi.yaml ;;
    *) put config "$file" "$(echo "$file" | cut -d/ -f5-)" ;;
    esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Hosts and URLs of the registry, with a model.
grep -rhoE '"(https?://)?[a-z0-9.*{}-]+\.[a-z]{2,}[^" ]*"' rules/providers rules/local.toml | tr -d '"' | LC_ALL=C sort -u |
    awk 'NR % 4 == 1' | while read -r url; do
    printf '%s\nvendor/model-1' "$url" >"$work/url"
    put url "$work/url"
done
for file in testdata/policies/bad/*.toml rules/profiles/*.toml; do put policy "$file"; done
list -name transborder.toml | while read -r file; do put policy "$file"; done
find rules -name '*.toml' -size -8k | LC_ALL=C sort | awk 'NR % 6 == 1' | while read -r file; do put rules "$file" "${file#rules/}"; done
find testdata/rules -name '*.toml' | LC_ALL=C sort | while read -r file; do put rules "$file" "$(echo "$file" | cut -d/ -f5-)"; done

for comment in '# %s' '// %s' '/* %s */' '<!-- %s -->' '{/* %s */}' '; %s' '"%s"'; do
    for name in a.py a.tsx a.yaml a.tf a.json .env; do
        # shellcheck disable=SC2059
        printf "$comment" 'transborder: allow[foreign-endpoint, relay-endpoint] because' >"$work/allow"
        put allow "$work/allow" "$name"
    done
done
list | while read -r file; do
    if grep -q 'transborder:' "$file"; then put allow "$file" "$(basename "$file")"; fi
done

for text in 'a.py\0https://u:p@h.example/?key=1\0said\nso\0x = send(1)\n' \
    'a b/\033[31m<img>%%0A::error::x|`"\n\0javascript:x\0</script>::set-output |`@x =cmd\0\r\n\t-1,"2"\n'; do
    # shellcheck disable=SC2059
    printf "$text" >"$work/writers"
    put writers "$work/writers"
done

# Whole cases as one input: `=== PATH` before each file.
find testdata/cases -mindepth 2 -maxdepth 2 -type d | LC_ALL=C sort | awk 'NR % 5 == 1' | while read -r folder; do
    find "$folder" -type f | LC_ALL=C sort | while read -r file; do
        printf '=== %s\n' "${file#"$folder"/}"
        cat "$file"
    done >"$work/case"
    put pipeline "$work/case"
done
