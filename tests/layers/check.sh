#!/bin/bash
# check.sh [ROOT]: the include check of the layers. A library may include only what stands below it;
# programs (tools, tests, benchmarks, the corpus) may include any library, and no
# library includes them. Prints each include that points the wrong way; exits 1 when there is one, or
# when there is nothing to check.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

awk '
  BEGIN {
    # What each layer may include beside itself.
    may["schema"] = ""
    may["parser"] = "schema"
    may["engine"] = "schema"
    may["report"] = "schema"
    may["fuzz"] = "parser engine schema"
    may["gate"] = "fuzz parser report engine schema"
    may["corpus"] = "gate parser report engine schema"
    may["tools"] = "gate fuzz parser report engine schema"
    may["bench"] = "gate fuzz parser report engine schema corpus"
    may["tests"] = "tools gate fuzz parser report engine schema corpus"
    for (layer in may) known[layer] = 1
  }
  function layer_of(path) {
    sub(/^\.\//, "", path)
    sub(/\/.*/, "", path)
    return path
  }
  FNR == 1 { layer = layer_of(FILENAME) }
  match($0, /^[ \t]*#[ \t]*include[ \t]+"[^"]+"/) {
    path = substr($0, RSTART, RLENGTH)
    gsub(/^[^"]*"|"$/, "", path)
    wanted = layer_of(path)
    if (!(wanted in known)) next
    ++checked
    if (wanted == layer || index(" " may[layer] " ", " " wanted " ")) next
    printf "%s:%d: %s/ may not include %s\n", FILENAME, FNR, layer, path
    wrong = 1
  }
  END {
    if (!checked) { print "no includes found: nothing was checked"; exit 1 }
    if (!wrong) printf "%d includes, all in the direction of the layers\n", checked
    exit wrong
  }' $(find schema parser engine report fuzz gate corpus tools bench tests \
  \( -name '*.cc' -o -name '*.h' \) 2>/dev/null)
