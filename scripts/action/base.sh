# shellcheck shell=bash
# What a pull request starts from: its base commit, and the files of it that a pull request must not rewrite for itself.
# Sourced by scan.sh. Reads BASE_SHA, HEAD_SHA and TOKEN.

# The base commit, and the folder that its files are put into; scan.sh sets both.
base=
trusted=

# Runs git fetch with the token of the job, where there is one, without writing it anywhere.
fetch_from_origin() {
  if [ -z "$TOKEN" ]; then
    git fetch --quiet --no-tags "$@"
    return
  fi
  local server header
  server=${GITHUB_SERVER_URL:-https://github.com}
  header=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')
  GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$server/.extraheader" \
    GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $header" git fetch --quiet --no-tags "$@"
}

# Prints the commit to compare with, after making sure that it and the way to it are here.
#
# GitHub checks a pull request out as a merge whose first parent is the base as it is now; the base of the event may
# be older. Where the head itself was checked out, the base of the event is compared from the merge base on.
base_commit() {
  local parents first second
  parents=$(git cat-file -p HEAD | sed -n '/^$/q; s/^parent //p')
  first=$(printf '%s\n' "$parents" | sed -n 1p)
  second=$(printf '%s\n' "$parents" | sed -n 2p)
  if [ -n "$second" ] && [ "$second" = "$HEAD_SHA" ]; then
    git rev-parse --quiet --verify 'HEAD^1' >/dev/null ||
      fetch_from_origin --deepen=1 origin "$(git rev-parse HEAD)" >&2 || return 1
    git cat-file -e "$first^{commit}" || return 1
    echo "$first"
    return
  fi
  if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    fetch_from_origin --unshallow origin >&2 || return 1
  fi
  git cat-file -e "$BASE_SHA^{commit}" 2>/dev/null || fetch_from_origin origin "$BASE_SHA" >&2 || return 1
  git merge-base "$BASE_SHA" HEAD >/dev/null || return 1
  echo "$BASE_SHA"
}

# Prints where the base's version of a file or folder was put; fails when the base has none. What lies outside the
# repository was put there by the workflow and stays what it is.
of_base() {
  local path=${1%/} top name
  top=$(git rev-parse --show-toplevel)
  case "$path" in
    "$top"/*) ;;
    /* | [A-Za-z]:*) echo "$path" && return ;;
  esac
  name=$(git -c core.quotePath=false ls-tree --full-name --name-only "$base" -- "$path") || return 1
  [ -n "$name" ] || return 1
  GIT_LITERAL_PATHSPECS=1 git -C "$top" archive --format=tar "$base" -- "$name" | tar -xf - -C "$trusted" || return 1
  echo "$trusted/$name"
}

# Prints where the policy of the base was put: the one that is named, else the nearest upward from here. Prints
# nothing when the base has none.
policy_of_base() {
  if [ -n "$1" ]; then
    of_base "$1" || echo "::warning title=transborder::the base has no policy $1" >&2
    return 0
  fi
  local folder
  folder=$(git rev-parse --show-prefix)
  while :; do
    if git cat-file -e "$base:${folder}transborder.toml" 2>/dev/null; then
      of_base "$(git rev-parse --show-toplevel)/${folder}transborder.toml"
      return
    fi
    [ -n "$folder" ] || return 0
    folder=${folder%/}
    case "$folder" in */*) folder=${folder%/*}/ ;; *) folder= ;; esac
  done
}
