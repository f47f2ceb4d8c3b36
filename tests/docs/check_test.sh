#!/bin/bash
# Tests check.sh on pages made for it, with a `sluice` of its own.
set -uo pipefail
readonly check=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/check.sh
readonly root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
status=0

cat > "$root/sluice" <<'END'
#!/bin/bash
case "$*" in
  '--help' | 'lint --help') echo 'usage: lint --fleet FILE' ;;
  'lint good') printf 'one\ntwo\nthree\n' ;;
  'lint bad') echo broken; exit 1 ;;
  *) echo "no such command" >&2; exit 2 ;;
esac
END
cat > "$root/dev" <<'END'
#!/bin/bash
echo '  build   builds'
END
chmod +x "$root/sluice" "$root/dev"

expect() {  # EXIT WHAT, the page on standard input
  cat > "$root/page.md"
  local result=0
  output=$("$check" "$root/sluice" "$root" page.md) || result=$?
  if ((result != $1)); then
    echo "$2: exit $result, expected $1: $output"
    status=1
  fi
}
block() { printf '```%s\n%s\n```\n' "$1" "$2"; }

expect 0 'the very output' < <(block console $'$ sluice lint good\none\ntwo\nthree')
expect 0 'a wildcard at the start' < <(block console $'$ sluice lint good\n...\nthree')
expect 0 'a wildcard at the end' < <(block console $'$ sluice lint good\none\n...')
expect 0 'an exit code' < <(block console $'$ sluice lint bad\nbroken\n$ echo $?\n1')
expect 0 'a continued line' < <(block console $'$ sluice lint \\\n  good\n...')
expect 1 'too little output' < <(block console $'$ sluice lint good\none\ntwo')
expect 1 'too much output' < <(block console $'$ sluice lint good\none\ntwo\nthree\nfour')
expect 1 'a wildcard before what never comes' < <(block console $'$ sluice lint good\n...\nfour')
expect 1 'another exit code' < <(block console $'$ sluice lint bad\nbroken\n$ echo $?\n0')
expect 1 'a block without a command' < <(block console 'no command')
expect 0 'known words' < <(block sh $'./dev build\nsluice lint --fleet x  # why')
expect 1 'an unknown verb' < <(block sh './dev nothing')
expect 1 'an unknown flag' < <(block sh 'sluice lint --nothing x')
expect 1 'an unknown command' < <(block sh 'sluice nothing')
expect 0 'a block of another kind' < <(block text './dev nothing')
expect 1 'a block without an end' < <(printf '```sh\n./dev build\n')
expect 0 'links' < <(echo '[there](page.md) [web](https://example.org)')
expect 1 'a link to nothing' < <(echo '[gone](nowhere.md)')
exit "$status"
