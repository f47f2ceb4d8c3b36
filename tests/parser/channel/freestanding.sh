#!/bin/bash
# freestanding.sh COMPILER FILE...: compiles the files that a sensor embeds as it would, with nothing
# but the freestanding headers, and links them. What they still need of others must be at most what a
# compiler may call by itself. Exits 77 when there is no such compiler.
set -euo pipefail
compiler=$1
shift
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

if ! command -v "$compiler" > /dev/null; then
  echo "skipped: no $compiler"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

flags=(-std=c++20 -O2 -ffreestanding -fno-exceptions -fno-rtti -I. -Wall -Wextra -Wconversion -Wshadow
  -Wpedantic -Werror)

# check WHAT FILE...: also without instructions beyond the baseline.
check() {
  local what=$1 file objects=() needed
  for file in "${@:2}"; do
    objects+=("$work/$what-$(basename "$file").o")
    "$compiler" "${flags[@]}" -c "$file" -o "${objects[-1]}"
  done
  "$compiler" -nostdlib -r "${objects[@]}" -o "$work/$what.o"
  needed=$(nm -u "$work/$what.o" | awk '$2 !~ /^(memcpy|memmove|memset|memcmp)$/ { print $2 }')
  if [[ -n $needed ]]; then
    echo "$compiler, $what: needs $needed"
    exit 1
  fi
  echo "$compiler, $what: ${#objects[@]} files, of $(nm "$work/$what.o" | grep -c ' T ') functions"
}

check ordinary "$@"
flags+=(-DSLUICE_CHANNEL_PORTABLE)
check portable "$@"
