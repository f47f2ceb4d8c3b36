#!/bin/bash
# Tests check.sh on trees made for it: what it must let pass, and what it must catch.
set -uo pipefail
readonly check=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/check.sh
readonly tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
status=0

# expect EXIT FILE INCLUDE: the exit of the check on a tree of one file with one include.
expect() {
  rm -rf "${tree:?}"/* && mkdir -p "$tree/$(dirname "$2")"
  printf '#include <string>\n#include "%s"\n' "$3" > "$tree/$2"
  local output result=0
  output=$("$check" "$tree") || result=$?
  if ((result != $1)); then
    echo "$2 includes $3: exit $result, expected $1: $output"
    status=1
  elif ((result == 1)) && [[ $output != "$2:2: "* ]]; then
    echo "$2 includes $3: the place is missing: $output"
    status=1
  fi
}

expect 0 parser/text/a.cc schema/content.h
expect 0 gate/a.cc parser/format.h
expect 0 gate/a.cc report/json.h
expect 0 tools/a.cc gate/lint.h
expect 1 fuzz/targets/a.cc gate/lint.h
expect 0 tests/gate/a.cc corpus/case.h
expect 1 schema/rules/a.cc parser/reader.h
expect 1 schema/a.h gate/lint.h
expect 1 parser/a.h report/json.h
expect 1 report/a.cc parser/format.h
expect 1 engine/a.cc parser/format.h
expect 1 fuzz/a.cc gate/lint.h
expect 1 gate/a.cc tools/command.h
expect 1 parser/a.cc tests/helper.h

rm -rf "${tree:?}"/*
if "$check" "$tree" > /dev/null; then
  echo "an empty tree passes"
  status=1
fi
exit "$status"
