#!/bin/bash
# wrong_code.sh COMPILER FILE: the file compiles with RIGHT, and with each other name that it asks
# for it does not. Exits 1 when one does.
set -uo pipefail
compiler=$1
file=$2
compile() { "$compiler" -std=c++20 -fsyntax-only -I. "-D$1" "$file" 2>&1; }

if ! errors=$(compile RIGHT); then
  printf 'what is right does not compile:\n%s\n' "$errors"
  exit 1
fi
names=$(sed -n 's/^#elif defined(\(.*\))$/\1/p' "$file")
[ -n "$names" ] || { echo "nothing to check"; exit 1; }
status=0
for name in $names; do
  if compile "$name" >/dev/null; then
    echo "$name compiles"
    status=1
  fi
done
exit $status
